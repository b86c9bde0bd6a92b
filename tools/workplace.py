"""The folder that commands work in: one at a time, nothing half-written, clear words."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
import errno
import os
from pathlib import Path
import sqlite3
import subprocess
import sys
import threading
import time

SECONDS_BETWEEN_TRIES = 0.1


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other command works in a folder, and keep others out.

    The lock ends with the process that holds it, however that ends. It is needed before anything
    is installed, on every system: SQLite's is the one that Python brings along.

    Args:
        folder: made if it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / ".lock"
    file.open("a").close()  # where it cannot be written this says why
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        is_said = False
        while not _taken(lock):
            if not is_said:
                print("Another command is at work in this folder: waiting for its end", flush=True)
            is_said = True
            time.sleep(SECONDS_BETWEEN_TRIES)
        yield


def _taken(lock: sqlite3.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise OSError(f"no lock can be had in this folder: {error}") from None
    return True


def run(
    *command: str | Path, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> int:
    """Run a program that does not outlive this one, even if this one is killed; its exit code."""
    watched = [sys.executable, __file__, *map(str, command)]
    with subprocess.Popen(watched, stdin=subprocess.PIPE, env=environment, cwd=folder) as program:
        return program.wait()


def _watch(command: list[str]) -> int:
    """Run a program until it ends or the pipe from our starter breaks; its exit code."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as program:

        def end_with_the_starter() -> None:
            os.read(0, 1)
            program.kill()

        threading.Thread(target=end_with_the_starter, daemon=True).start()
        return program.wait()


@contextmanager
def in_one_step(path: Path) -> Iterator[Path]:
    """A file to write in place of `path`: it takes that name when all went well, or is removed."""
    partial = path.with_suffix(f".{os.getpid()}.partial")  # two commands at a time, two names
    partial.unlink(missing_ok=True)  # a link there would be followed
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def trouble(error: OSError) -> str:
    """What an error of the file system means, and the way out."""
    place = error.filename or "this folder"
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if is_full or os.strerror(errno.ENOSPC) in str(error):  # copytree's errors have no number
        return "the disk is full. Free some space and run the same command again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be written. Make it writable, or clone the course to another folder"
    return str(error)


if __name__ == "__main__":
    try:
        sys.exit(_watch(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)  # our starter says what it left
