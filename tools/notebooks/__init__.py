"""What the tools and the tests know about the notebooks and their two editions."""

from collections.abc import Collection
import hashlib
from pathlib import Path
import sys

import gearsbook
import nbformat
from nbformat import NotebookNode

from tools import workplace

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
# Without the version it ran on; a notebook turned into a script gets the extension.
PYTHON = {"file_extension": ".py", "name": "python"}
# A kernel that executes or checks the book gets the defaults of Python, IPython and TensorFlow,
# whatever its user has set: a kernel runs PYTHONSTARTUP, too, and a traceback is COLUMNS wide.
NO_SETTINGS = {
    "IPYTHONDIR": str(ROOT / "_build" / "ipython"),
    **dict.fromkeys(("JUPYTER_PATH", "PYTHONSTARTUP", "PYTHONOPTIMIZE", "PYTHONWARNINGS"), ""),
    "COLUMNS": "",
    **gearsbook.TENSORFLOW,
}


def all_notebooks(edition: str) -> list[Path]:
    """The notebooks of an edition in reading order."""
    found = (NOTEBOOKS / edition).rglob("*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def must_be_pages(paths: Collection[Path], way_out: str) -> None:
    """Raises SystemExit, with a way out, if one of them is no notebook of this book."""
    every = {*all_notebooks("en"), *all_notebooks("zh")}
    others = [str(path) for path in paths if path.resolve() not in every]
    if others:
        sys.exit(f"Not a notebook of this book: {', '.join(others)}. {way_out}")


def translation_of(path: Path) -> Path:
    """The Chinese notebook that belongs to an English one."""
    return NOTEBOOKS / "zh" / path.relative_to(NOTEBOOKS / "en")


def read(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook in one step: a reader of the file never sees half of it.

    Raises:
        OSError: it could not be written; the file is as it was.
    """
    with workplace.in_one_step(path) as partial:
        nbformat.write(notebook, partial)


def source_hashes(english: NotebookNode) -> dict[str, str]:
    """A short hash of each English cell's source, by cell id: what a translation is held to."""
    return {
        cell.id: hashlib.sha256(cell.source.encode()).hexdigest()[:12] for cell in english.cells
    }


def moved_cells(english: NotebookNode, chinese: NotebookNode) -> list[str]:
    """The ids of the English cells that changed since the Chinese ones were written for them."""
    now = source_hashes(english)
    then = chinese.metadata.get("gears", {}).get("translates", {})
    return sorted(
        cell_id for cell_id in now.keys() | then.keys() if now.get(cell_id) != then.get(cell_id)
    )
