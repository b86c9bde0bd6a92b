"""Secant and tangent: every bit is NumPy's, the parts of the error are what they claim to be."""

from decimal import ROUND_HALF_UP, Context
from fractions import Fraction
import math
import re

from gearsbook import explorables, language
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import barriers, sentence
from gradient_check import central_differences
from randomness import CASES, a_thousand_cases, floats

STATES = {
    "square": {},
    "square far": {"x": 3, "h": 1},
    "square best": {"x": 3, "h": 1e-8, "errors": True},
    "square vanished": {"h": 1e-17},
    "square central": {"central": True, "h": 0.1},
    "cubic": {"function": "cubic", "x": 2, "h": 3e-15, "magnified": True},
    "bell": {"function": "bell", "x": 1, "h": 1e-6, "central": True, "errors": True},
    "root": {"function": "root", "x": -1.3, "h": 1e-9},
    "relu kink": {"function": "relu", "x": 0, "central": True},
    "relu crossed": {"function": "relu", "x": 0.1, "h": 0.5, "central": True},
    "abs": {"function": "abs", "x": -2.5, "h": 1e-5, "errors": True},
    "abs kink": {"function": "abs", "x": 0, "h": 1e-3, "magnified": True, "errors": True},
}
# each function and its derivative in NumPy, every operation in the order in which the page takes it
CURVES = {
    "square": (lambda x: x * x, lambda x: 2 * x),
    "cubic": (lambda x: x * x * x / 10 - x, lambda x: 3 * x * x / 10 - 1),
    "bell": (lambda x: 1 / (1 + x * x), lambda x: -2 * x / ((1 + x * x) * (1 + x * x))),
    "root": (lambda x: np.sqrt(1 + x * x), lambda x: x / np.sqrt(1 + x * x)),
    "relu": (lambda x: np.maximum(x, 0.0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "abs": (np.abs, np.sign),
}
# six in a decade; 10.0**-n would be rounded differently
STEPS = np.array(
    [
        2.0,
        1.5,
        1.0,
        *(float(f"{m}e-{d}") for d in range(1, 18) for m in ("7", "5", "3", "2", "1.5", "1")),
    ]
)


def quotients(name: str, x: float, h: np.ndarray, central: bool) -> np.ndarray:
    f, _ = CURVES[name]
    up, down = f(np.float64(x) + h), f(np.float64(x) - h if central else np.float64(x))
    return (up - down) / (2 * h if central else h)


@pytest.fixture
def sweep(compute):
    """A function for the page's quotients and parts of errors at all steps."""

    def parts(name: str, x: float, central: bool) -> dict[str, np.ndarray]:
        swept = compute("secant_tangent", "sweep", name, x, central)
        return {part: np.array([one[part] for one in swept]) for part in swept[0]}

    return parts


def random_states(count: int, seed: int = 3) -> list[dict]:
    """Functions, points and steps; every fifth point is a round one, every third step is drawn."""
    rng = np.random.default_rng(seed)
    states = []
    for at in range(count):
        x = rng.integers(-30, 31) / 10 if at % 5 == 0 else rng.uniform(-3, 3)
        h = rng.choice(STEPS) if at % 3 == 0 else max(10 ** rng.uniform(-17, 0), 1e-17)
        name, central = str(rng.choice(list(CURVES))), bool(rng.integers(2))
        states.append({"function": name, "x": float(x), "h": float(h), "central": central})
    return states


def test_the_browsers_quotients_and_errors_are_numpys_to_the_last_bit(evaluate):
    """No tolerance: at h = 1e-15 a last bit decides about the first digit of the quotient."""
    states = random_states(2000)
    each = "xs.map((s) => m.quotient(s.function, s.x, s.h, s.central))"
    came = evaluate("secant_tangent", each, states)
    for state, one in zip(states, came, strict=True):
        name, x, h, central = state.values()
        slope = CURVES[name][1](np.float64(x))
        assert one["value"] == quotients(name, x, h, central), state
        assert one["derivative"] == slope, state
        assert one["error"] == abs(one["value"] - slope), state


def test_the_quotients_are_those_of_plain_numpy_written_down_once_more(evaluate):
    x, h = np.float64(3), STEPS
    came = evaluate("secant_tangent", "m.sweep('square', 3, false).map((s) => s.value)", None)
    np.testing.assert_array_equal(came, ((x + h) ** 2 - x**2) / h)
    came = evaluate("secant_tangent", "m.sweep('cubic', 0.7, true).map((s) => s.value)", None)
    up, down = np.float64(0.7) + h, np.float64(0.7) - h
    ours = ((up * up * up / 10 - up) - (down * down * down / 10 - down)) / (2 * h)
    np.testing.assert_array_equal(came, ours)


def test_the_steps_are_six_in_a_decade_and_go_from_2_to_below_1e_15(evaluate):
    np.testing.assert_array_equal(evaluate("secant_tangent", "m.STEPS", None), STEPS)
    assert STEPS[0] == 2
    assert STEPS[-1] == 1e-17
    assert 1e-15 in STEPS
    assert (np.diff(STEPS) < 0).all()


@pytest.mark.parametrize("name", CURVES)
def test_every_derivative_agrees_with_central_differences(name):
    f, slope = CURVES[name]
    for x in np.random.default_rng(1).uniform(-3, 3, 200):
        point = np.array([x])
        measured = central_differences(lambda p: float(f(p)[0]), point)
        assert measured[0] == pytest.approx(float(slope(point)[0]), rel=1e-6, abs=1e-8)


def exact(name: str, x: Fraction) -> Fraction:
    """A function of a rational number, without any rounding (the root to 60 digits)."""
    if name == "root":
        return Fraction(math.isqrt(int((1 + x * x) * 10**120)), 10**60)
    return {
        "square": lambda: x * x,
        "cubic": lambda: x**3 / 10 - x,
        "bell": lambda: 1 / (1 + x * x),
        "relu": lambda: max(x, Fraction(0)),
        "abs": lambda: abs(x),
    }[name]()


@a_thousand_cases
def test_rounding_is_the_distance_to_the_secant_computed_without_rounding(each, rng):
    """What the figure calls rounding and truncation, held against exact fractions."""
    names, ways = rng.choice(list(CURVES), CASES), rng.random(CASES) < 0.5
    cases = names, floats(rng, -3, 3), np.maximum(10 ** floats(rng, -17, 0), 1e-17), ways
    for name, x, h, central, came in zip(*cases, each("quotient", *cases), strict=True):
        a, b = (Fraction(x) - Fraction(h) if central else Fraction(x)), Fraction(x) + Fraction(h)
        slope = float((exact(name, b) - exact(name, a)) / (b - a))
        assert came["rounding"] == pytest.approx(abs(came["value"] - slope), abs=1e-14)
        tangent = float(CURVES[name][1](x))
        assert came["truncation"] == pytest.approx(abs(slope - tangent), abs=1e-14)


def test_the_error_of_a_forward_difference_of_the_square_at_3_is_least_near_1e_8(sweep):
    value, _, errors, truncation, rounding = sweep("square", 3, False).values()
    np.testing.assert_array_equal(errors, np.abs(value - 6))
    assert 5e-9 < STEPS[errors.argmin()] < 1e-7
    assert errors[STEPS == 1e-2] > errors[STEPS == 1e-5] > errors.min()
    assert errors[STEPS == 1e-15] > 1e4 * errors[STEPS == 1e-10] > 10 * errors.min()
    np.testing.assert_allclose(truncation, STEPS, rtol=0, atol=1e-14)
    assert (rounding[STEPS < 1e-9] > truncation[STEPS < 1e-9]).all()


def test_a_central_difference_of_the_square_has_no_truncation(sweep):
    assert sweep("square", 3, True)["truncation"].max() < 1e-14


def test_across_a_kink_the_central_difference_is_the_mean_of_both_slopes(sweep):
    for name, mean in (("relu", 0.5), ("abs", 0)):
        np.testing.assert_array_equal(sweep(name, 0, True)["value"], mean)


def rounded(value: float, digits: int) -> str:
    """A number with so many significant digits, halves away from zero."""
    context = Context(prec=digits, rounding=ROUND_HALF_UP)
    number = context.create_decimal_from_float(value).normalize()
    if abs(value) >= 1e-3:
        return f"{number:f}"
    return f"{number.scaleb(-number.adjusted()).normalize():f}e{number.adjusted()}"


def test_numbers_are_rounded_as_decimals_are(evaluate):
    """Halves too: binary fractions with few digits lie exactly between two of one digit less."""
    rng = np.random.default_rng(2)
    numbers = rng.uniform(-20, 20, 1000) * 10.0 ** rng.integers(-17, 1, 1000)
    halves = rng.integers(-1000, 1000, 1000) / 64
    cases = [[x, int(rng.integers(2, 13))] for x in (*numbers.tolist(), *halves.tolist()) if x]
    came = evaluate("secant_tangent", "xs.map(([x, digits]) => m.shown(x, digits))", cases)
    assert came == [rounded(*case) for case in cases]


@pytest.mark.parametrize(("number", "digits", "words"), [
    (0.0, 2, "0"), (-0.0, 2, "0"), (6.0, 12, "6"), (5.99999996354, 12, "5.99999996354"),
    (2.5, 1, "3"), (-2.5, 1, "-3"), (0.001, 2, "0.001"), (0.00025, 2, "2.5e-4"),
    (1e-17, 3, "1e-17"), (10.0, 2, "10"), (9.99e-5, 2, "1e-4"),
])  # fmt: skip
def test_numbers_read_well(compute, number, digits, words):
    assert compute("secant_tangent", "shown", number, digits) == words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "x² at x = 0.5, forward difference with h = 1.5: 2.5. The derivative is 1, the error"),
        ({"x": 3, "h": 1}, "The derivative is 6, the error 1. Most of it is truncation"),
        ({"h": 1e-10, "x": 3}, "Most of it is rounding"),
        ({"h": 1e-17}, "Both values of f are the same number"),
        (
            {"x": 3, "central": True, "h": 0.5},
            "The derivative is 6, the error 0. Here nothing is lost.",
        ),
        ({"function": "relu", "x": 0.1, "h": 0.5, "central": True}, "The kink at 0 lies between"),
        ({"function": "relu", "x": 0.1, "h": 0.01, "central": True}, "Most of it is rounding"),
        ({"function": "abs", "x": 0}, "the slope is -1 to the left and 1 to the right"),
    ],
)
def test_the_sentence_says_where_the_error_comes_from(state, words):
    assert words in explorables.SecantTangent(**state).describe()


