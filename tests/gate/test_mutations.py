"""Tests of the tests: each deliberate defect must make the check that is there for it fail.

Gradients have theirs beside them (`broken=` in test_backpropagation.py, test_gradient.py, ...).
"""

from collections import defaultdict
from collections.abc import Callable
import compileall
import copy
import dataclasses
import functools
import itertools
import json
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys

from gearsbook import practice
from gearsbook.modules import single_file
import nbformat
from nbformat import v4
import pytest
from sphinx.errors import ExtensionError

from browsing import LIMIT, SITE
from figures import MODULES
from gearsbook_site import bodies
from gearsbook_site import explorables as site_part
import test_bodies
import test_chinese
import test_editions
import test_glossary
import test_locks
import test_notebooks
import test_numbers
import test_on_pages
import test_pdf
import test_plotting
import test_practice
import test_quizzes
import test_readme
import test_signs
import test_site
import test_teach
import test_views
from tools import notebooks
from tools.site import build, pdf, serve
from visiting import Visits

ROOT = build.ROOT
FIRST_LOOK = notebooks.NOTEBOOKS / "en" / "01-first-look.ipynb"
SCALARS = notebooks.NOTEBOOKS / "en" / "02-tensors" / "01-scalars.ipynb"
SCALING_OUT = notebooks.NOTEBOOKS / "en" / "07-scaling-out.ipynb"


@functools.cache
def original(path: Path) -> nbformat.NotebookNode:
    return notebooks.read(path)


def must_catch(check: Callable, *arguments: object, words: str = "") -> None:
    """A check has to fail, and to say these words."""
    with pytest.raises((AssertionError, ExtensionError, KeyError, ValueError), match=words or None):
        check(*arguments)


# ---- One notebook


def code(notebook, condition=lambda cell: True):
    """The first code cell for which something holds."""
    return next(cell for cell in test_notebooks.code_cells(notebook) if condition(cell))


def picture(notebook):
    return code(notebook, lambda cell: test_notebooks.shows(cell, "image/png"))


def figure(notebook):
    return code(notebook, lambda cell: test_notebooks.shows(cell, "gears-explorable"))


def tagged(notebook, tag: str):
    return code(notebook, lambda cell: tag in cell.metadata.get("tags", ()))


def prose(notebook, having: str = ""):
    return next(c for c in notebook.cells if c.cell_type == "markdown" and having in c.source)


def after_exempt(notebook):
    cells = test_notebooks.code_cells(notebook)
    return cells[cells.index(tagged(notebook, test_notebooks.MAY_DIFFER)) + 1]


def says(text: str, name: str = "stdout"):
    return v4.new_output("stream", name=name, text=text)


pictures_are_described = test_notebooks.test_every_picture_has_a_caption_and_an_alternative_text
outputs_are_clean = test_notebooks.test_outputs_hold_no_stderr_and_no_path_of_a_machine
ends_with_practice_and_quiz = (
    test_notebooks.test_a_page_ends_with_practice_and_a_quiz_of_three_questions
)
answers_are_hidden = (
    test_notebooks.test_what_answers_a_question_is_hidden_until_the_reader_asks_and_nothing_else
)
numbers_are_proved = (
    test_numbers.test_every_number_is_in_the_page_or_has_an_expression_that_gives_it
)
headings_are_in_order = test_notebooks.test_a_page_has_one_title_and_no_skipped_heading_level
IN_A_NOTEBOOK = {
    "an alternative text is gone": (
        lambda page: picture(page).metadata.mystnb.pop("image"), pictures_are_described),
    "an alternative text is empty": (
        lambda page: picture(page).metadata.mystnb.image.update(alt=""), pictures_are_described),
    "a caption is gone": (
        lambda page: picture(page).metadata.mystnb.pop("figure"), pictures_are_described),
    "a figure has no caption": (
        lambda page: figure(page).metadata.pop("mystnb"), pictures_are_described),
    "a picture was cleared": (
        lambda page: picture(page).outputs.clear(), pictures_are_described),
    "a cell was not run": (
        lambda page: code(page).update(execution_count=None),
        test_notebooks.test_every_cell_was_run_in_order),
    "a function that means something else further down": (
        lambda page: page.cells.extend(
            v4.new_code_cell(f"def twice(x):\n    return {how}") for how in ("2 * x", "x + x")),
        test_notebooks.test_a_function_has_one_meaning_or_an_earlier_cell_could_not_run_again),
    "no assert follows what is not compared": (
        lambda page: after_exempt(page).update(source="print('fine')"),
        test_notebooks.test_the_cell_after_an_exempt_one_asserts_what_must_hold),
    "a tenth of the cells is not compared": (
        lambda page: [c.metadata.update(tags=[test_notebooks.MAY_DIFFER])
                      for c in test_notebooks.code_cells(page)[::10]],
        test_notebooks.test_at_most_one_cell_in_twenty_is_not_compared),
    "what another page shows to be wrong": (
        lambda page: code(page).update(source="x.reshape(len(x), -1)"),
        test_notebooks.test_no_page_does_what_another_shows_to_be_wrong),
    "the loss of a probability that was rounded": (
        lambda page: code(page).update(source="-np.log(p[right]).mean()"),
        test_notebooks.test_no_page_does_what_another_shows_to_be_wrong),
    "an answer is seen before the guess": (
        lambda page: code(
            page, lambda cell: cell.metadata.get("jupyter", {}).get("outputs_hidden")
        ).metadata.pop("jupyter"),
        answers_are_hidden),
    "an error that no tag announces": (
        lambda page: code(page).outputs.append(v4.new_output("error", ename="E", evalue="")),
        test_notebooks.test_failures_are_announced_by_their_tag),
    "a warning on stderr": (
        lambda page: code(page).outputs.append(says("old", "stderr")), outputs_are_clean),
    "a path of this machine": (
        lambda page: code(page).outputs.append(says("/home/me/x.py")), outputs_are_clean),
    "a script in an output": (
        lambda page: figure(page).outputs[0].data.update({"text/html": "<script>1</script>"}),
        test_notebooks.test_nothing_that_is_stored_runs),
    "a script in a caption": (
        lambda page: figure(page).metadata.mystnb.figure.update(caption="<img onerror=1 src=x>"),
        test_notebooks.test_nothing_that_is_stored_runs),
    "a picture of another host in a text": (
        lambda page: prose(page).update(source="# 1\n\n![](https://example.org/seen.png)"),
        test_notebooks.test_nothing_that_is_stored_runs),
    "a third heading level after the first": (
        lambda page: prose(page).update(source="# Title\n\n### Deep"), headings_are_in_order),
    "a second title": (
        lambda page: page.cells[-1].update(source="# Another"), headings_are_in_order),
    "an exercise without its solution": (
        lambda page: [c.metadata.pop("tags") for c in test_notebooks.code_cells(page)
                      if "solution" in c.metadata.get("tags", ())],
        ends_with_practice_and_quiz),
    "a quiz of two questions": (
        lambda page: code(page, lambda cell: cell.id == "quiz").outputs[0].data.update(
            {"text/plain": "Quiz(2 questions)"}),
        ends_with_practice_and_quiz),
    "an answer that is called right twice": (
        lambda page: edit(code(page, lambda cell: cell.id == "quiz"), "    Only", "    Yes. Only"),
        test_quizzes.test_feedback_gives_the_reason_and_leaves_the_verdict_to_the_quiz),
    "a quiz that is right in the middle": (
        lambda page: code(page, lambda cell: cell.id == "quiz").update(
            source='explorables.Quiz("? a\\n- b | c\\n+ d | e")'),
        test_quizzes.test_right_answers_of_a_page_are_not_all_at_one_place),
    "a number in a sentence that nothing proves": (
        lambda page: edit(prose(page), "\n", "\n54,321 or "), numbers_are_proved),
    "a number in a formula that nothing proves": (
        lambda page: edit(prose(page), "\n", "\n$54{,}321$ or "), numbers_are_proved),
    "a number in a caption that nothing proves": (
        lambda page: picture(page).metadata.mystnb.figure.update(caption="54.321 digits"),
        numbers_are_proved),
    "a number in an alternative text that nothing proves": (
        lambda page: picture(page).metadata.mystnb.image.update(alt="54.3 % of the digits"),
        numbers_are_proved),
    "a number in a quiz's right answer that nothing proves": (
        lambda page: edit(code(page, lambda cell: cell.id == "quiz"), "\n+ ", "\n+ 54,321 "),
        numbers_are_proved),
    "a number in what a quiz answers that nothing proves": (
        lambda page: edit(code(page, lambda cell: cell.id == "quiz"), "    It", "    54,321. It"),
        numbers_are_proved),
    "a number in what a figure says that nothing proves": (
        lambda page: figure(page).outputs[0].data.update({"text/html": "<p>0.54321</p>"}),
        numbers_are_proved),
    "an expression is gone": (
        lambda page: prose(page, "785").metadata.pop("numbers"), numbers_are_proved),
    "the id of a figure that lived in a kernel": (
        lambda page: figure(page).outputs[0].data.update(
            {"application/vnd.jupyter.widget-view+json": {}}),
        test_notebooks.test_figures_are_stored_as_plain_html_without_the_id_of_a_live_one),
    "the version of Python it ran on": (
        lambda page: page.metadata.language_info.update(version="3.12.1"),
        test_notebooks.test_metadata_holds_nothing_of_the_machine_it_ran_on),
}  # fmt: skip


