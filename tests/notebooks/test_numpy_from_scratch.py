"""Section 2.5.2: its gradients are the measured ones, its steps are Keras's, fast and readable."""

import contextlib

import keras
import numpy as np
import pytest

from gradient_check import central_differences, check_that_it_stays_finite, relative_error
from tools import notebooks
from tools.notebooks.cells import functions

NAME = "05-recap/02-numpy-from-scratch"
READABLE = ("start", "forward", "loss", "backward", "rmsprop", "epoch")
FAST = ("views", "fast-backward", "fast-rmsprop", "fast-epoch")
PAGE = functions(NAME, "imports", "data", *READABLE, *FAST)
ARRAYS = ("W1", "b1", "W2", "b2")


def broken_page(old: str, new: str, *cells: str) -> dict:
    """What these cells define when one piece of them is wrong."""
    return functions(NAME, "imports", *cells, broken=(old, new))


def small_network(inputs, units, classes, samples, seed=1):
    """Weights with biases other than zero, samples and labels, in float64."""
    rng = np.random.default_rng(seed)
    weights = PAGE["initial_weights"](rng, inputs, units, classes, "float64")
    weights = [array + rng.normal(scale=0.1, size=array.shape) for array in weights]
    return rng.normal(size=(samples, inputs)), rng.integers(0, classes, samples), weights


def largest_error(page: dict, x, labels, weights) -> float:
    """Of the four gradients that a page derives, the largest relative error."""
    errors = []
    for at, derived in enumerate(page["backward"](x, labels, weights)):

        def loss(array, at=at):
            return PAGE["loss"](x, labels, [*weights[:at], array, *weights[at + 1 :]])

        errors.append(relative_error(derived, central_differences(loss, weights[at])))
    return max(errors)


@pytest.mark.parametrize("sizes", [(7, 6, 4, 5), (4, 4, 4, 4), (3, 8, 2, 1), (1, 1, 2, 3)])
@pytest.mark.parametrize("seed", range(5))
def test_the_gradients_are_the_measured_ones(sizes, seed):
    assert largest_error(PAGE, *small_network(*sizes, seed)) < 1e-6


@pytest.mark.parametrize(("old", "new"), [
    ("hidden > 0", "hidden >= 0"),
    (" * (hidden > 0)", ""),
    (" * (hidden > 0)", " * hidden"),
    ("W2.T", "W2"),
    ("images.T @ dz1", "images @ dz1"),
    ("images.T @ dz1", "dz1.T @ images"),
    ("hidden.T @ dlogits", "hidden @ dlogits"),
    (" / len(images)", ""),
    (" / len(images)", " / logits.size"),
    ("(softmax(logits) - one_hot)", "(one_hot - softmax(logits))"),
    ("(softmax(logits) - one_hot)", "softmax(logits)"),
    ("(softmax(logits) - one_hot)", "(softmax(logits) - labels[:, None])"),
    ("dz1.sum(axis=0)", "dz1.mean(axis=0)"),
    ("dlogits.sum(axis=0)", "dlogits[0]"),
    ("dlogits.sum(axis=0)", "dlogits.sum(axis=1)"),
])  # fmt: skip
def test_a_broken_gradient_does_not_pass_that_check(old, new):
    """All sizes are equal, so that no shape gives a missing transpose away."""
    page = broken_page(old, new, "forward", "backward")
    assert largest_error(page, *small_network(4, 4, 4, 4)) > 1e-3


def test_the_loss_of_a_network_that_is_sure_and_wrong_is_large_and_finite():
    check_that_it_stays_finite(PAGE["loss"], *small_network(7, 6, 4, 5))


def moves(page: dict, gradients: list[np.ndarray]) -> np.ndarray:
    """Where one weight array goes under the page's RMSprop, step by step."""
    weights, mean_squares, path = [np.zeros(6)], [np.zeros(6)], []
    for gradient in gradients:
        page["rmsprop"](weights, [gradient], mean_squares)
        path.append(weights[0].copy())
    return np.array(path)


