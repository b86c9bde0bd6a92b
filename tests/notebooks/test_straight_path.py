"""A beginner is led: what a page uses is known by then, and its main path is short."""

import re

from nbformat import v4
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


def early(cells: list[str], known: set[str]) -> set[str]:
    """What is too early on a page with cells of code and of "# prose"; it becomes known."""
    made = [v4.new_markdown_cell(cell[2:]) if cell.startswith("# ") else v4.new_code_cell(cell)
            for cell in cells]  # fmt: skip
    uses = introduced.uses_of_code(made, introduced.names(made), known, introduces=False)
    return {use.what for use in uses if not use.is_introduced}


@pytest.mark.parametrize(
    ("cells", "too_early"),
    [
        (["import numpy as np\nnp.random.default_rng(1)"], {".default_rng"}),
        (["import numpy as np\nnp.zeros(3)", "# Words, but nothing about it."], {"np.zeros"}),
        (["import numpy as np\nnp.zeros(3)", "# `zeros` makes zeros."], set()),
        (["import numpy as np\nnp.zeros(3)  # three zeros"], set()),
        (["import numpy as np\nnp.zeros(3)", "x = 1", "# `zeros` comes too late."], {"np.zeros"}),
        (["import zlib\nzlib.crc32(b'')"], {"zlib.crc32"}),
        (["from gearsbook.datasets import mnist\nmnist.load_data()"], set()),
        (["def double(x):\n    return 2 * x", "double(3)"], set()),
        (["double(3)"], {"double"}),
        (["[x for x in y]"], {"comprehension"}),
        (["# A `comprehension` is a loop in brackets.", "[x for x in y]"], set()),
        (["%%writefile worker.py\nimport json\njson.dumps(1)"], {"json.dumps"}),
    ],
)
def test_what_code_uses_too_early_is_found(cells, too_early):
    assert early(cells, set()) == too_early


def test_a_function_of_a_page_is_not_known_on_the_next():
    known = set[str]()
    assert early(["def double(x):\n    return 2 * x", "double(3)"], known) == set()
    assert early(["double(3)"], known) == {"double"}


def test_a_term_is_too_early_before_its_page_unless_it_is_explained_or_leads_there():
    page = "04-gradients/02-gradient"
    for prose, is_introduced in (
        ("The gradient says where.", [False]),
        ("The **gradient** says where.", [True]),
        ("The [gradient](../04-gradients/02-gradient.ipynb) says where.", [True]),
        ("`gradient` is code.", []),
    ):
        uses = introduced.uses_of_terms([v4.new_markdown_cell(prose)], {page}, set())
        assert [use.is_introduced for use in uses] == is_introduced, prose
    assert not [*introduced.uses_of_terms([v4.new_markdown_cell("The gradient.")], set(), set())]


def test_a_box_ends_at_the_next_heading_of_its_rank():
    headings = ["## A", "## Deeper: B", "### within B", "text of B", "## C", "text of C"]
    cells = [v4.new_markdown_cell(text) for text in headings]
    path = [cell.source for cell in introduced.without_boxes(cells)]
    assert path == ["## A", "## C", "text of C"]


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
