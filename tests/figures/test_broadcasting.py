"""The broadcasting aligner: shapes, values and failures are NumPy's, and every way to use it."""

import math
import random

from gearsbook import explorables
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import barriers, sentence
from randomness import a_thousand_cases, floats, integers

NUMPY = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "maximum": np.maximum}
PAIRS = {
    "the page's own": {},
    "each step": {"a": (3, 4), "b": (4,)},
    "both stretched": {"a": (3, 1), "b": (4,), "entry": 7, "operation": "*"},
    "a misfit": {"a": (32, 10), "b": (32,)},
    "two misfits": {"a": (2, 3, 4), "b": (3, 2)},
    "two numbers": {"a": (), "b": (), "operation": "maximum"},
    "a number": {"a": (2, 3), "b": (), "entry": 5, "operation": "/"},
    "a silent mistake": {"a": (200, 1), "b": (200,), "entry": 39_999, "operation": "-"},
    "nothing": {"a": (1, 3), "b": (0, 3)},
    "nothing, misfit": {"a": (2, 0), "b": (3,)},
    "too large to fill": {"a": (999, 999, 999), "b": (999, 1, 999, 1), "entry": 10**11},
}


def some_shape(rng: random.Random, lengths=(0, 1, 1, 1, 2, 2, 3, 3, 4, 999)) -> list[int]:
    return [rng.choice(lengths) for _ in range(rng.randint(0, 4))]


def some_pair(rng: random.Random, **lengths) -> list[list[int]]:
    """Two shapes; half of the time the second is made from the first, so that many fit."""
    a = some_shape(rng, **lengths)
    if rng.random() < 0.5:
        return [a, some_shape(rng, **lengths)]
    b = [length if rng.random() < 0.7 else 1 for length in a[rng.randint(0, len(a)) :]]
    return rng.sample([a, b], 2)


def array(first: int, step: int, shape: list[int]) -> np.ndarray:
    size = np.prod(shape, dtype=int)
    return np.arange(first, first + step * size, step).reshape(shape)


def test_shapes_and_failures_are_those_of_numpy_for_10_000_pairs(module):
    rng = random.Random(1)
    pairs = [some_pair(rng) for _ in range(10_000)]
    found = module("xs.map(([a, b]) => m.broadcast(a, b))", pairs)
    failures = 0
    for (a, b), came in zip(pairs, found, strict=True):
        try:
            expected = list(np.broadcast_shapes(tuple(a), tuple(b)))
        except ValueError:
            expected = None
            failures += 1
        assert came == expected, (a, b)
    assert 1_000 < failures < 9_000
    assert sum(0 in a or 0 in b for a, b in pairs) > 1_000
    assert sum(not a or not b for a, b in pairs) > 1_000


def test_the_words_of_a_failure_are_those_of_numpy(module):
    """But for the space at their end."""
    rng = random.Random(2)
    pairs = [some_pair(rng, lengths=(0, 1, 2, 3, 12)) for _ in range(2_000)]
    found = module("xs.map(([a, b]) => m.broadcast(a, b) ?? m.error(a, b))", pairs)
    failures = [(pair, came) for pair, came in zip(pairs, found, strict=True) if "op" in came]
    assert len(failures) > 200
    for (a, b), came in failures:
        with pytest.raises(ValueError, match="broadcast") as caught:
            np.zeros(a) + np.zeros(b)
        assert came == str(caught.value).rstrip()


@pytest.mark.parametrize("operation", NUMPY)
def test_all_values_are_those_of_numpy(operation, module):
    rng = random.Random(operation)
    pairs = [some_pair(rng, lengths=(0, 1, 1, 2, 3, 4)) for _ in range(2_000)]
    found = module("xs[1].map(([a, b]) => m.values(a, b, xs[0]))", [operation, pairs])
    filled = 0
    for (a, b), came in zip(pairs, found, strict=True):
        if came is not None:
            expected = NUMPY[operation](array(0, 1, a), array(10, 10, b))
            np.testing.assert_array_equal(came, expected.ravel())
            filled += expected.size > 1
    assert filled > 300


