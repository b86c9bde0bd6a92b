"""Files that figures compute with, here and in the browser: too large for a page."""

from functools import cache
from pathlib import Path

from gearsbook.datasets import checked
from gearsbook.explorables.engine import Module
import numpy as np

FILES = Path(__file__).with_name("files")
SHA256 = {  # whoever has tools/data write one anew, changes its sum
    "digits": "fe9768733578cda85f11be6ddcca31d724920f52079ea782966637af1ce4c7e9",
    "recap": "6cc1579b4ecf0b14aa5825d799d39f179ad864f5b7fd49e5eaea93f93e6f01a1",
}


def file(name: str) -> bytes:
    """The bytes of a file.

    Raises:
        DataFileError: it is missing or not the one that was shipped.
    """
    return checked(FILES / f"{name}.bin", SHA256[name])


@cache
def given(name: str, module: Module) -> Module:
    """A module, once it has the bytes of a file in a variable of the file's name: up to a second.

    Raises:
        DataFileError: the file is missing or not the one that was shipped.
    """
    content = np.frombuffer(file(name), np.uint8)
    module.evaluate(f"(globalThis.{name} = Uint8Array.from(xs), null)", content)
    return module
