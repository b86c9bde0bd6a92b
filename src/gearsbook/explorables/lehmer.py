"""Random numbers that are the same in Python and in a browser."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

MODULUS = 2**31 - 1


class Lehmer:
    """A generator that `parts/lehmer.js` repeats number for number.

    Lehmer's, with the constants of Park, Miller and Stockmeyer (1993,
    https://doi.org/10.1145/159544.376408): each number is 48271 times the one before, modulo
    2**31 - 1. Every product is below 2**53, so JavaScript's numbers hold it exactly. It is good
    enough to shuffle samples and to start small networks, and for nothing more serious.

    Args:
        seed: a whole number from 0.
    """

    def __init__(self, seed: int) -> None:
        self._state = seed + 1

    def _next(self) -> int:
        self._state = self._state * 48271 % MODULUS
        return self._state

    def permutation(self, count: int) -> npt.NDArray[np.int64]:
        """The numbers from 0 to `count` - 1 in a random order (Fisher and Yates)."""
        order = list(range(count))
        for at in range(count - 1, 0, -1):
            other = self._next() % (at + 1)
            order[at], order[other] = order[other], order[at]
        return np.array(order, dtype=np.int64)

    def uniform(
        self, low: float, high: float, shape: int | tuple[int, ...]
    ) -> npt.NDArray[np.float64]:
        """Numbers between `low` and `high`, float64, in an array of that shape."""
        numbers = [self._next() / MODULUS for _ in range(int(np.prod(shape)))]
        return low + (high - low) * np.array(numbers).reshape(shape)


def batches(count: int, size: int, random: Lehmer) -> Iterator[npt.NDArray[np.int64]]:
    """The rows of one batch after another, without end.

    Each epoch is shuffled, its last batch smaller if `size` does not divide `count`.
    """
    while True:
        order = random.permutation(count)
        yield from (order[at : at + size] for at in range(0, count, size))
