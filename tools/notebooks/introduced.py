"""Which Python, functions and terms a page uses, and whether they were introduced before.

A form of Python is introduced by the page about Python, which uses it, or by prose that has its
word as code; a function or a method by prose that names it before a cell uses it or right after, or
by a comment in its line; a term by the page that the glossary says, or by an earlier one that has
it in bold or leads there. What is folded is not read. `python -m tools.notebooks.introduced` prints
what each page is the first to use.
"""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
import re
from typing import NamedTuple

from nbformat import NotebookNode

from gearsbook_site import addresses, deeper, glossary
from tools import notebooks

PYTHON_PAGE = "00-python"
MAGIC = re.compile(r"^ *[%!].*$", re.M)  # IPython's own lines
FOLDED = {"hide-input", "hide-cell", "remove-input"}
# What a beginner has met; what the book's package gives is said by the figures and the exercises.
KNOWN = {
    "print", "len", "range", "str", "int", "float", "list", "tuple", ".append", "abs", "min", "max",
    "sum", "round", ".min", ".max", ".sum", ".round",
}  # fmt: skip
MODULES = {"np", "keras", "math", "plt", "json", "sys"}
OWN = {"explorables", "language", "plotting", "practice", "mnist", "penguins", "recordings"}
LOOPS_WITHIN = ast.ListComp | ast.GeneratorExp | ast.DictComp | ast.SetComp

FORMS: dict[str, Callable[[ast.AST], bool]] = {
    "assert": lambda node: isinstance(node, ast.Assert),
    "try": lambda node: isinstance(node, ast.Try),
    "raise": lambda node: isinstance(node, ast.Raise),
    "with": lambda node: isinstance(node, ast.With),
    "while": lambda node: isinstance(node, ast.While),
    "lambda": lambda node: isinstance(node, ast.Lambda),
    "class": lambda node: isinstance(node, ast.ClassDef),
    "decorator": lambda node: bool(getattr(node, "decorator_list", None)),
    "yield": lambda node: isinstance(node, ast.Yield | ast.YieldFrom),
    "walrus": lambda node: isinstance(node, ast.NamedExpr),
    "global": lambda node: isinstance(node, ast.Global | ast.Nonlocal),
    "del": lambda node: isinstance(node, ast.Delete),
    "comprehension": lambda node: isinstance(node, LOOPS_WITHIN),
    "comprehension of two loops": lambda node: (
        isinstance(node, LOOPS_WITHIN) and len(node.generators) > 1
    ),
    "dictionary": lambda node: isinstance(node, ast.Dict | ast.DictComp),
    "set": lambda node: isinstance(node, ast.Set | ast.SetComp),
    "conditional expression": lambda node: isinstance(node, ast.IfExp),
    "unpacking": lambda node: isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store),
    "star in a call": lambda node: (
        isinstance(node, ast.Call) and any(isinstance(one, ast.Starred) for one in node.args)
    ),
    "star in an assignment": lambda node: (
        isinstance(node, ast.Starred) and isinstance(node.ctx, ast.Store)
    ),
    "**": lambda node: isinstance(node, ast.keyword) and node.arg is None,
    "parameter with a star": lambda node: (
        isinstance(node, ast.arguments) and bool(node.vararg or node.kwarg)
    ),
    "format": lambda node: isinstance(node, ast.FormattedValue) and bool(node.format_spec),
    "a < b < c": lambda node: isinstance(node, ast.Compare) and len(node.ops) > 1,
}


class Use(NamedTuple):
    """What a page is the first to use, in which cell, and whether the reader knows it by then."""

    what: str
    cell: str
    is_introduced: bool


def forms(tree: ast.AST) -> Iterator[str]:
    """The forms of Python in some code."""
    return (name for name, is_one in FORMS.items() if any(map(is_one, ast.walk(tree))))


