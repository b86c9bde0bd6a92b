"""Find programs for the tests, and install packages of a Debian or Ubuntu."""

import os
import shutil
import subprocess


def program(variable: str, *names: str) -> str | None:
    """The path of a program: what a variable of the environment names, or the first on the PATH."""
    wanted = filter(None, (os.environ.get(variable), *names))
    return next(filter(None, map(shutil.which, wanted)), None)


def install(*packages: str) -> None:
    """Try it, where there is apt-get; whether it worked is for the caller to see."""
    if not shutil.which("apt-get"):
        return
    apt_get = ["apt-get"] if os.geteuid() == 0 else ["sudo", "--non-interactive", "apt-get"]
    subprocess.run([*apt_get, "update", "--quiet=2"])
    # what Debian recommends besides is printers and a desktop: a hundred packages
    install_only = ["install", "--quiet=2", "--yes", "--no-install-recommends"]
    subprocess.run([*apt_get, *install_only, *packages])
