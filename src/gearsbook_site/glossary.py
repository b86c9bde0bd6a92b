"""The glossary: a page from book/glossary.yml, and links to it from the text.

On every page the first occurrence of a term in bold, where pages introduce their terms, or else
the first one in running prose, becomes a link to its entry. No mark in the sources is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
import yaml

from .editions import LANGUAGE_TAG

SOURCE = Path("book", "glossary.yml")
OTHER = {"en": "zh", "zh": "en"}
INTRODUCED = {"en": "Introduced in ", "zh": "见"}
ASK = {"en": "Find a term, in English or Chinese", "zh": "找术语，中文英文都行"}
SHOWN = {"en": "<b>{0}</b> of {0} terms", "zh": "{0} 条里显示 <b>{0}</b> 条"}  # page.js counts
FILTER = """<div class="glossary-filter pst-js-only">
<div class="bd-search d-flex align-items-center"><i class="fa-solid fa-magnifying-glass"></i>
<input type="search" class="form-control" autocomplete="off" placeholder="{ask}" aria-label="{ask}">
</div><output>{shown}</output></div>"""
NO_RUNNING_PROSE = (
    nodes.title, nodes.caption, nodes.table, nodes.reference, nodes.literal, nodes.literal_block,
    nodes.math, nodes.math_block, nodes.raw, nodes.strong,
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """An entry of glossary.yml, where its fields are explained."""

    en: str
    zh: str
    pinyin: str
    section: str
    definition: dict[str, str]
    also: dict[str, list[str]]
    not_in: dict[str, list[str]]
    bold_only: list[str]

    def name(self, language: str) -> str:
        return {"en": self.en, "zh": self.zh}[language]

    @property
    def anchor(self) -> str:
        """The same in both editions."""
        return "term-" + re.sub(r"\W+", "-", self.en.lower())

    def order(self, language: str) -> str:
        """Where it stands on the page: by its letters, in Chinese by how it is read."""
        return (self.en if language == "en" else self.pinyin).lower()

    def forms(self, language: str) -> list[str]:
        """How the text may write it, in lower case."""
        forms = [self.name(language), *self.also.get(language, ())]
        if language == "en":
            forms += [form + ending for form in forms for ending in ("s", "es")]
        return [form.lower() for form in forms]

    def is_plain(self, language: str) -> bool:
        """Whether the word means the term wherever it stands.

        A single Han character does not: 轴 is a part of many words, and none is marked off.
        """
        is_character = language == "zh" and len(self.zh) == 1
        return not is_character and language not in self.bold_only

    def first_sentence(self, language: str) -> str:
        """What is shown at a word that leads here, without the marks of code."""
        end = {"en": r"(?<=[.])\s", "zh": r"(?<=[。])"}[language]
        return re.split(end, self.definition[language].replace("`", ""), maxsplit=1)[0]


def read(path: Path) -> list[Term]:
    """The terms in the order of the file, which is that of the sections."""
    optional: dict[str, Any] = {"also": {}, "not_in": {}, "bold_only": []}
    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # seven times faster where it is there
    entries = yaml.load(path.read_text(encoding="utf-8"), quick)
    return [Term(**optional | entry) for entry in entries]


class Finder:
    """Finds the terms of one language in a text, the longest first."""

    def __init__(self, terms: list[Term], language: str) -> None:
        self.named = {form: term for term in terms for form in term.forms(language)}
        self.plain: dict[str, Term | None] = {
            form: term if term.is_plain(language) else None for form, term in self.named.items()
        }
        # a word that contains a term and means something else is found too, and is no term
        others = [word for term in terms for word in term.not_in.get(language, ())]
        self.plain |= {word.lower(): None for word in others}
        longest_first = sorted(self.plain, key=len, reverse=True)
        words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
        if language == "en":  # a part of a longer or hyphenated word is another word
            words = rf"(?<![\w-])(?:{words})(?![\w-])"
        self.pattern = re.compile(words, re.I)

    def whole(self, text: str) -> Term | None:
        """The term that the text is."""
        return self.named.get(_normal(text))

    def within(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """The terms in the text, with where each begins and ends."""
        for match in self.pattern.finditer(text):
            if term := self.plain[_normal(match[0])]:
                yield term, *match.span()


def _normal(text: str) -> str:
    return " ".join(text.lower().split())


@cache
def _finder(path: Path, language: str, changed: int) -> Finder:
    """Made once a build; `changed` tells one state of the file from another."""
    return Finder(read(path), language)


def _running_prose(node: nodes.Node, within_paragraph: bool = False) -> Iterator[nodes.Text]:
    """The texts of paragraphs, without what is code, picture, table or link already."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            if within_paragraph:
                yield child
        elif not isinstance(child, NO_RUNNING_PROSE) and (
            isinstance(child, nodes.Element) and "cell" not in child["classes"]
        ):
            yield from _running_prose(child, within_paragraph or isinstance(child, nodes.paragraph))


