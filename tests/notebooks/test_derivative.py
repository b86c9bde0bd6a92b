"""Section 2.4.1: every derivative that the page states is the measured one, and a wrong one is not.

A formula is held against central differences in float64; then each formula is broken on purpose,
and the same comparison must fail.
"""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
import numpy as np
import pytest
import tensorflow as tf

from gradient_check import central_differences, relative_error
from randomness import examples
from tools.notebooks.cells import functions

CELLS = ("imports", "secants", "central", "quotients", "activation", "table", "accuracy")
TOLERANCE = 1e-6
PLACES = np.array([-3.1, -1.2, -0.4, 0.3, 0.9, 2.7])


def page(broken: tuple[str, str] | None = None) -> dict[str, object]:
    return functions("04-gradients/01-derivative", *CELLS, broken=broken)


PAGE = page()
NAMES = list(PAGE["table"])
many = examples(1000)
floats = st.floats(-3, 3)


def places(name: str) -> np.ndarray:
    return np.abs(PLACES) if name == "log" else PLACES


def error_of(table: dict, name: str) -> float:
    """How far the stated derivative is from the measured one, relative, at six places."""
    f, slope = table[name]
    measured = np.array([
        central_differences(lambda x, f=f: float(f(x)[0]), np.array([at]))[0]
        for at in places(name)
    ])  # fmt: skip
    return relative_error(slope(places(name)), measured)


@pytest.mark.parametrize("name", NAMES)
def test_every_derivative_of_the_table_is_the_measured_one(name):
    assert error_of(PAGE["table"], name) < TOLERANCE


MUTANTS = {
    "x^2, a lost factor": ("x^2", "lambda x: 2 * x)", "lambda x: x)"),
    "1/x, a wrong sign": ("1/x", "-1 / x**2", "1 / x**2"),
    "1/x, a lost square": ("1/x", "-1 / x**2", "-1 / x"),
    "exp, the power rule": ("exp", '(np.exp, np.exp)', '(np.exp, lambda x: x * np.exp(x - 1))'),
    "log, not inverted": ("log", '(np.log, lambda x: 1 / x)', '(np.log, lambda x: x)'),
    "sigmoid, a wrong sign": ("sigmoid", "(1 - sigmoid(x))", "(1 + sigmoid(x))"),
    "sigmoid, a lost factor": ("sigmoid", "sigmoid(x) * (1 - sigmoid(x))", "1 - sigmoid(x)"),
    "tanh, a lost square": ("tanh", "1 - np.tanh(x) ** 2", "1 - np.tanh(x)"),
    "tanh, a wrong sign": ("tanh", "1 - np.tanh(x) ** 2", "1 + np.tanh(x) ** 2"),
    "relu, the other side": ("relu", "x > 0, 1.0, 0.0", "x < 0, 1.0, 0.0"),
    "relu, x itself": ("relu", "x > 0, 1.0, 0.0", "x > 0, x, 0.0"),
    "softplus, relu's slope": ("softplus", "(softplus, sigmoid)", "(softplus, lambda x: x > 0)"),
    "softplus, mirrored": ("softplus", "(softplus, sigmoid)", "(softplus, lambda x: sigmoid(-x))"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), MUTANTS.values(), ids=MUTANTS)
def test_a_broken_derivative_is_found(name, old, new):
    assert error_of(page(broken=(old, new))["table"], name) > 1000 * TOLERANCE


def tensorflow_slope(f, at: float) -> float:
    x = tf.Variable(at, dtype="float64")
    with tf.GradientTape() as tape:
        y = f(x)
    return float(tape.gradient(y, x))


