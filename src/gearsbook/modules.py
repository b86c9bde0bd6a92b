"""A figure's JavaScript as one file: JupyterLab reads a module alone, from a blob.

A figure's own modules import each other, and what several figures need stands in
`explorables/parts/`, and they import it as any module does.
No anywidget here: the build of the book, which has none, reads the modules too.
"""

from pathlib import Path
import re

PARTS = Path(__file__).with_name("explorables") / "parts"
IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/(?:parts/)?\w+\.js)";\n', re.M)
TOP_LEVEL = re.compile(r"^(?:export )?(?:const|let|function\*?|class) (\w+)", re.M)
BLOCK = r"/\*\*(?:(?!\*/).)*\*/"
BEHIND_CODE = r"(?<=[;,{(\[]) // [^\n\"'`]*$"  # and not in a text, which has an end
DOCUMENTATION = re.compile(rf"^ *(?:{BLOCK}|//[^\n]*)\n|{BLOCK} (?=\()|{BEHIND_CODE}", re.M | re.S)


def without_documentation(script: str) -> str:
    """A script without its JSDoc and its comments: they are for authors.

    They are a seventh of the bytes.
    """
    return DOCUMENTATION.sub("", script)


def single_file(*modules: Path) -> str:
    """A module with those that it imports, and those that they import, in place.

    What a part exports, the whole exports too. What is for authors does not travel to readers.

    Args:
        modules: an ES module, or several to be had together.

    Raises:
        FileNotFoundError: an imported module does not exist.
        ValueError: two of them have the same name for different things.
    """
    placed: dict[Path, str] = {}

    def place(source: Path) -> None:
        path = source.resolve()
        if path in placed:
            return
        text = path.read_text(encoding="utf-8")
        placed[path] = ""  # its place is after those of what it imports
        for name in IMPORT.findall(text):
            # the parts are those here, also for a figure that stands elsewhere
            place(PARTS / name[9:] if name.startswith("../parts/") else source.parent / name)
        del placed[path]
        placed[path] = IMPORT.sub("", text)

    for module in modules:
        place(module)
    owners: dict[str, Path] = {}
    for path, text in placed.items():
        for name in TOP_LEVEL.findall(text):
            if owners.setdefault(name, path) != path:
                raise ValueError(
                    f"{path.name} and {owners[name].name} both have a {name}: in one file, which "
                    "is what JupyterLab reads, one of them needs another name"
                )
    return without_documentation("".join(placed.values()))


def figures(explorables: Path) -> dict[str, tuple[Path, Path]]:
    """Each figure's module, which draws it, and its own style, by the figure's name."""
    views = explorables.glob("*/view.js")
    return {path.parent.name: (path, path.with_name("style.css")) for path in views}
