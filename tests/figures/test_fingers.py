"""A finger that scrolls the page over a figure leaves it as it was; a sideways one drags."""

import re

import pytest

from browsing import two_frames
from figures import FIGURES, LOOKS, MODULES

# where a finger may drag
PADS = {
    "batch_walker": ".strip",
    "computation_graph": "[data-node=x]",
    "dense_plane": ".after svg",
    "descent": ".pad",
    "digit_inspector": ".grid",
    "inside_network": ".grid",
    "reshape_transpose": ".picture",
    "secant_tangent": ".curves > svg",
    "slice_explorer": ".picture",
    "split_batch": ".gain > svg",
    "unfolding_sheet": ".space svg",
}
# where it only taps, or where all of it draws (test_draw_digit.py has what it does there)
OTHERS = {"digit_training", "draw_digit", "matmul_stepper", "rank_ladder"}


@pytest.mark.parametrize("name", PADS)
def test_an_upward_swipe_scrolls_and_changes_nothing_and_a_sideways_one_drags(name, show):
    page = show(
        FIGURES[name].make(),
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
    )  # fmt: skip
    page.evaluate("document.querySelector('main').style.padding = '100px 0 900px'")
    figure, pad = page.locator(".gears-figure"), page.locator(PADS[name]).first
    touch = page.context.new_cdp_session(page).send

    def swipe(across: float, up: float) -> None:
        """From a third of the way into the pad, in steps of a tenth."""
        box = pad.bounding_box()
        x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 3
        for step in range(11):
            point = {"x": x + across * step / 10, "y": y - up * step / 10}
            kind = "touchMove" if step else "touchStart"
            touch("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
            two_frames(page)  # a finger is slower than a page
        touch("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        two_frames(page)

    pad.scroll_into_view_if_needed()
    before, top = figure.evaluate(LOOKS), page.evaluate("scrollY")
    swipe(0, 160)
    assert page.evaluate("scrollY") > top + 60
    assert figure.evaluate(LOOKS) == before
    page.evaluate(f"scrollTo(0, {top})")
    swipe(100, 0)
    assert figure.evaluate(LOOKS) != before
    assert page.watch.problems == []


def test_every_figure_that_listens_to_a_pointer_is_tried():
    listens = re.compile(
        r"^import \{[^}]*\b(?:cells|draggable|dragging|following|freehand|holding|pointing"
        r"|spanning)\b[^}]*\} from",
        re.M,
    )
    views = {name: view.read_text("utf-8") for name, (view, _) in MODULES.items()}
    assert {name for name, view in views.items() if listens.search(view)} == {*PADS, *OTHERS}
