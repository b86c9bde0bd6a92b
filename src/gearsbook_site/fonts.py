"""Cut fonts down to the characters that the pages use."""

import io
import re

from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont


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


def icons(css: str) -> set[str]:
    """The characters that a stylesheet shows: in the icon font, those that it has are icons."""
    shown = "".join(re.findall(r'content:"([^"]*)"', css))
    return set(shown) | set(re.findall("[\ue000-\uf8ff]", css))
