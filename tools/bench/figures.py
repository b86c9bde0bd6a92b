"""Time figures from a key to the painted change, in a Chromium slowed down four times.

    python -m tools bench figures [another built site]

It needs the built site. Given another one, as of an earlier commit, it tries each control on both,
one after the other, and prints how many times as long ours takes. For every control it prints the
median and the worst of many strokes; an empty key handler on the same page, timed in the same run,
is what the browser itself takes. For the pad of "Draw a digit" it prints the same from the moment
that the mouse button is let go or the mouse moves while it draws, and the time that the event
handlers alone take: the drawing prepared, the network's ten probabilities and all that is shown.
"""

from collections.abc import Iterable, Iterator
import contextlib
import functools
import math
from pathlib import Path
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from tools.setup import chromium
from tools.site import build, serve

SLOWDOWN, STROKES = 4, 40
FIRST_LOOK, RECAP = "en/01-first-look.html", "en/05-recap/01-mnist-recap.html"
BACKPROPAGATION = "en/04-gradients/04-backpropagation.html"
# where the figure is, what has the focus, and the keys that are pressed in turn
ACTIONS = (
    (FIRST_LOOK, "nothing", "body", ("a",)),
    (FIRST_LOOK, "inspector, cursor", ".digit-inspector .grid", ("ArrowRight", "ArrowDown")),
    (FIRST_LOOK, "inspector, digit", ".digit-inspector select", ("ArrowUp", "ArrowDown")),
    (FIRST_LOOK, "inspector, numbers", ".digit-inspector button", ("Enter",)),
    (RECAP, "network, unit", ".inside-network .grid", ("ArrowRight", "End", "Home")),
    (BACKPROPAGATION, "playground, one step", ".playground [name=step]", ("Enter",)),
    (FIRST_LOOK, "quiz, answer", ".quiz button", ("Enter",)),
)
# after the handlers, a frame is drawn; the task after that frame comes when it is painted
CLOCK = """
window.delays = [];
const timed = (event) => {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => delays.push(performance.now() - event.timeStamp);
    port2.postMessage(null);
  });
};
addEventListener("keydown", timed, true);
"""
# the same for a pointer's event; `handled` is what its listeners take, from the first to the last
POINTER_CLOCK = """
window.handled = [];
let start;
addEventListener(KIND, (event) => {
  if (event.type === "pointermove" && !event.buttons) return;
  start = performance.now();
  timed(event);
}, true);
addEventListener(KIND, () => start && handled.push(performance.now() - start));
"""


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
        control.focus()
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        for stroke in range(STROKES):
            page.keyboard.press(keys[stroke % len(keys)])
            page.wait_for_function(f"delays.length > {stroke}")
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        yield name, page.evaluate("delays")


def pad_delays(page: Page, origin: str, kind: str) -> tuple[list[float], list[float]]:
    """Milliseconds from each stroke's last event of a kind to its paint, and in its handlers."""
    page.goto(f"{origin}/{RECAP}")
    box = page.locator(".gears-explorable[data-figure=draw_digit]")
    box.scroll_into_view_if_needed()
    page.locator(".draw-digit summary").click()
    page.locator(".units:not(.empty)").wait_for()
    page.locator(".draw-digit .pad").scroll_into_view_if_needed()
    pad = page.locator(".draw-digit .pad").bounding_box()
    assert pad  # it is shown
    page.evaluate(CLOCK + POINTER_CLOCK.replace("KIND", f'"{kind}"'))
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    paints, handlers = [], []
    for stroke in range(STROKES):
        if stroke % 4 == 0:
            page.locator("[name=clear]").evaluate("button => button.click()")
        x = pad["x"] + 60 + 40 * (stroke % 4)
        page.mouse.move(x, pad["y"] + 40)
        page.mouse.down()
        for step in range(1, 11):
            page.evaluate("delays.length = handled.length = 0")
            page.mouse.move(x + 10 * math.sin(step), pad["y"] + 40 + 20 * step)
            if kind == "pointermove":
                page.wait_for_function("delays.length > 0")
                paints.append(page.evaluate("delays.at(-1)"))
                handlers.append(page.evaluate("handled.at(-1)"))
        page.mouse.up()
        if kind == "pointerup":
            page.wait_for_function("delays.length > 0")
            paints.append(page.evaluate("delays.at(-1)"))
            handlers.append(page.evaluate("handled.at(-1)"))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return paints, handlers


def row(name: str, times: Iterable[list[float]]) -> str:
    """Median and worst of each site, and how many times as long as on the other the first takes."""
    pairs = [(statistics.median(measured), max(measured)) for measured in times]
    cells = "".join(f"{median:8.1f}{worst:8.1f}" for median, worst in pairs)
    ratio = f"{pairs[0][0] / pairs[1][0]:8.2f}" if len(pairs) > 1 else ""
    return f"{name:24}{cells}{ratio}"


def main(*sites: Path) -> None:
    """Print the table."""
    with contextlib.ExitStack() as stack:
        origins = [stack.enter_context(serve.serving(site, serve.QuietHandler)) for site in sites]
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        # Playwright asks a page by code from text
        new_page = functools.partial(browser.new_page, bypass_csp=True)
        heads = f"{'median':>8}{'worst':>8}" * len(sites)
        print(f"{'from key to paint, ms':24}{heads}   CPU slowed {SLOWDOWN}x")
        for each in zip(*(delays(new_page(), origin) for origin in origins), strict=True):
            print(row(each[0][0], [measured for _, measured in each]))
        for kind, name in (("pointermove", "stroke grows"), ("pointerup", "stroke ends")):
            of_each = zip(
                *(pad_delays(new_page(), origin, kind) for origin in origins), strict=True
            )
            for part, times in zip(("", ", handlers"), of_each, strict=True):
                print(row(f"pad, {name}{part}", times))
        browser.close()


if __name__ == "__main__":
    main(build.SITE, *map(Path, sys.argv[1:2]))
