"""Workers of one training run, each a process on this machine, none of which outlives its starter.

TensorFlow's workers do what anyone tells them who reaches their ports. So they share a network that
nobody else is in; where there can be none, nothing starts without the reader's yes.

`python -m gearsbook.processes NETWORK SCRIPT ARGUMENTS` is how each of them runs: it ends when the
process that started it does, even if that was killed.
"""

from collections.abc import Callable
from contextlib import ExitStack
import os
from pathlib import Path
import random
import runpy
import socket
import subprocess
import sys
import threading
import time

from . import apart, language

SECONDS = 300  # for a start, and for a run: far more than either takes, even on a busy machine
PORTS = range(20_000, 30_000)  # below those that systems give to outgoing connections
PORT_TAKEN = "Could not start gRPC server"  # TensorFlow's words for it
REFUSED = {
    "en": """nothing was started.
The workers can have no network of their own here ({error}).
In yours, each listens on one of the ports {first} to {last}, at every address of this computer,
and asks for no password. While they run, anyone who reaches these ports can run code as you:
other users of this computer, and whoever is in the same network.
If you trust all of them, say so: processes.start(..., even_if_reachable=True)""",
    "zh": """什么也没有启动。
在这里，工作进程得不到自己单独的网络（{error}）。
放在你的网络里，每个都会在这台电脑的所有地址上监听 {first} 到 {last} 中的一个端口，不要密码。
它们运行的时候，谁连得上这些端口，谁就能以你的身份运行代码：
这台电脑的其他用户，还有同一个网络里的任何人。
如果这些人你都信得过，请写明：processes.start(..., even_if_reachable=True)""",
}


