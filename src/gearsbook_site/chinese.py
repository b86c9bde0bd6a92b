"""Chinese is set as Chinese: stressed by dots, and with no blank behind a full-width mark.

A slant is for Latin letters: the title of an English book keeps it. And `**某个小题。** 正文` has a
blank only because Markdown would not see the end of the bold type without one.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

HAN = "\u3400-\u9fff"
DOTS = "dots"  # the class of what is stressed by dots
HAS_ITS_BLANK = ("。", "：", "？", "！")


def has_han(text: str) -> bool:
    """Whether Chinese characters are in it."""
    return re.search(f"[{HAN}]", text) is not None


class SetAsChinese(SphinxPostTransform):
    """The emphasis of a Chinese page, and what follows its heads."""

    default_priority = 600  # after the glossary's links, which change what is set off
    formats = ("html",)

    def run(self, **_: object) -> None:
        """Change the page."""
        if self.config.language.startswith("zh"):
            set_as_chinese(self.document)


def set_as_chinese(document: nodes.Element) -> None:
    """Change a page."""
    for marked in list(document.findall(nodes.Element)):
        if not isinstance(marked, nodes.strong | nodes.emphasis):
            continue
        if isinstance(marked, nodes.emphasis) and has_han(marked.astext()):
            marked["classes"].append(DOTS)
        if marked.astext().endswith(HAS_ITS_BLANK):
            parent = marked.parent
            for after in parent[parent.index(marked) + 1 :]:
                if not isinstance(after, nodes.Text):
                    break
                parent.replace(after, nodes.Text(after.lstrip()))
                if after.strip():
                    break


def setup(app: Sphinx) -> None:
    app.add_post_transform(SetAsChinese)
