"""Compile the human lists into the locks, with hashes, for every platform and Python.

The full lock is compiled first and constrains the smaller one, so the two can never disagree.
"""

from pathlib import Path
import subprocess
import sys

UV = Path(sys.executable).with_name("uv")
COMPILE = [
    str(UV), "pip", "compile", "--quiet", "--upgrade", "--universal", "--fork-strategy", "fewest",
    "--python-version", "3.11", "--generate-hashes", "--custom-compile-command", "make lock",
]  # fmt: skip

if __name__ == "__main__":
    full, book = "requirements.txt", "requirements-book.txt"
    subprocess.run([*COMPILE, "requirements.in", "-o", full], check=True)
    subprocess.run([*COMPILE, "requirements-book.in", "-c", full, "-o", book], check=True)