def test_the_chart_is_logarithmic_in_both_directions(evaluate):
    exponents = np.random.default_rng(4).uniform([-17, -16], [0, 2], (1000, 2))
    came = evaluate("secant_tangent", "xs.map(([h, e]) => m.place(h, e))", (10**exponents).tolist())
    across, up = exponents.T
    expected = np.stack([42 + 270 * (across + 17) / 17.5, 208 - 198 * (up + 16) / 18], axis=1)
    np.testing.assert_allclose(came, expected, rtol=0, atol=1e-9)


def test_an_error_of_0_has_a_line_of_its_own_and_no_point_leaves_the_chart(compute):
    places = [compute("secant_tangent", "place", 1, error) for error in (0, 1e-30, 1e-10)]
    assert places[0][1] > places[1][1] > places[2][1]
    for name in CURVES:
        for x in np.linspace(-3, 3, 13):
            for central in (False, True):
                value = quotients(name, x, STEPS, central)
                assert np.abs(value - CURVES[name][1](x)).max() < 100


def test_the_chart_draws_numpys_errors_at_their_places(show, evaluate):
    page = show(explorables.SecantTangent(function="bell", x=0.7, central=True, errors=True))
    errors = np.abs(quotients("bell", 0.7, STEPS, True) - CURVES["bell"][1](np.float64(0.7)))
    dots = page.locator(".chart .error").evaluate_all(
        "dots => dots.map(dot => [+dot.getAttribute('cx'), +dot.getAttribute('cy')])"
    )
    expected = evaluate(
        "secant_tangent", "xs.map((error, at) => m.place(m.STEPS[at], error))", errors.tolist()
    )
    np.testing.assert_allclose(dots, expected, rtol=0, atol=1e-4)
    least = page.locator(".chart .least").get_attribute("transform")
    place = [float(number) for number in re.findall(r"[\d.]+", least)]
    np.testing.assert_allclose(place, expected[int(errors.argmin())], rtol=0, atol=1e-4)


