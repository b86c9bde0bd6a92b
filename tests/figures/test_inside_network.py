"""Inside the network: its arithmetic is NumPy's, and every unit is reached by keyboard."""

from gearsbook import explorables
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, KEYS, sentence, some_activations
from randomness import CASES, a_thousand_cases, floats, integers


@a_thousand_cases
def test_argmax_and_count_are_numpys(each, rng):
    lengths = integers(rng, 1, 40)
    values = [row[:n] for row, n in zip(floats(rng, 0, 1e6, 40), lengths, strict=True)]
    np.testing.assert_array_equal(each("argmax", values), [np.argmax(row) for row in values])
    counts = [np.count_nonzero(row) for row in values]
    np.testing.assert_array_equal(each("countNonzero", values), counts)


def units_of(opened: list[list[object]]) -> list[int]:
    return [unit for unit, *_ in opened]


def draw_units(rng):
    """For each case 1 to 40 units, each once."""
    return [rng.choice(512, n, replace=False) for n in integers(rng, 1, 40)]


def opened(units):
    return [[[unit, "", []] for unit in case] for case in units]


@a_thousand_cases
def test_a_key_goes_through_the_open_units_and_never_out_of_them(each, rng):
    all_units, keys = [np.sort(units) for units in draw_units(rng)], rng.choice(KEYS, CASES)
    places = integers(rng, 0, np.array([len(units) - 1 for units in all_units]))
    chosen = [units[at] for units, at in zip(all_units, places, strict=True)]
    found = each("step", opened(all_units), chosen, keys)
    for units, at, key, came in zip(all_units, places, keys, found, strict=True):
        last = len(units) - 1
        moves = {"ArrowUp": at - 1, "ArrowDown": at + 1, "ArrowLeft": at - 1, "ArrowRight": at + 1,
                 "Home": 0, "End": last}  # fmt: skip
        assert came == ({"unit": units[np.clip(moves[key], 0, last)]} if key in moves else None)


@a_thousand_cases
def test_a_click_opens_the_nearest_unit(each, rng):
    all_units = draw_units(rng)
    places = np.column_stack([integers(rng, 0, 25), integers(rng, 0, 19)])
    clicks = [{"row": row, "column": column} for row, column in places]
    came = each("nearest", opened(all_units), clicks)
    for units, place, unit in zip(all_units, places, came, strict=True):
        far = ((np.transpose(np.divmod(units, 20)) - place) ** 2).sum(axis=1)
        assert far[units == unit] == far.min()


def test_open_are_the_units_that_fire_most_for_each_sample_and_the_one_that_is_named():
    activations = some_activations()
    hidden = activations["hidden"]
    figure = explorables.InsideNetwork(**activations, sample=2)
    strongest = np.argsort(-hidden, axis=1)[:, :4]
    assert units_of(figure.opened) == np.unique(strongest).tolist()
    assert figure.unit == hidden[2].argmax()
    assert [figure.call("brightest", figure.state(), n) for n in range(4)] == [*hidden.argmax(1)]
    faint = int(hidden[0].argmin())
    assert faint in units_of(explorables.InsideNetwork(**activations, unit=faint).opened)


def test_what_a_unit_sees_and_adds_is_numpys_to_the_kept_levels():
    """Ink times weight, in fifteenths of the largest weight; outgoing weights to 0.0005."""
    activations = some_activations()
    activations["images"][:, :7] = 0  # where no sample has ink, no weight is kept
    images = activations["images"].reshape(4, 784) / 255
    first, second = activations["kernels"]
    figure = explorables.InsideNetwork(**activations)
    opened = units_of(figure.opened)
    top = np.abs(first[(images > 0).any(axis=0)][:, opened]).max()
    for (unit, weights, outgoing), sample in zip(figure.opened, np.arange(99) % 4, strict=False):
        saw = figure.call("saw", figure.images, int(sample), weights)
        expected = images[sample] * first[:, unit] / top
        np.testing.assert_allclose(saw, expected, atol=0.5 / 7 + 1e-9)
        value = figure.hidden[sample][unit]
        added = figure.call("adds", value, outgoing)
        np.testing.assert_allclose(added, value * second[unit], atol=0.0005 * value + 1e-9)


