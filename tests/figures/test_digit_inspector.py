"""The digit inspector: its arithmetic is NumPy's, and keys and pointers move its cursor."""

from gearsbook import explorables
import numpy as np
from playwright.sync_api import expect
import pytest

from browsing import two_frames
from figures import FIGURES, KEYS, sentence

PIXELS = np.indices((28, 28)).reshape(2, -1)  # the rows, and the columns, of all of them


def test_the_place_of_a_pixel_is_that_of_reshape_and_leads_back_to_it(each):
    places = np.arange(784).reshape(28, 28)[*PIXELS]
    np.testing.assert_array_equal(each("place", *PIXELS), places)
    for row, column, came in zip(*PIXELS, each("pixelAt", places), strict=True):
        assert came == {"row": row, "column": column}


def test_all_256_scaled_values_are_numpys_float32_to_the_last_bit_and_digit(module):
    scaled = np.arange(256, dtype="uint8").astype("float32") / 255
    assert module("xs.map(m.scaled)", [*range(256)]) == scaled.tolist()
    assert module("xs.map(m.float32Text)", scaled) == [str(value) for value in scaled]


def test_a_key_moves_the_cursor_and_never_over_the_rim(each):
    moves = {"ArrowUp": (-1, 0), "ArrowDown": (1, 0), "ArrowLeft": (0, -1), "ArrowRight": (0, 1),
             "Home": (0, -27), "End": (0, 27)}  # fmt: skip
    cells = [{"row": row, "column": column} for row, column in PIXELS.T]
    for key in KEYS:
        came = each("step", cells, [key] * len(cells))
        if key in moves:
            reached = [(cell["row"], cell["column"]) for cell in came]
            np.testing.assert_array_equal(reached, np.clip(PIXELS.T + moves[key], 0, 27))
        else:
            assert all(cell is None for cell in came)


def test_every_control_is_reached_and_works_by_keyboard_alone(show):
    page = show(FIGURES["digit_inspector"].make())
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.name || document.activeElement.className")
        )
    assert reached == ["grid", "grid", *["digit"] * 10]

    for grid, row in ((0, 10), (1, 11)):  # the picture, the numbers
        page.locator(".grid").nth(grid).focus()
        for key in ("ArrowDown", "ArrowRight"):
            page.keyboard.press(key)
        expect(sentence(page)).to_contain_text(f"Row {row + 1}, column {13 if row == 10 else 1}:")
        page.keyboard.press("Home")
        expect(sentence(page)).to_contain_text(f"Row {row + 1}, column 0:")
    page.get_by_role("button", name="Digit 4").press("Space")
    expect(sentence(page)).to_contain_text("a 4. Row 12, column 0")
    expect(page.locator("[aria-pressed=true]")).to_have_attribute("aria-label", "Digit 4")


def test_pointer_and_finger_move_the_crosshair(show):
    for options in ({}, {"has_touch": True, "is_mobile": True}):
        page = show(
            FIGURES["digit_inspector"].make(), viewport={"width": 400, "height": 800}, **options
        )
        box = page.locator(".picture .grid").bounding_box()
        at = (box["x"] + box["width"] * 20.5 / 28, box["y"] + box["height"] * 5.5 / 28)
        (page.touchscreen.tap if options else page.mouse.click)(*at)
        expect(sentence(page)).to_contain_text("Row 5, column 20")


def test_a_mouse_moves_the_crosshair_without_a_press_and_stays_inside(show):
    page = show(FIGURES["digit_inspector"].make())
    for view in (".picture", ".numbers"):
        box = page.locator(f"{view} .grid").bounding_box()
        page.mouse.move(box["x"] + box["width"] * 3.5 / 28, box["y"] + box["height"] * 4.5 / 28)
        expect(sentence(page)).to_contain_text("Row 4, column 3")
        page.mouse.move(box["x"] + box["width"] - 0.5, box["y"] + box["height"] - 0.5)
        expect(sentence(page)).to_contain_text("Row 27, column 27")


def test_a_place_of_the_strip_leads_to_its_pixel(show):
    page = show(FIGURES["digit_inspector"].make())
    box = page.locator(".line").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 408.5 / 784, box["y"] + 8)
    page.mouse.down()
    expect(sentence(page)).to_contain_text("Row 14, column 16:")
    page.mouse.move(box["x"] + box["width"] + 30, box["y"] + 8)
    page.mouse.up()
    expect(sentence(page)).to_contain_text("Row 27, column 27:")


def test_the_numbers_are_the_pixels_and_the_crosshair_is_numbered(show):
    figure = FIGURES["digit_inspector"].make()
    page = show(figure)
    written = page.locator(".written span").all_inner_texts()
    assert [int(number) for number in written] == figure.images[3]
    assert page.locator(".mark:visible").all_inner_texts() == ["10", "12", "292"]
    row, cursor = (page.locator(f".picture .{n}").bounding_box() for n in ("across", "cursor"))
    assert abs(row["y"] - cursor["y"]) < 1
    row, place = (page.locator(f".line .{n}").bounding_box() for n in ("across", "here"))
    assert row["x"] <= place["x"] <= row["x"] + row["width"]


@pytest.mark.parametrize("width", [320, 600, 1280])
def test_the_crosshair_stays_in_view_where_not_all_numbers_are(width, show):
    page = show(FIGURES["digit_inspector"].make(), viewport={"width": width, "height": 800})
    room = page.locator(".numbers").bounding_box()
    for key in ("Home", *["ArrowUp"] * 10, "End", *["ArrowDown"] * 27):
        page.locator(".picture .grid").press(key)
    for _ in range(2):  # in the lower right corner, then in the lower left one
        two_frames(page)
        cursor = page.locator(".numbers .cursor").bounding_box()
        for start, size in (("x", "width"), ("y", "height")):
            assert room[start] <= cursor[start] + 1
            assert cursor[start] + cursor[size] <= room[start] + room[size] + 1
        page.locator(".picture .grid").press("Home")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"digit": 12}, "digit is 12: .* 0 to 9"),
        ({"row": -1}, "row is -1: .* 0 to 27"),
        ({"column": 1.5}, "column is 1.5: .* 0 to 27"),
        ({"digit": "7"}, 'digit is "7": .* 0 to 9'),
        ({"digit": True}, "digit is true: .* 0 to 9"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.DigitInspector(**options)


def test_the_chosen_number_is_still_in_sight_when_a_phone_is_turned(show):
    page = show(FIGURES["digit_inspector"].make(), viewport={"width": 844, "height": 390})
    room, chosen = page.locator(".numbers"), page.locator(".numbers .cursor")
    for width in (390, 844, 700):
        page.set_viewport_size({"width": width, "height": 1234 - width})
        two_frames(page)
        seen, one = room.bounding_box(), chosen.bounding_box()
        for start, size in (("x", "width"), ("y", "height")):
            assert seen[start] <= one[start] + one[size] / 2 <= seen[start] + seen[size]


def test_numbers_stay_under_a_mouse_that_points_at_them(show):
    """Else another one lies there at once, and the next movement chooses it, to the end."""
    page = show(FIGURES["digit_inspector"].make(), viewport={"width": 560, "height": 900})
    room = page.locator(".numbers")
    room.scroll_into_view_if_needed()
    box = room.bounding_box()
    before, said = sentence(page).inner_text(), set()
    for by in range(4):  # pixels, within one number
        page.mouse.move(box["x"] + 0.8 * box["width"] + by, box["y"] + 0.7 * box["height"])
        two_frames(page)
        said.add(sentence(page).inner_text())
    assert len(said) <= 2  # the pointer may cross an edge once
    assert before not in said
