"""Compile the human lists into the locks, with hashes, for every platform and Python.

The full lock is compiled first and constrains the smaller ones, so they can never disagree.
A lock asks for wheels alone, of pip and uv: what builds a package is code, and has no hash there.
"""

import os
from pathlib import Path
import subprocess
import sys

UV = Path(sys.executable).with_name("uv")
COMPILE = [
    str(UV), "pip", "compile", "--quiet", "--upgrade", "--universal", "--fork-strategy", "fewest",
    "--python-version", "3.11", "--generate-hashes", "--custom-compile-command", "make lock",
    "--only-binary", ":all:", "--emit-build-options",
    "--override", str(Path(__file__).with_name("left_out.txt")),
]  # fmt: skip

# What was uploaded by somebody else than its authors is mostly found within days. For a fix that
# cannot wait: UV_EXCLUDE_NEWER="0 days" make lock
RIPE = {"UV_EXCLUDE_NEWER": "7 days"}

if __name__ == "__main__":
    full = ["requirements.in", "-o", "requirements.txt"]
    parts = (
        [f"requirements-{part}.in", "-c", "requirements.txt", "-o", f"requirements-{part}.txt"]
        for part in ("book", "run")
    )
    for lists in (full, *parts):
        subprocess.run([*COMPILE, *lists], check=True, env=RIPE | os.environ)
