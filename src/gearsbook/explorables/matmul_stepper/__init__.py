"""A matrix product, one entry at a time: its row, its column, and the products added up."""

from gearsbook.explorables.figure import Figure, State


class MatmulStepper(Figure):
    """Two matrices and their product; of one entry of it, the row, the column and the sum.

    Args:
        x: the matrix on the left, 1 to 6 rows and columns of whole numbers from -99 to 99.
        y: the one on the right, likewise. It need not fit: the figure says so.
        row: which row of x is chosen; it stays in range when `x` changes.
        column: which column of y is chosen; it stays in range when `y` changes.
        terms: how many products are added up so far, 0 to as many as there are pairs. All of
            them if it is None; it stays in range when `x` or `y` changes.
    """

    x = State([[1, 2, 3], [4, 5, 6]])
    y = State([[1, 0], [2, 1], [0, 3]])
    row = State(0)
    column = State(0)
    terms = State(3)

    def __init__(self, terms: int | None = None, **options: object) -> None:
        """Take the matrices over first: they say how many products there are.

        Raises:
            ValueError: a matrix is not one of whole numbers, or a number is out of its range.
        """
        super().__init__(**options)
        self.terms = self.call("pairs", self.x, self.y) if terms is None else terms
