"""Section 2.4.3: its gradient is measured, its optimizers are Keras's, its batches are whole."""

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st
import keras
import numpy as np
import pytest

from gradient_check import central_differences, relative_error
from randomness import examples
from tools.notebooks.cells import functions

NAME = "04-gradients/03-sgd"
BETAS = {"beta_1": 0.875, "beta_2": 1 - 2**-10}  # Keras rounds them to float32; these it need not
STEPS = {  # Keras's optimizer, the page's step and its settings
    "plain": (lambda: keras.optimizers.SGD(0.05), "plain_step", {}),
    "momentum": (lambda: keras.optimizers.SGD(0.05, momentum=0.9), "momentum_step", {}),
    "nesterov": (
        lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True), "nesterov_step", {},
    ),
    "rmsprop": (lambda: keras.optimizers.RMSprop(0.05), "rmsprop_step", {}),
    "adam": (lambda: keras.optimizers.Adam(0.05, **BETAS), "adam_step", BETAS),
    "adamw": (
        lambda: keras.optimizers.AdamW(0.05, weight_decay=0.1, **BETAS),
        "adam_step", {"decay": 0.1, **BETAS},
    ),
}  # fmt: skip
STEP_CELLS = "descend", "valley", "momentum", "rmsprop", "adam"


def page(*cells: str, broken: tuple[str, str] | None = None) -> dict[str, object]:
    return functions(NAME, "imports", *cells, broken=broken)


MODEL, BATCHES = page("model"), page("batches")
WALK = page("descend", "momentum")
many = examples(300)
seeds = st.integers(0, 2**32 - 1)


def some(seed: int, count: int = 13) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights, samples and labels of a random logistic regression."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=2), rng.normal(size=(count, 2)), rng.integers(0, 2, count).astype(float)


def error(functions: dict, seed: int) -> float:
    w, x, y = some(seed)
    measured = central_differences(lambda w: MODEL["loss"](w, x, y), w)
    return relative_error(functions["gradient"](w, x, y), measured)


@many
@given(seeds)
def test_the_gradient_is_what_central_differences_measure(seed):
    assert error(MODEL, seed) < 1e-6


@pytest.mark.parametrize(
    "broken",
    [
        ("(p - y) / len(y)", "(y - p) / len(y)"),
        ("(p - y) / len(y)", "(p - y)"),
        ("(p - y) / len(y)", "(p - y) / 32"),
        ("x.T @ (p - y)", "x.T @ p"),
        ("np.exp(-x @ w)", "np.exp(x @ w)"),
        ("x.T @ (p - y)", "x.T @ ((p - y) * p)"),
        ("x.T @ (p - y)", "x[::-1].T @ (p - y)"),
    ],
    ids="{0[1]}".format,
)
def test_a_broken_gradient_is_found_out(broken):
    assert error(page("model", broken=broken), seed=3) > 1e-3


@many
@given(seeds)
def test_the_loss_is_the_cross_entropy_and_stays_finite_far_away(seed):
    w, x, y = some(seed)
    p = 1 / (1 + np.exp(np.where(y == 1, -1, 1) * (x @ w)))  # of the label: 1 - p would cancel
    expected = -np.log(p).mean()
    assert MODEL["loss"](w, x, y) == pytest.approx(expected, rel=1e-12)
    assert np.isfinite(MODEL["loss"](1e6 * w, x, y))


def distance(functions: dict, optimizer: str) -> float:
    """How far a step of the page and Keras's optimizer get apart on the same 100 gradients."""
    make, name, settings = STEPS[optimizer]
    rng = np.random.default_rng(5)
    w, memory, apart = rng.normal(size=3), 0.0, 0.0
    variable, keras_optimizer = keras.Variable(w, dtype="float64"), make()
    for size in np.geomspace(1e-4, 3, 100):
        g = size * rng.normal(size=3)
        w, memory = functions[name](w, memory, g, learning_rate=0.05, **settings)
        keras_optimizer.apply([keras.ops.convert_to_tensor(g, "float64")], [variable])
        apart = max(apart, np.abs(variable.numpy() - w).max())
    return apart


@pytest.mark.parametrize("optimizer", STEPS)
def test_every_step_is_that_of_keras(optimizer):
    assert distance(page(*STEP_CELLS), optimizer) < 1e-6


