"""Install packages of a Debian or Ubuntu for the tests."""

import os
import shutil
import subprocess


def install(*packages: str) -> None:
    """Try it, where there is apt-get; whether it worked is for the caller to see."""
    if not shutil.which("apt-get"):
        return
    apt_get = ["apt-get"] if os.geteuid() == 0 else ["sudo", "--non-interactive", "apt-get"]
    subprocess.run([*apt_get, "update", "--quiet=2"])
    # what Debian recommends besides is printers and a desktop: a hundred packages
    install_only = ["install", "--quiet=2", "--yes", "--no-install-recommends"]
    subprocess.run([*apt_get, *install_only, *packages])
