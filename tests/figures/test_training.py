"""The network that trains in the browser: its gradient is measured, and it is NumPy's."""

from gearsbook import explorables
import numpy as np
import pytest

from gradient_check import central_differences, relative_error
import numpy_training as training
from tools.notebooks.cells import functions

SAME = {"rtol": 1e-9, "atol": 1e-12}
every_activation = pytest.mark.parametrize("activation", training.ACTIVATIONS)


def a_case(activation: str, seed: int) -> dict:
    """A small network and a batch, as JSON takes them."""
    rng = np.random.default_rng(seed)
    inputs, units, classes = (int(n) for n in rng.integers([1, 1, 2], 8))
    weights = training.initial_weights(explorables.Lehmer(seed), inputs, units, classes)
    weights = [array + rng.normal(0, 0.3, array.shape) for array in weights]
    x = rng.normal(size=(6, inputs)) * (rng.random((6, inputs)) > 0.3)  # zeros among them
    return {
        "inputs": inputs, "units": units, "classes": classes, "activation": activation,
        "x": x, "labels": rng.integers(0, classes, 6), "weights": weights,
    }  # fmt: skip


def as_json(case: dict) -> dict:
    flat = {"x": case["x"].ravel().tolist(), "labels": case["labels"].tolist()}
    return case | flat | {"weights": [array.ravel().tolist() for array in case["weights"]]}


GRADIENTS = """xs.map((c) => {
  const network = { ...c, arrays: c.weights.map((w) => Float64Array.from(w)) };
  const data = { samples: Float64Array.from(c.x), labels: c.labels };
  const { loss, gradients } = m.lossAndGradients(network, data, [0, 1, 2, 3, 4, 5]);
  return [loss, gradients.map((array) => [...array])];
})"""


@every_activation
def test_the_gradient_in_the_browser_is_numpys_and_the_measured_one(evaluate, activation):
    cases = [a_case(activation, seed) for seed in range(300)]
    in_browser = evaluate("parts/training", GRADIENTS, [as_json(case) for case in cases])
    for at, (case, (their_loss, theirs)) in enumerate(zip(cases, in_browser, strict=True)):
        sample = case["x"], case["labels"]
        loss, ours = training.loss_and_gradients(*sample, case["weights"], activation)
        np.testing.assert_allclose(their_loss, loss, **SAME)
        for mine, their in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(np.reshape(their, mine.shape), mine, **SAME)
        if at < 20:
            for which, weight in enumerate(case["weights"]):

                def loss_at(array, which=which, case=case, sample=sample):
                    moved = [*case["weights"][:which], array, *case["weights"][which + 1 :]]
                    return training.loss_and_gradients(*sample, moved, activation)[0]

                measured = central_differences(loss_at, weight)
                their = np.reshape(theirs[which], weight.shape)
                if np.abs(measured).max() > 1e-6:  # or all of it is rounding
                    assert relative_error(their, measured) < 1e-6


def test_the_network_is_that_of_the_page():
    page = functions("05-recap/02-numpy-from-scratch", "imports", "forward", "loss", "backward")
    for seed in range(50):
        case = a_case("relu", seed)
        sample = case["x"], case["labels"], case["weights"]
        loss, ours = training.loss_and_gradients(*sample)
        np.testing.assert_allclose(loss, page["loss"](*sample), **SAME)
        for mine, its in zip(ours, page["backward"](*sample), strict=True):
            np.testing.assert_allclose(mine, its, **SAME)


def test_a_probability_too_small_for_a_number_still_has_a_loss(evaluate):
    weights = [np.ones((1, 1)), np.zeros(1), np.array([[1000.0, 0.0]]), np.zeros(2)]
    case = {"inputs": 1, "units": 1, "classes": 2, "activation": "relu", "weights": weights}
    case |= {"x": np.ones((6, 1)), "labels": np.ones(6, int)}
    loss, ours = training.loss_and_gradients(case["x"], case["labels"], weights)
    [[their_loss, theirs]] = evaluate("parts/training", GRADIENTS, [as_json(case)])
    assert loss == their_loss == 1000
    np.testing.assert_allclose([ours[3], theirs[3]], [[1, -1]] * 2, rtol=1e-15)  # a last bit


TRAIN = """xs.map((c) => {
  const data = { samples: Float64Array.from(c.x), labels: c.labels };
  const training = new m.Training(data, c.options);
  for (let at = 0; at < 200; at++) training.step();
  return [training.losses, training.network.arrays.map((array) => [...array])];
})"""


@every_activation
def test_a_seeded_run_in_the_browser_is_the_run_in_numpy(in_chromium, activation):
    cases = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(41, 3))
        labels = (x[:, 0] * x[:, 1] > 0).astype(int)
        options = {
            "classes": 2 + seed % 2, "units": 4 + seed % 5, "activation": activation, "seed": seed,
            "learning_rate": 0.05, "momentum": 0.9 * (seed % 3 == 0),
            "batch_size": 4 + 8 * (seed % 4),
        }  # fmt: skip
        cases.append({"x": x, "labels": labels, "options": options})
    sent = [c | {"x": c["x"].ravel().tolist(), "labels": c["labels"].tolist()} for c in cases]
    found = in_chromium("parts/training", TRAIN, sent)
    for case, (losses, arrays) in zip(cases, found, strict=True):
        run = training.Training(case["x"], case["labels"], **case["options"])
        for _ in range(200):
            run.step()
        np.testing.assert_allclose(losses, run.losses, rtol=1e-6, atol=1e-9)
        for mine, theirs in zip(run.weights, arrays, strict=True):
            np.testing.assert_allclose(theirs, mine.ravel(), rtol=1e-6, atol=1e-9)
