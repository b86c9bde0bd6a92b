"""What the tests' own shares and sums are made of."""

from pathlib import Path
import subprocess
import sys

import pytest

import rooms


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
    ("ci", "said"), [("true", "1 failed, 1 xfailed, 1 error"), ("", "2 skipped, 1 xfailed")]
)
def test_a_skipped_test_fails_in_ci_and_only_there(tmp_path, clean_environment, ci, said):
    (tmp_path / "conftest.py").write_text("from rooms import pytest_runtest_makereport\n")
    (tmp_path / "test_skips.py").write_text(SKIPS)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", tmp_path],
        env=clean_environment | {"CI": ci, "PYTHONPATH": str(Path(rooms.__file__).parent)},
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert said in done.stdout, done.stdout
    assert "needs root" in done.stdout
    assert done.returncode == bool(ci)
