"""What the book adds to Sphinx: each module does one thing a reader would miss without it."""

from sphinx.application import Sphinx

from . import (
    anchors,
    chinese,
    code,
    deeper,
    descriptions,
    editions,
    explorables,
    formulas,
    freshness,
    glossary,
    pages,
    predictions,
    questions,
    search,
    standalone,
)

PARTS = (
    anchors, chinese, code, deeper, descriptions, editions, explorables, formulas, freshness,
    glossary, pages, predictions, questions, search, standalone,
)  # fmt: skip


def setup(app: Sphinx) -> dict[str, bool]:
    """Register every part; Sphinx calls this."""
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
