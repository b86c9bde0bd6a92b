"""The glossary, the links that lead to it from the text, and the list of references."""

import functools
import re
from typing import NamedTuple

from bs4 import BeautifulSoup
from docutils import nodes
from playwright.sync_api import expect
import pytest

from browsing import SITE, parsed
from every import of_every
from gearsbook_site import glossary
from gearsbook_site.addresses import short
from markup import without_chinese_books
from tools import notebooks
from tools.site import build

TERMS = glossary.read(build.ROOT / glossary.SOURCE)
EDITIONS = ("en", "zh")
every_term = of_every(lambda: {term.en: term for term in TERMS})
every_edition = pytest.mark.parametrize("edition", EDITIONS)

# DESIGN.md and the terms that all authors agreed on
FIXED = {
    "axis": "轴", "rank": "阶", "shape": "形状", "length": "长度", "batch": "批量",
    "broadcasting": "广播", "element-wise": "逐元素", "dot product": "点积", "reshape": "变形",
    "transpose": "转置", "gradient": "梯度", "learning rate": "学习率", "loss": "损失",
    "linear rank": "矩阵的秩", "weight": "权重", "bias": "偏置", "layer": "层",
    "dense layer": "全连接层", "activation function": "激活函数", "backpropagation": "反向传播",
    "chain rule": "链式法则", "momentum": "动量", "derivative": "导数",
    "partial derivative": "偏导数", "directional derivative": "方向导数", "curvature": "曲率",
    "slope": "斜率", "step": "步", "epoch": "轮", "shuffle": "打乱", "sample": "样本",
    "feature": "特征", "label": "标签", "accuracy": "准确率", "overfitting": "过拟合",
    "local minimum": "局部极小", "saddle point": "鞍点",
    "stochastic gradient descent": "随机梯度下降", "automatic differentiation": "自动微分",
    "optimizer": "优化器", "finite difference": "有限差分", "central difference": "中心差分",
    "gradient check": "梯度检验",
}  # fmt: skip


@functools.cache
def pages(edition: str) -> dict[str, str]:
    """The sources of an edition's pages, by the name that a term's section has."""
    found = {}
    for path in notebooks.all_notebooks(edition):
        name = path.relative_to(notebooks.NOTEBOOKS / edition).with_suffix("").as_posix()
        cells = [c.source for c in notebooks.read(path).cells if c.cell_type == "markdown"]
        found[name] = "\n\n".join(cells)
    for path in sorted((build.ROOT / "book" / edition).glob("*.md")):
        found[path.stem] = path.read_text("utf-8")
    return found


def address_of(section: str) -> str:
    """Where an edition has the page of a section."""
    return short(f"notebooks/en/{section}") + ".html"


def soup(address: str) -> BeautifulSoup:
    return parsed((SITE / address).read_text("utf-8"))


class Page(NamedTuple):
    """What these tests ask of a page: its title, the links to terms on it, and all its text."""

    title: str
    targets: list[str]
    said: str


@functools.cache
def page_at(address: str) -> Page:
    tree = soup(address)
    return Page(
        title=tree.h1.contents[0].get_text(),
        targets=[link["href"] for link in tree.select("a.term")],
        said=" ".join(tree.article.get_text().lower().split()),
    )


# ---- The terms


@every_term
def test_a_term_has_a_definition_in_both_languages_and_a_section(term):
    for edition, stop in (("en", "."), ("zh", "。")):
        assert term.name(edition).strip() == term.name(edition) != ""
        assert term.definition[edition].endswith(stop)
        assert 8 <= len(term.first_sentence(edition)) < 160
        assert "dimension" not in term.definition[edition]
    assert term.section in pages("en")


@every_edition
def test_no_two_terms_are_written_alike(edition):
    forms = [form for term in TERMS for form in set(term.forms(edition))]
    assert len(forms) == len(set(forms))
    assert len({term.anchor for term in TERMS}) == len(TERMS)


def test_the_fixed_translations_hold():
    translation = {term.en: term.zh for term in TERMS}
    assert {en: translation.get(en) for en in FIXED} == FIXED


