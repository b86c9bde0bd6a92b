"""What the book adds to Sphinx: each module does one thing a reader would miss without it."""

from sphinx.application import Sphinx

from . import addresses, chinese_search, editions, explorables, formulas, freshness, glossary


def setup(app: Sphinx) -> dict[str, bool]:
    """Register every part; Sphinx calls this."""
    for part in (addresses, chinese_search, editions, explorables, formulas, freshness, glossary):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
