"""The rules that every notebook of either edition keeps. nbval runs the cells themselves."""

import functools
from itertools import pairwise
from pathlib import Path
import re
import subprocess
import sys

import pytest

from every import of_every
import markup
from tools import notebooks

EVERY = notebooks.all_notebooks("en") + notebooks.all_notebooks("zh")
MAY_DIFFER = "nbval-ignore-output"


def name(path: Path) -> str:
    return path.relative_to(notebooks.NOTEBOOKS).as_posix()


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@functools.cache
def all_by_name():
    return {name(path): notebooks.read(path) for path in EVERY}


every_notebook = of_every(lambda: all_by_name())


def test_there_are_notebooks():
    assert EVERY


@every_notebook
def test_every_cell_was_run_in_order(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1)), "run `make execute`"


@every_notebook
def test_at_most_one_cell_in_twenty_is_not_compared(notebook):
    cells = code_cells(notebook)
    exempt = [cell.id for cell in cells if MAY_DIFFER in cell.metadata.get("tags", ())]
    assert len(exempt) <= max(1, len(cells) * 0.05), exempt


@every_notebook
def test_the_cell_after_an_exempt_one_asserts_what_must_hold(notebook):
    cells = code_cells(notebook)
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        if MAY_DIFFER in cell.metadata.get("tags", ()):
            assert following is not None, cell.id
            assert "assert" in following.source, f"{cell.id} is followed by {following.id}"


# What a page shows to be wrong, why, and the cells that show it.
SHOWN_TO_BE_WRONG = [
    (r"reshape\(len\(\w+\), -1\)", "fails for an empty batch (2.3.4)", {"pitfall-axis"}),
    (r"where\(\w*(?:std|spread)\w* > 0", "a constant's deviation need not be 0 (2.2.9)", set()),
    (r"hidden\w* >= 0", "true everywhere on relu's output (2.5.2)", set()),
    (r"np\.log\((?:p|prob|right)", "infinite for logits (120, 0) (2.4)", {"stable", "squared"}),
]


@every_notebook
def test_no_page_does_what_another_shows_to_be_wrong(notebook):
    for cell in code_cells(notebook):
        for pattern, why, shown in SHOWN_TO_BE_WRONG:
            assert cell.id in shown or not re.search(pattern, cell.source), f"{cell.id}: {why}"


@every_notebook
def test_a_function_has_one_meaning_or_an_earlier_cell_could_not_run_again(notebook):
    defined = [
        defined
        for cell in code_cells(notebook)
        if "solution" not in cell.metadata.get("tags", ()) and not cell.source.startswith("%%")
        for defined in re.findall(r"^(?:def|class) (\w+)", cell.source, re.M)
    ]
    assert len(defined) == len(set(defined)), sorted(defined)


@every_notebook
def test_failures_are_announced_by_their_tag(notebook):
    for cell in code_cells(notebook):
        failed = any(output.output_type == "error" for output in cell.outputs)
        assert failed == ("raises-exception" in cell.metadata.get("tags", ())), cell.id


@every_notebook
def test_what_answers_a_question_is_hidden_until_the_reader_asks_and_nothing_else(notebook):
    """But for a figure, which answers when it is moved."""
    answers = []
    for at, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and re.search(
            r"^> \*\*(Predict first|先猜一猜)\*\*$", cell.source, re.M
        ):
            shown = (cell for cell in notebook.cells[at:] if cell.get("outputs"))
            answers.append(next(shown))
    hidden = [
        cell.id for cell in code_cells(notebook)
        if cell.metadata.get("jupyter", {}).get("outputs_hidden")
    ]  # fmt: skip
    assert hidden == [cell.id for cell in answers if "gears-explorable" not in str(cell.outputs)]


@every_notebook
def test_outputs_hold_no_stderr_and_no_path_of_a_machine(notebook):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            assert output.get("name") != "stderr", cell.id
            text = str(output.get("text", "")) + "".join(output.get("traceback", ()))
            text += "".join(
                str(v) for k, v in output.get("data", {}).items() if k.startswith("text/")
            )
            assert not re.search(
                r"/(?:home|root|Users|work|tmp)/|site-packages| at 0x[0-9a-f]+", text
            ), cell.id


