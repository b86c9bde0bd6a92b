"""Inside a trained network: what enters, what the hidden units make of it, what comes out."""

from gearsbook.explorables.figure import Figure, State
import numpy as np
import numpy.typing as npt


class InsideNetwork(Figure):
    """Some samples on their way through two layers, one of them shown.

    Args:
        images: uint8, shape (n, 28, 28).
        hidden: what the first layer gives out, no negative values, shape (n, units).
        probabilities: what the last layer gives out, shape (n, 10).
        labels: whole numbers from 0 to 9, shape (n,).
        sample: which of the n is shown.
        unit: which hidden unit is named.
    """

    images = State([])
    hidden = State([])
    probabilities = State([])
    labels = State([])
    sample = State(0)
    unit = State(0)

    def __init__(
        self,
        images: npt.ArrayLike,
        hidden: npt.ArrayLike,
        probabilities: npt.ArrayLike,
        labels: npt.ArrayLike,
        **options: object,
    ) -> None:
        """Take the arrays over.

        Raises:
            ValueError: the arrays do not fit together, or `sample` or `unit` is not among them.
        """
        images, labels = np.asarray(images), np.asarray(labels)
        hidden, probabilities = np.asarray(hidden), np.asarray(probabilities)
        n = len(images)
        _expect("images", images.shape, (n, 28, 28))
        _expect("hidden", hidden.shape, (n, hidden.shape[-1]))
        _expect("probabilities", probabilities.shape, (n, 10))
        _expect("labels", labels.shape, (n,))
        if not np.allclose(probabilities.sum(axis=1), 1, atol=1e-3):
            raise ValueError("probabilities do not add up to 1 in every row: softmax is missing")
        super().__init__(
            images=images.reshape(n, 784).tolist(),
            hidden=_rounded(hidden),
            probabilities=_rounded(probabilities),
            labels=labels.tolist(),
            **options,
        )


def _expect(name: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if shape != wanted:
        raise ValueError(f"{name} has the shape {shape}: it must be {wanted}")


def _rounded(values: np.ndarray) -> list[list[float]]:
    """Two decimals, as many as the figure shows; what is above zero stays above it."""
    values = values.astype(float)
    rounded = values.round(2)
    tiny = (rounded == 0) & (values > 0)
    rounded[tiny] = [float(f"{value:.1g}") for value in values[tiny]]
    return [[int(x) if x == int(x) else x for x in row] for row in rounded.tolist()]
