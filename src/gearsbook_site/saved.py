"""What an author has just saved, at once: before the whole edition is rendered again.

The application of the last build is still there, with all that it knows of the other pages. It
reads what was saved, and writes it where neither the site nor the next build looks.
"""

from collections.abc import Iterable
from pathlib import Path
import shutil

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase
from sphinx.util.osutil import relative_uri

from .addresses import short
from .explorables import SOURCES, figure_scripts
from .pages import Book

logger = logging.getLogger(__name__)


def render(app: Sphinx, files: Iterable[str], folder: Path) -> bool:
    """Write what can be seen at once of files that were saved.

    Args:
        app: the application of a build that went well.
        files: their paths, from the root of the repository.
        folder: what it writes is in `html` there, as in the site's folder of the edition.

    Returns:
        Whether there is anything. A mistake is left for the next build to name.
    """
    shutil.rmtree(folder, ignore_errors=True)
    builder = app.builder
    assert isinstance(builder, Book)
    app.outdir = builder.outdir = type(app.outdir)(folder / "html")
    builder.doctreedir = type(builder.doctreedir)(folder / "doctrees")
    before = app._warncount
    try:
        for file in files:
            name = app.project.path2doc(file) or ""
            if Path(file).is_relative_to(SOURCES):
                _write_figures(app)
            elif name in app.env.found_docs and Path(app.srcdir, file).is_file():
                _write_page(app, builder, name)
    except Exception as error:
        logger.warning("%s", error)
    return app._warncount == before and folder.exists()


def _write_figures(app: Sphinx) -> None:
    """Write the scripts that differ, at the addresses that the pages know."""
    site = Path(app.doctreedir).with_name("html")
    for path, script in figure_scripts(Path(app.srcdir, SOURCES)).items():
        known, target = site / "_static" / path, Path(app.outdir, "_static", path)
        if not known.exists() or known.read_text(encoding="utf-8") != script:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(script, encoding="utf-8")


def _write_page(app: Sphinx, builder: Book, name: str) -> None:
    env = app.env
    numbers = env.toc_secnumbers.get(name, {}), env.toc_fignumbers.get(name, {})
    app.phase = BuildPhase.READING
    app.emit("env-purge-doc", env, name)
    env.clear_doc(name)
    builder.read_doc(name)
    env.toc_secnumbers[name], env.toc_fignumbers[name] = numbers  # clear_doc took them

    app.phase = BuildPhase.RESOLVING
    page = env.get_and_resolve_doctree(name, builder)
    app.phase = BuildPhase.WRITING
    builder.images = {}
    builder.imgpath = relative_uri(builder.get_target_uri(name), builder.imagedir)
    builder.post_process_images(page)
    builder.write_doc(name, page)
    builder.copy_image_files()
    address = f"{short(name)}{builder.out_suffix}"
    target = Path(app.outdir, address)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(builder.with_names((builder.rendered / address).read_text("utf-8")), "utf-8")
