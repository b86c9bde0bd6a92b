"""The site's stylesheet is a part of the theme's and ours: what no page can use is left out of it.

Each page looks the same to the pixel with all of it.
"""

from collections.abc import Iterator
import io

from PIL import Image, ImageChops
from playwright.sync_api import Page
import pytest

from browsing import PAGES, Watch, mount_figures
from tools.site import build
import visiting
from waiting import until

# One of each kind: the front page, notebooks, tables, the glossary, the list of works, the search
SAMPLES = {
    "en/index.html", "zh/03-operations/03-dot.html", "en/gradients.html", "en/operations.html",
    "zh/glossary.html", "en/references.html", "zh/search.html",
}  # fmt: skip
VIEWS = [(1280, "light", "screen"), (360, "dark", "screen"), (700, "light", "print")]
BOTH = """async () => {
  const lean = document.querySelector("link[rel=stylesheet]"), whole = lean.cloneNode();
  whole.href = new URL("whole.css", lean.href).href;
  await new Promise((loaded) => { whole.onload = loaded; lean.after(whole); });
  window.wear = (all) => { lean.disabled = all; whole.disabled = !all; };
}"""


@pytest.fixture
def show(new_page, origin) -> Iterator:
    """A function that opens a page with both stylesheets at hand."""

    def open_page(address: str, more: str = "", **options) -> tuple[Page, Watch]:
        page = new_page(**options)
        folder = build.BUILD / "work" / address[:2] / "_build" / ".doctrees" / "static"
        css = (folder / "book.css").read_text("utf-8") + more
        page.route("**/whole.css", lambda route: route.fulfill(body=css, content_type="text/css"))
        watch = Watch(page, origin)
        page.goto(f"{origin}/{address}{'?q=NumPy' if 'search' in address else ''}")
        if "search" in address:
            page.locator("#search-results p.context").first.wait_for()
        mount_figures(page)
        page.evaluate(
            "document.querySelectorAll('article details').forEach((one) => one.open = true)"
        )
        page.evaluate(visiting.ALL_PICTURES)
        page.evaluate(BOTH)
        return page, watch

    return open_page


def difference(
    page: Page, watch: Watch, full_page: bool = True
) -> tuple[int, int, int, int] | None:
    """The part of a page that looks different with the whole stylesheet.

    The same style is not always drawn the same: a round corner differs by two levels of 255, a line
    that lies between two pixels by where it was drawn before. A rule that is missing shows in
    every picture and by more.
    """

    def picture(wear: str) -> Image.Image:
        page.evaluate(f"wear({wear})")
        watch.settle(page)
        shot = page.screenshot(full_page=full_page, animations="disabled")
        return Image.open(io.BytesIO(shot)).convert("RGB")

    def where(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
        if one.size != other.size:
            return (0, 0, *other.size)
        return ImageChops.difference(one, other).point(lambda level: max(level - 3, 0)).getbbox()

    leans, wholes = [], []
    for _ in range(5):
        leans.append(picture("false"))
        wholes.append(picture("true"))
        if not all(found := [where(lean, whole) for lean in leans for whole in wholes]):
            return None
    return found[-1]


@pytest.mark.parametrize(
    "address",
    [page if page in SAMPLES else pytest.param(page, marks=pytest.mark.release) for page in PAGES],
)
def test_a_page_looks_the_same_with_the_whole_stylesheet(show, address):
    page, watch = show(address)
    for width, theme, media in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, media=media)
        assert difference(page, watch) is None, (width, theme, media)
    assert watch.problems == []  # no font is missing in both


def test_what_a_reader_opens_looks_the_same_with_the_whole_stylesheet(show):
    page, watch = show("en/01-first-look.html", viewport={"width": 1280, "height": 900})
    copied = "document.querySelector('.copybtn').classList.add('success')"  # for two seconds
    steps = {
        "a definition": lambda: page.locator("a.term").first.hover(),
        "a button to copy code": lambda: page.locator(".highlight").first.hover(),
        "code that was copied": lambda: page.evaluate(copied),
        "a link under the mouse": lambda: page.locator("article a.reference").first.hover(),
        "the other colours": lambda: page.locator(".theme-switch-button").first.click(),
        "no sidebar": lambda: page.locator(".primary-toggle").first.click(),
        "a place that has the focus": lambda: page.keyboard.press("Tab"),
        "the search": lambda: page.keyboard.press("Control+k"),
    }
    for name, step in steps.items():
        step()
        assert difference(page, watch, full_page=False) is None, name
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 900, "height": 800})  # neither a phone nor a desk

    def is_offered_the_top() -> bool:
        for top in (900, 800):
            page.evaluate(f"window.scrollTo({{ top: {top}, behavior: 'instant' }})")
            watch.settle(page)
        return page.locator("#pst-back-to-top").is_visible()

    until(is_offered_the_top, "who scrolls up is offered no button back to the top")
    assert difference(page, watch, full_page=False) is None, "the button back to the top"
    page.set_viewport_size({"width": 360, "height": 800})
    for toggle in ("primary", "secondary"):
        page.locator(f".{toggle}-toggle").first.click()
        page.locator(f"#pst-{toggle}-sidebar-modal[open]").wait_for()
        assert difference(page, watch, full_page=False) is None, toggle
        page.keyboard.press("Escape")


def test_a_rule_that_is_missing_is_seen(show):
    page, watch = show("en/index.html", ".bd-article h1 { letter-spacing: .1px; }")
    assert difference(page, watch) is not None
