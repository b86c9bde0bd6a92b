"""A crumpled sheet on its way through a small network: the representation after each layer."""

from gearsbook.explorables.figure import Figure, State
import numpy as np
import numpy.typing as npt


class UnfoldingSheet(Figure):
    """A sheet of points in space, and what each layer of a network makes of it.

    Args:
        points: shape (n, 3), the sheet's points, row by row.
        labels: 0 or 1 for each point, shape (n,).
        layers: weights and bias of each layer, `points @ W + b`; the hidden ones take 3 numbers
            and give 3, the last one gives 1 and is not followed by the activation.
        columns: how many points make a row of the sheet.
        activation: "tanh", "relu" or "linear", after every hidden layer.
        stage: how many sixteenths of a layer the sheet has passed; 16 is after the first layer.
        azimuth: from which side it is seen, 0 to 359 degrees.
        elevation: from how far above it is seen, 0 to 90 degrees.
    """

    points = State([])
    labels = State([])
    layers = State([])
    columns = State(0)
    activation = State("tanh")
    stage = State(0)
    azimuth = State(20)
    elevation = State(30)

    def __init__(
        self,
        points: npt.ArrayLike,
        labels: npt.ArrayLike,
        layers: list[tuple[npt.ArrayLike, npt.ArrayLike]],
        columns: int,
        **options: object,
    ) -> None:
        """Take the arrays over, points rounded to three decimals and weights to four.

        Raises:
            ValueError: the arrays do not fit together, or an option is out of its range.
        """
        points, labels = np.asarray(points, float), np.asarray(labels).ravel()
        if points.ndim != 2 or points.shape[1] != 3:
            raise ValueError(f"points has the shape {points.shape}: it must be (n, 3)")
        if labels.shape != (len(points),) or not np.isin(labels, (0, 1)).all():
            raise ValueError(f"labels must be 0 or 1 for each of the {len(points)} points")
        super().__init__(
            points=points.round(3),
            labels=labels.astype(int),
            layers=[_layer(at, layers) for at in range(len(layers))],
            columns=columns,
            **options,
        )


def _layer(at: int, layers: list) -> list:
    """Weights and bias as arrays of numbers of four decimals."""
    weights, bias = (np.asarray(part, float) for part in layers[at])
    wanted = (3, 1 if at == len(layers) - 1 else 3)
    if weights.shape != wanted or bias.shape != wanted[1:]:
        raise ValueError(
            f"layer {at} has weights of shape {weights.shape} and a bias of shape {bias.shape}: "
            f"they must be {wanted} and {wanted[1:]}"
        )
    return [weights.round(4), bias.round(4)]
