"""Gradients measured, to hold those that are derived against; and what a loss must bear."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def central_differences(function: Callable[[Array], float], at: Array, h: float = 1e-5) -> Array:
    """The gradient of a function of one array, entry by entry: (f(x + h) - f(x - h)) / 2h.

    Args:
        function: takes an array of the shape of `at`, gives one number.
        at: float64, any shape; it is not changed.
        h: how far to each side; the error of the quotient is about h² + 1e-16 / h.
    """
    slopes = np.empty_like(at)
    for index in np.ndindex(at.shape):
        ahead, behind = at.copy(), at.copy()
        ahead[index] += h
        behind[index] -= h
        slopes[index] = (function(ahead) - function(behind)) / (2 * h)
    return slopes


def relative_error(came: npt.ArrayLike, expected: Array) -> float:
    """The norm of the difference, divided by the larger norm; infinite if shapes differ."""
    came = np.asarray(came, float)
    if came.shape != expected.shape:
        return np.inf
    size = max(np.linalg.norm(came), np.linalg.norm(expected))
    return float(np.linalg.norm(came - expected) / size) if size else 0.0


def check_that_it_stays_finite(
    loss: Callable[..., float], x: Array, labels: Array, weights: list[Array]
) -> None:
    """A network that is sure and wrong has a loss that is large, and no more than that."""
    once, thousandfold = (
        loss(x, labels, [*weights[:2], size * weights[2], size * weights[3]]) for size in (1, 1000)
    )
    assert 100 * once < thousandfold < np.inf
