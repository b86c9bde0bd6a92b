"""No test waits for a time: on a busy machine it is too short, and on any other one too long."""

import ast
from pathlib import Path
import re

import pytest

from waiting import until

TESTS = Path(__file__).parents[1]
EXCUSE = re.compile(r"# nothing may happen: \S")
IDLE = "network" + "idle"  # of a page: nothing asked for during 500 ms


def fixed_waits(source: str) -> list[int]:
    """The lines that wait for a time, and do not say on them or above that nothing may happen."""
    lines, found = ["", *source.splitlines()], set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                waits = name in ("sleep", "wait_for_timeout")
            case ast.Constant(value=value):
                waits = value == IDLE
            case _:
                waits = False
        if waits and not any(map(EXCUSE.search, lines[node.lineno - 1 : node.end_lineno + 1])):
            found.add(node.lineno)
    return sorted(found)


def test_no_test_waits_for_a_time():
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        if path.name != "waiting.py"
        for line in fixed_waits(path.read_text("utf-8"))
    ]
    assert not found, f"wait for what should happen (until, or Playwright's expect): {found}"


@pytest.mark.parametrize(
    "source",
    [
        "time.sleep(1)",
        "sleep(1)",
        "await asyncio.sleep(1)",
        "page.wait_for_timeout(100)",
        "page.goto(url, wait_until='networkidle')",
        "page.wait_for_load_state(\n    'networkidle'\n)",
        "time.sleep(1)  # nothing may happen:",
        "time.sleep(1)  # nothing happens on some machines",
        "# nothing may happen: it is over\n\ntime.sleep(1)",
    ],
)
def test_a_test_that_waits_for_a_time_is_found(source):
    assert len(fixed_waits(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "time.sleep(1)  # nothing may happen: the lock is held",
        "# nothing may happen: the page was left\npage.wait_for_timeout(\n    100\n)",
        "page.goto(url, wait_until='load')",
        "program = 'import time; time.sleep(600)'",
    ],
)
def test_what_may_wait_may(source):
    assert fixed_waits(source) == []


def test_a_wait_ends_with_what_came_or_names_what_did_not():
    looks = iter(["", None, "there"])
    assert until(lambda: next(looks), "the third look") == "there"
    with pytest.raises(pytest.fail.Exception, match="waited 0 s in vain: a second moon"):
        until(lambda: False, "a second moon", seconds=0)
