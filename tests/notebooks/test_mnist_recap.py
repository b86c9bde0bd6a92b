"""Section 2.5.1: what it says Keras does is what Keras does."""

import warnings

import keras
import numpy as np
import pytest


def losses(*last_layers: tuple) -> tuple[list[float], int]:
    """Of a short training whose loss expects scores: the loss of each epoch, and the warnings."""
    rng = np.random.default_rng(1)
    x, labels = rng.normal(size=(64, 5)).astype("float32"), rng.integers(0, 10, 64)
    keras.utils.set_random_seed(1)
    layers = [getattr(keras.layers, name)(*arguments) for name, *arguments in last_layers]
    model = keras.Sequential([keras.Input(shape=(5,)), *layers])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="rmsprop", loss=loss)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        history = model.fit(x, labels, epochs=3, verbose=0, shuffle=False).history["loss"]
    return history, sum("from_logits=True" in str(warning.message) for warning in caught)


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param([("Dense", 10, "softmax")], id="in the layer"),
        pytest.param([("Dense", 10), ("Softmax",)], id="a layer of its own"),
    ],
)
def test_keras_warns_of_softmax_twice_and_trains_as_without_it(layers):
    (right, silent), (came, warned) = losses(("Dense", 10)), losses(*layers)
    assert came == right
    assert warned > silent == 0
