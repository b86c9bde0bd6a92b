"""Twice a number, by slider."""

from gears.explorables.base import Explorable, Whole

SENTENCE = {"en": "Twice {n} is {twice}.", "zh": "{n} 的两倍是 {twice}。"}


class Doubling(Explorable):
    """A number from 0 to 10 and its double.

    Args:
        n: the number.
    """

    n = Whole(3, 10).tag(sync=True)

    def describe(self) -> str:
        """The number and its double."""
        return SENTENCE[self.language].format(n=self.n, twice=2 * self.n)
