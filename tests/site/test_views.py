"""Every page in both themes and in every width: whole, quiet, accessible, never too wide."""

import pytest

from browsing import ALL_BUT_CONTRAST, PAGES, PALE, Watch, mount_figures, violations
import visiting

EVERY_PAGE = pytest.mark.parametrize("address", PAGES)
# One of each template: what is around the text is the same on all others.
TEMPLATES = [
    f"en/{name}.html"
    for name in ("index", "operations", "02-tensors/04-higher-rank", "glossary", "search")
]


@EVERY_PAGE
def test_page_is_whole_quiet_accessible_and_fits(visit, address):
    wrong = visit(address, visiting.problems) + visit(address, visiting.accessible_on_disk)
    assert not wrong, "\n".join(wrong)
    assert visit(address, visiting.cookies) == []
    for width, overflow in visit(address, visiting.overflow).items():
        assert overflow <= 0, f"{overflow} px too wide for {width}"


@EVERY_PAGE
def test_colours_of_text_code_and_formulas_can_be_read_in_both_themes(visit, address):
    wrong = visit(address, visiting.legible) + visit(address, visiting.legible_on_disk)
    assert not wrong, "\n".join(wrong)


@EVERY_PAGE
def test_page_that_begins_dark_on_a_phone_is_dark_and_fits(visit, address):
    assert visit(address, visiting.theme_on_disk) == "dark"
    assert visit(address, visiting.overflow_on_disk) <= 0


@pytest.mark.parametrize("address", TEMPLATES)
def test_a_page_of_each_template_meets_every_rule_in_both_themes_and_widths(
    new_page, origin, address
):
    """All rules on all of it, code and all: sidebars and header as a phone shows them, too."""
    page = new_page()
    watch = Watch(page, origin)
    wrong = []
    for theme in ("light", "dark"):
        for width in (320, 1280):
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": visiting.HEIGHT})
            page.goto(f"{origin}/{address}")
            mount_figures(page)
            page.evaluate("window.scrollTo({ top: 0, behavior: 'instant' })")
            watch.settle(page)
            found = violations(page, rules=ALL_BUT_CONTRAST) + page.evaluate(PALE, "body *")
            wrong += [f"{theme}, {width}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)
