"""Two shapes, aligned from the right: how NumPy broadcasts them, or the axis at which it fails."""

from gearsbook.explorables.figure import Figure, State


class Broadcasting(Figure):
    """Two shapes on their way to one, step by step.

    `a` counts 0, 1, 2, … in memory order, `b` counts 10, 20, 30, ….

    Args:
        a: the first shape, up to four lengths from 0 to 999.
        b: the second one.
        operation: "+", "-", "*", "/" or "maximum".
        step: 0 the shapes as given, 1 axes of length 1 prepended, 2 compared from the right,
            3 stretched, 4 the result.
        entry: which entry of the result is looked at, by its flat index. It stays in range.
    """

    a = State([64, 3, 32, 10])
    b = State([32, 10])
    operation = State("+")
    step = State(4)
    entry = State(0)
