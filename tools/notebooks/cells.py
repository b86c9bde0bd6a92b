"""The code in the notebooks' cells: as a tree, and the functions that it writes out."""

import ast
import re
from typing import Any

from nbformat import NotebookNode

from tools import notebooks

MAGIC = re.compile(r"^ *[%!].*$", re.M)  # IPython's own lines, such as %%writefile worker.py


def tree(cell: NotebookNode) -> ast.Module:
    """The Python of a code cell, without IPython's own lines."""
    return ast.parse(MAGIC.sub("", cell.source))


def functions(page: str, *cells: str, broken: tuple[str, str] | None = None) -> dict[str, Any]:
    """What some code cells of a page define, run in the page's order.

    Args:
        page: an English notebook as its folder and name, without ending.
        cells: the ids of its cells.
        broken: a piece of the code and what to put in its place, for tests that must fail then.

    Raises:
        KeyError: the page has no code cell of one of these ids.
        ValueError: the piece to break does not stand in exactly one place.
    """
    notebook = notebooks.read(notebooks.NOTEBOOKS / "en" / f"{page}.ipynb")
    sources = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}
    if missing := set(cells) - set(sources):
        raise KeyError(f"{page} has no code cell {', '.join(sorted(missing))}")
    code = "\n\n".join(source for name, source in sources.items() if name in cells)
    if broken:
        if (places := code.count(broken[0])) != 1:
            raise ValueError(f"{broken[0]!r} stands in {places} places of {page}: name one")
        code = code.replace(*broken)
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    return namespace
