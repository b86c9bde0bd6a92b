"""One commit, one site: wherever, whenever and however often it is built, byte for byte."""

import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

import small_book
from tools.bench import cold
from tools.site import build

# Python runs a module of this name before anything else; SOURCE_DATE_EPOCH would not catch
# whoever reads the clock without asking for it.
IN_ANOTHER_YEAR = """
import datetime
import time

YEARS = datetime.timedelta(days=5 * 366)


class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + YEARS


class Date(datetime.date):
    @classmethod
    def today(cls):
        return super().today() + YEARS


def later(now):
    return lambda: now() + YEARS.total_seconds()


def broken_down(convert):
    return lambda seconds=None: convert(time.time() if seconds is None else seconds)


datetime.datetime, datetime.date = Datetime, Date
time.time = later(time.time)
time.localtime, time.gmtime = broken_down(time.localtime), broken_down(time.gmtime)
time.strftime = lambda format, when=None, real=time.strftime: real(format, when or time.localtime())
"""
YEARS_OF_BOTH_CLOCKS = "import datetime, time; print(datetime.date.today().year, time.gmtime()[0])"


@pytest.fixture
def another_time(tmp_path) -> dict[str, str]:
    """The environment of another year, time zone, locale and order of sets."""
    (tmp_path / "sitecustomize.py").write_text(IN_ANOTHER_YEAR)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "PYTHONHASHSEED": "20261125",
        "SOURCE_DATE_EPOCH": "86400",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
    }
    clocks = subprocess.check_output(
        [sys.executable, "-c", YEARS_OF_BOTH_CLOCKS], env=environment, text=True
    )
    now = subprocess.check_output([sys.executable, "-c", YEARS_OF_BOTH_CLOCKS], text=True)
    assert all(int(b) >= int(a) + 5 for a, b in zip(now.split(), clocks.split(), strict=True))
    return environment


# What a careless part of ours would write into the site: something of the machine, or of the build
# before. All of this must be found to differ, and nothing else.
CARELESS = """

def _write_what_may_differ(app, exception):
    import datetime, pathlib, time

    before = pathlib.Path(app.outdir, "before.txt")
    found = {
        "year": datetime.date.today().year,
        "clock": time.gmtime().tm_year,
        "zone": time.tzname,
        "folder": app.srcdir,
        "order": hash("of sets"),
        "before": before.read_text() + "again" if before.exists() else "",
    }
    for name, value in found.items():
        before.with_name(name + ".txt").write_text(str(value))


_careful_setup = setup


def setup(app):
    app.connect("build-finished", _write_what_may_differ)
    return _careful_setup(app)
"""
DIFFERS = ("year", "clock", "zone", "folder", "order", "before")


@pytest.fixture
def book(tmp_path) -> Path:
    """The small book with the careless part."""
    folder = small_book.copy(tmp_path / "here")
    with (folder / "src" / "gearsbook_site" / "__init__.py").open("a") as file:
        file.write(CARELESS)
    return folder


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    done = small_book.build(folder, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return small_book.site(folder)


def pictures(site: dict[str, bytes]) -> int:
    return sum("/_images/" in name for name in site)


def differing(here: dict[str, bytes], there: dict[str, bytes]) -> set[str]:
    return {name for name in here.keys() | there.keys() if here.get(name) != there.get(name)}


def test_a_small_site_that_was_built_again_is_that_of_another_folder_and_year_built_from_nothing(
    book, tmp_path, another_time
):
    """Again: after a change of the stylesheet alone; and after a page with a picture was dropped,
    others lost their links to it, and a term of the glossary was defined anew.
    """
    built(book)
    stylesheet = book / "book" / "assets" / "course.css"
    stylesheet.write_text(stylesheet.read_text("utf-8") + ".bd-article { top: 1234.5px; }\n")
    styled = built(book)
    styles = [name for name, text in styled.items() if b"1234.5px" in text]
    assert sorted(Path(name).parts[0] for name in styles) == [*build.EDITIONS]

    small_book.write(book, [page for page in small_book.PAGES if page != small_book.DROPPABLE])
    glossary = book / "book" / "glossary.yml"
    glossary.write_text(glossary.read_text("utf-8").replace("A single number,", "One number,"))
    again = built(book)
    assert b"One number," in again["en/02-tensors/01-scalars.html"]
    assert 0 < pictures(again) < pictures(styled)
    elsewhere = tmp_path / "another folder, far from the first one 副本"
    shutil.copytree(book, elsewhere, ignore=shutil.ignore_patterns("_build"))
    from_nothing = built(elsewhere, **another_time)
    expected = {f"{edition}/{name}.txt" for edition in build.EDITIONS for name in DIFFERS}
    assert differing(again, from_nothing) == expected


@pytest.mark.release
def test_the_site_is_the_same_byte_for_byte_in_another_folder_and_another_year(
    site, tmp_path, another_time
):
    """`site` is what was built before the tests, from nothing or from what earlier builds left."""
    elsewhere = cold.copy_of_the_book(tmp_path / "another folder, far from the first one 副本")
    there = built(elsewhere, **another_time)
    assert differing(small_book.site(build.ROOT), there) == set()
