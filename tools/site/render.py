"""Render one edition: `python render.py ARGUMENTS-OF-JUPYTER-BOOK`, then a line on stdin.

Loading jupyter-book takes as long as rendering a changed page. So it is loaded at once, and waits
for the line; `make serve` always has one waiting.
"""

import importlib
import os
from pathlib import Path
import sys
import threading

# The extension that stands beside this file, and not that of another clone, which is installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

# Where these are installed, others load them, nothing of ours is any different for it, and that
# takes twice as long as all the rest. With None in their place they count as not installed.
for name in ("matplotlib", "rfc3987_syntax"):
    sys.modules[name] = None  # type: ignore[assignment]  # as Python's reference has it

# jupyter-book, and of what it imports only when it builds, the modules that take their time
for name in (
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinxext.opengraph",
    "sphinx.builders.html",
):
    importlib.import_module(name)


def end_with_the_starter() -> None:
    """The pipe breaks when the process at its other end is gone; this one would write on."""
    os.read(0, 1)
    os._exit(1)


if sys.stdin.readline():  # and not the end: whoever started us has gone
    threading.Thread(target=end_with_the_starter, daemon=True).start()
    sys.modules["jupyter_book.cli.main"].main()
