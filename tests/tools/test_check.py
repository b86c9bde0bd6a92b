"""What an author's quick check looks at."""

import subprocess

import pytest

from tools import check
from tools.site import build


@pytest.mark.parametrize(
    ("file", "names"),
    [
        (
            "notebooks/zh/02-tensors/07-batches.ipynb",
            {"02-tensors/07-batches.html", "07-batches.ipynb", *check.OF_ALL_PAGES},
        ),
        (
            "notebooks/zh/04-gradients/00-training-loop.ipynb",
            {"gradients.html", "00-training-loop.ipynb", *check.OF_ALL_PAGES},
        ),
        ("book/en/teach.md", {"teach.html", "teach.ipynb", *check.OF_ALL_PAGES}),
        (
            "src/gearsbook/explorables/batch_walker/view.js",
            {
                "test_batch_walker.py",
                "[batch_walker",
                "02-tensors/07-batches.html",
                "07-batches.ipynb",
            },
        ),
        (
            "src/gearsbook/explorables/rank_ladder/compute.js",
            {
                "test_rank_ladder.py",
                "[rank_ladder",
                "02-tensors/04-higher-rank.html",
                "04-higher-rank.ipynb",
                "tensors.html",
                "00-ten-minutes.ipynb",
            },
        ),
        ("src/gearsbook/explorables/parts/figure.js", set()),
        ("src/gearsbook/practice/dot.py", {"test_practice.py", "test_answers.py"}),
        ("tools/setup/audit.py", {"test_audit.py"}),
        ("tests/tools/test_audit.py", {"test_audit.py"}),
        ("tools/nothing_tests_this.py", set()),
        ("src/gearsbook/explorables/figure.py", set()),
        ("requirements.in", set()),
    ],
)
def test_a_file_touches_its_own_tests_and_the_pages_that_show_it(file, names):
    assert check.touched(file) == names


@pytest.fixture
def a_clone(tmp_path, monkeypatch):
    """An empty repository in place of ours."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    monkeypatch.setattr(check, "ROOT", tmp_path)
    return tmp_path


def test_a_new_file_in_a_new_folder_with_a_chinese_name_has_changed(a_clone):
    (a_clone / "笔记 1").mkdir()
    (a_clone / "笔记 1" / "a b.txt").touch()
    assert check.changed_files() == ["笔记 1/a b.txt"]


def test_without_git_the_way_out_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="use make test"):
        check.changed_files()


@pytest.fixture
def commands(monkeypatch):
    """What the check runs, nothing of it for real; every command fails."""
    run = []

    def noted(command, **_):
        run.append(" ".join(map(str, command)))
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(check.subprocess, "run", noted)
    monkeypatch.setattr(build, "build", lambda: run.append("build"))
    return run


def test_a_changed_notebook_is_linted_built_executed_and_looked_at(commands):
    notebook = "notebooks/en/02-tensors/07-batches.ipynb"
    assert check.main([notebook, "notebooks/en/02-tensors/99-removed.ipynb"]) == 1
    lint, built, tests = commands
    assert "tools.lint" in lint
    assert built == "build"
    assert tests.endswith(f"tests {notebook}")
    assert "02-tensors/07-batches.html" in tests


def test_what_only_the_whole_suite_can_tell_is_said(commands, capsys):
    assert check.main(["requirements.in"]) == 1  # as lint does here
    assert "`make test` can tell what these touch: requirements.in" in capsys.readouterr().out
    assert len(commands) == 1
