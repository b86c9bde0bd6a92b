"""The figures on the book's pages: what is loaded, when, how much, and what they say."""

import gzip
import re

from bs4 import BeautifulSoup
from gears import language
from gears.modules import single_file
import pytest

from browsing import PAGES, SITE, Watch, mount_figures
from figures import MODULES
from gears_site import explorables as site_part
import notebooks

MODULE_LIMIT, MOUNT_LIMIT = 15_000, 3_000


# The selectors in the page's own stylesheets that reach a figure's element by one of its classes.
STRANGERS = r"""() => {
  const rules = (list) => [...list].flatMap((rule) =>
    rule.selectorText ? [rule] : rule.cssRules ? rules(rule.cssRules) : []);
  const selectors = [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules))
    .flatMap((rule) => rule.selectorText.split(/,(?![^(]*\))/).map((one) => one.trim()))
    .filter((one) => !one.includes("gears") && /\.[a-z]/i.test(one.split(/[\s>+~]+/).pop()))
    .filter((one) => CSS.supports(`selector(${one})`));
  const inside = [...document.querySelectorAll(".gears-figure *")];
  return selectors.filter((one) => inside.some((element) => element.matches(one)));
}"""


def on_page(address: str) -> set[str]:
    """The names of the figures on a page."""
    page = (SITE / address).read_text("utf-8")
    return set(re.findall(r'data-figure="(\w+)"', page))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_the_modules_it_shows_and_no_other(chromium, origin, address):
    page = chromium.new_page()
    watch = Watch(page, origin)
    page.goto(f"{origin}/{address}", wait_until="networkidle")
    mount_figures(page)
    loaded = {match[1] for url in watch.requests if (match := re.search(r"/(\w+)\.js\?v=", url))}
    assert loaded - {"searchindex"} == on_page(address)
    assert watch.problems == []
    assert page.locator(".gears-failure").count() == 0
    page.close()


@pytest.mark.parametrize("address", [page for page in PAGES if on_page(page)] or PAGES)
def test_figures_live_on_a_page_opened_from_disk(chromium, site, address):
    page = chromium.new_page()
    watch = Watch(page, "file://")
    page.goto((site / address).as_uri())
    mount_figures(page)
    assert page.locator(".gears-figure").count() == page.locator(".gears-explorable").count()
    assert watch.problems == []
    page.close()


@pytest.mark.parametrize("address", [page for page in PAGES if on_page(page)] or PAGES)
def test_no_style_of_the_theme_means_a_class_that_a_figure_uses(chromium, origin, address):
    """The theme's `div.body` once made a matrix of a figure 360 px wide, on the page alone."""
    page = chromium.new_page()
    page.goto(f"{origin}/{address}")
    mount_figures(page)
    assert page.evaluate(STRANGERS) == []
    page.close()


def test_no_module_loads_before_its_figure_comes_near(chromium, origin):
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    watch = Watch(page, origin)
    page.goto(f"{origin}/en/01-first-look.html", wait_until="networkidle")
    assert not [url for url in watch.requests if "/explorables/" in url]
    page.locator(".gears-explorable").first.scroll_into_view_if_needed()
    page.locator(".digit-inspector").wait_for()
    page.close()


def test_modules_and_mount_script_are_small():
    for module in MODULES:
        size = len(gzip.compress(single_file(module).encode(), mtime=0))
        print(f"{module.name}: {size} bytes gzipped")
        assert size <= MODULE_LIMIT, module.name
    assert len(gzip.compress(site_part.MOUNT.read_bytes(), mtime=0)) <= MOUNT_LIMIT


def test_figures_on_pages_say_what_their_notebooks_stored(chromium, origin):
    """The sentences exist in Python and in JavaScript; here the two are held together."""
    page = chromium.new_page()
    for edition in language.LANGUAGES:
        for path in notebooks.all_notebooks(edition):
            relative = path.relative_to(notebooks.NOTEBOOKS).with_suffix(".html").as_posix()
            texts = BeautifulSoup((SITE / relative).read_text("utf-8"), "html.parser")
            boxes = texts.select(".gears-explorable:not([data-figure=quiz])")
            page.goto(f"{origin}/{relative}")
            mount_figures(page)
            said = page.locator(".gears-figure:not(.quiz) > output").all_inner_texts()
            assert said == [box.get_text() for box in boxes]
    page.close()
