"""Write a page as other graders take it: `python -m tools export PAGE FOLDER`.

PAGE is a notebook of this book, in either edition. FOLDER gets `otter/NAME.ipynb` for `otter
assign`, and `nbgrader/source/NAME/NAME.ipynb`, where `nbgrader generate_assignment` looks for it.
In both, an exercise is a cell to fill in, which has the book's solution between the marks of that
grader, and a cell that asserts what `practice.check` says, for one point.
"""

import argparse
import ast
from collections.abc import Callable, Iterator
from pathlib import Path
import sys

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

from tools import notebooks, workplace
from tools.notebooks import grade

ASSERTION = "said = practice.check({})\nassert said, said"


def filled_in(stub: str, solution: str, begin: str, end: str) -> str:
    """A stub with the body of the solution between marks, before what the stub has for a body."""
    asked, answer = ast.parse(stub).body[0], ast.parse(solution).body[0]
    assert isinstance(asked, ast.FunctionDef)
    assert isinstance(answer, ast.FunctionDef)
    docstring, first = asked.body[0].end_lineno, answer.body[0].lineno
    lines = grade.CHECK.sub("", stub).rstrip().split("\n")
    body = solution.split("\n")[first - 1 : answer.end_lineno]
    return "\n".join([*lines[:docstring], f"    {begin}", *body, f"    {end}", *lines[docstring:]])


def for_otter(name: str, stub: str, solution: str) -> Iterator[NotebookNode]:
    """Raw cells say what the cells between them are."""
    yield new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: 1")
    yield new_raw_cell("# BEGIN SOLUTION")
    yield new_code_cell(filled_in(stub, solution, "# BEGIN SOLUTION NO PROMPT", "# END SOLUTION"))
    yield new_raw_cell("# END SOLUTION")
    yield new_raw_cell("# BEGIN TESTS")
    yield new_code_cell(ASSERTION.format(name))
    yield new_raw_cell("# END TESTS")
    yield new_raw_cell("# END QUESTION")


def for_nbgrader(name: str, stub: str, solution: str) -> Iterator[NotebookNode]:
    """A cell's metadata say what it is."""

    def about(**more: object) -> dict[str, dict[str, object]]:
        return {"nbgrader": {"schema_version": 3, "task": False, **more}}

    yield new_code_cell(
        filled_in(stub, solution, "### BEGIN SOLUTION", "### END SOLUTION"),
        metadata=about(grade_id=name, solution=True, grade=False, locked=False),
    )
    yield new_code_cell(
        ASSERTION.format(name),
        metadata=about(grade_id=f"{name}-test", solution=False, grade=True, locked=True, points=1),
    )


Format = Callable[[str, str, str], Iterator[NotebookNode]]


def exported(page: NotebookNode, form: Format) -> Iterator[NotebookNode]:
    """The cells of a page, but each exercise's stub and solution as a grader takes them."""
    stubs = dict[str, str]()
    for cell in page.cells:
        asked = grade.CHECK.search(cell.source) if cell.cell_type == "code" else None
        if not asked:
            yield cell
        elif asked[1] in stubs:
            yield from form(asked[1], stubs[asked[1]], cell.source)
        else:
            stubs[asked[1]] = cell.source


def main(path: Path, folder: Path) -> None:
    """Write both notebooks.

    Raises:
        SystemExit: the page is none of this book's, or there is no place for them, or they are
            there already.
    """
    notebooks.must_be_pages([path], "Name a page under notebooks/")
    page, name = notebooks.read(path), path.stem
    config = new_raw_cell(f"# ASSIGNMENT CONFIG\nname: {name}\ngenerate: true\nexport_cell: false")
    written = {
        f"otter/{name}.ipynb": [config, *exported(page, for_otter)],
        f"nbgrader/source/{name}/{name}.ipynb": [*exported(page, for_nbgrader)],
    }
    there = [str(folder / place) for place in written if (folder / place).exists()]
    if there:
        sys.exit(
            f"There already, perhaps with changes of yours: {', '.join(there)}. Name another "
            "folder, or remove it"
        )
    try:
        for place, cells in written.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            notebooks.write(new_notebook(metadata=page.metadata, cells=cells), folder / place)
            print(folder / place)
    except OSError as error:
        sys.exit(workplace.trouble(error))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a page as other graders take it.")
    parser.add_argument("page", type=Path, help="a notebook of this book")
    parser.add_argument("folder", type=Path, help="what gets otter/ and nbgrader/")
    given = parser.parse_args()
    main(given.page, given.folder)