THEIRS = {
    "x^2": tf.square, "1/x": lambda x: 1 / x, "exp": tf.exp, "log": tf.math.log,
    "sigmoid": tf.sigmoid, "tanh": tf.tanh, "relu": tf.nn.relu, "softplus": tf.nn.softplus,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_derivative_of_the_table_is_tensorflows(name):
    theirs = [tensorflow_slope(THEIRS[name], at) for at in places(name)]
    np.testing.assert_allclose(PAGE["table"][name][1](places(name)), theirs, rtol=1e-12)


def test_softplus_and_the_loss_do_not_overflow():
    large = np.array([1000.0, -1000.0])
    with np.errstate(over="raise"):
        np.testing.assert_array_equal(PAGE["softplus"](large), [1000, 0])
        assert PAGE["loss"](1e6) == pytest.approx(1e6 / 2, rel=1e-5)  # three of six are wrong


@many
@given(floats)
def test_the_step_of_the_page_is_taken_exactly(x):
    """Unless x + h passes a power of two, or x is smaller than h: then the last bit may go."""
    h = PAGE["h"]
    within = abs(x) > h and np.frexp(x - h)[1] == np.frexp(x)[1] == np.frexp(x + h)[1]
    assert not within or (x + h - x == h == x - (x - h))


def test_at_the_kink_relu_has_the_slope_0_that_tensorflow_gives_and_a_mutant_has_not():
    """Right at 0 central differences cannot judge: they say 1/2 whatever is right."""
    theirs = tensorflow_slope(tf.nn.relu, 0.0)
    assert PAGE["table"]["relu"][1](0.0) == theirs == 0
    mutant = page(broken=("x > 0, 1.0, 0.0", "x >= 0, 1.0, 0.0"))
    assert mutant["table"]["relu"][1](0.0) != theirs
    assert PAGE["central"](PAGE["table"]["relu"][0], 0.0, 1e-5) == 0.5


def test_tensorflow_takes_0_for_the_slope_of_the_absolute_value_at_0():
    assert tensorflow_slope(tf.abs, 0.0) == 0


@many
@given(floats, st.floats(1e-3, 1))
def test_what_the_page_says_of_the_quotients_of_squares_and_cubes(x, h):
    """2x + h, exactly 2x, and 3x² + h²: in fractions, so that nothing is rounded."""
    x, h = Fraction(x), Fraction(h)
    square, cube = PAGE["square"], PAGE["cube"]
    assert PAGE["forward"](square, x, h) == 2 * x + h
    assert PAGE["central"](square, x, h) == 2 * x
    assert PAGE["central"](cube, x, h) == 3 * x**2 + h**2


@pytest.mark.parametrize(("quotient", "mutant"), [
    ("central", ("(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x - h)) / 2 * h")),
    ("central", ("(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x)) / h")),
    ("central", ("(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x - h)) / h")),
    ("forward", ("(f(x + h) - f(x)) / h", "(f(x) - f(x + h)) / h")),
])  # fmt: skip
def test_a_broken_quotient_is_no_derivative_any_more(quotient, mutant):
    places, h = np.array([0.5, 1.0, 2.0]), {"central": 1e-3, "forward": 1e-6}[quotient]
    right, wrong = (
        relative_error(which[quotient](which["cube"], places, h), 3 * places**2)
        for which in (PAGE, page(broken=mutant))
    )
    assert right < TOLERANCE < wrong


def test_the_best_steps_are_where_the_page_says():
    """Forward near the square root of the spacing, central near its cube root."""
    steps = 2.0 ** -np.arange(3, 51)
    for at in (0.4, 0.7, 1.1, 1.9):
        best = {
            name: steps[np.abs(PAGE[name](PAGE["cube"], at, steps) - 3 * at**2).argmin()]
            for name in ("forward", "central")
        }
        assert 1e-9 < best["forward"] < 1e-7
        assert 5e-7 < best["central"] < 5e-5


@many
@given(floats)
def test_rules_for_products_and_chains_hold_for_functions_of_the_table(x):
    (f, df), (g, dg) = PAGE["table"]["tanh"], PAGE["table"]["softplus"]
    pairs = [
        (lambda t: 5 * f(t) + g(t), 5 * df(x) + dg(x)),
        (lambda t: f(t) * g(t), df(x) * g(x) + f(x) * dg(x)),
        (lambda t: f(g(t)), df(g(x)) * dg(x)),
    ]
    measured = [PAGE["central"](together, x, 1e-5) for together, _ in pairs]
    rules = [rule for _, rule in pairs]
    # values up to 10, rounded, are divided by 2h = 2e-5
    np.testing.assert_allclose(measured, rules, rtol=1e-6, atol=1e-9)


@many
@given(floats)
def test_the_loss_has_a_slope_everywhere_and_the_accuracy_almost_nowhere(b):
    distances = np.abs(PAGE["samples"] + b)
    slope = PAGE["central"](PAGE["accuracy"], b, 1e-6)
    assert slope == 0 or distances.min() < 2e-6
    p = PAGE["sigmoid"](PAGE["samples"] + b)
    expected = (p - PAGE["labels"]).mean()  # derived in section 2.4.2
    assert PAGE["central"](PAGE["loss"], b, 1e-5) == pytest.approx(expected, rel=1e-6, abs=1e-9)
