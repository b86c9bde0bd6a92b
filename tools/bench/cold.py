"""Time the build against plain jupyter-book, in one run: `python -m tools bench cold [rounds]`.

The two take turns on copies of this repository, so that a slow minute of the machine hits both.
Quote the ratios; the seconds are this machine's, today.
"""

from collections.abc import Callable
from pathlib import Path
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import yaml

from tools.site import build

# jupyter-book's own settings, but for the execution: with "cache" it runs every notebook that has
# changed since it ran it last, as books do that keep outputs out of git.
PLAIN = {"title": "Plain", "only_build_toc_files": True, "execute": {"execute_notebooks": "cache"}}


def copy_of_the_book(folder: Path) -> Path:
    """A copy of what a build reads, and of the build."""
    for name in (*build.SOURCES, "tools"):
        source = build.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def run(*command: object, folder: Path | None = None) -> None:
    subprocess.run(list(map(str, command)), cwd=folder, check=True, capture_output=True)


def ours_cold(folder: Path) -> None:
    shutil.rmtree(folder / "_build", ignore_errors=True)
    run(sys.executable, "-m", "tools.site.build", folder=folder)


def edit_a_page(folder: Path) -> None:
    page = folder / "book" / "en" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nOne more line.\n", "utf-8")


def ours_after_editing_a_page(folder: Path) -> None:
    edit_a_page(folder)
    run(sys.executable, "-m", "tools.site.build", folder=folder)


def plain_cold(folder: Path) -> None:
    """Both editions, one after the other; every notebook is executed."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    plain(folder)


def plain_with_its_cache(folder: Path) -> None:
    """Cold but for the outputs of the notebooks, which jupyter-book has kept."""
    for edition in build.EDITIONS:
        for name in ("html", ".doctrees"):
            shutil.rmtree(folder / "_build" / edition / "_build" / name)
    plain(folder)


def plain_after_editing_a_page(folder: Path) -> None:
    edit_a_page(folder)
    plain(folder)


def plain(folder: Path) -> None:
    for edition in build.EDITIONS:
        config, toc = folder / f"plain.{edition}.yml", folder / f"toc.{edition}.yml"
        config.write_text(yaml.safe_dump(PLAIN), "utf-8")
        toc.write_text(build.contents(edition), "utf-8")
        run(
            Path(sys.executable).with_name("jupyter-book"), "build", folder, "--config", config,
            "--toc", toc, "--path-output", folder / "_build" / edition,
        )  # fmt: skip


def seconds(task: Callable[[Path], None], folder: Path) -> float:
    began = time.perf_counter()
    task(folder)
    return time.perf_counter() - began


def main(rounds: int) -> None:
    """Print the table: each time against that of the plain task with which it is compared."""
    compared = (
        (plain_cold, plain_cold), (ours_cold, plain_cold),
        (plain_with_its_cache, plain_with_its_cache), (ours_cold, plain_with_its_cache),
        (plain_after_editing_a_page, plain_after_editing_a_page),
        (ours_after_editing_a_page, plain_after_editing_a_page),
    )  # fmt: skip
    times: dict[Callable[..., object], list[float]] = {}
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        folders = {True: copy_of_the_book(Path(ours)), False: copy_of_the_book(Path(theirs))}
        for _ in range(rounds):
            for task in dict.fromkeys(task for task, _ in compared):
                folder = folders[task.__name__.startswith("ours")]
                times.setdefault(task, []).append(seconds(task, folder))
    print(f"Both editions, {rounds} rounds, medians; ratios round by round\n")
    for task, other in compared:
        ratio = statistics.median(b / t for b, t in zip(times[other], times[task], strict=True))
        spread = f"{min(times[task]):.1f}–{max(times[task]):.1f} s"
        median = statistics.median(times[task])
        than = "" if task is other else f"  {ratio:5.1f} x as fast as {other.__name__}"
        print(f"{task.__name__:28} {median:6.1f} s ({spread}){than}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
