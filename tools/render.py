"""Render one edition: `python tools/render.py ARGUMENTS-OF-JUPYTER-BOOK`, then a line on stdin.

Loading jupyter-book takes as long as rendering a changed page. So it is loaded at once, and waits
for the line; `make serve` always has one waiting.
"""

import importlib
import sys

from jupyter_book.cli.main import main
import jupyter_book.sphinx  # noqa: F401  (jupyter-book itself imports it only when it builds)

# of what it imports only then, the modules that take their time
for name in (
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinxext.opengraph",
    "sphinx.builders.html",
):
    importlib.import_module(name)

if sys.stdin.readline():  # and not the end: whoever started us has gone
    main()
