"""What tests ask of a page: what it loads, what it complains about, and who can use it."""

import functools
import gzip
from pathlib import Path
import time
from urllib.parse import unquote, urldefrag

from axe_playwright_python.base import AXE_SCRIPT
from bs4 import BeautifulSoup
import numpy as np
from playwright.sync_api import Page, Request

SITE = Path(__file__).resolve().parent.parent / "_build" / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("[ez][nh]/**/*.html"))
LIMIT = 60  # seconds for what should happen at once: a busy machine may take them

ALL_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
ALL_BUT_CONTRAST = {
    **ALL_RULES,
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
}
# Two of its rules take axe most of its time; PALE and UNMARKED compute the same.
COLOUR = ("color-contrast", "link-in-text-block")
COLOUR_RULES = {"runOnly": {"type": "rule", "values": COLOUR}}
ALL_BUT_COLOUR = {
    **ALL_RULES,
    "rules": {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in COLOUR}},
}

# Nothing more will come: the fonts are there, and each figure that mount.js brings to life here,
# 600 px around the window; after two frames, in which whatever is due begins, no colour changes.
SETTLED = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const changes = document.getAnimations().filter((one) =>
    one instanceof CSSTransition && one.playState === "running");
  for (const change of changes) change.finish();
  const isNear = (box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return box.getClientRects().length && bottom >= -600 && top <= innerHeight + 600;
  };
  const boxes = [...document.querySelectorAll(".gears-explorable")];
  return document.readyState === "complete" && !changes.length
    && boxes.filter(isNear).every((box) => box.querySelector(".gears-figure, .gears-failure"));
}"""

# Text of too little contrast (WCAG 1.4.3) among the elements that a selector names, by what is
# computed for them: their colour on the backgrounds of all they stand in. As axe would say it, at
# a tenth of the time.
PALE = r"""(selector) => {
  const rgba = (text) => {
    const found = text.match(/^(rgba?|color)\((?:srgb )?([\d. ,/]+)\)$/);
    if (!found) throw new Error(`not a plain colour: ${text}`);
    const [r, g, b, alpha = 1] = found[2].split(/[ ,/]+/).map(Number);
    return [...[r, g, b].map((channel) => found[1] === "color" ? channel * 255 : channel), alpha];
  };
  const over = ([r, g, b, alpha], below) =>
    [r, g, b].map((channel, at) => channel * alpha + below[at] * (1 - alpha));
  const luminance = (colour) => colour
    .map((channel) => channel / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const known = new Map();
  const around = (element) => { // what an element's text is drawn on, and how opaque it all is
    if (!element) return { background: [255, 255, 255], opacity: 1 };
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const { background, opacity } = around(element.parentElement);
      if (style.backgroundImage !== "none") throw new Error(`picture behind ${element.className}`);
      known.set(element, {
        background: over(rgba(style.backgroundColor), background),
        opacity: opacity * style.opacity,
      });
    }
    return known.get(element);
  };
  const pale = new Set();
  for (const element of document.querySelectorAll(selector)) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const control = element.closest("label")?.control ?? element;
    if (control.matches(":disabled, [aria-disabled=true], script, style, noscript, option")
        || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { background, opacity } = around(element);
    const style = getComputedStyle(element);
    const [r, g, b, alpha] = rgba(element instanceof SVGElement ? style.fill : style.color);
    const colour = over([r, g, b, alpha * opacity], background);
    const [dark, light] = [luminance(colour), luminance(background)].sort((a, b) => a - b);
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if (contrast < least) pale.add(`contrast of ${contrast.toFixed(2)}: ${element.outerHTML}`);
  }
  return [...pale];
}"""


# Links in the text that are told from it by no line, but at most by their colour (WCAG 1.4.1).
UNMARKED = r"""() => [...document.querySelectorAll("article a[href]:not(.headerlink)")]
  .filter((link) => {
    const { display, textDecorationLine } = getComputedStyle(link);
    return display === "inline" && textDecorationLine !== "underline" && link.checkVisibility();
  })
  .map((link) => `a link without a line: ${link.outerHTML}`)"""


class Watch:
    """Notes everything a page asks for and complains about."""

    def __init__(self, page: Page, home: str) -> None:
        self.requests: list[str] = []
        self.pending: set[Request] = set()
        self.problems: list[str] = []
        page.on("request", lambda request: self._request(request, home))
        page.on("requestfinished", lambda request: self.pending.discard(request))
        page.on("response", self._response)
        page.on("console", lambda message: self._note(message.type == "error", message.text))
        page.on("pageerror", lambda error: self._note(True, str(error)))
        page.on("requestfailed", self._failure)

    def _note(self, is_problem: bool, text: str) -> None:
        if is_problem:
            self.problems.append(text)

    def _request(self, request: Request, home: str) -> None:
        if request.is_navigation_request() and not request.frame.parent_frame:
            self.pending.clear()  # whoever leaves a page waits for nothing there
        self.pending.add(request)
        self.requests.append(request.url)
        self._note(
            not request.url.startswith((home, "data:", "blob:")), f"another host: {request.url}"
        )

    def _response(self, response) -> None:
        self._note(response.status >= 400, f"{response.status} {response.url}")

    def _failure(self, request: Request) -> None:
        self.pending.discard(request)
        # a page that leads on at once, as the front door does, need not have come to its end
        left = request.is_navigation_request() and request.failure == "net::ERR_ABORTED"
        self._note(not left, f"failed: {request.url} ({request.failure})")

    def settle(self, page: Page) -> None:
        """Wait until the page has come, and for two frames in which it asked for nothing."""
        deadline = time.monotonic() + LIMIT
        is_settled = False
        while not is_settled:
            if time.monotonic() > deadline:
                waits_for = [request.url for request in self.pending] or "its figures"
                raise TimeoutError(f"{page.url} waits for {waits_for}")
            was_idle, asked_before = not self.pending, len(self.requests)
            is_settled = (
                page.evaluate(SETTLED)
                and was_idle
                and not self.pending
                and len(self.requests) == asked_before
            )


@functools.lru_cache(maxsize=4)  # what is asked of one page comes in a row
def parsed(page: str) -> BeautifulSoup:
    """A page's elements, from its text; who asks next gets the same, so nobody changes them."""
    return BeautifulSoup(page, "html.parser")


