"""Become a systemd of the test's own: `boot_systemd.py FOLDER`, in namespaces made by `unshare`.

It is process 1 there, finds FOLDER/run in its /run, and knows no other units than those in it. The
machine's own systemd, if there is one, does not notice.
"""

from collections.abc import Iterator
import os
from pathlib import Path
import shutil
import subprocess
import sys

CGROUPS = Path("/sys/fs/cgroup")
PROGRAM = "/lib/systemd/systemd"
CONTROLLERS = {"memory", "pids", "cpu", "cpuacct", "name=systemd", ""}  # "" is version 2


def hierarchies() -> Iterator[tuple[str, Path, str]]:
    """Controllers, folder and own place of each hierarchy of control groups that counts here."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, names, place = line.split(":", 2)
        if set(names.split(",")) <= CONTROLLERS:
            is_only = not names and (CGROUPS / "cgroup.controllers").exists()
            folder = names.removeprefix("name=") or "unified"
            yield names, CGROUPS if is_only else CGROUPS / folder, "/" if is_only else place


def mount(kind: str, options: str, place: Path) -> None:
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", kind, "-o", options, kind, place], check=True)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    known = list(hierarchies())
    if len(known) > 1:
        mount("tmpfs", "mode=755", CGROUPS)
    for names, place, _ in known:
        options = f"none,{names}" if names.startswith("name=") else names
        mount("cgroup" if names else "cgroup2", options or "rw", place)
    hold = Path("/mnt")
    subprocess.run(["mount", "--bind", folder / "run", hold], check=True)
    mount("tmpfs", "mode=755", Path("/run"))
    shutil.copytree(hold, "/run", dirs_exist_ok=True)
    mount("tmpfs", "mode=755", Path("/var/lib"))
    os.execve(
        PROGRAM, [PROGRAM, "--unit=test.target", "--log-target=console"],
        {"container": "gears", "PATH": os.defpath, "SYSTEMD_UNIT_PATH": "/run/systemd/system"},
    )  # fmt: skip
