"""Twice a number, by slider."""

from gearsbook.explorables.figure import Figure, State


class Doubling(Figure):
    """A number from 0 to 10 and its double.

    Args:
        n: the number.
    """

    n = State(3)
