"""Short addresses: notebooks/en/01-first-look.ipynb is served as 01-first-look.html.

The folder that names the edition is redundant inside an edition, and without it a page has
the same address in both, so that switching the language is changing one path segment.
"""

import json
from pathlib import Path
import re

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

SEARCH_INDEX = "searchindex.js"
SOURCE_FOLDER = re.compile(r"^(?:book|notebooks)/(?:en|zh)/")


def short(docname: str) -> str:
    """The address of a page without its ending: `notebooks/zh/02/03-x` gives `02/03-x`."""
    return SOURCE_FOLDER.sub("", docname)


def _shorten_search_index(app: Sphinx, exception: Exception | None) -> None:
    """The search page builds addresses from the index's page names: give it the short ones."""
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    head, body = "Search.setIndex(", Path(app.doctreedir, SEARCH_INDEX).read_text(encoding="utf-8")
    content = json.loads(body.removeprefix(head).removesuffix(")"))
    content["docnames"] = [short(name) for name in content["docnames"]]
    for words in ("terms", "titleterms"):  # words that an earlier build left without a page
        content[words] = {word: pages for word, pages in content[words].items() if pages != []}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    Path(app.outdir, SEARCH_INDEX).write_text(f"{head}{text})", encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", _shorten_search_index)
