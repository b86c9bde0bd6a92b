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

import hashlib
import json
import os
from pathlib import Path
import resource
import shutil
import stat
import sys
import tempfile

from jupyter_core.paths import jupyter_runtime_dir

COURSE = Path(__file__).resolve().parents[2] / "notebooks"
EDITIONS = ("en", "zh")
LONGEST_SOCKET = 107  # the bytes of a path at which a program can listen
MOST_PROCESSES = 1000  # of one user, each thread counted: TensorFlow starts many
LARGEST_FILE = 2**30  # as much as a home has on the cluster
GIVEN = ".given.json"  # the hash of each notebook as it was given
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


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def put(source: Path, target: Path) -> None:
    """Copy as a whole or not at all, also when the disk is full."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    try:
        shutil.copyfile(source, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def hand_out(copy: Path, course: Path = COURSE, editions: tuple[str, ...] = EDITIONS) -> None:
    """Bring a student's copy up to date without touching what the student changed.

    Args:
        copy: the student's folder; made if it is missing.
        course: the notebooks as they are now, with a folder for each edition.
        editions: which of these folders to hand out.

    Raises:
        OSError: the copy cannot be written. What had been given until then is complete.
    """
    copy.mkdir(parents=True, exist_ok=True)
    record = copy / GIVEN
    try:
        given = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):  # none yet, or damaged: what is there counts as changed
        given = {}
    try:
        for source in (
            path for edition in editions for path in (course / edition).rglob("*.ipynb")
        ):
            if ".ipynb_checkpoints" in source.parts:
                continue
            name = source.relative_to(course).as_posix()
            target = copy / name
            now = digest(source)
            mine = digest(target) if target.is_file() else None
            is_untouched = mine is not None and mine == given.get(name)
            if not os.path.lexists(target) or (is_untouched and mine != now):
                put(source, target)
                mine = now
            if mine == now:
                given[name] = now
    finally:
        if record.is_dir() and not record.is_symlink():
            record.rename(record.with_name(f"{GIVEN}.{os.urandom(4).hex()}"))
        partial = record.with_name(f"{GIVEN}.partial")
        partial.write_text(json.dumps(given, indent=1), "utf-8")
        partial.replace(record)


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
            editions=tuple(os.environ.get("GEARS_EDITIONS", " ".join(EDITIONS)).split()),
        )
    except OSError as error:  # a full disk must not keep the student from clearing it
        print(f"The home was not made ready: {error}", file=sys.stderr, flush=True)
    place_runtime()
    program = Path(sys.executable).with_name("jupyterhub-singleuser")
    os.execv(program, [str(program), *sys.argv[1:], *OPTIONS])


if __name__ == "__main__":
    main()
