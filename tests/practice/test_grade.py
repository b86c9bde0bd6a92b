"""`tools/notebooks/grade.py` judges every student's notebook, whatever the others' do."""

import io
import json
import os
from pathlib import Path
import shutil
import signal
import socket
import subprocess
import sys
import threading

import gearsbook
from gearsbook import practice
from gearsbook.practice import exercise, plain
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
import pytest

from tools import notebooks
from tools.notebooks import answers, grade, sandbox

GRADE = (sys.executable, "-m", grade.__name__)
PAGE = notebooks.NOTEBOOKS / "en" / "02-tensors" / "06-slicing.ipynb"
NAMES = ["last_column_kept", "centre_crop", "border_zeroed"]
RIGHT = "def last_column_kept(table):\n    return table[:, -1:]"
WRONG = "def last_column_kept(table):\n    return table[:, -1]"
FIRST = "def last_column_kept(table):\n    return table[:, :1]"  # of the right shape
ENDLESS = "def last_column_kept(table):\n    while True:\n        pass"
CHECK = "from gearsbook import practice\npractice.check(last_column_kept)"
FORKING = """\
import os, time
for _ in range(100):
    if os.fork() == 0:
        while True:
            pass
time.sleep(10)"""  # as many as a broken sandbox survives
PATCHED = """\
import numpy as np
from gearsbook.practice import exercise
np.allclose = exercise._close = exercise.Exercise._alike = lambda *args, **kwargs: True
exercise.Exercise.judge = lambda *args: exercise.Feedback(True, "")"""
VAST = "import numpy as np\ndef last_column_kept(table):\n    return np.zeros((1000, 1000))"
ON_ITS_OWN = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass"


