"""A beginner is led: what a page uses is known by then, and its main path is short."""

import re

import pytest

from gearsbook_site import deeper
from test_notebooks import every_notebook
from tools import notebooks
from tools.notebooks import introduced

ENGLISH = notebooks.all_notebooks("en")
WORD = re.compile(r"\w[\w'-]*")
MAIN_PATH, MAIN_PATH_WITH_DERIVATIONS, BOOK = 1_200, 1_600, 42_000
WITH_DERIVATIONS = {"04-gradients", "05-recap"}


def words(cells) -> int:
    return sum(len(WORD.findall(cell.source)) for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("path", ENGLISH, ids=introduced.name)
def test_the_main_path_of_a_page_is_short(path):
    has_derivations = path.parent.name in WITH_DERIVATIONS
    limit = MAIN_PATH_WITH_DERIVATIONS if has_derivations else MAIN_PATH
    assert words(introduced.without_boxes(notebooks.read(path).cells)) <= limit


def test_the_book_is_short():
    assert sum(words(notebooks.read(path).cells) for path in ENGLISH) <= BOOK


def test_nothing_is_used_before_it_is_introduced():
    early = [
        f"{page}, {use.cell}: {use.what}"
        for page, uses in introduced.pages() for use in uses if not use.is_introduced
    ]  # fmt: skip
    assert early == []


@every_notebook
def test_a_box_is_folded_in_jupyterlab_and_its_heading_begins_a_cell(notebook):
    mark = "|".join(deeper.MARK.values())
    for cell in notebook.cells:
        boxes = re.findall(rf"^#+ (?:{mark})", cell.source, re.M)
        assert len(boxes) == bool(re.match(rf"#+ (?:{mark})", cell.source)), cell.id
        assert bool(boxes) == ("jp-MarkdownHeadingCollapsed" in cell.metadata), cell.id


@every_notebook
def test_what_the_site_folds_jupyterlab_folds(notebook):
    for cell in notebook.cells:
        is_folded = bool(introduced.FOLDED & set(cell.metadata.get("tags", ())))
        assert is_folded == bool(cell.metadata.get("jupyter", {}).get("source_hidden")), cell.id
