"""An image is an array: walk over the pixels of a digit and read the numbers."""

from functools import cache

from gearsbook.datasets import mnist
from gearsbook.explorables.figure import Figure, Given, State
import numpy as np


@cache
def _first_of_each_class() -> tuple[list[int], list[list[int]]]:
    """Where in the test set the first 0, 1, ... 9 stand, and their 784 values each."""
    _, (images, labels) = mnist.load_data()
    indices = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
    return indices, images[indices].reshape(10, 784).tolist()


class DigitInspector(Figure):
    """Ten test digits, one of each class, under a cursor.

    Args:
        digit: which one, 0 to 9.
        row: the cursor's row, 0 to 27.
        column: the cursor's column, 0 to 27.
    """

    digit = State(7)
    row = State(8)
    column = State(14)
    indices = Given(lambda: _first_of_each_class()[0])
    images = Given(lambda: _first_of_each_class()[1])
