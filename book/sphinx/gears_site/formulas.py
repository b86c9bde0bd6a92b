"""Formulas become HTML while the book is built: the reader's browser runs no math script.

KaTeX runs inside Python by way of dukpy. A formula KaTeX does not accept is a warning, and
warnings stop the build.
"""

from functools import cache
from pathlib import Path

from docutils import nodes
import dukpy
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

KATEX = Path(__file__).with_name("katex.min.js")
RENDER = """katex.renderToString(dukpy.tex, {
    displayMode: dukpy.display, throwOnError: true, strict: "error", output: "htmlAndMathml",
})"""

logger = logging.getLogger(__name__)


@cache
def _interpreter() -> dukpy.JSInterpreter:
    interpreter = dukpy.JSInterpreter()
    interpreter.evaljs("var self = this;")  # where KaTeX puts itself
    interpreter.evaljs(KATEX.read_text(encoding="utf-8"))
    return interpreter


@cache
def to_html(tex: str, display: bool) -> str:
    """A formula as HTML with MathML inside.

    Raises:
        ValueError: KaTeX does not accept the formula; the message is KaTeX's.
    """
    try:
        return str(_interpreter().evaljs(RENDER, tex=tex, display=display))
    except dukpy.JSRuntimeError as error:
        raise ValueError(str(error).strip().splitlines()[0]) from error


def _html_or_warning(node: nodes.Node, display: bool) -> str:
    try:
        return to_html(node.astext(), display)
    except ValueError as error:
        logger.warning("formula %r: %s", node.astext(), error, location=node)
        return ""


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(f'<span class="math">{_html_or_warning(node, False)}</span>')
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    # a formula wider than the screen scrolls, so the keyboard must be able to reach it
    self.body.append(self.starttag(node, "div", CLASS="math", tabindex="0"))
    self.body.append(_html_or_warning(node, True))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_html_math_renderer("katex", (_visit_inline, None), (_visit_block, None))
    app.add_css_file("katex/katex.min.css")
