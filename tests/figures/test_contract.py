"""What every interactive figure keeps: stored form, errors, accessibility, no interference."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
import importlib
from itertools import product
import json
import math
import re
import shutil

from bs4 import BeautifulSoup
from gearsbook import explorables, language, modules
from gearsbook.explorables import datafiles
from gearsbook.explorables.figure import State
from playwright.sync_api import Page, expect
import pytest
from sphinx.errors import ExtensionError

from browsing import laid_out, mount_figures, two_frames
from engine import Engine
from example_figure.doubling import Doubling
from figures import (
    EXAMPLE,
    FIGURES,
    LOOKS,
    MODULES,
    check_that_it_fits_and_is_accessible,
    every_figure,
    stored,
    write_page,
)
from gearsbook_site import explorables as site_part
import twins
from waiting import until


def test_the_example_figure_doubles(evaluate):
    assert evaluate("doubling", "xs.map(m.double)", [*range(11)]) == [*range(0, 22, 2)]


# ---- The engine and the browser --------------------------------------------------------------


def check_that_both_compute_the_same(
    name: str, one: Callable, other: Callable, module: str
) -> None:
    """Ask two functions like `evaluate` for the same states."""
    states, twin = twins.draw(name), twins.TWINS[name]
    came = [evaluate(module, f"xs.map({twin.computes})", states) for evaluate in (one, other)]
    assert len(came[0]) == 1000
    for state, ours, theirs in zip(states, *came, strict=True):
        assert twins.same(ours, theirs, twin.last_bits), f"{name} of {state}"


@every_figure
def test_chromium_computes_what_the_engine_computes(name, evaluate, in_chromium):
    """So what the figures' tests prove in the engine holds in a browser."""
    check_that_both_compute_the_same(name, evaluate, in_chromium, name)


def test_a_last_bit_that_is_another_in_a_browser_is_caught(workshop, in_chromium):
    spoilt = workshop[0] / "spoilt.js"
    twice = "2 * n * (typeof document === 'undefined' ? 1 : 1 + Number.EPSILON)"
    spoilt.write_text(EXAMPLE.replace("2 * n", twice), "utf-8")
    in_engine = Engine({"spoilt": spoilt}).evaluate
    with pytest.raises(AssertionError, match=r"doubling of .*'n': "):
        check_that_both_compute_the_same("doubling", in_engine, in_chromium, "spoilt")


@pytest.mark.parametrize(
    ("one", "other", "last_bits"),
    [
        (0.0, -0.0, False), (1, 1 + 2**-52, False), (1, 1 + 1e-11, True), ("a", "b", True),
        ([1, [2]], [1, [2, 3]], True), ({"a": 1}, {"a": 1, "b": None}, True), (None, 0, True),
        (math.nan, 0.0, True), ([math.inf], [1e308], True), ({"a": [1]}, {"a": ["1"]}, False),
    ],
)  # fmt: skip
def test_what_is_not_the_same_is_seen(one, other, last_bits):
    assert twins.same(one, one, last_bits)
    assert not twins.same(one, other, last_bits)


# ---- What is stored -------------------------------------------------------------------------


@every_figure
def test_the_stored_form_is_plain_html_and_the_same_every_time(name):
    for spoken in language.LANGUAGES:
        language.use(spoken)
        html = stored(FIGURES[name].make())
        assert html == stored(FIGURES[name].make())
        assert not re.search(r"<script|<style|\b(?:id|style|on\w+)=", html)
        box = BeautifulSoup(html, "html.parser").find("div", class_="gears-explorable")
        assert json.loads(box["data-state"])["language"] == spoken
        assert len(box.get_text()) > 5
        # a line does not end before a unit, or within n = 40
        assert not re.search(r"\d (?:%|[mµ]s\b|[GM]bit)|\bn =", box.get_text())


