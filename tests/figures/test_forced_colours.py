"""In forced colours, which drop grounds and shadows, what marks a state is still seen."""

import io

import numpy as np
from PIL import Image
import pytest

from browsing import luminance
from figures import FIGURES

HIDDEN, PRESSED = "mark.style.visibility = 'hidden'", "mark.ariaPressed = 'false'"
NO_CHOICE = "mark.classList.remove('chosen')"
# Of each figure: what is marked, and what takes the mark away
MARKS = {
    "batch_walker": [(".here", HIDDEN), (".chosen .filled", HIDDEN), (".chosen", NO_CHOICE)],
    "broadcasting": [("[aria-pressed=true]", PRESSED), (".cell.chosen", NO_CHOICE)],
    "computation_graph": [(".node.now", "mark.classList.remove('now')")],
    "dense_plane": [
        (".before .followed", HIDDEN), (".before .arrow", HIDDEN), (".after .knob", HIDDEN),
    ],
    "descent": [
        (".start", HIDDEN), (".pad .end", HIDDEN), (".way", HIDDEN), (".arrow:not(.shore)", HIDDEN),
        ("button.main", "mark.textContent = ''"),
    ],
    "digit_inspector": [
        (".cursor", HIDDEN), (".grid .across", HIDDEN), (".here", HIDDEN),
        ("[aria-pressed=true]", PRESSED),
    ],
    "digit_training": [(".numpy polyline", HIDDEN), (".cursor", HIDDEN)],
    "draw_digit": [(".winner .bar div", HIDDEN), (".pad path", HIDDEN)],
    "inside_network": [
        (".cursor", HIDDEN), (".answer .bar div", HIDDEN), (".part.more div", HIDDEN),
    ],
    "matmul_stepper": [
        (".left .entry.now", "mark.classList.remove('now')"), (".left .frame", HIDDEN),
    ],
    "playground": [
        (".pad .edge", HIDDEN), (".pad .circle", HIDDEN), (".lines path", HIDDEN),
        ("[aria-pressed=true]", PRESSED),
    ],
    "quiz": [
        ("[aria-pressed=true]", PRESSED),
        (".wrong output", "mark.parentElement.className = 'right'"),
    ],
    "rank_ladder": [(".rungs [aria-pressed=true]", PRESSED), (".along", HIDDEN)],
    "reshape_transpose": [
        (".cell.chosen", NO_CHOICE),
        (".block + .block .cell", "mark.style.setProperty('--part', '0%')"),
    ],
    "secant_tangent": [
        (".curve", HIDDEN), (".tangent", HIDDEN), (".secant", HIDDEN), (".knob", HIDDEN),
    ],
    "slice_explorer": [
        ("[aria-pressed=true]", PRESSED), (".cell.taken", "mark.classList.remove('taken')"),
    ],
    "split_batch": [(".gain .chosen", HIDDEN), (".gain .here", HIDDEN), (".computing", HIDDEN)],
    "unfolding_sheet": [(".space .cut", HIDDEN), (".space .frame", HIDDEN)],
    "doubling": [],
}  # fmt: skip
FAINT = {("reshape_transpose", 1), ("split_batch", 0)}  # a shade behind text, a frame behind a line


def light_of(picture: bytes) -> np.ndarray:
    """The luminance of each pixel."""
    return luminance(np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")) / 255)


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_what_marks_a_state_is_seen_in_forced_colours(palette, show):
    figures = {name: FIGURES[name].make() for name in MARKS}
    figures["quiz"].chosen = [1, -1]
    figures["computation_graph"].step, figures["descent"].steps = 8, 2  # not where they begin
    page = show(*figures.values(), forced_colors="active", color_scheme=palette)
    page.locator(".broadcasting [name=step4]").click()
    unseen = []
    for at, (name, marks) in enumerate(MARKS.items()):
        figure = page.locator(".gears-figure").nth(at)
        for place, (selector, unmark) in enumerate(marks):
            mark = figure.locator(selector).first
            mark.scroll_into_view_if_needed()
            box = mark.bounding_box()
            clip = {"x": box["x"] - 3, "y": box["y"] - 3}
            clip |= {"width": box["width"] + 6, "height": box["height"] + 6}
            marked = light_of(page.screenshot(clip=clip))
            mark.evaluate(f"(mark) => {{ {unmark}; }}")
            plain = light_of(page.screenshot(clip=clip))
            contrast = (np.maximum(marked, plain) + 0.05) / (np.minimum(marked, plain) + 0.05)
            if (contrast >= (1.4 if (name, place) in FAINT else 3)).sum() < 8:
                unseen.append((name, selector, contrast.max().round(2)))
    assert unseen == []
    assert FIGURES.keys() == MARKS.keys()
