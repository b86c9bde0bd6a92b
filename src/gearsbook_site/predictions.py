"""The reader guesses first: a field for the guess, and the output when it is asked for.

A question is a quotation headed "Predict first" in bold, which reads well wherever a notebook is
shown. The cell that answers it hides its output, by the mark that JupyterLab sets and
reads (`"jupyter": {"outputs_hidden": true}`). Neither needs a script, and no guess leaves the page.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

WORDS = {
    "en": {"question": "Predict first", "guess": "Your guess", "show": "Show the output"},
    "zh": {"question": "先猜一猜", "guess": "你的猜测", "show": "看输出"},
}
FIELD = (
    '<div class="prediction"><label>{guess} <textarea rows="1" autocomplete="off"></textarea>'
    "</label>\n<details><summary>{show}</summary>\n"
)


def _question(quotation: nodes.block_quote, name: str) -> nodes.admonition | None:
    """A quotation as a box, if its first paragraph is a box's name in bold."""
    # myst puts empty text beside it
    bold = [node for node in quotation[0].children if node.astext()]
    if len(bold) != 1 or not isinstance(bold[0], nodes.strong) or bold[0].astext() != name:
        return None
    title = nodes.title(name, name)
    return nodes.admonition("", title, *quotation[1:], classes=["tip", "predict"])


class Predictions(SphinxPostTransform):
    """Boxes of the questions, fields and folded outputs of the answers."""

    default_priority = 190  # after the output's form was chosen, before myst-nb folds solutions

    def run(self, **_: object) -> None:
        """Change the page."""
        words = WORDS[self.config.language[:2]]
        for quotation in list(self.document.findall(nodes.block_quote)):
            if box := _question(quotation, words["question"]):
                quotation.replace_self(box)
        for cell in list(self.document.findall(nodes.container)):
            metadata: dict[str, dict[str, bool]] = cell.get("cell_metadata", {})
            if metadata.get("jupyter", {}).get("outputs_hidden"):
                field = FIELD.format(**words)
                cell.insert(len(cell) - 1, nodes.raw("", field, format="html"))
                cell.append(nodes.raw("", "</details></div>\n", format="html"))


def setup(app: Sphinx) -> None:
    app.add_post_transform(Predictions)
