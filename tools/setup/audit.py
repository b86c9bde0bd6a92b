"""Ask whether the locked packages have known weaknesses: `python -m tools audit`.

pip-audit asks the database of the Python package index. A weakness fails unless audit.toml beside
this has an exception with a reason and a day on which it ends; so does an exception that has ended
or that nothing needs, and a package that could not be asked about. Needs the network.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
import json
from pathlib import Path
import subprocess
import sys
import tomllib
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXCEPTIONS = Path(__file__).with_suffix(".toml")
LOCK = "requirements.txt"  # the smaller ones are part of it
LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class Exempt:
    """A weakness that is known and may stay until a day, for a reason."""

    id: str
    package: str
    reason: str
    until: date

    def covers(self, package: str, names: Iterable[str]) -> bool:
        return self.package == package and self.id in names


def exceptions(path: Path, today: date) -> list[Exempt]:
    """The exceptions of a file.

    Raises:
        ValueError: one has no reason, has ended, or would last too long.
    """
    found = [
        Exempt(**entry) for entry in tomllib.loads(path.read_text("utf-8")).get("exception", ())
    ]
    for one in found:
        if len(one.reason.split()) < 5:
            raise ValueError(f"{path.name}, {one.id}: say in a sentence why it does no harm")
        if one.until < today:
            raise ValueError(
                f"{path.name}, {one.id}: ended on {one.until}. Update {one.package}, or look at it "
                "again and give a new reason and day"
            )
        if one.until > today + LONGEST:
            raise ValueError(
                f"{path.name}, {one.id}: lasts until {one.until}, more than {LONGEST.days} days"
            )
    return found


def problems(answer: dict[str, Any], exempt: list[Exempt]) -> list[str]:
    """What is wrong with the locked packages and with the exceptions, a line each.

    Args:
        answer: pip-audit's, in its JSON format with aliases.
        exempt: the exceptions.
    """
    lines, needed = [], set()
    for package in answer["dependencies"]:
        name = package["name"]
        if reason := package.get("skip_reason"):
            lines.append(f"{name} was not looked up: {reason}")
        for weakness in package.get("vulns", ()):
            names = [weakness["id"], *weakness.get("aliases", ())]
            covering = {one for one in exempt if one.covers(name, names)}
            needed |= covering
            if not covering:
                fixed = ", ".join(weakness["fix_versions"]) or "no version yet"
                lines.append(
                    f"{name} {package['version']}: {' = '.join(names)}, fixed in {fixed}. Run "
                    f"`make lock`, or write an exception into tools/setup/{EXCEPTIONS.name}"
                )
    if not answer["dependencies"]:
        lines.append("no package was looked up")
    lines += [
        f"{one.id} ({one.package}) is not found any more: take its exception out"
        for one in exempt
        if one not in needed
    ]
    return lines


def ask(lock: Path) -> dict[str, Any]:
    """pip-audit's answer about every package of a lock.

    Raises:
        SystemExit: it gave none; its own words are printed.
    """
    done = subprocess.run(
        [
            sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip",
            "--format", "json", "--aliases", "on", "--progress-spinner", "off",
        ],
        capture_output=True, text=True,
    )  # fmt: skip
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    except json.JSONDecodeError:
        sys.exit(f"{done.stderr}\npip-audit gave no answer; its words are above.")


if __name__ == "__main__":
    try:
        found = problems(ask(ROOT / LOCK), exceptions(EXCEPTIONS, date.today()))
    except ValueError as error:
        sys.exit(str(error))
    if found:
        sys.exit("\n".join(found))
    print(f"{LOCK}: no known weakness that has no exception")
