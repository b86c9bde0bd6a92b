"""One commit, one site: wherever, whenever and however often it is built, byte for byte."""

import os
from pathlib import Path
import subprocess
import sys

import pytest

import bench

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
def elsewhere(tmp_path) -> Path:
    """What the build reads and nothing else: no git, in a folder with a longer path."""
    return bench.copy_of_the_book(tmp_path / "another folder, far from the first one 副本")


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


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_the_site_is_the_same_byte_for_byte_in_another_folder_and_another_year(
    site, elsewhere, another_time
):
    """`site` is what `make test` built, from nothing or from what earlier builds had left."""
    done = subprocess.run(
        [sys.executable, elsewhere / "tools" / "build.py"],
        env=another_time, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = files(site), files(elsewhere / "_build" / "site")
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
