"""Time figures from a key to the painted change, in a Chromium slowed down four times.

    python tools/bench_figures.py

It needs the built site. For every control it prints the median and the worst of many strokes;
an empty key handler on the same page, timed in the same run, is what the browser itself takes.
For the pad of "Draw a digit" it prints the same from the moment that the mouse button is let go
or the mouse moves while it draws, and the time that the event handlers alone take: the drawing
prepared, the network's ten probabilities and all that is shown of them.
"""

from collections.abc import Iterator
import functools
import math
import statistics

from playwright.sync_api import Page, sync_playwright

import browser
import build
import serve

SLOWDOWN, STROKES = 4, 40
FIRST_LOOK, RECAP = "en/01-first-look.html", "en/05-recap/01-mnist-recap.html"
BACKPROPAGATION = "en/04-gradients/04-backpropagation.html"
# where the figure is, what has the focus, and the keys that are pressed in turn
ACTIONS = (
    (FIRST_LOOK, "nothing", "body", ("a",)),
    (FIRST_LOOK, "inspector, cursor", ".digit-inspector .grid", ("ArrowRight", "ArrowDown")),
    (FIRST_LOOK, "inspector, digit", ".digit-inspector select", ("ArrowUp", "ArrowDown")),
    (FIRST_LOOK, "inspector, numbers", ".digit-inspector button", ("Enter",)),
    (RECAP, "network, sample", ".inside-network [name=next]", ("Enter",)),
    (RECAP, "network, unit", ".inside-network [name=unit]", ("ArrowRight", "PageUp", "Home")),
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
    page.locator("[name=load]").click()
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


def main() -> None:
    """Print the table."""
    with serve.serving(build.SITE, serve.QuietHandler) as origin, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        # Playwright asks a page by code from text
        new_page = functools.partial(chromium.new_page, bypass_csp=True)
        print(f"{'from key to paint, ms':24}{'median':>8}{'worst':>8}   CPU slowed {SLOWDOWN}x")
        for name, measured in delays(new_page(), origin):
            print(f"{name:24}{statistics.median(measured):8.0f}{max(measured):8.0f}")
        for kind, name in (("pointermove", "stroke grows"), ("pointerup", "stroke ends")):
            parts = zip(("", ", handlers"), pad_delays(new_page(), origin, kind), strict=True)
            for part, measured in parts:
                name_of = f"pad, {name}{part}"
                print(f"{name_of:24}{statistics.median(measured):8.1f}{max(measured):8.1f}")
        chromium.close()


if __name__ == "__main__":
    main()