def test_what_meets_at_an_entry_is_what_numpy_reads_there(module):
    rng = random.Random(3)
    cases = []
    while len(cases) < 2_000:
        a, b = some_pair(rng, lengths=(1, 1, 2, 3, 5))
        try:
            result = np.broadcast_shapes(tuple(a), tuple(b))
        except ValueError:
            continue
        cases.append([a, result, rng.randrange(np.prod(result, dtype=int))])
    found = module("xs.map(([a, r, entry]) => m.source(m.unravelled(entry, r), a))", cases)
    for (a, result, entry), came in zip(cases, found, strict=True):
        index = np.unravel_index(entry, result) if result else ()
        numbers = array(0, 1, a)
        assert numbers[tuple(came)] == np.broadcast_to(numbers, result)[index]


def test_repeated_entries_cost_no_memory_as_the_figure_says():
    shown = np.broadcast_to(np.zeros((32, 10), "float32"), (64, 3, 32, 10))
    assert shown.strides[:2] == (0, 0)
    said = explorables.Broadcasting(step=3).describe()
    assert "each of its 320 entries is used 192 times" in said
    assert shown.size // 320 == 192
    assert "the stride is 0" in said


@a_thousand_cases
def test_numbers_are_written_with_four_decimals_at_most(evaluate, rng):
    numbers = [*integers(rng, -(10**13), 10**13).tolist(), *floats(rng, -1e6, 1e6).tolist()]
    came = evaluate("parts/numbers", "xs.map((x) => m.decimals(x))", numbers)
    for number, written in zip(numbers, came, strict=True):
        rounded = math.floor(number * 10_000 + 0.5) / 10_000
        expected = f"{rounded:.4f}".rstrip("0").rstrip(".") if number % 1 else str(int(number))
        assert written == expected


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("64, 3, 32, 10", [64, 3, 32, 10]), ("(32,)", [32]), ("", []), ("()", []), ("3 4", [3, 4]),
        ("[2,1]", [2, 1]), ("3，4", [3, 4]), ("0", [0]), ("1,2,3,4,5", None), ("-1", None),
        ("1000", None), ("2.5", None), ("two", None), ("(3", None), ("3)(4", None),
        ("2,,3", None), (",", None), ("2,,", None), ("１２、3", [12, 3]), ("（2，）", [2]),
    ],
)  # fmt: skip
def test_typed_shapes_are_read_or_refused(text, shape, compute):
    assert compute("broadcasting", "parsed", text) == shape


def test_small_arrays_are_drawn_with_the_numbers_of_numpy(show):
    page = show(explorables.Broadcasting(a=(3, 1), b=(4,), operation="*"))
    page.locator("[name=step4]").click()
    a, b, result = (
        [int(text.replace("−", "-")) for text in table.locator(".cell").all_inner_texts()]
        for table in page.locator(".numbers").all()
    )
    x, y = np.broadcast_arrays(array(0, 1, [3, 1]), array(10, 10, [4]))
    for came, expected in ((a, x), (b, y), (result, x * y)):
        np.testing.assert_array_equal(came, expected.ravel())
    copied = page.locator(".numbers").first.locator(".copied")
    expect(copied).to_have_count(9)  # of twelve numbers, three are stored


