"""What stands between the brackets: which values a slice takes, and the shape it leaves."""

from gearsbook.datasets import mnist
from gearsbook.explorables.figure import Figure, Given, State


def _first_test_image() -> list[int]:
    _, (images, _) = mnist.load_data()
    return images[0].ravel().tolist()


class SliceExplorer(Figure):
    """A small array `x`, and what `x[text]` takes of it.

    Args:
        array: "vector", "matrix" or "tensor", counted through from 0, or "digit", the first of
            MNIST's test images.
        text: what stands between the brackets. It may be wrong: the figure says so.
    """

    array = State("tensor")
    text = State("0, 1:3, ::2")
    image = Given(_first_test_image)