def nested(value) -> list[str]:
    """Every text in a dictionary of dictionaries."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in nested(inner)]
    return [str(value)]


@every_notebook
def test_nothing_that_is_stored_runs(notebook):
    """Nor is anything loaded: opening a notebook does no more than show it."""
    for cell in notebook.cells:
        assert "attachments" not in cell, cell.id
        about = cell.metadata.get("mystnb", {})  # its captions are texts, too
        texts = [cell.source] if cell.cell_type != "code" else nested(about)
        assert [found for text in texts for found in markup.foreign_in_prose(text)] == [], cell.id
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            assert data.keys() <= {"text/plain", "text/html", "image/png"}, cell.id
            assert markup.foreign_in_output(data.get("text/html", "")) == [], cell.id


@pytest.mark.parametrize(
    "stored",
    [
        "<p>1</p><script>alert(1)</script>",
        "<scr<p>ipt>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        '<img src="https://example.org/seen.png">',
        "<img src=x onerror=alert(1) ",  # what follows ends it
        '<a href="java&#9;script:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<button formaction="javascript:alert(1)">x</button>',
        '<p style="background: url(https://example.org/seen)">x</p>',
        '<style>@import "https://example.org/seen.css"</style>',
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
        '<video src="https://example.org/seen"></video>',
        '<iframe srcdoc="x"></iframe>',
        "<svg/onload=alert(1)>",
        """<div class="gears-explorable" data-figure="quiz" data-state='{}' onclick=alert(1)>""",
    ],
)
def test_what_an_output_would_run_or_load_is_seen(stored):
    assert markup.foreign_in_output(stored)


@pytest.mark.parametrize(
    "stored",
    [
        "<script>alert(1)</script>",
        "<!-- --!><img src=x onerror=alert(1)> -->",
        "<javascript:alert(1)>",
        "![x](https://example.org/seen.png)",
        "[x](javascript:alert(1))",
        "[x](java&#9;script:alert(1))",
        "[x](<data:text/html,x>)",
        "[x][y]\n\n> [y]: javascript:alert(1)",
        "[x](page.md){onclick=alert(1)}",
        "{onclick=alert(1)}\nx",
        "```{raw} html\nx\n```",
        "- ````{raw} html\n  x\n  ````",
        ":::{include} /etc/passwd\n:::",
        "{raw-html}`x`",
        r'{{ "\x3cscript>" }}',
        r"$\href{javascript:alert(1)}{x}$",
        "---\nmyst:\n  html_meta:\n    'http-equiv=refresh': 0\n---",
    ],
)
def test_what_a_text_would_run_or_load_is_seen(stored):
    assert markup.foreign_in_prose(stored)


def shows(cell, what: str) -> bool:
    """Whether a cell's outputs have something: a picture, by its MIME type, or a text."""
    stored = [output.get("data", {}) for output in cell.outputs]
    return any(what in data or what in str(data.get("text/html")) for data in stored)


@every_notebook
def test_every_picture_has_a_caption_and_an_alternative_text(notebook):
    for cell in code_cells(notebook):
        figure = cell.metadata.get("mystnb", {})
        is_picture, is_figure = shows(cell, "image/png"), shows(cell, "gears-explorable")
        if is_picture:
            assert len(figure.get("image", {}).get("alt", "")) >= 15, f"{cell.id}: alt text"
        if {"image", "figure"} & set(figure):
            assert is_picture or is_figure, f"{cell.id}: run `make execute`, the picture is gone"
        if is_picture or (is_figure and not shows(cell, 'data-figure="quiz"')):
            assert len(figure.get("figure", {}).get("caption", "")) >= 10, f"{cell.id}: caption"


@every_notebook
def test_a_page_ends_with_practice_and_a_quiz_of_three_questions(notebook):
    """The summary asks about the whole chapter: five exercises, and fifteen questions."""
    is_summary = notebook.cells[0].source.startswith("# 2.6 ")
    exercises, questions = ((5,), 15) if is_summary else ((2, 3, 4), 3)
    cells = code_cells(notebook)
    assert sum("solution" in cell.metadata.get("tags", ()) for cell in cells) in exercises
    assert [cell.outputs[0]["data"]["text/plain"] for cell in cells if cell.id == "quiz"] == [
        f"Quiz({questions} questions)"
    ]


@every_notebook
def test_a_page_has_one_title_and_no_skipped_heading_level(notebook):
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    prose = re.sub(r"^(`{3,}|:{3,}).*?^\1", "", prose, flags=re.M | re.S)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.M)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@every_notebook
def test_figures_are_stored_as_plain_html_without_the_id_of_a_live_one(notebook):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            kinds = set(output.get("data", {}))
            assert not any("widget" in kind for kind in kinds), f"{cell.id}: run `make execute`"


@every_notebook
def test_metadata_holds_nothing_of_the_machine_it_ran_on(notebook):
    assert set(notebook.metadata) <= {"kernelspec", "language_info", "gears"}
    assert notebook.metadata.language_info == notebooks.PYTHON
    assert all("execution" not in cell.metadata for cell in notebook.cells)


@every_notebook
def test_programs_that_cells_write_are_lint_free_and_formatted(notebook):
    """Ruff passes over a cell that begins with %%writefile, as it would over any cell magic."""
    for cell in code_cells(notebook):
        written = re.match(r"%%writefile (\S+\.py)\n", cell.source)
        if written:
            for command in (["check"], ["format", "--check"]):
                done = subprocess.run(
                    [Path(sys.executable).with_name("ruff"), *command,
                     "--stdin-filename", notebooks.NOTEBOOKS / written[1], "-"],
                    input=cell.source[written.end() :] + "\n", capture_output=True, text=True,
                )  # fmt: skip
                assert done.returncode == 0, (
                    f"{cell.id}: ruff {command[0]} {done.stdout}{done.stderr}"
                )
