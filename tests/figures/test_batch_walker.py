"""The batch walker: its slices are NumPy's, and keys, fields and pointers walk the batches."""

import io

from gearsbook import explorables
from gearsbook.datasets import mnist
import numpy as np
from PIL import Image
from playwright.sync_api import expect
import pytest

from figures import FIGURES, KEYS, barriers, sentence
from randomness import CASES, a_thousand_cases, floats, integers

BATCHES = {
    "of 128, the first": {},
    "of 128, inside": {"batch": 10},
    "of 128, the last and short one": {"batch": 468},
    "of one": {"batch_size": 1, "batch": 30_000},
    "of one, the last": {"batch_size": 1, "batch": 59_999},
    "of all": {"batch_size": 60_000},
    "that come out even": {"batch_size": 100, "batch": 599},
    "a last one of one": {"samples": 10, "batch_size": 3, "batch": 3},
    "one sample": {"samples": 1, "batch_size": 1},
    "another array": {"samples": 10_000, "batch_size": 32, "batch": 312, "array": "x_test"},
}


def draw_cuts(rng):
    """Samples, a batch size, and a batch: one of those there are, or one past the end."""
    samples = integers(rng, 1, 60_000)
    size = integers(rng, 1, samples)
    return samples, size, integers(rng, 0, -(-samples // size))


def draw_batches(rng):
    """The same, but no batch past the end."""
    samples, size, n = draw_cuts(rng)
    return samples, size, np.minimum(n, -(-samples // size) - 1)


def in_states(samples, size, n):
    batches = zip(samples, size, n, strict=True)
    return [dict(zip(("samples", "batch_size", "batch"), batch, strict=True)) for batch in batches]


@a_thousand_cases
def test_bounds_and_length_are_those_of_a_numpy_slice(each, rng):
    cuts = draw_cuts(rng)
    found = each("bounds", *cuts), each("length", *cuts), each("asked", *cuts[1:])
    for samples, size, n, (start, stop), length, asked in zip(*cuts, *found, strict=True):
        part = np.arange(samples)[size * n : size * (n + 1)]
        assert length == len(part) == stop - start
        assert asked == [size * n, size * (n + 1)]
        assert np.array_equal(part, np.arange(start, stop))


@a_thousand_cases
def test_there_are_as_many_batches_as_it_takes_to_meet_every_sample_once(each, rng):
    samples, size, _ = draw_cuts(rng)
    batches = np.array(each("count", samples, size))
    cuts = zip(samples, size, strict=True)
    np.testing.assert_array_equal(batches, [len(range(0, end, step)) for end, step in cuts])
    last = np.array(each("length", samples, size, batches - 1))
    np.testing.assert_array_equal((batches - 1) * size + last, samples)
    assert not any(each("length", samples, size, batches))


@a_thousand_cases
def test_a_key_leads_to_a_batch_that_there_is(each, rng):
    samples, size, n = batches = draw_batches(rng)
    last = -(-samples // size) - 1
    moves = {"ArrowLeft": -1, "ArrowDown": -1, "ArrowRight": 1, "ArrowUp": 1,
             "PageDown": -10, "PageUp": 10, "Home": -n, "End": last - n}  # fmt: skip
    for key in (*KEYS, "PageUp", "PageDown"):
        came = each("step", in_states(*batches), [key] * CASES)
        if key in moves:
            expected = np.clip(n + moves[key], 0, last)
            np.testing.assert_array_equal([moved["batch"] for moved in came], expected)
        else:
            assert all(moved is None for moved in came)


@a_thousand_cases
def test_another_batch_size_keeps_the_first_sample(each, rng):
    samples, size, n = batches = draw_batches(rng)
    sizes = integers(rng, 1, samples)
    came = each("resized", in_states(*batches), sizes)
    for first, end, new_size, new in zip(size * n, samples, sizes, came, strict=True):
        assert new["batch_size"] == new_size
        assert first in np.arange(end)[new_size * new["batch"] : new_size * (new["batch"] + 1)]


@a_thousand_cases
def test_a_place_on_the_bar_belongs_to_the_batch_that_holds_its_sample(each, rng):
    samples, sizes, _ = draw_cuts(rng)
    places = floats(rng, -0.5, 1.5)
    meant = np.clip(np.floor(places * samples), 0, samples - 1)
    came = each("batchAt", samples, sizes, places)
    for sample, end, size, n in zip(meant, samples, sizes, came, strict=True):
        assert sample in np.arange(end)[size * n : size * (n + 1)]


@a_thousand_cases
def test_the_lens_shows_up_to_five_batches_and_the_chosen_one_among_them(each, rng):
    samples, size, n = draw_batches(rng)
    batches = -(-samples // size)
    first, end = np.transpose(each("seen", n, batches))
    assert ((first >= 0) & (first <= n) & (n < end) & (end <= batches)).all()
    np.testing.assert_array_equal(end - first, np.minimum(5, batches))


@a_thousand_cases
def test_thousands_are_set_apart_as_python_does(evaluate, rng):
    numbers = integers(rng, 0, 10**9)
    came = evaluate("parts/numbers", "xs.map((x) => m.grouped(x))", numbers)
    for number, written in zip(numbers, came, strict=True):
        assert written == f"{number:,}"


def test_a_batch_has_room_on_its_sheet_and_the_squares_are_as_large_as_can_be(each):
    def is_room(columns, size):
        return -(-size // columns) * 4 <= columns  # the sheet is four times as wide as high

    sizes = range(1, 2305)
    for size, columns in zip(sizes, each("columnsFor", sizes), strict=True):
        assert is_room(columns, size)
        assert not is_room(np.arange(1, columns), size).any()


def test_the_digits_are_mnists_first_ones_at_half_their_size():
    figure = explorables.BatchWalker()
    (images, _), _ = mnist.load_data()
    levels = np.array([[*digit] for digit in figure.digits], int).reshape(-1, 14, 14)
    small = images[: len(levels)].reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))
    assert len(levels) == 97
    assert np.abs(levels * 255 / 7 - small).max() <= 255 / 14 + 1e-9


def test_the_last_batch_is_short_and_nothing_comes_after_it():
    said = explorables.BatchWalker(batch=468).describe()
    images = np.broadcast_to(np.uint8(0), (60_000, 28, 28))
    assert "train_images[59904:60032]" in said
    assert f"shape {images[59904:60032].shape}" in said
    assert f"n\u00a0=\u00a0469 would be empty: shape {images[128 * 469 : 128 * 470].shape}" in said


def test_the_batches_are_walked_by_keyboard_alone(show):
    page = show(FIGURES["batch_walker"].make())
    names = ["strip", "first", "previous", "next", "last", "batch", "batch_size", "halve", "double"]
    for name in names:
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || document.activeElement.className")
        assert focused == name

    strip = page.get_by_role("slider")
    strip.focus()
    for key, n in (("ArrowRight", 467), ("End", 468), ("ArrowRight", 468), ("PageDown", 458),
                   ("ArrowLeft", 457), ("Home", 0), ("ArrowLeft", 0)):  # fmt: skip
        page.keyboard.press(key)
        expect(sentence(page)).to_contain_text(f"n = {n}: ")
        expect(strip).to_have_attribute("aria-valuenow", str(n))
    for name, n in (("next", 1), ("last", 468), ("next", 468), ("previous", 467), ("first", 0)):
        page.locator(f"[name={name}]").press("Enter")
        expect(sentence(page)).to_contain_text(f"n = {n}: ")
    page.locator("[name=batch]").press("ArrowUp")
    expect(sentence(page)).to_contain_text("n = 1: train_images[128:256]")


def test_another_batch_size_keeps_the_place_and_the_batch_in_range(show):
    page = show(explorables.BatchWalker(batch=468))
    page.locator("[name=double]").press("Enter")
    expect(sentence(page)).to_contain_text("n = 234: train_images[59904:60160]")
    for _ in range(10):
        page.locator("[name=double]").press("Enter")
    expect(sentence(page)).to_contain_text("in batches of 60,000: 1 batch. n = 0:")
    page.locator("[name=batch_size]").fill("1")
    expect(sentence(page)).to_contain_text("in batches of 1: 60,000 batches, all full.")
    page.locator("[name=halve]").press("Enter")
    expect(page.locator("[name=batch_size]")).to_have_value("1")


def test_a_batch_size_that_cannot_be_goes_back_to_the_one_there_was(show):
    page = show(FIGURES["batch_walker"].make())
    before = sentence(page).inner_text()
    for typed in ("", "0", "-1", "60001", "2.5"):
        page.locator("[name=batch_size]").fill(typed)
        assert sentence(page).inner_text() == before
        page.keyboard.press("Tab")
        expect(page.locator("[name=batch_size]")).to_have_value("128")


def test_pointer_and_finger_choose_on_the_bar_and_in_the_lens(show):
    for options in ({}, {"has_touch": True, "is_mobile": True}):
        page = show(explorables.BatchWalker(), viewport={"width": 400, "height": 800}, **options)
        use = page.touchscreen.tap if options else page.mouse.click
        box = page.locator(".strip").bounding_box()
        use(box["x"] + box["width"] * 0.5, box["y"] + 10)
        expect(sentence(page)).to_contain_text("n = 234: ")
        box = page.locator(".batch").last.bounding_box()
        use(box["x"] + 10, box["y"] + 10)
        expect(sentence(page)).to_contain_text("n = 236: ")


def test_the_bar_is_dragged_over_its_ends(show):
    page = show(explorables.BatchWalker(batch=7))
    box = page.locator(".strip").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 10)
    expect(sentence(page)).to_contain_text("n = 7: ")  # nothing is pressed yet
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 50, box["y"] + 200)
    expect(sentence(page)).to_contain_text("n = 468: ")
    page.mouse.move(box["x"] - 5, box["y"])
    expect(sentence(page)).to_contain_text("n = 0: ")
    page.mouse.up()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_chosen_batch_can_be_seen_at_every_size(width, show):
    figures = [explorables.BatchWalker(**options) for options in BATCHES.values()]
    page = show(*figures, viewport={"width": width, "height": 900})
    for figure in page.locator(".gears-figure").all():
        strip, mark = (figure.locator(f".{name}").bounding_box() for name in ("strip", "here"))
        assert mark["width"] >= 3
        assert strip["x"] <= mark["x"]
        assert mark["x"] + mark["width"] <= strip["x"] + strip["width"] + 0.1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.locator(".batch")
    assert all(box.evaluate("box => box.scrollWidth <= box.clientWidth") for box in boxes.all())
    assert barriers(page) == []


def test_the_short_batch_leaves_part_of_its_slot_empty(show):
    page = show(explorables.BatchWalker(batch=468))
    slot, filled = (page.locator(f".chosen .{n}").bounding_box() for n in ("slot", "filled"))
    assert filled["width"] / slot["width"] == pytest.approx(96 / 128, abs=0.02)


@pytest.mark.parametrize(("batch", "digits"), [(10, 128), (468, 96)])
def test_the_sheet_shows_a_digit_for_each_sample_of_the_batch(batch, digits, show):
    figure = explorables.BatchWalker(batch=batch)
    page = show(figure)
    red = page.locator(".sheet canvas").evaluate("""(sheet) => {
        const { width, height } = sheet;
        const { data } = sheet.getContext("2d").getImageData(0, 0, width, height);
        return { width, values: [...data].filter((_, at) => at % 4 === 0) };
    }""")
    assert red["width"] == 24 * 16
    squares = np.array(red["values"]).reshape(-1, 16, 24, 16).swapaxes(1, 2).reshape(-1, 16, 16)
    drawn = squares[:, 1:15, 1:15]
    levels = np.array([[*digit] for digit in figure.digits], int).reshape(-1, 14, 14)
    own = levels[np.arange(128 * batch, 128 * batch + digits) % 97]
    assert np.abs(255 - own * 255 / 7 - drawn[:digits]).max() <= 1
    assert (drawn[digits:128, 3:11, 3:11].min(axis=(1, 2)) == 0).all()  # clear: no sample there
    assert (drawn[digits:128].max(axis=(1, 2)) > 0).all()  # but a frame around it


@pytest.mark.parametrize("size", [1, 128, 6_000])
def test_the_bar_is_always_hatched(size, show):
    strip = show(explorables.BatchWalker(batch_size=size)).locator(".strip")
    looks = np.asarray(Image.open(io.BytesIO(strip.screenshot())).convert("L"))[20]
    stripes = np.flatnonzero(np.diff(looks[100:-10].astype(int)))
    finest = max(2, size / 60_000 * strip.bounding_box()["width"])
    assert np.diff(stripes).mean() == pytest.approx(finest, rel=0.2)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"samples": 0}, "samples is 0: .* 1 to 1000000"),
        ({"batch_size": 0}, "batch_size is 0: .* 1 to 60000"),
        ({"batch_size": 101, "samples": 100}, "batch_size is 101: .* 1 to 100"),
        ({"batch_size": "32"}, 'batch_size is "32": .* 1 to 60000'),
        ({"batch": 469}, "batch is 469: .* 0 to 468"),
        ({"batch_size": 32, "batch": 1875}, "batch is 1875: .* 0 to 1874"),
        ({"array": "x[0]"}, r'array is "x\[0\]": it must be a name'),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.BatchWalker(**options)


def test_in_python_too_another_size_keeps_the_batch_in_range():
    figure = explorables.BatchWalker(batch=468)
    figure.batch_size = 6_000
    assert figure.batch == 9
    figure.samples = 500
    assert (figure.batch_size, figure.batch) == (500, 0)
    figure.set_state({"batch_size": 1, "batch": 499})  # as the page sends both at once
    assert (figure.batch_size, figure.batch) == (1, 499)
