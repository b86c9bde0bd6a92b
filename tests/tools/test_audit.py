"""The audit of the locks, with answers of the kinds that pip-audit gives. CI asks for real."""

from datetime import date

import pytest

from tools.setup import audit

TODAY = date(2026, 11, 25)
WEAK = {
    "name": "example",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["1.1"]}],
}
GOOD = {"name": "fine", "version": "2.0", "vulns": []}
ENTRY = """
[[exception]]
id = "{id}"
package = "{package}"
reason = "{reason}"
until = {until}
"""


def written(folder, **changes):
    entry = {"id": "CVE-2026-1", "package": "example", "until": "2026-12-31",
             "reason": "The book never parses what it did not write."} | changes  # fmt: skip
    path = folder / "audit.toml"
    path.write_text(ENTRY.format(**entry), "utf-8")
    return path


def test_packages_without_a_known_weakness_pass():
    assert audit.problems({"dependencies": [GOOD]}, []) == []


def test_a_weakness_is_named_with_the_way_out():
    (line,) = audit.problems({"dependencies": [GOOD, WEAK]}, [])
    assert line.startswith("example 1.0: PYSEC-2026-1 = CVE-2026-1, fixed in 1.1.")
    assert "make lock" in line
    assert "tools/setup/audit.toml" in line


@pytest.mark.parametrize("name", ["PYSEC-2026-1", "CVE-2026-1"])
def test_a_reasoned_exception_holds_until_its_day(tmp_path, name):
    exempt = audit.exceptions(written(tmp_path, id=name, until="2026-11-25"), TODAY)
    assert audit.problems({"dependencies": [GOOD, WEAK]}, exempt) == []


def test_an_exception_is_for_one_package(tmp_path):
    exempt = audit.exceptions(written(tmp_path, package="other"), TODAY)
    weakness, stale = audit.problems({"dependencies": [WEAK]}, exempt)
    assert weakness.startswith("example 1.0")
    assert stale == "CVE-2026-1 (other) is not found any more: take its exception out"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until": "2026-11-24"}, "ended on 2026-11-24"),
        ({"until": "2027-11-25"}, "more than 90 days"),
        ({"reason": "harmless"}, "say in a sentence why"),
    ],
)
def test_an_exception_that_ended_lasts_too_long_or_says_nothing_fails(tmp_path, changes, words):
    with pytest.raises(ValueError, match=words):
        audit.exceptions(written(tmp_path, **changes), TODAY)


def test_a_package_that_could_not_be_looked_up_fails():
    """Without its database, pip-audit itself calls a lock of skipped packages free of findings."""
    skipped = {"name": "example", "skip_reason": "Dependency not found on PyPI"}
    (line,) = audit.problems({"dependencies": [skipped]}, [])
    assert line == "example was not looked up: Dependency not found on PyPI"
    assert audit.problems({"dependencies": []}, []) == ["no package was looked up"]


def test_when_pip_audit_gives_no_answer_its_words_are_shown(tmp_path):
    with pytest.raises(SystemExit, match="pip-audit gave no answer"):
        audit.ask(tmp_path / "there-is-no-such-lock.txt")
