"""Inside the network: its arithmetic is NumPy's, and every unit is reached by keyboard."""

from gearsbook import explorables
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, KEYS, sentence, some_activations
from randomness import examples

values = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


@examples(1000)
@given(values)
def test_argmax_and_count_are_numpys(compute, values):
    assert compute("inside_network", "argmax", values) == np.argmax(values)
    assert compute("inside_network", "countNonzero", values) == np.count_nonzero(values)


@examples(1000)
@given(value=st.floats(0, 1e3), more=st.floats(0, 1e3))
def test_the_light_falls_from_paper_to_ink(compute, value, more):
    top = value + more
    expected = np.floor(255 * (1 - value / top) + 0.5) if top > 0 else 255
    assert compute("inside_network", "light", value, top) == pytest.approx(expected, rel=1e-6)


@examples(1000)
@given(unit=st.integers(0, 511), key=st.sampled_from(KEYS))
def test_a_key_moves_among_the_units_and_never_out_of_them(compute, unit, key):
    moves = {"ArrowUp": -32, "ArrowDown": 32, "ArrowLeft": -1, "ArrowRight": 1,
             "Home": -unit, "End": 511 - unit}  # fmt: skip
    expected = None
    if key in moves:
        target = unit + moves[key]
        expected = {"unit": target if 0 <= target < 512 else unit}
    assert compute("inside_network", "step", unit, 512, key) == expected


def test_rounding_hides_no_unit_that_fires():
    activations = some_activations()
    figure = explorables.InsideNetwork(**activations)
    for stored_row, row in zip(figure.hidden, activations["hidden"], strict=True):
        assert np.count_nonzero(stored_row) == np.count_nonzero(row)
        assert np.abs(np.subtract(stored_row, row)).max() <= 0.0051


def test_the_network_is_walked_by_keyboard_alone(show):
    page = show(FIGURES["inside_network"].make())
    for name in ("grid", "sample", "previous", "next", "unit"):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || document.activeElement.className")
        assert focused == name
    expect(sentence(page)).to_contain_text("Unit 40")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("Unit 41")
    page.locator(".grid").focus()
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("Unit 73")
    first = sentence(page).inner_text()
    page.get_by_text("Next").press("Enter")
    expect(sentence(page)).not_to_have_text(first)
    page.get_by_text("Previous").press("Enter")
    expect(sentence(page)).to_have_text(first)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"sample": 4}, "sample is 4: .* 3"),
        ({"unit": 512}, "unit is 512: .* 511"),
        ({"labels": [0, 9, 10, 1]}, r"labels\[2\] is 10: it must be a whole number from 0 to 9"),
        ({"labels": [0, 9, -1, 1]}, r"labels\[2\] is -1"),
        ({"labels": [1]}, r"labels has the shape \(1,\): it must be \(4,\)"),
        ({"probabilities": np.ones((4, 10))}, "add up to 1"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.InsideNetwork(**some_activations() | options)
