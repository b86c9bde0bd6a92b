"""What this state of the repository is called, when it was made (no file holds another date), and
which files are its own."""

import calendar
from pathlib import Path
import subprocess
import tomllib

ROOT = Path(__file__).resolve().parents[2]
FIRST_DATE = calendar.timegm((1980, 1, 1, 0, 0, 0))  # the earliest that a zip can hold


def name() -> str:
    """The short id of the commit, with "-dirty" after changes; without git the version."""
    described = _git("describe", "--always", "--exclude=*", "--abbrev=10", "--dirty")
    if described:
        return described
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def date() -> int:
    """When it was committed, in seconds since 1970; without git the first date of a zip."""
    return int(_git("show", "--no-patch", "--format=%ct", "HEAD") or FIRST_DATE)


def files(*below: str) -> list[str]:
    """The files that git tracks below these folders or is told by name.

    Raises:
        ValueError: git does not say.
    """
    found = _git("ls-files", "-z", "--", *below)
    if not found:
        raise ValueError(
            f"git names no file of {ROOT}, and nothing else says what belongs to the course and "
            "what only lies there: install git, and use a clone of the repository"
        )
    return found.rstrip("\0").split("\0")


def _git(*command: str) -> str:
    """What git answers here; "" where this folder is not the top of a repository, or git is not."""
    try:
        top, answer = (
            subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()
            for words in (("rev-parse", "--show-toplevel"), command)
        )
    except OSError:
        return ""
    return answer if top and Path(top).samefile(ROOT) else ""
