"""What Sphinx writes is what readers get: light pages, at short addresses, under a policy.

The templates beside this file name one stylesheet and one script, and another script on the search
page. What is in these depends on all the pages, and their names on what is in them. So pages are
rendered into a folder of their own, and get there when the names are known.
"""

import io
from pathlib import Path
import shutil
from typing import Any

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.writers.html5 import HTML5Translator

from . import assets, policy, search
from .addresses import short
from .cached import cached, kept

# Before the first paint: the reader's choice of colours. Where a browser keeps nothing for a page,
# the page keeps it for itself: the theme's and Sphinx's scripts stop at a storage that throws.
BEFORE_PAINT = """
for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].setItem("gears", "");
    window[name].removeItem("gears");
  } catch {
    const kept = new Map();
    const value = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, text) => kept.set(key, String(text)),
      removeItem: (key) => kept.delete(key),
    };
    Object.defineProperty(window, name, { value });
  }
}
document.documentElement.dataset.mode = localStorage.getItem("mode") || "auto";
document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto";
"""
WITHOUT_SCRIPTS = ".pst-js-only { display: none !important; }"


class Book(StandaloneHTMLBuilder):
    """Sphinx's builder of HTML, for the book."""

    search = False  # the book has its own
    styles: list[str]  # paths in _static of all that Sphinx would let pages load
    scripts: list[str]
    names: dict[str, str]  # of what pages load in their place

    @property
    def rendered(self) -> Path:
        """Where pages wait for the names of what they load."""
        return Path(self.doctreedir, "pages")

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The short address of a page."""
        return short(docname) + self.link_suffix

    def get_outfilename(self, pagename: str) -> str:
        """Where Sphinx writes a page that it has rendered."""
        return str(self.rendered / (short(pagename) + self.out_suffix))

    def with_names(self, page: str) -> str:
        """A page that was rendered, with the names of what it loads."""
        for name, full_name in self.names.items():
            page = page.replace(f'_static/{name}"', f'_static/{full_name}"')
        return page

    def copy_static_files(self) -> None:
        """Sphinx's and the theme's files, in a folder that has nothing of the last build."""
        shutil.rmtree(Path(self.outdir, "_static"), ignore_errors=True)
        super().copy_static_files()

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Let pages ask for PNG pictures as WebP, which loses nothing and is a quarter lighter."""
        super().post_process_images(doctree)
        self.images = {source: as_webp_name(name) for source, name in self.images.items()}

    def copy_image_files(self) -> None:
        """Write the pictures."""
        folder = Path(self.outdir, self.imagedir)
        folder.mkdir(parents=True, exist_ok=True)
        for source, name in self.images.items():
            picture = Path(self.srcdir, source).read_bytes()
            is_png = source.endswith(".png")
            content = cached(kept(self.app), as_webp, picture) if is_png else picture
            (folder / name).write_bytes(content)


def _visit_image(translator: HTML5Translator, node: nodes.image) -> None:
    """Load a picture when the reader comes near it; its place is kept until then."""
    source = Path(translator.builder.srcdir, node["uri"])
    HTML5Translator.visit_image(translator, node)
    if source.suffix == ".png":
        with Image.open(source) as picture:
            size = 'loading="lazy" width="{}" height="{}"'.format(*picture.size)
        translator.body[-1] = translator.body[-1].replace("<img ", f"<img {size} ", 1)


def _depart_image(translator: HTML5Translator, node: nodes.image) -> None:
    HTML5Translator.depart_image(translator, node)


def as_webp_name(picture: str) -> str:
    """What a picture is called on the site."""
    return picture.removesuffix(".png") + ".webp" if picture.endswith(".png") else picture


def as_webp(png: bytes) -> bytes:
    """A PNG picture as lossless WebP."""
    with Image.open(io.BytesIO(png)) as picture:
        colours = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    webp = io.BytesIO()
    colours.save(webp, "webp", lossless=True, quality=100)
    return webp.getvalue()


def _load_one_of_each(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Take the lists of scripts and stylesheets; the template names what is made of them."""
    builder = app.builder
    assert isinstance(builder, Book)
    # Those without a file name are lines of script that none of ours needs.
    builder.styles, builder.scripts = (
        [str(file.filename).removeprefix("_static/") for file in context[kind] if file.filename]
        for kind in ("css_files", "script_files")
    )
    context["before_paint"], context["without_scripts"] = BEFORE_PAINT, WITHOUT_SCRIPTS
    meta = policy.meta(script=BEFORE_PAINT, style=WITHOUT_SCRIPTS)
    context["metatags"] = f"\n{meta}\n{context.get('metatags', '')}"


def _write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the book's own stylesheet and scripts in place of all others, and then the pages."""
    builder = app.builder
    if exception or not isinstance(builder, Book):
        return
    static, parts = Path(app.outdir, "_static"), Path(app.doctreedir, "static")
    shutil.rmtree(parts, ignore_errors=True)
    static.rename(parts)
    pages = {
        page.relative_to(builder.rendered): page.read_text(encoding="utf-8")
        for page in sorted(builder.rendered.rglob("*.html"))
    }
    builder.names = assets.write(
        static,
        parts,
        kept(app),
        builder.styles,
        builder.scripts,
        pages.values(),
        search.of_edition(app, pages),
    )
    for page, text in pages.items():
        Path(app.outdir, page).parent.mkdir(parents=True, exist_ok=True)
        Path(app.outdir, page).write_text(builder.with_names(text), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_builder(Book, override=True)
    app.add_node(nodes.image, override=True, html=(_visit_image, _depart_image))
    # after all others: their scripts and stylesheets are in the lists, and then in the folder
    app.connect("html-page-context", _load_one_of_each, priority=900)
    app.connect("build-finished", _write_pages, priority=900)
