"""Cut fonts down to the characters that the pages use."""

from collections.abc import Iterable
import hashlib
from html import unescape
import io
import re

from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from cached import cached

ICON_RULE = re.compile(
    r'(?P<names>(?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\?(?P<code>[0-9a-f]+) ?"\}'
)
FORMULA = '<span class="katex-html"'


def digest(content: bytes) -> str:
    """A short name for a content, so that a browser never shows an old copy."""
    return hashlib.sha256(content).hexdigest()[:10]


def subset(font: bytes, codepoints: Iterable[int]) -> bytes:
    """A woff2 font with these code points only."""
    return cached(_subset, font, "".join(map(chr, sorted(codepoints))).encode())


def _subset(font: bytes, characters: bytes) -> bytes:
    whole = TTFont(io.BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter()
    subsetter.populate(text=characters.decode())
    subsetter.subset(whole)
    whole.flavor = "woff2"
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def used_icons(texts: Iterable[str]) -> set[str]:
    """The names of the Font Awesome icons that stand in pages and scripts."""
    return {name for text in texts for name in re.findall(r"fa-(?<!\wfa-)[a-z0-9-]+", text)}


def without_unused_icons(css: str, used: set[str]) -> tuple[str, set[int]]:
    """The stylesheet without the rules of unused icons, and the code points it still needs."""
    codepoints: set[int] = set()

    def keep_used(rule: re.Match[str]) -> str:
        if used.isdisjoint(re.findall(r"\.(fa-[a-z0-9-]+)", rule["names"])):
            return ""
        codepoints.add(int(rule["code"], 16))
        return str(rule[0])

    css = ICON_RULE.sub(keep_used, css)
    # the theme's own rules (admonitions) hold icons as characters of the private use area
    codepoints |= {ord(character) for character in re.findall("[\ue000-\uf8ff]", css)}
    return css, codepoints


def formula_characters(page: str) -> set[int]:
    """The code points that stand in the formulas of a page."""
    characters: set[str] = set()
    for formula in page.split(FORMULA)[1:]:
        depth = 1
        for tag in re.finditer(r"<(/?)span", formula):
            depth += -1 if tag[1] else 1
            if depth == 0:
                characters |= set(unescape(re.sub(r"<[^>]*>", "", ">" + formula[: tag.start()])))
                break
    return {ord(character) for character in characters}