def keras_moves(gradients: list[np.ndarray]) -> np.ndarray:
    variable, path = keras.Variable(np.zeros(6), dtype="float64"), []
    optimizer = keras.optimizers.RMSprop()
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(gradient)], [variable])
        path.append(variable.numpy())
    return np.array(path)


@pytest.fixture(scope="module")
def gradients():
    """From far below the root of ε to far above it."""
    rng = np.random.default_rng(1)
    return list(rng.normal(size=(8, 6)) * np.logspace(-6, 1, 6))


def test_rmsprop_moves_as_keras_does(gradients):
    assert relative_error(moves(PAGE, gradients), keras_moves(gradients)) < 1e-6


@pytest.mark.parametrize(("old", "new"), [
    ("q *= rho", "q *= 1 - rho"),
    ("(1 - rho) * g**2", "g**2"),
    ("g**2", "g"),
    ("w -= ", "w += "),
    ("np.sqrt(q + epsilon)", "(np.sqrt(q) + epsilon)"),
    ("np.sqrt(q + epsilon)", "np.sqrt(q + 1e-6)"),
    ("np.sqrt(q + epsilon)", "(q + epsilon)"),
    ("learning_rate, rho, epsilon = 0.001", "learning_rate, rho, epsilon = 0.01"),
])  # fmt: skip
def test_a_broken_rmsprop_does_not_move_as_keras_does(gradients, old, new):
    with np.errstate(invalid="ignore"):
        came = moves(broken_page(old, new, "rmsprop"), gradients)
    assert not relative_error(came, keras_moves(gradients)) < 1e-6


def as_one_vector(arrays):
    return np.concatenate([array.ravel() for array in arrays])


@pytest.fixture(scope="module")
def start():
    """The four arrays, biases other than zero."""
    rng = np.random.default_rng(2)
    return [a + rng.normal(scale=0.01, size=a.shape).astype("f4") for a in PAGE["start"]]


@pytest.fixture(scope="module")
def batch():
    return PAGE["x_train"][:96], PAGE["train_labels"][:96]


def test_the_first_step_is_kerass_in_all_four_arrays(start, batch):
    layers = [keras.layers.Dense(512, "relu"), keras.layers.Dense(10, "softmax")]
    model = keras.Sequential([keras.Input(shape=(784,)), *layers])
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")
    model.set_weights(start)
    model.fit(*batch, batch_size=96, verbose=0)
    ours, mean_squares = [a.copy() for a in start], [np.zeros_like(a) for a in start]
    PAGE["train_epoch"](ours, mean_squares, *batch, np.arange(96))
    for name, our, their in zip(ARRAYS, ours, model.get_weights(), strict=True):
        assert our.dtype == np.float32
        # a step of RMSprop is 0.003; in float32 a slope near 0 is known to some hundredths
        np.testing.assert_allclose(our, their, rtol=0, atol=1e-5, err_msg=name)


def fast_gradients(page: dict, start, x, labels) -> np.ndarray:
    gradient = np.empty(407050, "float32")
    hidden, dz1 = np.empty((2, len(x), 512), "float32")
    weights, gradients = (PAGE["views"](flat) for flat in (as_one_vector(start), gradient))
    page["fast_backward"](x, labels, weights, gradients, hidden, dz1)
    return gradient


def test_the_fast_gradients_are_the_readable_ones(start, batch):
    readable = as_one_vector(PAGE["backward"](*batch, start))
    assert relative_error(fast_gradients(PAGE, start, *batch), readable) < 1e-5


@pytest.mark.parametrize(("old", "new"), [
    ("hidden > 0", "hidden >= 0"),
    ("np.multiply(dz1, hidden > 0, out=dz1)", "pass"),
    ("np.add(hidden, b1, out=hidden)", "pass"),
    ("np.maximum(hidden, 0, out=hidden)", "pass"),
    ("softmax(hidden @ W2 + b2)  # (n, 10) is small", "softmax(hidden @ W2)"),
    ("dlogits[np.arange(len(images)), labels] -= 1", "pass"),
    ("dlogits /= len(images)", "pass"),
    ("np.sum(dz1, axis=0, out=db1)", "db1[:] = dz1[0]"),
])  # fmt: skip
def test_a_broken_fast_gradient_is_not_the_readable_one(start, batch, old, new):
    page = broken_page(old, new, "forward", "fast-backward")
    readable = as_one_vector(PAGE["backward"](*batch, start))
    assert relative_error(fast_gradients(page, start, *batch), readable) > 1e-3


