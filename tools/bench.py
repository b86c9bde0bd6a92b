"""Time the build against a plain jupyter-book build, in one run: `python tools/bench.py [rounds]`.

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

import build

# What jupyter-book does when it is told nothing: it executes every notebook that lacks outputs;
# "force" makes it execute these too, as it does on every machine that keeps outputs out of git.
PLAIN = {"title": "Plain", "only_build_toc_files": True, "execute": {"execute_notebooks": "force"}}


def copy_of_the_book(folder: Path) -> Path:
    """A copy of what a build reads, and of the build."""
    for name in (*build.SOURCES, "tools"):
        source = build.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def run(*command: object) -> None:
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


def ours_cold(folder: Path) -> None:
    shutil.rmtree(folder / "_build", ignore_errors=True)
    run(sys.executable, folder / "tools" / "build.py")


def ours_after_editing_a_page(folder: Path) -> None:
    page = folder / "book" / "en" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    run(sys.executable, folder / "tools" / "build.py")


def plain_cold(folder: Path) -> None:
    """Both editions, one after the other, with jupyter-book's own settings."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
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
    tasks = (ours_cold, ours_after_editing_a_page, plain_cold)
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as plain:
        folders = [copy_of_the_book(Path(ours)), Path(ours), copy_of_the_book(Path(plain))]
        times = [
            [seconds(task, folder) for task, folder in zip(tasks, folders, strict=True)]
            for _ in range(rounds)
        ]
    baseline = [times_of_round[-1] for times_of_round in times]
    print(f"Both editions, {rounds} rounds, medians; ratios to plain_cold, round by round\n")
    for task, column in zip(tasks, zip(*times, strict=True), strict=True):
        ratio = statistics.median(b / t for b, t in zip(baseline, column, strict=True))
        spread = f"{min(column):.1f}–{max(column):.1f} s"
        median = statistics.median(column)
        print(f"{task.__name__:28} {median:6.1f} s ({spread})  {ratio:5.1f} x as fast")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
