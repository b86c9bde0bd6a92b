"""Run a command: `python -m tools NAME`, the same on Linux, macOS and Windows.

This needs Python and nothing else. What a command needs is installed into .venv first, and there
it runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
import os
from pathlib import Path
import signal
import subprocess
import sys

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"

Step = tuple[str, ...]  # the arguments of one call of Python


@dataclass(frozen=True)
class Command:
    """What a name does.

    Args:
        about: one line for the list.
        needs: what is installed first: "book" what rendering takes, "all" the rest too, or nothing.
        steps: run one after the other, as long as none fails.
        adds: what the last step gets when nothing is written behind the name.
        environment: of its steps.
    """

    about: str
    needs: str = "all"
    steps: Sequence[Step] = ()
    adds: Step = ()
    environment: dict[str, str] = field(default_factory=dict)


BUILD = ("-m", "tools.site.build")
BROWSER = ("-m", "tools.setup.chromium")
SANDBOX = ("-m", "tools.notebooks.sandbox")
PROXY = ("-m", "tools.setup.proxy")
# The state of figures is saved with a notebook: without it JupyterLab has "model not found" to show
# for a figure whose kernel is gone, and not what the figure has stored as HTML.
KEEPS_FIGURES = "--LabApp.app_settings_dir=deploy/lab"
LINT = ("-m", "tools.lint")
FLAKES = ("-m", "tools.notebooks.flakes")
LOCK = ("-m", "tools.setup.lock")
PDF = (BUILD, BROWSER, ("-m", "tools.site.pdf"))

# In a container everybody is root, which JupyterLab has to be told.
AS_ROOT = ("--allow-root",) if getattr(os, "geteuid", lambda: None)() == 0 else ()
LAB = ("-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", *AS_ROOT)

# Three workers keep two processors busy, for many a test waits: for a kernel, a browser, a server.
# NumPy's own threads would wait for each other. What fails is told at once, and what hangs is ended
# as a failure, after nine times what the longest test takes: a run that is cut off has said it.
PYTEST = ("-m", "pytest", "-n", "3", "-q", "--instafail", "--timeout=600")
# as many programs as processors compute already
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1"}

COMMANDS = {
    "book": Command(
        "render both editions into _build/site (no notebook is executed)", "book", [BUILD]
    ),
    "serve": Command(
        "render, then serve the site on 127.0.0.1", "book", [BUILD, ("-m", "tools.site.live")]
    ),
    "pdf": Command("print each edition as one PDF", steps=PDF),
    "zip": Command(
        "pack the site, the PDFs, the notebooks and their data into one archive",
        steps=[*PDF, ("-m", "tools.site.archive")],
    ),
    "lab": Command(
        "open your own copy of the notebooks in JupyterLab, on 127.0.0.1",
        steps=[
            ("-m", "tools.notebooks.own_copy"),
            (*LAB, KEEPS_FIGURES, "--ServerApp.root_dir=my-notebooks"),
        ],
    ),
    "edit": Command(
        "open the book's notebooks in JupyterLab, to change the book",
        steps=[(*LAB, "--ServerApp.root_dir=notebooks")],
    ),
    "hub": Command(
        "a JupyterHub for a class, on 127.0.0.1 (deploy/jupyterhub/README.md)",
        steps=[PROXY, ("-m", "jupyterhub", "--config")],
        adds=("deploy/jupyterhub/jupyterhub_config.py",),
    ),
    "execute": Command(
        "run the notebooks in place, or those that are named",
        steps=[("-m", "tools.notebooks.execute")],
    ),
    "translated": Command(
        "record that a Chinese notebook is up to date with the English one that is named",
        steps=[("-m", "tools.notebooks.translated")],
    ),
    "grade": Command(
        "say who has solved which exercise: PAGE FOLDER TABLE",
        steps=[("-m", "tools.notebooks.grade")],
    ),
    "export": Command(
        "write a page as otter-grader and nbgrader take it: PAGE FOLDER",
        steps=[("-m", "tools.notebooks.export")],
    ),
    "check": Command(
        "lint, and the tests of what is changed and not committed: a minute",
        steps=[BROWSER, SANDBOX, ("-m", "tools.check")],
        environment=ONE_THREAD,
    ),
    "lint": Command("only read the source; --fix mends what a linter can", steps=[LINT]),
    "test": Command(
        "every check that a change has to pass; CI runs this and nothing else",
        steps=[
            BROWSER, SANDBOX, LINT, BUILD,
            (*PYTEST, "--nbval", "-m", "not release", "--durations=10"),
        ],
        adds=("tests", "notebooks"),
        environment=ONE_THREAD,
    ),
    "test-release": Command(
        "what only a release needs: PDFs, hub, Firefox, ten runs, late frames, a longer search",
        steps=[
            *PDF, SANDBOX, PROXY, ("-m", "tools.setup.firefox"),
            (*PYTEST, "-m", "release", "--durations=10", "tests"),
            (*PYTEST, "-m", "hypothesis", "--hypothesis-profile=search", "tests"),
            (*PYTEST, "-m", "not release", "--late", "tests/figures"),
            FLAKES,
        ],
        environment=ONE_THREAD,
    ),
    "flakes": Command("run every notebook again and again: [RUNS]", steps=[FLAKES]),
    "audit": Command(
        "ask whether the locked packages have known weaknesses", steps=[("-m", "tools.setup.audit")]
    ),
    "lock": Command("compile requirements*.in into the lock files", "book", [LOCK]),
    "proxy": Command("install JupyterHub's proxy", steps=[PROXY]),
    "bench": Command(
        "time everything, or what is named, against others: hours",
        steps=[BROWSER, BUILD, ("-m", "tools.bench")],
    ),
    "clean": Command(
        "remove everything that was built; the installed .venv stays",
        "",
        [("-m", "tools.setup.clean")],
    ),
    "install-book": Command("install what rendering takes into .venv", "book"),
    "install-all": Command("install what everything takes into .venv"),
}  # fmt: skip


def listed() -> str:
    """What `python -m tools` says."""
    lines = [f"  {name:14}{command.about}" for name, command in COMMANDS.items()]
    title = "Gears: the mathematics of neural networks, live"
    return "\n".join([title, "", "python -m tools NAME, or make NAME:", "", *lines])


def environment() -> dict[str, str]:
    """What the steps find: files are UTF-8, and a home that cannot be written stops nothing.

    Containers have such homes, and locked-down classrooms.
    """
    variables = {**os.environ, "PYTHONUTF8": "1"}
    home = Path.home()
    if not os.access(home, os.W_OK):
        ours = ROOT / ".cache" / "home"
        ours.mkdir(parents=True, exist_ok=True)
        print(f"Your home directory {home} cannot be written: caches and settings go to {ours}")
        variables |= {"HOME": str(ours), "USERPROFILE": str(ours)}
    return variables


def calls(command: Command, arguments: Sequence[str]) -> list[list[str]]:
    """The programs of a command, in their order."""
    python = str(PYTHON) if command.needs else sys.executable
    found = [[python, *step] for step in command.steps]
    if found:
        found[-1] += arguments or command.adds
    if command.needs:
        found.insert(0, [sys.executable, "-m", "tools.setup.install", command.needs])
    return found


def run(call: list[str], variables: dict[str, str]) -> int:
    """Run a program and wait for its end; an exit code.

    Ctrl+C reaches it by itself, and it says what it left.
    """
    # before it starts: a shell's job in the background ignores it, and what it runs would, too
    signal.signal(signal.SIGINT, lambda *_: None)
    with subprocess.Popen(call, env=variables) as program:
        signal.signal(signal.SIGTERM, lambda *_: program.terminate())
        return program.wait()


def main(arguments: Sequence[str]) -> int:
    """Run what is named, or list what there is; an exit code."""
    name, *rest = arguments or ["help"]
    if name in ("help", "-h", "--help"):
        print(listed())
        return 0
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n\n{listed()}", file=sys.stderr)
        return 2
    command = COMMANDS[name]
    variables = environment() | command.environment
    sys.stdout.flush()
    return next(filter(None, (run(call, variables) for call in calls(command, rest))), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
