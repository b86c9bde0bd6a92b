"""An image is an array: walk over the pixels of a digit and read the numbers."""

from functools import cache

from gears.datasets import mnist
from gears.explorables.base import Explorable, Whole
import numpy as np
import traitlets

SENTENCE = {
    "en": (
        "Test image {index}, a {digit}. Row {row}, column {column}: the value is {value}, "
        "divided by 255 it is {scaled}; flattened, it stands at place {row} · 28 + {column} "
        "= {place}."
    ),
    "zh": (
        "测试图像 {index}，是 {digit}。第 {row} 行、第 {column} 列：像素值 {value}，"
        "除以 255 得 {scaled}；展平之后，排在第 {row} · 28 + {column} = {place} 位。"
    ),
}


@cache
def _first_of_each_class() -> tuple[list[int], list[list[int]]]:
    """Where in the test set the first 0, 1, ... 9 stand, and their 784 values each."""
    _, (images, labels) = mnist.load_data()
    indices = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
    return indices, images[indices].reshape(10, 784).tolist()


class DigitInspector(Explorable):
    """Ten test digits, one of each class, under a cursor.

    Args:
        digit: which one, 0 to 9.
        row: the cursor's row, 0 to 27.
        column: the cursor's column, 0 to 27.
        numbers: whether the values are shown instead of the picture.
    """

    digit = Whole(7, 9).tag(sync=True)
    row = Whole(8, 27).tag(sync=True)
    column = Whole(14, 27).tag(sync=True)
    numbers = traitlets.Bool(False).tag(sync=True)
    indices = traitlets.List(read_only=True).tag(sync=True)
    images = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("indices")
    def _default_indices(self) -> list[int]:
        return _first_of_each_class()[0]

    @traitlets.default("images")
    def _default_images(self) -> list[list[int]]:
        return _first_of_each_class()[1]

    def describe(self) -> str:
        """The pixel under the cursor: place, value, value divided by 255, place in the vector."""
        place = self.row * 28 + self.column
        value = self.images[self.digit][place]
        return SENTENCE[self.language].format(
            index=self.indices[self.digit],
            digit=self.digit,
            row=self.row,
            column=self.column,
            value=value,
            scaled=str(np.float32(value) / np.float32(255)),  # format() would widen it
            place=place,
        )
