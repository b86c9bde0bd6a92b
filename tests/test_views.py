"""Every page in both themes and in two widths: whole, quiet, accessible, never too wide.

A file of its own, because tests are shared out between processors by file.
"""

import pytest

from browsing import PAGES, Watch, mount_figures, violations

THEMES = ("light", "dark")
WIDTHS = (320, 1280)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("address", PAGES)
def test_page_is_whole_quiet_accessible_and_fits(new_page, origin, address, theme, width):
    page = new_page(color_scheme=theme, viewport={"width": width, "height": 900})
    watch = Watch(page, origin)
    page.goto(f"{origin}/{address}", wait_until="networkidle")
    mount_figures(page)
    assert watch.problems == []
    assert page.locator("html").get_attribute("data-theme") == theme
    assert page.context.cookies() == []
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{overflow} px too wide"
    # from the top: halfway down, the header lies over whatever is being scrolled under it
    page.evaluate("window.scrollTo({ top: 0, behavior: 'instant' })")
    assert violations(page) == []
