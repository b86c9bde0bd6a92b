"""A layer of two units in the plane: what weights, bias and relu do to grid, area and points."""

from collections.abc import Sequence
from itertools import pairwise
import math
from typing import Any

from gears.explorables.base import Explorable, is_number
import traitlets

LARGEST = 2
TINY = 1e-9  # an area that is none
SQUARE = ((0, 0), (1, 0), (1, 1), (0, 1))

WORDS = {
    "en": {
        "rows": "The arrows (1, 0) and (0, 1) become the rows of W, {0} and {1}",
        "shift": ", and everything moves by b = {}. ",
        "still": ". ",
        "point": "The determinant is 0: the whole plane ends in a single point. ",
        "line": "The determinant is 0: the whole plane is pressed onto a line. ",
        "kept": "The determinant is {det}: the unit square becomes a shape of area {area}. ",
        "turned": (
            "The determinant is {det}: the unit square becomes a shape of area {area}, "
            "turned over like a page. "
        ),
        "thin": "The determinant is almost 0, closer than 0.0001: hardly any area is left. ",
        "part": "relu leaves {area} of that area and presses the rest onto the axes. ",
        "whole": "relu leaves all of that area. ",
        "nothing": "relu presses all of it onto the axes. ",
        "bends": "relu moves whatever is negative onto the axes. ",
        "goes": "The point {0} goes to {1}.",
        "folded": "The point {0} goes to {1}, and relu takes it to {2}.",
    },
    "zh": {
        "rows": "箭头 (1, 0) 和 (0, 1) 变成 W 的两行 {0} 和 {1}",
        "shift": "，然后整个平面平移 b = {}。",
        "still": "。",
        "point": "行列式是 0：整个平面缩成一个点。",
        "line": "行列式是 0：整个平面被压成一条直线。",
        "kept": "行列式是 {det}：单位正方形变成面积为 {area} 的图形。",
        "turned": "行列式是 {det}：单位正方形变成面积为 {area} 的图形，并且像书页一样翻了面。",
        "thin": "行列式几乎是 0，绝对值小于 0.0001：面积几乎没有了。",
        "part": "relu 只留下其中 {area} 的面积，其余都压到坐标轴上。",
        "whole": "relu 把这块面积全都留下。",
        "nothing": "relu 把它全部压到坐标轴上。",
        "bends": "relu 把负的部分都移到坐标轴上。",
        "goes": "点 {0} 变成 {1}。",
        "folded": "点 {0} 先变成 {1}，再由 relu 变成 {2}。",
    },
}

Point = Sequence[float]  # two numbers


class Pair(traitlets.List):
    """Two numbers from -2 to 2.

    Raises:
        ValueError: another value was given; the message names it and the range.
    """

    def validate(self, obj: Explorable, value: Any) -> list[float]:
        """The two numbers in a list; traitlets calls this on every assignment."""
        return _pair(str(self.name), value)


class Weights(traitlets.List):
    """A 2 by 2 matrix of numbers from -2 to 2, given row by row.

    Raises:
        ValueError: another value was given; the message names it and the range.
    """

    def validate(self, obj: Explorable, value: Any) -> list[list[float]]:
        """The rows as lists; traitlets calls this on every assignment."""
        rows = _items(value)
        if rows is None or len(rows) != 2:
            raise ValueError(f"{self.name} is {value!r}: it must be two rows of two numbers")
        return [_pair(f"{self.name}[{at}]", row) for at, row in enumerate(rows)]


