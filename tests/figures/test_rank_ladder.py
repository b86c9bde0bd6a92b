"""The rank ladder: its counts are NumPy's, its drawing holds what it says, keys climb it."""

from itertools import product

from gearsbook import explorables
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, sentence
from randomness import examples

MOST = 3
AXES = ["samples", "frames", "height", "width", "channels"]
shapes = st.lists(st.integers(1, 6), max_size=5)


@examples(1000)
@given(shape=shapes)
def test_values_and_shape_are_numpys(compute, shape):
    assert compute("rank_ladder", "valuesIn", shape) == np.empty(shape).size
    assert compute("parts/numbers", "asTuple", shape) == str(np.empty(shape).shape)


@examples(1000)
@given(shape=shapes)
def test_three_of_an_axis_are_drawn_dots_for_more_and_nothing_overlaps(compute, shape):
    axes = AXES[-len(shape) :] if shape else []
    drawing = compute("rank_ladder", "layout", shape, axes)
    drawn = [min(MOST, length) for length in shape]
    cells = [box["index"] for box in drawing["boxes"] if len(box["index"]) == len(shape)]
    assert cells == [list(index) for index in np.ndindex(*drawn)]
    for axis, length in enumerate(shape):
        dots = [dot["index"] for dot in drawing["dots"] if dot["axis"] == axis]
        cut = [list(index) for index in np.ndindex(*drawn[:axis])]
        assert dots == (cut if length > MOST else [])
    boxes = {tuple(box["index"]): box for box in drawing["boxes"]}
    for index, box in boxes.items():
        if index:
            outer = boxes[index[:-1]]
            for start, size in (("x", "width"), ("y", "height")):
                assert outer[start] <= box[start]
                assert box[start] + box[size] <= outer[start] + outer[size]
        if index and index[-1]:
            before = boxes[(*index[:-1], index[-1] - 1)]
            assert (
                before["x"] + before["width"] <= box["x"]
                or before["y"] + before["height"] <= box["y"]
            )


def test_an_axis_is_pointed_out_by_the_first_boxes_along_it(module):
    indices = [index for length in range(6) for index in product(range(2), repeat=length)]
    for axis in range(5):
        along = module(f"xs.filter((index) => m.isAlong(index, {axis}))", indices)
        assert along == [[*[0] * axis, 0], [*[0] * axis, 1]]


@examples(1000)
@given(
    rank=st.integers(0, 5),
    axis=st.integers(0, 4),
    key=st.sampled_from(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "x"]),
)
def test_a_key_leads_to_a_rank_and_an_axis_that_exist(compute, rank, axis, key):
    axis = min(axis, max(0, rank - 1))
    moves = {"ArrowUp": (1, 0), "ArrowDown": (-1, 0), "ArrowRight": (0, 1), "ArrowLeft": (0, -1)}
    expected = None
    if key in moves:
        up, along = moves[key]
        reached = int(np.clip(rank + up, 0, 5))
        expected = {"rank": reached, "axis": int(np.clip(axis + along, 0, max(0, reached - 1)))}
    assert compute("rank_ladder", "step", rank, axis, key) == expected


@pytest.mark.parametrize("rank", range(6))
def test_values_bytes_and_brackets_said_are_those_of_such_an_array(module, rank):
    rung = module(f"m.RUNGS[{rank}]")
    array = np.broadcast_to(np.zeros((), rung["dtype"]), rung["shape"])
    tiny = np.zeros([1] * rank)
    brackets = len(str(tiny)) - len(str(tiny).lstrip("["))
    said = explorables.RankLadder(rank=rank).describe()
    assert len(rung["axes"]) == array.ndim == rank == brackets
    assert f"shape {array.shape}" in said
    assert f"{array.size:,} value" in said
    assert f"{array.nbytes:,} byte" in said
    assert (f"{brackets} bracket" if rank else "no bracket") in said


def test_the_ladder_is_climbed_by_keyboard_alone(show):
    page = show(FIGURES["rank_ladder"].make())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("5D: a batch of films")
    page.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("Axis 1 counts frames: 240")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("2D: a picture, shape (28, 28). Axis 1 counts columns")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(sentence(page)).to_contain_text("Axis 0 counts rows")
    assert page.get_by_role("button", name="axis").count() == 2


def test_the_axis_stays_in_range_when_the_rank_falls():
    figure = explorables.RankLadder(rank=5, axis=4)
    figure.rank = 2
    assert figure.axis == 1
    figure.rank = 0
    assert figure.axis == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rank": 6}, "rank is 6: .* 0 to 5"),
        ({"rank": 2, "axis": 2}, "axis is 2: .* 0 to 1"),
        ({"rank": "3"}, 'rank is "3": .* 0 to 5'),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.RankLadder(**options)
