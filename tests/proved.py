"""What proves the numbers that a page states: the page itself, or an expression.

Those with three digits or a decimal point count, in prose, captions, alternative texts, figures'
sentences and what the quiz says is right. Such a number stands in the page's code or outputs,
there perhaps with more digits; or among the whole numbers of 2.1, whose data and network every
page knows. For any other the metadata of its cell have, under "numbers", an expression that gives
it, rounded as it is written. nbval's kernel evaluates these when it has run the page.
"""

import ast
from collections.abc import Iterable, Iterator
import functools
from pathlib import Path
import re
from typing import NamedTuple

from gearsbook.explorables.quiz import parse
from nbformat import NotebookNode
from nbval.plugin import IPyNbFile
import pytest

from tools import notebooks
from tools.notebooks.cells import tree

SECONDS = 120
UNITS = {"%": 1e-2, "million": 1e6, "billion": 1e9, "万": 1e4, "亿": 1e8}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBER = re.compile(
    r"(?<![\w.])(\d+(?:,\d{3})*(\.\d+)?)(e[+-]?\d+)?(?!\.?\d|[A-Za-z_])(?: [·×] 10([⁻⁰-⁹¹²³]+))?"
    rf"(?:[\s多]*({'|'.join(UNITS)}))?"
)
# Numbers that are names: of links, sections, years, standards and, at the end, of literature.
NAME = re.compile(
    r"\]\(.*?\)|^#+ [\d.]+|[Ss]ection [\d.]+|\[[\d.]+(?=[^\]]*\]\()|[\d.]+ 节"
    r"|\b(?:19\d\d|20[0-2]\d)\b(?!\.)|IEEE \d+|^## (?:References|参考).*\Z",
    re.M | re.S,
)


class Number(NamedTuple):
    """A number as it is written, its value, and how far from it something may be that rounds."""

    written: str
    value: float
    half: float

    def is_rounded(self, exact: float) -> bool:
        return abs(abs(exact) - self.value) <= self.half * (1 + 1e-9)

    def stands_in(self, shown: Iterable[float]) -> bool:
        """Also as per cent."""
        per = (1, 0.01) if "%" in self.written else (1,)
        return any(self.is_rounded(exact * share) for exact in shown for share in per)


def numbers(text: str) -> Iterator[Number]:
    """All numbers in a text that are no names."""
    for found in NUMBER.finditer(NAME.sub(" ", text.replace("{,}", ","))):
        digits, decimals, power, raised, unit = found.groups("")
        power = power or f"e{raised.translate(RAISED) or 0}"
        scale = UNITS.get(unit, 1) * float("1" + power)
        half = 0.5 * 10.0 ** -len(decimals[1:]) * scale
        yield Number(found[0], float(digits.replace(",", "")) * scale, half)


def counts(number: Number) -> bool:
    """Whether it has three digits or a decimal point; smaller ones are often mere words."""
    digits = re.match(r"[\d,.]+", number.written)[0]
    return "." in digits or len(digits) > 2


def texts(cell: NotebookNode) -> Iterator[tuple[str, str]]:
    """What a cell states, and what it takes for given: a question's numbers."""
    if cell.cell_type == "markdown":
        yield cell.source, ""
        return
    about = cell.metadata.get("mystnb", {})
    yield about.get("image", {}).get("alt", ""), ""
    yield about.get("figure", {}).get("caption", ""), ""
    if cell.id == "quiz":
        for question in parse(ast.parse(cell.source).body[0].value.args[0].value):
            for option in question["options"]:
                right = option["text"] if option["right"] else ""
                yield f"{right} {option['feedback']}", question["text"]
        return
    for output in () if "nbval-ignore-output" in cell.metadata.get("tags", ()) else cell.outputs:
        html = output.get("data", {}).get("text/html", "")
        yield re.sub(r"<[^>]*>", " ", html), ""  # of a figure: what it says at first


def of_code(cell: NotebookNode) -> Iterator[float]:
    """The numbers in a code cell's program, and in what it has printed."""
    for node in ast.walk(tree(cell)):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            yield float(abs(node.value))
    for output in cell.outputs:
        plain = output.get("text", ""), output.get("data", {}).get("text/plain", "")
        text = "\n".join([*plain, *output.get("traceback", ())])
        text = re.sub(r"(?<=\d)[,_](?=\d{3})", "", text)
        yield from map(float, re.findall(r"(?<![\w.])\d+(?:\.\d*)?(?:e[+-]?\d+)?", text))


def shown(notebook: NotebookNode) -> set[float]:
    """The numbers in a page's code and outputs."""
    return {n for cell in notebook.cells if cell.cell_type == "code" for n in of_code(cell)}


@functools.cache
def known() -> set[float]:
    """The whole numbers of 2.1."""
    first = notebooks.read(notebooks.NOTEBOOKS / "en" / "01-first-look.ipynb")
    return {number for number in shown(first) if number.is_integer()}


def expressions(cell: NotebookNode) -> list[tuple[Number, str]]:
    """What a cell's metadata say of numbers."""
    said = cell.metadata.get("numbers", {}).items()
    return [(next(numbers(written)), expression) for written, expression in said]


def unproved(notebook: NotebookNode) -> list[str]:
    """The numbers that a page states and nothing proves, each with its cell."""
    here, found = shown(notebook), []
    for cell in notebook.cells:
        proved = {number.value for number, _ in expressions(cell)} | known()
        for text, given in texts(cell):
            for number in filter(counts, numbers(text)):
                taken = proved | {given.value for given in numbers(given)}
                if number.value not in taken and not number.stands_in(here):
                    found.append(f"{cell.id}: {number.written}")
    return found


class Page(IPyNbFile):
    """A notebook whose last item asks for its numbers, when all its cells have run."""

    def collect(self) -> Iterator[pytest.Item]:
        yield from super().collect()
        if any(map(expressions, self.nb.cells)):
            yield Expressions.from_parent(self, name="numbers")


class Expressions(pytest.Item):
    """What the metadata say of a page's numbers, evaluated in the page's kernel."""

    def runtest(self) -> None:
        said = [(cell.id, *pair) for cell in self.parent.nb.cells for pair in expressions(cell)]
        asked = {str(place): f"float({code})" for place, (_, _, code) in enumerate(said)}
        kernel = self.parent.kernel.kc
        request = kernel.execute("", silent=True, user_expressions=asked)
        while (reply := kernel.get_shell_msg(SECONDS))["parent_header"]["msg_id"] != request:
            pass
        wrong = []
        for place, (cell_id, number, code) in enumerate(said):
            answer = reply["content"]["user_expressions"][str(place)]
            came = answer["data"]["text/plain"] if "data" in answer else answer["evalue"]
            if "data" not in answer or not number.is_rounded(float(came)):
                wrong.append(f"{cell_id}: {number.written} is said to be {code}: {came}")
        if wrong:
            pytest.fail("\n".join(wrong), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Iterator[None]:
    """In the place of nbval's notebooks there are ours."""
    found = yield
    return [
        Page.from_parent(parent, path=file_path) if isinstance(one, IPyNbFile) else one
        for one in found
    ]
