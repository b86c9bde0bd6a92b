"""Inside a trained network: what enters, what a hidden unit makes of it, what comes out."""

from gearsbook.explorables.figure import Figure, State
import numpy as np
import numpy.typing as npt

OPEN = 4  # units of each sample whose weights are kept: those of all would be 400,000
LEVELS = 7  # a kept weight is one of so many above zero, and as many below


class InsideNetwork(Figure):
    """Some samples on their way through two layers, one of them shown, and a unit of the first.

    Args:
        images: uint8, shape (n, 28, 28).
        hidden: what the first layer gives out, no negative values, shape (n, units).
        probabilities: what the last layer gives out, shape (n, 10).
        labels: whole numbers from 0 to 9, shape (n,).
        kernels: of both layers, shapes (784, units) and (units, 10).
        sample: which of the n is shown.
        unit: which hidden unit is opened; the one with the largest value, if none is named.
    """

    images = State([])
    hidden = State([])
    probabilities = State([])
    labels = State([])
    opened = State([], has_points=False)
    sample = State(0)
    unit = State(0)

    def __init__(
        self,
        images: npt.ArrayLike,
        hidden: npt.ArrayLike,
        probabilities: npt.ArrayLike,
        labels: npt.ArrayLike,
        kernels: tuple[npt.ArrayLike, npt.ArrayLike],
        **options: object,
    ) -> None:
        """Take the arrays over.

        Raises:
            ValueError: the arrays do not fit together, or `sample` or `unit` is not among them.
        """
        images, labels = np.asarray(images), np.asarray(labels)
        hidden, probabilities = np.asarray(hidden), np.asarray(probabilities)
        first, second = (np.asarray(kernel) for kernel in kernels)
        n, units = len(images), hidden.shape[-1]
        _expect("images", images.shape, (n, 28, 28))
        _expect("hidden", hidden.shape, (n, units))
        _expect("probabilities", probabilities.shape, (n, 10))
        _expect("labels", labels.shape, (n,))
        _expect("the first kernel", first.shape, (784, units))
        _expect("the second kernel", second.shape, (units, 10))
        if not np.allclose(probabilities.sum(axis=1), 1, atol=1e-3):
            raise ValueError("probabilities do not add up to 1 in every row: softmax is missing")
        strongest = (-hidden).argsort(axis=1, kind="stable")[:, :OPEN]
        sample = options.get("sample", 0)
        if isinstance(sample, int) and 0 <= sample < n:
            options.setdefault("unit", int(strongest[sample, 0]))
        wanted = {options.get("unit"), *strongest.ravel().tolist()}
        opened = [unit for unit in range(units) if unit in wanted]
        super().__init__(
            images=images.reshape(n, 784).tolist(),
            hidden=_rounded(hidden),
            probabilities=_rounded(probabilities),
            labels=labels.tolist(),
            opened=_kept(opened, images.reshape(n, 784), first, second),
            **options,
        )


def _expect(name: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if shape != wanted:
        raise ValueError(f"{name} has the shape {shape}: it must be {wanted}")


def _kept(
    units: list[int], images: np.ndarray, first: np.ndarray, second: np.ndarray
) -> list[list[object]]:
    """Of each unit its number, its weights, its ten outgoing ones.

    Its weights are letters, P for zero, where some sample has ink: elsewhere they add nothing.
    """
    weights = first[(images > 0).any(axis=0)][:, units]
    levels = np.rint(weights * (LEVELS / np.abs(weights).max(initial=1e-9))).astype(int)
    return [
        [
            unit,
            "".join(chr(ord("P") + level) for level in column),
            second[unit].astype(float).round(3).tolist(),
        ]
        for unit, column in zip(units, levels.T, strict=True)
    ]


def _rounded(values: np.ndarray) -> list[list[float]]:
    """Two decimals, as many as the figure shows; what is above zero stays above it."""
    values = values.astype(float)
    rounded = values.round(2)
    tiny = (rounded == 0) & (values > 0)
    rounded[tiny] = [float(f"{value:.1g}") for value in values[tiny]]
    return [[int(x) if x == int(x) else x for x in row] for row in rounded.tolist()]
