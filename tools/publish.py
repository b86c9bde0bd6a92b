"""Turn Sphinx's output into the lean site that readers get.

Sphinx and its theme load some twenty scripts and stylesheets, an icon font of 1,500 icons and
the whole search index on every page. Readers get one script, one stylesheet, the icons that
are on the pages, and the search index on the search page.
"""

from collections.abc import Mapping
from html import escape
import io
from pathlib import Path
import posixpath
import re
import shutil
from urllib.parse import urlsplit

from PIL import Image

from cached import cached
import fonts
import policy

ROOT = Path(__file__).resolve().parent.parent
ICON_FONT = "_static/vendor/fontawesome/webfonts/fa-solid-900.woff2"

# Written by Sphinx or the theme, read by no page.
UNUSED = (
    "*.map", "*.ttf", ".buildinfo*", "objects.inv", "*webpack-macros.html", "fontawesome.js*",
    "fa-brands-400.woff2", "fa-regular-400.woff2", "_sphinx_javascript_frameworks_compat.js",
    "jquery*.js", "underscore*.js", "*.md",
    "locales", "logo_*", "paper.css",
)  # fmt: skip

# A pattern that begins with plain letters is found ten times faster.
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>\s*?\n?", re.S)
STYLESHEET = re.compile(r'<link (?=[^>]*rel="stylesheet")[^>]*href="(?P<href>[^"]+)"[^>]*>\n?')
PRELOAD = re.compile(r'<link rel="preload" as="script"[^>]*>\n?')
SEARCH_TOOL = re.compile(
    r'<script src="[^"]*(?:searchtools|language_data|searchindex)\.js[^"]*"></script>\n?'
)


def publish(rendered: Mapping[str, Path], site: Path, site_url: str) -> None:
    """Write the whole site into a new folder.

    Args:
        rendered: Sphinx's HTML output folder for each edition.
        site: the folder to make; it must not exist.
        site_url: the address the site will have, or "" when that is unknown. The sitemap
            needs it, so without it there is none.
    """
    for edition, source in rendered.items():
        copy_edition(source, site / edition)
    for page in (ROOT / "book" / "root").iterdir():
        text = page.read_text(encoding="utf-8")
        text = text.replace("{{ site }}", urlsplit(site_url).path or "/")
        (site / page.name).write_text(policy.with_policy(text), encoding="utf-8")
    (site / ".nojekyll").touch()  # GitHub Pages would drop every folder that starts with _
    if site_url:
        (site / "sitemap.xml").write_text(sitemap(site, site_url), encoding="utf-8")


def copy_edition(source: Path, destination: Path) -> None:
    """Copy one edition, its pages and fonts made lean."""
    shutil.copytree(source, destination, ignore=shutil.ignore_patterns(*UNUSED, "*.html"))
    pages = {
        page.relative_to(source): page.read_text(encoding="utf-8")
        for page in sorted(source.rglob("*.html"))
        if "_static" not in page.parts
    }
    bundles = Bundles(source)
    lean, styles = {}, set()
    for page, text in pages.items():
        lean[page], styles_of_page = policy.without_style_attributes(bundles.lean(text, page))
        styles |= styles_of_page

    icons = fonts.used_icons([*lean.values(), *bundles.scripts.values()])
    characters = set().union(*map(fonts.formula_characters, pages.values()))
    renamed = pictures_as_webp(destination / "_images")
    for name, css in bundles.styles.items():
        css, codepoints = fonts.without_unused_icons(css, icons)
        wanted = {ICON_FONT: codepoints} | dict.fromkeys(formula_fonts(source), characters)
        for font, codepoints_of_font in wanted.items():
            content = fonts.subset((source / font).read_bytes(), codepoints_of_font)
            (destination / font).write_bytes(content)
            file_name = posixpath.basename(font)
            css = css.replace(file_name, f"{file_name}?v={fonts.digest(content)}")
        css += policy.style_rules(styles)
        renamed[name] = f"book.{fonts.digest(css.encode())}.css"
        (destination / "_static" / renamed[name]).write_text(css, encoding="utf-8")
    for name, script in bundles.scripts.items():
        (destination / "_static" / name).write_text(script, encoding="utf-8")
    for page, text in lean.items():
        for name, new_name in renamed.items():
            text = text.replace(name, new_name)
        (destination / page).parent.mkdir(parents=True, exist_ok=True)
        (destination / page).write_text(policy.with_policy(text), encoding="utf-8")
    for part in bundles.bundled:
        (destination / part).unlink(missing_ok=True)


def pictures_as_webp(folder: Path) -> dict[str, str]:
    """Store the folder's PNG pictures as WebP, which loses nothing and is a quarter lighter.

    Returns:
        The new file name of each picture, by its old one.
    """
    renamed = {}
    for png in sorted(folder.glob("*.png")):
        webp = png.with_suffix(".webp")
        webp.write_bytes(cached(as_webp, png.read_bytes()))
        png.unlink()
        renamed[png.name] = webp.name
    return renamed


