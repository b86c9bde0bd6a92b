"""Section 2.4: its loss is TensorFlow's and always finite, its slopes are those of the loss."""

import numpy as np
import pytest
import tensorflow as tf

from gradient_check import central_differences, relative_error
from tools.notebooks.cells import functions

NAME = "04-gradients/00-training-loop"
CELLS = ("imports", "data", "parameters", "forward", "slopes", "accuracy", "cross-entropy")
LOSSES = (("logits - largest[:, None]", "logits"), ("largest + np.log", "np.log"), (" - right", ""))


def of_tensorflow(logits: np.ndarray, labels: np.ndarray) -> float:
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
    return float(tf.reduce_mean(losses))


def worst_error(page: dict) -> float:
    """How far the page's loss is from TensorFlow's, with logits as they come and with large ones.

    Its own is 0 for a sample that is surely right, so it is compared beside 1.
    """
    rng, errors = np.random.default_rng(1), []
    for scale in (1, 30, 2000):
        logits, labels = scale * rng.normal(size=(6, 4)), rng.integers(0, 4, 6)
        with np.errstate(over="ignore"):
            came = page["cross_entropy"](logits, labels)
        expected = of_tensorflow(logits, labels)
        errors.append(abs(came - expected) / (1 + expected))
    return max(errors)


def test_the_loss_is_tensorflows_however_sure_and_wrong_the_logits_are():
    page = functions(NAME, *CELLS)
    assert worst_error(page) < 1e-12
    sure = np.array([[120, 0]], "float32")
    assert page["cross_entropy"](sure, np.array([1])) == 120


@pytest.mark.parametrize("broken", LOSSES)
def test_a_broken_loss_is_caught(broken):
    assert not worst_error(functions(NAME, *CELLS, broken=broken)) < 1e-3


def test_the_slopes_are_those_of_the_loss_and_leave_every_parameter_as_it_was():
    page = functions(NAME, *CELLS, "untrained")
    for array in page["parameters"]:
        before = array.copy()
        found = page["slopes"](page["loss"], array)
        assert np.array_equal(array, before)

        def loss(changed, array=array):
            kept = array.copy()
            array[:] = changed
            came = page["loss"]()
            array[:] = kept
            return came

        assert relative_error(found, central_differences(loss, before)) < 1e-3
