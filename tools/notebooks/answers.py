"""Run a student's notebook and write what its functions answer: what `grade.py` shuts in.

`python answers.py SECONDS NAME ...` reads a notebook and runs it from top to bottom in a kernel,
but for the cells with the book's own solutions. It then has the functions of these names called on
the cases of their exercises, in the same kernel, and writes JSON: for each name the answers or a
word that says why there are none; in place of all, one word.

Students' code runs beside this and can do with it what it likes: nobody believes what it writes.
"""

import asyncio
import json
import logging
from pathlib import Path
from subprocess import DEVNULL
import sys
import tempfile
from typing import Any

from nbclient import NotebookClient
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

ASK = """\
from gearsbook import practice as _practice
from gearsbook.practice import plain as _plain
with open({path!r}, "x", encoding="utf-8") as _file:
    if {name!r} in globals():
        _file.write(_plain.write(_practice.EXERCISES[{name!r}].ask({name})))
"""


class Run(NotebookClient):
    """A student's notebook in a kernel: no error stops it, and what it prints is not kept."""

    def __init__(self, notebook: NotebookNode, folder: str, seconds: int) -> None:
        log = logging.getLogger("gearsbook.answers")
        log.disabled = True  # what is to be said of a notebook is in the verdicts
        super().__init__(
            notebook,
            kernel_name="python3",  # whatever the student's is called
            timeout=seconds,
            shell_timeout_interval=1,  # how often it looks at the clock
            interrupt_on_timeout=True,
            allow_errors=True,
            record_timing=False,
            shutdown_kernel="immediate",
            skip_cells_with_tag="solution",
            resources={"metadata": {"path": folder}},
            log=log,
        )
        self.students_cells = len(notebook.cells)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Keep the outputs of what is asked here: a student's loop may print without end."""
        if cell_index >= self.students_cells:
            return super().output(outs, msg, display_id, cell_index)
        return None

    async def answers(self, name: str, path: Path) -> str:
        """What the function of this name answers, or why it does not."""
        cell = new_code_cell(ASK.format(name=name, path=str(path)))
        self.nb.cells.append(cell)
        await self.async_execute_cell(cell, len(self.nb.cells) - 1)
        errors = [output.ename for output in cell.outputs if output.output_type == "error"]
        if errors:
            return "too long" if "KeyboardInterrupt" in errors else "wrong"
        return path.read_text("utf-8") or "missing"


async def run(notebook: NotebookNode, names: list[str], seconds: int) -> dict[str, str]:
    """Run a notebook and ask its functions."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        client = Run(notebook, folder, seconds)
        async with client.async_setup_kernel(stdout=DEVNULL, stderr=DEVNULL):
            for index, cell in enumerate(list(notebook.cells)):
                await client.async_execute_cell(cell, index)
            return {
                name: await client.answers(name, Path(folder, f".{name}.json")) for name in names
            }


def cells_of(handed_in: bytes) -> NotebookNode:
    """What there is to run in a file that Jupyter opens, which need not be valid to the letter.

    Raises:
        Exception: of any kind; it is no notebook.
    """
    text = handed_in.decode("utf-8-sig")
    notebook = json.loads(text)
    if notebook["nbformat"] < 4:
        notebook = nbformat.reads(text, as_version=4)
    code = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cells = [new_code_cell("".join(cell["source"]), metadata={"tags": tags(cell)}) for cell in code]
    runnable: NotebookNode = new_notebook(cells=cells)
    return runnable


def tags(cell: dict[str, Any]) -> list[str]:
    """The tags of a cell; it may have none, and null in their place."""
    found: list[str] = (cell.get("metadata") or {}).get("tags") or []
    return found


def main(names: list[str], seconds: int) -> dict[str, str] | str:
    """The answers, or one word; what a student hands in may be anything, and do anything."""
    try:
        notebook = cells_of(sys.stdin.buffer.read())
    except Exception:
        return "unreadable"
    try:
        return asyncio.run(run(notebook, names, seconds))
    except Exception:
        return "kernel died"


if __name__ == "__main__":
    json.dump(main(sys.argv[2:], int(sys.argv[1])), sys.stdout)
