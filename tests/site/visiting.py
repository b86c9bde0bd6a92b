"""One walk through a page: three loads, a sequence of steps, and what each step saw.

`visit(address, step)` gives what a step returns. The first who asks sends for the whole walk, so
all tests of a page together cost one. A step finds the page settled, in any width and theme, and
leaves it so; one that fails fails for those who ask for it, and for nobody else.
"""

from collections.abc import Callable, Iterator
import contextlib
from dataclasses import dataclass
from pathlib import Path
import re
from typing import TypeVar

from playwright.sync_api import Browser, Page

from browsing import (
    ALL_BUT_COLOUR,
    LIMIT,
    PALE,
    UNMARKED,
    Watch,
    mount_figures,
    said_on_paper,
    unfold,
    violations,
    weight,
)

WIDTHS = (1280, 1024, 768, 600, 412, 360, 320)
HEIGHT = 900
# Most of a page's elements, made by the same programs for all pages: axe sees them on a page of
# each template.
MADE_ALIKE = ".highlight pre, .bd-header, .bd-sidebar-primary"
SWITCH = ".language-switch"

# The selectors in the page's own stylesheets that reach a figure's element by one of its classes.
STRANGERS = r"""() => {
  const alternatives = (list) => { // split at the commas outside all brackets
    const found = [""];
    let depth = 0;
    for (const letter of list) {
      depth += (letter === "(") - (letter === ")");
      if (letter === "," && !depth) found.push("");
      else found[found.length - 1] += letter;
    }
    return found.map((one) => one.trim());
  };
  const rules = (list) => [...list].flatMap((rule) =>
    rule.selectorText ? [rule] : rule.cssRules ? rules(rule.cssRules) : []);
  const selectors = [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules))
    .flatMap((rule) => alternatives(rule.selectorText))
    .filter((one) => !one.includes("gears") && /\.[a-z]/i.test(one.split(/[\s>+~]+/).pop()))
    .filter((one) => CSS.supports(`selector(${one})`));
  const inside = [...document.querySelectorAll(".gears-figure *")];
  return selectors.filter((one) => inside.some((element) => element.matches(one)));
}"""

# Formulas too wide for the page whose beginning is cut off.
BEHEADED = """() => [...document.querySelectorAll("div.math")].filter((formula) =>
  formula.querySelector(".katex-base").getBoundingClientRect().left
    < formula.getBoundingClientRect().left - 1).map((formula) => formula.textContent)"""

# What a reader sees who comes past each picture, at once.
ALL_PICTURES = """() => {
  for (const image of document.images) image.loading = "eager";
  window.scrollTo(0, document.body.scrollHeight);
}"""

# How many pixels the page is too wide, once it has been drawn in its window as it is now.
TOO_WIDE = """() => new Promise((done) => requestAnimationFrame(() =>
  done(document.documentElement.scrollWidth - innerWidth)))"""

WITHOUT_FIGURES = """() => {
  const boxes = [...document.querySelectorAll(".gears-explorable")];
  const sayings = boxes.map((box) => box.innerText);
  const live = [...boxes, ...document.querySelectorAll("article .pst-js-only")];
  live.forEach((box) => { box.style.display = "none"; });
  const article = document.querySelector("article");
  const seen = {
    words: article.innerText.split(/\\s+/),
    formulas: article.querySelectorAll(".katex-html").length,
    pictures: [...article.querySelectorAll("img")].map((img) => img.getBoundingClientRect().width),
    sayings,
  };
  live.forEach((box) => { box.style.display = ""; });
  return seen;
}"""

Seen = TypeVar("Seen")