def drawn_slope(page, kind: str, unit: float) -> float:
    """The slope of a drawn line; `unit` is how much wider than high the plot's units are."""
    text = page.locator(f".curves polyline.{kind}").first.get_attribute("points")
    (x, y), (u, v) = (map(float, place.split(",")) for place in text.split())
    return (y - v) / (u - x) * unit


@pytest.mark.parametrize("central", [False, True])
def test_the_drawn_lines_have_the_slopes_that_are_said(central, show):
    page = show(explorables.SecantTangent(function="root", x=-1, h=0.5, central=central))
    unit = (4.8 / 206) / (6.6 / 380)  # y from -0.6 to 4.2 on 206, x from -2.6 to 4 on 380
    assert drawn_slope(page, "tangent", unit) == pytest.approx(-1 / math.sqrt(2), abs=1e-3)
    assert drawn_slope(page, "secant", unit) == pytest.approx(
        quotients("root", -1, 0.5, central), abs=1e-3
    )


def test_magnified_to_the_smallest_steps_the_curve_is_a_staircase(show):
    """240 places of the curve, and between 12 and 60 of them differ in height."""
    page = show(explorables.SecantTangent(function="cubic", x=2, h=3e-15, magnified=True))
    corners = page.locator(".curves .curve").get_attribute("points").split()
    assert 10 < len({corner.split(",")[1] for corner in corners}) < 60
    page = show(explorables.SecantTangent(function="cubic", x=2, h=0.5, magnified=True))
    corners = page.locator(".curves .curve").get_attribute("points").split()
    assert len({corner.split(",")[1] for corner in corners}) > 100


