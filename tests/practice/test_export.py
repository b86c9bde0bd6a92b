"""`tools/notebooks/export.py` writes what otter-grader and nbgrader take: they are run on it."""

import csv
import json
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import venv

from gearsbook import language, practice
from gearsbook.practice import gradient
import nbformat
import pytest

from tools import notebooks
from tools.notebooks import export, grade
from tools.setup import install

ROOT = notebooks.ROOT
PAGE = notebooks.NOTEBOOKS / "en" / "02-tensors" / "06-slicing.ipynb"
SOLUTION = re.compile(r" *#+ BEGIN SOLUTION.*?# END SOLUTION\n", re.S)  # and its marks


def page_with(name: str, answer: str) -> dict[str, object]:
    """What the cells of a page define beside an answer."""
    module = sys.modules[practice.EXERCISES[name].solution.__module__]
    page = {**vars(module), "central_differences": gradient._measured, "practice": practice}
    exec(answer, page)
    return page


@pytest.mark.parametrize("form", [export.for_otter, export.for_nbgrader])
def test_every_exported_exercise_is_passed_by_its_solution_and_not_without_it(form):
    for page in notebooks.all_notebooks("en"):
        original = notebooks.read(page)
        cells = [*export.exported(original, form)]
        nbformat.validate(nbformat.v4.new_notebook(cells=cells))
        assert [cell for cell in cells if cell in original.cells] == [
            cell for cell in original.cells if "practice.check" not in cell.source
            or cell.cell_type != "code"
        ]  # fmt: skip
        added = [c for c in cells if c.cell_type == "code" and c not in original.cells]
        names = grade.exercises_of(page)
        for name, answer, check in zip(names, added[::2], added[1::2], strict=True):
            assert name in check.source
            exec(check.source, page_with(name, answer.source))
            stub, marks = SOLUTION.subn("", answer.source)
            assert marks == 1
            with pytest.raises(AssertionError, match=f"^✗ {name}\n"):
                exec(check.source, page_with(name, stub))


@pytest.mark.parametrize("edition", language.LANGUAGES)
def test_what_is_written_stands_where_the_graders_look_for_it(tmp_path, edition):
    export.main(notebooks.NOTEBOOKS / edition / "06-summary.ipynb", tmp_path)
    written = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*.*")}
    assert set(written) == {
        "otter/06-summary.ipynb", "nbgrader/source/06-summary/06-summary.ipynb"
    }  # fmt: skip
    for path in written.values():
        assert "def mended_training" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "folder", "words"),
    [
        ("notes.ipynb", "", "Not a notebook of this book"),
        (PAGE, "file", "Not a directory|exists"),
        (PAGE, "before", "There already.*before/otter/06-slicing.ipynb. Name another folder"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(tmp_path, page, folder, words):
    (tmp_path / "file").touch()
    (tmp_path / "before" / "otter").mkdir(parents=True)
    (tmp_path / "before" / "otter" / PAGE.name).touch()
    with pytest.raises(SystemExit, match=words):
        export.main(Path(page), tmp_path / folder)


@pytest.fixture(scope="module")
def graders(tmp_path_factory):
    """A function that runs a command where both graders and the course are installed."""
    folder = tmp_path_factory.mktemp("graders")
    venv.create(folder)
    apart = {"PYTHONPATH": "", "PYTHONNOUSERSITE": "1", "JUPYTER_PATH": "",
             "PATH": f"{folder / install.BIN.name}{os.pathsep}{os.environ['PATH']}"}  # fmt: skip

    def run(command: str, where: Path = ROOT) -> None:
        done = subprocess.run(
            command.split(), cwd=where, env=os.environ | apart, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    python = folder / install.BIN.name / "python"
    run(f"{install.BIN / 'uv'} pip install --python {python} ipykernel otter-grader nbgrader .")
    return run


def solved(path: Path) -> None:
    """A student's copy with the first exercise solved, and no other."""
    notebook = notebooks.read(path)
    for cell in notebook.cells:
        if cell.source.startswith("def last_column_kept"):
            assert "-1:" not in cell.source, "the solution was handed out"
            cell.source = "def last_column_kept(table):\n    return table[:, -1:]"
    notebooks.write(notebook, path)


@pytest.mark.release  # it asks the package index
def test_otter_hands_out_what_is_exported_and_gives_points_for_what_is_solved(graders, tmp_path):
    export.main(PAGE, tmp_path)
    graders("otter assign otter/06-slicing.ipynb made", tmp_path)  # it runs the solutions, too
    solved(student := tmp_path / "made" / "student" / PAGE.name)
    (archive,) = (tmp_path / "made" / "autograder").glob("*.zip")
    graders(f"otter run --autograder {archive} {student}", tmp_path)
    said = json.loads((tmp_path / "results.json").read_text("utf-8"))["tests"]
    points = {test["name"]: test["score"] for test in said if "score" in test}
    assert points == {"last_column_kept": 1, "centre_crop": 0, "border_zeroed": 0}
    assert all("a `return`" in test["output"] for test in said if test.get("score") == 0)


@pytest.mark.release  # it asks the package index
def test_nbgrader_hands_out_what_is_exported_and_gives_points_for_what_is_solved(graders, tmp_path):
    export.main(PAGE, tmp_path)
    course = tmp_path / "nbgrader"
    graders("nbgrader generate_assignment 06-slicing --create", course)
    shutil.copytree(course / "source", course / "submitted" / "all")  # the teacher's own
    shutil.copytree(course / "release", course / "submitted" / "one")
    solved(course / "submitted" / "one" / "06-slicing" / PAGE.name)
    graders("nbgrader autograde 06-slicing --create --Execute.timeout=600", course)
    graders("nbgrader export --to points.csv", course)
    with open(course / "points.csv", newline="") as file:
        points = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert points == {"all": 3, "one": 1}
