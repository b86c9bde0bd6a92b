"""The oracle of `parts/training.js`: a small network and its training, in NumPy.

A network is the book's: one hidden
layer, softmax, cross-entropy; four float64 arrays `[kernel_1, bias_1, kernel_2, bias_2]` of
shapes (inputs, units), (units,), (units, classes), (classes,). The pages explain the formulas.
"""

from collections.abc import Callable, Iterator

from gearsbook.explorables.lehmer import Lehmer, batches
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

# name: the activation, and its derivative computed from the activation's value
ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "relu": (lambda z: np.maximum(0, z), lambda h: (h > 0).astype(float)),
    "tanh": (np.tanh, lambda h: 1 - h * h),
    "none": (lambda z: z, np.ones_like),
}


def initial_weights(random: Lehmer, inputs: int, units: int, classes: int) -> list[Array]:
    """Kernels drawn evenly by the rule of Glorot and Bengio, biases zero."""
    weights = []
    for shape in ((inputs, units), (units, classes)):
        limit = np.sqrt(6 / sum(shape))
        weights += [random.uniform(-limit, limit, shape), np.zeros(shape[1])]
    return weights


def forward(x: Array, weights: list[Array], activation: str = "relu") -> tuple[Array, Array]:
    """The hidden layer, shape (n, units), and the logarithms of the probabilities, (n, classes).

    The logarithms, because a probability may be too small for a number, and its logarithm not.

    Args:
        x: samples, shape (n, inputs).
        weights: the network.
        activation: "relu", "tanh" or "none".
    """
    kernel_1, bias_1, kernel_2, bias_2 = weights
    hidden = ACTIVATIONS[activation][0](x @ kernel_1 + bias_1)
    scores = hidden @ kernel_2 + bias_2
    scores -= scores.max(axis=1, keepdims=True)
    return hidden, scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def cross_entropy(logarithms: Array, labels: npt.NDArray[np.integer]) -> float:
    """The mean loss of samples, from the logarithms of their probabilities and their classes."""
    return float(-logarithms[np.arange(len(labels)), labels].mean())


def loss_and_gradients(
    x: Array, labels: npt.NDArray[np.integer], weights: list[Array], activation: str = "relu"
) -> tuple[float, list[Array]]:
    """The mean cross-entropy of a batch, and its gradient in each of the four arrays.

    Args:
        x: samples, shape (n, inputs).
        labels: classes, shape (n,).
        weights: the network.
        activation: "relu", "tanh" or "none".
    """
    hidden, logarithms = forward(x, weights, activation)
    dz2 = np.exp(logarithms)
    dz2[np.arange(len(x)), labels] -= 1
    dz2 /= len(x)
    dz1 = (dz2 @ weights[2].T) * ACTIVATIONS[activation][1](hidden)
    gradients = [x.T @ dz1, dz1.sum(axis=0), hidden.T @ dz2, dz2.sum(axis=0)]
    return cross_entropy(logarithms, labels), gradients


class Training:
    """Stochastic gradient descent with momentum, from a seed.

    Each step is `velocity = momentum * velocity - learning_rate * gradient; w = w + velocity`.
    The seed settles the first weights, then the order of the samples in every epoch.

    Args:
        x: samples, shape (n, inputs), float64.
        labels: their classes, shape (n,), from 0.
        classes: how many classes there are.
        units: hidden units.
        activation: "relu", "tanh" or "none".
        learning_rate: of each step.
        momentum: from 0 to below 1.
        batch_size: samples in a step; the last batch of an epoch may be smaller.
        seed: a whole number from 0.

    Attributes:
        weights: the network as it is now.
        losses: the loss of each step's batch, before the step.
    """

    def __init__(
        self, x: Array, labels: npt.NDArray[np.integer], *, classes: int, units: int,
        activation: str = "relu", learning_rate: float, momentum: float, batch_size: int,
        seed: int,
    ) -> None:  # fmt: skip
        random = Lehmer(seed)
        self.x, self.labels, self.activation = x, labels, activation
        self.learning_rate, self.momentum = learning_rate, momentum
        self.weights = initial_weights(random, x.shape[1], units, classes)
        self.losses: list[float] = []
        self._velocities = [np.zeros_like(array) for array in self.weights]
        self._batches: Iterator[npt.NDArray[np.int64]] = batches(len(x), batch_size, random)

    def step(self) -> None:
        """Take the next batch, and move every weight."""
        rows = next(self._batches)
        loss, gradients = loss_and_gradients(
            self.x[rows], self.labels[rows], self.weights, self.activation
        )
        self.losses.append(loss)
        for w, v, g in zip(self.weights, self._velocities, gradients, strict=True):
            v *= self.momentum
            v -= self.learning_rate * g
            w += v