# What leaves its figure or does not fit into its field, and the widths of the figure where it does.
CUT = """([least, most, step]) => {
  const range = document.createRange(), found = {};
  const widthsAlone = new Map();
  const widthAlone = (list) => { // of what is chosen in it
    if (widthsAlone.has(list)) return widthsAlone.get(list);
    const alone = list.cloneNode();
    alone.append(new Option(list.selectedOptions[0]?.text));
    Object.assign(alone.style, { position: "absolute", width: "auto" });
    list.after(alone);
    const width = alone.offsetWidth;
    alone.remove();
    widthsAlone.set(list, width);
    return width;
  };
  const scrolls = (element) => !element.matches(".gears-figure")
    && (getComputedStyle(element).overflowX === "auto" || scrolls(element.parentElement));
  const partsOf = (figure) => {
    const parts = [...figure.querySelectorAll("input, select, button, .number")];
    const walk = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.trim()) parts.push(walk.currentNode);
    return parts.filter(({ parentElement }) =>
      !parentElement.matches("select, option") && !scrolls(parentElement));
  };
  const figures = [...document.querySelectorAll(".gears-figure")].map((one) => [one, partsOf(one)]);
  for (let width = least; width <= most; width += step) {
    for (const [{ parentElement: box }] of figures) box.style.width = `${width}px`;
    for (const [figure, parts] of figures) {
      const edges = figure.getBoundingClientRect();
      for (const part of parts) {
        const element = part.data ? part.parentElement : part;
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        range.selectNode(part);
        const { left, right } = range.getBoundingClientRect();
        const isCut = left < edges.left - 1 || right > edges.right + 1
          || part.matches?.("[type=number]") && part.scrollWidth > part.clientWidth
          || part.matches?.("select") && widthAlone(part) > part.offsetWidth;
        const what = `${figure.className}: ${part.data ?? part.name ?? part.className}`;
        if (isCut) (found[what] ??= new Set()).add(width);
      }
    }
  }
  for (const [{ parentElement: box }] of figures) box.style.width = "";
  return Object.entries(found).map(([what, widths]) => `${what} at ${[...widths].join(", ")} px`);
}"""
FIGURE_WIDTHS = (264, 720, 12)  # from a figure's on a phone of 320 px to the widest, and the step

# A figure's first picture and its main control: together on a phone's screen.
USED_TOGETHER = {
    "playground": (".field", "[name=start]"),
    "secant-tangent": (".curves svg", "[name=h]"),
    "dense-plane": (".after svg", "[name=relu]"),
    "descent": (".pad", "[name=learning_rate]"),
    "digit-training": (".loss", "[name=start]"),
    "split-batch": (".step svg", "[name=parameters]"),
    "digit-inspector": (".picture .grid", "[name=digit]"),
    "rank-ladder": ("[name=rank]", "[name=axis]"),
    "batch-walker": (".strip", "[name=double]"),
    "slice-explorer": (".line", ".picture"),
    "reshape-transpose": (".picture", "[name=play]"),
    "broadcasting": (".picture", "[name=on]"),
    "matmul-stepper": (".picture", "[name=on]"),
    "computation-graph": (".graph svg", "[name=on]"),
    "unfolding-sheet": (".space", "[name=stage]"),
    "draw-digit": (".pad", ".answer"),
}


@dataclass(frozen=True)
class Opened:
    """A page of the site that a walk has opened, and that has settled."""

    page: Page
    watch: Watch
    site: Path  # its folder
    home: str  # its address: of the server, or file://...


# ---- Served, at first as wide as a desk and light


@dataclass(frozen=True)
class Traffic:
    """What a page has asked for."""

    requests: tuple[str, ...]
    weight: int  # bytes, gzipped


def traffic(opened: Opened) -> Traffic:
    requests = tuple(opened.watch.requests)
    return Traffic(requests, weight(set(requests), opened.site, opened.home))


def first_view(opened: Opened) -> Traffic:
    """What the page asks for before anybody scrolls."""
    return traffic(opened)


@dataclass(frozen=True)
class Figures:
    """The figures of a page, to each of which a reader has scrolled."""

    boxes: int
    alive: int
    failures: int


def figures(opened: Opened) -> Figures:
    mount_figures(opened.page)
    opened.watch.settle(opened.page)
    page = opened.page
    return Figures(
        boxes=page.locator(".gears-explorable").count(),
        alive=page.locator(".gears-figure").count(),
        failures=page.locator(".gears-failure").count(),
    )


def said(opened: Opened) -> list[str]:
    """What all figures but quizzes say on paper."""
    mount_figures(opened.page)
    return said_on_paper(opened.page)


def strangers(opened: Opened) -> list[str]:
    """The selectors of the theme that mean a class which a figure uses."""
    mount_figures(opened.page)
    return opened.page.evaluate(STRANGERS)


def whole_traffic(opened: Opened) -> Traffic:
    """What the page asks for when it is read to its end: figures, and lazy pictures too."""
    mount_figures(opened.page)
    opened.page.evaluate(ALL_PICTURES)
    opened.watch.settle(opened.page)
    return traffic(opened)


