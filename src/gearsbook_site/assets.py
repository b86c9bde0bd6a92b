"""What pages load: one script, one stylesheet, and fonts with the characters that they show.

Sphinx and its theme would load some twenty scripts and stylesheets, an icon font of 1,500 icons and
the whole search index on every page.
"""

from collections.abc import Collection, Iterable
import hashlib
from pathlib import Path
import posixpath
import re
import shutil

from . import fonts, formulas
from .cached import cached

# What the theme's own template names, before all that Sphinx lists; and after it.
FIRST_STYLES = ("styles/theme.css", "styles/pydata-sphinx-theme.css")
LAST_SCRIPTS = ("scripts/bootstrap.js", "scripts/pydata-sphinx-theme.js")
SEARCH_SCRIPTS = ("searchtools.js", "language_data.js", "search.js")
ICON_FONT = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
FORMULA_FONTS = "katex/fonts/*.woff2"
# Beside all this, what pages and figures ask for, and licenses that go along.
SERVED = (
    "explorables", "favicon.svg", "file.png", "katex/LICENSE", "scripts/bootstrap.js.LICENSE.txt",
)  # fmt: skip

URL = re.compile(r"""url\((['"]?)(?!data:|#)([^'")]+)\1\)""")
IMPORT = re.compile(r'@import "([^"]+)";')


def write(
    static: Path,
    parts: Path,
    kept: Path,
    styles: Iterable[str],
    scripts: Iterable[str],
    pages: Collection[str],
) -> dict[str, str]:
    """Write all that pages load.

    Args:
        static: the folder to write into; it must not exist.
        parts: the folder with what Sphinx, the theme and extensions bring.
        kept: a folder for slow results.
        styles: the stylesheets that Sphinx would list on pages, as paths in `parts`.
        scripts: likewise.
        pages: all pages of the edition.

    Returns:
        The names of book.css, book.js and search.js, which change with what is in them.
    """
    for name in SERVED:
        copy = shutil.copytree if (parts / name).is_dir() else shutil.copy
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        copy(parts / name, static / name)
    contents = {
        "book.js": joined_scripts(parts, [*scripts, *LAST_SCRIPTS]),
        "search.js": joined_scripts(parts, SEARCH_SCRIPTS),
    }
    icons = fonts.used_icons([*pages, *contents.values()])
    css = "\n".join(style(parts, name) for name in (*FIRST_STYLES, *styles))
    css, icon_characters = fonts.without_unused_icons(css, icons)
    formula_characters = set().union(*map(formulas.characters, pages))
    wanted = {ICON_FONT: icon_characters} | {
        font.relative_to(parts).as_posix(): formula_characters
        for font in sorted(parts.glob(FORMULA_FONTS))
    }
    for font, characters in wanted.items():
        name, whole = posixpath.basename(font), (parts / font).read_bytes()
        cut = cached(kept, fonts.subset, whole, "".join(sorted(characters)).encode())
        (static / font).parent.mkdir(parents=True, exist_ok=True)
        (static / font).write_bytes(cut)
        css = css.replace(name, f"{name}?v={digest(cut)}")
    css += formulas.style_rules(set().union(*map(formulas.styles, pages)))

    names = {}
    for name, text in {"book.css": css, **contents}.items():
        stem, suffix = name.split(".")
        names[name] = f"{stem}.{digest(text.encode())}.{suffix}"
        (static / names[name]).write_text(text, encoding="utf-8")
    return names


def digest(content: bytes) -> str:
    """A short name for a content, so that a browser never shows an old copy."""
    return hashlib.sha256(content).hexdigest()[:10]


def joined_scripts(folder: Path, names: Iterable[str]) -> str:
    """Scripts as one."""
    scripts = ((folder / name).read_text(encoding="utf-8") for name in names)
    return "\n;\n".join(map(without_code_from_text, scripts))


def without_code_from_text(script: str) -> str:
    """Sphinx's scripts with a language's rule for plurals as code, where they had it as a text."""
    script = re.sub(r'"plural_expr":\s*"([^"]*)"', r'"plural_expr": (n) => (\1)', script)
    made_of_text = r'new Function\(\s*"n",\s*`return \(\$\{catalog\.plural_expr\}\)`\s*\)'
    return re.sub(made_of_text, "catalog.plural_expr", script)


def style(folder: Path, name: str) -> str:
    """A stylesheet with its imports in place and its addresses from the folder."""
    beside = posixpath.dirname(name)

    def path(reference: str) -> str:
        return posixpath.normpath(posixpath.join(beside, reference))

    css = (folder / name).read_text(encoding="utf-8").replace('@charset "UTF-8";', "")
    css = URL.sub(lambda found: f"url({path(found[2])})", css)
    return IMPORT.sub(lambda found: style(folder, path(found[1])), css)
