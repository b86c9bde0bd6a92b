"""Section 2.4.2: each gradient is what central differences measure, and a broken one is not."""

from gearsbook.practice import gradient as practice
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
import pytest
import tensorflow as tf

import gradient_check
from randomness import examples
from tools.notebooks.cells import functions

NAME = "04-gradients/02-gradient"
CELLS = (
    "imports", "line", "gradient", "central", "error", "hessian",
    "squared-error", "linear", "softmax", "cross-entropy",
)  # fmt: skip
PAGE = functions(NAME, *CELLS)
LIMIT = 1e-6  # the relative error that a derived gradient stays below
many = examples(1000)
seeds = st.integers(0, 2**32 - 1)


def page_with(broken):
    """The page's functions with one piece replaced."""
    return functions(NAME, *CELLS, broken=broken)


def error(came, function, at) -> float:
    return gradient_check.relative_error(came, gradient_check.central_differences(function, at))


# --- the line through four points ---


def of_the_line(page, at) -> float:
    return error(page["gradient"](at), page["loss"], at)


@many
@given(st.floats(-5, 5), st.floats(-5, 5))
def test_the_gradient_of_the_line_is_the_measured_one(w, b):
    np.testing.assert_allclose(
        PAGE["gradient"]((w, b)),
        gradient_check.central_differences(PAGE["loss"], np.array([w, b])),
        rtol=LIMIT, atol=1e-7,  # a loss of hundreds, rounded, is divided by 2h = 2e-5
    )  # fmt: skip


@pytest.mark.parametrize("broken", [
    ("w * x + b - y\n    return", "y - w * x - b\n    return"),  # wrong sign
    ("2 * np.array", "np.array"),  # a lost 2
    ("(errors * x).mean(), errors.mean()", "(errors * x).sum(), errors.sum()"),  # a lost 1/N
    ("(errors * x).mean()", "errors.mean()"),  # the inner slope forgotten
    ("(errors * x).mean(), errors.mean()", "errors.mean(), (errors * x).mean()"),  # swapped
    ("(errors * x).mean()", "errors.mean() * x.mean()"),  # mean of products is not it
    ("(errors * x).mean()", "abs(errors * x).mean()"),
])  # fmt: skip
def test_a_broken_gradient_of_the_line_is_found(broken):
    at = np.array([1.3, 0.4])
    assert of_the_line(PAGE, at) < LIMIT < 1e-2 < of_the_line(page_with(broken), at)


# --- directions, curvature, and how far the slope holds ---


@many
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-np.pi, np.pi))
def test_the_slope_along_an_arrow_is_its_dot_product_with_the_gradient(w, b, angle):
    p, d, h = np.array([w, b]), np.array([np.cos(angle), np.sin(angle)]), 1e-5
    measured = (PAGE["loss"](p + h * d) - PAGE["loss"](p - h * d)) / (2 * h)
    g = PAGE["gradient"](p)
    assert measured == pytest.approx(g @ d, rel=0, abs=1e-7)  # a loss of hundreds, over 2e-5
    assert measured <= np.linalg.norm(g) + 1e-7  # no direction is steeper than the gradient


def second_derivatives(x):
    return 2 * np.array([[(x**2).mean(), x.mean()], [x.mean(), 1]])


@many
@given(st.floats(-3, 3), st.floats(-3, 3))
def test_the_hessian_holds_the_second_derivatives_and_does_not_depend_on_the_slope(w, b):
    expected = second_derivatives(PAGE["x"])
    np.testing.assert_allclose(
        PAGE["hessian"](PAGE["gradient"], np.array([w, b])), expected, rtol=0, atol=1e-6
    )


@pytest.mark.parametrize("broken", [
    ("gradient(at + step) - gradient(at - step)", "gradient(at + step)"),
    ("np.array(changes) / (2 * h)", "np.array(changes) / h"),
    ("steps = h * np.eye(at.size)", "steps = h * np.ones((at.size, at.size))"),
])  # fmt: skip
def test_a_broken_hessian_is_found(broken):
    at = np.array([1.3, 0.4])
    pages = PAGE, page_with(broken)
    expected = second_derivatives(PAGE["x"])
    right, wrong = (
        gradient_check.relative_error(page["hessian"](PAGE["gradient"], at), expected)
        for page in pages
    )
    assert right < LIMIT < 1e-2 < wrong


