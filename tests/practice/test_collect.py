"""`tools/collect.py` judges every student's notebook, whatever the others' do."""

from pathlib import Path
import subprocess
import sys

from gears import practice
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
import pytest

import collect
import notebooks

PAGE = notebooks.NOTEBOOKS / "en" / "02-tensors" / "06-slicing.ipynb"
NAMES = ["last_column_kept", "centre_crop", "border_zeroed"]
RIGHT = "def last_column_kept(table):\n    return table[:, -1:]"
WRONG = "def last_column_kept(table):\n    return table[:, -1]"
ENDLESS = "def last_column_kept(table):\n    while True:\n        pass"
CHECK = "from gears import practice\npractice.check(last_column_kept)"
ON_ITS_OWN = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass"


def cells(*sources: str, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    return new_notebook(cells=[new_code_cell(s, metadata={"tags": list(tags)}) for s in sources])


@pytest.fixture
def handed_in(tmp_path):
    """A function that writes notebooks and gives the lines that come out, as verdicts by name."""

    def judge(
        seconds: int = 8, page: Path = PAGE, **students: nbformat.NotebookNode | str
    ) -> dict[str, list[str]]:
        for name, content in students.items():
            path = tmp_path / f"{name}.ipynb"
            if isinstance(content, str):
                path.write_text(content, "utf-8")
            else:
                nbformat.write(content, path)
        done = subprocess.run(
            [sys.executable, collect.__file__, page, tmp_path, "--seconds", str(seconds)],
            capture_output=True,
            text=True,
            timeout=200,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        lines = [line.split("\t") for line in done.stdout.splitlines()]
        assert sorted(line[1] for line in lines) == sorted(NAMES * len(students))
        return {Path(line[2]).stem: [line[0], line[3]] for line in lines if line[1] == NAMES[0]}

    return judge


def test_the_exercises_are_those_of_the_page():
    for page in notebooks.all_notebooks("en"):
        names = collect.exercises_of(page)
        assert names
        assert names == collect.exercises_of(notebooks.translation_of(page))
        assert set(names) <= set(practice.EXERCISES)
    assert collect.exercises_of(PAGE) == NAMES


def test_a_class_gets_a_line_for_each_exercise_and_no_notebook_stops_another(handed_in):
    hint = practice.EXERCISES[NAMES[0]].mistakes[0].hint["en"]
    nothing = "Nothing came back: the function needs a `return`."
    own = "class practice:\n    check = staticmethod(lambda function: print('✓ right'))\n"
    verdicts = handed_in(
        right=cells("import numpy as np", RIGHT, CHECK),
        wrong=cells(WRONG, CHECK),
        other_error=cells("1 / 0", RIGHT),  # an error elsewhere on the page
        untouched=cells("def last_column_kept(table):\n    pass"),
        absent=cells("x = 1"),
        no_json='{"cells": [',
        no_notebook="[]",
        no_cells='{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        overwritten=cells(own + WRONG + "\npractice.check(last_column_kept)"),
        taken_over=cells(WRONG, "import gears.practice as p\np.check = lambda f: True"),
        endless=cells(ENDLESS, CHECK),
        later=cells("while True:\n    print('x' * 1000)", RIGHT),
        dead=cells("import os\nos._exit(1)", RIGHT),
        left_in=cells(RIGHT, tags=("solution",)),
    )
    assert verdicts == {
        "right": ["passed", ""],
        "wrong": ["wrong", hint],
        "other_error": ["passed", ""],
        "untouched": ["wrong", nothing],
        "absent": ["missing", ""],
        "no_json": ["unreadable", ""],
        "no_notebook": ["unreadable", ""],
        "no_cells": ["unreadable", ""],
        "overwritten": ["wrong", hint],
        "taken_over": ["wrong", hint],
        "endless": ["too long", ""],
        "later": ["passed", ""],
        "dead": ["kernel died", ""],
        "left_in": ["missing", ""],
    }


def test_a_notebook_that_cannot_be_interrupted_is_given_up(handed_in):
    assert handed_in(1, stubborn=cells(ON_ITS_OWN)) == {"stubborn": ["too long", ""]}


def test_hints_are_in_the_language_of_the_page_that_was_handed_out(handed_in):
    hint = practice.EXERCISES[NAMES[0]].mistakes[0].hint["zh"]
    verdicts = handed_in(page=notebooks.translation_of(PAGE), wrong=cells(WRONG, CHECK))
    assert verdicts == {"wrong": ["wrong", hint]}


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "True",
        "(",
        "'passed'",
        "(True, 'yes', 'text')",
        "(True, False)",
        "(True, 1, '')",
        "(" * 10**5,
    ],
    ids=lambda printed: printed[:20] or "nothing",
)
def test_whatever_a_student_makes_the_judge_print_only_true_passes(printed):
    assert collect.read_verdict(NAMES[0], "en", printed) == ("wrong", "")


def test_a_hint_is_one_of_the_book_and_never_a_students_text():
    assert collect.read_verdict(NAMES[0], "en", "(True, False, '=SUM(A1)\\n\\x1b[2J')") == (
        "wrong",
        "",
    )


def test_a_path_stays_in_one_line():
    assert collect.printable(Path("a\tb\n\x1b[2J.ipynb")) == "a?b??[2J.ipynb"


@pytest.mark.parametrize(
    ("page", "words"), [(PAGE, "No notebook in"), ("notes.ipynb", "Not a notebook of this book")]
)
def test_nothing_to_judge_is_said_in_a_sentence(tmp_path, page, words):
    with pytest.raises(SystemExit, match=words):
        collect.main(Path(page), tmp_path, 5)
