"""Flit as the backend that builds gearsbook, with an editable install that starts everywhere.

Flit writes the whole path of `src` in UTF-8 into a .pth, which Python 3.11 and 3.12 read in the
locale's encoding, and do not start where it has no letter for one in the path. Here it is ASCII.
"""

import os

from flit_core import wheel
from flit_core.buildapi import *  # noqa: F403  # the hooks that pip calls


def add_pth(self: wheel.WheelBuilder) -> None:
    """Write the .pth as a line that Python runs."""
    sources = os.fsencode(self.module.source_dir.resolve())
    with self._write_to_zip(f"{self.module.name}.pth") as file:
        file.write(f"import os, sys; sys.path.append(os.fsdecode({sources!r}))\n")


wheel.WheelBuilder.add_pth = add_pth
