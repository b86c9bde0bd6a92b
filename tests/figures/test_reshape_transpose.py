"""Reshape against transpose: shapes, orders, strides and failures are NumPy's, and its use."""

import itertools
import math
import random

from gearsbook import explorables
import numpy as np
from playwright.sync_api import Locator, expect
import pytest

from figures import FIGURES, barriers, sentence

ARRAYS = {
    "two axes": {},
    "one axis": {"shape": (6,), "target": (2, 3)},
    "one entry": {"shape": (1,), "target": (1, 1)},
    "three axes": {"shape": (2, 3, 4), "target": (4, -1), "order": (1, 2, 0), "entry": 17},
    "axes that stay": {"shape": (2, 3, 4), "order": (0, 1, 2)},
    "one long row": {"shape": (36,), "target": (6, 6), "entry": 35},
    "a block each": {"shape": (12, 1, 3), "entry": 8},
    "a misfit": {"target": (4, 2)},
    "two lengths open": {"target": (-1, -1)},
    "a misfit with an open length": {"target": (-1, 4)},
}


def some_shape(rng: random.Random) -> list[int]:
    """One to three lengths, 36 entries at most."""
    while True:
        shape = [rng.randint(1, rng.choice((4, 12, 36))) for _ in range(rng.randint(1, 3))]
        if math.prod(shape) <= 36:
            return shape


def numbered(shape: list[int]) -> np.ndarray:
    return np.arange(math.prod(shape)).reshape(shape)


def test_reshape_gives_the_shape_or_the_error_of_numpy(module):
    rng = random.Random(1)
    cases = []
    for _ in range(5_000):
        shape = some_shape(rng)
        target = rng.sample(shape, len(shape)) if rng.random() < 0.3 else some_shape(rng)
        if rng.random() < 0.5:
            target[rng.randrange(len(target))] = rng.choice((-1, -1, 0))
        if rng.random() < 0.1:
            target[rng.randrange(len(target))] = -1
        cases.append([shape, target])
    found = module(
        "xs.map(([shape, target]) => m.reshapeError(shape, target)"
        " || m.resolved(shape.reduce((n, length) => n * length, 1), target))",
        cases,
    )
    failures = 0
    for (shape, target), came in zip(cases, found, strict=True):
        try:
            expected = list(numbered(shape).reshape(target).shape)
        except ValueError as error:
            expected = str(error)
            failures += 1
        assert came == expected, (shape, target)
    assert 1_000 < failures < 4_000


def test_transpose_reads_the_places_and_takes_the_strides_of_numpy(module):
    rng = random.Random(2)
    cases = []
    for _ in range(1_000):
        shape = some_shape(rng)
        cases.append([shape, rng.sample(range(len(shape)), len(shape))])
    found = module(
        "xs.map(([shape, order]) => [m.readingOrder(shape, order), m.strides(shape)])", cases
    )
    for (shape, order), (read, steps) in zip(cases, found, strict=True):
        x = numbered(shape)
        assert read == x.transpose(order).ravel().tolist()
        used = [step for step, length in zip(steps, shape, strict=True) if length > 1]
        numpys = np.divide(x.strides, x.itemsize).tolist()
        assert used == [step for step, length in zip(numpys, shape, strict=True) if length > 1]


def test_an_index_is_the_one_at_which_numpy_finds_the_entry(module):
    rng = random.Random(3)
    shapes = [some_shape(rng) for _ in range(1_000)]
    cases = [[rng.randrange(math.prod(shape)), shape] for shape in shapes]
    found = module("xs.map(([entry, shape]) => m.unravelled(entry, shape))", cases)
    for (entry, shape), index in zip(cases, found, strict=True):
        assert numbered(shape)[tuple(index)] == entry


