"""Random numbers that are the same in Python and in a browser, whose code draws them here, too."""

from collections.abc import Iterator

from gearsbook.explorables.engine import Module
from gearsbook.modules import PARTS, single_file
import numpy as np
import numpy.typing as npt


class Lehmer:
    """Lehmer's generator, with the constants of Park, Miller and Stockmeyer.

    `parts/lehmer.js` draws, and says how. It is good enough to shuffle samples and to start small
    networks, and for nothing more serious.

    Args:
        seed: a whole number from 0.
    """

    def __init__(self, seed: int) -> None:
        self._module = Module(single_file(PARTS / "lehmer.js"))
        self._module.evaluate("(globalThis.random = new m.Lehmer(xs), null)", seed)

    def permutation(self, count: int) -> npt.NDArray[np.int64]:
        """The numbers from 0 to `count` - 1 in a random order (Fisher and Yates)."""
        return np.array(self._module.evaluate("random.permutation(xs)", count), np.int64)

    def uniform(
        self, low: float, high: float, shape: int | tuple[int, ...]
    ) -> npt.NDArray[np.float64]:
        """Numbers between `low` and `high`, float64, in an array of that shape."""
        drawn = self._module.evaluate("random.uniform(...xs)", [low, high, np.prod(shape)])
        return np.array(drawn, float).reshape(shape)


def batches(count: int, size: int, random: Lehmer) -> Iterator[npt.NDArray[np.int64]]:
    """The rows of one batch after another, without end.

    Each epoch is shuffled, its last batch smaller if `size` does not divide `count`.
    """
    while True:
        order = random.permutation(count)
        yield from (order[at : at + size] for at in range(0, count, size))
