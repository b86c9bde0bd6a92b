"""SECURITY.md is a list of promises: each has a test that exists and is run, or says why not."""

import ast
from collections.abc import Iterator
import functools
from itertools import pairwise
import re

import pytest

from tools.__main__ import COMMANDS
from tools.site import build

ROOT = build.ROOT
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
HEAD = ["| Promise | Test |", "|---|---|"]
NO_PROMISES = "## What is not promised"
REPORT = "## Reporting a weakness"  # has its promises, and then how to report one
TEST = re.compile(r"`(tests/\w+/test_\w+\.py)::(test_\w+)`")
UNTRIED = re.compile(r"not tried: (?:\S+ ){4,}\S+")


@functools.cache
def decorated(path: str) -> dict[str, list[str]]:
    """The functions of a file, each with its decorators; none where there is no such file."""
    text = (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else ""
    return {
        node.name: list(map(ast.unparse, node.decorator_list))
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }


def problems(text: str) -> Iterator[str]:
    """What is wrong with the promises of a text."""
    head, *sections = re.split(r"^(?=## )", text, flags=re.M)
    if re.search(r"^[|*-]", head, re.M):
        yield "a promise stands before the first heading"
    for section in sections:
        title, *lines = filter(None, section.splitlines())
        if title == NO_PROMISES:
            continue
        if lines[:2] != HEAD:
            yield f"{title} does not begin with a table of promises"
        for line in lines[2:]:
            if not line.startswith("|"):
                if title != REPORT:
                    yield f"outside of the table: {line}"
                continue
            _, promise, shown, _ = (cell.strip() for cell in line.split("|"))
            named = TEST.findall(shown)
            if UNTRIED.fullmatch(shown) or (named and not TEST.sub("", shown).strip()):
                yield from (f"{promise}: {wrong}" for one in named for wrong in why_not_run(*one))
            else:
                yield f"neither shown by a test nor said why not: {promise}"


def why_not_run(path: str, name: str) -> Iterator[str]:
    """`make test` runs what has no mark "release", `make test-release` the rest."""
    if name not in decorated(path):
        yield f"there is no {path}::{name}"
    elif any(re.match(r"pytest\.mark\.(skip\b|xfail)", one) for one in decorated(path)[name]):
        yield f"{path}::{name} is never run, or may fail"


def test_every_promise_has_a_test_that_is_run_or_says_why_not():
    assert list(problems(SECURITY)) == []
    assert len(TEST.findall(SECURITY)) > 40


def test_what_has_the_mark_and_what_has_not_are_both_run_whole():
    test = COMMANDS["test"]
    assert ("-m", "not release") in pairwise(test.steps[-1])
    assert test.adds == ("tests", "notebooks")
    release = [step for step in COMMANDS["test-release"].steps if step[-1] == "tests"]
    assert any(("-m", "release") in pairwise(step) for step in release)


A_TEST = "tests/site/test_policy.py::test_a_text_cannot_be_evaluated"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("_be_evaluated`", "_be_run`", "there is no tests/site/test_policy.py::test_a_text_cannot"),
        ("tests/site/test_policy.py::test_a_text", "tests/site/test_rules.py::test_a_text",
         "there is no tests/site/test_rules.py"),
        (f"`{A_TEST}`", "", "neither shown by a test"),
        (f"`{A_TEST}`", "see the tests", "neither shown by a test"),
        (f"`{A_TEST}`", f"`{A_TEST}` mostly", "neither shown by a test"),
        ("not tried: people keep this promise, no program can", "not tried", "neither shown"),
        ("## The notebooks\n", "## The notebooks\n\nSafe.\n", "does not begin with a table"),
        ("\n## The notebooks\n", "\nNor is it slow.\n\n## The notebooks\n", "outside of the table"),
        ("# Security\n", "# Security\n\n- It is safe.\n", "before the first heading"),
    ],
)  # fmt: skip
def test_a_promise_without_its_test_is_seen(old, new, words):
    broken = SECURITY.replace(old, new, 1)
    assert broken != SECURITY
    found = list(problems(broken))
    assert found
    assert words in found[0]


@pytest.mark.parametrize(
    "mark", ["pytest.mark.skip", "pytest.mark.skip('later')", "pytest.mark.xfail"]
)
def test_a_test_that_is_never_run_shows_nothing(monkeypatch, mark):
    monkeypatch.setitem(decorated("tests/site/test_policy.py"), A_TEST.partition("::")[2], [mark])
    assert "is never run" in "".join(problems(SECURITY))