def test_the_shapes_offered_all_fit_and_the_orders_are_all_there_are(module):
    for size in range(1, 37):
        offered = module("m.fitting(xs)", size)
        for shape in offered:
            assert numbered([size]).reshape(shape).size == size
        assert [size] in offered
        if size == 24:
            assert [6, 4] in offered
            assert [2, 3, 4] in offered
    for rank in (1, 2, 3):
        expected = [list(order) for order in itertools.permutations(range(rank))]
        assert module("m.orders(xs)", rank) == expected


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("3, 2", [3, 2]), ("(6,)", [6]), ("-1 2", [-1, 2]), ("−1，3", [-1, 3]), ("0, 2", [0, 2]),
        ("", None), ("1, 2, 3, 4", None), ("-2", None), ("37", None), ("2.5", None), ("a", None),
    ],
)  # fmt: skip
def test_typed_shapes_are_read_or_refused(text, shape, compute):
    assert compute("reshape_transpose", "parsed", text) == shape


def numbers_in(boxes: Locator) -> list[list[int]]:
    """What stands in the cells of each box that has some."""
    cells = [box.locator(".cell").all_inner_texts() for box in boxes.all()]
    return [list(map(int, texts)) for texts in cells if texts]


def test_what_is_drawn_is_what_numpy_makes_of_it(show):
    figures = [explorables.ReshapeTranspose(**options) for options in ARRAYS.values()]
    page = show(*figures)
    for figure, box in zip(figures, page.locator(".gears-figure").all(), strict=True):
        assert box.locator("output").inner_text() == figure.describe()
        x = numbered(figure.shape)
        expected = [x, x.transpose(figure.order)]
        if not figure.call("reshapeError", figure.shape, figure.target):
            expected.insert(1, x.reshape(figure.target))
        assert numbers_in(box.locator(".array")) == [array.ravel().tolist() for array in expected]
        assert numbers_in(box.locator(".strip")) == [x.ravel().tolist()]
        for kind, read in (("in-order", x), ("jumps", x.transpose(figure.order))):
            arrows = box.locator(f".{kind} path").evaluate_all(
                "all => all.map(a => +a.dataset.entry)"
            )
            assert arrows == read.ravel().tolist()[1:]
        assert set(box.locator(".cell.chosen").all_inner_texts()) == {str(figure.entry)}
    assert page.watch.problems == []