def modules(opened: Opened) -> set[str]:
    """The names of the figures' modules that the page has loaded."""
    requests = whole_traffic(opened).requests
    return {match[1] for url in requests if (match := re.search(r"/(\w+)\.js\?v=", url))}


@dataclass(frozen=True)
class Text:
    """What there is to read without the figures, which tests/figures looks at."""

    words: list[str]
    formulas: int
    pictures: list[float]  # their widths
    sayings: list[str]  # the text of each figure


def text(opened: Opened) -> Text:
    mount_figures(opened.page)
    return Text(**opened.page.evaluate(WITHOUT_FIGURES))


def legible(opened: Opened) -> list[str]:
    """What text has too little contrast, and what links look like the text around them."""
    unfold(opened.page)
    return opened.page.evaluate(PALE, "article *") + opened.page.evaluate(UNMARKED)


def overflow(opened: Opened) -> dict[int, int]:
    """How many pixels the page is too wide, by the width of the window."""
    too_wide = {}
    for width in WIDTHS:
        opened.page.set_viewport_size({"width": width, "height": HEIGHT})
        too_wide[width] = opened.page.evaluate(TOO_WIDE)
    return too_wide


def beheaded(opened: Opened) -> list[str]:
    """The formulas too wide for a phone that do not show their beginning there."""
    opened.page.set_viewport_size({"width": 320, "height": HEIGHT})
    opened.watch.settle(opened.page)
    return opened.page.evaluate(BEHEADED)


def cut(opened: Opened) -> list[str]:
    """What is cut or sticks out in figures at some width between a phone's and a desk's."""
    return opened.page.evaluate(CUT, FIGURE_WIDTHS)


def apart(opened: Opened) -> dict[str, float]:
    """How far the main control's bottom is below the picture's top on a phone, by figure."""
    opened.page.set_viewport_size({"width": 390, "height": HEIGHT})
    distances = {}
    for name, (picture, control) in USED_TOGETHER.items():
        for figure in opened.page.locator(f".gears-figure.{name}").all():
            above, below = (figure.locator(one).first for one in (picture, control))
            top, box = above.bounding_box()["y"], below.bounding_box()
            distances[name] = box["y"] + box["height"] - top
    return distances


def cookies(opened: Opened) -> list:
    return opened.page.context.cookies()


def problems(opened: Opened) -> list[str]:
    """What the page has complained about so far: errors, failed requests, other hosts."""
    return list(opened.watch.problems)


def switched(opened: Opened) -> str:
    """Where the language switch leads."""
    before = opened.page.url
    opened.page.locator(SWITCH).click()
    opened.page.wait_for_url(lambda url: url != before, wait_until="commit", timeout=LIMIT * 1000)
    return opened.page.url.removeprefix(f"{opened.home}/")


# ---- From disk, at first as narrow as a phone and dark


def theme_on_disk(opened: Opened) -> str:
    """The theme that the page begins with."""
    return opened.page.locator("html").get_attribute("data-theme")


def figures_on_disk(opened: Opened) -> Figures:
    return figures(opened)


def overflow_on_disk(opened: Opened) -> int:
    """How many pixels the page is too wide when its figures come to life on a phone."""
    mount_figures(opened.page)
    return opened.page.evaluate("document.documentElement.scrollWidth - innerWidth")


def legible_on_disk(opened: Opened) -> list[str]:
    return [f"dark: {found}" for found in legible(opened)]


def accessible_on_disk(opened: Opened) -> list[str]:
    """What axe finds on a phone, where the theme has let keys reach what scrolls."""
    unfold(opened.page)
    return violations(opened.page, rules=ALL_BUT_COLOUR, without=MADE_ALIKE)


@dataclass(frozen=True)
class Reading:
    """What a page shows that its reader has opened from disk."""

    has_title: bool
    formulas: list[float]  # the widths of their pieces
    has_font: bool  # that of the formulas
    downloads: int  # the buttons that would show a notebook's JSON


