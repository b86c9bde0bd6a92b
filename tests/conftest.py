"""What several test files need: the built site served on loopback, and a Chromium."""

from collections.abc import Callable, Iterator
import os
from pathlib import Path

from gearsbook import language
from playwright.sync_api import Browser, Page, expect, sync_playwright
import pytest

from browsing import LIMIT, SITE
import randomness  # noqa: F401  # the random inputs of every test
from tools.setup import chromium as browser_tool
from tools.site import serve
from visiting import Visits

ROOT = Path(__file__).resolve().parent.parent

expect.set_options(timeout=LIMIT * 1000)  # milliseconds

CHROMIUM_FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--late", action="store_true", help="figures get frames and sizes late, as if busy"
    )


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language a test speaks, the next one on this processor begins in English."""
    yield
    language.use("en")


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site's folder. `make test` builds it before the tests start."""
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: run `make book` first")
    return SITE


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    """The address of the site on this machine, without a slash at its end."""
    with serve.serving(site, serve.QuietHandler) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = browser_tool.find()
    if not path:
        pytest.fail("no Chromium: run `make check`, which finds or installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens a fresh context and gives its page."""
    contexts = []

    def make(**options) -> Page:
        contexts.append(chromium.new_context(**options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def visit(chromium: Browser, site: Path, origin: str) -> Visits:
    """A function that gives what a step of the walk through a page saw."""
    return Visits(chromium, site, origin)


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """The environment for commands under test, without what the calling make passed on."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAKE", "MFLAGS", "PYTEST"))
    }
