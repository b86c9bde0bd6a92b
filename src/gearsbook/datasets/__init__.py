"""Data sets that ship with the package: nothing here ever asks the network."""

import hashlib
from pathlib import Path


class DataFileError(RuntimeError):
    """A data file that ships with gearsbook is missing or is not the one that was shipped."""


def checked(path: Path, sha256: str) -> bytes:
    """The bytes of a file that ships with gears.

    Raises:
        DataFileError: it is missing, cut short or altered.
    """
    way_out = (
        "run the install lines of the course's README again, or in a clone of the course "
        f"`git checkout -- {path}`"
    )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataFileError(f"{path} cannot be read ({error.strerror}): {way_out}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise DataFileError(
            f"{path} is damaged ({len(content):,} bytes, sha256 {found[:12]}…, "
            f"expected {sha256[:12]}…): {way_out}"
        )
    return content