def reading_on_disk(opened: Opened) -> Reading:
    widths = "(all) => all.map((one) => one.getBoundingClientRect().width)"
    return Reading(
        has_title=opened.page.locator("h1").first.is_visible(),
        formulas=opened.page.locator(".katex-html .katex-base").evaluate_all(widths),
        has_font=opened.page.evaluate("document.fonts.check('16px KaTeX_Main')"),
        downloads=opened.page.locator("a[download]").count(),
    )


def problems_on_disk(opened: Opened) -> list[str]:
    return problems(opened)


def switched_on_disk(opened: Opened) -> str:
    return switched(opened)


# ---- Without JavaScript


def text_without_scripts(opened: Opened) -> Text:
    unfold(opened.page)
    return Text(**opened.page.evaluate(WITHOUT_FIGURES))


# ---- The walk

Step = Callable[[Opened], Seen]
SERVED: list[Step] = [
    first_view, figures, said, strangers, whole_traffic, modules, text, legible,
    overflow, beheaded, cut, apart, cookies, problems, switched,
]  # fmt: skip
FROM_DISK: list[Step] = [
    theme_on_disk, figures_on_disk, overflow_on_disk, reading_on_disk, legible_on_disk,
    problems_on_disk,
    accessible_on_disk,  # axe asks for stylesheets, which a page opened from disk may not read
    switched_on_disk,
]  # fmt: skip
WITHOUT_SCRIPTS: list[Step] = [text_without_scripts]


class Visits:
    """What was seen on pages of a site: `visit(address, step)`.

    Args:
        chromium: the browser that loads the pages.
        site: the folder of the site.
        origin: the address that serves it.
        whole: walk all steps when the first is asked for; else each by itself, in a load of its
            own, which is what a deliberate defect needs.
    """

    def __init__(self, chromium: Browser, site: Path, origin: str, whole: bool = True) -> None:
        self._chromium, self._site, self._origin, self._whole = chromium, site, origin, whole
        self._seen: dict[tuple[str, Step], object] = {}

    def __call__(self, address: str, step: Callable[[Opened], Seen]) -> Seen:
        """What a step of the walk through a page saw.

        Raises:
            AssertionError: the step failed; says why.
        """
        if (address, step) not in self._seen:
            self._walk(address, None if self._whole else step)
        seen = self._seen[address, step]
        if isinstance(seen, Exception):
            raise AssertionError(f"{address}, {step.__name__}: {seen}") from seen
        return seen

    def _walk(self, address: str, only: Step | None) -> None:
        for steps, load in (
            (SERVED, self._served),
            (FROM_DISK, self._from_disk),
            (WITHOUT_SCRIPTS, self._without_scripts),
        ):
            wanted = [step for step in steps if only in (None, step)]
            if not wanted:
                continue
            try:
                with load(address) as opened:
                    for step in wanted:
                        self._seen[address, step] = _or_what_it_raised(step, opened)
            except Exception as error:  # the page did not open
                self._seen |= {(address, step): error for step in wanted}

    @contextlib.contextmanager
    def _open(self, url: str, home: str, **options) -> Iterator[Opened]:
        with contextlib.closing(self._chromium.new_context(**options)) as context:
            page = context.new_page()
            watch = Watch(page, home)
            page.goto(url)
            yield Opened(page, watch, self._site, home)

    @contextlib.contextmanager
    def _served(self, address: str) -> Iterator[Opened]:
        desk = {"viewport": {"width": 1280, "height": HEIGHT}, "color_scheme": "light"}
        with self._open(f"{self._origin}/{address}", self._origin, **desk) as opened:
            opened.watch.settle(opened.page)
            yield opened

    @contextlib.contextmanager
    def _from_disk(self, address: str) -> Iterator[Opened]:
        phone = {"viewport": {"width": 320, "height": HEIGHT}, "color_scheme": "dark"}
        home = self._site.as_uri()
        with self._open(f"{home}/{address}", home, **phone) as opened:
            opened.watch.settle(opened.page)
            yield opened

    @contextlib.contextmanager
    def _without_scripts(self, address: str) -> Iterator[Opened]:
        plain = {"viewport": {"width": 1280, "height": HEIGHT}, "java_script_enabled": False}
        with self._open(f"{self._origin}/{address}", self._origin, **plain) as opened:
            yield opened


def _or_what_it_raised(step: Callable[[Opened], Seen], opened: Opened) -> Seen | Exception:
    try:
        return step(opened)
    except Exception as error:
        return error