def test_the_aligner_is_used_by_keyboard_alone(show):
    page = show(explorables.Broadcasting(a=(3, 1), b=(4,), step=0))
    names = ["on", "step0", "step1", "step2", "step3", "step4"]
    for name in names:
        page.keyboard.press("Tab")
        expect(page.locator(f"[name={name}]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("The one at [0, 0] is a[0, 0] + b[0] = 0 + 10 = 10.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[name=index1]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(sentence(page)).to_contain_text("[0, 1] is a[0, 0] + b[1] = 0 + 20 = 20.")

    page.keyboard.press("Tab")
    expect(page.locator("[name=preset]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[name=operation]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("a[0, 0] − b[1] = 0 − 20 = -20.")
    field = page.locator("[name=b]")
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2, 5, 6")
    expect(sentence(page)).to_contain_text("axis −2: 3 and 5, neither equal nor 1")
    expect(field).to_have_value("2, 5, 6")
    page.locator("[name=preset]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("(64, 3, 32, 10): 61,440 entries.")
    expect(page.locator("[name=a]")).to_have_value("64, 3, 32, 10")


def test_it_is_walked_by_its_main_button_and_nothing_moves_below_the_picture(show):
    page = show(explorables.Broadcasting(a=(3, 1), b=(4,)))
    on, seen = page.locator("[name=on]"), page.locator(".cell").locator("visible=true")
    place = on.bounding_box()
    for step, count in enumerate((7, 7, 7, 24, 36)):  # what is stored, then its copies, the result
        expect(page.locator(f"[name=step{step}]")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".box", has_text="?")).to_have_count(0 if step == 4 else 2)
        expect(seen).to_have_count(count)
        assert on.bounding_box() == place
        if step < 4:
            on.click()
    expect(on).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_copies_come_out_of_what_is_stored_where_a_reader_asks_for_it(motion, show):
    page = show(explorables.Broadcasting(a=(3, 1), b=(4,)), reduced_motion=motion)
    moving = """Object.groupBy(document.querySelector('.picture').getAnimations({subtree: true}),
        ({effect: {target}}) => target.classList.contains('copied') ? 'copies' : 'lengths')"""

    def moves() -> dict[str, int]:
        return {kind: len(all_of) for kind, all_of in page.evaluate(moving).items()}

    assert moves() == {}
    page.locator("[name=step3]").click()
    expected = {"copies": 9 + 8, "lengths": 2} if motion == "no-preference" else {}
    assert moves() == expected
    page.locator("[name=on]").click()
    assert moves() == {}
    page.locator("[name=step3]").click()  # back: they are stretched already
    assert moves() == {}


def test_a_text_that_is_no_shape_is_said_to_be_none_and_changes_nothing(show):
    page = show(explorables.Broadcasting())
    page.locator("[name=step4]").click()
    before = sentence(page).inner_text()
    page.locator("[name=a]").fill("64, x")
    expect(page.get_by_role("alert")).to_contain_text("The shape of a cannot be read")
    assert sentence(page).inner_text() == before
    page.locator("[name=a]").fill("64, 1, 1")
    expect(page.locator("[role=alert]")).to_be_empty()
    expect(sentence(page)).to_contain_text("(64, 1, 1) and (32, 10) give (64, 32, 10)")


def test_an_index_that_cannot_be_goes_back_to_the_one_there_was(show):
    page = show(explorables.Broadcasting(a=(3, 1), b=(4,), entry=5))
    page.locator("[name=step4]").click()
    field = page.locator("[name=index0]")
    for typed in ("", "-1", "3", "1.5"):
        field.fill(typed)
        page.keyboard.press("Tab")
        expect(field).to_have_value("1")
        expect(sentence(page)).to_contain_text("The one at [1, 1]")


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_choose_an_entry_of_the_result(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(
        explorables.Broadcasting(a=(3, 1), b=(4,)),
        viewport={"width": 400, "height": 800},
        **options,
    )
    page.locator("[name=step4]").click()
    cell = page.locator(".numbers").last.locator(".cell").nth(11)
    (cell.tap if touch else cell.click)()
    expect(sentence(page)).to_contain_text("The one at [2, 3] is a[2, 0] + b[3] = 2 + 40 = 42.")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_step_fits_the_page(width, show):
    figures = [explorables.Broadcasting(**options) for options in PAIRS.values()]
    page = show(*figures, viewport={"width": width, "height": 900})
    for step in range(5):
        page.locator(f"[name=step{step}]").evaluate_all("all => all.forEach((one) => one.click())")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []
    assert page.watch.problems == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"a": (1, 2, 3, 4, 5)}, r"a is \[1,2,3,4,5\]: it must be 0 to 4 whole numbers"),
        ({"b": (1000,)}, r"b is \[1000\]: .* from 0 to 999"),
        ({"b": 3}, "b is 3: it must be 0 to 4 whole"),
        ({"a": (2.5,)}, r"a is \[2.5\]: it must be 0 to 4 whole"),
        ({"a": None}, "a is null: it must be 0 to 4 whole"),
        ({"operation": "**"}, r'operation is "\*\*": it must be .* or "maximum"'),
        ({"step": 5}, "step is 5: .* 0 to 4"),
        ({"a": (3, 1), "b": (4,), "entry": 12}, "entry is 12: .* 0 to 11"),
        ({"a": (3,), "b": (4,), "entry": 1}, "entry is 1: .* 0 to 0"),
        ({"entry": "1"}, 'entry is "1": .* 0 to 61439'),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.Broadcasting(**options)


def test_in_python_too_another_shape_keeps_the_entry_in_range():
    figure = explorables.Broadcasting(a=(3, 1), b=(4,), entry=11)
    figure.a = (2, 1)
    assert figure.entry == 7
    figure.b = (5, 5)
    assert figure.entry == 0
