"""The matmul stepper: its product, its partial sums and its failures are NumPy's, and its use."""

import random

from gearsbook import explorables
import numpy as np
from playwright.sync_api import expect
import pytest

from browsing import two_frames
from figures import FIGURES, barriers, sentence

SIX = [[1, -2, 3, 4, 5, 6]] * 6
MATRICES = {
    "as it comes": {},
    "half way": {"row": 1, "column": 1, "terms": 2},
    "not begun": {"terms": 0},
    "a misfit": {"y": [[1, 2], [3, 4]]},
    "a misfit the other way": {"x": [[1], [2]], "y": [[1, 2], [3, 4]]},
    "one by one": {"x": [[-3]], "y": [[4]]},
    "a row and a column": {"x": [[1, 2, 3]], "y": [[4], [5], [6]]},
    "a column and a row": {"x": [[1], [2], [3]], "y": [[4, 5, 6]], "row": 2, "column": 2},
    "the largest": {"x": [[99] * 6] * 6, "y": [[-99] * 6] * 6, "row": 5, "column": 5, "terms": 3},
    "six by six": {"x": SIX, "y": SIX, "row": 4, "column": 1},
}


def some_matrix(rng: random.Random, rows: int = 0, columns: int = 0) -> list[list[int]]:
    rows, columns = rows or rng.randint(1, 6), columns or rng.randint(1, 6)
    return [[rng.randint(-99, 99) for _ in range(columns)] for _ in range(rows)]


def some_pair(rng: random.Random, fitting: float = 0.8) -> list[list[list[int]]]:
    x = some_matrix(rng)
    return [x, some_matrix(rng, len(x[0]) if rng.random() < fitting else 0)]


def some_state(rng: random.Random) -> dict:
    x, y = some_pair(rng)
    return {
        "x": x, "y": y, "row": rng.randrange(len(x)), "column": rng.randrange(len(y[0])),
        "terms": rng.randint(0, min(len(x[0]), len(y))),
    }  # fmt: skip


def test_products_and_failures_are_those_of_numpy_for_2_000_pairs(module):
    rng = random.Random(1)
    pairs = [some_pair(rng, fitting=0.5) for _ in range(2_000)]
    found = module("xs.map(([x, y]) => m.multiply(x, y) ?? m.numpysWords(x, y))", pairs)
    failures = 0
    for (x, y), came in zip(pairs, found, strict=True):
        try:
            expected = (np.array(x) @ np.array(y)).tolist()
        except ValueError as error:
            expected, failures = str(error), failures + 1
        assert came == expected
    assert 400 < failures < 1_200


def test_every_partial_sum_is_the_one_that_numpy_adds_up(module):
    rng = random.Random(2)
    states = [some_state(rng) for _ in range(2_000)]
    found = module("xs.map((s) => m.partialSum(s.x, s.y, s.row, s.column, s.terms))", states)
    for state, came in zip(states, found, strict=True):
        row = np.array(state["x"])[state["row"], : state["terms"]]
        assert came == row @ np.array(state["y"])[: state["terms"], state["column"]]


def test_stepping_on_and_on_visits_every_product_of_every_entry_once(module):
    rng = random.Random(3)
    for _ in range(50):
        x, y = some_pair(rng, fitting=1)
        start = {"x": x, "y": y, "row": 0, "column": 0, "terms": 0}
        path = module(
            "(() => { const path = [xs]; let s = xs;"
            " while ((s = m.walk({...xs, ...s}, 1))) path.push(s); return path; })()",
            start,
        )
        states = [(s["row"], s["column"], s["terms"]) for s in path]
        pairs = len(y)
        expected = [
            (row, column, terms)
            for row in range(len(x)) for column in range(len(y[0])) for terms in range(pairs + 1)
        ]  # fmt: skip
        assert states == expected
        back = module("xs.map((s) => m.walk(s, -1))", [{**start, **s} for s in path])
        assert back[0] is None
        assert [(s["row"], s["column"], s["terms"]) for s in back[1:]] == expected[:-1]


def test_an_arrow_key_leads_to_an_entry_that_there_is(module):
    rng = random.Random(4)
    keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "x"]
    cases = [[some_state(rng), rng.choice(keys)] for _ in range(1_000)]
    found = module("xs.map(([state, key]) => m.step(state, key))", cases)
    moves = {"ArrowUp": (-1, 0), "ArrowDown": (1, 0), "ArrowLeft": (0, -1), "ArrowRight": (0, 1),
             "Home": (0, -9), "End": (0, 9)}  # fmt: skip
    for (state, key), came in zip(cases, found, strict=True):
        if key not in moves:
            assert came is None
            continue
        place = np.add([state["row"], state["column"]], moves[key])
        row, column = np.clip(place, 0, [len(state["x"]) - 1, len(state["y"][0]) - 1])
        assert came == {"row": row, "column": column}


