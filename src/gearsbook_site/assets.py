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

from gearsbook.modules import without_documentation

from . import fonts, formulas, stylesheet
from .cached import cached

# What the theme's own template names, before all that Sphinx lists; and after it.
FIRST_STYLES = ("styles/theme.css", "styles/pydata-sphinx-theme.css")
LAST_SCRIPTS = (str(Path(__file__).with_name("page.js")), "scripts/pydata-sphinx-theme.js")
MESSAGES = "translations.js"  # of Sphinx's scripts, in the reader's language
SEARCH_SCRIPT = Path(__file__).with_name("search.js")
ICON_FONT = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
FORMULA_FONTS = "katex/fonts/*.woff2"
FIGURES = "explorables"
# Beside all this, and what the stylesheet names: what pages ask for, and a license that goes along.
SERVED = ("favicon.svg", "katex/LICENSE")

URL = re.compile(r"""url\((['"]?)(?!data:|#)([^'")]+)\1\)""")
IMPORT = re.compile(r'@import "([^"]+)";')


def write(
    static: Path,
    parts: Path,
    kept: Path,
    styles: Iterable[str],
    scripts: Iterable[str],
    pages: Collection[str],
    search_index: str,
) -> dict[str, str]:
    """Write all that pages load.

    Args:
        static: the folder to write into; it must not exist.
        parts: the folder with what Sphinx, the theme and extensions bring.
        kept: a folder for slow results.
        styles: the stylesheets that Sphinx would list on pages, as paths in `parts`.
        scripts: likewise.
        pages: all pages of the edition.
        search_index: a script for the search page, with no word that is the name of a style.

    Returns:
        The names of book.css, book.js, search.js and searchindex.js, which change with what is in
        them.
    """
    shutil.copytree(parts / FIGURES, static / FIGURES)
    texts = {name: script(parts / name) for name in (*scripts, *LAST_SCRIPTS)}
    contents = {
        "book.js": "\n;\n".join(texts.values()),
        "search.js": without_documentation(SEARCH_SCRIPT.read_text(encoding="utf-8")),
    }
    css = "\n".join(style(parts, name) for name in (*FIRST_STYLES, *styles))
    css += formulas.style_rules(set().union(*map(formulas.styles, pages)))
    formula_fonts = sorted(parts.glob(FORMULA_FONTS))
    served = {font.name for font in (parts / ICON_FONT, *formula_fonts)}
    figures = [path.read_text(encoding="utf-8") for path in (parts / FIGURES).glob("*.js")]
    texts.pop(MESSAGES, None)  # a word of these is no class
    name_classes = [*texts.values(), contents["search.js"]]
    used = stylesheet.used(css, pages, name_classes, figures, served).dumped()
    (parts / "book.css").write_text(css, encoding="utf-8")  # what tests hold the lean one against
    license = static / "book.css.LICENSE.txt"
    license.write_text(stylesheet.licenses(css), encoding="utf-8")
    css = f"/* {license.name} */{cached(kept, stylesheet.lean, css.encode(), used).decode()}"

    formula_characters = set().union(*map(formulas.characters, pages))
    wanted = dict.fromkeys(formula_fonts, formula_characters)
    wanted[parts / ICON_FONT] = fonts.icons(css)
    for font, characters in wanted.items():
        if font.name not in css:
            continue
        cut = cached(kept, fonts.subset, font.read_bytes(), "".join(sorted(characters)).encode())
        target = static / font.relative_to(parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(cut)
        css = css.replace(font.name, f"{font.name}?v={digest(cut)}")
    pictures = {found[2] for found in URL.finditer(css) if "?v=" not in found[2]}
    for name in (*SERVED, *pictures):
        shutil.copy(parts / name, static / name)

    names = {}
    contents |= {"book.css": css, "searchindex.js": search_index}
    for name, text in contents.items():
        stem, suffix = name.split(".")
        names[name] = f"{stem}.{digest(text.encode())}.{suffix}"
        (static / names[name]).write_text(text, encoding="utf-8")
    return names


def digest(content: bytes) -> str:
    """A short name for a content, so that a browser never shows an old copy."""
    return hashlib.sha256(content).hexdigest()[:10]


def script(file: Path) -> str:
    """A script, if of Sphinx with a language's rule for plurals as code, where it was a text."""
    text = file.read_text(encoding="utf-8")
    text = re.sub(r'"plural_expr":\s*"([^"]*)"', r'"plural_expr": (n) => (\1)', text)
    made_of_text = r'new Function\(\s*"n",\s*`return \(\$\{catalog\.plural_expr\}\)`\s*\)'
    return re.sub(made_of_text, "catalog.plural_expr", text)


def style(folder: Path, name: str) -> str:
    """A stylesheet with its imports in place and its addresses from the folder."""
    beside = posixpath.dirname(name)

    def path(reference: str) -> str:
        return posixpath.normpath(posixpath.join(beside, reference))

    css = (folder / name).read_text(encoding="utf-8").replace('@charset "UTF-8";', "")
    css = URL.sub(lambda found: f"url({path(found[2])})", css)
    return IMPORT.sub(lambda found: style(folder, path(found[1])), css)
