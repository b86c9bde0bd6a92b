"""Run notebooks in place, two or more at a time: `python tools/execute.py [notebook ...]`.

Without arguments, all of them. A notebook is written back only when every cell did what its
tags say, and in one step; one that fails stays as it was.
"""

from concurrent.futures import ProcessPoolExecutor, as_completed
import os
from pathlib import Path
import sys
import time

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import notebooks

SECONDS_PER_CELL = 600


def execute(path: Path) -> str:
    """Run one notebook and write it back clean.

    Returns:
        A line that says how it went.

    Raises:
        ValueError: a cell failed that should not, or wrote to stderr; the file is unchanged.
    """
    began = time.monotonic()
    notebook = notebooks.read(path)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise ValueError(f"{path}: {error}") from error
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise ValueError(f"{path}, cell {cell.id}: wrote to stderr:\n{output.text}")
            # an id of a figure that lived in this kernel; the figure's HTML is stored beside it
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}  # without the version it ran on
    notebooks.write(notebook, path)
    return f"{path.relative_to(notebooks.ROOT)}: {time.monotonic() - began:.0f} s"


def main(paths: list[Path]) -> int:
    """Run them all, as many at a time as there are processors; returns how many failed."""
    failed = 0
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for done in as_completed(pool.submit(execute, path) for path in paths):
            try:
                print(done.result(), flush=True)
            except ValueError as error:
                failed += 1
                print(error, file=sys.stderr, flush=True)
    return failed


if __name__ == "__main__":
    named = [Path(name).resolve() for name in sys.argv[1:]]
    every = notebooks.all_notebooks("en") + notebooks.all_notebooks("zh")
    unknown = [str(path) for path in named if path not in every]
    if unknown:
        sys.exit(f"Not a notebook of this book: {', '.join(unknown)}. Name files under notebooks/")
    try:
        failures = main(named or every)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: notebooks that were not finished are as they were.")
    if failures:
        sys.exit(f"{failures} notebook(s) failed and are unchanged; the reasons stand above.")
