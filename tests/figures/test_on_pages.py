"""The figures on the book's pages: what is loaded, when, how much, and what they say."""

import gzip
import re

from gearsbook.modules import single_file
import pytest

from browsing import PAGES, SITE, parsed
from figures import MODULES
from gearsbook_site import explorables as site_part
import visiting

MODULE_LIMIT, MOUNT_LIMIT = 15_000, 3_000


def on_page(address: str) -> set[str]:
    """The names of the figures on a page."""
    page = (SITE / address).read_text("utf-8")
    return set(re.findall(r'data-figure="(\w+)"', page))


WITH_FIGURES = [page for page in PAGES if on_page(page)]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_the_modules_it_shows_and_no_other(visit, address):
    assert visit(address, visiting.modules) == on_page(address)
    assert visit(address, visiting.figures).failures == 0


@pytest.mark.parametrize("address", WITH_FIGURES)
def test_figures_live_on_a_page_opened_from_disk(visit, address):
    figures = visit(address, visiting.figures_on_disk)
    assert figures.alive == figures.boxes > 0
    assert visit(address, visiting.problems_on_disk) == []


@pytest.mark.parametrize("address", WITH_FIGURES)
def test_no_style_of_the_theme_means_a_class_that_a_figure_uses(visit, address):
    """The theme's `div.body` once made a matrix of a figure 360 px wide, on the page alone."""
    assert visit(address, visiting.strangers) == []


@pytest.mark.parametrize("address", WITH_FIGURES)
def test_nothing_in_a_figure_is_cut_at_any_width(visit, address):
    assert visit(address, visiting.cut) == []


@pytest.mark.parametrize("address", WITH_FIGURES)
def test_a_phone_shows_a_picture_and_its_main_control_together(visit, address):
    for name, pixels in visit(address, visiting.apart).items():
        assert pixels < 600, name


@pytest.mark.parametrize("address", ["en/01-first-look.html"])
def test_no_module_loads_before_its_figure_comes_near(visit, address):
    seen = visit(address, visiting.first_view).requests
    assert not [url for url in seen if "/explorables/" in url]
    assert visit(address, visiting.figures).alive > 0


def test_modules_and_mount_script_are_small():
    for name, (module, _) in MODULES.items():
        size = len(gzip.compress(single_file(module).encode(), mtime=0))
        print(f"{name}: {size} bytes gzipped")
        assert size <= MODULE_LIMIT, name
    assert len(gzip.compress(site_part.MOUNT.read_bytes(), mtime=0)) <= MOUNT_LIMIT


@pytest.mark.parametrize("address", WITH_FIGURES)
def test_figures_on_pages_say_what_their_notebooks_stored(visit, address):
    """The sentences exist in Python and in JavaScript; here the two are held together."""
    page = parsed((SITE / address).read_text("utf-8"))
    boxes = page.select(".gears-explorable:not([data-figure=quiz])")
    assert visit(address, visiting.said) == [box.get_text() for box in boxes]