@many
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(1e-4, 1))
def test_the_second_order_estimate_of_a_step_is_exact_for_a_quadratic_loss(w, b, eta):
    p = np.array([w, b])
    g, H = PAGE["gradient"](p), np.array([[7, 3], [3, 2]])
    came = PAGE["loss"](p - eta * g)
    estimate = PAGE["loss"](p) - eta * g @ g + eta**2 / 2 * g @ H @ g
    assert came == pytest.approx(estimate, rel=0, abs=1e-9)  # of terms up to 30,000, rounded
    rises = eta > 2 * (g @ g) / (g @ H @ g) if g.any() else False
    if abs(came - PAGE["loss"](p)) > 1e-9:
        assert (came > PAGE["loss"](p)) == rises


# --- the linear layer ---


def some(seed, samples, inputs, outputs):
    """A batch, targets, weights and biases, none of them at a special place."""
    rng = np.random.default_rng(seed)
    shapes = (samples, inputs), (samples, outputs), (inputs, outputs), (outputs,)
    return [rng.normal(size=shape) for shape in shapes]


def of_the_layer(page, X, Y, W, b) -> float:
    """The larger of the errors in W and in b."""
    loss = page["mean_squared_error"]
    dW, db = page["linear_gradients"](X, Y, W, b)
    in_W = error(dW, lambda W: loss(X, Y, W, b), W)
    return max(in_W, error(db, lambda b: loss(X, Y, W, b), b))


@examples(300)
@given(seeds, *[st.integers(2, 6)] * 3)  # a single entry may be 0 but for rounding
def test_the_gradients_of_a_linear_layer_are_the_measured_ones(seed, samples, inputs, outputs):
    assert of_the_layer(PAGE, *some(seed, samples, inputs, outputs)) < LIMIT


@pytest.mark.parametrize("broken", [
    ("images.T @ errors", "images @ errors"),  # a missing transpose
    ("(images.T @ errors)", "(images.T @ errors).T"),  # one too many
    ("2 / errors.size", "1 / errors.size"),  # a lost 2
    ("2 / errors.size", "2"),  # the mean forgotten
    ("2 / errors.size", "2 / errors.shape[1]"),  # a lost 1/N
    ("2 / errors.size", "2 / len(errors)"),  # the mean over samples only
    ("images @ W + b - one_hot  #", "one_hot - (images @ W + b)  #"),  # wrong sign
    ("images @ W + b - one_hot  #", "images @ W + b  #"),  # without the targets
    ("images @ W + b - one_hot  #", "images @ W - one_hot  #"),  # without the bias
    ("errors.sum(axis=0)", "errors"),  # not summed
    ("errors.sum(axis=0)", "errors.mean(axis=0)"),  # averaged twice
    ("errors.sum(axis=0)", "errors.sum(axis=1)"),  # the wrong axis
    ("errors.sum(axis=0)", "errors.sum()"),
])  # fmt: skip
def test_a_broken_gradient_of_a_linear_layer_is_found(broken):
    """3 samples, 3 inputs, 3 outputs: no mistake is given away by a shape that does not fit."""
    values = some(7, 3, 3, 3)
    mutant = page_with(broken)
    assert of_the_layer(PAGE, *values) < LIMIT < 1e-2 < of_the_layer(mutant, *values)


@given(seeds, *[st.integers(1, 6)] * 3)
def test_a_gradient_has_the_shape_of_its_parameter(seed, samples, inputs, outputs):
    X, Y, W, b = some(seed, samples, inputs, outputs)
    dW, db = PAGE["linear_gradients"](X, Y, W, b)
    assert (dW.shape, db.shape) == (W.shape, b.shape)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 1e-5)])
def test_tensorflow_finds_the_same_gradients_of_both_losses(dtype, tolerance):
    X, Y, W, b = (array.astype(dtype) for array in some(3, 60, 30, 10))
    Y = np.eye(10, dtype=dtype)[Y.argmax(axis=1)]
    weights, bias = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape(persistent=True) as tape:
        scores = tf.matmul(X, weights) + bias
        squared = tf.reduce_mean((scores - Y) ** 2)
        entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, scores))
    in_logits = PAGE["logits_gradient"](X @ W + b, Y)
    ours = *PAGE["linear_gradients"](X, Y, W, b), X.T @ in_logits, in_logits.sum(axis=0)
    theirs = *tape.gradient(squared, [weights, bias]), *tape.gradient(entropy, [weights, bias])
    for came, expected in zip(ours, theirs, strict=True):
        assert came.dtype == dtype
        assert gradient_check.relative_error(came, expected.numpy()) < tolerance


# --- softmax with cross-entropy ---


def labelled(seed, samples, classes):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, samples)
    return 3 * rng.normal(size=(samples, classes)), np.eye(classes)[labels]


