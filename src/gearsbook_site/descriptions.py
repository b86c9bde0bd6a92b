"""What a search engine and a shared link show of a page: how its prose begins.

The extension that writes the rest of these tags takes a page apart and joins the pieces with blanks
and commas, which reads badly in English, and in Chinese worse: "搭出 神经网络 ，".
"""

from html import escape
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

LENGTH = 200
APART = (nodes.Admonition, nodes.definition_list, nodes.table)
# What follows a paragraph that ends with no mark, an entry of a list that does, and what is cut.
MARKS = {"en": (": ", ", ", "…"), "zh": ("：", "、", "……")}


def description(page: nodes.Element, language: str) -> str:
    """The paragraphs at the beginning of a page as one text."""
    colon, comma, cut = MARKS[language]
    text = mark = ""
    for paragraph in page.findall(nodes.paragraph):
        if is_apart(paragraph):
            continue
        text += mark if text[-1:].isalnum() else ""
        text = spaced(f"{text} {paragraph.astext()}")
        mark = comma if isinstance(paragraph.parent, nodes.list_item) else colon
        if len(text) > LENGTH:
            return text[: LENGTH - len(cut)] + cut
    return text


def is_apart(paragraph: nodes.Node) -> bool:
    """Whether it belongs to no running prose, or to what a cell shows."""
    around = paragraph.parent
    while around is not None:
        if isinstance(around, APART) or "cell" in around.get("classes", ()):
            return True
        around = around.parent
    return False


def spaced(text: str) -> str:
    """A text without blanks at its ends, doubled ones, and those around full-width marks."""
    return re.sub(r"\s*([。，、；：？！（）《》])\s*", r"\1", " ".join(text.split()))


def _describe(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree:
        text = escape(description(doctree, app.config.language[:2]))
        context["meta"] = (context.get("meta") or {}) | {"og:description": text}
        context["metatags"] += f'<meta name="description" content="{text}" />\n'


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _describe, priority=400)  # before sphinxext.opengraph
