"""A stylesheet without what no page of the book can use.

The theme's has 460 kB, for all that some site might show. A rule stays if for each part of its
selector, as `a.term` in `.bd-article a.term:hover`, there can be an element: one that stands on a
page, with the classes that scripts may give it, or one that a script may make. For a script may
give every class that it has between quotes. States, and what stands in `:not()`, `:is()` and the
like, are not looked at. Of the variables, fonts and animations those stay that are used.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
import json
import re

import tinycss2
from tinycss2.ast import Node

START_TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
WORD = re.compile(r"[\w-]+")
QUOTED = re.compile(r"""(?=(["'`]) *([\w-]+(?: +[\w-]+)*) *\1)""")  # add("show"), class="btn close"
MADE = re.compile(r"""(?<=[<"'`])[a-z][a-z0-9]*""")  # <table, createElement("table")
VARIABLE = re.compile(r"--[\w-]+")
PART_OF_CLASS = re.compile(r"""\[class\*=["']?([\w-]+)""")
OLD = re.compile(r"-ms-|-moz-(?!osx-)")  # browsers of this decade read the names without it
NESTED = ("media", "supports", "layer", "container")
LICENSE = re.compile(r"/\*(?:(?!\*/).)*license.*?\*/", re.S | re.I)


@dataclass(frozen=True)
class Used:
    """What there can be on the pages of an edition, as far as the stylesheet asks for it."""

    elements: set[tuple[str, str, frozenset[str]]]  # each a tag, an id and classes
    attributes: set[str]
    words: set[str]  # that a script may give an element as its class, or as its id
    tags: set[str]  # on pages, or made by scripts and figures
    fonts: set[str]  # the names of the files that are served
    variables: set[str]  # of the stylesheet, that scripts and the styles of figures name

    def dumped(self) -> bytes:
        """All of it, the same bytes for the same content."""
        elements = sorted((tag, id, sorted(classes)) for tag, id, classes in self.elements)
        rest = (self.attributes, self.words, self.tags, self.fonts, self.variables)
        return json.dumps([elements, *map(sorted, rest)]).encode()

    @classmethod
    def loaded(cls, dumped: bytes) -> "Used":
        elements, *rest = json.loads(dumped)
        return cls({(tag, id, frozenset(names)) for tag, id, names in elements}, *map(set, rest))


def used(
    css: str,
    pages: Iterable[str],
    scripts: Collection[str],
    figures: Collection[str],
    fonts: set[str],
) -> Used:
    """What pages and scripts can use of a stylesheet.

    Args:
        css: the stylesheet.
        pages: as HTML.
        scripts: those that may use its classes.
        figures: scripts that use none but their own, as a test sees to: what they make counts.
        fonts: the names of the files that are served.
    """
    named = set(WORD.findall(css))
    pieces = set(PART_OF_CLASS.findall(css))
    parser = _Elements()
    for tag in {tag for page in pages for tag in START_TAG.findall(page)}:
        parser.reset()  # or all that follows a <script> would be its text
        parser.feed(tag)
    elements = {
        (
            tag,
            id if id in named else "",
            frozenset(c for c in classes if c in named or any(piece in c for piece in pieces)),
        )
        for tag, id, classes in parser.elements
    }
    quoted = (words for script in scripts for _, words in QUOTED.findall(script))
    words = {word for words in quoted for word in words.split()} & named
    programs = (*scripts, *figures)
    made = {tag for program in programs for tag in MADE.findall(program)} & named
    attributes = parser.attributes & named
    for name in re.findall(r"\[([\w-]+)", css):  # data-bs-theme is bsTheme in scripts
        camel = re.sub("-(.)", lambda found: found[1].upper(), name.removeprefix("data-"))
        if any(name in program or camel in program for program in programs):
            attributes.add(name)
    tags = made | {tag for tag, _, _ in elements}
    variables = {name for program in programs for name in VARIABLE.findall(program)} & named
    return Used(elements, attributes, words, tags, fonts, variables)


class _Elements(HTMLParser):
    """The elements and attributes in some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[tuple[str, str, frozenset[str]]] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.add((tag, values.get("id", ""), frozenset(values.get("class", "").split())))
        self.attributes |= set(values)


@dataclass
class Block:
    """A rule, with what stands before its braces and in them; or a line without braces."""

    head: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)
    is_line: bool = False

    def __str__(self) -> str:
        if self.is_line:
            return self.head
        body = ";".join(f"{name}:{value}" for name, value in self.declarations)
        body += "".join(map(str, self.blocks))
        return f"{self.head}{{{body}}}" if body else ""

    def all(self) -> Iterator["Block"]:
        """This one, and all in it."""
        yield self
        for block in self.blocks:
            yield from block.all()


def lean(css: bytes, dumped: bytes) -> bytes:
    """A stylesheet without what is not used, without comments and white space.

    Args:
        css: the stylesheet.
        dumped: what is used, from `Used.dumped`.

    Raises:
        ValueError: it has something in it that this program does not know.
    """
    used = Used.loaded(dumped)
    sheet = Block("", blocks=_rules(tinycss2.parse_stylesheet_bytes(css)[0], used))
    _drop_unused_variables(sheet, used.variables)
    return "".join(map(str, _without_unused_names(sheet))).encode()


def licenses(css: str) -> str:
    """The comments of a stylesheet that name a license, each once."""
    return "\n".join(dict.fromkeys(LICENSE.findall(css))) + "\n"


def _rules(nodes: Iterable[Node], used: Used) -> list[Block]:
    possible = cache(lambda *compound: _is_possible(used, *compound))
    blocks = []
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [
                selector for selector in _split(node.prelude)
                if all(possible(*_parts(compound)) for compound in _compounds(selector))
                or "gears" in tinycss2.serialize(selector)
            ]  # fmt: skip
            if selectors:
                head = ",".join(_text(selector, tight=">+~") for selector in selectors)
                blocks.append(Block(head, _declarations(node.content)))
        elif node.type == "at-rule":
            name, prelude = node.lower_at_keyword, _text(node.prelude)
            head = f"@{name} {prelude}".strip()
            if node.content is None:
                blocks.append(Block(f"{head};", is_line=True))
            elif name in NESTED:
                inside = tinycss2.parse_rule_list(node.content)
                blocks.append(Block(head, blocks=_rules(inside, used)))
            elif name == "keyframes":
                frames = tinycss2.parse_rule_list(node.content, True, True)
                steps = [Block(_text(f.prelude), _declarations(f.content)) for f in frames]
                blocks.append(Block(head, blocks=steps))
            elif name == "font-face":
                blocks.append(Block(head, _served(_declarations(node.content), used.fonts)))
            else:
                blocks.append(Block(head, _declarations(node.content)))
        elif node.type == "error":
            raise ValueError(f"line {node.source_line} of the stylesheet: {node.message}")
    return blocks


def _split(nodes: Iterable[Node]) -> list[list[Node]]:
    """A list of selectors, or of values, at its commas."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _compounds(selector: list[Node]) -> list[list[Node]]:
    """The parts of a selector each of which is for one element."""
    parts: list[list[Node]] = [[]]
    for node in selector:
        if node.type == "whitespace" or node in (">", "+", "~"):
            parts.append([])
        else:
            parts[-1].append(node)
    return [part for part in parts if part]


def _parts(
    compound: list[Node],
) -> tuple[str, str, frozenset[str], frozenset[str], frozenset[str]]:
    """What a part of a selector asks for: tag, id, classes, pieces of classes, attributes."""
    tag, id, classes, attributes = "", "", set(), set()
    pieces = PART_OF_CLASS.findall(tinycss2.serialize(compound))
    for before, node in zip([None, *compound], compound, strict=False):
        if node.type == "ident" and before is None:
            tag = node.lower_value
        elif node.type == "ident" and before == ".":
            classes.add(node.value)
        elif node.type == "hash":
            id = node.value
        elif node.type == "[] block":
            attributes.add(next(part.value for part in node.content if part.type == "ident"))
    return tag, id, frozenset(classes), frozenset(pieces), frozenset(attributes)


def _is_possible(
    used: Used,
    tag: str,
    id: str,
    classes: frozenset[str],
    pieces: frozenset[str],
    attributes: frozenset[str],
) -> bool:
    if not attributes <= used.attributes:
        return False
    id, classes = "" if id in used.words else id, classes - used.words
    if not id and not classes and not pieces:
        return not tag or tag in used.tags
    return any(
        tag in ("", its_tag) and id in ("", its_id) and classes <= its_classes
        and all(any(piece in name for name in its_classes | used.words) for piece in pieces)
        for its_tag, its_id, its_classes in used.elements
    )  # fmt: skip


def _declarations(nodes: list[Node]) -> list[tuple[str, str]]:
    found = []
    for node in tinycss2.parse_blocks_contents(nodes, True, True):
        if node.type != "declaration":
            raise ValueError(f"line {node.source_line} of the stylesheet: not a declaration")
        important = "!important" if node.important else ""
        if not OLD.match(node.name):
            found.append((node.name, _text(node.value) + important))
    return found


def _served(font: list[tuple[str, str]], fonts: set[str]) -> list[tuple[str, str]]:
    """A font with those of its files that are served or the reader's own; nothing without any."""
    sources = tinycss2.parse_component_value_list(dict(font)["src"])
    kept = [
        text for text in map(_text, _split(sources))
        if text.startswith("local(") or any(f"/{name}" in text for name in fonts)
    ]  # fmt: skip
    return [(k, ",".join(kept) if k == "src" else v) for k, v in font] if kept else []


def _text(nodes: Iterable[Node], tight: str = "") -> str:
    """These nodes with as little white space as they allow; none around characters in `tight`."""
    text = ""
    for node in nodes:
        if node.type == "whitespace":
            text += " " if text[-1:] not in ("", *tight) else ""
        elif node.type != "comment":
            piece = tinycss2.serialize([node])
            text = (text.rstrip() if piece in tight else text) + piece
    return text.strip()


def _drop_unused_variables(sheet: Block, wanted: set[str]) -> None:
    blocks = list(sheet.all())
    before = None
    while before != (text := str(sheet)):  # one may be used by another one only
        before, names = text, wanted | set(re.findall(r"var\(\s*(--[\w-]+)", text))
        for block in blocks:
            block.declarations = [
                (name, value) for name, value in block.declarations
                if name in names or not name.startswith("--")
            ]  # fmt: skip


def _without_unused_names(sheet: Block) -> list[Block]:
    """The blocks but for animations and fonts that no other block names."""
    users = [block for block in sheet.all() if block.head != "@font-face"]
    values = " ".join(value for block in users for _, value in block.declarations)
    animations = " ".join(
        value for block in users for name, value in block.declarations
        if name.startswith("animation")
    )  # fmt: skip

    def is_used(block: Block) -> bool:
        if block.head == "@font-face":
            return _plain(dict(block.declarations).get("font-family", "")) in _plain(values)
        return not block.head.startswith("@keyframes ") or block.head.split()[1] in animations

    return list(filter(is_used, sheet.blocks))


def _plain(name: str) -> str:
    """A name, be it in quotes or with a backslash before each space."""
    return re.sub(r"""["'\\]""", "", name)
