"""Commands that meet in one folder, and a disk that is full or may not be written."""

import errno
import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import psutil
import pytest

from tools import workplace
from tools.site import build

WORDS = "Another command is at work in this folder"
# takes the lock, and runs a program that says who it is and writes on
HOLD = """
import sys
from pathlib import Path
from tools import workplace
code = "import os, threading; print(os.getpid(), flush=True); threading.Event().wait()"
with workplace.alone(Path(sys.argv[1])):
    workplace.run(sys.executable, "-c", code)
"""
TAKE = """
import sys
from pathlib import Path
from tools import workplace
with workplace.alone(Path(sys.argv[1])):
    print("mine")
"""


def start(code: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    here = {**os.environ, "PYTHONPATH": str(build.ROOT)}
    return subprocess.Popen(command, env=here, stdout=subprocess.PIPE, text=True)


def test_the_second_command_waits_and_goes_on_when_the_first_was_killed_and_what_it_ran(tmp_path):
    first = start(HOLD, tmp_path)
    program = psutil.Process(int(first.stdout.readline()))
    second = start(TAKE, tmp_path)
    assert WORDS in second.stdout.readline()
    first.kill()
    first.wait()
    psutil.wait_procs([program], timeout=60)
    assert not program.is_running(), "what the first had started still writes"
    assert second.communicate(timeout=60)[0] == "mine\n"


def test_a_program_that_fails_is_known_by_its_code():
    assert workplace.run(sys.executable, "-c", "raise SystemExit(3)") == 3


def test_what_is_written_follows_no_link_that_somebody_put_into_the_folder(tmp_path):
    """As a student's archive may, where the table of verdicts is among what was handed in."""
    (tmp_path / "mine").write_text("precious")
    (tmp_path / "table.tsv").symlink_to("mine")
    (tmp_path / f"table.{os.getpid()}.partial").symlink_to("mine")
    with workplace.in_one_step(tmp_path / "table.tsv") as partial:
        partial.write_text("verdicts")
    assert (tmp_path / "mine").read_text() == "precious"
    assert (tmp_path / "table.tsv").read_text() == "verdicts"


def test_nobody_waits_for_a_lock_file_that_was_left_behind(tmp_path):
    (tmp_path / ".lock").write_text("")
    assert start(TAKE, tmp_path).communicate(timeout=60)[0] == "mine\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full. Free some space and run the same command again"),
        (errno.EROFS, "/some/where cannot be written. Make it writable, or clone the course"),
        (errno.EACCES, "/some/where cannot be written"),
        (errno.EIO, "Input/output error: '/some/where'"),
    ],
)
def test_trouble_with_the_disk_is_named_with_the_way_out(code, words):
    error = OSError(code, os.strerror(code), "/some/where")
    assert re.search(words, workplace.trouble(error))


def test_a_full_disk_is_known_in_the_list_of_errors_that_copying_a_folder_gives():
    why = str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/a"))
    assert workplace.trouble(shutil.Error([("/a", "/b", why)])).startswith("the disk is full")


# ---- A build whose two halves, jupyter-book and the publishing, are stand-ins


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder with the site of an earlier build."""
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "BUILD", tmp_path / "_build")
    monkeypatch.setattr(build, "SITE", tmp_path / "_build" / "site")
    build.SITE.mkdir(parents=True)
    (build.SITE / "index.html").write_text("the last good one")
    for edition in build.EDITIONS:
        (build.BUILD / "work" / edition).mkdir(parents=True)
        (build.BUILD / "work" / edition / "log.txt").write_text("the log")
    render(monkeypatch, goes_well=True)
    monkeypatch.setattr(build.publish, "publish", publish)
    return build.SITE


def render(monkeypatch, goes_well: bool) -> None:
    """Let every edition be rendered so."""
    stand_in = SimpleNamespace(order=lambda: None, is_done=lambda: goes_well, end=lambda: None)
    monkeypatch.setattr(build, "Renderer", lambda edition: stand_in)


def publish(rendered, fresh, url):
    fresh.mkdir()
    (fresh / "index.html").write_text("the new one")


def test_a_build_puts_the_new_site_in_place_and_leaves_nothing_else(site):
    build.build()
    assert (site / "index.html").read_text() == "the new one"
    assert sorted(path.name for path in build.BUILD.iterdir()) == [".lock", "site", "work"]


def test_a_build_that_was_killed_between_its_last_steps_loses_no_site(site, monkeypatch):
    site.rename(site.with_name("site.old"))
    render(monkeypatch, goes_well=False)
    with pytest.raises(SystemExit, match="Not built"):
        build.build()
    assert (site / "index.html").read_text() == "the last good one"


def test_a_disk_that_fills_while_publishing_leaves_the_last_good_site(site, monkeypatch):
    def fill(rendered, fresh, url):
        publish(rendered, fresh, url)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(build.publish, "publish", fill)
    with pytest.raises(OSError, match="No space left"):
        build.build()
    assert (site / "index.html").read_text() == "the last good one"
    monkeypatch.setattr(build.publish, "publish", publish)
    build.build()
    assert (site / "index.html").read_text() == "the new one"


def test_a_build_that_failed_on_a_full_disk_is_not_laid_to_a_page(site, monkeypatch):
    render(monkeypatch, goes_well=False)
    monkeypatch.setattr(build, "ENOUGH_SPACE", 10**18)
    with pytest.raises(OSError, match="No space left on device"):
        build.build()


@pytest.mark.parametrize(
    ("command", "words"),
    [(("site.build",), "Not built: "), (("setup.install", "book"), "Not installed: ")],
)
def test_a_command_that_cannot_write_its_folder_says_so_in_a_sentence(tmp_path, command, words):
    shutil.copytree(build.ROOT / "tools", tmp_path / "tools")
    for name in ("requirements-book.txt", "pyproject.toml"):
        shutil.copy(build.ROOT / name, tmp_path)
    (tmp_path / "_build").write_text("a file: no folder can be made there, not even by root")
    tool, *arguments = command
    done = subprocess.run(
        [sys.executable, "-m", f"tools.{tool}", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert done.stderr.startswith(words)
    assert "_build" in done.stderr
    assert len(done.stderr.splitlines()) == 1
