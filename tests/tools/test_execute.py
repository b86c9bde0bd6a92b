"""`make execute` writes a notebook back only when every cell did what its tags say."""

import errno
import os
import subprocess
import sys

import nbformat
from nbformat import v4
import psutil
import pytest

from tools import notebooks
from tools.notebooks import execute
from waiting import until


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
    assert result.metadata.language_info == {"file_extension": ".py", "name": "python"}
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


@pytest.mark.parametrize(
    ("source", "seconds", "words"),
    [("import os; os._exit(9)", 600, "Kernel died"), ("while True: pass", 1, "timed out")],
)
def test_a_kernel_that_dies_or_hangs_is_named_and_changes_nothing(
    notebook, monkeypatch, source, seconds, words
):
    monkeypatch.setattr(execute, "SECONDS_PER_CELL", seconds)
    path = notebook("x = 1", source)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=words) as caught:
        execute.execute(path)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before


def test_a_kernel_that_is_not_there_is_named_with_the_notebook(notebook, capsys):
    path = notebook("x = 1")
    content = notebooks.read(path)
    content.metadata.kernelspec = {"name": "py37", "display_name": "", "language": "python"}
    notebooks.write(content, path)
    assert execute.main([path]) == 1
    assert (
        f"{path}: No such kernel named py37; its metadata should name python3"
        in capsys.readouterr().err
    )


def test_settings_of_the_authors_change_nothing_that_is_stored(notebook, tmp_path, monkeypatch):
    seen = "import os\n__debug__, os.environ['TF_ENABLE_ONEDNN_OPTS']"
    path = notebook("1\n2", seen, "1 / 0", tags=("raises-exception",))
    execute.execute(path)
    stored = path.read_bytes()
    profile = tmp_path / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    config = 'c.InteractiveShell.ast_node_interactivity = "all"\n'
    (profile / "ipython_config.py").write_text(config)
    monkeypatch.setenv("IPYTHONDIR", str(profile.parent))
    (startup := tmp_path / "startup.py").write_text("get_ipython().ast_node_interactivity = 'none'")
    monkeypatch.setenv("PYTHONSTARTUP", str(startup))
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    execute.execute(path)
    assert path.read_bytes() == stored


def test_a_full_disk_leaves_the_notebook_and_no_half_of_another(notebook, monkeypatch, capsys):
    path = notebook("x = 1")
    before = path.read_bytes()

    def write(_, partial):
        partial.write_text("{")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(notebooks.nbformat, "write", write)
    assert execute.main([path]) == 1
    assert f"{path}: the disk is full" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


RUNS_ON = """
import os, signal
open(f"kernel-{os.getpid()}", "w").close()
signal.pause()
"""
RUN = """
import sys
from pathlib import Path
from tools.notebooks import execute
execute.main([*map(Path, sys.argv[1:])])
"""


def left_by_a_killed_run(tmp_path, run: str, seconds: float) -> list[psutil.Process]:
    """What still runs this long after a run of notebooks was killed; they have to be whole."""
    paths = [tmp_path / f"page{number}.ipynb" for number in range(3)]
    for path in paths:
        nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(RUNS_ON)]), path)
    before = [path.read_bytes() for path in paths]
    running = psutil.Popen(
        [sys.executable, "-c", run, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    at_once = min(os.cpu_count(), len(paths))
    until(lambda: len([*tmp_path.glob("kernel-*")]) == at_once, f"{at_once} kernels at work")
    kernels = {int(path.name.partition("-")[2]) for path in tmp_path.glob("kernel-*")}
    started = running.children(recursive=True)
    assert kernels < {process.pid for process in started}  # the others are the workers
    running.kill()
    running.wait()
    _, left = psutil.wait_procs(started, timeout=seconds)
    assert [path.read_bytes() for path in paths] == before
    assert set(tmp_path.iterdir()) - set(paths) == {tmp_path / f"kernel-{pid}" for pid in kernels}
    return left


def test_a_run_that_is_killed_leaves_whole_notebooks_and_no_process(tmp_path):
    """Its workers would wait for another notebook for ever, and their kernels work on."""
    assert left_by_a_killed_run(tmp_path, RUN, seconds=60) == []


def test_workers_that_do_not_watch_their_parent_are_found(tmp_path):
    careless = RUN.replace("execute.main", "execute.end_with_the_parent = int; execute.main")
    left = left_by_a_killed_run(tmp_path, careless, seconds=1)
    for process in left:
        process.kill()
    assert left


def test_an_announced_failure_is_an_output_like_any_other(notebook):
    path = notebook("1 / 0", tags=("raises-exception",))
    execute.execute(path)
    assert notebooks.read(path).cells[0].outputs[0].ename == "ZeroDivisionError"


def test_tensorflow_starts_without_a_word():
    """What it says on stderr would stand in the reader's notebook, and stop `make execute`."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    done = subprocess.run(
        [sys.executable, "-c", "import gearsbook, keras; keras.ops.ones(1)"],
        env=settings, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
