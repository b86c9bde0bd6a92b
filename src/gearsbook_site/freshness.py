"""Building again gives the same site as building from nothing.

Sphinx alone would keep the pages and pictures that are gone from the book, would overlook a
change in the stylesheet or in these modules, or one that a clock set back or a restored backup
dates before the last build, and would take for whole what a killed build left half-written.
"""

import hashlib
from pathlib import Path
import shutil

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from .addresses import short
from .bodies import PRACTICE
from .pages import Book, as_webp_name

HERE = Path(__file__).parent
UNFINISHED = "unfinished"  # beside the doctrees while a build runs


def _own_digest() -> str:
    """Changes with any module here, and with the exercises."""
    modules = (*HERE.glob("*.py"), *PRACTICE.glob("*.py"))
    sources = (path.read_bytes() for path in sorted(modules))
    return hashlib.sha256(b"".join(sources)).hexdigest()


def _contents(env: BuildEnvironment, docname: str) -> str:
    """Changes with what a page is made from, not with its date."""
    sources = [env.doc2path(docname), *sorted(env.dependencies.get(docname, ()))]
    paths = (Path(env.srcdir, source) for source in sources)
    return hashlib.sha256(b"".join(p.read_bytes() for p in paths if p.is_file())).hexdigest()


def _look_at_contents(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    known = getattr(env, "gears_contents", {})
    names = [name for name in env.found_docs if known.get(name) != _contents(env, name)]
    if names or added or changed or app.config.root_doc not in env.found_docs:
        return names
    return [app.config.root_doc]  # without a page to write, Sphinx copies no stylesheet or script


def _note_contents(app: Sphinx, env: BuildEnvironment) -> None:
    vars(env)["gears_contents"] = {name: _contents(env, name) for name in env.found_docs}


def _start_over_after_a_killed_build(app: Sphinx, config: Config) -> None:
    mark = Path(app.doctreedir, UNFINISHED)
    if mark.exists():
        shutil.rmtree(app.outdir)
        shutil.rmtree(app.doctreedir)
    for folder in (app.outdir, app.doctreedir):
        Path(folder).mkdir(parents=True, exist_ok=True)
    mark.touch()


def _note_the_end(app: Sphinx, exception: Exception | None) -> None:
    if not exception:
        Path(app.doctreedir, UNFINISHED).unlink()


def _remove_leftovers(app: Sphinx, exception: Exception | None) -> None:
    if exception or not isinstance(app.builder, Book):
        return
    out, env = Path(app.outdir), app.env
    pages = {f"{short(name)}.html" for name in (*env.found_docs, "search")}
    pictures = {as_webp_name(name) for _, name in env.images.values()}
    notebooks = {page.replace(".html", ".ipynb") for page in pages}
    for folder, kind, wanted in (
        (out, "*.html", pages),
        (app.builder.rendered, "*.html", pages),
        (out / "_images", "*", pictures),
        (out, "*.ipynb", notebooks),
    ):
        for file in folder.rglob(kind):
            if file.is_file() and file.relative_to(folder).as_posix() not in wanted:
                file.unlink()


def setup(app: Sphinx) -> None:
    app.add_config_value("gearsbook_site_digest", _own_digest(), "env", [str])
    app.connect("env-get-outdated", _look_at_contents)
    app.connect("env-updated", _note_contents)
    app.connect("build-finished", _remove_leftovers)
    # before and after all others
    app.connect("config-inited", _start_over_after_a_killed_build, priority=0)
    app.connect("build-finished", _note_the_end, priority=1000)
