"""What the tests' own shares and sums are made of."""

import os
from pathlib import Path
import runpy
import shutil
import subprocess
import sys

import nbformat
from nbformat import v4
import pytest

import rooms
from tools.setup import install


@pytest.mark.parametrize(
    ("nodeid", "unit"),
    [
        ("notebooks/en/02/01.ipynb::Cell 3", "notebooks/en/02/01.ipynb"),
        ("tests/site/test_views.py::test_it_fits[zh/index.html]", "zh/index.html"),
        ("tests/site/test_site.py::test_links[en/02/01.html]", "en/02/01.html"),
        ("tests/site/test_site.py::test_two[served-en/index.html]", "en/index.html"),
        ("tests/tools/test_lab.py::test_lab_asks_for_a_token", "tests/tools/test_lab.py"),
        ("tests/tools/test_locks.py::test_a[1-2]", "tests/tools/test_locks.py::test_a[1-2]"),
    ],
)  # fmt: skip
def test_a_notebook_and_what_is_asked_of_a_page_stay_together(nodeid, unit):
    assert rooms.unit(nodeid) == unit


def test_a_rooms_cost_is_the_sum_of_all_phases_of_its_tests():
    def report(nodeid, phase, seconds):
        return pytest.TestReport(nodeid, ("", 0, ""), {}, "passed", None, phase, duration=seconds)

    assert rooms.costs(
        [
            report("tests/site/test_views.py::test_a", "setup", 3.0),
            report("tests/site/test_views.py::test_a", "call", 1.5),
            report("notebooks/en/01.ipynb::Cell 0", "call", 2.0),
            report("tests/tools/test_make.py::test_b", "call", 0.5),
        ]
    ) == [("site", 1, 4.5), ("nbval", 1, 2.0), ("tools", 1, 0.5)]


SKIPS = """
import pytest

@pytest.mark.skipif(True, reason="needs root")
def test_marked(): pass

def test_halfway(): pytest.skip("needs Linux")

@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""


@pytest.mark.parametrize(
    ("ci", "said"),
    [("true", "2 failed, 1 xfailed, 2 errors"), ("", "3 skipped, 1 xfailed")],
)
def test_what_is_skipped_fails_in_ci_and_only_there(tmp_path, clean_environment, ci, said):
    shutil.copy(install.ROOT / "conftest.py", tmp_path)
    (room := tmp_path / "tests" / "room").mkdir(parents=True)
    (room / "test_skips.py").write_text(SKIPS)
    (room / "test_whole.py").write_text("import pytest\npytest.importorskip('no_such_module')")
    if ci:  # a kernel takes its time
        cell = v4.new_code_cell("1 / 0", metadata={"tags": ["nbval-skip"]})
        (pages := tmp_path / "notebooks" / "en").mkdir(parents=True)
        nbformat.write(v4.new_notebook(cells=[cell]), pages / "page.ipynb")
    paths = f"{Path(rooms.__file__).parent}{os.pathsep}{install.ROOT}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", "--nbval",
         "--current-env", "--continue-on-collection-errors", tmp_path],
        env=clean_environment | {"CI": ci, "PYTHONPATH": paths},
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert said in done.stdout, done.stdout
    assert "needs root" in done.stdout
    assert "no_such_module" in done.stdout
    assert done.returncode == bool(ci)


def test_every_hook_holds_for_the_notebooks_alone_too():
    """CI runs those of one language as a part of its own, which reads nothing below tests/."""
    hooks = {name for name in vars(rooms) if name.startswith("pytest_")}
    assert hooks <= runpy.run_path(str(install.ROOT / "conftest.py")).keys()
