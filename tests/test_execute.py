"""`make execute` writes a notebook back only when every cell did what its tags say."""

import os
import subprocess
import sys

import nbformat
from nbformat import v4
import pytest

import execute
import notebooks


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """A function that writes a notebook of the given cells and gives its path."""
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)

    def write(*sources: str, tags: tuple[str, ...] = ()):
        cells = [v4.new_code_cell(source, metadata={"tags": list(tags)}) for source in sources]
        path = tmp_path / "page.ipynb"
        nbformat.write(v4.new_notebook(cells=cells), path)
        return path

    return write


def test_outputs_are_stored_without_traces_of_the_machine(notebook):
    path = notebook("x = 6", "x * 7")
    execute.execute(path)
    result = notebooks.read(path)
    assert result.cells[1].outputs[0].data["text/plain"] == "42"
    assert result.metadata.language_info == {"name": "python"}
    assert all("execution" not in cell.metadata for cell in result.cells)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("source", "words"),
    [("1 / 0", "ZeroDivisionError"), ("import warnings; warnings.warn('old')", "wrote to stderr")],
)
def test_a_notebook_that_fails_stays_as_it_was(notebook, source, words):
    path = notebook("x = 1", source)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=words):
        execute.execute(path)
    assert path.read_bytes() == before


def test_an_announced_failure_is_an_output_like_any_other(notebook):
    path = notebook("1 / 0", tags=("raises-exception",))
    execute.execute(path)
    assert notebooks.read(path).cells[0].outputs[0].ename == "ZeroDivisionError"


def test_tensorflow_starts_without_a_word():
    """What it says on stderr would stand in the reader's notebook, and stop `make execute`."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    done = subprocess.run(
        [sys.executable, "-c", "import gears, keras; keras.ops.ones(1)"],
        env=settings, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
