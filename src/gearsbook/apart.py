"""A network for a few processes alone: what listens in it is out of everybody else's reach.

It is a network namespace of Linux, with a loopback and nothing else. Where the system lets them,
ordinary users make one inside a user namespace, in which they stay who they are.

`python -m gearsbook.apart` makes one, prints the files by which it is entered, and keeps it until
its standard input ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import ctypes
import os
from pathlib import Path
import socket
import struct
import subprocess
import sys

CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000  # of <linux/sched.h>
ALREADY = "GEARS_APART"  # set where no other process is in the network: tools/notebooks/sandbox.py
SIOCSIFFLAGS, IFF_UP = 0x8914, 1  # of <linux/sockios.h> and <linux/if.h>


@contextmanager
def network() -> Iterator[list[str]]:
    """Make a network that lasts as long as the `with`, and on while a process is in it.

    Yields:
        The files that `enter` needs; none where this process is out of reach already.

    Raises:
        OSError: there is none on this system, or it is refused.
    """
    if ALREADY in os.environ:
        yield []
        return
    if sys.platform != "linux":
        raise OSError(f"{sys.platform} has no network namespaces")
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None  # it was asked for, which types cannot tell
        assert holder.stderr is not None
        if not (files := holder.stdout.readline().split()):
            raise OSError(holder.stderr.read().strip())
        yield files


def enter(files: list[str]) -> None:
    """Take this process, which must have one thread only, into a network that `network` made.

    Raises:
        OSError: the network is gone, or another user's.
    """
    for file in files:
        with Path(file).open() as namespace:
            _ask_linux("setns", namespace.fileno(), 0)


def _ask_linux(call: str, *arguments: int) -> None:
    """A system call that Python has from 3.12 on."""
    if getattr(ctypes.CDLL(None, use_errno=True), call)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")


def _move_out() -> list[str]:
    """Take this process into a new network; returns the files for others to follow."""
    import fcntl  # not on Windows

    user, group = os.geteuid(), os.getegid()
    try:
        _ask_linux("unshare", CLONE_NEWNET)
        made = ["net"]
    except PermissionError:  # an ordinary user
        _ask_linux("unshare", CLONE_NEWUSER | CLONE_NEWNET)
        made = ["user", "net"]  # in the order in which they are entered
        texts = {
            "setgroups": "deny",
            "uid_map": f"{user} {user} 1",
            "gid_map": f"{group} {group} 1",
        }
        for name, text in texts.items():
            Path("/proc/self", name).write_text(text)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))
    return [f"/proc/{os.getpid()}/ns/{name}" for name in made]


if __name__ == "__main__":
    try:
        print(*_move_out(), flush=True)
    except OSError as error:
        sys.exit(str(error))
    sys.stdin.read()
