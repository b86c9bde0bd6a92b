"""Code in colours, without marks on what has the colour of text: a twentieth of a page."""

from collections.abc import Iterable
from typing import Any

from sphinx.application import Sphinx
from sphinx.highlighting import PygmentsBridge

# and not what belongs to them, as the names of functions
PLAIN = {"Token.Name", "Token.Punctuation", "Token.Text.Whitespace"}


class Formatter(PygmentsBridge.html_formatter):  # type: ignore[misc]  # a class that has no name
    """Sphinx's own, but for what is plain."""

    def format_unencoded(self, tokensource: Iterable[tuple[Any, str]], outfile: Any) -> None:
        """Write the pieces of some code."""
        tokens = ((k.parent if str(k) in PLAIN else k, text) for k, text in tokensource)
        super().format_unencoded(tokens, outfile)


def setup(app: Sphinx) -> None:
    PygmentsBridge.html_formatter = Formatter