def cells(*sources: str, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    return new_notebook(cells=[new_code_cell(s, metadata={"tags": list(tags)}) for s in sources])


@pytest.fixture
def handed_in(tmp_path):
    """A function that writes notebooks and gives the lines that come out, as verdicts by name."""

    def judge(
        seconds: int = 8, page: Path = PAGE, **students: nbformat.NotebookNode | str
    ) -> dict[str, list[str]]:
        folder = tmp_path / "handed-in"
        folder.mkdir(exist_ok=True)
        for name, content in students.items():
            path = folder / f"{name}.ipynb"
            if isinstance(content, str):
                path.write_text(content, "utf-8")
            else:
                nbformat.write(content, path)
        table = tmp_path / "verdicts.tsv"
        done = subprocess.run(
            [*GRADE, page, folder, table, "--seconds", str(seconds)],
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        lines = [line.split("\t") for line in table.read_text("utf-8").splitlines()]
        assert sorted(line[1] for line in lines) == sorted(NAMES * (len(lines) // len(NAMES)))
        return {Path(line[2]).stem: [line[0], line[3]] for line in lines if line[1] == NAMES[0]}

    return judge


def test_the_exercises_are_those_of_the_page():
    for page in notebooks.all_notebooks("en"):
        names = grade.exercises_of(page)
        assert names
        assert names == grade.exercises_of(notebooks.translation_of(page))
        assert set(names) <= set(practice.EXERCISES)
    assert grade.exercises_of(PAGE) == NAMES


def test_a_class_gets_a_line_for_each_exercise_and_no_notebook_stops_another(handed_in, tmp_path):
    folder, elsewhere = tmp_path / "handed-in", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    nbformat.write(cells(RIGHT), elsewhere / "of_another.ipynb")
    (folder / "link.ipynb").symlink_to(elsewhere / "of_another.ipynb")
    (folder / "linked").symlink_to(elsewhere)
    os.mkfifo(folder / "pipe.ipynb")
    with open(folder / "huge.ipynb", "w") as file:
        nbformat.write(cells(RIGHT), file)
        file.write(" " * grade.LARGEST)
    hint = practice.EXERCISES[NAMES[0]].mistakes[0].hint["en"]
    nothing = "Nothing came back: the function needs a `return`."
    loose = cells(RIGHT)
    loose.nbformat_minor, loose.cells[0].id, loose.cells[0].outputs = 4, None, None
    shutil.copy(PAGE, folder / "saved.ipynb.txt")
    own = "class practice:\n    check = staticmethod(lambda function: print('✓ right'))\n"
    verdicts = handed_in(
        right=cells("import numpy as np", RIGHT, CHECK),
        wrong=cells(WRONG, CHECK),
        other_error=cells("1 / 0", RIGHT),  # an error elsewhere on the page
        untouched=cells("def last_column_kept(table):\n    pass"),
        absent=cells("x = 1"),
        no_json='{"cells": [',
        overwritten=cells(own + WRONG + "\npractice.check(last_column_kept)"),
        taken_over=cells(WRONG, "import gearsbook.practice as p\np.check = lambda f: True"),
        endless=cells(ENDLESS, CHECK),
        later=cells("while True:\n    print('x' * 1000)", RIGHT),
        dead=cells("import os\nos._exit(1)", RIGHT),
        killer=cells("import os\nos.kill(os.getppid(), 9)", RIGHT),
        forking=cells(FORKING, RIGHT),
        patched=cells(FIRST, PATCHED),
        vast=cells(VAST),
        left_in=cells(RIGHT, tags=("solution",)),
        loose=json.dumps(loose),
        marked="\N{BOM}" + json.dumps(cells(RIGHT)),
        as_lambda=cells("last_column_kept = lambda table: table[:, -1:]", CHECK),
    )
    assert verdicts == {
        "right": ["passed", ""],
        "wrong": ["wrong", hint],
        "other_error": ["passed", ""],
        "untouched": ["wrong", nothing],
        "absent": ["missing", ""],
        "no_json": ["unreadable", ""],
        "overwritten": ["wrong", hint],
        "taken_over": ["wrong", hint],
        "endless": ["wrong", exercise.WORDS["en"]["endless"].format(seconds=exercise.SECONDS)],
        "later": ["passed", ""],
        "dead": ["kernel died", ""],
        "killer": ["kernel died", ""],
        "forking": ["kernel died", ""],
        "patched": ["wrong", practice.EXERCISES[NAMES[0]].check(lambda x: x[:, :1]).hint],
        "vast": ["wrong", ""],
        "huge": ["unreadable", ""],
        "pipe": ["unreadable", ""],
        "link": ["unreadable", ""],
        "linked": ["unreadable", ""],
        "left_in": ["missing", ""],
        "loose": ["passed", ""],
        "marked": ["passed", ""],
        "as_lambda": ["passed", ""],
        "saved.ipynb": ["wrong", practice.EXERCISES[NAMES[0]].check(lambda x: None).hint],
    }


@pytest.fixture
def unpacked(tmp_path):
    """A folder for what an archive may hold; pytest could not take all of it away again."""
    yield tmp_path
    for path in tmp_path.iterdir():
        subprocess.run(["rm", "-r", path], check=True)


@pytest.mark.parametrize(("name", "depth"), [("d", 1200), ("n" * 250, 20)], ids=["deep", "long"])
def test_no_folder_and_no_link_keeps_the_notebooks_of_others_from_being_found(
    unpacked, name, depth
):
    """Tried: deeper than Python recurses; a path longer than the system takes."""
    (unpacked / "ann").mkdir()
    nbformat.write(cells(RIGHT), unpacked / "ann" / "mine.ipynb")
    (unpacked / "nowhere").symlink_to("x" * 300)
    folder = os.open(unpacked, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=folder)
        inner = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    mine, *unreached = grade.handed_in(unpacked)
    assert mine == unpacked / "ann" / "mine.ipynb"
    assert len(unreached) == (len(name) > 1)
    assert not any(map(grade.read, unreached))


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', b"[" * 10**5],
    ids=lambda content: repr(content[:20]),
)
def test_what_is_no_notebook_is_unreadable(content, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert answers.main(NAMES, 5) == "unreadable"


def test_a_notebook_that_cannot_be_interrupted_is_given_up(handed_in):
    assert handed_in(1, stubborn=cells(ON_ITS_OWN)) == {"stubborn": ["too long", ""]}


def test_an_interrupted_run_ends_at_once_and_keeps_what_was_judged(tmp_path):
    (tmp_path / "a.ipynb").write_text("no notebook", "utf-8")
    nbformat.write(cells(ON_ITS_OWN), tmp_path / "b.ipynb")
    table = tmp_path / "verdicts.tsv"
    command = [*GRADE, PAGE, tmp_path, table, "--seconds", "3600"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline().startswith("1 of 2:")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=100)
    assert process.returncode == 1
    assert said == f"\nInterrupted: the notebooks that are not in {table} were not judged\n"
    assert [line.split("\t")[1] for line in table.read_text("utf-8").splitlines()] == NAMES


def test_hints_are_in_the_language_of_the_page_that_was_handed_out(handed_in):
    hint = practice.EXERCISES[NAMES[0]].mistakes[0].hint["zh"]
    verdicts = handed_in(page=notebooks.translation_of(PAGE), wrong=cells(WRONG, CHECK))
    assert verdicts == {"wrong": ["wrong", hint]}


INTRUDER = """\
import os, socket
from pathlib import Path

def package():
    Path({package!r}, "left.txt").write_text("x")

def hand_in_of_another():
    Path({other!r}).write_text("x")

def table():
    Path({other!r}).with_name("verdicts.tsv").write_text("x")

def network():
    socket.create_connection(("127.0.0.1", {port}), 1).close()

def environment():
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if "password" in (process / "environ").read_text():
                return
        except OSError:
            pass
    raise LookupError

def home():
    assert any(Path({home!r}).iterdir())

def disk():
    with open(Path.home() / "large", "wb") as file:
        try:
            for _ in range({disk} // 2**20 + 1):
                file.write(bytes(2**20))
        finally:
            file.truncate(0)

def memory():
    bytearray({memory})

def namespaces():
    import ctypes
    child = os.fork()
    if child == 0:
        os._exit(ctypes.CDLL(None).unshare(0x10000000))
    assert os.waitpid(child, 0)[1] == 0

reached = []
for attack in (package, hand_in_of_another, table, network, environment, home, disk,
               memory, namespaces):
    try:
        attack()
    except (Exception, MemoryError):
        continue
    reached.append(attack.__name__)

def last_column_kept(table):
    return reached
"""


@pytest.fixture
def intruder(tmp_path, monkeypatch):
    """A function that has a notebook try all it should not, and says what it has reached."""
    server = socket.create_server(("127.0.0.1", 0))
    other = tmp_path / "other.ipynb"
    monkeypatch.setenv("TEACHERS_SECRET", "password")
    monkeypatch.setenv("HOME", str(tmp_path))
    left = Path(gearsbook.__file__).with_name("left.txt")

    def run(command) -> list[str]:
        source = INTRUDER.format(
            package=str(left.parent), other=str(other), home=str(tmp_path),
            port=server.getsockname()[1], disk=sandbox.DISK, memory=sandbox.MEMORY_OF_ONE,
        )  # fmt: skip
        other.write_text("an answer")
        nbformat.write(cells(source), tmp_path / "mine.ipynb")
        program = command(sys.executable, answers.__file__, "60", NAMES[0])
        given = grade.read(tmp_path / "mine.ipynb")
        said = json.loads(sandbox.run(program, given, 100, threading.Event()))
        return plain.read(said[NAMES[0]])[0].came

    yield run
    server.close()
    left.unlink(missing_ok=True)


def test_what_a_notebook_in_the_sandbox_tries_reaches_nothing(intruder, tmp_path):
    assert intruder(sandbox.command) == []
    assert (tmp_path / "other.ipynb").read_text() == "an answer"


def test_without_the_sandbox_the_same_notebook_reaches_everything(intruder, tmp_path):
    reached = intruder(lambda *program: list(program))
    assert len(reached) == INTRUDER.count("def ") - 1
    assert (tmp_path / "other.ipynb").read_text() == "x"


@pytest.mark.release
@pytest.mark.parametrize(
    ("left_out", "reached"),
    [
        ("--unshare-net", "network"),
        ("--disable-userns", "namespaces"),
        (f"--data={sandbox.MEMORY_OF_ONE}", "memory"),
    ],
)
def test_a_sandbox_without_one_of_its_walls_is_noticed(intruder, left_out, reached):
    def broken(*program: str) -> list[str]:
        whole = sandbox.command(*program)
        assert left_out in whole
        return [part for part in whole if part != left_out]

    assert intruder(broken) == [reached]


def test_the_system_itself_limits_the_processes_of_a_sandbox():
    """Were they counted with others of the user, or not at all, no two could run side by side."""
    program = "import threading as t\nt.stack_size(2**16)\ne = t.Event()\nn = 0\ntry:\n"
    program += "    while n < 10000:\n        t.Thread(target=e.wait).start()\n        n += 1\n"
    program += "except RuntimeError:\n    print(n, flush=True)\ne.set()"
    sandboxes = [
        subprocess.Popen(
            sandbox.command(sys.executable, "-c", program), env=sandbox.ENVIRONMENT,
            stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for process in sandboxes:
        said, _ = process.communicate(timeout=100)
        assert sandbox.THREADS - 10 < int(said) < sandbox.THREADS


@pytest.mark.parametrize(("name", "limit"), [("MEMORY", 1), ("PROCESSES", 0)])
def test_a_sandbox_that_takes_too_much_is_ended_at_once(name, limit, monkeypatch):
    monkeypatch.setattr(sandbox, name, limit)
    assert sandbox.run(sandbox.command("sleep", "60"), b"", 50, threading.Event()) == b""


def test_a_sandbox_whose_caller_is_killed_ends_with_all_its_processes():
    """What it holds open tells: the pipe ends with the last of its processes."""
    call = (
        "import sandbox, subprocess, sys; subprocess.run(sandbox.command('sh', '-c', "
        "'setsid sleep 1000 & echo ready; wait'), env=sandbox.ENVIRONMENT)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(sandbox.__file__).parent)}
    with subprocess.Popen(
        [sys.executable, "-c", call], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout.readline() == "ready\n"
        process.kill()
        assert process.stdout.read() == ""


def test_where_there_is_no_sandbox_nothing_runs_and_the_ways_out_are_said(
    tmp_path, monkeypatch, capsys
):
    nbformat.write(cells(RIGHT), tmp_path / "a.ipynb")
    table = tmp_path / "verdicts.tsv"
    monkeypatch.setitem(sandbox.ENVIRONMENT, "PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"(?s)bwrap is not installed.*apt-get.*--unsafe"):
        grade.main(PAGE, tmp_path, table, 5)
    assert not table.exists()
    grade.main(PAGE, tmp_path, table, 60, shut_in=False)
    assert table.read_text("utf-8").startswith("passed\tlast_column_kept\t")


def test_a_sandbox_that_cannot_be_made_says_what_bubblewrap_said(monkeypatch):
    monkeypatch.setattr(sandbox, "COURSE", ("/nowhere",))
    with pytest.raises(sandbox.NoSandboxError, match=r"(?s)bubblewrap: .*/nowhere.*--unsafe"):
        sandbox.check()


@pytest.mark.parametrize(
    "said",
    [
        b"\0",
        b"{",
        b"null",
        b'"passed"',
        b"[]",
        b'{"last_column_kept": null}',
        b'{"last_column_kept": ["passed"]}',
        b'{"last_column_kept": "passed"}',
        b'{"last_column_kept": "[]"}',
        b'{"last_column_kept": "[[1, \\"\\", [7]]]"}',
        b'{"last_column_kept": {"passed": true}}',
        b"[" * 10**5,
        b'"' + b"x" * sandbox.SAID + b'"',
    ],
    ids=lambda said: repr(said[:40]),
)
def test_whatever_a_sandbox_says_only_right_answers_pass(said):
    assert grade.verdicts(NAMES[:1], said) == {NAMES[0]: ("wrong", "")}


def test_one_word_in_place_of_the_answers_holds_for_all():
    unreadable = ("unreadable", "")
    assert grade.verdicts(NAMES, b'"unreadable"') == dict.fromkeys(NAMES, unreadable)


def test_a_cell_of_the_table_is_one_line_and_no_formula():
    assert grade.cell('a\tb\n"\x1b[2J.ipynb') == "a?b???[2J.ipynb"
    for formula in ("=1+1.ipynb", "+1", "-1", "@SUM(A1)", "＝1"):
        assert grade.cell(formula) == f"'{formula}"
    assert grade.cell("\t=1") == "?=1"
    # a spreadsheet may be told, or guess, that these separate columns, too
    assert grade.cell("a,=1;@b,c-d.ipynb") == "a,'=1;'@b,c-d.ipynb"
    hints = [one.hint for exercise in practice.EXERCISES.values()
             for one in (exercise, *exercise.mistakes)]  # fmt: skip
    for text in (text for hint in hints for text in hint.values()):
        assert grade.cell(text) == text


def test_a_file_that_is_not_looked_at_is_named(tmp_path, capsys):
    (tmp_path / "class.zip").touch()
    (tmp_path / "mine.ipynb.txt").touch()
    assert grade.handed_in(tmp_path) == [tmp_path / "mine.ipynb.txt"]
    said = f"Passed over, for its name has no .ipynb: {tmp_path / 'class.zip'}\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    ("page", "folder", "words"),
    [
        (PAGE, "", "No notebook in"),
        (PAGE, "missing", "No notebook in"),
        ("notes.ipynb", "", "Not a notebook of this book"),
    ],
)
def test_nothing_to_judge_is_said_in_a_sentence(tmp_path, page, folder, words):
    with pytest.raises(SystemExit, match=words):
        grade.main(Path(page), tmp_path / folder, tmp_path / "verdicts.tsv", 5)
