"""Run a command where other users can reach the course: `open_folders.py HOLD PATH... -- COMMAND`.

A clone or a Python in a folder that only root may enter, as on some CI machines, is of no use to
students. In a mount namespace of its own (`unshare --mount`), which nobody else sees and which ends
with the command, this puts an open folder over each closed one and the paths back into it. Nothing
on the machine is changed.
"""

import os
from pathlib import Path
import subprocess
import sys


def closed(path: Path) -> list[Path]:
    """The folders on the way to a path, itself included, that others may not enter."""
    return [folder for folder in (path, *path.parents) if not folder.stat().st_mode & 0o001]


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True)


def bind(source: Path, target: Path) -> None:
    if source.is_symlink():
        target.symlink_to(source.readlink())
    elif source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        mount("--bind", source, target)
    else:
        target.touch()
        mount("--bind", source, target)


if __name__ == "__main__":
    at = sys.argv.index("--")
    hold, *paths = map(Path, sys.argv[1:at])
    os.umask(0o022)
    covers = set()
    kept = []
    for number, path in enumerate(paths):
        if folders := closed(path):
            covers.add(folders[-1])
            there = hold / str(number)
            bind(path, there)
            kept.append((there, path, folders[0] == path))
    for folder in covers:
        mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", folder)
    for there, path, is_itself_closed in kept:
        if is_itself_closed:
            path.mkdir(parents=True, exist_ok=True)
            for child in there.iterdir():
                bind(child, path / child.name)
        else:
            bind(there, path)
    command = sys.argv[at + 1 :]
    os.execvp(command[0], command)