def test_at_a_kink_both_slopes_are_drawn_and_no_error(show):
    page = show(explorables.SecantTangent(function="abs", x=0, h=0.5, central=True, errors=True))
    assert page.locator(".curves polyline.tangent").count() == 2
    assert page.locator(".chart .error").count() == 0
    expect(page.locator(".chart svg").first).to_contain_text("no derivative here")


def test_everything_is_done_by_keyboard_alone(show):
    page = show(explorables.SecantTangent(x=1, h=0.1))
    page.keyboard.press("Tab")
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("x² at x = 1.1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(sentence(page)).to_contain_text("x² at x = 1, forward difference with h = 0.15: 2.15.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("h = 0.07: 2.07.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(sentence(page)).to_contain_text("x² at x = 0.9")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("-0.25")
    expect(sentence(page)).to_contain_text("x² at x = -0.25")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text("h = 1e-17")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("h = 1.5e-17")
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text("h = 2:")
    page.keyboard.press("Tab")
    page.keyboard.type("|x|")
    expect(sentence(page)).to_contain_text("|x| at x = -0.25")
    page.keyboard.press("Tab")
    page.keyboard.type("central")
    expect(sentence(page)).to_contain_text("central difference")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[name=magnified]")).to_be_checked()
    expect(page.locator(".curves svg").first).to_contain_text("f(x) +")
    page.keyboard.press("Tab")
    expect(page.locator(".chart")).to_be_hidden()
    page.keyboard.press("Space")
    expect(page.locator(".chart")).to_be_visible()
    expect(sentence(page)).to_contain_text("The smallest error drawn is")


def test_the_slider_of_h_says_its_value(show):
    page = show(explorables.SecantTangent(h=1e-8))
    slider = page.locator("[name=h]")
    expect(slider).to_have_attribute("aria-valuetext", "1e-8")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "7e-9")


def test_a_number_that_cannot_be_goes_back_to_the_one_there_was(show):
    page = show(explorables.SecantTangent(x=1.25))
    field = page.locator("[name=x][type=number]")
    for typed in ("", "4", "-3.5"):
        field.fill(typed)
        expect(sentence(page)).to_contain_text("x² at x = 1.25")
        page.keyboard.press("Tab")
        expect(field).to_have_value("1.25")


def at_unit(page, x: float, left: float = -2.6, right: float = 4) -> float:
    """Where on the screen a place of the horizontal axis of the curve is."""
    box = page.locator(".curves svg").first.bounding_box()
    return box["x"] + box["width"] * (x - left) / (right - left)


def middle(page, side: str) -> float:
    box = page.locator(f".{side} svg").first.bounding_box()
    return box["y"] + box["height"] / 2


def drag(page, start: float, end: float) -> None:
    y = middle(page, "curves")
    page.mouse.move(at_unit(page, start), y)
    page.mouse.down()
    page.mouse.move(at_unit(page, end), y)
    page.mouse.up()


def test_the_point_and_the_ends_of_the_secant_are_dragged(show):
    page = show(explorables.SecantTangent(x=1, h=1), viewport={"width": 800, "height": 900})
    drag(page, 1, -1.5)
    expect(sentence(page)).to_contain_text("x² at x = -1.5, forward difference with h = 1")
    drag(page, -0.5, -1.15)
    expect(sentence(page)).to_contain_text("x² at x = -1.5, forward difference with h = 0.35")
    drag(page, -1.15, -2)  # beyond the point: the secant keeps two ends, and a hand can part them
    expect(sentence(page)).to_contain_text("h = 0.1:")
    drag(page, -1.4, -0.9)
    expect(sentence(page)).to_contain_text("h = 0.6:")
    page.locator("[name=central]").select_option("1")
    drag(page, -2.1, -1.9)
    expect(sentence(page)).to_contain_text("x² at x = -1.5, central difference with h = 0.4:")


def knobs(page) -> list[float]:
    """Where the knobs for x - h or x + h, and x are, in units of the picture's width."""
    return page.locator(".knob").evaluate_all("all => all.map((one) => one.cx.baseVal.value / 380)")


def test_what_a_hand_holds_stays_in_its_scale_until_it_lets_go(show):
    """Or the second point would run away from the pointer where the picture zooms out."""
    page = show(explorables.SecantTangent(x=1.5, h=1), viewport={"width": 800, "height": 900})
    y = middle(page, "curves")
    page.mouse.move(at_unit(page, 2.5), y)
    page.mouse.down()
    page.mouse.move(at_unit(page, 3.2), y)
    expect(sentence(page)).to_contain_text("h = 1.7:")
    assert knobs(page)[0] == pytest.approx((3.2 + 2.6) / 6.6)
    page.mouse.up()
    expect(page.locator(".knob").first).to_have_attribute("cx", re.compile(r"^302\."))
    assert knobs(page)[0] == pytest.approx((3.2 + 5.4) / 10.8)


def test_both_ends_are_in_the_frame_whatever_the_state(evaluate):
    for state in random_states(2000):
        state["h"] = min(2 * state["h"], 2)
        shown, places = evaluate("secant_tangent", "[m.frame(xs), m.ends(xs)]", state)
        for place in places:
            height = CURVES[state["function"]][0](np.float64(place))
            assert shown["across"][0] + 0.2 < place < shown["across"][1] - 0.2, state
            assert shown["up"][0] < height < shown["up"][1], state


def test_the_triangle_has_the_two_lengths_whose_ratio_is_the_slope(show):
    page = show(explorables.SecantTangent())
    assert page.locator(".length").all_text_contents() == ["h = 1.5", "3.75"]
    assert "secant 3.75 / 1.5 = 2.5, tangent 1" in " ".join(
        page.locator(".curves p").inner_text().split()
    )
    x1, y1, x2, y2 = map(float, re.findall(r"[\d.]+", page.locator(".legs").get_attribute("d")))
    assert (x2 - x1) / 380 * 6.6 == pytest.approx(1.5)
    assert (y1 - y2) / 206 * 11 == pytest.approx(3.75)


def test_a_small_step_cannot_be_told_from_the_point_and_so_the_point_moves(show):
    page = show(explorables.SecantTangent(x=0, h=1e-8), viewport={"width": 800, "height": 900})
    page.mouse.click(at_unit(page, 2), middle(page, "curves"))
    expect(sentence(page)).to_contain_text("x² at x = 2, forward difference with h = 1e-8")


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_choose_h_in_the_chart(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(
        explorables.SecantTangent(errors=True),
        viewport={"width": 400, "height": 1200}, **options,
    )  # fmt: skip
    box = page.locator(".chart svg").first.bounding_box()
    x = box["x"] + box["width"] * (42 + 270 * (17 - 8) / 17.5) / 320
    (page.touchscreen.tap if touch else page.mouse.click)(x, middle(page, "chart"))
    expect(sentence(page)).to_contain_text("h = 1e-8")


def test_while_it_is_magnified_a_pointer_changes_nothing_on_the_curve(show):
    page = show(explorables.SecantTangent(magnified=True))
    before = sentence(page).inner_text()
    page.locator(".curves svg").first.click(position={"x": 20, "y": 20})
    assert sentence(page).inner_text() == before


def test_a_finger_that_scrolls_the_page_leaves_the_figure_alone(show):
    page = show(explorables.SecantTangent(errors=True))
    before = sentence(page).inner_text()
    for side in ("curves", "chart"):
        pad = page.locator(f".{side} svg").first
        touch = {"pointerType": "touch", "pointerId": 1, "button": 0, "clientX": 60, "clientY": 60}
        pad.evaluate("pad => { pad.setPointerCapture = () => {}; }")  # there is no such finger
        pad.dispatch_event("pointerdown", touch)
        pad.dispatch_event("pointercancel", touch)
        pad.dispatch_event("pointermove", touch)
        assert pad.evaluate("pad => getComputedStyle(pad).touchAction") == "pan-y"
    assert sentence(page).inner_text() == before


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_sentences_are_pythons_and_none_makes_the_page_jump(width, spoken, show):
    language.use(spoken)
    shown = [explorables.SecantTangent(**state) for state in STATES.values()]
    page = show(*shown, lang=spoken, viewport={"width": width, "height": 900})
    assert page.locator("output").all_inner_texts() == [figure.describe() for figure in shown]
    figures = page.locator(".gears-figure").all()
    heights = {
        (one.errors, round(figure.bounding_box()["height"]))
        for one, figure in zip(shown, figures, strict=True)
    }
    assert len(heights) == 2  # with the chart and without
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.watch.problems == []


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_is_accessible(width, show):
    shown = [explorables.SecantTangent(**STATES[name]) for name in ("cubic", "abs kink")]
    page = show(*shown, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"x": 3.5}, "x is 3.5: it must be a number from -3 to 3"),
        ({"x": "1"}, 'x is "1": it must be a number'),
        ({"x": True}, "x is true: it must be a number"),
        ({"x": math.nan}, "x is nan: it must be made of finite numbers"),
        ({"central": 1}, "central is 1: it must be true or false"),
        ({"h": 0}, "h is 0: it must be a number from 1e-17 to 2"),
        ({"errors": 1}, "errors is 1: it must be true or false"),
        ({"h": -0.1}, "h is -0.1: it must be a number"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.SecantTangent(**options)


def test_numpys_numbers_are_taken_as_they_are():
    figure = explorables.SecantTangent(x=np.float32(0.5), h=np.float64(1e-8))
    assert (figure.x, figure.h) == (0.5, 1e-8)


def test_a_function_that_there_is_not_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match='"square", "cubic", "bell", "root", "relu" or "abs"'):
        explorables.SecantTangent(function="sin")
