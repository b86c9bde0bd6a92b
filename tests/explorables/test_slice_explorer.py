"""The slice explorer: its parser and NumPy agree, errors included, and every way to slice works."""

import ast
import random

from gears import explorables, language
from gears.explorables import slice_explorer
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, sentence

SYNTAX = {"blank", "gap", "colons", "float", "strange", "list", "token"}
INT64 = (-(2**63) - 1, -(2**63), 2**63 - 1, 2**63, 10**20)
MISTAKES = {
    "": "blank",
    "  ": "blank",
    ",": "gap",
    "1,,2": "gap",
    "(,)": "gap",
    "1:2:3:4": "colons",
    "1.5": "float",
    "1.:": "float",
    "1e3": "float",
    "1，2": "strange",
    "1：3": "strange",
    "…": "strange",
    "−1": "strange",
    "[0, 2]": "list",
    "a": "token",
    "007": "token",
    "1__0": "token",
    "1 2": "token",
    "-": "token",
    "-None": "token",
    "...:2": "token",
    ". . .": "token",
    "(1:2)": "token",
    "1+1": "token",
    "len(x)": "token",
    "alert(1)": "token",
    "__import__('os').getcwd()": "token",
}


@pytest.fixture(scope="module")
def module(workshop, chromium):
    """A function that evaluates an expression of the module `m` and of `xs`, in the browser."""
    page = chromium.new_page()
    page.goto(f"{workshop[1]}/style.css")

    def evaluate(expression: str, xs: object):
        module = "await import('/slice_explorer.js')"
        return page.evaluate(f"async (xs) => {{ const m = {module}; return {expression}; }}", xs)

    yield evaluate
    page.close()


# ---- The parser and NumPy ---------------------------------------------------------------------


def some_integer(rng: random.Random, length: int) -> int:
    return rng.choice((rng.randint(-length - 2, length + 2), rng.randint(-9, 9)))


def some_item(rng: random.Random, length: int) -> object:
    """An integer or a slice that is mostly in range."""
    if rng.random() < 0.02:
        return rng.choice(INT64)
    if rng.random() < 0.4:
        inside = length and rng.random() < 0.85
        return rng.randrange(-length, length) if inside else some_integer(rng, length)
    parts = [rng.choice((None, some_integer(rng, length))) for _ in range(3)]
    if parts[2] == 0 and rng.random() < 0.8:
        parts[2] = None
    if rng.random() < 0.05:
        parts[rng.randrange(3)] = rng.choice(INT64)
    return slice(*parts)


def some_index(rng: random.Random, shape: tuple[int, ...]) -> tuple:
    lengths = [*shape, 3, 3] if rng.random() < 0.1 else list(shape)
    items = [some_item(rng, length) for length in lengths]
    if rng.random() < 0.4:
        del items[rng.randint(0, len(items)) :]
    for extra, chance in ((..., 0.25), (..., 0.03), (None, 0.2), (None, 0.1)):
        if rng.random() < chance:
            items.insert(rng.randint(0, len(items)), extra)
    return tuple(items)


def spelled(rng: random.Random, item: object) -> str:
    """One of the ways to write an item."""

    def blank() -> str:
        return rng.choice(("", "", "", " ", "  ", "\t"))

    if item is ...:
        text = rng.choice(("...", "Ellipsis"))
    elif item is None:
        text = rng.choice(("None", "np.newaxis", "numpy.newaxis"))
    elif isinstance(item, int):
        digits = rng.choice((str, str, "{:_}".format, hex, "0b{:b}".format))(abs(item))
        signs = ("-", "- ", "+-", "-+", "---") if item < 0 else ("", "", "+", "--", "- -")
        text = rng.choice(signs) + digits
    else:
        parts = [item.start, item.stop, item.step]
        if item.step is None and rng.random() < 0.7:
            parts.pop()
        missing = ("", "", "", "None")
        text = ":".join(rng.choice(missing) if x is None else spelled(rng, x) for x in parts)
    return f"{blank()}{text}{blank()}"


def written(rng: random.Random, index: tuple) -> str:
    """One of the ways to write an index."""
    text = ",".join(spelled(rng, item) for item in index)
    plain = not any(isinstance(item, slice) for item in index)
    if not index or (plain and len(index) > 1 and rng.random() < 0.1):
        return f"({text})"
    return text + rng.choice(("", "", "", ",", ", "))


