"""The slice explorer: its parser and NumPy agree, errors included, and every way to slice works."""

import ast
import random
import re

from gearsbook import explorables
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, barriers, sentence

SYNTAX = {"blank", "gap", "colons", "float", "strange", "list", "mask", "token"}
NUMPYS_WORDS = (  # in its errors
    "too many indices", "out of bounds", "single ellipsis", "cannot be zero", "only integers",
    "too large",
)  # fmt: skip
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
    "()()": "token",
    "(1)(2)": "token",
    "((1)": "token",
    "():2": "token",
    "(1, 2), 0": "token",
    "True": "mask",
    "0, (False)": "mask",
    "1+1": "token",
    "len(x)": "token",
    "alert(1)": "token",
    "__import__('os').getcwd()": "token",
}


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
    is_number = isinstance(taken, np.generic)
    return {"shape": list(taken.shape), "indices": taken.ravel().tolist(), "isNumber": is_number}


def as_the_figure_has_it(module, cases: list) -> list[dict[str, object]]:
    return module(
        """xs.map(([shape, text]) => {
            const { error, indices, shape: found, isNumber } = m.select(shape, text);
            if (error) return { error: m.numpysWords(error) || error.kind };
            return { shape: found, indices, isNumber };
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
    for words in NUMPYS_WORDS:
        assert failures.count(words) > 10, words
    assert sum("indices" in result for result in expected) > 3000
    without_axes = [result["isNumber"] for result in expected if result.get("shape") == []]
    assert set(without_axes) == {True, False}


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


def index_in(text: str) -> object:
    """What Python makes of a text between brackets."""
    return from_syntax(ast.parse(f"x[{text}]", mode="eval").body.slice)


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
        "(1)",
        "...",
        "None",
        "1:",
        "::",
        "-1",
        ", ",
        "0x1",
        "1.5",
    )
    texts = ["".join(rng.choices(parts, k=rng.randint(0, 7))) for _ in range(5000)]
    texts[::5] = [f"({text})" for text in texts[::5]]
    cases = [[(3, 4, 5), text] for text in texts]
    accepted = []
    for (shape, text), found in zip(cases, as_the_figure_has_it(module, cases), strict=True):
        expected = as_python_has_it(shape, text)
        if expected is None or re.search(r"[+-] ?\(", text):  # a sign of parentheses is not read
            assert found.get("error") in SYNTAX, text
        else:
            assert found == expected, text
            accepted.append(text)
    assert len(accepted) > 800
    assert sum("(" in text for text in accepted) > 20


def test_what_is_no_index_is_refused_for_the_reason_that_is_named(module):
    found = as_the_figure_has_it(module, [[(3, 4, 5), text] for text in MISTAKES])
    assert dict(zip(MISTAKES, found, strict=True)) == {
        text: {"error": kind} for text, kind in MISTAKES.items()
    }


def test_the_sentence_counts_what_numpy_takes_and_names_its_shape(module):
    rng = random.Random(3)
    digit = np.reshape(explorables.SliceExplorer().image, (28, 28))
    arrays = {"tensor": np.arange(60).reshape(3, 4, 5), "digit": digit}
    for name, array in arrays.items():
        indices = [some_index(rng, array.shape) for _ in range(200)]
        texts = [written(rng, index) for index in indices]
        said = module(
            "xs[2].map((text) => m.sentence(m.WORDS.en, { array: xs[0], text, image: xs[1] }))",
            [name, digit.ravel(), texts],
        )
        for index, sentence_ in zip(indices, said, strict=True):
            if "error" in as_numpy_has_it(array.shape, index):
                assert "] fails. " in sentence_
                continue
            taken = array[index]
            assert f"] takes {taken.size} of the {array.size} values of x." in sentence_
            if taken.ndim:
                end = f"the shape {taken.shape}."
            elif isinstance(taken, np.generic):
                end = f" The result is a single number, {taken}, of shape ()."
            else:
                end = f"the result is a 0D array of shape (), and holds {taken} alone."
            assert sentence_.endswith(end)


def test_an_array_is_printed_as_numpy_prints_it(module):
    rng = random.Random(4)
    shapes = [tuple(rng.randint(0, 4) for _ in range(rng.randint(0, 4))) for _ in range(300)]
    arrays = [np.arange(np.prod(shape, dtype=int)).reshape(shape) for shape in shapes]
    cases = [[array.shape, array.ravel().tolist()] for array in arrays]
    found = module("xs.map(([shape, values]) => m.repr(shape, values))", cases)
    assert found == list(map(repr, arrays))
    assert module("xs.map(m.asTuple)", shapes) == [str(shape) for shape in shapes]


# ---- The ways to slice ------------------------------------------------------------------------


def test_what_is_spelled_as_a_slice_takes_just_these_indices(module):
    rng = random.Random(5)
    cases = []
    while len(cases) < 1000:
        length = rng.randint(1, 9)
        taken = range(length)[slice(*(rng.randint(-9, 9) or 1 for _ in range(3)))]
        if taken:
            cases.append([list(taken), length])
    found = module("xs.map(([taken, length]) => m.spell(taken, length))", cases)
    for (taken, length), text in zip(cases, found, strict=True):
        assert list(range(length)[index_in(text)]) == taken


def test_a_box_between_two_corners_holds_both_and_what_lies_between(module):
    rng = random.Random(6)
    shape = (3, 4, 5)
    cases = [[[rng.randrange(60), rng.randrange(60)], shape] for _ in range(300)]
    corners = module("xs.map(([ends, shape]) => ends.map((at) => m.unravelled(at, shape)))", cases)
    found = module("xs.map(([one, two]) => m.box([3, 4, 5], one, two))", corners)
    for (ends, _), pair, text in zip(cases, corners, found, strict=True):
        assert pair == [list(map(int, np.unravel_index(at, shape))) for at in ends]
        low, high = np.minimum(*pair), np.maximum(*pair)
        index = tuple(slice(a, b + 1) for a, b in zip(low, high, strict=True))
        expected = np.arange(60).reshape(shape)[index]
        assert np.array_equal(np.arange(60).reshape(shape)[index_in(text)], expected)


@pytest.mark.parametrize(
    ("shape", "text", "keys", "expected"),
    [
        ((28, 28), "7:-7, 7:-7", "ArrowDown ArrowRight", "8:22, 8:22"),
        ((28, 28), "7:-7, 7:-7", "Shift+ArrowDown Shift+ArrowLeft", "7:22, 7:20"),
        ((28, 28), "14:, 14:", "ArrowDown Shift+ArrowRight", "14:, 14:"),
        ((28, 28), "0:1, 0:1", "ArrowUp ArrowLeft Shift+ArrowUp", "0:1, 0:1"),
        ((28, 28), "0:27", "Shift+ArrowDown", ":, :"),
        ((28, 28), "1:9:2, ::-1", "ArrowDown Shift+ArrowRight Shift+ArrowLeft", "2:9:2, 27:0:-1"),
        ((28, 28), "5, None, :3", "ArrowUp ArrowRight", "4, None, 1:4"),
        ((28, 28), "5, :3", "Shift+ArrowDown", "5:7, :3"),
        ((28, 28), "9:5", "ArrowDown", "1:2, :"),
        ((3, 4, 5), "..., 0", "PageDown", "..., 0"),
        ((3, 4, 5), "0, ..., 0", "PageDown ArrowDown ArrowRight", "1, :, 1"),
        ((10,), "2:5", "ArrowRight", "3:6"),
    ],
)
def test_keys_move_and_resize_what_is_taken_and_never_over_the_rim(
    module, shape, text, keys, expected
):
    for key in keys.split():
        resize, name = key.startswith("Shift+"), key.removeprefix("Shift+")
        moved = module("m.nudge(...xs)", [shape, text, name, resize])
        text = moved
    assert text == expected


def test_other_keys_and_unreadable_texts_are_left_alone(module):
    for shape, text, key in (((10,), "2:5", "ArrowUp"), ((10,), "2:5", "x"), ((10,), "a", "Home")):
        assert module("m.nudge(...xs, false)", [shape, text, key]) is None


def test_every_control_is_reached_and_works_by_keyboard_alone(show):
    page = show(FIGURES["slice_explorer"].make())
    line = page.locator("[name=text]")

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    def focused() -> str:
        return page.evaluate("document.activeElement.name || document.activeElement.className")

    reached = []
    for _ in range(19):
        press("Tab")
        reached.append(focused())
    slice_row = ["kind", "start", "stop", "step"]
    assert reached == [
        "array", "text", "picture", *["example"] * 7, "kind", "start", *slice_row, *slice_row[:3]
    ]  # fmt: skip

    page.locator(".axis[data-axis='0'] select").focus()
    press("ArrowDown")  # from integer to slice: the same place, and the axis is back
    expect(line).to_have_value("0:1, 1:3, ::2")
    expect(sentence(page)).to_contain_text("shape (1, 2, 3)")
    press("ArrowUp", "Tab", "ArrowUp")
    expect(line).to_have_value("1, 1:3, ::2")
    page.locator(".axis[data-axis='2'] [name=stop]").focus()
    press("ArrowDown")  # from 5, where an empty stop stands
    expect(line).to_have_value("1, 1:3, :4:2")
    press("Tab", "ArrowDown", "ArrowDown")
    expect(sentence(page)).to_contain_text("A step of 0 would never get on")
    press("ArrowDown")
    expect(sentence(page)).to_contain_text("Axis 2: nothing, so length 0")
    page.locator("[name=kind]").first.focus()
    press("Shift+Tab", "Enter")
    expect(line).to_have_value("None, 0")
    expect(sentence(page)).to_contain_text("New axes of length 1: 1.")
    page.locator("[name=array]").focus()
    press("ArrowDown")
    expect(line).to_have_value("7:-7, 7:-7")
    page.locator(".picture").focus()
    press("ArrowUp", "Shift+ArrowRight")
    expect(line).to_have_value("6:20, 7:22")
    expect(sentence(page)).to_contain_text("shape (14, 15)")
    line.focus()
    press("Control+a", "Delete")
    page.keyboard.type("14, 14")
    expect(sentence(page)).to_contain_text("a single number, ")
    assert page.watch.problems == []


def test_what_is_typed_is_marked_printed_and_never_run(show):
    page = show(FIGURES["slice_explorer"].make())
    line, marked = page.locator("[name=text]"), page.locator(".cell.taken")
    assert marked.all_inner_texts() == ["5", "7", "9", "10", "12", "14"]
    line.fill("..., -1")
    numbers = np.arange(60).reshape(3, 4, 5)[..., -1]
    assert marked.all_inner_texts() == [str(number) for number in numbers.ravel()]
    assert page.locator("pre").inner_text() == f"x[..., -1] → (3, 4)\n{numbers!r}"
    line.fill("..., -2, 0, 1")
    assert page.locator("pre").inner_text().endswith("\narray(21)")
    line.fill("-2, 0, 1")
    assert page.locator("pre").inner_text().endswith("\nnp.int64(21)")
    line.fill("..., -1")
    line.fill("window.run = 1")
    expect(sentence(page)).to_contain_text("“window.run = 1” in place 1 is not understood")
    assert page.evaluate("window.run") is None
    expect(sentence(page)).to_contain_text("The picture still shows x[..., -1].")
    assert marked.count() == 12  # the last good slice, faded
    expect(line).to_have_attribute("aria-invalid", "true")
    assert page.locator(".stale").count() == 1
    assert barriers(page) == []
    line.fill("9")
    expect(page.locator("pre")).to_contain_text("index 9 is out of bounds for axis 0 with size 3")
    page.locator(".axis[data-axis='0'] [name=start]").fill("2")  # mended where it broke
    expect(line).to_have_value("2, :, :")
    assert page.locator(".stale").count() == 0


def test_a_field_and_the_line_say_the_same_whatever_is_typed(show):
    page = show(explorables.SliceExplorer(array="tensor", text="0, 1:3, ::2"))
    line, stop = page.locator("[name=text]"), page.locator("[data-axis='1'] [name=stop]")
    alert = page.locator("[role=alert]")
    for typed, taken, shown in [
        ("02", "0, 1:2, ::2", "2"),
        ("1e1", "0, 1:10, ::2", "10"),
        ("-1", "0, 1:-1, ::2", "-1"),
        ("", "0, 1:, ::2", ""),
    ]:
        stop.press("ControlOrMeta+a")
        stop.press("Delete")
        stop.press_sequentially(typed)
        expect(line).to_have_value(taken)
        expect(stop).to_have_value(shown)
        expect(alert).to_be_empty()
    for typed, refused in [("1.5", "“1.5”"), ("1e", "“Axis 1: stop”")]:
        stop.fill("1")
        stop.press("ControlOrMeta+a")
        stop.press_sequentially(typed)
        stop.press("Tab")
        expect(alert).to_contain_text(f"{refused} is not an integer")
        expect(alert).to_contain_text("The picture still shows x[0, 1:1, ::2].")
        expect(line).to_have_value("0, 1:1, ::2")
        expect(stop).to_have_value("1")
    assert page.watch.problems == []


@pytest.mark.parametrize("array", ["digit", "tensor"])
def test_a_drag_takes_the_box_between_its_ends_and_so_do_two_taps(array, show):
    figure = explorables.SliceExplorer(array=array, text="0")
    page = show(figure, viewport={"width": 400, "height": 900}, has_touch=True)
    expected, single, tapped = {
        "digit": ("5:13, 10:21", "20:21, 3:4", "12:21, 3:11"),
        "tensor": ("0:2, 1:3, 2:5", "2:3, 3:4, 0:1", ":, 2:4, 0:3"),
    }[array]

    def place(row: int, column: int, plane: int) -> tuple[float, float]:
        if array == "digit":
            box = page.locator(".whole").bounding_box()
            return tuple(
                box[s] + box["width"] * (at + 0.5) / 28
                for s, at in zip("xy", (column, row), strict=True)
            )
        flat = plane * 20 + row * 5 + column
        box = page.locator(f".cell[data-at='{flat}']").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    start, end, tap = {
        "digit": ((12, 10, 0), (5, 20, 0), (20, 3, 0)),
        "tensor": ((2, 2, 0), (1, 4, 1), (3, 0, 2)),
    }[array]
    page.mouse.move(*place(*start))
    page.mouse.down()
    page.mouse.move(*place(*end), steps=5)
    page.mouse.up()
    heads = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert page.locator(".axis.head span").evaluate_all(heads) == 0  # none runs into the next
    line = page.locator("[name=text]")
    expect(line).to_have_value(expected)
    page.mouse.move(5, 5)
    expect(line).to_have_value(expected)
    for corner, taken in ((tap, single), (start, tapped), (tap, single)):
        page.touchscreen.tap(*place(*corner))
        expect(line).to_have_value(taken)
    line.fill("0")  # the tap before it is no corner any more
    page.mouse.click(*place(*tap))
    expect(line).to_have_value(single)
    page.mouse.click(*place(*start))
    expect(line).to_have_value(tapped)


@pytest.mark.parametrize("array", ["digit", "tensor"])
def test_a_corner_of_what_is_taken_is_pulled_in_two_dimensions_by_finger_and_mouse(array, show):
    text = {"digit": "14:, 14:", "tensor": "0, 1:3, ::2"}[array]
    figure = explorables.SliceExplorer(array=array, text=text)
    page = show(
        figure, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
    )  # fmt: skip
    page.evaluate("document.querySelector('main').style.padding = '60px 0 900px'")
    touch = page.context.new_cdp_session(page).send
    line, top = page.locator("[name=text]"), page.evaluate("scrollY")
    selector = ".pixels" if array == "digit" else ".cell"

    def middle(of: str) -> tuple[float, float]:
        box = page.locator(f"{selector}{of}").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    x, y = middle(" .first" if array == "digit" else ".first")
    size = page.locator(".whole, .cell").first.bounding_box()["width"]
    across, down = {"digit": (-size / 4, -size / 2), "tensor": (size, -size)}[array]
    for step in range(9):  # up and sideways at once: what a page would scroll with
        point = {"x": x + across * step / 8, "y": y + down * step / 8}
        kind = "touchMove" if step else "touchStart"
        touch("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    touch("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(line).to_have_value({"digit": ":, 7:28", "tensor": "0:1, 0:3, 1:5"}[array])
    assert page.evaluate("scrollY") == top

    page.mouse.move(*middle(" .last" if array == "digit" else ".last"))
    page.mouse.down()
    page.mouse.move(*middle(" .first" if array == "digit" else ".first"), steps=4)
    page.mouse.up()
    expect(line).to_have_value({"digit": "0:1, 7:8", "tensor": "0:1, 0:1, 1:2"}[array])
    assert page.watch.problems == []


def test_the_crop_that_is_drawn_is_the_crop_that_numpy_takes(show):
    figure = explorables.SliceExplorer(array="digit", text="20:3:-2, 7:-7")
    page = show(figure)
    shown = page.locator(".result canvas").evaluate(
        "(c) => [c.width, ...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
    )
    image = np.reshape(figure.image, (28, 28))[20:3:-2, 7:-7]
    assert shown[0] == image.shape[1]
    assert np.array_equal(255 - np.reshape(shown[1:], (-1, 4))[:, 0], image.ravel())


def test_a_crops_pixels_are_square_at_every_width(show):
    page = show(explorables.SliceExplorer(array="digit", text="14:, 14:"))
    crop = page.locator(".result canvas")
    for width in (320, 600, 640, 680, 720, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        box = crop.bounding_box()
        assert box["width"] == pytest.approx(box["height"], abs=1), width


def test_the_figure_survives_a_text_that_was_wrong_from_the_start(show):
    arrays = ("vector", "matrix", "tensor", "digit")
    page = show(*(explorables.SliceExplorer(array=array, text="oops") for array in arrays))
    assert page.locator(".cell.taken").count() == 0
    for figure in page.locator(".gears-figure").all():
        expect(figure.locator("output")).to_contain_text("x[oops] fails. “oops” in place 1")
        figure.get_by_role("button").nth(1).click()
        expect(figure.locator("output")).to_contain_text("takes")
    assert page.watch.problems == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"array": "cube"}, 'array is "cube": it must be "vector", "matrix", "tensor" or "digit"'),
        ({"array": None}, "array is null"),
        ({"text": 3}, "text is 3: it must be a text of at most 100 characters"),
        ({"text": "1" * 101}, "at most 100 characters"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.SliceExplorer(**options)
