"""What every interactive figure keeps: stored form, errors, accessibility, no interference."""

import json
import re

from bs4 import BeautifulSoup
from gears import explorables, language, modules
from gears.explorables import base
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect
import pytest
from sphinx.errors import ExtensionError

from browsing import violations
from example_figure.doubling import Doubling
from figures import (
    EXAMPLE,
    FIGURES,
    MODULES,
    every_figure,
    random_inputs,
    stored,
    write_page,
)
from gears_site import explorables as site_part


@random_inputs
@given(n=st.integers(0, 10))
def test_the_example_figure_doubles(compute, n):
    assert compute("doubling", "double", n) == 2 * n


# ---- What is stored -------------------------------------------------------------------------


@every_figure
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_stored_form_is_plain_html_and_the_same_every_time(name, spoken):
    language.use(spoken)
    html = stored(FIGURES[name].make())
    assert html == stored(FIGURES[name].make())
    assert not re.search(r"<script|<style|\b(?:id|style|on\w+)=", html)
    box = BeautifulSoup(html, "html.parser").find("div", class_="gears-explorable")
    assert json.loads(box["data-state"])["language"] == spoken
    assert len(box.get_text()) > 5


def test_no_module_writes_a_style_attribute_or_code_into_the_page():
    """A Content-Security-Policy refuses both; `element.style.width = …` it lets pass."""
    for module in MODULES:
        found = re.search(
            r"""\b(?:style|on[a-z]+)=["'`$]|["'`]style["'`],|\beval\(|new Function""",
            module.read_text("utf-8"),
        )
        assert not found, f"{module.name}: {found and found[0]}"


@every_figure
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_stored_text_is_what_the_figure_says_at_first(name, spoken, show):
    language.use(spoken)
    figure = FIGURES[name].make()
    page = show(figure, lang=spoken)
    said = page.locator(".gears-figure").inner_text() if name == "quiz" else None
    if said is None:
        assert page.locator("output").inner_text() == figure.describe()
    else:
        assert all(question["text"] in said for question in figure.questions)


def test_text_with_quotes_and_tags_is_stored_as_text(monkeypatch):
    words = "<b> isn't bold & so on"
    monkeypatch.setattr(Doubling, "describe", lambda self: words)
    assert BeautifulSoup(stored(Doubling(n=1)), "html.parser").div.get_text() == words
    quiz = explorables.Quiz("? Isn't it <b>?\n+ \"yes\" | 'Quite'.\n- no & no | <i>\n")
    state = BeautifulSoup(stored(quiz), "html.parser").div["data-state"]
    assert json.loads(state)["questions"] == quiz.questions


# ---- Bad options, bad states, missing modules -----------------------------------------------


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(ValueError, match="language is 'fr': it must be 'en' or 'zh'"):
        language.use("fr")


def test_an_unknown_option_is_named_with_those_there_are():
    with pytest.raises(TypeError, match="no option 'digits': it has column, digit, "):
        explorables.DigitInspector(digits=3)


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None])
def test_true_and_false_are_no_numbers(value):
    with pytest.raises(ValueError, match=f"n is {value!r}: it must be a whole number"):
        Doubling(n=value)


def test_a_refused_value_leaves_the_figure_as_it_was():
    figure = explorables.DigitInspector(row=5)
    with pytest.raises(ValueError, match="row is 28"):
        figure.row = 28
    assert figure.row == 5


@every_figure
@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("damage", ["module", "state", "json"])
def test_a_figure_that_cannot_be_shown_leaves_its_text_and_says_why(
    name, spoken, damage, workshop, chromium
):
    language.use(spoken)
    folder, address = workshop
    html = stored(FIGURES[name].make())
    if damage == "state":
        box = BeautifulSoup(html, "html.parser").div
        box["data-state"] = json.dumps(json.loads(box["data-state"]) | FIGURES[name].broken)
        html = str(box)
    elif damage == "json":
        html = html.replace("data-state='{", "data-state='")
    page = chromium.new_page()
    if damage == "module":
        page.route(f"**/{name}.js", lambda route: route.abort())
    page.goto(f"{address}/{write_page(folder, html, lang=spoken)}")
    apology = page.locator(".gears-failure")
    expect(apology).to_contain_text({"en": "could not be shown", "zh": "没能显示"}[spoken])
    text = BeautifulSoup(html, "html.parser").get_text()
    assert page.locator(".gears-explorable").text_content().startswith(text)
    page.close()


