"""Where links into a page lead: headings, cells and figures have the same ids in both editions.

Docutils makes a heading's id of its Latin letters: a Chinese one gets `id7`, which is `id8` as soon
as a heading is added before it. Here both editions take the words of the English heading, and the
ids that the cells of a notebook have in both.
"""

from collections import Counter
from collections.abc import Iterator
import json
from pathlib import Path
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from .addresses import SOURCE_FOLDER

FENCED = re.compile(r"^(`{3,}|~{3,}|:{3,}).*?^\1", re.M | re.S)
HEADING = re.compile(r"^#{1,6} +(.*)", re.M)
TARGET = re.compile(r"\]\([^)]*\)")

logger = logging.getLogger(__name__)


def cells(source: Path) -> list[tuple[str, str, str]]:
    """The id, the kind and the text of a notebook's cells; a page that is none is one cell."""
    text = source.read_text(encoding="utf-8")
    if source.suffix != ".ipynb":
        return [("", "markdown", text)]
    all_cells = json.loads(text)["cells"]
    return [(cell["id"], cell["cell_type"], "".join(cell["source"])) for cell in all_cells]


def headings(source: Path) -> Iterator[str]:
    """The ids of a page's sections, from the words of their headings."""
    for _, kind, text in cells(source):
        if kind == "markdown":
            for words in HEADING.findall(FENCED.sub("", text)):
                yield nodes.make_id(TARGET.sub("]", words))


class SameAnchors(SphinxTransform):
    """Gives sections, cells and figures their ids."""

    default_priority = 270  # when figures have got a number, and labels of the author are ids

    def apply(self, **options: object) -> None:
        source = Path(self.env.doc2path(self.env.docname))
        english = Path(self.env.srcdir, SOURCE_FOLDER.sub(r"\1/en/", self.env.docname))
        english = english.with_suffix(source.suffix)
        self.env.note_dependency(str(english))
        self.taken: Counter[str] = Counter()
        wanted = list(headings(english))
        sections = [s for s in self.document.findall(nodes.section) if not is_letter(s)]
        if len(wanted) != len(sections):
            text = "%s: %d headings, and %d in the English edition: both need the same ids"
            logger.warning(text, source, len(sections), len(wanted), location=self.env.docname)
        for section, name in zip(sections, wanted, strict=False):
            self._rename(section, name)
        of_cells = [cell_id for cell_id, _, _ in cells(source)]
        for cell in self.document.findall(nodes.container):
            if "cell_index" in cell:
                cell_id = of_cells[cell["cell_index"]]
                self._rename(cell, f"cell-{cell_id}")
                for figure in cell.findall(nodes.figure):
                    self._rename(figure, f"figure-{cell_id}")

    def _rename(self, node: nodes.Element, name: str) -> None:
        """Give a node this id in place of one that was made for it; the author's own stay."""
        self.taken[name] += 1
        name += f"-{self.taken[name]}" if self.taken[name] > 1 else ""
        document = self.document
        for old in node["ids"]:
            del document.ids[old]
        labels = {document.nameids[label]: label for label in node["names"]}
        own = [old for old in node["ids"] if document.nametypes.get(labels.get(old, ""))]
        for old in set(node["ids"]) - set(own):
            if old in labels:
                document.nameids[labels[old]] = name
        node["ids"] = [name, *(label for label in own if label != name)]
        document.ids |= dict.fromkeys(node["ids"], node)


def is_letter(section: nodes.section) -> bool:
    """Whether it is of the glossary, where a language has letters of its own."""
    return str(section["ids"][0]).startswith("letter-")


def setup(app: Sphinx) -> None:
    app.add_transform(SameAnchors)
