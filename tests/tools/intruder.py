"""Another user of this machine, who tries the ports that somebody else's programs listen at."""

from collections.abc import Iterable
from contextlib import suppress
import os
from pathlib import Path
import socket
import subprocess

import psutil

NOBODY = 65534
LISTENS = "0A"  # of <net/tcp_states.h>
TRY = 'for door; do (: <> "$door") 2> /dev/null && echo "${door#/dev/tcp/}"; done; true'


def ports_of(process: int) -> set[int]:
    """The ports at which a process listens, also in a network of its own, where psutil is blind."""
    own = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # it has just been closed
            own.add(str(link.readlink()))
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]
    ]
    return {
        int(address.split(":")[1], 16)
        for _, address, _, state, *_, inode in (line[:10] for line in lines)
        if state == LISTENS and f"socket:[{inode}]" in own
    }


def reached(ports: Iterable[int | str]) -> set[str]:
    """Where a connection is taken, as ADDRESS/PORT: these ports on every address of this machine.

    Whoever runs the tests without root tries as the same user, who can do no less than another one.
    """
    addresses = {
        one.address
        for interface in psutil.net_if_addrs().values()
        for one in interface
        if one.family in (socket.AF_INET, socket.AF_INET6)
    }
    doors = [f"/dev/tcp/{address}/{port}" for port in ports for address in addresses]  # bash's own
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    tried = subprocess.run(
        ["bash", "-c", TRY, "intruder", *doors],
        cwd="/", check=True, capture_output=True, text=True, timeout=60, **as_nobody,
    )  # fmt: skip
    return set(tried.stdout.split())