def test_no_module_writes_a_style_attribute_or_code_into_the_page():
    """A Content-Security-Policy refuses both; `element.style.width = …` it lets pass."""
    for name, (module, _) in MODULES.items():
        found = re.search(
            r"""\b(?:style|on[a-z]+)=["'`$]|["'`]style["'`],|\beval\(|new Function""",
            modules.single_file(module),
        )
        assert not found, f"{name}: {found and found[0]}"


@every_figure
def test_two_figures_say_on_paper_what_is_stored_and_do_not_disturb_each_other(name, show):
    figures = []
    for spoken in language.LANGUAGES:
        language.use(spoken)
        figures.append(FIGURES[name].make())
    page = show(*figures)
    page.emulate_media(media="print")  # alive, some begin before that
    two_frames(page)
    for at, figure in enumerate(figures):
        box = page.locator(".gears-figure").nth(at)
        if name == "quiz":  # which has nothing to say yet
            assert all(question["text"] in box.inner_text() for question in figure.questions)
        else:
            output = box.locator("output")
            expect(output).to_have_text(figure.describe())  # it may compute first
            assert output.inner_text() == figure.describe()
    page.emulate_media(media="null")
    two_frames(page)
    boxes = page.locator(".gears-figure")
    before = boxes.all_inner_texts()
    FIGURES[name].use(boxes.first)
    after = boxes.all_inner_texts()
    assert after[0] != before[0]
    assert after[1] == before[1]
    assert page.watch.problems == []


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


@pytest.mark.parametrize("value", [True, False, 1.5, "1", None])
def test_true_and_false_are_no_numbers(value):
    with pytest.raises(ValueError, match=f"n is {json.dumps(value)}: it must be a whole number"):
        Doubling(n=value)


ODD = (
    None, True, "x", "", "xx", [], [None], [[None]], [[]], {}, -1, 1e9, 0.5, [1, "a"],
    [[1, 2], [3]],
)  # fmt: skip


@every_figure
def test_whatever_a_value_is_it_is_taken_or_refused_in_words(name):
    figure = FIGURES[name].make()
    for value, (trait, state) in product(ODD, figure.traits().items()):
        if isinstance(state, State) and not state.read_only:
            before, was_taken = figure.state(), False
            with suppress(ValueError):  # any other error ends the test
                setattr(figure, trait, value)
                was_taken = True
            if was_taken:
                figure = FIGURES[name].make()
            else:
                assert figure.state() == before


def test_a_refused_value_leaves_the_figure_as_it_was():
    figure = explorables.DigitInspector(row=5)
    with pytest.raises(ValueError, match="row is 28"):
        figure.row = 28
    assert figure.row == 5


def check_that_texts_are_left(page: Page, html: list[str], apology: str) -> None:
    """Each figure of a page has the text that was stored, and what went wrong below it."""
    mount_figures(page)
    for box, one in zip(page.locator(".gears-explorable").all(), html, strict=True):
        expect(box.locator(".gears-failure")).to_contain_text(apology)
        text = BeautifulSoup(one, "html.parser").get_text()
        assert box.text_content().startswith(text)
        assert len(box.text_content()) > len(text)


def test_a_figure_whose_state_is_bad_leaves_its_text_and_says_why(workshop, new_page):
    """Every figure refuses a state itself, which another program may have stored."""
    folder, address = workshop
    html = []
    for example in FIGURES.values():
        box = BeautifulSoup(stored(example.make()), "html.parser").div
        box["data-state"] = json.dumps(json.loads(box["data-state"]) | example.broken)
        html.append(str(box))
    page = new_page()
    page.goto(f"{address}/{write_page(folder, *html)}")
    check_that_texts_are_left(page, html, "could not be shown")
    reasons = page.locator(".gears-failure").all_inner_texts()
    for example, why in zip(FIGURES.values(), reasons, strict=True):
        assert all(broken in why for broken in example.broken)


