"""Hand the notebooks out to a reader: `make lab` opens this copy, and `git pull` goes on working.

What the reader has changed is never touched. Where the book has changed it too, the book's new
notebook lies beside it, with a number in its name. A notebook that is deleted comes back as it is
in the book.
"""

import hashlib
import json
from pathlib import Path

from tools import notebooks, workplace

FOLDER = notebooks.ROOT / "my-notebooks"
RECORD = ".handed-out.json"  # the hash of each file as it was handed out, by its path


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _place(path: Path, new: str, folder: Path, handed_out: dict[str, str]) -> Path | None:
    """Where a notebook with the hash `new` goes, a.ipynb or a-2.ipynb, ...; None if it is there."""
    name, number = path, 1
    while (folder / name).exists():
        now, then = _hash((folder / name).read_bytes()), handed_out.get(name.as_posix())
        if new in (now, then):
            return None
        if now == then:
            break
        number += 1
        name = path.with_stem(f"{path.stem}-{number}")
    return name


def _recorded(record: Path) -> dict[str, str]:
    """What was handed out; nothing if that cannot be read: then all is taken for the reader's."""
    try:
        found: dict[str, str] = json.loads(record.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def hand_out(source: Path, folder: Path) -> list[str]:
    """Bring a reader's copy of the notebooks up to date.

    Returns:
        The paths of new notebooks that lie beside one that the reader has changed.

    Raises:
        OSError: a file could not be read or written; none is half-written.
    """
    record = folder / RECORD
    handed_out, beside = _recorded(record), []
    for path in sorted(source.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        content, at = path.read_bytes(), path.relative_to(source)
        name = _place(at, _hash(content), folder, handed_out)
        if name is None:
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with workplace.in_one_step(folder / name) as partial:
            partial.write_bytes(content)
        handed_out[name.as_posix()] = _hash(content)
        with workplace.in_one_step(record) as partial:
            partial.write_text(json.dumps(handed_out, indent=1), "utf-8")
        if name != at:
            beside.append(name.as_posix())
    return beside


if __name__ == "__main__":
    for newer in hand_out(notebooks.NOTEBOOKS, FOLDER):
        print(f"The book has a new notebook, yours is as you left it: {FOLDER.name}/{newer}")