# Where GB 2312, whose common characters are in the order of pinyin, starts a new letter.
LETTERS = {
    "a": 0xB0A1, "b": 0xB0C5, "c": 0xB2C1, "d": 0xB4EE, "e": 0xB6EA, "f": 0xB7A2, "g": 0xB8C1,
    "h": 0xB9FE, "j": 0xBBF7, "k": 0xBFA6, "l": 0xC0AC, "m": 0xC2E8, "n": 0xC4C3, "o": 0xC5B6,
    "p": 0xC5BE, "q": 0xC6DA, "r": 0xC8BB, "s": 0xC8F6, "t": 0xCBFA, "w": 0xCDDA, "x": 0xCEF4,
    "y": 0xD1B9, "z": 0xD4D1,
}  # fmt: skip
RARE = {"鞍": "a", "偏": "p", "熵": "s"}  # not among the common characters
OTHER_READING = {"重采样": "chong cai yang", "行列式": "hang lie shi"}


def initial(character: str) -> str:
    code = int.from_bytes(character.encode("gb2312"), "big")
    return RARE.get(character) or max(x for x, start in LETTERS.items() if start <= code)


@every_term
def test_pinyin_begins_as_the_national_standard_orders_the_characters(term):
    if term.zh in OTHER_READING:
        assert term.pinyin == OTHER_READING[term.zh]
        return
    parts = re.findall(r"[A-Za-z]+|[^\x00-\x7f]", term.zh)
    syllables = term.pinyin.split()
    assert len(parts) == len(syllables)
    for part, syllable in zip(parts, syllables, strict=True):
        assert syllable[0] == (part[0].lower() if part.isascii() else initial(part))


# ---- The two pages


def bare(text: str) -> str:
    """A text without spaces, marks of code and the form of its apostrophes."""
    return re.sub(r"[\s`'’]", "", text)


@every_edition
def test_the_page_has_every_term_once_in_the_order_of_its_language(edition):
    page = soup(f"{edition}/glossary.html")
    shown = [entry["id"] for entry in page.select("dl.glossary dt")]
    assert shown == [t.anchor for t in sorted(TERMS, key=lambda term: term.order(edition))]
    assert sorted(shown) == sorted(
        entry["id"] for entry in soup("en/glossary.html").select("dl.glossary dt")
    )


@every_edition
def test_an_entry_shows_the_other_language_the_definition_and_its_section(edition):
    page = soup(f"{edition}/glossary.html")
    other, tag = {"en": ("zh", "zh-CN"), "zh": ("en", "en")}[edition]
    headings = {heading["id"]: heading for heading in page.select("dl.glossary dt")}
    for term in TERMS:
        heading = headings[term.anchor]
        assert heading.span["lang"] == tag
        assert heading.get_text() == f"{term.name(edition)} {term.name(other)}"
        definition, where = heading.find_next_sibling("dd").find_all("p")
        assert bare(definition.get_text()) == bare(term.definition[edition])
        address = address_of(term.section)
        assert where.a["href"] == address
        assert where.a.get_text().strip() == page_at(f"{edition}/{address}").title


@every_edition
@pytest.mark.parametrize(
    ("asked", "named"), [("gradient", "gradient"), ("  Ｇradient", "gradient"), ("梯度", "梯度")]
)
def test_a_field_leaves_the_terms_that_have_what_is_typed_in_either_language(
    new_page, origin, edition, asked, named
):
    page = new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{origin}/{edition}/glossary.html")
    field, count = page.locator(".glossary-filter input"), page.locator(".glossary-filter b")
    expect(count).to_have_text(str(len(TERMS)))
    field.focus()
    page.keyboard.type(asked)
    left = [term.anchor for term in TERMS if named in term.en.lower() + term.zh]
    expect(count).to_have_text(str(len(left)))
    shown = page.locator("dl.glossary dt:visible")
    assert {entry.get_attribute("id") for entry in shown.all()} == set(left)
    assert page.locator("dl.glossary dd:visible").count() == len(left)
    letters = page.locator("section:has(> dl.glossary):visible")
    assert all(letter.locator("dt:visible").count() for letter in letters.all())
    hidden = next(term.anchor for term in TERMS if term.anchor not in left)
    page.evaluate("(anchor) => { location.hash = anchor; }", hidden)  # as a link does
    expect(page.locator(f"#{hidden}")).to_be_in_viewport()
    expect(count).to_have_text(str(len(TERMS)))


