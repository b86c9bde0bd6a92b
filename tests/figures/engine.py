"""The figures' JavaScript without a browser, by the names that the tests have for modules."""

from pathlib import Path

from gearsbook.explorables.engine import Module
from gearsbook.modules import single_file


class Engine:
    """Modules of JavaScript; each is read when it is first asked for.

    Args:
        sources: the file of each module, by the name that it is called here.
    """

    def __init__(self, sources: dict[str, Path]) -> None:
        self._sources, self._loaded = sources, {}

    def evaluate(self, module: str, expression: str, xs: object = None) -> object:
        """The value of an expression of a module `m` and of `xs`."""
        if module not in self._loaded:
            self._loaded[module] = Module(single_file(self._sources[module]))
        return self._loaded[module].evaluate(expression, xs)
