"""What `make lab` opens: the reader's own copy. tests/deploy has what it does with each file."""

import subprocess

from gearsbook.handout import hand_out

from tools import notebooks
from tools.notebooks.own_copy import FOLDER


def test_git_sees_nothing_of_the_copy_so_it_pulls():
    command = ["git", "check-ignore", "--quiet", FOLDER / "en" / "01-first-look.ipynb"]
    assert subprocess.run(command, cwd=notebooks.ROOT).returncode == 0


def test_a_reader_who_changed_a_page_is_told_of_the_books_new_one(tmp_path):
    course, mine = tmp_path / "book", tmp_path / "我的 notebooks"
    (page := course / "en" / "01.ipynb").parent.mkdir(parents=True)
    page.write_text("old")
    assert hand_out(mine, course) == []
    (mine / "en" / "01.ipynb").write_text("my answer")
    assert hand_out(mine, course) == []  # the book has nothing new
    page.write_text("new")
    assert hand_out(mine, course) == ["en/01.ipynb"]
    assert (mine / "en" / "01.ipynb").read_text() == "my answer"
