"""The functions that the notebooks of section 2.3 write out, taken out of their cells."""

import notebooks


def functions(page: str, *cells: str) -> dict[str, object]:
    """What some code cells of a page define, run in the page's order.

    Args:
        page: a notebook of section 2.3, without folder and ending.
        cells: the ids of its cells.

    Raises:
        KeyError: the page has no code cell of one of these ids.
    """
    notebook = notebooks.read(notebooks.NOTEBOOKS / "en" / "03-operations" / f"{page}.ipynb")
    sources = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}
    if missing := set(cells) - set(sources):
        raise KeyError(f"{page} has no code cell {', '.join(sorted(missing))}")
    namespace = {}
    for name, source in sources.items():
        if name in cells:
            exec(source, namespace)
    return namespace
