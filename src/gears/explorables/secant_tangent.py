"""Secant and tangent: difference quotients of a function, and the two parts of their error.

The functions are built from + - * / and the square root alone, which IEEE 754 rounds in one way
only, so that Python, NumPy and a browser agree in every bit, down to the smallest h.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context
from typing import Any

from gears.explorables.base import Explorable, Number
import numpy as np
import numpy.typing as npt
import traitlets

LARGEST_X, LARGEST_H, SMALLEST_H = 3.0, 1.0, 1e-17
# six in a decade, written as decimals: a power would be rounded differently in the browser
STEPS = np.array(
    [1.0, *(float(f"{m}e-{d}") for d in range(1, 18) for m in ("7", "5", "3", "2", "1.5", "1"))]
)

WORDS = {
    "en": {
        "forward": "{formula} at x = {x}, forward difference with h = {h}: {quotient}. ",
        "central": "{formula} at x = {x}, central difference with h = {h}: {quotient}. ",
        "derivative": "The derivative is {slope}, the error {error}. ",
        "exact": "Here nothing is lost. ",
        "same": "Both values of f are the same number, so their difference is 0. ",
        "crossed": "The kink at 0 lies between the two points. ",
        "truncation": "Most of it is truncation: the curve bends between the two points. ",
        "rounding": "Most of it is rounding: few digits are left of the difference. ",
        "best": "The smallest error drawn is {error}, at h = {h}.",
        "kink": (
            "There is no derivative: the slope is {left} to the left and {right} to the right. "
            "The quotient does not tell."
        ),
    },
    "zh": {
        "forward": "{formula} 在 x = {x} 处，h = {h} 时前向差分是 {quotient}。",
        "central": "{formula} 在 x = {x} 处，h = {h} 时中心差分是 {quotient}。",
        "derivative": "导数是 {slope}，误差是 {error}。",
        "exact": "这里一点也没丢。",
        "same": "两个函数值是同一个数，相减得 0。",
        "crossed": "折点 0 夹在两点之间。",
        "truncation": "主要是截断误差：曲线在两点之间是弯的。",
        "rounding": "主要是舍入误差：两个函数值相减之后，剩不下几位数字。",
        "best": "画出的误差里，最小的是 {error}，在 h = {h} 处。",
        "kink": "这里没有导数：左边的斜率是 {left}，右边的是 {right}，差商却看不出来。",
    },
}

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """A function, its derivative, and its difference quotient computed without subtracting.

    Args:
        formula: how it is written.
        f: the function.
        slope: its derivative, where it has one.
        secant: (f(b) - f(a)) / (b - a) of a, b and b - a, rearranged so that nothing cancels.
        sides: the slopes left and right of a kink at 0; none if the function is smooth.
    """

    formula: str
    f: Callable[[Values], Values]
    slope: Callable[[Any], Values]
    secant: Callable[[Values, Values, Values], Values]
    sides: tuple[int, int] | None = None


def _relu_secant(a: Values, b: Values, width: Values) -> Values:
    return np.where(a >= 0, 1.0, np.where(b <= 0, 0.0, b / width))


def _abs_secant(a: Values, b: Values, width: Values) -> Values:
    return np.where(a >= 0, 1.0, np.where(b <= 0, -1.0, (a + b) / width))


def _height(x: Values) -> Values:
    return np.sqrt(1 + x * x)


CURVES = {
    "square": Curve("x²", lambda x: x * x, lambda x: 2 * x, lambda a, b, _: a + b),
    "cubic": Curve(
        "x³/10 − x",
        lambda x: x * x * x / 10 - x,
        lambda x: 3 * x * x / 10 - 1,
        lambda a, b, _: (a * a + a * b + b * b) / 10 - 1,
    ),
    "bell": Curve(
        "1/(1 + x²)",
        lambda x: 1 / (1 + x * x),
        lambda x: -2 * x / ((1 + x * x) * (1 + x * x)),
        lambda a, b, _: -(a + b) / ((1 + a * a) * (1 + b * b)),
    ),
    "root": Curve(
        "√(1 + x²)",
        _height,
        lambda x: x / _height(x),
        lambda a, b, _: (a + b) / (_height(a) + _height(b)),
    ),
    "relu": Curve(
        "relu(x)",
        lambda x: np.maximum(x, 0.0),
        lambda x: np.where(x > 0, 1.0, 0.0),
        _relu_secant,
        (0, 1),
    ),
    "abs": Curve("|x|", np.abs, np.sign, _abs_secant, (-1, 1)),
}


class SecantTangent(Explorable):
    """A curve with a secant and its tangent, and the error of the secant's slope for every h.

    Args:
        function: "square", "cubic", "bell", "root", "relu" or "abs".
        x: where the slope is wanted, -3 to 3.
        h: the step, 1e-17 to 1.
        central: whether the secant goes through x - h and x + h, and not through x and x + h.
        magnified: whether the curve is shown from x - 3h to x + 3h.
    """

    function = traitlets.Enum(tuple(CURVES), "square").tag(sync=True)
    x = Number(3.0, -LARGEST_X, LARGEST_X).tag(sync=True)
    h = Number(1.0, SMALLEST_H, LARGEST_H).tag(sync=True)
    central = traitlets.Bool(False).tag(sync=True)
    magnified = traitlets.Bool(False).tag(sync=True)

    def describe(self) -> str:
        """The quotient, the derivative, the error and what it comes from, and the best h."""
        words, curve = WORDS[self.language], CURVES[self.function]
        value, truncation, rounding = (
            float(part[0])
            for part in quotient(self.function, self.x, np.array([self.h]), self.central)
        )
        said = words["central" if self.central else "forward"].format(
            formula=curve.formula,
            x=_shown(self.x, 6),
            h=_shown(self.h, 3),
            quotient=_shown(value, 12),
        )
        if curve.sides and self.x == 0:
            left, right = curve.sides
            return said + words["kink"].format(left=left, right=right)
        slope = float(curve.slope(np.float64(self.x)))
        error = abs(value - slope)
        said += words["derivative"].format(slope=_shown(slope, 12), error=_shown(error, 2))
        if not error:
            said += words["exact"]
        elif not value:
            said += words["same"]
        elif curve.sides and self.x - self.central * self.h < 0 < self.x + self.h:
            said += words["crossed"]
        else:
            said += words["truncation" if truncation >= rounding else "rounding"]
        errors = np.abs(quotient(self.function, self.x, STEPS, self.central)[0] - slope)
        best = int(errors.argmin())  # of several the first, with the largest h
        return said + words["best"].format(
            error=_shown(float(errors[best]), 2), h=_shown(float(STEPS[best]), 3)
        )


def quotient(function: str, x: float, h: Values, central: bool) -> tuple[Values, Values, Values]:
    """Difference quotients as they come out in float64, and the two parts of their errors.

    Args:
        function: a name in `CURVES`.
        x: where.
        h: the steps, shape (n,).
        central: (f(x + h) - f(x - h)) / 2h, and not (f(x + h) - f(x)) / h.

    Returns:
        Quotients, truncation and rounding, each of shape (n,). Truncation is how far the exact
        secant's slope is from the derivative; it comes from a formula in which nothing cancels.
        Rounding is how far the quotient is from the exact secant's slope.
    """
    curve = CURVES[function]
    a, b, width = (x - h, x + h, 2 * h) if central else (x + 0 * h, x + h, h)
    came = (curve.f(b) - curve.f(a)) / width
    exact = curve.secant(a, b, width)
    return came, np.abs(exact - curve.slope(np.float64(x))), np.abs(came - exact)


def _shown(value: float, digits: int) -> str:
    """A number with so many significant digits, halves away from zero, as JavaScript rounds."""
    if value == 0:
        return "0"
    context = Context(prec=digits, rounding=ROUND_HALF_UP)
    rounded = context.create_decimal_from_float(value).normalize()
    if abs(value) >= 1e-3:
        return f"{rounded:f}"
    return f"{rounded.scaleb(-rounded.adjusted()).normalize():f}e{rounded.adjusted()}"
