"""A layer of two units in the plane: what weights, bias and relu do to grid, area and a point."""

from gearsbook.explorables.figure import Figure, State


class DensePlane(Figure):
    """The plane before and after `relu(points @ W + b)`, points as rows.

    Args:
        weights: W, 2 by 2, numbers from -2 to 2. Its rows are the images of (1, 0) and (0, 1).
        bias: b, two numbers from -2 to 2.
        relu: whether relu follows; a live figure begins without it, and a hand turns it on.
        point: one point that is followed, two numbers from -2 to 2.
    """

    weights = State([[1, 0], [0, 1]])
    bias = State([0, 0])
    relu = State(False)
    point = State([1.5, 1], has_points=False)