@pytest.mark.parametrize("defect", IN_A_NOTEBOOK)
def test_a_defect_in_a_notebook_is_caught(defect):
    spoil, check = IN_A_NOTEBOOK[defect]
    page = copy.deepcopy(original(FIRST_LOOK))
    check(page)
    spoil(page)
    must_catch(check, page)


def test_a_check_of_every_notebook_names_each_that_fails(monkeypatch):
    pages = {name: copy.deepcopy(original(FIRST_LOOK)) for name in ("good", "bad", "worse")}
    code(pages["bad"]).update(execution_count=None)
    pages["worse"].cells.clear()
    pages["worse"].metadata.clear()
    monkeypatch.setattr(test_notebooks, "all_by_name", lambda: pages)
    must_catch(test_notebooks.test_every_cell_was_run_in_order, words=r"^bad: AssertionError: run")
    whole = test_notebooks.test_metadata_holds_nothing_of_the_machine_it_ran_on
    must_catch(whole, words=r"^worse: AttributeError")
    must_catch(test_notebooks.test_a_page_has_one_title_and_no_skipped_heading_level, words="worse")


def is_program(cell) -> bool:
    return cell.source.startswith("%%writefile")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("import sys\n", "import os\nimport sys\n", "F401"),
        ("batch_size = 256", "batch_size=256", "ruff format"),
    ],
)
def test_a_defect_in_a_program_that_a_cell_writes_is_caught(old, new, words):
    check = test_notebooks.test_programs_that_cells_write_are_lint_free_and_formatted
    page = copy.deepcopy(original(SCALING_OUT))
    check(page)
    edit(code(page, is_program), old, new)
    must_catch(check, page, words=words)


# ---- Two editions


def edit(cell, old: str, new: str) -> None:
    assert old in cell.source
    cell.source = cell.source.replace(old, new, 1)


def change_a_digit(text: str) -> str:
    """The last number of two or more digits is another one."""
    return re.sub(
        r"(\d)(\d)(?!.*\d\d)", lambda m: m[1] + str((int(m[2]) + 1) % 10), text, flags=re.S
    )


def another_number_in_prose(english, chinese):
    cell = next(
        chinese_cell for cell, chinese_cell in zip(english.cells, chinese.cells, strict=True)
        if cell.cell_type == "markdown" and test_editions.stated(cell.source)
    )  # fmt: skip
    cell.source = change_a_digit(cell.source)


def another_number_in_a_caption(english, chinese):
    for cell in test_notebooks.code_cells(chinese):
        if caption := cell.metadata.get("mystnb", {}).get("figure"):
            caption["caption"] += "共 12345 个。"
            return


def another_number_in_an_output(english, chinese):
    cell = code(chinese, lambda cell: re.search(r"\d\d", test_editions.printed(cell)))
    cell.outputs[0] = says(change_a_digit(test_editions.printed(cell)))


numbers_in_prose = test_editions.test_prose_captions_and_alternative_texts_state_the_same_numbers
expressions_are_the_same = (
    test_numbers.test_expressions_are_of_numbers_that_are_stated_and_the_same_in_both_editions
)
cells_are_the_same = test_editions.test_cells_are_the_same_in_kind_order_and_tags
IN_AN_EDITION = {
    "another number in a sentence": (another_number_in_prose, numbers_in_prose),
    "another number in a caption": (another_number_in_a_caption, numbers_in_prose),
    "another number in an output": (
        another_number_in_an_output, test_editions.test_outputs_show_the_same_numbers),
    "another formula": (
        lambda en, zh: edit(prose(zh, "$$"), "$$", "$$ 1 + "),
        test_editions.test_prose_formulas_are_the_same),
    "another formula in a line": (
        lambda en, zh: edit(prose(zh), "\n", "\n$x + 1$ "),
        test_editions.test_formulas_in_a_line_of_prose_are_the_same),
    "other code": (
        lambda en, zh: edit(code(zh, lambda c: "np." in c.source), "np.", "numpy."),
        test_editions.test_code_is_the_same_but_for_strings_and_comments),
    "a cell less": (lambda en, zh: zh.cells.pop(3), cells_are_the_same),
    "two cells in another order": (
        lambda en, zh: zh.cells.insert(3, zh.cells.pop(4)), cells_are_the_same),
    "a tag less": (
        lambda en, zh: tagged(zh, "solution").metadata.pop("tags"), cells_are_the_same),
    "English that changed since": (
        lambda en, zh: edit(prose(en), "a", "the"),
        test_editions.test_the_chinese_edition_knows_every_english_cell_as_it_is_now),
    "an expression that one edition has": (
        lambda en, zh: prose(zh, "2²⁴").metadata.numbers.update({"16,777,218": "2**24 + 3"}),
        expressions_are_the_same),
    "an expression of a number that has gone": (
        lambda en, zh: [edit(prose(page, "2²⁴"), "16,777,218", "more") for page in (en, zh)],
        expressions_are_the_same),
    "an expression that only says the number again": (
        lambda en, zh: [prose(page, "2²⁴").metadata.numbers.update({"16,777,218": "16777218"})
                        for page in (en, zh)],
        expressions_are_the_same),
    "a quiz in another order": (
        lambda en, zh: code(zh, lambda cell: cell.id == "quiz").update(
            source='explorables.Quiz("? a\\n- b | c\\n+ d | e")'),
        test_quizzes.test_right_answers_are_at_the_same_places_in_both_editions),
    "a cell left in English": (
        lambda en, zh: prose(zh).update(source=prose(en).source),
        test_editions.test_chinese_prose_is_chinese),
}  # fmt: skip


@pytest.mark.parametrize("defect", IN_AN_EDITION)
def test_a_defect_in_one_edition_is_caught(defect):
    spoil, check = IN_AN_EDITION[defect]
    pair = [copy.deepcopy(original(path)) for path in (SCALARS, notebooks.translation_of(SCALARS))]
    check(pair)
    spoil(*pair)
    must_catch(check, pair)


@pytest.mark.parametrize(
    ("old", "new"), [("/ batch_size  #", "/ workers  #"), ("worker.py", "other.py")]
)
def test_another_program_in_one_edition_is_caught(old, new):
    check = test_editions.test_code_is_the_same_but_for_strings_and_comments
    paths = (SCALING_OUT, notebooks.translation_of(SCALING_OUT))
    pair = [copy.deepcopy(original(path)) for path in paths]
    check(pair)
    edit(code(pair[1], is_program), old, new)
    must_catch(check, pair)


@pytest.fixture
def change_page(monkeypatch):
    """A function that changes a notebook for whoever reads it during the test."""

    def change(path: Path, spoil: Callable) -> None:
        changed = copy.deepcopy(original(path))
        spoil(changed)
        read = notebooks.read
        monkeypatch.setattr(notebooks, "read", lambda p: changed if p == path else read(p))

    return change


