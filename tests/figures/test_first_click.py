"""A figure first shows its end, for paper; its main button begins where there is more to see."""

import io
import re

from gearsbook import explorables
import numpy as np
from PIL import Image
from playwright.sync_api import Locator, expect
import pytest

# Figures that begin at their end: a main button, the picture, what is said once it is pressed
FIRST = [
    (explorables.Broadcasting, "step0", ".picture", r"a has the shape \(64, 3, 32, 10\)"),
    (explorables.ComputationGraph, "on", "svg", r"Forward, 1 of 4"),
    (explorables.Descent, "step", ".plots", r": 1 step from"),
    (explorables.Descent, "run", ".plots", r": [1-3] steps? from"),
    (explorables.MatmulStepper, "on", ".stage", r"1 of 3 products added"),
    (explorables.Playground, "step", ".field", r"step 1 ·"),
    (explorables.Playground, "start", ".field", r"step \d\d? ·"),
]  # fmt: skip


def dots(picture: Locator) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.screenshot())).convert("L"), int)


@pytest.mark.parametrize(("make", "button", "picture", "says"), FIRST)
def test_the_first_click_shows_something_and_begins_at_0(make, button, picture, says, show):
    page = show(make(), clock=True)
    drawing = page.locator(picture).first
    before = dots(drawing)
    page.locator(f"[name={button}]").click()
    page.clock.run_for(150)
    expect(page.locator(".gears-figure")).to_contain_text(re.compile(says))
    assert (abs(dots(drawing) - before) > 30).mean() > 0.01
    assert page.watch.problems == []
