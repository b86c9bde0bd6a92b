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

from gearsbook_site import deeper, glossary
from tools import notebooks
from tools.notebooks.cells import tree

PYTHON_PAGE = "00-python"
FOLDED = {"hide-input", "hide-cell", "remove-input"}
# What a beginner has met; what the book's package gives is said by the figures and the exercises.
KNOWN = {
    "print", "len", "range", "str", "int", "float", "list", "tuple", ".append", "abs", "min", "max",
    "sum", "round", ".min", ".max", ".sum", ".round",
}  # fmt: skip
OWN_PACKAGE = "gearsbook"
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


class Names(NamedTuple):
    """The names that a page gives: to modules, to what the book's package has, to its own."""

    modules: set[str]
    package: set[str]
    own: set[str]


def forms(code: ast.AST) -> Iterator[str]:
    """The forms of Python in some code."""
    return (name for name, is_one in FORMS.items() if any(map(is_one, ast.walk(code))))


def functions(code: ast.AST, given: Names) -> Iterator[str]:
    """The functions and methods in some code: `np.zeros`, `.reshape`, `zip`."""
    on_the_way = {id(node.value) for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    for node in ast.walk(code):
        match node:
            case ast.Attribute(value=ast.Name(id=name)) if name in given.package:
                pass
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in given.modules:
                if id(node) not in on_the_way:  # as in np.random.default_rng
                    yield f"{module}.{name}"
            case ast.Attribute(attr=name, ctx=ast.Load()):
                yield f".{name}"
            case ast.Call(func=ast.Name(id=name)) if not (
                name in given.own or name.endswith("Error")
            ):
                yield name


def names(cells: list[NotebookNode]) -> Names:
    """What the code of a page gives names to, folded or not."""
    given = Names(set(), set(), set())
    trees = [tree(cell) for cell in cells if cell.cell_type == "code"]
    for node in (node for code in trees for node in ast.walk(code)):
        match node:
            case ast.Import(names=imported):
                given.modules.update(one.asname or one.name.split(".")[0] for one in imported)
            case ast.ImportFrom(module=str(module), names=imported):
                if module.split(".")[0] == OWN_PACKAGE:
                    given.package.update(one.asname or one.name for one in imported)
            case ast.Name(id=name, ctx=ast.Store()):
                given.own.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                given.own.add(name)
    return given


def said(cell: NotebookNode, name: str) -> bool:
    """Whether a cell's prose has a name, or a comment in a line that uses it."""
    word = rf"(?<!\w){name.rsplit('.', 1)[-1]}(?!\w)"
    if cell.cell_type == "markdown":
        return bool(re.search(word, cell.source, re.I))
    return bool(re.search(rf"{word}.*#|#.*{word}|^ *#.*\n.*{word}", cell.source, re.M))


def uses_of_code(
    cells: list[NotebookNode], given: Names, known: set[str], introduces: bool
) -> Iterator[Use]:
    """What the cells of a page use that is not known by then; it becomes known."""
    for at, cell in enumerate(cells):
        if cell.cell_type != "code" or FOLDED & set(cell.metadata.get("tags", ())):
            continue
        code = tree(cell)
        for form in forms(code):
            if form not in known:
                known.add(form)
                is_said = any(f"`{form}" in one.source for one in cells[: at + 2])
                yield Use(form, cell.id, introduces or is_said)
        for name in functions(code, given):
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
    later = {name(path) for path in paths}
    for path in paths:
        later.remove(name(path))
        cells = notebooks.read(path).cells
        main_path = list(without_boxes(cells))
        of_code = uses_of_code(main_path, names(cells), known, path.stem == PYTHON_PAGE)
        yield name(path), [*of_code, *uses_of_terms(main_path, later, terms)]


def name(path: Path) -> str:
    """A page as the glossary names it: `02-tensors/01-scalars`."""
    return path.relative_to(notebooks.NOTEBOOKS / "en").with_suffix("").as_posix()


if __name__ == "__main__":
    for page, uses in pages():
        print(page)
        for word, which in (("introduced", True), ("too early", False)):
            listed = [f"{use.what} ({use.cell})" for use in uses if use.is_introduced is which]
            if listed:
                print(f"  {word}: {', '.join(listed)}")
