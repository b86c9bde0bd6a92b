"""Cut the font of the Chinese pictures to the characters that they have.

    python -m tools.notebooks.font

Which those are is read from the code of the Chinese notebooks. The whole font is Debian's, from
fonts-noto-cjk; where that is not installed, name the file:

    python -m tools.notebooks.font path/to/NotoSansCJK-Regular.ttc

The same font and the same notebooks give the same bytes.
"""

import ast
from collections.abc import Iterator
import io
from pathlib import Path
import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont
from gearsbook import plotting
import matplotlib

from tools import notebooks, workplace
from tools.notebooks import cells

WHOLE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED = "Noto Sans CJK SC"
# What of a font is for others than readers of horizontal Chinese.
LEFT_OUT = ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]


def drawn(code: ast.AST) -> Iterator[str]:
    """The texts in a program that a picture may show: all but what is only printed or raised."""
    match code:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Raise():
            return
        case ast.Call(func=ast.Name(id="print") | ast.Attribute(attr="Quiz")):
            return
    for part in ast.iter_child_nodes(code):
        yield from drawn(part)


def of_matplotlib() -> set[str]:
    """The characters that need no font of ours."""
    return of_font(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))


def of_font(path: Path) -> set[str]:
    """The characters that a font has."""
    with TTFont(path) as font:
        return set(map(chr, font.getBestCmap()))


def needed() -> set[str]:
    """The characters of the Chinese pictures that need our font."""
    pages = map(notebooks.read, notebooks.all_notebooks("zh"))
    code = (cell for page in pages for cell in page.cells if cell.cell_type == "code")
    texts = (text for cell in code for text in drawn(cells.tree(cell)))
    return {character for text in texts for character in text if character > "\x7f"} - (
        of_matplotlib()
    )


def cut(whole: Path, characters: set[str]) -> bytes:
    """The font for simplified Chinese of a collection, with these characters, under our own name.

    Raises:
        ValueError: it has no such font, or not all of the characters.
    """
    with TTCollection(whole, recalcTimestamp=False) as collection:
        fonts = {font["name"].getDebugName(1): font for font in collection}
        if SIMPLIFIED not in fonts:
            raise ValueError(f"{whole} has {', '.join(fonts)}, not {SIMPLIFIED}")
        font = fonts[SIMPLIFIED]
        if missing := characters - set(map(chr, font.getBestCmap())):
            raise ValueError(f"{SIMPLIFIED} has no {''.join(sorted(missing))}: use other words")
        options = Options(hinting=False, layout_features=[], name_IDs=[0, 13, 14])
        options.drop_tables += LEFT_OUT
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        name = plotting.CHINESE
        for which, text in ((1, name), (2, "Regular"), (4, name), (6, name.replace(" ", ""))):
            font["name"].setName(text, which, 3, 1, 0x409)
        font["CFF "].cff.fontNames = [name.replace(" ", "")]
        buffer = io.BytesIO()
        font.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    try:
        characters = needed()
        content = cut(Path(*sys.argv[1:]) if sys.argv[1:] else WHOLE, characters)
        with workplace.in_one_step(plotting.FONT) as partial:
            partial.write_bytes(content)
    except OSError as error:
        sys.exit(f"{error.filename}: {workplace.trouble(error)}\n{__doc__}")
    except ValueError as error:
        sys.exit(str(error))
    print(f"{plotting.FONT.name}: {len(characters)} characters, {len(content):,} bytes")