def names(tree: ast.AST) -> Iterator[str]:
    """The functions and methods in some code: `np.zeros`, `.reshape`, `zip`."""
    on_the_way = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module)) if id(node) in on_the_way and (
                module in MODULES
            ):
                pass  # as in np.random.default_rng
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in MODULES:
                yield f"{module}.{name}"
            case ast.Attribute(value=ast.Name(id=module)) if module in OWN:
                pass
            case ast.Attribute(attr=name, ctx=ast.Load()):
                yield f".{name}"
            case ast.Call(func=ast.Name(id=name)) if not name.endswith("Error"):
                yield name


def code(cell: NotebookNode) -> ast.Module:
    return ast.parse(MAGIC.sub("", cell.source))


def made(cell: NotebookNode) -> Iterator[str]:
    """The names that a cell gives to what it makes itself."""
    for node in ast.walk(code(cell)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name


def said(cell: NotebookNode, name: str) -> bool:
    """Whether a cell's prose has a name, or a comment in a line that uses it."""
    word = rf"(?<!\w){name.rsplit('.', 1)[-1]}(?!\w)"
    if cell.cell_type == "markdown":
        return bool(re.search(word, cell.source, re.I))
    return bool(re.search(rf"{word}.*#|#.*{word}|^ *#.*\n.*{word}", cell.source, re.M))


def uses_of_code(cells: list[NotebookNode], known: set[str], introduces: bool) -> Iterator[Use]:
    """What the cells of a page use that is not known by then; it becomes known."""
    for at, cell in enumerate(cells):
        if cell.cell_type != "code" or FOLDED & set(cell.metadata.get("tags", ())):
            continue
        tree = code(cell)
        for form in forms(tree):
            if form not in known:
                known.add(form)
                is_said = any(f"`{form}" in one.source for one in cells[: at + 2])
                yield Use(form, cell.id, introduces or is_said)
        for name in names(tree):
            if name not in known:
                known.add(name)
                yield Use(name, cell.id, any(said(one, name) for one in cells[: at + 2]))


def uses_of_terms(cells: list[NotebookNode], later: set[str], known: set[str]) -> Iterator[Use]:
    """The terms in a page's prose that another page introduces later; they become known."""
    for cell in cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"^#.*|`[^`]*`|\$[^$]*\$|\]\([^)]*\)|\]", " ", cell.source)
            for term, _, _ in finder().within(prose):
                if term.en not in known and term.section in later:
                    known.add(term.en)
                    leads_there = f"{term.section.rsplit('/', 1)[-1]}.ipynb" in cell.source
                    yield Use(
                        term.en, cell.id, leads_there or f"**{term.en}" in cell.source.lower()
                    )


@cache
def finder() -> glossary.Finder:
    return glossary.Finder(glossary.read(notebooks.ROOT / glossary.SOURCE), "en")


def without_boxes(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """The cells of the main path."""
    depth = 0  # of the box's heading
    for cell in cells:
        if cell.cell_type == "markdown" and (heading := re.match(r"(#+) (.*)", cell.source)):
            level = len(heading[1])
            if not depth or level <= depth:
                is_box = heading[2].startswith(tuple(deeper.MARK.values()))
                depth = level if is_box else 0
        if not depth:
            yield cell


def pages() -> Iterator[tuple[str, list[Use]]]:
    """Each English page, in reading order, and what it is the first to use."""
    known, terms = set(KNOWN), set[str]()
    paths = notebooks.all_notebooks("en")
    later = {addresses.short(name(path)) for path in paths}
    for path in paths:
        later.remove(addresses.short(name(path)))
        notebook = notebooks.read(path)
        own = {name for cell in notebook.cells if cell.cell_type == "code" for name in made(cell)}
        cells = list(without_boxes(notebook.cells))
        uses = [use for use in uses_of_code(cells, known, path.stem == PYTHON_PAGE)
                if use.what not in own]  # fmt: skip
        yield name(path), [*uses, *uses_of_terms(cells, later, terms)]


def name(path: Path) -> str:
    return path.relative_to(notebooks.ROOT).with_suffix("").as_posix()


if __name__ == "__main__":
    for page, uses in pages():
        print(page)
        for word, which in (("introduced", True), ("too early", False)):
            listed = [f"{use.what} ({use.cell})" for use in uses if use.is_introduced is which]
            if listed:
                print(f"  {word}: {', '.join(listed)}")
