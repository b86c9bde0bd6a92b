"""Time figures from a key to the painted change, in a Chromium slowed down four times.

    python tools/bench_figures.py

It needs the built site. For every control it prints the median and the worst of many strokes;
an empty key handler on the same page, timed in the same run, is what the browser itself takes.
"""

from collections.abc import Iterator
import functools
import http.server
import statistics
import threading

from playwright.sync_api import Page, sync_playwright

import browser
import build

SLOWDOWN, STROKES = 4, 40
FIRST_LOOK, RECAP = "en/01-first-look.html", "en/05-recap/01-mnist-recap.html"
# where the figure is, what has the focus, and the keys that are pressed in turn
ACTIONS = (
    (FIRST_LOOK, "nothing", "body", ("a",)),
    (FIRST_LOOK, "inspector, cursor", ".digit-inspector .grid", ("ArrowRight", "ArrowDown")),
    (FIRST_LOOK, "inspector, digit", ".digit-inspector select", ("ArrowUp", "ArrowDown")),
    (FIRST_LOOK, "inspector, numbers", ".digit-inspector button", ("Enter",)),
    (RECAP, "network, sample", ".inside-network [name=next]", ("Enter",)),
    (RECAP, "network, unit", ".inside-network [name=unit]", ("ArrowRight", "PageUp", "Home")),
    (FIRST_LOOK, "quiz, check", ".quiz button", ("Enter",)),
)
# after the handlers, a frame is drawn; the task after that frame comes when it is painted
CLOCK = """
window.delays = [];
addEventListener("keydown", (event) => {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => delays.push(performance.now() - event.timeStamp);
    port2.postMessage(null);
  });
}, true);
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing for each request."""


def serve() -> tuple[http.server.ThreadingHTTPServer, str]:
    handler = functools.partial(Quiet, directory=str(build.SITE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def delays(page: Page, origin: str) -> Iterator[tuple[str, list[float]]]:
    """For each action its name and the milliseconds of every stroke."""
    session = page.context.new_cdp_session(page)
    for address, name, selector, keys in ACTIONS:
        page.goto(f"{origin}/{address}")
        for figure in page.locator(".gears-explorable").all():
            figure.scroll_into_view_if_needed()
            figure.locator(".gears-figure").wait_for()
        page.evaluate(CLOCK)
        control = page.locator(selector).first
        if name.startswith("quiz"):
            page.locator(".quiz input").first.check()
        control.focus()
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        for stroke in range(STROKES):
            page.keyboard.press(keys[stroke % len(keys)])
            page.wait_for_function(f"delays.length > {stroke}")
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        yield name, page.evaluate("delays")


def main() -> None:
    """Print the table."""
    server, origin = serve()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"{'from key to paint, ms':24}{'median':>8}{'worst':>8}   CPU slowed {SLOWDOWN}x")
        for name, measured in delays(chromium.new_page(), origin):
            print(f"{name:24}{statistics.median(measured):8.0f}{max(measured):8.0f}")
        chromium.close()
    server.shutdown()


if __name__ == "__main__":
    main()
