"""What `make lab` opens: the reader's own copy, of which nothing is ever lost."""

from pathlib import Path
import subprocess

import pytest

from tools import notebooks
from tools.notebooks.own_copy import FOLDER, RECORD, hand_out

PAGE = "en/01.ipynb"


@pytest.fixture
def book(tmp_path) -> Path:
    """The notebooks of a book with one page, which says "old"."""
    (tmp_path / "book" / "en").mkdir(parents=True)
    (tmp_path / "book" / PAGE).write_text("old")
    return tmp_path / "book"


def copy(folder: Path) -> dict[str, str]:
    found = sorted(folder.rglob("*.ipynb"))
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def test_git_sees_nothing_of_the_copy_so_it_pulls():
    command = ["git", "check-ignore", "--quiet", FOLDER / PAGE]
    assert subprocess.run(command, cwd=notebooks.ROOT).returncode == 0


def test_what_the_reader_left_as_it_was_follows_the_book(book, tmp_path):
    mine = tmp_path / "我的 notebooks"
    assert hand_out(book, mine) == []
    (book / PAGE).write_text("new")
    (book / "en" / "02.ipynb").write_text("two")
    assert hand_out(book, mine) == []
    assert copy(mine) == {PAGE: "new", "en/02.ipynb": "two"}


def test_what_the_reader_has_changed_stays_and_the_books_lies_beside(book, tmp_path):
    mine = tmp_path / "mine"
    hand_out(book, mine)
    (mine / PAGE).write_text("my answer")
    assert hand_out(book, mine) == []  # the book has nothing new
    (book / PAGE).write_text("new")
    assert hand_out(book, mine) == ["en/01-2.ipynb"]
    assert hand_out(book, mine) == []
    (mine / "en" / "01-2.ipynb").write_text("my second answer")
    (book / PAGE).write_text("newest")
    assert hand_out(book, mine) == ["en/01-3.ipynb"]
    assert copy(mine) == {
        PAGE: "my answer", "en/01-2.ipynb": "my second answer", "en/01-3.ipynb": "newest",
    }  # fmt: skip


def test_a_page_that_was_deleted_comes_back(book, tmp_path):
    mine = tmp_path / "mine"
    hand_out(book, mine)
    (mine / PAGE).unlink()
    hand_out(book, mine)
    assert copy(mine) == {PAGE: "old"}


@pytest.mark.parametrize("record", [None, "{", ""])
def test_without_its_record_everything_is_the_readers(book, tmp_path, record):
    mine = tmp_path / "mine"
    hand_out(book, mine)
    (mine / RECORD).unlink() if record is None else (mine / RECORD).write_text(record)
    assert hand_out(book, mine) == []
    (book / PAGE).write_text("new")
    assert hand_out(book, mine) == ["en/01-2.ipynb"]
    assert copy(mine) == {PAGE: "old", "en/01-2.ipynb": "new"}


def test_a_copy_of_jupyters_is_not_handed_out(book, tmp_path):
    (book / ".ipynb_checkpoints").mkdir()
    (book / ".ipynb_checkpoints" / "01.ipynb").write_text("before")
    hand_out(book, tmp_path / "mine")
    assert copy(tmp_path / "mine") == {PAGE: "old"}
