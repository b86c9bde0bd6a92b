"""A systemd of the test's own; boot_systemd.py is what runs inside."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import secrets
import subprocess
import sys

import psutil

import boot_systemd
from waiting import until

# what each service waits for by default; there is nothing behind them here
TARGETS = ("sysinit", "basic", "shutdown", "network", "nss-user-lookup", "test")


@contextmanager
def groups() -> Iterator[list[Path]]:
    """A new control group in each hierarchy, gone afterwards with all that was made in it."""
    name = f"gears-test-{secrets.token_hex(4)}"
    made = [folder / place.lstrip("/") / name for _, folder, place in boot_systemd.hierarchies()]
    try:
        for group in made:
            group.mkdir()
        yield made
    finally:
        for group in made:
            for inner in sorted(group.rglob("*/"), reverse=True):
                inner.rmdir()
            group.rmdir()


@contextmanager
def booted(folder: Path, command: list[str | Path]) -> Iterator[Callable[..., str]]:
    """A systemd with the units in FOLDER/run/systemd/system.

    Args:
        folder: with all that is to be in /run.
        command: runs what follows it, in the new namespaces: [] or open_folders.py.

    Yields:
        A function that runs a command inside and returns what it printed.
    """
    units = folder / "run" / "systemd" / "system"
    units.mkdir(parents=True, exist_ok=True)
    for target in TARGETS:
        (units / f"{target}.target").write_text("[Unit]\nDefaultDependencies=no\n")
    with groups() as made, (folder / "systemd.txt").open("w") as log:

        def enter() -> None:
            for group in made:
                (group / "cgroup.procs").write_text(str(os.getpid()))

        process = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child",
             "--mount-proc", "--uts", "--ipc", "--cgroup",
             *command, sys.executable, boot_systemd.__file__, folder],
            preexec_fn=enter, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip

        def inside(*arguments: str | Path) -> str:
            (first,) = psutil.Process(process.pid).children()
            return subprocess.check_output(
                ["nsenter", "--target", str(first.pid), "--mount", "--pid", "--cgroup", *arguments],
                text=True,
            )

        def is_up() -> bool:
            assert process.poll() is None, (folder / "systemd.txt").read_text()
            try:
                return inside("systemctl", "is-system-running").strip() == "running"
            except (ValueError, subprocess.CalledProcessError):
                return False

        try:
            until(is_up, "a systemd that runs")
            yield inside
        finally:
            if process.poll() is None:
                left = psutil.Process(process.pid).children(recursive=True)
                process.kill()
                psutil.wait_procs(left, timeout=30)
            process.wait(timeout=30)
            print((folder / "systemd.txt").read_text()[-3000:])
