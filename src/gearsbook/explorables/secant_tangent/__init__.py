"""Secant and tangent: difference quotients of a function, and the two parts of their error."""

from gearsbook.explorables.figure import Figure, State


class SecantTangent(Figure):
    """A curve with a secant and its tangent, and the error of the secant's slope for every h.

    Args:
        function: "square", "cubic", "bell", "root", "relu" or "abs".
        x: where the slope is wanted, -3 to 3.
        h: the step, 1e-17 to 2.
        central: whether the secant goes through x - h and x + h, and not through x and x + h.
        magnified: whether the curve is shown from x - 3h to x + 3h.
        errors: whether the chart of the error for every h is shown, too.
    """

    function = State("square")
    x = State(0.5)
    h = State(1.5)
    central = State(False)
    magnified = State(False)
    errors = State(False)
