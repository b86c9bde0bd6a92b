"""Samples cut into batches of any size: walk from batch to batch and read its slice."""

from gearsbook.explorables.figure import Figure, State


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
