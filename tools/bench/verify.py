"""Time the check of all notebooks against what their cells take: `python -m tools bench verify`.

The least that a check can take is the sum of the cells' own times, shared by the processors. Each
notebook is run by itself for that sum, then all of them by nbval, as `make test` does.
"""

from datetime import datetime
import os
from pathlib import Path
import sys
import time

from nbclient import NotebookClient
from nbformat import NotebookNode

from tools import notebooks
from tools.__main__ import ONE_THREAD
from tools.notebooks import flakes


def own_seconds(cell: NotebookNode) -> float:
    """From the kernel's start with a cell to its answer."""
    times = cell.metadata.get("execution", {})
    if "shell.execute_reply" not in times:
        return 0.0
    begin, end = (
        datetime.fromisoformat(times[name].replace("Z", "+00:00"))
        for name in ("iopub.execute_input", "shell.execute_reply")
    )
    return (end - begin).total_seconds()


def sum_of_cells(path: Path) -> float:
    """What the cells of a notebook take in all; the file is left alone."""
    notebook = notebooks.read(path)
    client = NotebookClient(
        notebook, timeout=600, record_timing=True, resources={"metadata": {"path": path.parent}}
    )
    client.execute()
    return sum(own_seconds(cell) for cell in notebook.cells if cell.cell_type == "code")


def main(paths: list[Path]) -> None:
    """Print the two times and their ratio."""
    os.environ |= ONE_THREAD  # as `make test` does
    cells = sum(map(sum_of_cells, paths))
    began = time.monotonic()
    failed, closing = flakes.run([str(path) for path in paths], {})
    verified = time.monotonic() - began
    if failed:
        sys.exit(f"{closing}: a check that fails is not timed")
    least = cells / flakes.PROCESSORS
    print(f"sum of the cells' own times / {flakes.PROCESSORS} processors: {least:.0f} s")
    print(f"all of them by nbval: {verified:.0f} s, {verified / least:.2f} times that")


if __name__ == "__main__":
    named = [Path(name).resolve() for name in sys.argv[1:]]
    main(named or notebooks.all_notebooks("en") + notebooks.all_notebooks("zh"))
