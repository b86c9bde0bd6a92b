"""Short addresses: notebooks/en/01-first-look.ipynb is served as 01-first-look.html.

The folder that names the edition is redundant inside an edition, and without it a page has
the same address in both, so that switching the language is changing one path segment.
"""

import re

SOURCE_FOLDER = re.compile(r"^(book|notebooks)/(?:en|zh)/")


def short(docname: str) -> str:
    """The address of a page without its ending: `notebooks/zh/02/03-x` gives `02/03-x`."""
    return SOURCE_FOLDER.sub("", docname)