def of_the_logits(page, logits, Y) -> float:
    return error(page["logits_gradient"](logits, Y), lambda z: page["cross_entropy"](z, Y), logits)


@examples(300)
@given(seeds, st.integers(1, 5), st.integers(2, 8))
def test_the_gradient_in_the_logits_is_the_measured_one(seed, samples, classes):
    logits, Y = labelled(seed, samples, classes)
    came = PAGE["logits_gradient"](logits, Y)
    measured = gradient_check.central_differences(lambda z: PAGE["cross_entropy"](z, Y), logits)
    # a sample read rightly beyond doubt has a gradient near 0, where rounding is all there is
    np.testing.assert_allclose(came, measured, rtol=LIMIT, atol=1e-9)
    np.testing.assert_allclose(came.sum(axis=1), 0, atol=1e-12)  # probabilities add up to 1


@pytest.mark.parametrize("broken", [
    ("(p - one_hot)", "p"),  # without the one-hot labels
    ("(p - one_hot)", "(one_hot - p)"),  # wrong sign
    ("(p - one_hot)", "(logits - one_hot)"),  # without softmax
    (" / len(one_hot)", ""),  # a lost 1/N
    (" / len(one_hot)", " / one_hot.size"),  # the classes counted too
    ("p = softmax(logits)", "p = softmax(logits.T).T"),  # softmax over the batch
    ("(p - one_hot)", "(p - one_hot) * p"),  # the slope of p again
    ("return exponentials / exponentials.sum(axis=1, keepdims=True)", "return exponentials"),
])  # fmt: skip
def test_a_broken_gradient_in_the_logits_is_found(broken):
    values = labelled(5, 4, 4)
    mutant = page_with(broken)
    assert of_the_logits(PAGE, *values) < LIMIT < 1e-2 < of_the_logits(mutant, *values)


def test_large_scores_do_not_overflow():
    logits = np.array([[1000.0, 0.0], [-1000.0, 0.0]])
    assert PAGE["cross_entropy"](logits, np.eye(2)) == 0
    assert PAGE["cross_entropy"](logits, np.eye(2)[::-1]) == 1000
    np.testing.assert_array_equal(PAGE["logits_gradient"](logits, np.eye(2)), 0)


# --- the tools that measure ---


@examples(100)
@given(seeds, st.sampled_from([(3,), (2, 3), (2, 1, 2)]))
def test_the_page_measures_as_the_tests_do(seed, shape):
    at, other = np.random.default_rng(seed).uniform(1, 2, (2, *shape))

    def function(x):
        return np.sin(x).sum() + x.prod()

    came = PAGE["central_differences"](function, at)
    expected = gradient_check.central_differences(function, at, h=2**-17)
    np.testing.assert_array_equal(came, expected)
    assert PAGE["relative_error"](came, other) == gradient_check.relative_error(came, other)


@pytest.mark.parametrize("broken", [
    ("function(at + step) - function(at - step)", "function(at + step) - function(at)"),
    ("rise / (2 * h)\n    return", "rise / h\n    return"),
    ("function(at + step) - function(at - step)", "function(at - step) - function(at + step)"),
    ("        step = np.zeros_like(at)\n", "        step = slopes * 0 + h\n"),  # all at once
])  # fmt: skip
def test_a_broken_measurement_is_found(broken):
    at = np.array([[0.3, 1.2], [-0.7, 2.0]])
    came = page_with(broken)["central_differences"](lambda x: np.exp(x).sum(), at)
    assert gradient_check.relative_error(came, np.exp(at)) > LIMIT


# --- exercises ---


def of_logistic_regression(gradient) -> float:
    rng = np.random.default_rng(2)
    X, w, y = rng.normal(size=(5, 3)), rng.normal(size=3), np.array([1.0, 0, 0, 1, 1])

    def loss(w):
        p = 1 / (1 + np.exp(-(X @ w)))
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()

    return error(gradient(X, y, w), loss, w)


def test_the_exercise_on_logistic_regression_has_the_measured_gradient():
    assert of_logistic_regression(practice.logistic_gradient) < LIMIT


LOGISTIC = next(e for e in practice.EXERCISES if e.solution is practice.logistic_gradient)


@pytest.mark.parametrize("mistake", LOGISTIC.mistakes, ids=lambda m: m.hint["en"][:30])
def test_each_typical_mistake_in_it_would_be_found_by_a_gradient_check(mistake):
    assert of_logistic_regression(mistake.answer) > 1e-2
