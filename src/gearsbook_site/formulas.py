"""Formulas become HTML while the book is built: the reader's browser runs no math script.

KaTeX runs inside Python by way of dukpy. A formula KaTeX does not accept is a warning, and
warnings stop the build.

KaTeX places the parts of a formula by style attributes, some 200 different ones in a book. No
policy has to allow them: they are written as `data-style`, and the stylesheet has a rule for each.
"""

from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path
import re

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

FORMULA = '<span class="katex-html"'
STYLE = re.compile(r' style="([^"]*)"')
MEASURE = re.compile(r"-?[0-9]*\.[0-9]+(?=em)")

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
        html = str(_interpreter().evaljs(RENDER, tex=tex, display=display))
    except dukpy.JSRuntimeError as error:
        raise ValueError(str(error).strip().splitlines()[0]) from error
    return STYLE.sub(lambda style: f' data-style="{MEASURE.sub(_rounded, style[1])}"', html)


def _rounded(measure: re.Match[str]) -> str:
    """A thousandth of a letter's size is a fiftieth of a pixel: fewer styles, which are shorter."""
    return f"{float(measure[0]):.3f}".rstrip("0").rstrip(".")


def styles(page: str) -> set[str]:
    """The styles of the formulas on a page."""
    return {unescape(style) for style in re.findall(r' data-style="([^"]*)"', page)}


def style_rules(styles: Iterable[str]) -> str:
    """The stylesheet that does what those attributes would do, and wins where they would win."""
    rules = []
    for style in sorted(styles):
        text = style.replace("\\", "\\\\").replace('"', '\\"')
        declarations = [part.strip() for part in style.split(";") if part.strip()]
        important = "".join(f"{declaration}!important;" for declaration in declarations)
        rules.append(f'[data-style="{text}"]{{{important}}}\n')
    return "".join(rules)


def characters(page: str) -> set[str]:
    """The characters that stand in the formulas of a page."""
    found: set[str] = set()
    for formula in page.split(FORMULA)[1:]:
        depth = 1
        for tag in re.finditer(r"<(/?)span", formula):
            depth += -1 if tag[1] else 1
            if depth == 0:
                found |= set(unescape(re.sub(r"<[^>]*>", "", ">" + formula[: tag.start()])))
                break
    return found


def _html_or_warning(node: nodes.Node, display: bool) -> str:
    try:
        return to_html(node.astext(), display)
    except ValueError as error:
        logger.warning("formula %r: %s", node.astext(), error, location=node)
        return ""


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(f'<span class="math" translate="no">{_html_or_warning(node, False)}</span>')
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    # a formula wider than the screen scrolls, so the keyboard must be able to reach it
    self.body.append(self.starttag(node, "div", CLASS="math", tabindex="0", translate="no"))
    self.body.append(_html_or_warning(node, True))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_html_math_renderer("katex", (_visit_inline, None), (_visit_block, None))
    app.add_css_file("katex/katex.min.css")
