"""Building again gives the same site as building from nothing.

Sphinx alone would keep the pages and pictures that are gone from the book, and would overlook
a change in the stylesheet or in these modules.
"""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .addresses import short

HERE = Path(__file__).parent


def _own_digest() -> str:
    """Changes with any module here."""
    sources = (path.read_bytes() for path in sorted(HERE.glob("*.py")))
    return hashlib.sha256(b"".join(sources)).hexdigest()


def _look_at_one_page_at_least(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
    """Without a page to write, Sphinx would not copy stylesheets and scripts."""
    return [app.config.root_doc] if app.config.root_doc in env.found_docs else []


def _remove_leftovers(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    out, env = Path(app.outdir), app.env
    pages = {out / f"{short(name)}.html" for name in (*env.found_docs, "search")}
    pictures = {out / "_images" / name for _, name in env.images.values()}
    sources = {
        out / "_sources" / Path(env.doc2path(name)).relative_to(env.srcdir)
        for name in env.found_docs
    }
    for kind, wanted in (("*.html", pages), ("_images/*", pictures), ("_sources/**/*", sources)):
        for file in out.rglob(kind):
            if file.is_file() and file not in wanted and "_static" not in file.parts:
                file.unlink()


def setup(app: Sphinx) -> None:
    app.add_config_value("gears_site_digest", _own_digest(), "env", [str])
    app.connect("env-get-outdated", _look_at_one_page_at_least)
    app.connect("build-finished", _remove_leftovers)
