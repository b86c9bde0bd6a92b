"""Cut fonts down to the characters that the pages use."""

from collections.abc import Iterable
import io
import re

from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

ICON_RULE = re.compile(
    r'(?P<names>(?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\?(?P<code>[0-9a-f]+) ?"\}'
)


def subset(font: bytes, characters: bytes) -> bytes:
    """A woff2 font with these characters only; they are given in UTF-8."""
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


def without_unused_icons(css: str, used: set[str]) -> tuple[str, set[str]]:
    """The stylesheet without the rules of unused icons, and the characters it still needs."""
    characters: set[str] = set()

    def keep_used(rule: re.Match[str]) -> str:
        if used.isdisjoint(re.findall(r"\.(fa-[a-z0-9-]+)", rule["names"])):
            return ""
        characters.add(chr(int(rule["code"], 16)))
        return str(rule[0])

    css = ICON_RULE.sub(keep_used, css)
    # the theme's own rules (admonitions) hold icons as characters of the private use area
    return css, characters | set(re.findall("[\ue000-\uf8ff]", css))