def test_a_place_that_is_right_too_often_is_caught(monkeypatch):
    check = test_quizzes.test_each_place_has_about_a_third_of_the_right_answers
    check()
    monkeypatch.setattr(test_quizzes, "places", lambda page: [1, 1, 1, 0, 2])
    must_catch(check)


@pytest.mark.parametrize(
    "text",
    [
        "一个数组, 一个标量", "一个数组A", "一个数组\n标量", "大了 4 倍", "14 · 14 个像素",
        "一个数组 （标量）", "Y. LeCun, L. Bottou：一个数组",
    ],
)  # fmt: skip
def test_chinese_that_is_not_set_as_chinese_is_caught(monkeypatch, text):
    check = test_editions.test_chinese_is_set_as_chinese
    monkeypatch.setattr(test_editions, "chinese_prose", lambda: {"a page": text})
    rules = check.pytestmark[0].args[1]
    assert sum(bool(re.search(pattern, text)) for _, pattern in rules) == 1
    must_catch(lambda: [check(*rule) for rule in rules])


WRITTEN = "看一部影片"
IN_A_CHINESE_CELL = {
    "prose": lambda page: prose(page).update(source=WRITTEN),
    "a caption": lambda page: picture(page).metadata.mystnb.figure.update(caption=WRITTEN),
    "an alternative text": lambda page: picture(page).metadata.mystnb.image.update(alt=WRITTEN),
    "a string": lambda page: code(page).update(source=f"print(f'{{1 + 1}} {WRITTEN}')"),
    "a comment": lambda page: code(page).update(source=f"1 + 1  # {WRITTEN}"),
    "a quiz": lambda page: edit(code(page, lambda cell: cell.id == "quiz"), "? ", WRITTEN),
}
IN_A_FILE = {
    "book/glossary.yml": f"- {{zh: 数, definition: {{zh: {WRITTEN}}}}}",
    "book/zh/teach.md": WRITTEN,
    "README.zh-CN.md": WRITTEN,
    "src/gearsbook/practice/dot.py": f"Mistake(sum, en='Look', zh='看'\n'{WRITTEN[1:]}')",
    "src/gearsbook/explorables/quiz/words.js": f"const zh = (n) => `${{n}}，{WRITTEN}`;",
}
dropped = test_editions.test_no_word_is_used_that_was_dropped_for_another


@pytest.fixture
def one_notebook(tmp_path, monkeypatch) -> Path:
    """A Chinese notebook; beside it the book has a few files with nothing in them."""
    for name in IN_A_FILE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("[]", "utf-8")
    chinese = notebooks.translation_of(FIRST_LOOK)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(notebooks, "all_notebooks", lambda edition: [chinese])
    monkeypatch.setattr(test_editions, "chinese_prose", test_editions.chinese_prose.__wrapped__)
    return chinese


def test_a_word_that_was_dropped_is_caught_wherever_it_stands(one_notebook, change_page, tmp_path):
    dropped("影片")
    for spoil_it in IN_A_CHINESE_CELL.values():
        change_page(one_notebook, spoil_it)
        must_catch(dropped, "影片", words=f"{one_notebook.name}: .*{WRITTEN}")
    change_page(one_notebook, lambda page: None)
    for name, text in IN_A_FILE.items():
        (tmp_path / name).write_text(text, "utf-8")
        must_catch(dropped, "影片", words=WRITTEN)
        (tmp_path / name).write_text("[]", "utf-8")


def test_every_word_that_was_dropped_is_caught_but_not_where_it_means_something_else(monkeypatch):
    for word, elsewhere in test_editions.DROPPED.items():
        monkeypatch.setattr(test_editions, "chinese_prose", lambda e=elsewhere: {"a page": e})
        dropped(word)
        monkeypatch.setattr(test_editions, "chinese_prose", lambda w=word: {"a page": f"这个 {w}"})
        must_catch(dropped, word, words=word)


def test_another_word_for_a_term_is_caught(change_page):
    english, word = "**scalar**", "标量"
    cell_id = prose(original(SCALARS), english).id

    def replace(page):
        cell = next(cell for cell in page.cells if cell.id == cell_id)
        edit(cell, word, "某物")
        cell.source = cell.source.replace(word, "某物")

    name = "test_the_chinese_cell_uses_the_glossarys_word_where_the_english_introduces_a_term"
    check = getattr(test_glossary, name)
    check()
    change_page(notebooks.translation_of(SCALARS), replace)
    must_catch(check, words="scalar is 标量 in the glossary")


def test_a_character_of_a_picture_that_the_font_has_not_is_caught(change_page):
    check = test_plotting.test_the_font_has_every_character_of_the_chinese_pictures_and_is_small
    check()
    change_page(
        notebooks.translation_of(SCALARS),
        lambda page: code(page).update(source='print("龘")\nax.set(xlabel="齉")'),
    )
    must_catch(check, words="^齉: run")


def test_a_term_of_the_glossary_that_is_spoilt_is_caught(monkeypatch):
    term = next(term for term in test_glossary.TERMS if term.en == "gradient")
    check = test_glossary.test_a_term_has_a_definition_in_both_languages_and_a_section
    check(term)
    must_catch(check, dataclasses.replace(term, definition={**term.definition, "zh": ""}))
    must_catch(check, dataclasses.replace(term, section="09-nowhere"))
    uses = test_glossary.test_the_section_of_a_term_uses_it
    uses(term)
    must_catch(uses, dataclasses.replace(term, section="02-tensors/01-scalars"), words="^en")
    pinyin = test_glossary.test_pinyin_begins_as_the_national_standard_orders_the_characters
    must_catch(pinyin, dataclasses.replace(term, pinyin="ti bu"))
    others = [t for t in test_glossary.TERMS if t is not term]
    monkeypatch.setattr(test_glossary, "TERMS", [*others, dataclasses.replace(term, zh="斜度")])
    must_catch(pinyin, words="^gradient: AssertionError")
    must_catch(test_glossary.test_the_fixed_translations_hold)


def test_a_page_that_the_contents_do_not_name_is_caught(monkeypatch):
    contents = build.contents("en")
    for without in (contents.replace("      - file: notebooks/en/02-tensors/01-scalars\n", ""),
                    contents + "  - file: notebooks/en/07-more\n"):  # fmt: skip
        monkeypatch.setattr(build, "contents", lambda edition, text=without: text)
        must_catch(test_editions.test_the_contents_name_every_page_and_no_other)


# ---- Exercises


def test_defects_in_an_exercise_are_caught(monkeypatch):
    exercise = practice.EXERCISES["steps"]
    hints = test_practice.test_hints_lead_without_giving_the_answer_away
    hints(exercise)
    must_catch(hints, dataclasses.replace(exercise, hint={"en": "", "zh": ""}))
    must_catch(hints, dataclasses.replace(exercise, hint={"en": "Round up."}))
    told = "math.ceil(samples / batch_size) * epochs"
    must_catch(hints, dataclasses.replace(exercise, hint={"en": told, "zh": told}))
    mistakes = test_practice.test_three_or_more_typical_mistakes_are_each_named
    must_catch(mistakes, dataclasses.replace(exercise, mistakes=exercise.mistakes[:2]))
    mute = dataclasses.replace(exercise.mistakes[2], en="Round up.", zh="别的话")
    spoilt = (*exercise.mistakes[:2], mute)  # what the exercise itself says is another sentence
    must_catch(mistakes, dataclasses.replace(exercise, mistakes=spoilt), words="mistake 2")


def test_a_stored_solution_that_fails_its_own_check_is_caught(change_page):
    def fail(page):
        cell = code(
            page, lambda c: "solution" in c.metadata.get("tags", ()) and "steps" in c.source
        )
        cell.outputs[-1].data["text/plain"] = "✗ steps"

    name = "test_notebooks_state_each_exercise_with_a_stub_that_fails_and_a_solution_that_passes"
    change_page(FIRST_LOOK, fail)
    check = getattr(test_practice, name)
    check("zh")
    must_catch(check, "en", words=r"'steps': \[\(False, '✗'\), \(True, '✗'\)\]")


