"""A matrix product, one entry at a time: its row, its column, and the products added up."""

from collections.abc import Sequence
from typing import Any

from gears.explorables.base import Explorable, Whole
import numpy as np
import traitlets

LONGEST = 6  # rows or columns
LARGEST = 99  # the size of a number in x or y
X = ((1, 2, 3), (4, 5, 6))
Y = ((1, 0), (2, 1), (0, 3))

SENTENCE: dict[str, dict[str, Any]] = {
    "en": {
        "entry": "Entry [{row}, {column}] of x @ y: row {row} of x meets column {column} of y. ",
        "all": "Multiply pair by pair and add: {sum} = {value}. ",
        "some": "{terms} of {pairs} products added so far: {sum} = {value}. ",
        "none": "No product of {pairs} is added yet: the sum starts at 0. ",
        "shape": (
            "A row of x is as long as a column of y, {pairs}, so the shapes {x} @ {y} give "
            "{product}."
        ),
        "misfit": (
            "x @ y fails: a row of x has {across}, a column of y has {down}, so {left} without "
            "a partner. y needs as many rows as x has columns. NumPy says “{error}”."
        ),
        "entries": ("1 entry", "{} entries"),
        "left": ("1 is", "{} are"),
    },
    "zh": {
        "entry": "x @ y 的 [{row}, {column}] 处：x 的第 {row} 行遇上 y 的第 {column} 列。",
        "all": "逐对相乘，再全部相加：{sum} = {value}。",
        "some": "{pairs} 个乘积已经加了 {terms} 个：{sum} = {value}。",
        "none": "{pairs} 个乘积一个还没加：和从 0 开始。",
        "shape": "x 的一行与 y 的一列同长，都是 {pairs}，所以形状 {x} @ {y} 得到 {product}。",
        "misfit": (
            "x @ y 出错：x 的一行有 {across}，y 的一列有 {down}，剩下 {left}配不成对。"
            "y 的行数要等于 x 的列数。NumPy 的原话是“{error}”。"
        ),
        "entries": ("1 个数", "{} 个数"),
        "left": ("1 个", "{} 个"),
    },
}


class _Matrix(traitlets.TraitType):
    """A matrix of whole numbers, kept as a list of its rows."""

    def validate(self, obj: Explorable, value: object) -> list[list[int]]:
        """The value as a list of rows; traitlets calls this on every assignment."""
        try:
            array = np.asarray(value)
        except ValueError:  # its rows differ in length
            array = np.empty(0)
        if array.ndim != 2 or not all(1 <= length <= LONGEST for length in array.shape):
            raise ValueError(
                f"{self.name} is {value!r}: it must be a matrix, a list of rows of equal length, "
                f"with 1 to {LONGEST} rows and 1 to {LONGEST} columns"
            )
        for (row, column), number in np.ndenumerate(array):
            if array.dtype.kind not in "iu" or not -LARGEST <= number <= LARGEST:
                raise ValueError(
                    f"{self.name}[{row}, {column}] is {array.tolist()[row][column]!r}: it must be "
                    f"a whole number from -{LARGEST} to {LARGEST}"
                )
        return array.tolist()


class MatmulStepper(Explorable):
    """Two matrices and their product; of one entry of it, the row, the column and the sum.

    Args:
        x: the matrix on the left, 1 to 6 rows and columns of whole numbers from -99 to 99.
        y: the one on the right, likewise. It need not fit: the figure says so.
        row: which row of x is chosen; it stays in range when `x` changes.
        column: which column of y is chosen; it stays in range when `y` changes.
        terms: how many products are added up so far, 0 to as many as there are pairs. All of
            them if it is None; it stays in range when `x` or `y` changes.
    """

    x = _Matrix().tag(sync=True)
    y = _Matrix().tag(sync=True)
    row = Whole(0, lambda figure: len(figure.x) - 1).tag(sync=True)
    column = Whole(0, lambda figure: len(figure.y[0]) - 1).tag(sync=True)
    terms = Whole(0, lambda figure: figure._pairs()).tag(sync=True)

    def __init__(
        self,
        x: Sequence[Sequence[int]] = X,
        y: Sequence[Sequence[int]] = Y,
        row: int = 0,
        column: int = 0,
        terms: int | None = None,
        **options: object,
    ) -> None:
        """Take the matrices over first: they set the range of the rest.

        Raises:
            ValueError: a matrix is not one of whole numbers, or a number is out of its range.
        """
        super().__init__(x=x, y=y, row=row, column=column, **options)
        self.terms = self._pairs() if terms is None else terms

    @traitlets.observe("x", "y")
    def _stay_in_range(self, change: object) -> None:
        self.row = min(self.row, len(self.x) - 1)
        self.column = min(self.column, len(self.y[0]) - 1)
        self.terms = min(self.terms, self._pairs())

    def _pairs(self) -> int:
        """How many entries of a row of x find a partner in a column of y."""
        return min(len(self.x[0]), len(self.y))

    def describe(self) -> str:
        """The chosen entry's row, column and sum so far, and the shapes; or why x @ y fails."""
        words, x, y = SENTENCE[self.language], np.array(self.x), np.array(self.y)
        try:
            product = x @ y
        except ValueError as error:
            return self._misfit(str(error))
        terms, pairs = self.terms, self._pairs()
        factors = list(zip(x[self.row], y[:, self.column], strict=True))[:terms]
        kind = "all" if terms == pairs else "some" if terms else "none"
        entry = words["entry"].format(row=self.row, column=self.column)
        total = words[kind].format(
            terms=terms,
            pairs=pairs,
            sum=" + ".join(f"{_factor(a)} × {_factor(b)}" for a, b in factors),
            value=_number(sum(a * b for a, b in factors)),
        )
        shapes = words["shape"].format(pairs=pairs, x=x.shape, y=y.shape, product=product.shape)
        return entry + total + shapes

    def _misfit(self, error: str) -> str:
        words = SENTENCE[self.language]
        across, down, left = len(self.x[0]), len(self.y), abs(len(self.x[0]) - len(self.y))
        return words["misfit"].format(
            across=words["entries"][across > 1].format(across),
            down=words["entries"][down > 1].format(down),
            left=words["left"][left > 1].format(left),
            error=error,
        )


def _number(number: int) -> str:
    return str(number).replace("-", "−")


def _factor(number: int) -> str:
    """A number as it stands beside a times sign."""
    return f"({_number(number)})" if number < 0 else str(number)
