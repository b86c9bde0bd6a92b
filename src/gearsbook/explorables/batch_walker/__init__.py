"""Samples cut into batches of any size: walk from batch to batch and read its slice."""

from gearsbook.datasets import mnist
from gearsbook.explorables.figure import Figure, Given, State

DIGITS = 97  # a prime: two batches that follow each other begin with different ones


def _first_digits() -> list[str]:
    """The first training images at half their size, a level from 0 to 7 for each pixel."""
    (images, _), _ = mnist.load_data()
    small = images[:DIGITS].reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))
    levels = (small * 7 / 255).round().astype(int)
    return ["".join(map(str, digit)) for digit in levels.reshape(-1, 14 * 14)]


class BatchWalker(Figure):
    """All samples in a row, cut into batches, one of them chosen.

    Args:
        samples: how many there are, 1 to 1,000,000.
        batch_size: samples in a full batch, 1 to `samples`.
        batch: which batch is chosen, counted from 0; stays in range when `batch_size` changes.
        array: the name that the samples have in the code shown.
    """

    samples = State(60_000)
    batch_size = State(128)
    batch = State(0)
    array = State("train_images")
    digits = Given(_first_digits)