def as_numpy_has_it(shape: tuple[int, ...], index: object) -> dict[str, object]:
    numbers = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    try:
        taken = numbers[index]
    except (IndexError, OverflowError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"shape": list(taken.shape), "indices": taken.ravel().tolist()}


def as_the_figure_has_it(module, cases: list) -> list[dict[str, object]]:
    return module(
        """xs.map(([shape, text]) => {
            const { error, indices, shape: found } = m.select(shape, text);
            if (error) return { error: m.numpysWords(error) || error.kind };
            return { shape: found, indices };
        })""",
        cases,
    )


def test_five_thousand_random_slices_take_what_numpy_takes_and_fail_with_its_words(module):
    rng = random.Random(1)
    cases, expected = [], []
    for _ in range(5000):
        shape = tuple(rng.randint(0, 6) if rng.random() < 0.3 else rng.randint(1, 6)
                      for _ in range(rng.randint(0, 4)))  # fmt: skip
        index = some_index(rng, shape)
        cases.append([shape, written(rng, index)])
        expected.append(as_numpy_has_it(shape, index))
    found = as_the_figure_has_it(module, cases)
    differing = [row for row in zip(cases, found, expected, strict=True) if row[1] != row[2]]
    assert differing[:3] == []
    failures = " ".join(result["error"] for result in expected if "error" in result)
    for words in slice_explorer.NUMPYS_WORDS:
        assert failures.count(words) > 10, words
    assert sum("indices" in result for result in expected) > 3000


def from_syntax(node: ast.expr) -> object:
    """The index that a syntax tree stands for; TypeError for what the figure does not read."""
    match node:
        case ast.Tuple(elts):
            if any(isinstance(item, ast.Tuple) for item in elts):
                raise TypeError("a tuple in a tuple")
            return tuple(map(from_syntax, elts))
        case ast.Slice(lower, upper, step):
            parts = [part and from_syntax(part) for part in (lower, upper, step)]
            if ... in parts:
                raise TypeError("three dots in a slice")
            return slice(*parts)
        case ast.UnaryOp(ast.USub() | ast.UAdd() as sign, operand):
            value = from_syntax(operand)
            if type(value) is not int:
                raise TypeError("a sign without a number")
            return -value if isinstance(sign, ast.USub) else value
        case ast.Constant(value) if type(value) in (int, type(None), type(...)):
            return value
    raise TypeError(ast.dump(node))


def as_python_has_it(shape: tuple[int, ...], text: str) -> dict[str, object] | None:
    try:
        tree = ast.parse(f"x[{text}]", mode="eval").body
        if not isinstance(tree, ast.Subscript) or not isinstance(tree.value, ast.Name):
            return None
        return as_numpy_has_it(shape, from_syntax(tree.slice))
    except (SyntaxError, TypeError):
        return None


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_texts_put_together_at_random_are_read_as_python_reads_them_or_refused(module):
    rng = random.Random(2)
    parts = (
        *"0123456789",
        *":::,,,,--+_. ()ae",
        "...",
        "None",
        "1:",
        "::",
        "-1",
        ", ",
        "0x1",
        "1.5",
    )
    cases = [[(3, 4, 5), "".join(rng.choices(parts, k=rng.randint(0, 7)))] for _ in range(5000)]
    accepted = 0
    for (shape, text), found in zip(cases, as_the_figure_has_it(module, cases), strict=True):
        expected = as_python_has_it(shape, text)
        if expected is None:
            assert found.get("error") in SYNTAX, text
        elif found.get("error") in SYNTAX:  # parentheses within the text are not read
            assert "(" in text, text
        else:
            assert found == expected, text
            accepted += 1
    assert accepted > 800


def test_what_is_no_index_is_refused_for_the_reason_that_is_named(module):
    found = as_the_figure_has_it(module, [[(3, 4, 5), text] for text in MISTAKES])
    assert dict(zip(MISTAKES, found, strict=True)) == {
        text: {"error": kind} for text, kind in MISTAKES.items()
    }


