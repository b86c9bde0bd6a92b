"""Open the first section as a reader on a slow line does, ours and jupyter-book's own in turns.

    python -m tools bench pages [rounds]

A line like Lighthouse's "Slow 4G" and a processor slowed down four times; text travels gzipped.
It needs the built site. jupyter-book's own page is built here from the same notebook, with
jupyter-book's own settings; what that page would load from other hosts is counted as a request
but fails at once, so its weight and its times are flattered.
"""

import gzip
from pathlib import Path
import statistics
import sys
import tempfile

from playwright.sync_api import Browser, sync_playwright
import yaml

from tools.bench import cold
from tools.setup import chromium
from tools.site import build, serve

SLOWDOWN = 4
SLOW_4G = {
    "offline": False, "latency": 150,
    "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8,
}  # fmt: skip
PAGE = "notebooks/en/01-first-look"
SHIFTS_AND_PAINTS = """
window.seen = { lcp: 0, cls: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.lcp = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Gzipped(serve.QuietHandler):
    """Serves a folder's files as web servers do: text compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        kind, content = self.guess_type(path), path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if kind.startswith("text/") or "json" in kind or "javascript" in kind or "svg" in kind:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def plain(folder: Path) -> Path:
    """jupyter-book's own rendering of the page, its outputs as they are stored."""
    book = cold.copy_of_the_book(folder)
    config, toc = book / "plain.yml", book / "plain_toc.yml"
    settings = cold.PLAIN | {"execute": {"execute_notebooks": "off"}}
    config.write_text(yaml.safe_dump(settings), "utf-8")
    toc.write_text(yaml.safe_dump({"format": "jb-book", "root": PAGE}), "utf-8")
    cold.run(
        Path(sys.executable).with_name("jupyter-book"), "build", book, "--config", config,
        "--toc", toc, "--path-output", book / "_build" / "plain",
    )  # fmt: skip
    return book / "_build" / "plain" / "_build" / "html"


def visit(browser: Browser, address: str) -> dict[str, float]:
    """What a first visit costs and how it feels: requests, kB, LCP and CLS."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(SHIFTS_AND_PAINTS)
    requests, weight = [], []
    page.on("request", lambda request: requests.append(request.url))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: weight.append(event["encodedDataLength"]))
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(address, wait_until="networkidle", timeout=120_000)
    page.wait_for_timeout(1000)
    seen = page.evaluate("seen")
    context.close()
    asked = [url for url in requests if not url.startswith(("data:", "blob:"))]
    return {
        "requests": len(asked), "to other hosts": sum("127.0.0.1" not in url for url in asked),
        "kB": sum(weight) / 1000, "LCP, s": seen["lcp"] / 1000, "CLS": seen["cls"],
    }  # fmt: skip


def main(rounds: int) -> None:
    """Print the table."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serve.serving(build.SITE, Gzipped) as ours,
        serve.serving(plain(Path(folder)), Gzipped) as theirs,
        sync_playwright() as playwright,
    ):
        addresses = {
            "ours, front page": f"{ours}/en/index.html",
            "ours, 2.1": f"{ours}/en/01-first-look.html",
            "plain, 2.1": f"{theirs}/{PAGE}.html",
        }
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        visits = [
            {name: visit(browser, address) for name, address in addresses.items()}
            for _ in range(rounds)
        ]
        browser.close()
    columns = list(visits[0]["ours, 2.1"])
    print(f"First visit, slow line, CPU slowed {SLOWDOWN}x, {rounds} rounds, medians\n")
    print(f"{'':18}" + "".join(f"{column:>16}" for column in columns))
    for name in addresses:
        medians = [statistics.median(v[name][column] for v in visits) for column in columns]
        print(f"{name:18}" + "".join(f"{median:16.2f}" for median in medians))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
