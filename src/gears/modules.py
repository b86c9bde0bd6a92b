"""A figure's JavaScript as one file: JupyterLab reads a module alone, from a blob.

What several figures need stands in `explorables/parts/`, and they import it as any module does.
No anywidget here: the build of the book, which has none, reads the modules too.
"""

from pathlib import Path
import re

IMPORT = re.compile(r'^import \{[^}]*\} from "(\./(?:parts/)?\w+\.js)";\n', re.M)
DOCUMENTATION = re.compile(r"^ */\*\*(?:(?!\*/).)*\*/\n", re.M | re.S)


def without_documentation(script: str) -> str:
    """A script without its blocks of JSDoc: types are for authors (a tenth of the bytes)."""
    return DOCUMENTATION.sub("", script)


def single_file(module: Path) -> str:
    """A module with the parts that it imports, and those that they import, in place.

    What a part exports, the whole exports too. Blocks of JSDoc do not travel to readers.

    Args:
        module: an ES module; its imports name files below its own folder.

    Raises:
        FileNotFoundError: an imported part does not exist.
    """
    placed: set[Path] = set()

    def with_parts(source: Path) -> str:
        def part(match: re.Match[str]) -> str:
            path = (source.parent / match[1]).resolve()
            if path in placed:
                return ""
            placed.add(path)
            return with_parts(path)

        return IMPORT.sub(part, source.read_text(encoding="utf-8"))

    return without_documentation(with_parts(module))