def test_python_and_javascript_say_the_same_about_every_text(module):
    rng = random.Random(3)
    states = [["tensor", text] for text in MISTAKES]
    for array, shape in slice_explorer.SHAPES.items():
        texts = {written(rng, some_index(rng, shape)) for _ in range(150)}
        states += [[array, text] for text in sorted(texts) if len(text) <= slice_explorer.LONGEST]
    image = explorables.SliceExplorer().image
    for spoken in language.LANGUAGES:
        language.use(spoken)
        expected = [explorables.SliceExplorer(array=a, text=t).describe() for a, t in states]
        found = module(
            "xs[2].map(([array, text]) => m.sentence(xs[0], array, text, xs[1]))",
            [spoken, image, states],
        )
        assert found == expected


def test_an_array_is_printed_as_numpy_prints_it(module):
    rng = random.Random(4)
    shapes = [tuple(rng.randint(0, 4) for _ in range(rng.randint(0, 4))) for _ in range(300)]
    arrays = [np.arange(np.prod(shape, dtype=int)).reshape(shape) for shape in shapes]
    cases = [[array.shape, array.ravel().tolist()] for array in arrays]
    found = module("xs.map(([shape, values]) => m.repr(shape, values))", cases)
    assert found == [repr(array) if array.ndim else repr(array[()]) for array in arrays]
    assert module("xs.map(m.tuple)", shapes) == [str(shape) for shape in shapes]


# ---- By hand ----------------------------------------------------------------------------------


def in_brackets(page) -> str:
    return page.locator("[name=text]").input_value()


def test_the_figure_is_worked_by_keyboard_alone(show):
    page = show(FIGURES["slice_explorer"].make())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("::2, 1")
    expect(sentence(page)).to_contain_text("The result has the shape (2, 5).")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("x[1] takes 20 of the 60 values")
    page.locator("[role=application]").focus()
    page.keyboard.press("PageDown")
    expect(sentence(page)).to_contain_text("Axis 0: 2 alone")
    page.locator(".row[data-axis='1'] [name=start]").focus()
    page.keyboard.press("ArrowUp")
    expect(sentence(page)).to_contain_text("Axis 1: 1, 2, 3, so length 3.")
    page.locator(".row[data-axis='2'] select").select_option("integer")
    expect(sentence(page)).to_contain_text("Axis 2: 0 alone, so the axis is gone.")


def test_a_crop_is_dragged_moved_and_resized_on_the_digit(show):
    page = show(explorables.SliceExplorer(array="digit", text="..."))
    whole = page.locator(".whole")
    whole.scroll_into_view_if_needed()
    frame = whole.bounding_box()

    def at(row, column):
        pixel = frame["width"] / 28
        return frame["x"] + (column + 0.5) * pixel, frame["y"] + (row + 0.5) * pixel

    page.mouse.move(*at(7, 5))
    page.mouse.down()
    page.mouse.move(*at(12, 14), steps=4)
    page.mouse.up()
    assert in_brackets(page) == "7:13, 5:15"
    expect(sentence(page)).to_contain_text("The result has the shape (6, 10).")
    picture = page.locator("[role=application]")
    picture.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert in_brackets(page) == "8:14, 6:16"
    page.keyboard.press("Shift+ArrowDown")
    assert in_brackets(page) == "8:15, 6:16"


def test_a_mistake_is_named_and_the_last_good_drawing_stays(show):
    page = show(explorables.SliceExplorer(text="0, 1:3"))
    taken = page.locator(".cell.taken").count()
    assert taken == 10
    page.locator("[name=text]").fill("3")
    expect(sentence(page)).to_contain_text("There is no index 3 on axis 0")
    assert page.locator("[name=text]").get_attribute("aria-invalid") == "true"
    assert page.locator(".cell.taken").count() == taken
    page.locator("[name=text]").fill("2")
    expect(sentence(page)).to_contain_text("x[2] takes 20")
    assert page.locator("[name=text]").get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"array": "cube"}, "array is 'cube': it must be one of vector, matrix, tensor, digit"),
        ({"text": 3}, "text is 3: it must be a text of at most 100 characters"),
        ({"text": "1," * 60}, "it must be a text of at most 100 characters"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.SliceExplorer(**options)
