"""Bring .venv to the state of the lock file: `python -m tools.setup.install book` or `... all`.

`book` is what rendering needs, `all` also what running, testing and editing need. `python -m
tools` calls this before every command; when nothing changed it returns at once. Interrupted at any
point, it starts over the next time. Two at a time take turns.
"""

from collections.abc import Iterable, Iterator
import hashlib
import os
from pathlib import Path
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv

from tools import workplace

LOCKS = {"book": "requirements-book.txt", "all": "requirements.txt"}
ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
UNFINISHED = VENV / "unfinished"  # there while an install runs; a venv that has it is not trusted
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")

# What has no package for a system: TensorFlow with what only it needs, and a part of the rest.
NO_TENSORFLOW = "pages that train with Keras do not run"
MISSING = {
    "Macs with an Intel processor": {
        "tensorflow": NO_TENSORFLOW,
        "cryptography": "JupyterHub does not start",
        "argon2-cffi-bindings": "JupyterLab takes no password: its token lets you in",
        "pikepdf": "the book is not printed as PDFs",
    },
    "Linux with musl": {
        **dict.fromkeys(("tensorflow", "tensorflow-cpu", "h5py", "ml-dtypes", "optree"),
                        NO_TENSORFLOW),
        "playwright": "tests that need a browser do not run",
    },
}  # fmt: skip


def fingerprint(what: str) -> str:
    """What an installed set depends on: its lock, our package's metadata, this Python."""
    digest = hashlib.sha256(sys.version.encode() + str(ROOT).encode())
    for name in (LOCKS[what], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_installed(what: str) -> bool:
    stamp = VENV / f"installed-{what}"
    return not UNFINISHED.exists() and stamp.exists() and stamp.read_text() == fingerprint(what)


def locked(package: str, lock: str) -> str:
    """One package's entry in a lock file, hashes included."""
    lines = iter((ROOT / lock).read_text(encoding="utf-8").splitlines())
    entry: list[str] = []
    for line in lines:
        if line.startswith(f"{package}==") or (entry and line.startswith("    --hash")):
            entry.append(line)
        elif entry:
            break
    return "\n".join(entry).rstrip("\\ ")


def system() -> str | None:
    """The system that this is, if packages are missing for it."""
    if (sys.platform, platform.machine()) == ("darwin", "x86_64"):
        return "Macs with an Intel processor"
    if "musl" in str(sysconfig.get_config_var("HOST_GNU_TYPE")):
        return "Linux with musl"
    return None


def without(packages: Iterable[str], lock: str) -> str:
    """A lock file's text without the entries of some packages."""
    names = "|".join(map(re.escape, packages))
    return re.sub(rf"^({names})==.*\n(?: .*\n)*", "", lock, flags=re.MULTILINE)


def index_of_pip() -> dict[str, str]:
    """A reader behind a mirror has told pip; uv does not read pip's settings, so hand it on."""
    if os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL"):
        return {}
    answer = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
    )
    mirror = os.environ.get("PIP_INDEX_URL") or answer.stdout.strip()
    return {"UV_DEFAULT_INDEX": mirror} if mirror else {}


def install(what: str) -> None:
    """Install a set."""
    lock = LOCKS[what]
    if UNFINISHED.exists() or not (VENV / "pyvenv.cfg").exists() or not is_usable():
        shutil.rmtree(VENV, ignore_errors=True)
        print(f"Creating .venv with Python {sys.version.split()[0]}", flush=True)
        VENV.mkdir()
        UNFINISHED.touch()
        try:
            venv.create(VENV, with_pip=True)
        except subprocess.CalledProcessError:
            sys.exit(
                f"{sys.executable} cannot make a virtual environment with pip: on Debian and "
                "Ubuntu install python3-venv and run the same command again"
            )
    UNFINISHED.touch()
    for stamp in VENV.glob("installed-*"):
        stamp.unlink()
    python = str(BIN / "python")
    with tempfile.TemporaryDirectory() as folder:
        uv_only = Path(folder, "uv.txt")
        uv_only.write_text(locked("uv", lock), encoding="utf-8")
        for command, settings in install_alone(python, uv_only, Path(folder)):
            run(*command, settings=settings)
        print(f"Installing {lock} (the first time takes a minute or two)", flush=True)
        missing = MISSING.get(system() or "", {})
        for consequence in sorted(set(missing.values())) if what == "all" else ():
            print(f"Not everything is packed for {system()}: {consequence}", flush=True)
        packed = Path(folder, lock)
        packed.write_text(without(missing, (ROOT / lock).read_text("utf-8")), encoding="utf-8")
        run(*sync(packed, python), settings=index_of_pip())
    show_the_packages(VENV)
    for name in LOCKS if what == "all" else (what,):
        (VENV / f"installed-{name}").write_text(fingerprint(name))
    UNFINISHED.unlink()


def sync(lock: Path, python: str) -> list[str]:
    """The command that makes an environment what a lock says, and nothing else."""
    return [
        str(BIN / "uv"), "pip", "sync", "--quiet", "--python", python,
        "--require-hashes", "--compile-bytecode", str(lock),
    ]  # fmt: skip


def show_the_packages(environment: Path) -> None:
    """Let an environment import gearsbook from here, where it can be edited.

    The path is relative: Python reads the file in the locale's encoding, and does not start where
    that has no letter for one in the folder's name. An editable install writes the whole path.
    """
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    sources = os.path.relpath(ROOT / "src", packages)
    (packages / "gearsbook.pth").write_text(f"{sources}\n", encoding="ascii")


def is_usable() -> bool:
    """False when the Python that .venv was made with has gone or is another version."""
    try:
        version = subprocess.run(
            [str(BIN / "python"), "-c", "import sys; print(sys.version)"],
            capture_output=True,
            text=True,
        )
    except OSError:
        return False
    return version.stdout.strip() == sys.version.strip()


def install_alone(
    python: str, wanted: Path, folder: Path
) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The commands by which pip installs hashed packages, each with what it is to go by.

    A reader's settings say where packages come from, so one command downloads by them. They may
    also say where packages go (user, prefix, root, target, python): the other goes by none.
    """
    pip = [python, "-m", "pip", "--python=", "--quiet", "--disable-pip-version-check"]
    hashed = ["--require-hashes", "--only-binary=:all:", "-r", str(wanted)]
    yield [*pip, "download", "--dest", str(folder), *hashed], index_of_pip()
    yield (
        [*pip, "--isolated", "install", "--no-index", "--find-links", str(folder), *hashed],
        {"PIP_CONFIG_FILE": os.devnull},
    )


def run(*command: str, settings: dict[str, str]) -> None:
    code = workplace.run(*command, environment={**os.environ, **settings})
    if code:
        sys.exit(
            f"\nThe install stopped: `{Path(command[0]).name}` exited with {code} "
            "(its words are above).\nCheck the network or your package mirror, and that the disk "
            "has room; then run the same command again: it starts over by itself."
        )


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit("usage: python -m tools.setup.install book|all")
    if not VENV.is_symlink() and not is_installed(sys.argv[1]):  # what a link leads to is another's
        try:
            with workplace.alone(ROOT / "_build"):  # no build while packages change
                if not is_installed(sys.argv[1]):
                    install(sys.argv[1])
        except OSError as error:
            sys.exit(f"Not installed: {workplace.trouble(error)}.")
        except KeyboardInterrupt:
            sys.exit("\nInterrupted: run the same command again; it starts over by itself.")
