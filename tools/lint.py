"""Everything that reads our source and runs none of it, at once: `python -m tools lint`.

It ends with what failed, and what each said. The checkers of JavaScript are installed first if
they have to be.

    python -m tools lint --fix

first formats Python and JavaScript, and mends what their linters mend safely.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import subprocess
import sys
import time

from tools.setup import node

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PROGRAMS = node.CHECKERS.folder / "node_modules"
BIOME: list[str | Path] = [
    node.PROGRAM,
    PROGRAMS / "@biomejs" / "biome" / "bin" / "biome",
]
TSC: list[str | Path] = [node.PROGRAM, PROGRAMS / "typescript" / "bin" / "tsc"]
JAVASCRIPT = ["src", "tests/figures", "tools/site/pdf.js"]
ROOMS = sorted({f"tests/{path.parent.name}" for path in (ROOT / "tests").glob("*/*.py")})
EVERYWHERE = ["src", "tools", "deploy", "tests", *ROOMS, "notebooks"]
DEPTRY: list[str | Path] = [BIN / "deptry", "--no-ansi"]

GATES: dict[str, list[str | Path]] = {
    "style of Python": [BIN / "ruff", "check", "--quiet", "."],
    "format of Python": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "types of Python": [BIN / "mypy", "--no-error-summary"],
    "style and format of JavaScript": [*BIOME, "check", "--error-on-warnings", *JAVASCRIPT],
    "types of JavaScript": [*TSC, "--project", "."],
    "types of figures": [*TSC, "--project", "src/gearsbook/explorables"],
    "dependencies of gearsbook": [*DEPTRY, "--extend-exclude", ".*gears(book)?_.*", "src"],
    "dependencies of everything": [*DEPTRY, "--config", "tools/deptry.toml", *EVERYWHERE],
    "dependencies of the build": [
        *DEPTRY, "--config", "tools/deptry.toml", "--requirements-files", "requirements-book.in",
        "--ignore", "DEP002", "src/gearsbook_site",
    ],
}  # fmt: skip
FIXES: tuple[list[str | Path], ...] = (
    [BIN / "ruff", "check", "--fix", "--quiet", "."],
    [BIN / "ruff", "format", "--quiet", "."],
    [*BIOME, "check", "--write", *JAVASCRIPT],
)


def failures(folder: Path = ROOT, gates: Iterable[str] = GATES) -> Iterator[tuple[str, str]]:
    """The gates that a tree does not pass, and what they say; all run at once."""

    def said(gate: str) -> str:
        done = subprocess.run(
            GATES[gate], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""

    with ThreadPoolExecutor(len(GATES)) as pool:
        for gate, words in zip(gates, pool.map(said, gates), strict=True):
            if words:
                yield gate, words


def fix(folder: Path = ROOT) -> None:
    """Mend what machines can: they say what is left."""
    for command in FIXES:
        subprocess.run(command, cwd=folder)


def main(arguments: list[str]) -> None:
    """Install, mend if asked to, and look."""
    node.CHECKERS.install()
    if arguments == ["--fix"]:
        fix()
    elif arguments:
        sys.exit("usage: python -m tools lint [--fix]")
    began = time.monotonic()
    failed = dict(failures())
    for gate, words in failed.items():
        print(f"---- {gate}\n{words}\n", flush=True)
    if failed:
        sys.exit(f"Not as it should be: {', '.join(failed)}")
    print(f"Static checks: {len(GATES)} passed in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
