"""Short addresses: notebooks/en/01-first-look.ipynb is served as 01-first-look.html.

The folder that names the edition is redundant inside an edition, and without it a page has
the same address in both, so that switching the language is changing one path segment.

A page numbered 00 opens its folder, and has the folder's name for an address, as those that are
no notebooks have: 04-gradients/00-training-loop.ipynb is gradients.html beside operations.html.
"""

import re

SOURCE_FOLDER = re.compile(r"^(book|notebooks)/(?:en|zh)/")
OPENING = re.compile(r"^\d\d-([^/]+)/00-[^/]+$")


def short(docname: str) -> str:
    """The address of a page without its ending: `notebooks/zh/02/03-x` gives `02/03-x`."""
    return OPENING.sub(r"\1", SOURCE_FOLDER.sub("", docname))
