"""A live figure begins at its beginning; paper, and a page without script, show where it ends."""

from functools import partial
import io
import re

from gearsbook import explorables
import numpy as np
from PIL import Image
from playwright.sync_api import Locator, expect
import pytest

from figures import sentence, stored

BEGINNINGS = [
    (explorables.Broadcasting, {"step": 0}),
    (explorables.ComputationGraph, {"step": 0}),
    (partial(explorables.DensePlane, bias=[-0.5, 0], relu=True), {"relu": False}),
    (explorables.Descent, {"steps": 0}),
    (explorables.MatmulStepper, {"terms": 0}),
    (explorables.Playground, {"steps": 0}),
]
# A main button of each, the picture, what is said once it is pressed
FIRST = [
    (explorables.Broadcasting, "step1", ".picture", r"axes of length 1|as many axes"),
    (explorables.ComputationGraph, "on", "svg", r"Forward, 1 of 4"),
    (explorables.Descent, "step", ".curve", r": 1 step from"),
    (explorables.Descent, "run", ".plots", r": [1-3] steps? from"),
    (explorables.MatmulStepper, "on", ".stage", r"1 of 3 products added"),
    (explorables.Playground, "step", ".field", r"step 1 ·"),
    (explorables.Playground, "start", ".field", r"step \d\d? ·"),
]


def dots(picture: Locator) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.screenshot())).convert("L"), int)


@pytest.mark.parametrize(("make", "beginning"), BEGINNINGS)
def test_a_figure_is_stored_and_printed_at_its_end_and_begins_at_its_beginning(
    make, beginning, show
):
    assert make().describe() != make(**beginning).describe()
    assert make().describe() in stored(make()).replace("&#x27;", "'")
    page = show(make())
    said = sentence(page)
    expect(said).to_have_text(make(**beginning).describe())
    page.emulate_media(media="print")
    expect(said).to_have_text(make().describe())
    expect(page.locator(".told")).to_be_empty()  # nobody has done anything
    page.emulate_media(media="screen")
    expect(said).to_have_text(make(**beginning).describe())
    assert page.watch.problems == []


@pytest.mark.parametrize(("make", "button", "picture", "says"), FIRST)
def test_the_first_click_shows_something(make, button, picture, says, show):
    page = show(make(), clock=True)
    drawing = page.locator(picture).first
    before = dots(drawing)
    page.locator(f"[name={button}]").click()
    page.clock.run_for(150)
    expect(page.locator(".gears-figure")).to_contain_text(re.compile(says))
    assert (abs(dots(drawing) - before) > 30).mean() > 0.01
    assert page.watch.problems == []


def test_a_beginning_ends_with_what_a_kernel_sets_and_where_another_step_was_chosen(show):
    page = show(explorables.ComputationGraph(step=6), explorables.ComputationGraph())
    expect(sentence(page, 0)).to_have_text(explorables.ComputationGraph(step=6).describe())
    graph = page.locator(".computation-graph").nth(1)
    graph.locator("[name=x]").fill("3")
    expect(sentence(page, 1)).to_have_text(explorables.ComputationGraph(x=3, step=0).describe())