class DensePlane(Explorable):
    """The plane before and after `relu(points @ W + b)`, points as rows.

    Args:
        weights: W, 2 by 2, numbers from -2 to 2. Its rows are the images of (1, 0) and (0, 1).
        bias: b, two numbers from -2 to 2.
        relu: whether relu follows.
        point: one point that is followed, two numbers from -2 to 2.
    """

    weights = Weights([[1, 0], [0, 1]]).tag(sync=True)
    bias = Pair([0, 0]).tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    point = Pair([1.5, 1]).tag(sync=True)

    def describe(self) -> str:
        """Where the unit arrows, the unit square and the point go, and what relu leaves."""
        words, weights, bias = WORDS[self.language], self.weights, self.bias
        sentence = words["rows"].format(*map(_shown, weights))
        sentence += words["shift"].format(_shown(bias)) if any(bias) else words["still"]
        kind, size = effect(weights), abs(det(weights))
        sentence += words[kind].format(det=_number(det(weights)), area=_number(size))
        if self.relu and kind in ("kept", "turned"):
            left = abs(area(folded(SQUARE, weights, bias)))
            part = "nothing" if left < TINY else "whole" if size - left < TINY else "part"
            sentence += words[part].format(area=_number(left))
        elif self.relu:
            sentence += words["bends"]
        straight = image(self.point, weights, bias)
        bent = (max(straight[0], 0), max(straight[1], 0))
        kind = "folded" if self.relu and bent != straight else "goes"
        return sentence + words[kind].format(_shown(self.point), _shown(straight), _shown(bent))


def image(point: Point, weights: list[list[float]], bias: list[float]) -> Point:
    """Where `point @ weights + bias` is."""
    (a, b), (c, d) = weights
    x, y = point
    return (x * a + y * c + bias[0], x * b + y * d + bias[1])


def det(weights: list[list[float]]) -> float:
    """How many times larger areas become; negative if the plane is turned over."""
    (a, b), (c, d) = weights
    return a * d - b * c


def effect(weights: list[list[float]]) -> str:
    """What becomes of the plane: it is kept, turned over, thin, a line or a point."""
    (a, b), (c, d) = weights
    if not any((a, b, c, d)):
        return "point"
    if abs(det(weights)) <= 1e-15 * (abs(a * d) + abs(b * c)):  # 0 but for the last binary digit
        return "line"
    if not _rounded(abs(det(weights))):
        return "thin"
    return "kept" if det(weights) > 0 else "turned"


def folded(
    corners: tuple[Point, ...], weights: list[list[float]], bias: list[float]
) -> list[Point]:
    """The outline of a polygon after `relu(points @ weights + bias)`.

    A side is bent where one of its coordinates changes its sign; there it gets a corner more.
    """
    images = [image(corner, weights, bias) for corner in corners]
    outline: list[Point] = []
    for start, end in pairwise([*images, images[0]]):
        bends = [s / (s - e) for s, e in zip(start, end, strict=True) if (s < 0) != (e < 0)]
        for t in [0, *sorted(bends)]:
            x, y = (s + t * (e - s) for s, e in zip(start, end, strict=True))
            outline.append((max(x, 0), max(y, 0)))
    return outline


def area(corners: list[Point]) -> float:
    """The area inside a polygon, negative if its corners run clockwise (shoelace formula)."""
    twice = 0.0
    for (x, y), (u, v) in pairwise([*corners, corners[0]]):
        twice += x * v - u * y  # added as the page does it, in the same order
    return twice / 2


def _items(value: Any) -> list | None:
    try:
        return list(value)
    except TypeError:
        return None


def _pair(name: str, value: Any) -> list[float]:
    numbers = _items(value) or []
    if len(numbers) != 2 or not all(is_number(x, -LARGEST, LARGEST) for x in numbers):
        raise ValueError(
            f"{name} is {value!r}: it must be two numbers from -{LARGEST} to {LARGEST}"
        )
    return [int(number) if number == int(number) else float(number) for number in numbers]


def _rounded(value: float) -> float:
    """Four decimals, rounded as the page does it."""
    return math.floor(value * 10_000 + 0.5) / 10_000


def _number(value: float) -> str:
    return f"{_rounded(value):.4f}".rstrip("0").rstrip(".")


def _shown(point: Point) -> str:
    return f"({_number(point[0])}, {_number(point[1])})"