def test_parts_stand_once_in_the_place_of_their_imports(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.js").write_text("export const a = 1;\nexport const c = 2;\n")
    (tmp_path / "parts" / "b.js").write_text('import { a } from "./a.js";\nexport const b = a;\n')
    module = tmp_path / "figure.js"
    module.write_text(
        'import {\n  a,\n  c,\n} from "./parts/a.js";\nimport { b } from "./parts/b.js";\n'
        "export default b;\n"
    )
    assert modules.single_file(module) == (
        "export const a = 1;\nexport const c = 2;\nexport const b = a;\nexport default b;\n"
    )


def test_blocks_of_jsdoc_do_not_travel_to_readers_and_code_after_a_cast_does():
    script = (
        "/**\n * Twice.\n *\n * @param {number} n\n */\n"
        "const double = (n) => 2 * n; // short\n"
        "  /** @type {HTMLElement} */ (box).hidden = true; /* kept */\n"
        "  /** @type {number[]} */\n  const all = [];\n"
    )
    assert modules.without_documentation(script) == (
        "const double = (n) => 2 * n; // short\n"
        "  /** @type {HTMLElement} */ (box).hidden = true; /* kept */\n"
        "  const all = [];\n"
    )


@every_figure
def test_a_file_comes_from_python_when_the_front_end_asks(name, monkeypatch, tmp_path):
    """The page's own way to files is in the tests of the figures that have some."""
    monkeypatch.setattr(base, "FILES", tmp_path)
    (tmp_path / "numbers.bin").write_bytes(b"\x01\x02")
    figure, answers = FIGURES[name].make(), []
    monkeypatch.setattr(type(figure), "send", lambda _, *answer: answers.append(answer))
    for wanted in ("numbers", "../base", None):
        figure._handle_custom_msg({"file": wanted}, [])
    assert answers == [
        ({"file": "numbers"}, [b"\x01\x02"]),
        ({"file": "../base", "error": "there is no file ../base.bin"},),
        ({"file": None, "error": "there is no file None.bin"},),
    ]


def test_a_module_that_jupyterlab_could_not_load_stops_the_build():
    good = EXAMPLE.read_text("utf-8")
    with pytest.raises(ExtensionError, match=r"doubling\.js imports another module"):
        site_part.as_script("doubling", 'import { x } from "./x.js";\n' + good)
    with pytest.raises(ExtensionError, match=r"doubling\.js has 0 default exports"):
        site_part.as_script("doubling", good.replace("export default", ""))


@every_figure
def test_two_figures_of_a_kind_do_not_disturb_each_other(name, show):
    page = show(FIGURES[name].make(), FIGURES[name].make())
    figures = page.locator(".gears-figure")
    before = figures.all_inner_texts()
    FIGURES[name].use(figures.nth(1))
    after = figures.all_inner_texts()
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert page.watch.problems == []


@every_figure
def test_nothing_moves_by_itself(name, show):
    page = show(FIGURES[name].make(), reduced_motion="reduce")
    before = page.locator("main").screenshot()
    page.wait_for_timeout(500)
    assert page.locator("main").screenshot() == before
    assert page.evaluate("document.getAnimations().length") == 0


@every_figure
@pytest.mark.parametrize("width", [320, 1280])
def test_figure_is_accessible_and_fits(name, width, show):
    page = show(FIGURES[name].make(), viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, "main") == []
    assert page.watch.problems == []
