"""Run notebooks in place, two or more at a time: `python -m tools execute [notebook ...]`.

Without arguments, all of them. A notebook is written back only when every cell did what its
tags say, and in one step; one that fails stays as it was.
"""

from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
import io
import multiprocessing
import os
from pathlib import Path
import sys
import threading
import time

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from tools import notebooks, workplace

SECONDS_PER_CELL = 600


def execute(path: Path) -> str:
    """Run one notebook and write it back clean.

    Returns:
        A line that says how it went.

    Raises:
        ValueError: a cell failed that should not, or wrote to stderr; the file is unchanged.
        OSError: the file cannot be read or written; it is unchanged.
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
        client.execute(env={**os.environ, **notebooks.NO_SETTINGS})
    except KeyError as error:  # a kernelspec of another machine
        raise ValueError(f"{path}: {error}; its metadata should name python3") from error
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise ValueError(f"{path}: {error}") from error
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise ValueError(f"{path}, cell {cell.id}: wrote to stderr:\n{output.text}")
            # an id of a figure that lived in this kernel; the figure's HTML is stored beside it
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = notebooks.PYTHON
    notebooks.write(notebook, path)
    return f"{path.relative_to(notebooks.ROOT)}: {time.monotonic() - began:.0f} s"


def end_with_the_parent() -> None:
    """A worker whose parent was killed would wait for its next notebook for ever."""

    def wait() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main(paths: list[Path]) -> int:
    """Run them all, as many at a time as there are processors; returns how many failed.

    Raises:
        SystemExit: a worker was killed.
    """
    failed = 0
    with ProcessPoolExecutor(os.cpu_count(), initializer=end_with_the_parent) as pool:
        running = {pool.submit(execute, path): path for path in paths}
        for done in as_completed(running):
            try:
                print(done.result(), flush=True)
            except ValueError as error:
                failed += 1
                print(error, file=sys.stderr, flush=True)
            except OSError as error:
                failed += 1
                problem = f"{running[done]}: {workplace.trouble(error)}"
                print(problem, file=sys.stderr, flush=True)
            except BrokenProcessPool:
                sys.exit(
                    "A process that ran notebooks was killed: by someone, or for lack of memory. "
                    "Notebooks that are not listed above are as they were. Run the same command "
                    "again, or name fewer of them."
                )
    return failed


if __name__ == "__main__":
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(errors="backslashreplace")
    named = [Path(name).resolve() for name in sys.argv[1:]]
    notebooks.must_be_pages(named, "Name files under notebooks/")
    try:
        failures = main(named or notebooks.all_notebooks("en") + notebooks.all_notebooks("zh"))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: notebooks that were not finished are as they were.")
    if failures:
        sys.exit(f"{failures} notebook(s) failed and are unchanged; the reasons stand above.")
