"""What the READMEs and the other guides name exists, and what they tell a reader to type works."""

from pathlib import Path
import re
import subprocess
import sys

import pytest
import yaml

from tools.__main__ import COMMANDS
from tools.setup import install
from tools.site import build

ROOT = install.ROOT
GUIDES = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md"]


def text(guide: str) -> str:
    return (ROOT / guide).read_text("utf-8")


def commands(guide: str) -> list[str]:
    """The lines of a guide's shell blocks, comments cut off."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text(guide), re.M | re.S)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_is_one(guide):
    prose = re.sub(r"^```.*?^```", "", text(guide), flags=re.M | re.S)
    code = [*re.findall(r"`([^`]+)`", prose), *commands(guide)]
    typed = r"^(?:make|(?:python3?|py) -m tools) ([a-z-]+)\b(?!=)"
    assert {name for line in code for name in re.findall(typed, line)} <= COMMANDS.keys()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_and_link_exists(guide):
    for target in re.findall(r"\]\(([^)]+)\)", text(guide)):
        if not target.startswith(("http", "mailto:", "#")):
            assert (ROOT / target.split("#")[0]).exists(), target
    for path in re.findall(
        r"`([\w.-]*[\w-]/[\w./-]*|[\w.-]+\.(?:yml|toml|txt|in|md|py))`", text(guide)
    ):
        if not path.startswith(("_build", "my-notebooks")):  # which commands make
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_runs_or_is_run_by_another_test(guide, clean_environment):
    """`make` lines: make itself finds the rule. Others: a shell must find the program."""
    for command in commands(guide):
        if command.startswith("make"):
            done = subprocess.run(
                [*command.split(), "--dry-run"],
                cwd=ROOT,
                env=clean_environment,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, f"{command}: {done.stderr}"
        elif command.startswith("python3 -m tools"):
            pass  # the names are tried above
        elif command.startswith(".venv/bin/python"):
            script = re.search(r"\S+\.py", command)
            assert script is None or (ROOT / script[0]).is_file(), command
        else:
            assert command.split()[0] in ("git", "cd", "pip", "conda", ".venv/bin/pip"), command


def test_both_readmes_show_the_same_commands():
    assert commands("README.md") == commands("README.zh-CN.md")


def test_the_first_two_commands_are_book_and_test_and_ci_runs_the_second():
    assert commands("README.md")[:2] == ["python3 -m tools book", "python3 -m tools test"]
    assert text(".ci/run").splitlines()[-1].endswith("exec make test")


def test_the_workflow_calls_ci_and_pins_every_action():
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        for action in re.findall(r"uses: (\S+)", workflow.read_text("utf-8")):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
    assert ".ci/run" in text(".github/workflows/ci.yml")


def test_no_workflow_keeps_a_key_writes_where_it_need_not_or_fails_in_silence():
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        settings = workflow.read_text("utf-8")
        assert "continue-on-error" not in settings, workflow
        assert yaml.safe_load(settings)["permissions"] == {"contents": "read"}, workflow
        keyless = r"actions/checkout@.*\n +with:\n +persist-credentials: false\n"
        assert len(re.findall(keyless, settings)) == settings.count("actions/checkout@"), workflow


def test_on_github_the_tests_of_a_release_are_root_who_makes_the_hubs_users():
    steps = yaml.safe_load(text(".github/workflows/release.yml"))["jobs"]["test-release"]["steps"]
    (run,) = (step["run"] for step in steps if "make" in step.get("run", "").split())
    assert re.fullmatch(r"sudo env \S+ CI=true make -C \S+ test-release", run)


def test_the_parts_on_github_are_the_whole_of_make_test():
    workflow = yaml.safe_load(text(".github/workflows/ci.yml"))
    parts = " ".join(workflow["jobs"]["test"]["strategy"]["matrix"]["tests"]).split()
    rooms = {f"tests/{path.parent.name}" for path in (ROOT / "tests").rglob("test_*.py")}
    editions = {f"notebooks/{edition}" for edition in build.EDITIONS}
    assert sorted(parts) == sorted(rooms | editions)


def test_actionlint_passes():
    done = subprocess.run(
        [Path(sys.executable).with_name("actionlint")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