@pytest.mark.parametrize("damage", ["module", "json"])
def test_a_figure_that_cannot_be_shown_leaves_its_text_and_says_why(damage, workshop, new_page):
    """One figure is enough: the mount script finds out, and has the words."""
    folder, address = workshop
    for spoken, apology in {"en": "could not be shown", "zh": "没能显示"}.items():
        language.use(spoken)
        html = stored(Doubling(n=4))
        page = new_page()
        if damage == "json":
            html = html.replace("data-state='{", "data-state='")
        else:
            page.route("**/doubling.js", lambda route: route.abort())
        page.goto(f"{address}/{write_page(folder, html, lang=spoken)}")
        check_that_texts_are_left(page, [html], apology)


def test_modules_stand_once_before_those_that_import_them(tmp_path, monkeypatch):
    monkeypatch.setattr(modules, "PARTS", tmp_path)
    (tmp_path / "a.js").write_text("export const a = 1;\nexport const c = 2;\n")
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport const b = a;\n')
    module = tmp_path / "some_figure" / "view.js"
    module.parent.mkdir()
    module.write_text(
        'import {\n  a,\n  c,\n} from "../parts/a.js";\nimport { b } from "../parts/b.js";\n'
        "export default b;\n"
    )
    whole = "export const a = 1;\nexport const c = 2;\nexport const b = a;\nexport default b;\n"
    assert modules.single_file(module) == whole
    assert modules.single_file(tmp_path / "a.js", module) == whole
    (tmp_path / "b.js").write_text("function c() {}\nexport const b = c;\n")
    with pytest.raises(ValueError, match=r"b\.js and a\.js both have a c"):
        modules.single_file(module)


def test_comments_do_not_travel_to_readers_and_code_after_a_cast_does():
    script = (
        "// Doubles.\n\n/**\n * Twice.\n *\n * @param {number} n\n */\n"
        "const double = (n) => 2 * n; // short\n"
        'const text = `n; // ${7 // 2}`, also = "; // 2";\n'
        "  /** @type {HTMLElement} */ (box).hidden = true; /* kept */\n"
        "  /** @type {number[]} */\n  // none\n  const all = [];\n"
    )
    assert modules.without_documentation(script) == (
        "\nconst double = (n) => 2 * n;\n"
        'const text = `n; // ${7 // 2}`, also = "; // 2";\n'
        "  (box).hidden = true; /* kept */\n"
        "  const all = [];\n"
    )


def test_a_file_comes_from_python_when_the_front_end_asks(monkeypatch, tmp_path):
    """The page's own way to files is in the tests of the figures that have some."""
    monkeypatch.setattr(datafiles, "FILES", tmp_path)
    (tmp_path / "numbers.bin").write_bytes(b"\x01\x02")
    monkeypatch.setitem(datafiles.SHA256, "numbers", sha256(b"\x01\x02").hexdigest())
    figure, answers = Doubling(), []
    monkeypatch.setattr(Doubling, "send", lambda _, *answer: answers.append(answer))
    for wanted in ("numbers", "../figure", None):
        figure._handle_custom_msg({"file": wanted}, [])
    assert answers == [
        ({"file": "numbers"}, [b"\x01\x02"]),
        ({"file": "../figure", "error": "there is no file ../figure.bin"},),
        ({"file": None, "error": "there is no file None.bin"},),
    ]
    (tmp_path / "numbers.bin").write_bytes(b"\x01\x03")
    figure._handle_custom_msg({"file": "numbers"}, [])
    assert "numbers.bin is damaged" in answers[-1][0]["error"]


