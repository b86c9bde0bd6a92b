"""What tests ask of a page: what it loads, what it complains about, and who can use it."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urldefrag

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

SITE = Path(__file__).resolve().parent.parent / "_build" / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("*/**/*.html"))
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


class Watch:
    """Notes everything a page asks for and complains about."""

    def __init__(self, page: Page, home: str) -> None:
        self.requests: list[str] = []
        self.problems: list[str] = []
        self.bodies: dict[str, int] = {}
        page.on("request", lambda request: self._request(request.url, home))
        page.on("response", self._response)
        page.on("console", lambda message: self._note(message.type == "error", message.text))
        page.on("pageerror", lambda error: self._note(True, str(error)))
        page.on("requestfailed", self._failure)

    def _note(self, is_problem: bool, text: str) -> None:
        if is_problem:
            self.problems.append(text)

    def _request(self, url: str, home: str) -> None:
        self.requests.append(url)
        self._note(not url.startswith((home, "data:", "blob:")), f"another host: {url}")

    def _response(self, response) -> None:
        self._note(response.status >= 400, f"{response.status} {response.url}")

    def _failure(self, request: Request) -> None:
        # a page that leads on at once, as the front door does, need not have come to its end
        left = request.is_navigation_request() and request.failure == "net::ERR_ABORTED"
        self._note(not left, f"failed: {request.url} ({request.failure})")

    def gzipped_size(self, site: Path, origin: str) -> int:
        """What the answers weigh on the wire, from a server that compresses text."""
        return sum(
            wire_size(site / unquote(urldefrag(url)[0].split("?")[0]).removeprefix(f"{origin}/"))
            for url in set(self.requests)
            if url.startswith(origin)
        )


def wire_size(file: Path) -> int:
    content = file.read_bytes()
    compressed_already = file.suffix in (".png", ".woff2", ".webp")
    return len(content) if compressed_already else len(gzip.compress(content, mtime=0))


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice."""
    found = Axe().run(page, within, options=AXE).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def mount_figures(page: Page) -> None:
    """Scroll to every interactive figure, as a reader would, until all are alive."""
    for box in page.locator(".gears-explorable").all():
        box.scroll_into_view_if_needed()
        box.locator(".gears-figure, .gears-failure").first.wait_for()