def test_rounding_hides_no_unit_that_fires():
    activations = some_activations()
    figure = explorables.InsideNetwork(**activations)
    for stored_row, row in zip(figure.hidden, activations["hidden"], strict=True):
        assert np.count_nonzero(stored_row) == np.count_nonzero(row)
        assert np.abs(np.subtract(stored_row, row)).max() <= 0.0051


def test_the_network_is_walked_by_keyboard_alone(show):
    figure = FIGURES["inside_network"].make()
    page, units = show(figure), units_of(figure.opened)
    for name in ("sample", "sample", "sample", "sample", "grid"):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || document.activeElement.className")
        assert focused == name
    expect(sentence(page)).to_contain_text("Unit 40 ")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text(f"Unit {units[units.index(40) + 1]} ")
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text(f"Unit {units[0]} ")
    page.locator("[name=sample]").nth(1).press("Enter")
    expect(sentence(page)).to_contain_text(f"Unit {np.argmax(figure.hidden[1])} ")


def test_a_unit_that_is_clicked_is_seen_over_the_digit_and_in_ten_lines(show):
    figure = FIGURES["inside_network"].make()
    second = np.argsort(figure.hidden[0])[-2]
    unit, weights, outgoing = figure.opened[units_of(figure.opened).index(second)]
    page = show(figure)
    headings = page.locator(".stages :is(.next, [colspan='3'])")
    expect(headings).to_have_text(["Image goes in", "512 hidden units", "Votes for ten digits"])
    grid = page.locator(".grid")
    box, (row, column) = grid.bounding_box(), divmod(unit, 20)
    x, y = (column + 0.5) / 20 * box["width"], (row + 0.5) / 26 * box["height"]
    grid.click(position={"x": x, "y": y})
    expect(sentence(page)).to_contain_text(f"Unit {unit} ")
    named = page.locator(".stages :is(.next + p, [colspan='2'])")
    expect(named).to_have_text(
        [f"red ink raises unit {unit}", "tap a dark one", f"unit {unit} adds"]
    )
    below = page.locator(".stages [role] + p")
    expect(below).to_have_text(["blue ink lowers it", "dark: large value"])
    pixels = page.locator(".frame canvas").evaluate(
        "c => [...c.getContext('2d').getImageData(0, 0, 28, 28).data]"
    )
    red, _, blue, _ = np.reshape(pixels, (784, 4)).astype(int).T
    saw = np.array(figure.call("saw", figure.images, 0, weights))
    assert (red > blue)[saw > 0.1].all()
    assert (blue > red)[saw < -0.1].all()
    signs = ["less" if weight < 0 else "more" for weight in outgoing]
    lines = page.locator("line")
    assert [line.get_attribute("class") for line in lines.all()] == signs
    added = [figure.hidden[0][unit] * weight for weight in outgoing]
    written = [f"{number:+.2f}".replace("-", "−") for number in added]
    expect(page.locator("td.number")).to_have_text(written)
    assert page.watch.problems == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"sample": 4}, "sample is 4: .* 3"),
        ({"unit": 512}, r"unit is 512: it must be \d+, .* or \d+$"),  # one that is open
        ({"labels": [0, 9, 10, 1]}, r"labels\[2\] is 10: it must be a whole number from 0 to 9"),
        ({"labels": [0, 9, -1, 1]}, r"labels\[2\] is -1"),
        ({"labels": [1]}, r"labels has the shape \(1,\): it must be \(4,\)"),
        ({"probabilities": np.ones((4, 10))}, "add up to 1"),
        ({"kernels": (np.ones((784, 9)), np.ones((9, 10)))}, r"first kernel .* \(784, 512\)"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.InsideNetwork(**some_activations() | options)
