"""Run a page, and then each of its cells once more, by itself: `python by_itself.py NOTEBOOK`.

Prints the id of each cell that now ends with an error it had not, and what the error is. Each runs
in a fork of the process that ran the page: all find the same names, whatever another one changed.
"""

import os
from pathlib import Path
import signal
import sys

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from tools import notebooks

SECONDS = 30  # TensorFlow, once it has computed, waits for ever in a fork


def error(shell: InteractiveShell, cell) -> BaseException | None:
    """What a cell ends with, if the page does not announce it."""
    with capture_output():
        result = shell.run_cell(cell.source)
    announced = "raises-exception" in cell.metadata.get("tags", ())
    return None if announced else result.error_before_exec or result.error_in_exec


def main(notebook: Path) -> None:
    InteractiveShell.enable_gui = lambda self, *_: None  # a kernel has its own
    shell = InteractiveShell.instance()
    cells = [cell for cell in notebooks.read(notebook).cells if cell.cell_type == "code"]
    for cell in cells:
        if came := error(shell, cell):
            sys.exit(f"{cell.id}, on the way through the page: {came!r}")
    for cell in cells:
        if process := os.fork():
            os.waitpid(process, 0)
            continue
        signal.alarm(SECONDS)
        if came := error(shell, cell):
            print(f"{cell.id}: {came!r}", flush=True)
        os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
