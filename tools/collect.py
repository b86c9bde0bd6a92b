"""Say who has solved which exercise: `python tools/collect.py PAGE FOLDER`.

PAGE is a notebook of this book, in either edition. Every notebook in FOLDER, however deep, is
taken for a student's copy of it: it runs from top to bottom in a fresh kernel, and then each
exercise of the page is judged. A line comes out for each notebook and exercise, with tabs between
the verdict, the exercise, the notebook and, for a wrong answer, what the book says to it, in the
language of PAGE. Cells with the book's own solutions are not run. Whatever one notebook does, the
others have their turn.

The students' code runs with the rights of whoever runs this: do it where it can do no harm.
"""

import argparse
import ast
import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
import io
import logging
import os
from pathlib import Path
import re
from subprocess import DEVNULL
import sys
import tempfile
from typing import Any

from gears import practice
from gears.practice.exercise import WORDS
from nbclient import NotebookClient
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from execute import end_with_the_parent
import notebooks

CHECK = re.compile(r"practice\.check\((\w+)\)")  # what names an exercise in a cell

SECONDS_PER_CELL = 120
CELLS_PER_NOTEBOOK = 10  # so many may use up their time; then the notebook is given up

# Asks gears itself, not what the notebook may have made of it; it answers with a tuple.
JUDGE = """\
import sys as _sys
for _name in [name for name in _sys.modules if name.partition(".")[0] == "gears"]:
    del _sys.modules[_name]
import gears.language as _language, gears.practice as _practice
_language.use({language!r})
_feedback = _practice.check(globals().get({name!r}))
({name!r} in globals(), bool(_feedback), _feedback.text)
"""

Verdict = tuple[str, str]  # one word, and what helps on


class Run(NotebookClient):
    """A student's notebook in a kernel: no error stops it, and what it prints is not kept."""

    def __init__(self, notebook: NotebookNode, folder: str, seconds: int) -> None:
        log = logging.getLogger("gears.collect")
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
        """Keep the verdicts' outputs: a student's loop may print without end."""
        if cell_index >= self.students_cells:
            return super().output(outs, msg, display_id, cell_index)
        return None

    async def verdict(self, name: str, language: str) -> Verdict:
        """Judge one exercise by what the notebook's cells have left behind."""
        cell = new_code_cell(JUDGE.format(name=name, language=language))
        self.nb.cells.append(cell)
        await self.async_execute_cell(cell, len(self.nb.cells) - 1)
        for output in cell.outputs:
            if output.output_type == "execute_result":
                return read_verdict(name, language, output.data.get("text/plain", ""))
        return "too long", ""


def read_verdict(name: str, language: str, printed: str) -> Verdict:
    """What a judging cell says, in words of the book only, whatever a student made it print."""
    try:
        is_there, passed, text = ast.literal_eval(printed)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return "wrong", ""
    if passed is True:
        return "passed", ""
    if not is_there:
        return "missing", ""
    exercise = practice.EXERCISES[name]
    hints = [mistake.hint[language] for mistake in exercise.mistakes]
    known = [WORDS[language]["nothing"], *hints, exercise.hint[language]]
    said = re.sub(r"\s+", " ", str(text))
    return "wrong", next((hint for hint in known if re.sub(r"\s+", " ", hint) in said), "")


async def judge(
    path: Path, names: Sequence[str], language: str, seconds: int
) -> dict[str, Verdict]:
    """Run one notebook and judge the exercises of these names; raises nothing."""
    try:
        notebook = notebooks.read(path)
        nbformat.validate(notebook)
    except Exception:  # what a student hands in may be anything
        return dict.fromkeys(names, ("unreadable", ""))
    verdicts = dict.fromkeys(names, ("too long", ""))
    limit = asyncio.timeout(CELLS_PER_NOTEBOOK * seconds)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run = Run(notebook, folder, seconds)
        try:
            async with limit, run.async_setup_kernel(stdout=DEVNULL, stderr=DEVNULL):
                for index, cell in enumerate(list(notebook.cells)):
                    await run.async_execute_cell(cell, index)
                for name in names:
                    verdicts[name] = await run.verdict(name, language)
        except Exception:  # and so may its kernel do anything
            if not limit.expired():  # nbclient takes the end of our patience for a dead kernel
                verdicts = dict.fromkeys(names, ("kernel died", ""))
    return verdicts


def judged(path: Path, names: Sequence[str], language: str, seconds: int) -> dict[str, Verdict]:
    """The same for a process of its own."""
    return asyncio.run(judge(path, names, language, seconds))


def exercises_of(page: Path) -> list[str]:
    """The names of the exercises of one of the book's notebooks, in order."""
    sources = "\n".join(cell.source for cell in notebooks.read(page).cells)
    return list(dict.fromkeys(CHECK.findall(sources)))


def printable(path: Path) -> str:
    """A path in one line: a name may hold tabs, line breaks and worse."""
    return "".join(c if c.isprintable() else "?" for c in str(path))


def main(page: Path, folder: Path, seconds: int) -> None:
    """Judge all notebooks, as many at a time as there are processors, and print the lines.

    Raises:
        SystemExit: there is nothing to judge, or a worker was killed.
    """
    if page.resolve() not in notebooks.all_notebooks("en") + notebooks.all_notebooks("zh"):
        sys.exit(f"Not a notebook of this book: {page}. Name the page that was handed out")
    handed_in = [
        path
        for path in sorted(folder.rglob("*.ipynb"))
        if ".ipynb_checkpoints" not in path.parts and path.is_file()
    ]
    if not handed_in:
        sys.exit(f"No notebook in {folder}: put the students' .ipynb files there")
    names, language = exercises_of(page), page.resolve().relative_to(notebooks.NOTEBOOKS).parts[0]
    with ProcessPoolExecutor(os.cpu_count(), initializer=end_with_the_parent) as pool:
        running = {pool.submit(judged, path, names, language, seconds): path for path in handed_in}
        try:
            for done in as_completed(running):
                for name, (word, hint) in done.result().items():
                    print(word, name, printable(running[done]), hint, sep="\t", flush=True)
        except BrokenProcessPool:
            sys.exit(
                "A process that ran notebooks was killed: by someone, or for lack of memory. "
                "Move the notebooks that are listed above elsewhere and run the same command again"
            )
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            sys.exit("\nInterrupted: the notebooks that are not listed were not judged")


if __name__ == "__main__":
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(description="Say who has solved which exercise.")
    parser.add_argument("page", type=Path, help="the notebook of this book that was handed out")
    parser.add_argument("folder", type=Path, help="where the students' copies are")
    parser.add_argument("--seconds", type=int, default=SECONDS_PER_CELL, help="for one cell")
    given = parser.parse_args()
    main(given.page, given.folder, given.seconds)
