"""How the tests are shared out between the processors, and what each room of them costs.

A room is a folder below tests/, or what nbval does with the notebooks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
import functools
import gc
import os
from pathlib import Path
import re

import pytest
from xdist.scheduler import LoadScopeScheduling

A_PAGE = re.compile(r"\[(?:.*-)?((?:en|zh)/[^\]]+\.html)\]$")
# each has a server, a built book or what it read of all pages for all of its tests
TOGETHER = ("test_build.py", "test_glossary.py", "test_hub.py", "test_lab.py", "test_systemd.py")


def unit(nodeid: str) -> str:
    """What has to stay on one processor: a notebook, what is asked of one page's visit, a test."""
    file, _, _ = nodeid.partition("::")
    if file.endswith((".ipynb", *TOGETHER)):
        return file
    on_page = A_PAGE.search(nodeid)
    return on_page[1] if on_page else nodeid


def room(nodeid: str) -> str:
    """The part of the suite that a test belongs to: its folder, or nbval for a cell."""
    top, below, *_ = Path(nodeid.partition("::")[0]).parts
    return below if top == "tests" else "nbval"


class Queue(LoadScopeScheduling):
    """Whichever processor is free takes the next unit, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


@pytest.hookimpl(optionalhook=True)  # without xdist there is nothing to share out
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Queue:
    config.option.loadscopereorder = False
    return Queue(config, log)


@functools.cache
def _loads_tensorflow(notebook: Path) -> bool:
    text = notebook.read_text("utf-8")
    return "import keras" in text or "import tensorflow" in text


def _turn(item: pytest.Item) -> int:
    """Long units come first: at the end of a run one processor would wait for the other."""
    if item.path.suffix == ".ipynb":
        return 0 if _loads_tensorflow(item.path) else 1
    return 2 if unit(item.nodeid) != item.nodeid else 3


gc.disable()  # nothing of what is collected goes before the end


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """Who looks for garbage need not go through thousands of tests each time."""
    gc.freeze()
    gc.enable()


def _must_not_be_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Where CI is set what is skipped fails: what it promises was not tried."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr[2]}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """A test, or a notebook's cell."""
    report = yield
    _must_not_be_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """A whole file."""
    report = yield
    _must_not_be_skipped(report)
    return report


def costs(reports: Iterable[pytest.TestReport]) -> list[tuple[str, int, float]]:
    """Each room with its number of tests and their seconds on one processor, dearest first."""
    tests, seconds = defaultdict(set), Counter()
    for report in reports:
        tests[room(report.nodeid)].add(report.nodeid)
        seconds[room(report.nodeid)] += report.duration
    return [(name, len(tests[name]), spent) for name, spent in seconds.most_common()]


def pytest_terminal_summary(terminalreporter) -> None:
    reports = [
        report
        for outcome in terminalreporter.stats.values()
        for report in outcome
        if isinstance(report, pytest.TestReport)
    ]
    terminalreporter.section("what each room took, in seconds of one processor")
    for name, count, spent in costs(reports):
        terminalreporter.write_line(f"{name:<12} {count:6,} tests {spent:8.1f} s")
