"""Say who has solved which exercise: `python -m tools grade PAGE FOLDER TABLE`.

PAGE is a notebook of this book, in either edition. Every notebook in FOLDER, however deep, is
taken for a student's copy of it: it runs from top to bottom in a sandbox of its own, and the
functions in it answer the cases of the page's exercises. What they answer is judged here, where no
student's code has run. TABLE gets a line for each notebook and exercise, with tabs between the
verdict, the exercise, the notebook and, for a wrong answer, what the book says to it, in the
language of PAGE. Cells with the book's own solutions are not run. Whatever one notebook does, the
others have their turn.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
import io
import json
import os
from pathlib import Path
import re
import stat
import sys
import threading
from typing import Any
import warnings

from gearsbook import language, practice
from gearsbook.practice import plain

from tools import notebooks, workplace
from tools.notebooks import answers, sandbox

CHECK = re.compile(r"practice\.check\((\w+)\)")  # what names an exercise in a cell

ANSWERS = Path(answers.__file__).resolve()
SECONDS_PER_CELL = 120
CELLS_PER_NOTEBOOK = 10  # so many may use up their time; then the notebook is given up
LARGEST = 10 * 2**20  # the book's own have a hundredth

WORDS = ("missing", "too long", "kernel died", "unreadable")  # why there is nothing to judge
# where a spreadsheet sees a formula; it may be told, or guess, that commas separate columns, too
FORMULA = re.compile(r"(^|[,;])(?=[=+\-@＝＋－＠])")

Verdict = tuple[str, str]  # one word, and what helps on


def read(path: Path) -> bytes | None:
    """A file that is handed in; None if it is a link, no file, or larger than LARGEST."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST:
                return file.read(LARGEST)
    except OSError:
        pass
    return None


def verdict(name: str, said: Any) -> Verdict:
    """Judge what a sandbox says of one exercise, which may be anything."""
    if said in WORDS:
        return said, ""
    try:
        feedback = practice.EXERCISES[name].judge(plain.read(said))
    except Exception:
        return "wrong", ""
    return ("passed" if feedback else "wrong"), feedback.hint


def verdicts(names: Sequence[str], said: bytes) -> dict[str, Verdict]:
    """Judge all that a sandbox says; a word in place of the answers holds for all of them."""
    if not said:
        return dict.fromkeys(names, ("kernel died", ""))
    try:
        by_name = json.loads(said[: sandbox.SAID])
    except (ValueError, RecursionError):
        by_name = None
    if not isinstance(by_name, dict):
        by_name = dict.fromkeys(names, by_name)
    return {name: verdict(name, by_name.get(name)) for name in names}


def judge(
    path: Path, names: Sequence[str], seconds: int, shut_in: bool, stop: threading.Event
) -> dict[str, Verdict]:
    """Have one notebook answer, and judge the answers; raises nothing."""
    handed_in = read(path)
    if handed_in is None:
        return dict.fromkeys(names, ("unreadable", ""))
    program = [sys.executable, str(ANSWERS), str(seconds), *names]
    command = sandbox.command(*program) if shut_in else program
    try:
        said = sandbox.run(command, handed_in, CELLS_PER_NOTEBOOK * seconds, stop)
    except sandbox.TooLongError:
        return dict.fromkeys(names, ("too long", ""))
    return verdicts(names, said)


def exercises_of(page: Path) -> list[str]:
    """The names of the exercises of one of the book's notebooks, in order."""
    sources = "\n".join(cell.source for cell in notebooks.read(page).cells)
    return list(dict.fromkeys(CHECK.findall(sources)))


def cell(text: str) -> str:
    """A text as a cell of the table: one line, no quotation marks, no formula in a spreadsheet."""
    line = "".join(c if c.isprintable() and c != '"' else "?" for c in text)
    return FORMULA.sub(r"\1'", line)


def handed_in(folder: Path) -> list[Path]:
    """The notebooks in a folder, and the folders below it that are not entered.

    These are the links to folders, and what the system does not open; they cannot be read.
    """
    found, folders = [], [folder] if folder.is_dir() else []
    while folders:
        here = folders.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            found.append(here)
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                folders += [path] if entry.name != ".ipynb_checkpoints" else []
            elif ".ipynb" in path.name.lower() or os.path.isdir(path):  # x.ipynb.txt, X.IPYNB
                found.append(path)
            elif not path.name.startswith("."):
                print(f"Passed over, for its name has no .ipynb: {cell(str(path))}")
    return sorted(found)


def main(page: Path, folder: Path, table: Path, seconds: int, shut_in: bool = True) -> None:
    """Judge all notebooks, as many at a time as there are processors, and write the table.

    It is whole at any time: it grows by a notebook's lines in one step.

    Raises:
        SystemExit: there is nothing to judge, no sandbox, or no place for the table.
    """
    notebooks.must_be_pages([page], "Name the page that was handed out")
    paths = handed_in(folder)
    if not paths:
        sys.exit(f"No notebook in {folder}: put the students' .ipynb files there")
    try:
        if shut_in:
            sandbox.check()
    except sandbox.NoSandboxError as error:
        sys.exit(f"Students' code is foreign code, and nothing here shuts it in. {error}")
    names = exercises_of(page)
    language.use(page.resolve().relative_to(notebooks.NOTEBOOKS).parts[0])
    stop, rows = threading.Event(), {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(judge, path, names, seconds, shut_in, stop): path for path in paths}
        try:
            for done in as_completed(running):
                path = running[done]
                rows[path] = [
                    "\t".join(map(cell, (word, name, str(path), hint)))
                    for name, (word, hint) in done.result().items()
                ]
                lines = [line for path in sorted(rows) for line in rows[path]]
                with workplace.in_one_step(table) as partial:
                    partial.write_text("\n".join([*lines, ""]), "utf-8", "backslashreplace")
                print(f"{len(rows)} of {len(paths)}: {cell(str(path))}", flush=True)
        except (KeyboardInterrupt, OSError) as error:
            stop.set()
            pool.shutdown(cancel_futures=True)
            if isinstance(error, OSError):
                sys.exit(workplace.trouble(error))
            sys.exit(f"\nInterrupted: the notebooks that are not in {table} were not judged")


if __name__ == "__main__":
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(errors="backslashreplace")
    warnings.simplefilter("ignore", RuntimeWarning)  # mistakes overflow, and divide by zero
    parser = argparse.ArgumentParser(description="Say who has solved which exercise.")
    parser.add_argument("page", type=Path, help="the notebook of this book that was handed out")
    parser.add_argument("folder", type=Path, help="where the students' copies are")
    parser.add_argument("table", type=Path, help="the file for the verdicts, tabs between columns")
    parser.add_argument("--seconds", type=int, default=SECONDS_PER_CELL, help="for one cell")
    parser.add_argument(
        "--unsafe", action="store_true", help="without a sandbox: students' code can do all you can"
    )
    given = parser.parse_args()
    main(given.page, given.folder, given.table, given.seconds, not given.unsafe)