def as_webp(png: bytes) -> bytes:
    """A PNG picture as lossless WebP."""
    with Image.open(io.BytesIO(png)) as picture:
        colours = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    webp = io.BytesIO()
    colours.save(webp, "webp", lossless=True, quality=100)
    return webp.getvalue()


def formula_fonts(source: Path) -> list[str]:
    """KaTeX's fonts as paths from the edition's root."""
    found = sorted((source / "_static" / "katex" / "fonts").glob("*.woff2"))
    return [font.relative_to(source).as_posix() for font in found]


class Bundles:
    """Gathers the scripts and stylesheets that pages name into one file each.

    Pages that name the same parts share a file. `styles` and `scripts` map the names of the
    new files to their contents; `bundled` has the parts, which nothing needs any more.
    """

    def __init__(self, source: Path) -> None:
        self.source = source
        self.styles: dict[str, str] = {}
        self.scripts: dict[str, str] = {}
        self.bundled: set[str] = set()
        self._read: dict[str, str] = {}  # the parts, each made once for all pages

    def lean(self, page: str, where: Path) -> str:
        """The page with one stylesheet, and one script at its end."""
        styles: list[str] = []
        scripts: list[str] = []
        last_script = ""

        def take_style(match: re.Match[str]) -> str:
            styles.append(self._part(self._path(match["href"], where)))
            return ""

        def take_script(match: re.Match[str]) -> str:
            nonlocal last_script
            attributes, code = match["attributes"], match["code"]
            if "data-cfasync" in attributes or "type=" in attributes:
                return str(match[0])  # sets the colour theme before the first paint; or data
            name = re.search(r'src="([^"]+)"', attributes)
            source = name[1] if name else ""
            path = self._path(source, where) if source else ""
            if path.endswith("searchindex.js"):
                last_script = f'<script src="{source}"></script>\n'
            elif path and not path.endswith("fontawesome.js"):
                scripts.append(self._part(path))
            elif "DOCUMENTATION_OPTIONS.pagename" not in code:  # read by nothing we have
                scripts.append(code)
            return ""

        if where.name != "search.html":
            page = SEARCH_TOOL.sub("", page)
        page = STYLESHEET.sub(take_style, PRELOAD.sub("", page))
        page = SCRIPT.sub(take_script, page)
        static = "../" * (len(where.parts) - 1) + "_static/"
        style = self._register(self.styles, "\n".join(styles), ".css")
        script = self._register(self.scripts, "\n;\n".join(scripts), ".js")
        # At the end of the page, not deferred: the parts expect a document that still loads.
        early = (
            f'<link rel="stylesheet" href="{static}{style}">\n'
            f'<link rel="preload" as="script" href="{static}{script}">\n'
        )
        late = f'<script src="{static}{script}"></script>\n{last_script}'
        page = page.replace("</title>", f"</title>\n{early}", 1)
        return page.replace("</body>", f"{late}</body>", 1)

    @staticmethod
    def _register(files: dict[str, str], content: str, suffix: str) -> str:
        name = f"book.{fonts.digest(content.encode())}{suffix}"
        files[name] = content
        return name

    def _path(self, reference: str, where: Path) -> str:
        """A reference on a page as a path from the edition's root."""
        return posixpath.normpath(posixpath.join(where.parent.as_posix(), urlsplit(reference).path))

    def _part(self, path: str) -> str:
        """A script, or a stylesheet with its imports in place and its addresses from _static."""
        if path not in self._read:
            self.bundled.add(path)
            text = (self.source / path).read_text(encoding="utf-8")
            self._read[path] = (
                self._style(path, text)
                if path.endswith(".css")
                else policy.without_code_from_text(text)
            )
        return self._read[path]

    def _style(self, path: str, css: str) -> str:
        folder = posixpath.dirname(path)
        css = re.sub(r'@charset "[^"]*";', "", css)
        css = re.sub(
            r"""url\((['"]?)(?!data:|#)([^'")]+)\1\)""",
            lambda match: f"url({posixpath.relpath(posixpath.join(folder, match[2]), '_static')})",
            css,
        )
        return re.sub(
            r'@import "([^"]+)";',
            lambda match: self._part(posixpath.normpath(posixpath.join(folder, match[1]))),
            css,
        )


def sitemap(site: Path, site_url: str) -> str:
    """Every page of both editions, for search engines."""
    pages = sorted(
        page.relative_to(site).as_posix()
        for page in site.glob("*/**/*.html")
        if page.name != "search.html"
    )
    urls = "\n".join(f"  <url><loc>{escape(site_url + page)}</loc></url>" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    )