@every_edition
def test_without_scripts_the_glossary_has_no_field_that_would_do_nothing(new_page, origin, edition):
    page = new_page(java_script_enabled=False)
    page.goto(f"{origin}/{edition}/glossary.html")
    expect(page.locator(".glossary-filter")).to_be_hidden()


def test_chinese_terms_stand_in_a_sans_beside_the_english_ones(new_page, origin):
    page = new_page()
    page.goto(f"{origin}/en/glossary.html")
    fonts = [
        page.locator(f"dl.glossary dt {part}").first.evaluate("e => getComputedStyle(e).fontFamily")
        for part in ("", ":lang(zh)")
    ]
    assert "serif" in fonts[0].split(", ")
    assert "sans-serif" in fonts[1].split(", ")


# ---- Links from the text


def linked(source: list[nodes.Element], language: str) -> dict[str, str]:
    """Make the links of a page; the anchors they lead to, by their words."""
    document = nodes.section("", *source)
    finder = glossary.Finder(TERMS, language)
    glossary.link_terms(document, finder, language, "glossary.html")
    found = [link for link in document.findall(nodes.reference) if "term" in link["classes"]]
    assert all(link["refuri"].startswith("glossary.html#term-") for link in found)
    assert all(link["reftitle"] for link in found)
    return {link.astext(): link["refuri"].partition("#term-")[2] for link in found}


def paragraph(*parts: nodes.Node) -> nodes.paragraph:
    return nodes.paragraph("", "", *parts)


def written(text: str) -> nodes.paragraph:
    """A paragraph with **bold** in it."""
    pieces = enumerate(text.split("**"))
    return paragraph(*(nodes.strong("", t) if n % 2 else nodes.Text(t) for n, t in pieces))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Axes, an axis and axes.", {"Axes": "axis"}),
        ("en", "The losses of a loss function.", {"losses": "loss"}),
        ("en", "A partial\nderivative.", {"partial\nderivative": "partial-derivative"}),
        ("en", "Mini-batches, pretensor, tensor-like.", {"Mini-batches": "mini-batch"}),
        ("en", "In place of this, in place.", {"in place": "in-place"}),
        ("en", "A tensor, then **tensors**.", {"tensors": "tensor"}),
        ("en", "A step. Weights in kilograms. A **step**.", {"step": "step"}),
        ("en", "**Count the axes.** Go on.", {}),
        ("zh", "沿着轴走，轴心。", {}),
        ("zh", "这叫**轴**。", {"轴": "axis"}),
        ("zh", "偏导数、偏导数、导数。", {"偏导数": "partial-derivative", "导数": "derivative"}),
        ("zh", "改动量和单元格，动量和单元。", {"动量": "momentum", "单元": "unit"}),
        ("zh", "损失函数的值就是损失。", {"损失函数": "loss"}),
    ],
)
def test_the_first_occurrence_of_a_term_is_linked_and_no_other_word(language, text, expected):
    assert linked([written(text)], language) == expected


def test_a_bold_occurrence_further_down_the_page_comes_first():
    assert linked([written("A tensor."), written("**Tensors**")], "en") == {"Tensors": "tensor"}


@pytest.mark.parametrize(
    "place",
    [
        nodes.title("", "About a tensor"),
        nodes.caption("", "A tensor."),
        nodes.literal_block("", "tensor"),
        nodes.raw("", "<p>tensor</p>", format="html"),
        paragraph(nodes.literal("", "tensor")),
        paragraph(nodes.reference("", "tensor", refuri="elsewhere.html")),
        nodes.table("", nodes.tgroup("", nodes.entry("", written("tensor")))),
        nodes.container("", written("tensor"), classes=["cell"]),
    ],
    ids=lambda node: node.tagname if not isinstance(node, nodes.paragraph) else node[0].tagname,
)
def test_nothing_is_linked_in_headings_captions_code_links_tables_and_outputs(place):
    assert linked([place], "en") == {}


