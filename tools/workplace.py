"""The folder that commands work in: one at a time, nothing half-written, clear words."""

from collections.abc import Iterator
from contextlib import contextmanager
import errno
import fcntl
import os
from pathlib import Path


@contextmanager
def alone(folder: Path) -> Iterator[int]:
    """Wait until no other command works in a folder, and keep others out.

    The lock ends with the process that holds it, however that ends.

    Args:
        folder: made if it is missing.

    Yields:
        A file descriptor. A child that is given it holds the lock, too: a command that was
        killed keeps the next one waiting until its children are gone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another command is at work in this folder: waiting for its end", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


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
