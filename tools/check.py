"""Check what an author has changed and not yet committed: `make check`, in a minute.

Every file is linted. Of the tests those run that the change touches: a changed notebook is
executed and compared, its page opened in Chromium, in both editions; a changed figure is held to
its tests, and the pages that show it are opened. `make test` is everything.
"""

from pathlib import PurePosixPath
import re
import subprocess
import sys

import pytest

from gearsbook_site import addresses
from tools.site import build

ROOT = build.ROOT
# the rules that each page is held to
OF_ALL_PAGES = {"test_editions.py", "test_notebooks.py", "test_numbers.py"}


def changed_files() -> list[str]:
    """What differs from the last commit, new files too, from the top of the repository.

    Raises:
        SystemExit: this is no clone of the repository.
    """
    command = ["git", "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stderr.strip()}\nmake check asks git what has changed: use make test")
    return [entry[3:] for entry in done.stdout.split("\0") if entry]


def tests_of_page(page: str) -> set[str]:
    """What stands in the names of a page's tests; `page` is its path in an edition, no ending."""
    return {f"{addresses.short(page)}.html", f"{PurePosixPath(page).name}.ipynb"}


def pages_with(figure: str) -> set[str]:
    """The pages that show a figure."""
    edition = ROOT / "notebooks" / "en"
    return {
        path.relative_to(edition).with_suffix("").as_posix()
        for path in edition.rglob("*.ipynb")
        if f'data-figure=\\"{figure}\\"' in path.read_text(encoding="utf-8")
    }


def touched(file: str) -> set[str]:
    """What stands in the names of the tests that a change of a file touches.

    Args:
        file: its path from the top of the repository.

    Returns:
        Pieces of names; empty when nothing less than `make test` can tell.
    """
    if page := re.fullmatch(r"(?:notebooks|book)/(?:en|zh)/(.+)\.(?:ipynb|md)", file):
        return tests_of_page(page[1]) | OF_ALL_PAGES
    if file.startswith("src/gearsbook/practice/"):
        return {"test_practice.py", "test_answers.py"}
    is_figure = file.startswith("src/gearsbook/explorables/")
    folder = PurePosixPath(file).parent.name
    stem = PurePosixPath(file).stem.removeprefix("test_")
    if is_figure and folder != "explorables":
        stem = folder
    if not any((ROOT / "tests").rglob(f"test_{stem}.py")):
        return set()
    pages = map(tests_of_page, pages_with(stem) if is_figure else ())
    return {f"test_{stem}.py"}.union({f"[{stem}"} if is_figure else (), *pages)


def run_tests(names: set[str], notebooks: list[str]) -> int:
    """Build, then run the notebooks and the tests with one of `names` in their name; an exit code.

    That a page which is gone has no test any more is no failure.
    """
    build.build()
    options = ["--nbval", "-n", "2", "-q", "-m", "not release", "-k", " or ".join(sorted(names))]
    command = [sys.executable, "-m", "pytest", *options, "tests", *notebooks]
    code = subprocess.run(command, cwd=ROOT).returncode
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code


def main(changed: list[str]) -> int:
    """Check these files; an exit code."""
    touches = {file: touched(file) for file in changed}
    failed = subprocess.run([sys.executable, "-m", "tools.lint"], cwd=ROOT).returncode
    if names := set().union(*touches.values()):
        notebooks = [f for f in changed if f.endswith(".ipynb") and (ROOT / f).exists()]
        failed = run_tests(names, notebooks) or failed
    if unknown := [file for file in changed if not touches[file]]:
        print(f"\nOnly `make test` can tell what these touch: {', '.join(unknown)}")
    return failed


if __name__ == "__main__":
    sys.exit(main(changed_files()))