M = "def momentum_step(w, velocity, g, learning_rate, momentum=0.9):\n    velocity = "
N = "def nesterov_step(w, velocity, g, learning_rate, momentum=0.9):\n    velocity = "
MUTANTS = {
    "plain climbs": (
        "plain",
        "w - learning_rate * g, memory",
        "w + learning_rate * g, memory",
    ),
    "momentum climbs": (
        "momentum",
        M + "momentum * velocity - learning_rate * g",
        M + "momentum * velocity + learning_rate * g",
    ),
    "momentum brakes": ("momentum", M + "momentum *", M + "-momentum *"),
    "velocity subtracted": ("momentum", "w + velocity, velocity", "w - velocity, velocity"),
    "nothing kept": ("momentum", M + "momentum * velocity -", M + "-"),
    "averaged": (
        "momentum",
        M + "momentum * velocity - learning_rate * g",
        M + "momentum * velocity - (1 - momentum) * learning_rate * g",
    ),
    "nesterov forgets to look ahead": (
        "nesterov",
        "w + momentum * velocity - learning_rate * g, velocity",
        "w + velocity, velocity",
    ),
    "nesterov twice the old velocity": (
        "nesterov",
        "w + momentum * velocity - learning_rate * g, velocity",
        "w + momentum * velocity, velocity",
    ),
    "nesterov climbs": (
        "nesterov",
        N + "momentum * velocity - learning_rate * g",
        N + "momentum * velocity + learning_rate * g",
    ),
    "no root": ("rmsprop", "np.sqrt(mean_square + 1e-7)", "(mean_square + 1e-7)"),
    "epsilon outside": (
        "rmsprop",
        "np.sqrt(mean_square + 1e-7)",
        "(np.sqrt(mean_square) + 1e-7)",
    ),
    "a sum for the mean": ("rmsprop", "(1 - rho) * g**2", "g**2"),
    "rho swapped": (
        "rmsprop",
        "rho * mean_square + (1 - rho) * g**2",
        "(1 - rho) * mean_square + rho * g**2",
    ),
    "not squared": ("rmsprop", "(1 - rho) * g**2", "(1 - rho) * np.abs(g)"),
    "adam without correction": (
        "adam",
        " / np.sqrt(1 - beta_2**t)\n    change = mean / (1 - beta_1**t) / root",
        "\n    change = mean / root",
    ),
    "corrected from step 0": ("adam", "t = t + 1", "t = t + 2"),
    "never a second step": ("adam", "if memory == 0:", "if True:"),
    "betas swapped": (
        "adam",
        "beta_1 * mean + (1 - beta_1) * g",
        "beta_2 * mean + (1 - beta_2) * g",
    ),
    "epsilon inside": (
        "adam",
        "(np.sqrt(mean_square) + 1e-7)",
        "np.sqrt(mean_square + 1e-7)",
    ),
    "epsilon on the corrected root": (
        "adam",
        "(np.sqrt(mean_square) + 1e-7) / np.sqrt(1 - beta_2**t)",
        "np.sqrt(mean_square / (1 - beta_2**t)) + 1e-7",
    ),
    "decay through the means": ("adamw", "(decay * w + change)", "(1 + decay) * change"),
    "decay without the rate": (
        "adamw",
        "w - learning_rate * (decay * w + change)",
        "w - decay * w - learning_rate * change",
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_step_is_found_out(mutant):
    name, *broken = MUTANTS[mutant]
    functions = page(*STEP_CELLS, broken=tuple(broken))
    assert distance(functions, name) > 1e-4


@many
@given(
    st.lists(st.floats(0.01, 30), min_size=1, max_size=4),
    st.floats(0.05, 1.95),
    st.sampled_from([0, 0.5, 0.8]),
)
def test_descent_settles_below_the_border_of_the_largest_curvature_and_not_above(
    curvatures, part, momentum
):
    """The border is 2/c for plain descent, and 2(1 + m)/c with momentum m."""
    if abs(part - 1) < 0.02 or abs(part - 2) < 0.02:
        return
    rate = part * 2 * (1 + momentum) / max(curvatures)
    path = WALK["descend"](
        lambda w: w * curvatures,
        np.ones(len(curvatures)),
        200,
        WALK["momentum_step"],
        learning_rate=rate,
        momentum=momentum,
    )
    sharpest = np.abs(path[:, np.argmax(curvatures)])
    assert (sharpest[-1] < sharpest[0]) == (part < 1)


@many
@given(seeds, st.integers(1, 40), st.integers(1, 50))
def test_an_epoch_has_every_sample_once_with_its_label_and_the_last_batch_is_smaller(
    seed, count, size
):
    assert whole_epochs(BATCHES, seed, count, size)


def whole_epochs(functions: dict, seed: int, count: int, size: int) -> bool:
    """Whether two epochs of batches are whole, paired, and shuffled each in its own way."""
    x = np.arange(2 * count).reshape(count, 2)
    y = x[:, 0] + 0.5
    drawn = functions["batches"](x, y, size, np.random.default_rng(seed))
    orders = []
    for _ in range(2):
        epoch = list(islice(drawn, -(-count // size)))
        if [len(a) for a, _ in epoch[:-1]] != [size] * (len(epoch) - 1):
            return False
        if not all(np.array_equal(a[:, 0] + 0.5, b) for a, b in epoch):
            return False
        orders.append(np.concatenate([a[:, 0] for a, _ in epoch]))
    if not all(np.array_equal(np.sort(order), x[:, 0]) for order in orders):
        return False
    pairs = ((orders[0], x[:, 0]), (orders[1], x[:, 0]), orders)
    return count < 15 or not any(np.array_equal(*pair) for pair in pairs)


ENDLESS = "while True:  # each pass of this loop is one epoch"
SHUFFLE = "order = rng.permutation(len(x))"


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(("y[rows]", "y[: len(rows)]"), id="labels left where they were"),
        pytest.param((SHUFFLE, "order = np.arange(len(x))"), id="never shuffled"),
        pytest.param((SHUFFLE, "order = rng.integers(0, len(x), len(x))"), id="repeated"),
        pytest.param(("0, len(x), batch", "0, len(x) - batch_size, batch"), id="last one lost"),
        pytest.param(
            (f"{ENDLESS}\n        {SHUFFLE}", f"{SHUFFLE}\n    {ENDLESS}"), id="shuffled once"
        ),
    ],
)
def test_broken_batches_are_found_out(broken):
    assert not whole_epochs(page("batches", broken=broken), seed=1, count=23, size=5)
