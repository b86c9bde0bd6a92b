"""What a page says without words: this goes on, this is alive, this leads back."""

import re

from gearsbook import language, plotting
import numpy as np
import pytest

from browsing import luminance, two_frames

PAGE = "en/01-first-look.html"  # has long lines, pictures, a figure and a quiz
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 900}

FADES = """(pre) => ["--more-before", "--more-after"].map((name) =>
  Number.parseFloat(getComputedStyle(pre).getPropertyValue(name)) > 0)"""
# How far the frame reaches out of the window, and what would cut it off
FRAME = """(figure) => {
  const style = getComputedStyle(figure), { left, right } = figure.getBoundingClientRect();
  const reach = Number.parseFloat(style.outlineWidth) + Number.parseFloat(style.outlineOffset);
  const around = [];
  for (let one = figure.parentElement; !one.matches("article"); one = one.parentElement)
    if (getComputedStyle(one).overflow !== "visible") around.push(one.className);
  return { style: style.outlineStyle, out: Math.max(reach - left, right + reach - innerWidth),
    around };
}"""
# The last lines of links that have one character alone
WIDOWS = """(links) => links.flatMap((link) => {
  const text = document.createTreeWalker(link, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  const tops = [...text.data.trim()].map((_, at) => {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect().top;
  });
  const isAlone = tops.at(-1) > tops.at(-2) + 4;
  return isAlone ? [text.data] : [];
})"""


def test_code_that_is_wider_than_a_phone_fades_where_more_of_it_is(new_page, origin):
    page = new_page(viewport=PHONE)
    page.goto(f"{origin}/{PAGE}")
    wide, fitting = (
        page.locator("article pre").evaluate_all(
            f"(all) => all.findIndex((pre) => pre.checkVisibility()"
            f" && (pre.scrollWidth > pre.clientWidth) === {is_wide})"
        )
        for is_wide in ("true", "false")
    )
    assert page.locator("article pre").nth(fitting).evaluate(FADES) == [False, False]
    code = page.locator("article pre").nth(wide)
    assert code.evaluate(FADES) == [False, True]
    for place, fades in (("30", [True, True]), ("pre.scrollWidth", [True, False])):
        code.evaluate(f"(pre) => {{ pre.scrollLeft = {place}; }}")
        two_frames(page)
        assert code.evaluate(FADES) == fades
    mask = "(pre) => getComputedStyle(pre).maskImage"
    assert "gradient" in code.evaluate(mask)
    code.focus()  # or the mask would hide the ring of who scrolls it by keys
    assert code.evaluate(mask) == "none"


@pytest.mark.parametrize("address", [PAGE])
def test_a_live_figure_has_a_frame_that_is_whole_and_takes_no_room(new_page, origin, address):
    for size in (PHONE, DESK):
        page = new_page(viewport=size)
        page.goto(f"{origin}/{address}")
        page.locator(".gears-explorable").first.scroll_into_view_if_needed()
        figure = page.locator(".gears-figure").first
        frame = figure.evaluate(FRAME)
        assert frame["style"] == "solid"
        assert frame["out"] <= 0
        assert frame["around"] == []
    page.emulate_media(forced_colors="active")
    assert figure.evaluate(FRAME)["style"] == "solid"
    page.emulate_media(media="print", forced_colors="none")
    assert figure.evaluate(FRAME)["style"] == "none"


def contrast_on_white(colour: str, brightness: float, contrast: float) -> float:
    """Of a colour with paper, as WCAG defines it, when both have gone through the filters."""
    shades = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)], [255] * 3])
    channels = np.clip((shades / 255 * brightness - 0.5) * contrast + 0.5, 0, 1)
    dark, light = luminance(channels)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("address", [PAGE])
def test_white_paper_is_dimmed_in_the_dark_and_what_is_on_it_can_be_read(new_page, origin, address):
    page = new_page(viewport=DESK)
    filters = "(all) => [...new Set(all.map((one) => getComputedStyle(one).filter))]"
    papers = page.locator("article :is(img, canvas)")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(f"{origin}/{address}")
        page.locator(".gears-explorable").first.scroll_into_view_if_needed()
        page.locator(".gears-figure").first.wait_for()
        (found,) = papers.evaluate_all(filters)
        assert (found == "none") == (theme == "light")
    factors = re.fullmatch(r"brightness\((.+)\) contrast\((.+)\)", found).groups()
    brightness, contrast = map(float, factors)
    assert brightness <= 0.8
    for colour in (plotting.INPUT, plotting.WEIGHT, plotting.GRADIENT, plotting.MUTED):
        assert contrast_on_white(colour, brightness, contrast) >= 4.5, colour


@pytest.mark.parametrize("edition", language.LANGUAGES)
def test_the_loop_of_training_is_closed_by_an_arrow_on_the_map(new_page, origin, edition):
    page = new_page(viewport=PHONE)
    page.goto(f"{origin}/{edition}/06-summary.html")
    stages = page.locator("section:is(#chapter-map, :has(> #chapter-map)) > ol > li")
    looks = """(all, [which]) => all.map((stage) => {
      const part = stage.querySelector(`:scope > p:${which}-child`);
      const { content, borderStyle, rotate } = part ? getComputedStyle(part, "::before") : {};
      return !part || content === "none" ? "" : `${borderStyle} ${rotate}`;
    })"""
    ways = stages.evaluate_all(looks, ["first"])
    assert [bool(way) for way in ways] == [3 <= stage <= 7 for stage in range(1, 9)]
    assert ways[2].startswith("solid none none solid")  # from below to the right, into stage 3
    assert ways[6].startswith("none none solid")  # out of stage 7, to the left
    heads = stages.evaluate_all(looks, ["last"])
    assert heads == ["", "", "solid 45deg", *[""] * 5]


def test_no_line_of_the_chinese_contents_is_one_character(new_page, origin):
    page = new_page(viewport=DESK)
    page.goto(f"{origin}/zh/01-first-look.html")
    page.evaluate("for (const fold of document.querySelectorAll('nav details')) fold.open = true;")
    links = page.locator(".bd-links li a")
    assert links.count() > 30
    assert links.evaluate_all(WIDOWS) == []
