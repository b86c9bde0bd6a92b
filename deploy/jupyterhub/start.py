"""Start one student's server: hand out the notebooks, then become JupyterHub's own program.

This runs as the student, on one machine (jupyterhub_config.py) as in a cluster (values.yaml).

The student's copy is the folder `gears` in the home folder. A notebook that is missing there is
given; one that is still as it was given follows the course when the course changes; one that the
student changed is never touched. To get a fresh copy, a student renames or deletes the notebook
and starts the server again.

Settings, from the environment:
    GEARS_EDITIONS: which languages to hand out, "en zh" if it is not set.
    MEM_LIMIT: what JupyterHub calls the memory limit, in bytes. Each process gets it as its own
        limit of private memory, so that a cell which asks for too much ends in a MemoryError.
"""

import os
from pathlib import Path
import resource
import stat
import sys
import tempfile

from gearsbook.handout import hand_out
from gearsbook.language import LANGUAGES
from jupyter_core.paths import jupyter_runtime_dir

COURSE = Path(__file__).resolve().parents[2] / "notebooks"
LONGEST_SOCKET = 107  # the bytes of a path at which a program can listen
MOST_PROCESSES = 1000  # of one user, each thread counted: TensorFlow starts many
LARGEST_FILE = 2**30  # as much as a home has on the cluster
OPTIONS = [
    # Kernels on loopback ports would let every user of the machine read what others compute.
    "--KernelManager.transport=ipc",
    # A wastebasket in the home frees nothing, and a full home has no room for it.
    "--FileContentsManager.delete_to_trash=False",
    # Nothing is fetched at class time, and nobody is told about the class.
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    # A figure lives on in a notebook whose kernel was stopped: its state is saved with it.
    f"--LabApp.app_settings_dir={COURSE.with_name('deploy') / 'lab'}",
]


def has_room(folder: Path) -> bool:
    """Whether the little can be written there without which no server starts."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(2**16))
    except OSError:
        return False
    return True


def place_runtime() -> None:
    """Where a home is full, or its path too long for the sockets of kernels, use the system's."""
    runtime = Path(jupyter_runtime_dir())
    longest = runtime / f"kernel-{'x' * 36}-ipc-5"
    if len(os.fsencode(longest)) > LONGEST_SOCKET or not has_room(runtime):
        folder = Path(tempfile.gettempdir(), f"jupyter-{os.getuid()}")  # the same at each start
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            found = folder.lstat()
            is_mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
            if not is_mine or found.st_mode & 0o077:  # somebody else was here first
                folder = Path(tempfile.mkdtemp(prefix="jupyter-"))
        os.environ["JUPYTER_RUNTIME_DIR"] = str(folder)


def close_home(home: Path) -> None:
    """Others may not even look into a student's home folder; a folder of others stays as it is."""
    found = home.stat()
    if found.st_uid == os.getuid() and found.st_mode & 0o077:
        home.chmod(0o700)


def main() -> None:
    os.umask(0o077)
    if limit := int(os.environ.get("MEM_LIMIT") or 0):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    _, most = resource.getrlimit(resource.RLIMIT_NPROC)
    most = MOST_PROCESSES if most == resource.RLIM_INFINITY else min(most, MOST_PROCESSES)
    resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
    try:
        close_home(Path.home())
        hand_out(
            Path.home() / "gears",
            COURSE,
            editions=tuple(os.environ.get("GEARS_EDITIONS", " ".join(LANGUAGES)).split()),
        )
    except OSError as error:  # a full disk must not keep the student from clearing it
        print(f"The home was not made ready: {error}", file=sys.stderr, flush=True)
    place_runtime()
    program = Path(sys.executable).with_name("jupyterhub-singleuser")
    os.execv(program, [str(program), *sys.argv[1:], *OPTIONS])


if __name__ == "__main__":
    main()
