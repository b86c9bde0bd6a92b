"""From a single number to a batch of films: on every rung one axis more."""

from gearsbook.datasets import mnist
from gearsbook.explorables.figure import Figure, Given, State


def _first_images() -> list[list[int]]:
    """As many training images as are drawn."""
    (images, _), _ = mnist.load_data()
    return images[:6].reshape(6, 784).tolist()


class RankLadder(Figure):
    """Six arrays, each with one axis more than the one below it; one of them is shown.

    Args:
        rank: how many axes the array shown has, 0 to 5.
        axis: which of its axes is pointed out, 0 to `rank` - 1; 0 if it has none. It stays in
            range when `rank` changes.
    """

    rank = State(3)
    axis = State(0)
    images = Given(_first_images)