def test_a_matrix_keeps_its_numbers_when_it_gets_another_shape(module):
    rng = random.Random(5)
    cases = [[some_matrix(rng), rng.randint(1, 6), rng.randint(1, 6)] for _ in range(500)]
    found = module("xs.map(([matrix, r, c]) => m.resized(matrix, r, c))", cases)
    for (matrix, rows, columns), came in zip(cases, found, strict=True):
        old, new = np.array(matrix), np.array(came)
        assert new.shape == (rows, columns)
        both = tuple(slice(min(*pair)) for pair in zip(old.shape, new.shape, strict=True))
        np.testing.assert_array_equal(old[both], new[both])


def test_what_is_drawn_and_said_is_what_numpy_computes(show):
    figures = [explorables.MatmulStepper(**options) for options in MATRICES.values()]
    page = show(*figures)
    page.emulate_media(media="print")  # alive, those that have added all begin with nothing added
    two_frames(page)
    boxes = page.locator(".gears-figure").all()
    for figure, box in zip(figures, boxes, strict=True):
        assert box.locator("output").inner_text() == figure.describe()
        x, y = np.array(figure.x), np.array(figure.y)
        drawn = {"left": x, "top": y}
        if x.shape[1] == len(y):
            drawn["crossing"] = x @ y
            row, terms = x[figure.row, : figure.terms], figure.terms
            drawn["crossing"][figure.row, figure.column] = row @ y[:terms, figure.column]
        for name, matrix in drawn.items():
            texts = box.locator(f".{name} .entry").all_inner_texts()
            assert [int(text.replace("−", "-")) for text in texts] == matrix.ravel().tolist()
        assert box.locator(".crossing").count() == ("crossing" in drawn)
    assert page.watch.problems == []


def test_the_product_is_stepped_through_by_keyboard_alone(show):
    page = show(explorables.MatmulStepper(terms=0))
    page.keyboard.press("Tab")
    picture = page.get_by_role("application")
    expect(picture).to_be_focused()
    for key, place in (("ArrowRight", "[0, 1]"), ("ArrowDown", "[1, 1]"), ("Home", "[1, 0]"),
                       ("ArrowUp", "[0, 0]")):  # fmt: skip
        page.keyboard.press(key)
        expect(sentence(page)).to_contain_text(f"Entry {place} of x @ y")
    on, back = page.locator("[name=on]"), page.locator("[name=back]")
    for said in ("1 of 3 products added so far: 1 × 1 = 1.", "2 of 3", "1 × 1 + 2 × 2 + 3 × 0 = 5"):
        on.press("Enter")
        expect(sentence(page)).to_contain_text(said)
    on.press("Enter")
    expect(sentence(page)).to_contain_text("Entry [0, 1] of x @ y")
    back.press("Enter")
    expect(sentence(page)).to_contain_text("Entry [0, 0] of x @ y")
    for _ in range(3):
        back.press("Enter")
    expect(sentence(page)).to_contain_text("None of the 3 products is added yet")
    expect(back).to_have_attribute("aria-disabled", "true")
    expect(back).to_be_focused()
    on.press("Enter")
    expect(back).to_have_attribute("aria-disabled", "false")
    for _ in range(2):
        on.press("Enter")
    page.locator("[name=terms]").press("ArrowLeft")
    expect(sentence(page)).to_contain_text("2 of 3 products added")
    page.locator(".controls [name=row]").press("ArrowUp")
    expect(sentence(page)).to_contain_text("Entry [1, 0] of x @ y")
    page.locator("[name=swap]").press("Enter")
    expect(sentence(page)).to_contain_text("(3, 2) @ (2, 3) give (3, 3)")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_pair_flies_to_its_product_and_the_next_step_ends_it(motion, show):
    page = show(explorables.MatmulStepper(), reduced_motion=motion)
    flying = page.locator(".flying")
    pairs = [["2", "2"], ["3", "0"], [], ["1", "0"]]  # the third step is on to the next entry
    page.locator("[name=on]").click()
    for product, numbers in zip(("4", "0", "", "0"), pairs, strict=True):
        page.locator("[name=on]").click()
        assert flying.all_text_contents() == (numbers if motion == "no-preference" else [])
        moving = page.evaluate("document.querySelector('.stage').getAnimations({subtree: true})")
        assert bool(moving) == bool(flying.count())
        if product:
            expect(page.locator(".product", has_text=product).last).to_be_visible()
    page.locator("[name=back]").click()
    expect(flying).to_have_count(0)


def test_an_entry_under_a_mouse_shows_its_row_and_its_column_and_chooses_nothing(show):
    page = show(explorables.MatmulStepper())
    before = sentence(page).inner_text()
    tint = """(entry, side) => {
        const { content, backgroundColor, left, bottom } = getComputedStyle(entry, side);
        return content === "none" ? null : [backgroundColor !== "rgba(0, 0, 0, 0)", left, bottom];
    }"""
    entry = page.locator(".crossing .entry").last
    assert entry.evaluate(tint, "::before") is None
    entry.hover()
    assert entry.evaluate(tint, "::before") == [True, "-960px", "0px"]
    coloured, left, bottom = entry.evaluate(tint, "::after")
    assert (coloured, left, bottom != "0px") == (True, "0px", True)
    assert sentence(page).inner_text() == before