def test_a_figure_follows_its_sources_where_an_author_asks_for_it(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("ANYWIDGET_HMR", "1")
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "tripling"
    shutil.copytree(MODULES["doubling"][0].parent, folder)
    kind = importlib.import_module("tripling").Doubling
    figure = kind(n=4)

    def save(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")

    save("view.js", "max: 10", "max: 9")
    until(lambda: "max: 9" in figure._esm, "the changed view")
    save("view.js", "./words.js", "./world.js")
    until(lambda: "world.js" in capfd.readouterr().err, "what is wrong with the view")
    save("view.js", "./world.js", "./words.js")
    save("compute.js", "2 * n", "3 * n")
    until(lambda: "3 * n" in figure._esm, "the changed computation")
    assert figure.describe() == "Twice 4 is 12."
    (folder / "style.css").write_text(".tripling { color: red; }", "utf-8")
    until(lambda: "color: red" in figure._css, "the new looks")
    assert "color: red" in kind(n=1)._css


def test_a_module_that_jupyterlab_could_not_load_stops_the_build():
    with pytest.raises(ExtensionError, match=r"doubling\.js imports another module"):
        site_part.as_script("doubling", 'import { x } from "./x.js";\n' + EXAMPLE)
    with pytest.raises(ExtensionError, match=r"doubling\.js has 0 default exports"):
        site_part.as_script("doubling", EXAMPLE.replace("export default", ""))


def test_paper_shows_what_is_set_and_nothing_that_wants_a_hand(show):
    page = show(FIGURES["quiz"].make(), explorables.SecantTangent(), explorables.Playground())
    FIGURES["quiz"].use(page.locator(".quiz"))
    page.emulate_media(media="print")
    expect(page.locator(".quiz [aria-pressed=true]")).to_be_visible()
    expect(page.locator(".secant-tangent label", has=page.locator("[name=x]"))).to_be_visible()
    expect(page.locator(".playground .put")).to_be_hidden()
    for field in page.locator("[type=number]:visible").all():
        assert field.evaluate("(one) => getComputedStyle(one).borderTopWidth") == "0px"


def test_a_button_pressed_by_key_keeps_the_focus_in_its_figure(show):
    examples = {name: example.make() for name, example in FIGURES.items()}
    examples["playground"] = explorables.Playground(samples="own", points=[(0, 0, 1)], steps=5)
    page = show(*examples.values())
    lost = []
    for name, figure in zip(examples, page.locator(".gears-figure").all(), strict=True):
        for button in figure.locator("button").element_handles():
            if button.is_visible():
                button.press("Enter")
                two_frames(page)
                if not figure.evaluate("(figure) => figure.contains(document.activeElement)"):
                    lost.append((name, button.inner_text()))
    assert lost == []


def test_names_tell_of_arrow_keys_and_not_of_values(show):
    """A screen reader would read a slider's value twice at each step."""
    page = show(*(example.make() for example in FIGURES.values()))
    names = re.compile(r'slider "([^"]*)"')
    before = names.findall(page.locator("main").aria_snapshot())
    for slider in page.locator("[type=range]").all():
        slider.press(
            "ArrowLeft" if slider.evaluate("(one) => one.value === one.max") else "ArrowRight"
        )
    assert names.findall(page.locator("main").aria_snapshot()) == before
    assert len(before) > 15
    for pad in page.get_by_role("application").all():
        assert re.search("[Aa]rrow", pad.get_attribute("aria-label")), pad


# What a figure writes, and its canvases' dots. Two pictures of the same page can differ in a few
# dots: the browser paints what it paints again in other parts.
WRITTEN = """() => {
    const dots = () => [...document.querySelectorAll("canvas")].map((each) => each.toDataURL());
    const before = dots(), written = [];
    const watch = (records) => {
        for (const { type, target } of records) written.push(`${type} ${target.nodeName}`);
    };
    const observer = new MutationObserver(watch);
    observer.observe(document, {
        attributes: true, characterData: true, childList: true, subtree: true,
    });
    window.written = () => {
        watch(observer.takeRecords());
        return [
            ...written,
            ...dots().flatMap((each, n) => each === before[n] ? [] : [`canvas ${n}`]),
            ...document.getAnimations().map(() => "animation"),
        ];
    };
}"""


def check_that_nothing_moves(page: Page) -> None:
    """Let the page's clock, which stands still, run for a minute after the first drawing."""
    page.clock.run_for(1000)
    page.evaluate(WRITTEN)
    page.clock.run_for(60_000)
    assert page.evaluate("written()") == []


@every_figure
def test_nothing_moves_by_itself(name, show):
    page = show(FIGURES[name].make(), clock=True, reduced_motion="reduce")
    check_that_nothing_moves(page)


@pytest.mark.parametrize(
    "move",
    [
        "setInterval(() => { box.textContent += '!'; }, 10_000)",
        "setTimeout(() => { box.style.color = 'red'; }, 59_000)",
        "let n = 0; const go = () => requestAnimationFrame(() => { n += 1;"
        " box.style.paddingLeft = `${n / 100}px`; go(); }); go()",
        "box.animate([{ opacity: 1 }, { opacity: 0.99 }], { duration: 1e6 })",
        "const pen = box.appendChild(document.createElement('canvas')).getContext('2d');"
        " setTimeout(() => pen.fillRect(0, 0, 9, 9), 9_000)",
    ],
)
def test_a_figure_that_moves_is_caught(move, show):
    page = show(Doubling(n=4), clock=True, reduced_motion="reduce")
    page.evaluate(f"() => {{ const box = document.querySelector('output'); {move}; }}")
    with pytest.raises(AssertionError):
        check_that_nothing_moves(page)


# where arrow keys move something; in the first ones a pointer does, too, and Home is the browser's
PLOTS = ["dense_plane", "descent", "secant_tangent"]
OTHERS = ["batch_walker", "digit_inspector", "inside_network", "rank_ladder", "unfolding_sheet"]


@pytest.mark.parametrize("name", [*PLOTS, *OTHERS])
def test_keys_and_buttons_that_are_the_browsers_stay_so(name, show):
    page = show(FIGURES[name].make())
    figure = page.locator(".gears-figure")
    pad = figure.locator("[tabindex='0']").first
    pad.focus()
    before = figure.evaluate(LOOKS)
    for key in ("Control+ArrowLeft", "Alt+ArrowUp", "Meta+ArrowRight", "Control+Home"):
        pad.press(key)
    if name in PLOTS:
        pad.press("Home")
        pad.click(button="right", position={"x": 20, "y": 20})
    assert figure.evaluate(LOOKS) == before


@every_figure
def test_figure_is_accessible_and_fits(name, show):
    page = show(FIGURES[name].make(), viewport={"width": 320, "height": 900})
    check_that_it_fits_and_is_accessible(page)
    assert page.watch.problems == []


@pytest.mark.parametrize(
    ("defect", "words"),
    [
        ("box.style.width = '400px'", "px wide at 320"),
        ("box.innerHTML = '<img src=\"data:,\">'", "320 px: .*image-alt"),
        ("addStyle('@media (width > 600px) { .gears-figure output { color: #999 } }')",
         "1280 px: .*light: contrast of 2"),
        ("addStyle('html[data-theme=dark] .gears-figure output { color: #444 }')",
         "320 px: .*dark: contrast of "),
    ],
)  # fmt: skip
def test_a_figure_that_not_everybody_can_use_is_caught(defect, words, show):
    page = show(Doubling(n=4))
    page.evaluate(f"""() => {{
        const box = document.querySelector("output"), sheet = new CSSStyleSheet();
        const addStyle = (rule) => sheet.replaceSync(rule);
        document.adoptedStyleSheets.push(sheet);
        {defect};
    }}""")
    with pytest.raises(AssertionError, match=words):
        check_that_it_fits_and_is_accessible(page)


def test_a_sentence_that_gets_shorter_leaves_its_room_until_the_width_changes(show):
    wide = show(explorables.BatchWalker(), viewport={"width": 700, "height": 900})
    page = show(explorables.BatchWalker(), viewport={"width": 360, "height": 900})

    def height(page: Page) -> float:
        return page.locator(".gears-figure").bounding_box()["height"]

    first = height(page)
    page.locator("[name=last]").click()
    two_frames(page)
    last = height(page)  # one sentence more: it is a short batch
    assert last > first
    page.locator("[name=first]").click()
    assert height(page) == last
    page.set_viewport_size({"width": 700, "height": 900})
    laid_out(page)
    assert height(page) == height(wide)
