"""What a reader meets in a kernel: other cells, another order, settings of their own."""

import importlib.util
import os
from pathlib import Path
import subprocess
import sys
import tomllib

from gearsbook import kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from nbval.kernel import RunningKernel
import pytest

import kernels
from tools import notebooks

ROOT = notebooks.NOTEBOOKS.parent


def outputs(*sources: str, **environment: str):
    """What cells put out in a kernel of their own."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, allow_errors=True).execute(env={**os.environ, **environment})
    return [cell.outputs for cell in notebook.cells]


@pytest.mark.parametrize("edition", ["en", "zh"])
def test_an_assertion_that_fails_says_what_to_do(edition):
    use = f"from gearsbook import language\nlanguage.use('{edition}')"
    _, (bare,), (own,), (other,) = outputs(
        use, "assert 1 > 2", "assert 1 > 2, 'two is more'", "1 / 0"
    )
    assert (bare.ename, bare.evalue) == ("AssertionError", kernel.FAILED[edition])
    assert "assert" in "".join(bare.traceback)
    assert own.evalue == "two is more"
    assert other.evalue == "division by zero"


def test_settings_for_other_courses_change_nothing(tmp_path):
    profile = tmp_path / "profile_default"
    profile.mkdir()
    interactivity = 'c.InteractiveShell.ast_node_interactivity = "all"\n'
    (profile / "ipython_config.py").write_text(interactivity)
    (tmp_path / "matplotlibrc").write_text("font.sans-serif: SimHei\nfont.size: 20\n")
    (tmp_path / "keras.json").write_text('{"floatx": "float16", "backend": "torch"}')
    _, values, (backend,), (sizes,) = outputs(
        "from gearsbook import plotting",
        "1\n2",
        "import keras\nkeras.backend.backend(), keras.config.floatx()",
        "plotting.use_style()\nplotting.plt.rcParams['font.size']",
        IPYTHONDIR=str(tmp_path),
        MATPLOTLIBRC=str(tmp_path / "matplotlibrc"),
        KERAS_BACKEND="jax",
        KERAS_HOME=str(tmp_path),
    )
    assert [value.data["text/plain"] for value in values] == ["2"]
    assert backend.data["text/plain"] == "('tensorflow', 'float32')"
    assert sizes.data["text/plain"] == "10.0"


def test_what_rich_shows_such_as_a_model_summary_is_text():
    """A notebook of the book stores no HTML but that of its figures."""
    show = "from rich.console import Console\nConsole(color_system=None).print('784')"
    _, (shown,) = outputs("import gearsbook", show)
    assert (shown.output_type, shown.text) == ("stream", "784\n")


def test_a_numpy_that_the_package_does_not_allow_is_refused_in_one_sentence(monkeypatch):
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "numpy>=2.0" in pyproject["project"]["dependencies"]
    for guide in (ROOT / "book" / "archive").glob("START-HERE*"):
        assert "NumPy 2" in guide.read_text("utf-8"), guide
    monkeypatch.setattr(kernel.np, "__version__", "1.26.4")
    with pytest.raises(ImportError, match=r"NumPy 1\.26\.4 is too old.*numpy>=2"):
        kernel.prepare(None)


@pytest.mark.release
@pytest.mark.parametrize(
    "page",
    [
        path.relative_to(notebooks.NOTEBOOKS)
        for path in notebooks.all_notebooks("en")
        if path.stem != "07-scaling-out"  # its cells work in one folder, which no fork has alone
    ],
    ids=str,
)
def test_each_cell_runs_again_by_itself_when_its_page_has_run(page, tmp_path):
    """The other edition has the same code."""
    program = ROOT / "tests" / "notebooks" / "by_itself.py"
    done = subprocess.run(
        [sys.executable, program, notebooks.NOTEBOOKS / page], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts threads as Linux does")
def test_what_kernels_of_nbval_are_forked_from_has_one_thread():
    program = f"import os, {', '.join(kernels.IMPORTED)}; print(os.listdir('/proc/self/task'))"
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    threads = subprocess.check_output([sys.executable, "-c", program], env=environment, text=True)
    assert threads.count(",") == 0


def test_a_kernel_of_nbval_imports_what_a_reader_can_and_is_interrupted():
    assert importlib.util.find_spec("rooms")  # as all tests can
    kernel_of_nbval = RunningKernel("python3", cwd=ROOT)
    try:
        asked = kernel_of_nbval.execute_cell_input("import gearsbook, time, rooms")
        assert "ModuleNotFoundError: No module named 'rooms'" in _error(kernel_of_nbval, asked)
        asked = kernel_of_nbval.execute_cell_input("print('begun')\ntime.sleep(600)")
        while kernel_of_nbval.get_message("iopub", 60)["msg_type"] != "stream":
            pass
        kernel_of_nbval.interrupt()
        assert "KeyboardInterrupt" in _error(kernel_of_nbval, asked)
    finally:
        kernel_of_nbval.stop()


def _error(kernel_of_nbval: RunningKernel, asked: str) -> str:
    """What a cell ends with."""
    while True:
        message = kernel_of_nbval.get_message("shell", 60)
        if message["parent_header"]["msg_id"] == asked:
            return f"{message['content']['ename']}: {message['content']['evalue']}"