def link_terms(document: nodes.Element, finder: Finder, language: str, address: str) -> None:
    """Make the first occurrence of every term a link to the glossary.

    Args:
        document: a page; it is changed.
        finder: of the page's language.
        language: "en" or "zh".
        address: of the glossary, as seen from the page.
    """
    linked: set[str] = set()

    def link(term: Term, text: str) -> nodes.reference:
        linked.add(term.anchor)
        where = {"refuri": f"{address}#{term.anchor}", "internal": True, "classes": ["term"]}
        return nodes.reference("", text, reftitle=term.first_sentence(language), **where)

    for marked in list(document.findall(nodes.Element)):
        if not isinstance(marked, nodes.strong | nodes.emphasis):
            continue
        text = marked.astext()
        term = finder.whole(text)
        if not term or term.anchor in linked or not isinstance(marked.parent, nodes.paragraph):
            continue
        if isinstance(marked, nodes.strong) or term.is_plain(language):
            marked.clear()
            marked.append(link(term, text))

    for text in list(_running_prose(document)):
        pieces, end = [], 0
        for term, start, stop in finder.within(text):
            if term.anchor not in linked:
                pieces += [nodes.Text(text[end:start]), link(term, text[start:stop])]
                end = stop
        if pieces:
            text.parent.replace(text, [*pieces, nodes.Text(text[end:])])


class SectionOfTerm(nodes.General, nodes.Inline, nodes.Element):
    """Stands for what leads to the page that introduces a term, until all titles are known."""


class GlossaryOfTerms(SphinxDirective):
    """All terms, under their first letters, below a field that leaves some of them."""

    def run(self) -> list[nodes.Node]:
        language = Path(self.env.docname).parts[1]
        terms = read(Path(self.env.srcdir, SOURCE))
        terms.sort(key=lambda term: term.order(language))
        shown = SHOWN[language].format(len(terms))
        return [
            nodes.raw("", FILTER.format(ask=ASK[language], shown=shown), format="html"),
            *(
                self._letter(letter.upper(), list(those), language)
                for letter, those in groupby(terms, key=lambda term: term.order(language)[0])
            ),
        ]

    def _letter(self, letter: str, terms: list[Term], language: str) -> nodes.section:
        entries = nodes.definition_list("", classes=["glossary"])
        entries += [self._entry(term, language) for term in terms]
        section = nodes.section("", nodes.title("", letter), entries, ids=[f"letter-{letter}"])
        section["names"] = [letter]
        return section

    def _entry(self, term: Term, language: str) -> nodes.definition_list_item:
        other = OTHER[language]
        spoken = f"language-{LANGUAGE_TAG[other]}"
        translation = nodes.inline("", term.name(other), classes=[spoken])
        name = nodes.term("", nodes.Text(term.name(language) + " "), translation, ids=[term.anchor])
        text, _ = self.state.inline_text(term.definition[language], self.lineno)
        where = nodes.paragraph("", "", SectionOfTerm(section=term.section))
        body = nodes.definition("", nodes.paragraph("", "", *text), where)
        return nodes.definition_list_item("", name, body)


class LinkGlossary(SphinxPostTransform):
    """Links pages to the glossary, and the glossary to pages."""

    default_priority = 500  # after all other links: theirs are not to be linked again
    formats = ("html",)

    def run(self, **options: object) -> None:
        edition = Path(self.env.docname).parts[1]
        glossary = f"book/{edition}/glossary"
        for place in list(self.document.findall(SectionOfTerm)):
            section = self._section(place["section"], edition)
            # a blank stands between Han characters and digits, as 见 2.1, and else none
            blank = " " if edition == "zh" and section.astext()[0].isascii() else ""
            place.replace_self([nodes.Text(INTRODUCED[edition] + blank), section])
        if self.env.docname != glossary and glossary in self.env.found_docs:
            path = Path(self.env.srcdir, SOURCE)
            finder = _finder(path, edition, path.stat().st_mtime_ns)
            address = self.app.builder.get_relative_uri(self.env.docname, glossary)
            link_terms(self.document, finder, edition, address)

    def _section(self, section: str, edition: str) -> nodes.Node:
        """A link with the page's title; its number alone while the page is not there."""
        for page in (f"notebooks/{edition}/{section}", f"book/{edition}/{section}"):
            if page in self.env.found_docs:
                uri = self.app.builder.get_relative_uri(self.env.docname, page)
                title = self.env.titles[page].astext()
                return nodes.reference("", title, refuri=uri, internal=True)
        return nodes.Text(number(section))


def number(section: str) -> str:
    """The number of a section by its path: 03-operations/02-broadcasting gives 2.3.2."""
    places = (int(part[:2]) for part in section.split("/"))
    return ".".join(map(str, (2, *filter(None, places))))  # a page numbered 00 opens its folder


def _depend_on_the_terms(app: Sphinx, docname: str, source: list[str]) -> None:
    app.env.note_dependency(str(Path(app.srcdir, SOURCE)))


def _write_the_glossary_anew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """It shows the titles of other pages, which may have changed or be gone."""
    titles = {name: title.astext() for name, title in env.titles.items()}
    known = getattr(env, "gears_titles", None)
    vars(env)["gears_titles"] = titles  # kept with Sphinx's own environment
    if titles == known:
        return []
    return [page for page in env.found_docs if re.fullmatch(r"book/\w+/glossary", page)]


def setup(app: Sphinx) -> None:
    app.add_node(SectionOfTerm)
    app.add_directive("glossary-of-terms", GlossaryOfTerms)
    app.add_post_transform(LinkGlossary)
    app.connect("source-read", _depend_on_the_terms)
    app.connect("env-updated", _write_the_glossary_anew)