def test_the_fast_rmsprop_moves_as_the_readable_one(gradients):
    weights, path = np.zeros(6), []
    s = np.full(6, PAGE["epsilon"] / (1 - PAGE["rho"]))
    for gradient in gradients:
        PAGE["fast_rmsprop"](weights, gradient, s, np.empty(6))
        path.append(weights.copy())
    assert relative_error(np.array(path), moves(PAGE, gradients)) < 1e-12


def test_fast_and_readable_epochs_end_at_the_same_weights(start):
    """Three full batches and a short one, in an order in which images and labels must agree."""
    order = np.random.default_rng(3).permutation(60000)[: 3 * 128 + 96]
    data = PAGE["x_train"], PAGE["train_labels"], order
    readable, mean_squares = [a.copy() for a in start], [np.zeros_like(a) for a in start]
    PAGE["train_epoch"](readable, mean_squares, *data)
    flat = as_one_vector(start)
    s = np.full_like(flat, PAGE["epsilon"] / (1 - PAGE["rho"]))
    PAGE["fast_epoch"](flat, s, *data)
    assert flat.dtype == s.dtype == np.float32
    np.testing.assert_allclose(flat, as_one_vector(readable), rtol=0, atol=5e-5)


def test_batches_take_every_sample_once_and_the_last_is_smaller():
    order = np.random.default_rng(4).permutation(60000)
    cut = PAGE["batches"](order)
    assert [len(batch) for batch in cut] == [128] * 468 + [96]
    np.testing.assert_array_equal(np.sort(np.concatenate(cut)), np.arange(60000))


def test_the_weights_start_as_keras_starts_them():
    """Evenly in the interval of Glorot and Bengio; biases at zero; float32."""
    W1, b1, W2, b2 = PAGE["initial_weights"](np.random.default_rng(5))
    for kernel in (W1, W2):
        limit = np.sqrt(6 / sum(kernel.shape))
        assert kernel.dtype == np.float32
        assert 0.99 * limit < np.abs(kernel).max() <= limit
        theirs = keras.initializers.GlorotUniform(seed=1)(kernel.shape).numpy()
        assert kernel.std() == pytest.approx(theirs.std(), rel=0.03)
    assert not b1.any()
    assert not b2.any()


@pytest.mark.parametrize("edition", ["en", "zh"])
@pytest.mark.parametrize(
    ("strays", "error", "is_same"), [(16, 6.3e-3, True), (401_408, 1e-3, False)]
)
def test_fast_and_readable_may_differ_where_rounding_turns_a_step_alone(
    edition, strays, error, is_same
):
    """RMSprop's first step for a gradient of almost 0 is 3.2e-3 long, and rounding has its sign."""
    page = notebooks.read(notebooks.NOTEBOOKS / edition / f"{NAME}.ipynb")
    (source,) = (cell.source for cell in page.cells if cell.id == "same")
    start = PAGE["initial_weights"](np.random.default_rng(0))
    moved = [array + np.float32(0.01) for array in start]
    other = [moved[0].copy(), *moved[1:]]
    other[0].flat[:strays] += np.float32(error)
    ours = {name: lambda *_: None for name in ("train_epoch", "fast_epoch")}
    ours |= {"fresh": lambda: (moved, None, None, None), "views": lambda _: other}
    ours |= {"x_train": None, "train_labels": None, "rng": np.random.default_rng(0)}
    with contextlib.nullcontext() if is_same else pytest.raises(AssertionError):
        exec(source, {"np": np, "start": start} | ours)
