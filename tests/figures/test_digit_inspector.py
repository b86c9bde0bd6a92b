"""The digit inspector: its arithmetic is NumPy's, and keys and pointers move its cursor."""

from gearsbook import explorables
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, KEYS, sentence
from randomness import examples

pixel = st.integers(0, 27)


@examples(1000)
@given(row=pixel, column=pixel)
def test_the_place_of_a_pixel_is_that_of_reshape(compute, row, column):
    indices = np.arange(784).reshape(28, 28)
    assert compute("digit_inspector", "place", row, column) == indices[row, column]


def test_all_256_scaled_values_are_numpys_float32_to_the_last_bit_and_digit(module):
    scaled = np.arange(256, dtype="uint8").astype("float32") / 255
    assert module("xs.map(m.scaled)", [*range(256)]) == scaled.tolist()
    assert module("xs.map(m.float32Text)", scaled) == [str(value) for value in scaled]


@examples(1000)
@given(row=pixel, column=pixel, key=st.sampled_from(KEYS))
def test_a_key_moves_the_cursor_and_never_over_the_rim(compute, row, column, key):
    moves = {"ArrowUp": (-1, 0), "ArrowDown": (1, 0), "ArrowLeft": (0, -1), "ArrowRight": (0, 1)}
    cell, expected = {"row": row, "column": column}, None
    if key in moves:
        row, column = np.clip(np.add((row, column), moves[key]), 0, 27).tolist()
        expected = {"row": row, "column": column}
    elif key != "x":
        expected = {"row": row, "column": 0 if key == "Home" else 27}
    assert compute("digit_inspector", "step", cell, key) == expected


def test_every_control_is_reached_and_works_by_keyboard_alone(show):
    page = show(FIGURES["digit_inspector"].make())
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.name || document.activeElement.className")
        )
    assert reached[:-1] == ["grid", "digit", "row", "column", "numbers"]

    page.locator(".grid").focus()
    for key in ("ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    expect(sentence(page)).to_contain_text("Row 11, column 13")
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text("Row 11, column 0")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("a 4. Row 11, column 0")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("Row 12, column 0")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text("Row 12, column 27")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button")).to_have_attribute("aria-pressed", "true")


def test_pointer_and_finger_move_the_cursor(show):
    for options in ({}, {"has_touch": True, "is_mobile": True}):
        page = show(
            FIGURES["digit_inspector"].make(), viewport={"width": 400, "height": 800}, **options
        )
        box = page.locator(".grid").bounding_box()
        at = (box["x"] + box["width"] * 20.5 / 28, box["y"] + box["height"] * 5.5 / 28)
        (page.touchscreen.tap if options else page.mouse.click)(*at)
        expect(sentence(page)).to_contain_text("Row 5, column 20")


def test_a_mouse_moves_the_cursor_without_a_press_and_stays_inside(show):
    page = show(FIGURES["digit_inspector"].make())
    box = page.locator(".grid").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 3.5 / 28, box["y"] + box["height"] * 4.5 / 28)
    expect(sentence(page)).to_contain_text("Row 4, column 3")
    page.mouse.move(box["x"] + box["width"] - 0.5, box["y"] + box["height"] - 0.5)
    expect(sentence(page)).to_contain_text("Row 27, column 27")


def test_numbers_are_drawn_where_the_picture_was_and_the_cursor_stays_in_view(show):
    page = show(FIGURES["digit_inspector"].make(), viewport={"width": 320, "height": 800})
    page.get_by_role("button").click()
    page.locator(".grid").focus()
    page.keyboard.press("End")
    cursor, scroll = (page.locator(f".{name}").bounding_box() for name in ("cursor", "scroll"))
    assert scroll["x"] <= cursor["x"] <= scroll["x"] + scroll["width"] - cursor["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"digit": 12}, "digit is 12: .* 0 to 9"),
        ({"row": -1}, "row is -1: .* 0 to 27"),
        ({"column": 1.5}, "column is 1.5: .* 0 to 27"),
        ({"digit": "7"}, 'digit is "7": .* 0 to 9'),
        ({"digit": True}, "digit is true: .* 0 to 9"),
        ({"numbers": 1}, "numbers is 1: it must be false or true"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.DigitInspector(**options)
