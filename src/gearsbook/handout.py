"""A reader's own copy of the notebooks, which follows the book where the reader changed nothing.

For `make lab`, so that git has nothing to complain about, and for each student of a hub.
"""

import hashlib
import json
import os
from pathlib import Path
import shutil

from gearsbook.language import LANGUAGES

GIVEN = ".given.json"  # the hash of each notebook as it was given


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def put(source: Path, target: Path) -> None:
    """Copy as a whole or not at all, also when the disk is full."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    try:
        shutil.copyfile(source, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def hand_out(copy: Path, course: Path, editions: tuple[str, ...] = LANGUAGES) -> list[str]:
    """Bring a reader's copy up to date without touching what the reader changed.

    Args:
        copy: the reader's folder; made if it is missing.
        course: the notebooks as they are now, with a folder for each edition.
        editions: which of these folders to hand out.

    Returns:
        The notebooks that are others in the course now, and stay as the reader has changed them.

    Raises:
        OSError: the copy cannot be written. What had been given until then is complete.
    """
    copy.mkdir(parents=True, exist_ok=True)
    record = copy / GIVEN
    try:
        given = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):  # none yet, or damaged: what is there counts as changed
        given = {}
    kept = []
    try:
        for source in (
            path for edition in editions for path in (course / edition).rglob("*.ipynb")
        ):
            if ".ipynb_checkpoints" in source.parts:
                continue
            name = source.relative_to(course).as_posix()
            target = copy / name
            now = digest(source)
            mine = digest(target) if target.is_file() else None
            is_untouched = mine is not None and mine == given.get(name)
            if not os.path.lexists(target) or (is_untouched and mine != now):
                put(source, target)
                mine = now
            if mine == now:
                given[name] = now
            elif given.get(name) != now:
                kept.append(name)
    finally:
        if record.is_dir() and not record.is_symlink():
            record.rename(record.with_name(f"{GIVEN}.{os.urandom(4).hex()}"))
        partial = record.with_name(f"{GIVEN}.partial")
        partial.write_text(json.dumps(given, indent=1), "utf-8")
        partial.replace(record)
    return kept