# ---- Outputs, by nbval


def test_nbval_catches_a_changed_a_cleared_and_an_added_output(tmp_path):
    def result(text: str):
        return v4.new_output("execute_result", {"text/plain": text}, execution_count=1)

    cells = {
        "import numpy as np": [],
        "np.arange(3) * 7": [result("array([ 0,  7, 14])")],
        "np.arange(3) * 7  # changed": [result("array([ 0,  7, 15])")],
        "print('seven')": [says("seven\n")],
        "print('seven')  # cleared": [],
        "None  # added": [says("loaded\n")],
        "np.arange(3)": [result("array([0, 1, 2])")],
    }
    page = v4.new_notebook(
        cells=[
            v4.new_code_cell(source, outputs=outputs, execution_count=1)
            for source, outputs in cells.items()
        ]
    )
    page.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(page, tmp_path / "page.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "nbval.plugin", "--nbval", "-rf", tmp_path],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    failed = [list(cells)[int(n)] for n in re.findall(r"^FAILED .*::Cell (\d+)", done.stdout, re.M)]
    assert failed == [source for source in cells if "  # " in source], done.stdout


# ---- The repository


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A function that copies files of the repository to a folder that the checks then look at."""

    def look(module, *names: str) -> Path:
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
        monkeypatch.setattr(module, "ROOT", tmp_path)
        return tmp_path

    return look


def spoil(file: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, file.read_text("utf-8"), count=1, flags=re.M)
    assert count == 1, f"{pattern} is not in {file.name}"
    file.write_text(text, "utf-8")


def test_a_requirement_without_hashes_is_caught(elsewhere):
    lock = (
        elsewhere(
            test_locks,
            "requirements.txt", "requirements.in", "requirements-book.in", "requirements-run.in",
        )
        / "requirements.txt"
    )  # fmt: skip
    check = test_locks.test_every_locked_package_has_hashes_and_every_wanted_one_is_locked
    check("requirements.txt")
    spoil(lock, r"^(numpy==\S+)(?:.*\\\n)(?:    --hash.*\n)+", r"\1\n")
    must_catch(check, "requirements.txt")


def test_a_tool_of_the_authors_in_a_clusters_image_is_caught(elsewhere):
    folder = elsewhere(test_locks, "requirements.txt", "requirements-run.txt")
    check = test_locks.test_what_readers_and_a_clusters_servers_install_has_no_tools_of_the_authors
    check()
    spoil(folder / "requirements-run.txt", r"\Z", "pytest==9.2.0\n")
    must_catch(check)


def test_a_registry_in_a_file_is_caught(elsewhere):
    folder = elsewhere(test_locks, "README.md", *test_locks.LOCKS)
    test_locks.test_no_file_names_a_registry()
    test_locks.test_no_lock_names_a_registry_and_no_source_comes_from_elsewhere()
    spoil(folder / "README.md", r"\Z", "\nhttps://" + "py" + "pi.org/simple\n")
    must_catch(test_locks.test_no_file_names_a_registry)
    spoil(folder / "requirements.txt", r"\A", "--extra-index-url x\n")
    must_catch(test_locks.test_no_lock_names_a_registry_and_no_source_comes_from_elsewhere)


@pytest.mark.parametrize("line", ["from {} import explorables", "pip install --user {}"])
def test_the_other_project_of_our_old_name_is_caught(elsewhere, line):
    folder = elsewhere(test_locks, "README.md")
    check = test_locks.test_no_file_imports_or_installs_the_other_project_called_gears
    check()
    spoil(folder / "README.md", r"\Z", "\n" + line.format("gears") + "\n")
    must_catch(check, words="gearsbook")


def test_a_guide_that_names_what_is_not_there_is_caught(elsewhere):
    readme = elsewhere(test_readme, "README.md", "README.zh-CN.md") / "README.md"
    check = test_readme.test_every_command_is_one
    check("README.md")
    spoil(readme, "-m tools lab ", "-m tools laboratory ")
    must_catch(check, "README.md")
    must_catch(test_readme.test_both_readmes_show_the_same_commands)
    spoil(readme, r"\]\(README.zh-CN.md\)", "](LIESMICH.md)")
    links = test_readme.test_every_path_and_link_exists
    must_catch(links, "README.md", words="LIESMICH.md")


@pytest.mark.parametrize(
    ("pattern", "new", "check", "arguments"),
    [
        ("“Play”", "“Gallop”", test_teach.test_the_controls_to_use_are_on_the_page, ["en"]),
        ("`film_strip`", "`film`", test_teach.test_the_exercises_to_set_are_on_the_page, ["en"]),
        (r"^### \[2.4.2.*", "", test_teach.test_every_notebook_has_its_note_of_four_parts, ["en"]),
        (r"\*\*Ask:", "**Tell:", test_teach.test_every_notebook_has_its_note_of_four_parts, ["en"]),
        (
            r"\| [2-9](\d) \|",
            r"| 1\1 |",
            test_teach.test_sessions_take_the_minutes_stated_and_fit_into_90,
            [],
        ),
        (
            "2.3.6 Learning",
            "Learning",
            test_teach.test_the_long_course_has_every_section_in_order,
            [],
        ),
        ("other 56", "other 80", test_teach.test_the_sums_in_the_text_are_right, []),
        ("`make book`", "`make books`", test_teach.test_every_command_is_one, ["en"]),
        (
            "^.*nbconvert --to",
            "nbconvert",
            test_teach.test_both_editions_show_the_same_commands_and_courses,
            [],
        ),
        (r"^\| missing", "| absent", test_teach.test_the_verdicts_are_those_of_the_tool, ["en"]),
    ],
)
def test_what_is_wrong_on_the_page_for_teachers_is_caught(
    monkeypatch, pattern, new, check, arguments
):
    pages = {edition: test_teach.page(edition) for edition in build.EDITIONS}
    pages["en"], count = re.subn(pattern, new, pages["en"], count=1, flags=re.M)
    assert count == 1
    monkeypatch.setattr(test_teach, "page", pages.__getitem__)
    must_catch(check, *arguments)


def test_an_action_that_is_not_pinned_is_caught(elsewhere):
    workflow = ".github/workflows/ci.yml"
    folder = elsewhere(test_readme, workflow)
    test_readme.test_the_workflow_calls_ci_and_pins_every_action()
    spoil(folder / workflow, r"@[0-9a-f]{40}", "@v5")
    must_catch(test_readme.test_the_workflow_calls_ci_and_pins_every_action)


def test_a_misspelt_key_of_the_chinese_configuration_is_caught(tmp_path, monkeypatch):
    (tmp_path / "book" / "zh").mkdir(parents=True)
    for name in ("_config.yml", "book/zh/config.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    check = test_editions.test_the_chinese_configuration_changes_only_what_exists
    check()
    spoil(tmp_path / "book/zh/config.yml", "^copyright:", "copyrite:")
    must_catch(check)


# ---- The built site

PAGE = "en/02-tensors/01-scalars.html"


@pytest.fixture(scope="module")
def links_to_the_site(site, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    # as links: a copy costs nothing, and the page under test is put in a link's place
    shutil.copytree(site, folder, copy_function=lambda a, b: Path(b).symlink_to(a))
    return folder


@pytest.fixture
def spoil_page(links_to_the_site, monkeypatch):
    """A function that changes PAGE in a copy of the site, which the checks then look at."""

    def change(*defects: tuple[str, str, str]) -> Path:
        page = links_to_the_site / PAGE
        page.unlink()
        shutil.copy(SITE / PAGE, page)
        for pattern, new, _ in defects:
            spoil(page, pattern, new)
        # the policy of the page allows no other place for styles
        page.with_name("spoilt.css").write_text("\n".join(css for *_, css in defects), "utf-8")
        spoil(page, "</head>", '<link rel="stylesheet" href="spoilt.css"></head>')
        for module in (test_chinese, test_site, test_glossary, test_on_pages):
            monkeypatch.setattr(module, "SITE", links_to_the_site)
        test_site.anchors.cache_clear()
        return links_to_the_site

    yield change
    test_site.anchors.cache_clear()


IN_A_BUILT_PAGE = {
    "a link to a page that is gone": (r'href="02-vectors\.html', 'href="02-victors.html'),
    "a link to a heading that is gone": (r'href="#[a-z]', 'href="#no-such-'),
    "a picture that is gone": (r'src="\.\./_images/\w', 'src="../_images/no-such-'),
}


@pytest.mark.parametrize("defect", IN_A_BUILT_PAGE)
def test_a_broken_link_on_a_built_page_is_caught(spoil_page, defect):
    folder = spoil_page((*IN_A_BUILT_PAGE[defect], ""))
    check = test_site.test_every_internal_link_and_anchor_leads_somewhere
    must_catch(check, folder, PAGE, words=f"{PAGE} points to .*{IN_A_BUILT_PAGE[defect][1][6:]}")


def test_a_question_whose_answer_is_wrong_or_not_folded_is_caught(spoil_page):
    check = test_site.test_a_reader_without_a_kernel_chooses_among_the_bodies_before_each_solution
    check(PAGE)
    for defect in (("✓ Right", "✗ Right"), ("<li><details>", "<li><details open>")):
        spoil_page((*defect, ""))
        must_catch(check, PAGE)


def test_a_body_that_is_not_what_is_said_of_it_is_caught(monkeypatch):
    check = test_bodies.test_one_body_passes_and_each_other_hears_the_hint_that_is_said_to_it
    check("grey")
    monkeypatch.setitem(bodies.EDITS, "lambda images: grey(images)[..., 0]", ("[...", "[:, ..."))
    monkeypatch.setattr(test_bodies, "QUESTIONS", bodies.questions.__wrapped__())
    must_catch(check, "grey", words=":, ...")


def test_marks_of_bold_type_and_a_missing_description_are_caught(spoil_page):
    spoil_page(("</h1>", "</h1><p>**粗体。**后</p>", ""))
    must_catch(test_site.test_no_mark_of_bold_type_is_left_for_readers_to_see, PAGE, words="粗体")
    spoil_page((r'<meta property="og:description"[^>]*>', "", ""))
    described = test_site.test_shared_links_show_title_and_description
    must_catch(described, PAGE, words="og:description")


CHINESE_ON_A_PAGE = {
    "slanted": ("</h1>", "</h1><em>次序</em>"),
    "a blank behind a head": ("</h1>", "</h1><strong>次序。</strong> 先"),
}
CHINESE_SAID = {
    "a blank around a term": "搭出 网络",
    "a blank before a mark": "网络 ，一步步",
    "commas between the entries of a list": "它会讲；, 自己会写",
    "a colon of half width": "软件包: import",
}


def test_chinese_that_is_not_set_as_chinese_on_a_built_page_is_caught(spoil_page):
    check = test_chinese.test_no_chinese_of_a_page_is_slanted_and_no_blank_follows_a_head
    check(PAGE)
    for defect in CHINESE_ON_A_PAGE.values():
        spoil_page((*defect, ""))
        must_catch(check, PAGE, words="次序|先")
    check = test_chinese.test_what_is_said_of_a_page_is_set_as_chinese
    for defect in CHINESE_SAID.values():
        said = f"{'读到这里的人都知道，' * 9}{defect}。"
        names = ("og:description", '"description')
        spoil_page(
            *((f'{name}" content="[^"]*"', f'{name}" content="{said}"', "") for name in names)
        )
        must_catch(check, PAGE, words=defect[:5])


# What is put where, with which style, and what the check of them all then says. Defects that do not
# hide each other are looked at in one visit.
VIEW = test_views.test_page_is_whole_quiet_accessible_and_fits
PHONE = test_views.test_page_that_begins_dark_on_a_phone_is_dark_and_fits
COLOURS = test_views.test_colours_of_text_code_and_formulas_can_be_read_in_both_themes
IN_THE_BROWSER = {
    "what the policy forbids": (VIEW, [
        ("</head>", '<script src="https://cdn.example.org/x.js"></script></head>', "",
         r"x\.js.*Content Security Policy"),
        ("</head>", '<link rel="stylesheet" href="https://cdn.example.org/x.css"></head>', "",
         r"x\.css.*Content Security Policy"),
        ("</body>", "<script>1</script></body>", "", "inline script.*Content Security Policy"),
    ]),
    "what breaks a rule of axe": (VIEW, [
        (r'(<img [^>]*?)alt="[^"]*"', r"\1", "", "image-alt"),
        (r'(<div class="page-tools">)', r"\1<button></button>", "", "button-name"),
        ("</main>", "</main><main>x</main>", "", "landmark"),
        ("</main>", "</main><p>lost</p>", "", "region"),
        ("</h1>", "</h1><h4>deep</h4>", "", "heading-order"),
    ]),
    "a line too wide for a phone": (VIEW, [
        ("</h1>", "</h1><p>" + "wide" * 200 + "</p>", "", "px too wide")]),
    "a line too wide for the narrowest phone alone": (VIEW, [
        ("</h1>", '</h1><p class="x">x</p>', ".x {width: 330px}", "px too wide for 320")]),
    "a line too wide for a window between phone and desk": (VIEW, [
        ("</h1>", '</h1><p class="x">x</p>',
         "@media (500px < width < 700px) {.x {width: 800px}}", "px too wide for 600")]),
    "what breaks a rule on a phone alone": (VIEW, [
        ("</h1>", '</h1><button class="x">a</button><button class="x">b</button>',
         "@media (width < 600px) {.x {width: 9px; height: 9px; padding: 0; overflow: hidden}}",
         "target-size"),
        ("</h1>", '</h1><div class="y"><p>' + "wide " * 30 + "</p></div>",
         ".y {overflow-x: auto} .y p {white-space: nowrap}", "scrollable-region-focusable"),
    ]),
    "a page that begins on a phone too wide": (PHONE, [
        ("</h1>", '</h1><p class="x">x</p>', ".x {width: 330px}", "<= 0")]),
    "pale text": (COLOURS, [
        ("</h1>", '</h1><p class="x">pale</p>', ".x {color: #aaa}", "contrast of 2.*>pale<")]),
    "a link that only its colour marks": (COLOURS, [
        ("</h1>", '</h1><p>in <a class="x" href="#">a link</a></p>',
         "html[data-theme=dark] .x {text-decoration: none !important}", "a link without a line")]),
    "what is pale in the dark, in code and in formulas": (COLOURS, [
        ("</h1>", '</h1><p class="x">pale</p>', "html[data-theme=dark] .x {color: #444}",
         "contrast of 1.*>pale<"),
        ("</h1>", '</h1><svg><text class="y" y="20">drawn</text></svg>',
         "html[data-theme=dark] .y {fill: #444}", "contrast of 1.*>drawn<"),
        ("</head>", "</head>", ".highlight .nb {color: #999 !important}",
         'contrast of 2.*class="nb"'),
        ("</head>", "</head>", "html[data-theme=dark] .highlight .nn {color: #555 !important}",
         'contrast of [12].*class="nn"'),
        ("</head>", "</head>", ".highlight .mi {background: #777}",
         'contrast of [12].*class="mi"'),
        ("</head>", "</head>", ".highlight .k {opacity: .4}", 'contrast of [12].*class="k"'),
        ("</head>", "</head>", ".katex-html * {color: #bbb !important}",
         'contrast of 1.*class="mord'),
    ]),
    "a wide formula without its beginning": (
        test_site.test_a_formula_too_wide_for_a_phone_shows_its_beginning, [
        ("</h1>", '</h1><div class="math x"><b class="katex-base">' + "x" * 200 + "</b></div>",
         ".x {overflow: hidden; width: 200px; direction: rtl}", "xxx")]),
    "a figure that is dead": (
        test_on_pages.test_figures_live_on_a_page_opened_from_disk, [
        (r'data-figure="quiz"', 'data-figure="nothing"', "", "alive")]),
    "a module that the page does not show": (
        test_on_pages.test_a_page_loads_the_modules_it_shows_and_no_other, [
        ("</body>", '<script src="../_static/explorables/playground.js?v=1"></script></body>', "",
         "playground")]),
    "text that only a script shows": (
        test_site.test_page_without_javascript_has_text_code_formulas_and_pictures, [
        ("</h1>", '</h1><p class="x">only with scripts</p>',
         "html[data-theme=auto] .x {display: none}", "scripts")]),
    "a language switch that leads to another page": (
        test_site.test_language_switch_stays_on_the_page_and_hreflang_names_both, [
        (r'(language-switch" href=")[^"]*', r"\1../../zh/02-tensors/02-vectors.html", "",
         "02-vectors")]),
    "a download that is another notebook": (
        lambda visit, address: test_site.test_the_notebook_can_be_downloaded(
            test_site.SITE, address), [
        (r'01-scalars(.ipynb" download)', r"02-vectors\1", "", "cells")]),
    "a page that is heavy": (
        test_site.test_a_notebook_page_alone_is_a_light_first_page, [
        ("</h1>",
         "</h1><!-- " + "".join(f"{hash((n, 'x')):x} " for n in range(30_000)) + "-->", "",
         "<= 110000")]),
}  # fmt: skip


@pytest.mark.parametrize("defects", IN_THE_BROWSER)
def test_defects_that_only_a_browser_sees_are_caught(spoil_page, chromium, defects):
    check, together = IN_THE_BROWSER[defects]
    folder = spoil_page(*((pattern, new, style) for pattern, new, style, _ in together))
    with serve.serving(folder, serve.QuietHandler) as address:
        visit = Visits(chromium, folder, address, whole=False)
        with pytest.raises(AssertionError) as caught:
            check(visit, PAGE)
    for *_, words in together:
        assert re.search(words, str(caught.value)), f"{words} is not in {caught.value}"


@pytest.mark.parametrize(
    ("check", "style"),
    [
        (test_signs.test_a_live_figure_has_a_frame_that_is_whole_and_takes_no_room,
         "div.cell_output .output.text_html {overflow-x: auto !important}"),
        (test_signs.test_white_paper_is_dimmed_in_the_dark_and_what_is_on_it_can_be_read,
         "img {filter: none !important}"),
    ],
)  # fmt: skip
def test_a_frame_that_is_cut_off_and_paper_that_glares_are_caught(
    spoil_page, new_page, check, style
):
    with serve.serving(spoil_page(("</h1>", "</h1>", style)), serve.QuietHandler) as address:
        must_catch(check, new_page, address, PAGE)


# the same, all of them in one visit
ON_A_TEMPLATE = [
    (r'(<div class="highlight">)', r'\1<button class="in-code"></button>', "",
     r"button-name: \S*in-code"),
    (r"(<pre>)(?=<span)", r'\1<b role="nothing">x</b>', "", "aria-roles"),
    ("</h1>", '</h1><button class="on-phone"></button>',
     "@media (width >= 600px) {.on-phone {display: none}}",
     r"light, 320: button-name: \S*on-phone"),
    ("</h1>", '</h1><p>A long line with <a class="unmarked" href="#">a link</a> in it.</p>',
     "html[data-theme=dark] .unmarked {text-decoration: none !important}",
     "dark, 320: link-in-text-block"),
    ("</head>", "</head>", "html[data-theme=dark] .bd-links a {color: #444 !important}",
     "dark, 1280: contrast of 1"),
]  # fmt: skip


def test_defects_in_what_all_pages_of_a_template_share_are_caught(spoil_page, new_page):
    folder = spoil_page(*((pattern, new, style) for pattern, new, style, _ in ON_A_TEMPLATE))
    check = test_views.test_a_page_of_each_template_meets_every_rule_in_both_themes_and_widths
    serving = serve.serving(folder, serve.QuietHandler)
    with serving as address, pytest.raises(AssertionError) as caught:
        check(new_page, address, PAGE)
    for *_, words in ON_A_TEMPLATE:
        assert re.search(words, str(caught.value)), f"{words} is not in {caught.value}"


# ---- Figures


def test_defects_of_a_figures_module_are_caught(tmp_path, monkeypatch):
    import test_contract

    good = single_file(MODULES["dense_plane"][0])
    must_catch(site_part.as_script, "figure", 'import x from "./x.js";\n' + good)
    must_catch(site_part.as_script, "figure", good.replace("export default", "const all ="))
    module = tmp_path / "figure.js"
    for where in (test_contract, test_on_pages):
        monkeypatch.setattr(where, "MODULES", {"figure": (module, module.with_suffix(".css"))})
    for line in ("box.innerHTML = `<p style=\"color: red\">`;", 'p.setAttribute("style", "x");',
                 "box.innerHTML = '<p onclick=\"go()\">';", 'eval("1");'):  # fmt: skip
        module.write_text(good + line)
        must_catch(test_contract.test_no_module_writes_a_style_attribute_or_code_into_the_page)
    noise = "".join(f"{hash((n, 'noise')):x}" for n in range(3000))
    module.write_text(f"{good}// {noise}")
    must_catch(test_on_pages.test_modules_and_mount_script_are_small)


# ---- gearsbook itself

# file, a piece of it, what is put in its place, and the test that must fail then
PRACTICE, MNIST = "tests/practice/test_practice.py::test_", "tests/notebooks/test_mnist.py::test_"
PLOTTING, CONTRACT = (
    "tests/notebooks/test_plotting.py::test_",
    "tests/figures/test_contract.py::test_",
)
FIGURE = "tests/figures/test_"
IN_GEARSBOOK = [
    ("language.py", "if language not in LANGUAGES:", "if not language:",
     CONTRACT + "a_language_that_is_not_spoken_is_refused"),
    ("plotting.py", "_COLOURS_PER_PICTURE = 24", "_COLOURS_PER_PICTURE = 256",
     PLOTTING + "a_stored_picture_has_few_colours_and_is_much_smaller"),
    ("plotting.py", "255 if images.dtype == np.uint8 else 1.0", "255",
     PLOTTING + "images_are_drawn_in_a_grid_with_their_titles"),
    ("plotting.py", "rows = -(-len(images) // columns)", "rows = len(images) // columns",
     PLOTTING + "images_are_drawn_in_a_grid_with_their_titles"),
    ("plotting.py", "if len(titles) not in (0, len(images)):", "if len(titles) > len(images):",
     PLOTTING + "titles_must_be_as_many_as_images"),
    ("datasets/mnist/__init__.py", "return bytearray(gzip", "return bytes(gzip",
     MNIST + "result_has_the_shapes_and_dtypes_of_keras"),
    ("datasets/__init__.py", "if found != sha256:", "if not content:",
     MNIST + "a_truncated_or_altered_file_is_named_with_both_sums"),
    ("datasets/__init__.py", "except OSError as error:", "except EOFError as error:",
     MNIST + "a_missing_file_is_named_with_the_way_out"),
    ("practice/exercise.py", "expected.dtype != came.dtype:", "expected.size != came.size:",
     PRACTICE + "a_wrong_dtype_and_a_wrong_shape_are_told_apart"),
    ("practice/exercise.py", 'dtype.kind in "biu":', 'dtype.kind in "b":',
     PRACTICE + "whole_numbers_are_compared_exactly_and_others_but_for_rounding"),
    ("practice/exercise.py", "all(itertools.compress(agrees, shows))", "all(agrees)",
     PRACTICE + "a_mistake_is_named_also_by_an_answer_that_makes_it_only_where_it_shows"),
    ("practice/exercise.py", "[Answer(None, TOO_LONG)]", "[Answer(None)]",
     PRACTICE + "an_endless_loop_is_stopped_and_hears_why"),
    ("practice/exercise.py", "last_bits = 16 * ", "last_bits = 1e10 * ",
     PRACTICE + "an_argument_measured_in_place_and_put_back_has_not_changed"),
    ("practice/exercise.py", "given = copy.deepcopy(case)", "given = case",
     PRACTICE + "an_answer_that_changes_its_input_is_told_so"),
    ("practice/exercise.py", "except (Exception, SystemExit) as error:",
     "except Exception as error:", PRACTICE + "nothing_that_an_answer_does_raises"),
    ("practice/exercise.py", "if came is None:", "if came == 0:",
     PRACTICE + "the_untouched_stub_fails_and_hears_why"),
    ("practice/exercise.py", "rtol: float = 1e-5", "rtol: float = 1e-1",
     PRACTICE + "three_or_more_typical_mistakes_are_each_named"),
    ("practice/__init__.py", "if not callable(function) or name not in EXERCISES:",
     "if not callable(function):", PRACTICE + "a_misspelt_name_is_answered_with_the_right_one"),
    ("practice/exercise.py", "words, answer, expected = WORDS[language.current()]",
     "words, answer, expected = WORDS['en']",
     PRACTICE + "an_answer_that_changes_its_input_is_told_so"),
    ("practice/exercise.py", "return mistake.hint[language.current()]", "return mistake.hint['en']",
     PRACTICE + "three_or_more_typical_mistakes_are_each_named"),
    ("practice/exercise.py", "形状是 {came}", "形状是 {come}",
     PRACTICE + "every_sentence_has_the_same_gaps_in_both_languages"),
    ("practice/exercise.py", "except Exception:  # the reader's own class may",
     "except ValueError:  # the reader's own class may",
     PRACTICE + "nothing_that_an_answer_does_raises"),
    ("practice/first_look.py", "return math.ceil(samples / batch_size)",
     "return math.floor(samples / batch_size)",
     PRACTICE + "three_or_more_typical_mistakes_are_each_named"),
    ("practice/vector_data.py", "np.where(constant, 1, train.std(axis=0))",
     "np.where(train.std(axis=0) > 0, train.std(axis=0), 1)",
     PRACTICE + "three_or_more_typical_mistakes_are_each_named"),
    ("plotting.py", '["DejaVu Sans", CHINESE]', '["DejaVu Sans"]',
     PLOTTING + "chinese_is_drawn_and_english_looks_as_without_it"),
    ("plotting.py", '["DejaVu Sans", CHINESE]', "[CHINESE]",
     PLOTTING + "chinese_is_drawn_and_english_looks_as_without_it"),
    ("plotting.py", "weight=700", "weight=400",
     PLOTTING + "chinese_is_drawn_and_english_looks_as_without_it"),
    ("plotting.py", ".quantize(colours, ", ".quantize(24, ",
     PLOTTING + "a_page_about_colours_stores_them_as_they_are"),
    ("explorables/digit_inspector/compute.js", '"row", row, 0, SIDE - 1', '"row", row, 0, SIDE',
     CONTRACT + "a_refused_value_leaves_the_figure_as_it_was"),
    ("explorables/parts/numbers.js", "  Number.isInteger(value) &&", "  Number(value) >= 0 &&",
     CONTRACT + "true_and_false_are_no_numbers"),
    ("explorables/figure.py", ".replace(\"'\", \"&#39;\")", "",
     CONTRACT + "text_with_quotes_and_tags_is_stored_as_text"),
    ("explorables/figure.py", "escape(self.describe())", "self.describe()",
     CONTRACT + "text_with_quotes_and_tags_is_stored_as_text"),
    ("explorables/figure.py", "if unknown := sorted(set(options) - set(names)):",
     "if unknown := sorted(set(options) - set(names))[1:]:",
     CONTRACT + "an_unknown_option_is_named_with_those_there_are"),
    ("explorables/quiz/__init__.py", "if right != 1 or", "if right < 1 or",
     "tests/figures/test_quiz.py::test_a_text_that_breaks_a_rule_is_refused_by_name"),
    ("explorables/dense_plane/compute.js", "return a * d - b * c;", "return a * d + b * c;",
     "tests/figures/test_dense_plane.py::test_flat_means_flat_and_not_merely_small"),
    ("explorables/split_batch/compute.js", "+ Math.ceil(batch / workers)", "+ batch / workers",
     "tests/figures/test_split_batch.py::test_the_times_of_1200_random_settings_are_numpys"),
    # what was asked of Chromium is asked of the engine
    ("explorables/quiz/compute.js", '"<": "&lt;"', '"<": "<"',
     FIGURE + "quiz.py::test_quiz_text_is_escaped_and_what_stands_in_backquotes_is_code"),
    ("explorables/rank_ladder/compute.js", "left += box.width + 3;", "left += box.width - 3;",
     FIGURE + "rank_ladder.py::"
     "test_pictures_lie_side_by_side_in_the_drawing_with_a_line_for_each_axis"),
    ("explorables/rank_ladder/compute.js", "isPlane === (channel", "isPlane !== (channel",
     FIGURE + "rank_ladder.py::test_an_axis_points_out_what_it_counts"),
    ("explorables/parts/training.js", "1 - h * h", "1 - h",
     FIGURE + "training.py::test_the_gradient_in_the_browser_is_numpys_and_the_measured_one[tanh]"),
    ("explorables/unfolding_sheet/compute.js", "isAffine = 2 * part <=", "isAffine = 2 * part <",
     FIGURE + "unfolding_sheet.py::test_the_sentence_says_how_far_the_sheet_has_come"),
    ("explorables/unfolding_sheet/compute.js", "return found.sort((p, q) => angle(p) - angle(q));",
     "return found;",
     FIGURE + "unfolding_sheet.py::test_the_drawn_cut_lies_in_its_plane_and_in_the_box"),
    # one page shows what was on many, each defect in one of its figures only
    ("explorables/matmul_stepper/view.js", "if (fitting) {", "if (fitting || x[0].length < 2) {",
     FIGURE + "matmul_stepper.py::test_what_is_drawn_and_said_is_what_numpy_computes"),
    ("explorables/reshape_transpose/view.js", "through, read, state", "through, inMemory, state",
     FIGURE + "reshape_transpose.py::test_what_is_drawn_is_what_numpy_makes_of_it"),
    ("explorables/split_batch/view.js", "= parts.filter(Boolean)", "= parts",
     FIGURE + "split_batch.py::test_the_bars_last_as_long_as_what_they_stand_for"),
    ("explorables/split_batch/view.js", "best < MOST ? words", "best <= MOST ? words",
     FIGURE + "split_batch.py::test_the_points_stand_at_the_speed_ups"),
    ("explorables/parts/figure.js", "sentence(own, now)", "sentence(words.en, now)",
     FIGURE + "secant_tangent.py::test_sentences_are_pythons_and_none_makes_the_page_jump[320-zh]"),
    ("explorables/parts/live.js", "setTimeout(turn, REST)", "setTimeout(turn, REST / 4)",
     FIGURE + "live.py::test_a_drag_is_told_once_a_second_and_at_its_end"),
    ("explorables/parts/fields.js", '"input" && !read(field)', '"input"',
     FIGURE + "number_fields.py"
     "::test_a_number_that_cannot_be_is_refused_with_its_range[secant_tangent]"),
    ("explorables/style.css", ":is(.cursor, .cell,", ":is(.cursor,",
     FIGURE + "forced_colours.py::test_what_marks_a_state_is_seen_in_forced_colours[dark]"),
    ("explorables/secant_tangent/style.css", "output { min-height: 9.2em; }",
     "output { min-height: 0; }",
     FIGURE + "secant_tangent.py::test_sentences_are_pythons_and_none_makes_the_page_jump[320-en]"),
    ("explorables/parts/controls.js",
     'field.addEventListener("blur", () => show(page.state()));', "",
     FIGURE + "secant_tangent.py::test_a_number_that_cannot_be_goes_back_to_the_one_there_was"),
    ("explorables/slice_explorer/view.js", 'select(shape, "..."), indices: [],',
     'select(shape, "..."),',
     FIGURE + "slice_explorer.py::test_the_figure_survives_a_text_that_was_wrong_from_the_start"),
    ("explorables/playground/view.js", "return report(words, state, run);",
     "return report(words, state, run).slice(0, 160);",
     FIGURE + "playground.py::test_sentences_are_pythons_and_none_makes_the_page_jump[en]"),
    ("explorables/playground/style.css", "output { min-height: 10.7em; }",
     "output { min-height: 0; }",
     FIGURE + "playground.py::test_sentences_are_pythons_and_none_makes_the_page_jump[en]"),
    # a clock that the test moves sees what goes on
    ("explorables/playground/view.js", "running.stop();\n    page.set({ steps });",
     "page.set({ steps });",
     FIGURE + "playground.py::test_start_pause_step_and_reset_do_what_they_say"),
    ("explorables/parts/ticking.js", "clearInterval(timer);", "",
     FIGURE + "unfolding_sheet.py::test_it_moves_only_when_asked_to_and_can_be_stopped"),
    ("explorables/unfolding_sheet/view.js", "by = isCalm() ? SUBSTEPS : 1;", "by = 1;",
     FIGURE + "unfolding_sheet.py::test_who_wants_no_motion_sees_whole_layers_only"),
    ("explorables/playground/compute.js", "DENSITY = 15;", "DENSITY = 90;",
     FIGURE + "playground.py::test_no_task_takes_more_than_fifty_milliseconds_of_the_processor"),
    # axe of all states at once
    ("explorables/matmul_stepper/style.css",
     ".hint { margin-top: .6rem; color: var(--gears-muted);",
     ".hint { margin-top: .6rem; color: #bbb;",
     FIGURE + "matmul_stepper.py::test_every_product_fits_the_page_and_is_accessible[320]"),
    ("explorables/reshape_transpose/style.css", ".title .shape { color: var(--gears-muted);",
     ".title .shape { color: #bbb;",
     FIGURE + "reshape_transpose.py::test_every_array_fits_and_is_accessible[320]"),
    ("explorables/secant_tangent/style.css", ".side p { color: var(--gears-muted);",
     ".side p { color: #bbb;",
     FIGURE + "secant_tangent.py::test_it_fits_and_is_accessible[320]"),
    ("explorables/split_batch/style.css", ".note { margin-top: .5rem;",
     ".note { margin-top: .5rem; color: #bbb;",
     FIGURE + "split_batch.py::test_it_is_accessible_where_it_says_something_else"),
    ("explorables/playground/style.css", ".note { margin-top: .5rem;",
     ".note { margin-top: .5rem; color: #bbb;",
     FIGURE + "playground.py::test_it_fits_and_is_accessible[320]"),
    ("explorables/unfolding_sheet/style.css", "max-width: 11em; color: var(--gears-muted);",
     "max-width: 11em; color: #bbb;",
     FIGURE + "unfolding_sheet.py::test_it_fits_and_is_accessible[320]"),
]  # fmt: skip

# These can spoil what is seen of any figure, and so does a test of all figures see any defect.
OF_ALL_FIGURES = ("language.py", "explorables/figure.py", "explorables/parts/")


def batches() -> list[list[tuple[str, str, str, str]]]:
    """The defects in groups of which each is seen by its own test alone: one run of pytest each."""
    alone, by_test_file = [], defaultdict(list)
    for defect in IN_GEARSBOOK:
        file, _, _, test = defect
        if file.startswith(OF_ALL_FIGURES) or test.startswith(CONTRACT):
            alone.append([defect])
        else:
            by_test_file[test.partition("::")[0]].append(defect)
    together = itertools.zip_longest(*by_test_file.values())
    return [[defect for defect in batch if defect] for batch in together] + alone


# Imports what is slow once, then runs pytest in a fork of itself for every line it is given: a
# folder with gearsbook in it, a file for what pytest says, how many milliseconds to wait for what
# a page should show, and tests. Answers with what became of each.
RUNNER = """
import collections, gc, json, os, sys
import anywidget, axe_playwright_python.sync_playwright, bs4, hypothesis, keras, nbformat, numpy
import matplotlib.pyplot, PIL.Image, playwright.sync_api, pytest, sphinx.application

class Outcomes:
    def __init__(self, tests, patience):
        self.of, self.patience = {test: "not run" for test in tests}, patience

    def pytest_collection_finish(self):
        playwright.sync_api.expect.set_options(timeout=self.patience)

    def named(self, nodeid):
        return nodeid if nodeid in self.of else nodeid.partition("[")[0]

    def pytest_runtest_setup(self, item):
        if self.of[self.named(item.nodeid)] == "failed":
            pytest.skip("one case that fails is enough")

    def pytest_runtest_logreport(self, report):
        test = self.named(report.nodeid)
        if self.of[test] != "failed" and (report.when == "call" or report.failed):
            self.of[test] = report.outcome if report.when == "call" else "error"

gc.freeze()
for line in sys.stdin:
    source, log, patience, *tests = json.loads(line)
    answer, given = os.pipe()
    if process := os.fork():
        os.close(given)
        with os.fdopen(answer) as text:
            print(text.read(), flush=True)
        os.waitpid(process, 0)
        continue
    os.close(answer)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.dup2(1, 2)
    sys.dont_write_bytecode = True
    sys.path.insert(0, source)
    import gearsbook  # of the copy, before pytest puts src in front of it
    outcomes = Outcomes(tests, patience)
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:nbval"]
    pytest.main([*options, *tests], plugins=[outcomes])
    os.write(given, json.dumps(outcomes.of).encode())
    os._exit(0)
"""


@pytest.fixture(scope="module")
def outcomes(links_to_gearsbook, tmp_path_factory):
    """Runs tests with the copy of gearsbook: what became of each, and what pytest said."""
    log = tmp_path_factory.mktemp("runner") / "log.txt"
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip

        def run(*tests: str, patience: int = 1000 * LIMIT) -> tuple[dict[str, str], str]:
            line = json.dumps([str(links_to_gearsbook), str(log), patience, *tests])
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline()), log.read_text("utf-8")

        yield run
        process.stdin.close()


@pytest.fixture(scope="module")
def links_to_gearsbook(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("gearsbook") / "src"
    ours = Path(practice.__file__).parents[1]
    shutil.copytree(
        ours, folder / "gearsbook", copy_function=lambda a, b: Path(b).symlink_to(a),
        ignore=shutil.ignore_patterns("__pycache__"),
    )  # fmt: skip
    compileall.compile_dir(folder, quiet=2)  # once, not for every defect
    return folder


def test_in_the_copy_of_gearsbook_as_it_is_a_named_test_of_each_file_passes(outcomes):
    """Else the defects below would be caught because of the copy."""
    of_each_file = {test.partition("::")[0]: test for *_, test in IN_GEARSBOOK}
    found, words = outcomes(*of_each_file.values())
    assert set(found.values()) == {"passed"}, words


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: f"{batch[0][0]}: {batch[0][2]}")
def test_defects_in_gearsbook_are_caught(outcomes, links_to_gearsbook, batch):
    spoilt = {}
    for file, old, new, _ in batch:
        ours = (links_to_gearsbook / "gearsbook" / file).resolve()
        text = ours.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands in {text.count(old)} places of {file}"
        spoilt[links_to_gearsbook / "gearsbook" / file] = ours, text.replace(old, new)
    for file, (_, text) in spoilt.items():
        file.unlink()
        file.write_text(text, "utf-8")
    try:
        # what a defect keeps from coming is waited for in vain
        found, words = outcomes(*(test for *_, test in batch), patience=5000)
    finally:
        for file, (ours, _) in spoilt.items():
            file.unlink()
            file.symlink_to(ours)
    not_caught = {test: outcome for test, outcome in found.items() if outcome != "failed"}
    assert not not_caught, words


# ---- The PDFs


@pytest.mark.release
def test_a_wrong_page_number_in_a_pdf_is_caught(monkeypatch):
    check = test_pdf.test_every_title_stands_on_the_page_that_the_contents_name
    moved = {name: page + 1 for name, page in test_pdf.places("en").items()}
    monkeypatch.setattr(test_pdf, "places", lambda edition: moved)
    must_catch(check, "en")


@pytest.mark.release
def test_radicals_that_stay_in_a_pdf_are_caught(monkeypatch):
    printed = b"beginbfchar\n<0001> <2F42>\n<0002> <2EC5>\nendbfchar"
    character = pdf._character(re.search(rb"<(2F42)>", printed))
    assert character == b"<6587>"
    monkeypatch.setattr(test_pdf, "text", lambda edition, number: "神经⽹络 梯度下降 反向传播 页")
    must_catch(test_pdf.test_chinese_can_be_searched)