def wire_size(file: Path) -> int:
    """What a file weighs on the wire, from a server that compresses text."""
    content = file.read_bytes()
    compressed_already = file.suffix in (".png", ".woff2", ".webp")
    return len(content) if compressed_already else len(gzip.compress(content, mtime=0))


def weight(urls: set[str], site: Path, origin: str) -> int:
    """What the site's answers weigh on the wire."""
    return sum(
        wire_size(site / unquote(urldefrag(url)[0].split("?")[0]).removeprefix(f"{origin}/"))
        for url in urls
        if url.startswith(origin)
    )


def violations(
    page: Page, within: str = "html", rules: dict = ALL_RULES, without: str = ""
) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, or some of their rules.

    Elements that match `without` are empty meanwhile, as high as they were: axe would spend most
    of its time on finding what lies over what in them, even if told to leave them out.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(
        """async ([within, rules, without]) => {
            const all = document.querySelectorAll(without || "no-element");
            const emptied = [...all].map((element) =>
              [element, element.offsetHeight, [...element.childNodes]]);
            for (const [element, height] of emptied) {
              element.style.minHeight = `${height}px`;
              element.replaceChildren();
            }
            const { violations } = await axe.run(within, { ...rules, resultTypes: ["violations"] });
            for (const [element, , content] of emptied) {
              element.replaceChildren(...content);
              element.style.minHeight = "";
            }
            return violations.flatMap(({ id, nodes }) => nodes.map(
              ({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
        }""",
        [within, rules, without],
    )


def unfold(page: Page) -> None:
    """Open what only some readers need: the boxes, and the code that prepares, draws or checks."""
    page.evaluate("""() => {
      for (const fold of document.querySelectorAll(".deeper, .tag_hide-input > details"))
        fold.open = true;
    }""")


def luminance(channels: np.ndarray) -> np.ndarray:
    """What WCAG calls so, of sRGB colours: red, green, blue from 0 to 1 on the last axis."""
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def two_frames(page: Page) -> None:
    """Wait for two frames, and for what they put off: work that still went on would show."""
    page.evaluate("""() => new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))""")


def laid_out(page: Page, has_frames: bool = True) -> None:
    """Wait until who watches sizes has heard of them, and has had the frame to act on it.

    A page whose clock stands still has no frames; sizes are not by its clock.
    """
    then = "requestAnimationFrame(done)" if has_frames else "done()"
    page.evaluate(
        f"() => new Promise((done) => new ResizeObserver(() => {then}).observe(document.body))"
    )


def said_on_paper(page: Page) -> list[str]:
    """What figures say there, which is what is stored; alive, some begin before that."""
    page.emulate_media(media="print")
    two_frames(page)  # or they have not heard of it
    said = page.locator(".gears-figure:not(.quiz) output").all_inner_texts()
    page.emulate_media(media="null")
    two_frames(page)
    return said


def mount_figures(page: Page) -> None:
    """Scroll to every interactive figure, as a reader would, until all are alive."""
    unfold(page)
    alive = ".gears-figure, .gears-failure"
    for box in page.query_selector_all(f".gears-explorable:not(:has({alive}))"):
        box.scroll_into_view_if_needed()
        box.wait_for_selector(alive)