def test_the_figure_is_used_by_keyboard_alone(show):
    page = show(explorables.ReshapeTranspose())
    for name in ("play", "shape", "entry", "target", "typed", "order"):
        page.keyboard.press("Tab")
        expect(page.locator(f"[name={name}]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(sentence(page)).to_contain_text(
        "x.transpose(0, 1) reads 0, 1, 2, 3, 4, 5 and gives (2, 3)"
    )
    page.locator("[name=entry]").press("ArrowRight")
    expect(sentence(page)).to_contain_text("Entry 2, x[0, 2], is in x.reshape at [1, 0]")
    typed = page.locator("[name=typed]")
    typed.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("-1, 4")
    words = "x.reshape(-1, 4) fails. NumPy says: cannot reshape array of size 6 into shape (4)."
    expect(sentence(page)).to_contain_text(words)
    expect(typed).to_have_value("-1, 4")
    target = page.locator("[name=target]")
    target.focus()
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text("x.reshape(3, 2) reads memory in order")
    expect(typed).to_have_value("3, 2")
    page.locator("[name=shape]").focus()
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text("x has the shape (4, 3, 3).")
    expect(sentence(page)).to_contain_text(
        "x.transpose(2, 1, 0) reads 0, 9, 18, 27, 3, 12, 21, 30, … and gives (3, 3, 4)"
    )


def test_a_smaller_array_keeps_the_entry_in_range(show):
    page = show(explorables.ReshapeTranspose(shape=(6, 6), entry=35))
    page.locator("[name=shape]").select_option("2,3")
    expect(sentence(page)).to_contain_text("Entry 5, x[1, 2]")
    figure = explorables.ReshapeTranspose(shape=(6, 6), entry=35)
    figure.shape = (2, 2, 3)
    assert (figure.entry, figure.order) == (11, [2, 1, 0])


def test_a_text_that_is_no_shape_is_said_to_be_none_and_changes_nothing(show):
    page = show(explorables.ReshapeTranspose())
    before = sentence(page).inner_text()
    page.locator("[name=typed]").fill("3, x")
    expect(page.get_by_role("alert")).to_contain_text("This is no shape")
    assert sentence(page).inner_text() == before


def arrived(page) -> list[str]:
    """What is in the cells of the arrays and of memory, a text each; nothing for what travels."""
    return [
        " ".join(box.locator(".cell:not(.away)").all_inner_texts())
        for box in page.locator(".array, .strip").all()
    ]


def test_entries_travel_into_memory_in_order_and_out_of_it_as_they_are_read(show):
    page = show(explorables.ReshapeTranspose(), clock=True)
    x, whole = "0 1 2 3 4 5", ["0 1 2 3 4 5", "0 1 2 3 4 5", "0 3 1 4 2 5", "0 1 2 3 4 5"]
    assert arrived(page) == whole
    page.locator("[name=play]").press("Enter")
    assert arrived(page) == [x, "", "", ""]
    page.clock.run_for(2 * 400)
    assert arrived(page) == [x, "", "", "0 1"]
    page.clock.run_for(7 * 400)
    assert arrived(page) == [x, "0 1 2", "0 3 1", x]
    page.locator("[name=entry]").press("ArrowRight")  # they travel on
    page.clock.run_for(3 * 400)
    assert arrived(page) == whole
    expect(page.locator("[name=play]")).to_have_text("Play")
    page.locator("[name=play]").press("Enter")
    page.locator("[name=target]").select_option("6")  # other arrays are whole at once
    assert arrived(page) == [x, x, "0 3 1 4 2 5", x]
    expect(page.locator("[name=play]")).to_have_text("Play")
    assert page.watch.problems == []


def test_who_wants_no_motion_sees_memory_filled_and_then_the_arrays(show):
    page = show(explorables.ReshapeTranspose(), clock=True, reduced_motion="reduce")
    page.locator("[name=play]").press("Enter")
    page.clock.run_for(1500)
    assert arrived(page) == ["0 1 2 3 4 5", "", "", "0 1 2 3 4 5"]
    page.clock.run_for(1500)
    assert arrived(page)[2] == "0 3 1 4 2 5"
    assert page.evaluate("document.getAnimations().length") == 0
    expect(page.locator("[name=play]")).to_have_text("Play")


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_choose_an_entry_anywhere(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(explorables.ReshapeTranspose(), viewport={"width": 400, "height": 800}, **options)
    for place, entry in ((3, 3), (9, 3), (15, 4), (20, 2)):
        cell = page.locator(".cell").nth(place)
        (cell.tap if touch else cell.hover)()
        expect(sentence(page)).to_contain_text(f"Entry {entry}, ")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_array_fits_and_is_accessible(width, show):
    figures = [explorables.ReshapeTranspose(**options) for options in ARRAYS.values()]
    page = show(*figures, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"shape": (7, 6)}, r"shape is \[7,6\], 42 entries: the figure draws 36 at most"),
        ({"shape": (0,)}, r"shape is \[0\]: .* whole numbers from 1 to 36"),
        ({"shape": (1, 2, 3, 4)}, r"shape is \[1,2,3,4\]: it must be 1 to 3 whole numbers"),
        ({"shape": None}, "shape is null: it must be 1 to 3 whole numbers"),
        ({"target": (-2, 3)}, r"target is \[-2,3\]: .* from -1 to 36"),
        ({"order": (0, 0)}, r"order is \[0,0\]: it must name each of the axes 0, 1 once"),
        ({"shape": (2, 3, 4), "order": (1, 0)}, r"order is \[1,0\]: .* the axes 0, 1, 2 once"),
        ({"entry": 6}, "entry is 6: .* 0 to 5"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.ReshapeTranspose(**options)


def test_the_first_state_carries_the_message():
    said = FIGURES["reshape_transpose"].make().describe()
    assert "x.reshape(4, -1) reads memory in order" in said
    assert "x.transpose(2, 1, 0) reads 0, 12, 4" in said
