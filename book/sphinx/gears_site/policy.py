"""A Content-Security-Policy for every page: a browser runs and shows what the book ships, only.

Whatever else should get into a page, by a mistake of ours or by somebody's intent, is refused:
no script but the site's own files and the few lines whose hash stands in the page, no code made
from text, nothing from another host. `'self'` is the site where it is served, and the disk where
a page is opened from it.
"""

import base64
from collections.abc import Iterable
import hashlib
from html import unescape
import re

INLINE = re.compile(
    r"<(?P<element>script|style)\b(?![^>]*\ssrc=)[^>]*>(?P<text>.*?)</(?P=element)>", re.S
)
STYLE_ATTRIBUTE = re.compile(r'style="(?<=\sstyle=")(?P<style>[^"]*)"(?=[^<>]*>)')
PLURAL_AS_TEXT = re.compile(r'"plural_expr":\s*"(?P<expression>[^"]*)"')
PLURAL_FROM_TEXT = re.compile(
    r'new Function\(\s*"n",\s*`return \(\$\{catalog\.plural_expr\}\)`\s*\)'
)
CHARSET = re.compile(r'<meta charset="utf-8"\s*/?>')


def without_style_attributes(page: str) -> tuple[str, set[str]]:
    """The page with its styles in `data-style`, and those styles: no policy has to allow them.

    KaTeX places the parts of a formula by style attributes, some 200 different ones in a book.
    """
    styles = {unescape(style) for style in STYLE_ATTRIBUTE.findall(page)}
    return STYLE_ATTRIBUTE.sub(r'data-style="\g<style>"', page), styles


def style_rules(styles: Iterable[str]) -> str:
    """The stylesheet that does what those attributes did, and wins where they won."""
    rules = []
    for style in sorted(styles):
        text = style.replace("\\", "\\\\").replace('"', '\\"')
        declarations = [part.strip() for part in style.split(";") if part.strip()]
        important = "".join(f"{declaration}!important;" for declaration in declarations)
        rules.append(f'[data-style="{text}"]{{{important}}}\n')
    return "".join(rules)


def without_code_from_text(script: str) -> str:
    """Sphinx's scripts with a language's rule for plurals as code, where they had it as a text."""
    script = PLURAL_AS_TEXT.sub(r'"plural_expr": (n) => (\g<expression>)', script)
    return PLURAL_FROM_TEXT.sub("catalog.plural_expr", script)


def digest(text: str) -> str:
    """An inline script or style as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(page: str) -> str:
    """What this page may load, run and show.

    Only what stands in its head is named by hash: that is the theme's, the rest is text.
    """
    inline: dict[str, list[str]] = {"script": [], "style": []}
    for match in INLINE.finditer(page.partition("</head>")[0]):
        inline[match["element"]].append(digest(match["text"]))
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *inline["script"]],
        "style-src": ["'self'", *inline["style"]],
        "img-src": ["'self'", "data:"],  # the theme's stylesheet has small pictures in it
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def with_policy(page: str) -> str:
    """The finished page with its policy before anything it holds for.

    Raises:
        ValueError: the page does not say its character set, so there is no place for a policy.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    page, places = CHARSET.subn(rf'<meta charset="utf-8">\n{meta}', page, count=1)
    if not places:
        raise ValueError('a page has no <meta charset="utf-8">, which its policy follows')
    return page
