"""How the kernels of nbval start: forked from a process that has imported what pages import.

Starting Python, IPython and TensorFlow anew took a third of what all notebooks take. Imported, they
have started no thread and computed nothing, so a page begins as it does in a new process. That its
own imports are enough there, too, the tests of downloaded notebooks show. Only on Linux: macOS lets
no process fork that has loaded some of its libraries.
"""

import contextlib
import functools
import json
import multiprocessing
from multiprocessing.connection import Connection
import os
import signal
import subprocess
import sys
import tempfile

from ipykernel.kernelapp import IPKernelApp
from jupyter_client.manager import KernelManager
import matplotlib

# Not gearsbook itself: it looks for the kernel that it is imported in.
IMPORTED = ["ipykernel.kernelapp", "anywidget", "dukpy", "keras", "matplotlib.pyplot"]


class KernelOnFiles(KernelManager):
    """A kernel that no other can come in the way of.

    A port that is free when one is chosen may be another kernel's when this one takes it, and three
    workers start kernels at the same time.
    """

    def __init__(self, **options: object) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="kernel-")
        super().__init__(transport="ipc", ip=f"{self.folder.name}/socket", **options)


class ForkedKernel(KernelOnFiles):
    """One that begins where what pages import is imported already."""

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: object) -> None:
        """As in KernelManager, but for the process."""
        kernel_cmd = kernel_cmd[kernel_cmd.index("-f") :]
        self.provisioner.process = process = Forked(kernel_cmd, options["cwd"], options["env"])
        self.provisioner.pid = self.provisioner.pgid = process.pid
        self._reconcile_connection_info(self.provisioner.connection_info)


@functools.cache
def _path() -> list[str]:
    """Where a new Python looks for modules: not in the folders of the tests."""
    program = "import json, sys; print(json.dumps(sys.path))"
    return json.loads(subprocess.check_output([sys.executable, "-c", program]))


def _run(
    arguments: list[str], folder: str, environment: dict[str, str], path: list[str], up: Connection
) -> None:
    os.setsid()  # who interrupts or kills a kernel means its whole group
    up.send(True)
    os.chdir(folder)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = path
    matplotlib.rcParams["backend"] = "module://matplotlib_inline.backend_inline"
    IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


class Forked:
    """A kernel's process with the methods of a Popen that jupyter_client calls.

    Args:
        arguments: of the kernel's program.
        folder, environment: which it runs in.
    """

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], folder: str, environment: dict[str, str]) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(IMPORTED)
        is_up, up = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_run, args=(arguments, str(folder), environment, _path(), up), daemon=True
        )
        self._process.start()
        up.close()  # or what comes to nothing would be waited for
        is_up.recv()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
