"""Run every notebook again and again under strict nbval: `python -m tools flakes [runs]`.

Ten runs of all notebooks unless told otherwise. By turns NumPy and TensorFlow compute with one
thread and with as many as the machine has, since sums may then be taken in another order. Names
each cell that differed, with the run it differed in; a course that repeats has none. Ten runs take
about an hour.
"""

import os
import re
import subprocess
import sys
import time

from tools import notebooks
from tools.__main__ import ONE_THREAD

FAILED = re.compile(r"^(?:FAILED|ERROR) (\S.*)$", re.M)
COUNTED = re.compile(r"\b(\d+) (passed|failed|errors?)\b")
PROCESSORS = 2  # as many workers as `make test` has


def run(paths: list[str], environment: dict[str, str]) -> tuple[list[str], str]:
    """One run; the cells that failed, and pytest's closing line.

    Raises:
        SystemExit: pytest ran no cell; its words are printed.
    """
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", "--nbval", "-q", "-n", str(PROCESSORS),
            "--dist", "loadfile", "-p", "no:cacheprovider", *paths,
        ],
        cwd=notebooks.ROOT, env={**os.environ, **environment}, capture_output=True, text=True,
    )  # fmt: skip
    if not COUNTED.search(done.stdout):
        sys.exit(f"{done.stdout}\n{done.stderr}\nNo cell was run.")
    return FAILED.findall(done.stdout), done.stdout.strip().splitlines()[-1]


def main(runs: int, paths: list[str]) -> int:
    """Run them all; returns how many cells differed, counted once a run."""
    differed = 0
    for number in range(1, runs + 1):
        began = time.monotonic()
        threads = ONE_THREAD if number % 2 else {}
        failed, closing = run(paths, threads)
        differed += len(failed)
        how = "one thread" if threads else "all threads"
        print(f"run {number}, {how}, {time.monotonic() - began:.0f} s: {closing}", flush=True)
        for cell in failed:
            print(f"  {cell}", flush=True)
    return differed


if __name__ == "__main__":
    arguments = sys.argv[1:]
    runs = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 10
    if differed := main(runs, arguments or ["notebooks"]):
        sys.exit(f"{differed} cell(s) differed; they stand above")
    print(f"{runs} runs without one difference")