def test_a_number_is_changed_and_one_that_cannot_be_goes_back(show):
    page = show(explorables.MatmulStepper())
    page.locator("[name=terms]").press("End")
    field = page.get_by_label("x[0, 1]")
    field.fill("-7")
    expect(sentence(page)).to_contain_text("1 × 1 + (−7) × 2 + 3 × 0 = −13.")
    for typed in ("", "100", "1.5"):
        field.fill(typed)
        page.keyboard.press("Tab")
        expect(field).to_have_value("-7")


def test_another_length_can_make_them_misfit_and_fit_again(show):
    page = show(explorables.MatmulStepper())
    more = page.get_by_label("y: one row more")
    more.press("Enter")
    expect(sentence(page)).to_contain_text("a row of x has 3 entries, a column of y has 4 entries")
    for name in ("back", "on"):  # each keeps its place among the tabs
        expect(page.locator(f"[name={name}]")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("button:disabled")).to_have_count(0)
    page.get_by_label("x: one column more").press("Enter")
    expect(sentence(page)).to_contain_text("(2, 4) @ (4, 2) give (2, 2)")
    for _ in range(9):
        more.press("Enter")
    expect(sentence(page)).to_contain_text("a column of y has 6 entries")
    expect(more).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_choose_entry_row_and_column(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(explorables.MatmulStepper(), viewport={"width": 400, "height": 800}, **options)

    def use(place):
        (place.tap if touch else place.click)()

    use(page.locator(".crossing .entry").last)
    expect(sentence(page)).to_contain_text("Entry [1, 1] of x @ y")
    use(page.locator(".left .entry").first)
    expect(sentence(page)).to_contain_text("Entry [0, 1] of x @ y")
    use(page.locator(".top .entry").first)
    expect(sentence(page)).to_contain_text("Entry [0, 0] of x @ y")


def test_a_mouse_drags_over_the_entries_and_only_while_it_is_pressed(show):
    page = show(explorables.MatmulStepper())
    first, last = (page.locator(".crossing .entry").nth(at).bounding_box() for at in (0, 3))
    page.mouse.move(last["x"] + 5, last["y"] + 5)
    expect(sentence(page)).to_contain_text("Entry [0, 0] of x @ y")
    page.mouse.down()
    page.mouse.move(first["x"] + 5, first["y"] + 5)
    page.mouse.move(last["x"] + 6, last["y"] + 6)
    expect(sentence(page)).to_contain_text("Entry [1, 1] of x @ y")
    page.mouse.move(0, 0)
    expect(sentence(page)).to_contain_text("Entry [1, 1] of x @ y")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_product_fits_the_page_and_is_accessible(width, show):
    figures = [explorables.MatmulStepper(**options) for options in MATRICES.values()]
    page = show(*figures, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []


def test_rows_columns_and_their_crossing_stand_in_line(show):
    page = show(explorables.MatmulStepper(x=SIX, y=SIX, row=4, column=4))
    chosen = page.locator(".crossing .chosen").bounding_box()
    row = page.locator(".left .entry").nth(24).bounding_box()
    column = page.locator(".top .entry").nth(4).bounding_box()
    header = page.locator(".top .head .index").nth(5).bounding_box()
    assert row["y"] == pytest.approx(chosen["y"], abs=1)
    assert column["x"] == pytest.approx(chosen["x"], abs=1)
    assert header["x"] == pytest.approx(column["x"], abs=1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"x": [1, 2]}, r"x is \[1,2\]: it must be a matrix"),
        ({"x": [[1, 2], [3]]}, r"x is \[\[1,2\],\[3\]\]: it must be a matrix"),
        ({"y": [[1] * 7]}, "y is .*: it must be a matrix.* 1 to 6 columns"),
        ({"x": [[1.5]]}, r"x\[0, 0\] is 1.5: it must be a whole number from -99 to 99"),
        ({"y": [[1, 100]]}, r"y\[0, 1\] is 100: it must be a whole number"),
        ({"row": 2}, "row is 2: .* 0 to 1"),
        ({"column": 2}, "column is 2: .* 0 to 1"),
        ({"terms": 4}, "terms is 4: .* 0 to 3"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.MatmulStepper(**options)


def test_in_python_too_other_matrices_keep_the_rest_in_range():
    figure = explorables.MatmulStepper(row=1, column=1)
    figure.x = [[1, 2]]
    assert (figure.row, figure.terms) == (0, 2)
    figure.y = [[1], [2]]
    assert (figure.column, figure.terms) == (0, 2)


def test_the_first_state_carries_the_message():
    said = FIGURES["matmul_stepper"].make().describe()
    assert "row 1 of x meets column 1 of y" in said
    assert "(2, 3) @ (3, 2) give (2, 2)" in said