@every_edition
def test_links_on_the_built_pages_lead_to_their_anchors_once_each(edition):
    anchors = {entry["id"] for entry in soup(f"{edition}/glossary.html").select("[id]")}
    total = 0
    for page in pages(edition):
        targets = page_at(f"{edition}/{address_of(page)}").targets
        assert len(targets) == len(set(targets)), page
        assert {target.partition("#")[2] for target in targets} <= anchors, page
        assert bool(targets) == (page != "glossary"), page
        total += len(targets)
    print(f"{edition}: {total} links")


@every_term
def test_the_section_of_a_term_uses_it(term):
    """A term's link "introduced in" would else lead to a page that does not have it."""
    for edition in EDITIONS:
        page = page_at(f"{edition}/{address_of(term.section)}")
        assert any(target.endswith(f"#{term.anchor}") for target in page.targets) or any(
            form in page.said for form in term.forms(edition)
        ), edition


def test_a_link_to_the_glossary_looks_like_text_and_is_told_by_more_than_colour(new_page, origin):
    page = new_page()
    page.goto(f"{origin}/en/02-tensors/02-vectors.html")
    style = """(a) => { const [own, around] = [a, a.closest("p")].map((e) => getComputedStyle(e));
        return [own.textDecorationLine, own.textDecorationStyle, own.color === around.color]; }"""
    term = page.locator("a.term").first
    assert term.evaluate(style) == ["underline", "dotted", True]
    assert len(term.get_attribute("title")) > 20
    term.focus()
    assert term.evaluate("a => getComputedStyle(a).textDecorationStyle") == "solid"
    term.press("Enter")
    page.wait_for_url("**/en/glossary.html#term-*")


# ---- One word for one thing, in both editions


# Where the Chinese sentence rightly says it without the term.
SAID_OTHERWISE: dict[tuple[str, str], set[str]] = {}


def bold_terms(source: str, language: str) -> list[glossary.Term]:
    finder = glossary.Finder(TERMS, language)
    bold = re.findall(r"\*\*([^*\n]+)\*\*", source)
    return [term for text in bold if (term := finder.whole(text))]


def test_the_chinese_cell_uses_the_glossarys_word_where_the_english_introduces_a_term():
    for english in notebooks.all_notebooks("en"):
        name = english.relative_to(notebooks.NOTEBOOKS / "en").with_suffix("").as_posix()
        chinese = {c.id: c.source for c in notebooks.read(notebooks.translation_of(english)).cells}
        for cell in notebooks.read(english).cells:
            if cell.cell_type == "markdown":
                for term in bold_terms(cell.source, "en"):
                    words = {term.zh, *term.also.get("zh", ())}
                    words |= SAID_OTHERWISE.get((name, cell.id), set())
                    assert any(word in chinese[cell.id] for word in words), (
                        f"{name}, cell {cell.id}: {term.en} is {term.zh} in the glossary"
                    )


# ---- References

LINK = re.compile(r"\]\((https?://[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
WORKS = re.compile(r"doi\.org|arxiv\.org|proceedings\.mlr|jmlr\.org|deeplearningbook|manning\.com")


def test_both_editions_list_the_same_works():
    english, chinese = (pages(edition)["references"] for edition in EDITIONS)
    assert LINK.findall(english) == LINK.findall(without_chinese_books(chinese))
    assert len(LINK.findall(english)) == len(set(LINK.findall(english))) >= 40


def test_every_work_that_a_page_refers_to_is_listed():
    listed = {link.rstrip("/") for link in LINK.findall(pages("en")["references"])}
    for page, source in pages("en").items():
        works = {link.rstrip("/") for link in LINK.findall(source) if WORKS.search(link)}
        assert works <= listed, f"{page}: add {works - listed} to book/*/references.md"


def test_addresses_are_well_formed():
    for link in LINK.findall(pages("en")["references"]):
        if "doi.org" in link:
            assert re.fullmatch(r"https://doi\.org/10\.\d{4,}/\S+", link)
        if "arxiv.org" in link:
            assert re.fullmatch(r"https://arxiv\.org/abs/\d{4}\.\d{4,5}", link)
