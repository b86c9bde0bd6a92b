"""Boxes: a section that only some readers need is folded under its heading.

The heading begins with "Deeper: ", which reads well wherever a notebook is shown. The fold needs no
script; page.js opens a box that an address names.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

MARK = {"en": "Deeper: ", "zh": "深入："}


class Boxes(SphinxPostTransform):
    """Folds around what such a section holds."""

    default_priority = 800  # after all that looks for a title at the head of its section

    def run(self, **_: object) -> None:
        """Change the page."""
        mark = MARK[self.config.language[:2]]
        for section in self.document.findall(nodes.section):
            if section[0].astext().startswith(mark):
                section.insert(1, nodes.raw("", "</summary>\n", format="html"))
                section.insert(0, nodes.raw("", '<details class="deeper"><summary>', format="html"))
                section.append(nodes.raw("", "</details>\n", format="html"))


def setup(app: Sphinx) -> None:
    app.add_post_transform(Boxes)
