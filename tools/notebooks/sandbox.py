"""Run a command where it can do no harm: `python -m tools.notebooks.sandbox` tries it.

bubblewrap gives it a system of its own: of the disk, what it needs to run, to be read only, and
a small folder in memory that is gone afterwards; no network, no other process, nothing of the
caller's environment. prlimit limits each process, and they are watched together from outside.
"""

from collections.abc import Sequence
from contextlib import suppress
import os
from pathlib import Path
import subprocess
import sys
import tempfile
import threading
import time

from gearsbook import apart
import psutil

from tools.setup import debian

ROOT = Path(__file__).resolve().parents[2]

MIB = 2**20
MEMORY = 4096 * MIB  # of all processes of one sandbox; the appendix, with its workers, took 2,100
MEMORY_OF_ONE = 3072 * MIB
DISK = 256 * MIB  # its folder is memory, too
PROCESSES = 32
# TensorFlow's grow with the processors: the appendix had 240 on two
THREADS = 512 + 32 * (os.cpu_count() or 1)
SAID = 4 * MIB  # what it may answer; right answers to a page take a fortieth
SECONDS_BETWEEN_LOOKS = 0.25

NOBODY = 65534
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts")
COURSE = (sys.base_prefix, sys.prefix, str(ROOT / "src"), str(ROOT / "tools"))
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "USER": "student",
    "LANG": "C.UTF-8",
    apart.ALREADY: "yes",  # and no further namespace can be made in it
    # as many sandboxes as processors run at a time
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
NAMESPACES = [f"--unshare-{name}" for name in ("ipc", "net", "pid", "uts", "cgroup-try")]
OWN_USER = ["--unshare-user", "--disable-userns"]  # counts its own processes, and makes no other
OWN_FOLDERS = [
    *("--proc", "/proc", "--dev", "/dev"),
    *("--perms", "1777", "--size", str(DISK // 4), "--tmpfs", "/dev/shm"),
    *("--perms", "1777", "--size", str(DISK), "--tmpfs", "/tmp"),
]
CLOSED = ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]
# No limit holds for root, so what root calls runs as nobody; in the first bwrap's view of the
# disk nobody reaches the course wherever it is.
AS_NOBODY = [
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--inh-caps=-all", "--bounding-set=-all"),
    *("bwrap", *OWN_USER, "--die-with-parent", "--dev-bind", "/", "/"),
]
LIMITED = [
    *("choom", "-n", "1000", "--"),  # where memory is short, the system ends these before others
    *("prlimit", f"--nproc={THREADS}", f"--data={MEMORY_OF_ONE}", f"--fsize={DISK}"),
    *("--core=0", "--"),
]

WAYS_OUT = """\
Install bubblewrap (Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install bubblewrap), or
call this on a machine where students' code can do no harm, with --unsafe: then it can read your
files, use your network and change every verdict."""
SWITCHES = {  # what forbids a user its own namespaces
    "user/max_user_namespaces": "0",
    "kernel/unprivileged_userns_clone": "0",
    "kernel/apparmor_restrict_unprivileged_userns": "1",
}


class NoSandboxError(Exception):
    """There is no sandbox here; the text says why, and the ways out."""


class TooLongError(Exception):
    """The command had not ended in its time."""


def command(*program: str) -> list[str]:
    """The program shut in."""
    bound = [part for path in SYSTEM for part in ("--ro-bind-try", path, path)]
    for path in COURSE:
        above = [str(folder) for folder in reversed(Path(path).parents[:-1])]
        bound += [part for folder in above for part in ("--dir", folder)]  # open to all
        bound += ["--ro-bind", path, path]
    user, apart = ([], AS_NOBODY) if os.geteuid() == 0 else (OWN_USER, [])
    outer = ["bwrap", "--die-with-parent", "--new-session", *user, *NAMESPACES, *OWN_FOLDERS]
    return [*outer, *bound, *CLOSED, *apart, *LIMITED, *program]


def check() -> None:
    """Try it.

    Raises:
        NoSandboxError: it cannot be made here, or the course cannot be read in it.
    """
    if sys.platform != "linux":
        raise NoSandboxError(f"{sys.platform} has none of what it is made of.\n{WAYS_OUT}")
    try:
        tried = subprocess.run(
            command(sys.executable, "-c", "import gearsbook"),
            env=ENVIRONMENT, capture_output=True, text=True, errors="replace",
        )  # fmt: skip
    except FileNotFoundError as error:
        raise NoSandboxError(f"{error.filename} is not installed.\n{WAYS_OUT}") from None
    if tried.returncode:
        said = tried.stderr.strip().splitlines() or [f"it ended with {tried.returncode}"]
        raise NoSandboxError("\n".join([f"bubblewrap: {said[-1]}", *_switched_off(), WAYS_OUT]))


def _switched_off() -> list[str]:
    return [
        f"User namespaces are switched off for users here: sysctl {name.replace('/', '.')} is {off}"
        for name, off in SWITCHES.items()
        if (path := Path("/proc/sys", name)).exists() and path.read_text().strip() == off
    ]


def run(command: Sequence[str], given: bytes, seconds: float, stop: threading.Event) -> bytes:
    """Run a command, shut in or not, with an input, and end it when it takes too much.

    Args:
        command: what to run.
        given: what it reads.
        seconds: how long it may take.
        stop: ends it at once when set.

    Returns:
        The beginning of what it wrote, one byte more than SAID at most. Nothing if it was ended,
        because it used too much memory or ran too many processes.

    Raises:
        TooLongError: its time was over.
    """
    # files, not pipes: what is written into them has its limit, and nobody waits for a reader
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(given)
        question.seek(0)
        process = subprocess.Popen(
            command, env=_environment(command), start_new_session=True,
            stdin=question, stdout=answer, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            if not _ended(process, seconds, stop):
                return b""
        finally:
            _end(process)
        answer.seek(0)
        return answer.read(SAID + 1)


def _environment(command: Sequence[str]) -> dict[str, str] | None:
    """In a sandbox everybody can read the environment that bubblewrap itself was called with."""
    return ENVIRONMENT if command[0] == "bwrap" else None


def _ended(process: subprocess.Popen[bytes], seconds: float, stop: threading.Event) -> bool:
    """Wait for a process; false as soon as it has taken too much."""
    last = time.monotonic() + seconds
    while not stop.is_set():
        try:
            process.wait(SECONDS_BETWEEN_LOOKS)
            return True
        except subprocess.TimeoutExpired:
            if time.monotonic() > last:
                raise TooLongError from None
        if _is_greedy(process.pid):
            return False
    return False


def _is_greedy(pid: int) -> bool:
    memory = processes = 0
    for process in _family(pid):
        with suppress(psutil.NoSuchProcess):
            memory += process.memory_info().rss
            processes += 1
    return memory > MEMORY or processes > PROCESSES


def _family(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _end(process: subprocess.Popen[bytes]) -> None:
    """A sandbox ends with its first process; without one, all that are known to come from it."""
    for member in _family(process.pid) if process.poll() is None else ():
        with suppress(psutil.NoSuchProcess):
            member.kill()
    process.wait()


if __name__ == "__main__":
    if sys.platform != "linux":
        print("Sandbox: only Linux has one, so the grader's own tests fail here")
        sys.exit()
    try:
        check()
    except NoSandboxError:
        print("No sandbox found: installing bubblewrap for the tests", file=sys.stderr, flush=True)
        debian.install("bubblewrap")
    try:
        check()
    except NoSandboxError as error:
        sys.exit(f"The tests run hostile notebooks in a sandbox, and there is none. {error}")
    print("Sandbox: bubblewrap")