class Team:
    """The workers of one run.

    Args:
        processes: in the order of their numbers, each with a pipe to its standard input.
        folder: holds what worker n printed as `worker-n.out`, and its errors as `worker-n.err`.
    """

    def __init__(self, processes: list[subprocess.Popen[bytes]], folder: Path):
        self.processes, self.folder = processes, folder
        # what an earlier run has left, with when it was written
        self._left = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    def printed(self, worker: int) -> str:
        """What a worker has printed so far."""
        return (self.folder / f"worker-{worker}.out").read_text("utf-8")

    def errors(self, worker: int) -> str:
        """What a worker has written to stderr so far."""
        return (self.folder / f"worker-{worker}.err").read_text("utf-8", "replace")

    def wait_for(self, name: str, seconds: float = SECONDS) -> None:
        """Wait until this run has written a file of this name into its folder.

        Raises:
            RuntimeError: a worker ended, or the time did, before it had; all are killed.
        """
        deadline = time.monotonic() + seconds
        file = self.folder / name
        while not file.exists() or file.stat().st_mtime_ns == self._left.get(name):
            ended = [worker for worker, process in enumerate(self.processes) if process.poll()]
            if ended or time.monotonic() > deadline:
                self.stop()
                why = f"worker {ended[0]} ended" if ended else f"{seconds:.0f} s are over"
                words = self._last_words(ended[0] if ended else 0)
                raise RuntimeError(f"{why}, and there is no {name}:\n{words}")
            time.sleep(0.01)

    def kill(self, worker: int) -> None:
        """End one worker at once; it gets no chance to say good-bye."""
        self.processes[worker].kill()
        self.processes[worker].wait()

    def wait(self, seconds: float = SECONDS) -> list[int]:
        """Wait until all have ended; those that haven't by then are killed.

        Returns:
            Their exit codes: 0 for success, negative for a worker that was killed (on Windows 1).
        """
        deadline = time.monotonic() + seconds
        try:
            for process in self.processes:
                process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        finally:  # after an interruption as well
            self.stop()
        return [process.returncode for process in self.processes]

    def finish(self, seconds: float = SECONDS) -> None:
        """Wait until all have ended well.

        Raises:
            RuntimeError: one did not; with what it wrote last.
        """
        codes = self.wait(seconds)
        for worker, code in enumerate(codes):
            if code:
                raise RuntimeError(
                    f"worker {worker} ended with {code}:\n{self._last_words(worker)}"
                )

    def stop(self) -> None:
        """Kill those that still run."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
            assert process.stdin  # a pipe
            process.stdin.close()

    def _last_words(self, worker: int) -> str:
        return "\n".join(self.errors(worker).splitlines()[-20:])

    def _wait_for_first_words(self, deadline: float) -> bool:
        """Whether all have printed something; not if a port was taken.

        Raises:
            RuntimeError: a worker ended for another reason.
            TimeoutError: one is still silent.
        """
        workers = range(len(self.processes))
        while not all(map(self.printed, workers)):
            for worker in workers:
                if self.processes[worker].poll() and not self.printed(worker):
                    if PORT_TAKEN in self.errors(worker):
                        return False
                    raise RuntimeError(f"worker {worker} stopped:\n{self._last_words(worker)}")
            if time.monotonic() > deadline:
                silent = [worker for worker in workers if not self.printed(worker)]
                raise TimeoutError(
                    f"workers {silent} printed nothing for {SECONDS} s: close other programs and "
                    f"run the cell again.\n{self._last_words(silent[0])}"
                )
            time.sleep(0.02)
        return True


def free_ports(count: int) -> list[int]:
    """Ports of this machine at which nobody listens now."""
    found: list[int] = []
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):  # whatever seed a page has set
        with socket.socket() as probe:
            try:
                probe.bind(("", port))  # at all addresses, as TensorFlow will
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise OSError(f"no {count} free ports from {PORTS[0]} to {PORTS[-1]}: end other programs")


def start(
    script: str,
    tf_config: Callable[[list[str], int], str],
    count: int,
    *arguments: object,
    even_if_reachable: bool = False,
) -> Team:
    """Start a run and wait until each of its workers has printed something.

    Args:
        script: the program that every worker runs.
        tf_config: gives the text of a worker's `TF_CONFIG` from all addresses and its number.
        count: how many workers.
        arguments: of the script; the first is a folder, which may exist.
        even_if_reachable: start them also where others can reach their ports.

    Raises:
        RuntimeError: others could reach the workers, so none was started; or one ended before it
            had printed anything, with what it wrote last.
        TimeoutError: one printed nothing for `SECONDS`. No worker is left, whatever is raised.
    """
    folder = Path(str(arguments[0]))
    deadline = time.monotonic() + SECONDS
    with ExitStack() as stack:
        try:
            network = stack.enter_context(apart.network())
        except OSError as error:
            if not even_if_reachable:
                words = REFUSED[language.current()]
                why = words.format(error=error, first=PORTS[0], last=PORTS[-1])
                raise RuntimeError(why) from None
            network = []
        folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", __name__, ":".join(network), script, *map(str, arguments)]
        while True:  # again if somebody took a port after it was found free
            addresses = [f"127.0.0.1:{port}" for port in free_ports(count)]
            team = Team([], folder)
            is_up = False
            try:
                for worker in range(count):
                    environment = {"TF_CONFIG": tf_config(addresses, worker)}
                    team.processes.append(_process(command, folder, worker, environment))
                is_up = team._wait_for_first_words(deadline)
            finally:
                if not is_up:
                    team.stop()
            if is_up:
                return team


def _process(
    command: list[str], folder: Path, worker: int, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    with (
        (folder / f"worker-{worker}.out").open("w") as printed,
        (folder / f"worker-{worker}.err").open("w") as errors,
    ):
        return subprocess.Popen(
            command,
            env={
                **os.environ,
                "CUDA_VISIBLE_DEVICES": "-1",  # one graphics card would not do for two
                "PYTHONUNBUFFERED": "1",
                "PYTHONIOENCODING": "utf-8",
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=printed,
            stderr=errors,
        )


def _end_with_the_starter() -> None:
    """The pipe to the standard input breaks when the process at its other end is gone."""

    def wait() -> None:
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    network, *sys.argv = sys.argv[1:]
    apart.enter(network.split(":") if network else [])
    _end_with_the_starter()
    runpy.run_path(sys.argv[0], run_name="__main__")
