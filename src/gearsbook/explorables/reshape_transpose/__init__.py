"""The same entries with another shape, or with their axes in another order: not the same array."""

from gearsbook.explorables.figure import Figure, State


class ReshapeTranspose(Figure):
    """`x.reshape(target)` beside `x.transpose(order)`, of `x = np.arange(…).reshape(shape)`.

    Args:
        shape: the shape of x, one to three lengths, 36 entries at most.
        target: the shape asked for; one length may be -1. It need not fit: then NumPy's words
            are shown.
        order: the axes of x in the order in which the transposed array has them. When x gets
            another number of axes they are turned around, as `x.T` does it.
        entry: which entry is pointed out, by its place in memory. It stays in range.
    """

    shape = State([2, 3])
    target = State([3, 2])
    order = State([1, 0])
    entry = State(1)

    def __init__(self, **options: object) -> None:
        """Make the figure; what is not given goes with the shape."""
        if "shape" in options:
            options = self.call("turned", options["shape"]) | options
        super().__init__(**options)
