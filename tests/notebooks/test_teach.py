"""What "Teach with this book" tells a teacher is so: its commands, its times, its notes.

So are the times of the ways through the book on its front page.
"""

import functools
import os
from pathlib import Path
import re
import subprocess

from gearsbook import practice
from gearsbook.explorables.datafiles import FILES
import pytest

from tools import notebooks
from tools.__main__ import COMMANDS
from tools.notebooks import grade, sandbox
from tools.site import build

EDITIONS = ("en", "zh")
LABELS = {
    "en": ["They get wrong:", "Ask:", "Show:", "Set:"],
    "zh": ["常见错误：", "先问：", "投影：", "布置："],
}
WORDS_A_MINUTE, MINUTES_A_CELL, MINUTES_AN_EXERCISE = 200, 0.75, 10


def page(edition: str) -> str:
    return (build.ROOT / "book" / edition / "teach.md").read_text("utf-8")


def commands(edition: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", page(edition), re.M | re.S)
    return [line for block in blocks for line in block.replace("\\\n", "").splitlines()]


def notes(edition: str) -> dict[str, str]:
    """The note of each section, by the path of its notebook."""
    found = re.findall(
        rf"^### \[.*?\]\(\.\./\.\./notebooks/{edition}/(\S+)\)\n+(.*?)(?=^##)",
        page(edition),
        re.M | re.S,
    )
    return dict(found)


def in_reading_order(edition: str) -> list[str]:
    folder = notebooks.NOTEBOOKS / edition
    return [path.relative_to(folder).as_posix() for path in notebooks.all_notebooks(edition)]


def title(name: str) -> str:
    return notebooks.read(notebooks.NOTEBOOKS / "en" / name).cells[0].source


def section(name: str) -> str:
    """The number of a notebook's section, as its title has it; empty if it has none."""
    number = re.match(r"# ([\d.]+) ", title(name))
    return number[1] if number else ""


SECTIONS = {section(name): name for name in in_reading_order("en") if section(name)}


def minutes(name: str) -> float:
    """How long a section takes in class, by the rule that the page states."""
    words = cells = 0
    for cell in notebooks.read(notebooks.NOTEBOOKS / "en" / name).cells:
        if cell.id == "practice-md":
            break
        if cell.cell_type == "markdown":
            words += len(cell.source.split())
        else:
            cells += 1
    return words / WORDS_A_MINUTE + MINUTES_A_CELL * cells + MINUTES_AN_EXERCISE


def courses(edition: str) -> list[list[tuple[list[str], int]]]:
    """Both tables: for each session its sections and its minutes."""
    tables = re.findall(r"((?:^\| \d+ \| 2.*\|\n)+)", page(edition), re.M)
    return [
        [
            (re.findall(r"2\.[\d.]+", row.split("|")[2]), int(row.split("|")[3]))
            for row in table.splitlines()
        ]
        for table in tables
    ]


def test_both_editions_show_the_same_commands_and_courses():
    assert commands("en") == commands("zh")
    assert courses("en") == courses("zh")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_command_is_one(edition):
    assert set(re.findall(r"`make ([a-z]+)`", page(edition))) <= COMMANDS.keys()


def test_the_long_course_has_every_section_in_order():
    _, long = courses("en")
    assert [number for sections, _ in long for number in sections] == list(SECTIONS)


def test_sessions_take_the_minutes_stated_and_fit_into_90():
    for course in courses("en"):
        for sections, stated in course:
            needed = sum(minutes(SECTIONS[number]) for number in sections)
            assert abs(needed - stated) <= 3, f"{sections}: {needed:.0f}"
            assert needed <= 90


def read_before(session: int) -> list[str]:
    """What students of the short course have read at home before a session."""
    at_home = re.search(r"At home students read (.*?)\.\s[A-Z]", " ".join(page("en").split()))[1]
    parts = re.split(r"before session (\d+)", at_home)
    return [
        number
        for text, before in zip(parts[:-1:2], parts[1::2], strict=True)
        if int(before) <= session
        for number in re.findall(r"2\.[\d.]*\d", text)
    ]


def test_the_short_course_has_what_the_batches_build_on_before_them_and_goes_forward():
    short, _ = courses("en")
    order = []
    for session, (sections, _) in enumerate(short, 1):
        order += [*(n for n in read_before(session) if n not in order), *sections]
    in_class = [number for sections, _ in short for number in sections]
    assert in_class == [number for number in SECTIONS if number in in_class]
    assert {"2.2", "2.2.3", "2.2.6"} < {*order[: order.index("2.2.7")]}


@functools.cache
def ways(edition: str) -> list[list[str]]:
    """The pages of each way through the book that the front page lists."""
    front = (build.ROOT / "book" / edition / "index.md").read_text("utf-8")
    section = re.search(r"^## (?:Three ways through|三种读法)$(.*?)^## ", front, re.M | re.S)[1]
    listed = re.findall(r"^- \*\*.*?(?=^- |^$)", section, re.M | re.S)
    return [re.findall(rf"notebooks/{edition}/(\S+?)\)", way) for way in listed]


def test_the_ways_through_the_book_go_forward_and_take_the_time_they_say():
    """Exercises do not count; boxes do, so that a reader who leaves them closed needs less."""
    hour, afternoon, everything = ways("en")
    assert ways("zh") == ways("en")
    assert everything == []  # the contents list it
    for way, limit in ((hour, 60), (afternoon, 300)):
        assert way == [name for name in in_reading_order("en") if name in way]
        assert sum(minutes(name) - MINUTES_AN_EXERCISE for name in way) <= limit
    whole, other = re.search(r"and (\d+) for the whole book.*? other (\d+) exercises",
                             " ".join(page("en").split())).groups()  # fmt: skip
    hours = (int(whole) + MINUTES_AN_EXERCISE * int(other)) / 60
    front = (build.ROOT / "book" / "en" / "index.md").read_text("utf-8")
    assert abs(int(re.search(r"about (\d+) hours", front)[1]) - hours) < 1


def test_the_sums_in_the_text_are_right():
    times = {number: minutes(name) for number, name in SECTIONS.items()}
    exercises = [
        exercise
        for name in SECTIONS.values()
        for exercise in grade.exercises_of(notebooks.NOTEBOOKS / "en" / name)
    ]
    at_home = len(exercises) - len(SECTIONS)
    words = (
        f"{min(times.values()):.0f} minutes for section {min(times, key=times.get)}, "
        f"{max(times.values()):.0f} for {max(times, key=times.get)}"
    )
    prose = " ".join(page("en").split())
    assert words in prose
    stated = re.search(
        r"and (\d+) for the whole book.* other (\d+) exercises.*about (\d+) hours", prose
    )
    whole, other, hours = map(int, stated.groups())
    assert abs(sum(times.values()) - whole) <= 20
    assert other == at_home
    assert abs(at_home * MINUTES_AN_EXERCISE / 60 - hours) < 1


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_notebook_has_its_note_of_four_parts(edition):
    assert list(notes(edition)) == in_reading_order(edition)
    for name, note in notes(edition).items():
        assert re.findall(r"^- \*\*(.*?)\*\*", note, re.M) == LABELS[edition], name


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_controls_to_use_are_on_the_page(edition):
    """What stands in quotation marks after Show is written in a figure, or on the page itself."""
    modules = "".join(path.read_text("utf-8") for path in FILES.parent.glob("*/*.js"))
    for name, note in notes(edition).items():
        show = re.search(rf"{LABELS[edition][2]}\*\*(.*)", note)[1]
        notebook = notebooks.read(notebooks.NOTEBOOKS / edition / name)
        text = modules + "\n".join(cell.source for cell in notebook.cells)
        for words in re.findall(r"“(.+?)”", show):
            assert f'"{words}"' in modules or words in text, f"{name}: {words}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_exercises_to_set_are_on_the_page(edition):
    for name, note in notes(edition).items():
        to_set = re.search(rf"{LABELS[edition][3]}\*\*(.*)", note)[1]
        named = [word for word in re.findall(r"`(\w+)`", to_set) if word in practice.EXERCISES]
        assert named, name
        assert set(named) <= set(grade.exercises_of(notebooks.NOTEBOOKS / edition / name))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_verdicts_are_those_of_the_tool(edition):
    explained = re.findall(r"^\| ([a-z ]+) \| ", page(edition), re.M)
    source = Path(grade.__file__).read_text("utf-8")
    assert len(explained) == 6
    assert all(f'"{word}"' in source for word in explained)
    assert f" {grade.SECONDS_PER_CELL} " in page(edition)
    for limit in (
        f"{grade.LARGEST // 2**20} MiB",
        f"{sandbox.DISK // 2**20} MiB",
        f"{sandbox.MEMORY // 2**30} GiB",
        f" {sandbox.PROCESSES} ",
    ):
        assert limit in page(edition)


def test_a_class_is_handed_notebooks_without_solutions_and_judged(tmp_path):
    """The page's own commands, one after the other, with three students in between."""
    for name in (".venv", "notebooks", "tools", "src"):
        (tmp_path / name).symlink_to(build.ROOT / name)
    for command in commands("en"):
        if "handed-in" in command:
            hand_in(tmp_path)
        if not command.startswith("pip "):  # that is the README's, and changes the machine
            subprocess.run(command, shell=True, check=True, cwd=tmp_path, env=clean())
    assert len(list((tmp_path / "handout").rglob("*.ipynb"))) == len(in_reading_order("en"))
    for path in (tmp_path / "handout").rglob("*.ipynb"):
        handed_out = notebooks.read(path).cells
        whole = notebooks.read(notebooks.NOTEBOOKS / "en" / path.relative_to(tmp_path / "handout"))
        kept = [cell for cell in whole.cells if "solution" not in cell.metadata.get("tags", ())]
        assert [(cell.id, cell.source) for cell in handed_out] == [
            (cell.id, cell.source) for cell in kept
        ]
        assert len(kept) < len(whole.cells)
    lines = (tmp_path / "verdicts.tsv").read_text("utf-8").splitlines()
    verdicts = sorted(line.split("\t")[:3] for line in lines if "last_column_kept" in line)
    assert verdicts == [
        ["passed", "last_column_kept", "handed-in/ann/06-slicing.ipynb"],
        ["unreadable", "last_column_kept", "handed-in/cem.ipynb"],
        ["wrong", "last_column_kept", "handed-in/bo.ipynb"],
    ]


def hand_in(folder: Path) -> None:
    """Ann has solved one exercise of the page, Bo none, and Cem's file is broken."""
    handed_in = folder / "handed-in" / "ann"
    handed_in.mkdir(parents=True, exist_ok=True)
    notebook = notebooks.read(folder / "handout" / "02-tensors" / "06-slicing.ipynb")
    notebook.cells = [c for c in notebook.cells if c.id in ("imports", "column-stub", "crop-stub")]
    notebooks.write(notebook, folder / "handed-in" / "bo.ipynb")
    stub = next(cell for cell in notebook.cells if cell.id == "column-stub")
    stub.source = "def last_column_kept(table):\n    return table[:, -1:]"
    notebooks.write(notebook, handed_in / "06-slicing.ipynb")
    (folder / "handed-in" / "cem.ipynb").write_text("{", "utf-8")


def clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
