"""The Chinese edition is set as Chinese is: its marks, its emphasis, what is said of a page."""

import re

from docutils import nodes
import pytest

from browsing import PAGES, SITE
from gearsbook_site.chinese import HAN, has_han, set_as_chinese
from gearsbook_site.descriptions import LENGTH, description
from gearsbook_site.questions import marked

CHINESE = [page for page in PAGES if page.startswith("zh/")]
MARKS = "“”‘’…—"

SLANTED = r"""() => [...document.querySelectorAll("body *")].filter((element) =>
  [...element.childNodes].some((node) => node.nodeType === 3 && /[\u3400-\u9fff]/.test(node.data))
    && getComputedStyle(element).fontStyle !== "normal").map((element) => element.outerHTML)"""

# How wide each mark is between two characters, as a part of their width.
WIDTHS = """([marks, language]) => {
  const line = document.querySelector("article").appendChild(document.createElement("p"));
  line.lang = language;
  const width = (text) => {
    const shown = line.appendChild(document.createElement("span"));
    shown.textContent = text;
    return shown.getBoundingClientRect().width;
  };
  return [...marks].map((mark) => (width(`一${mark}一`) - width("一一")) / width("一"));
}"""


def written(text: str) -> nodes.paragraph:
    """A paragraph with **bold** and *emphasis* in it."""
    kinds = {"**": nodes.strong, "*": nodes.emphasis}
    pieces = re.findall(r"(\*\*?)(.+?)\1|([^*]+)", text)
    return nodes.paragraph(
        "",
        "",
        *(kinds[star]("", said) if star else nodes.Text(rest) for star, said, rest in pieces),
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**图像。** 忘了", "图像。忘了"),
        ("*为什么？*\n因为", "为什么？因为"),
        ("**够：** **乘方**", "够：乘方"),
        ("前 **图像** relu", "前 图像 relu"),
        ("**End.** Go on.", "End. Go on."),
    ],
)
def test_no_blank_follows_a_head_that_ends_with_a_mark_of_full_width(text, shown):
    paragraph = written(text)
    set_as_chinese(paragraph)
    assert paragraph.astext() == shown


def test_chinese_is_stressed_by_dots_and_latin_letters_by_a_slant():
    paragraph = written("*次序*，*Nature*，*n 个*")
    set_as_chinese(paragraph)
    assert [em["classes"] for em in paragraph.findall(nodes.emphasis)] == [["dots"], [], ["dots"]]
    assert marked("*次序* *Nature*") == '<em class="dots">次序</em> <em>Nature</em>'


@pytest.mark.parametrize("address", CHINESE)
def test_no_chinese_of_a_page_is_slanted_and_no_blank_follows_a_head(address):
    page = (SITE / address).read_text("utf-8")
    emphasis = re.findall(r"<em\b([^>]*)>(.*?)</em>", page, re.S)
    slanted = [text for attributes, text in emphasis if "dots" not in attributes]
    assert not [text for text in slanted if has_han(re.sub("<[^>]*>", "", text))]
    assert re.findall(r"[。：？！]</(?:strong|em)>\s.{0,20}", page) == []


def test_marks_and_emphasis_look_chinese_in_a_browser(new_page, origin):
    page = new_page()
    for address in ("zh/teach.html", "zh/04-gradients/04-backpropagation.html", "zh/glossary.html"):
        page.goto(f"{origin}/{address}")
        assert page.evaluate(SLANTED) == [], address
    assert page.evaluate(WIDTHS, [MARKS, "zh"]) == pytest.approx([1] * len(MARKS), abs=0.05)
    quotes = page.evaluate(WIDTHS, ["“”‘’", "en"])
    assert all(width < 0.7 for width in quotes), "English words have quotes of their own width"


# ---- What is said of a page


def test_a_description_is_the_pages_paragraphs_with_their_own_marks():
    entries = (nodes.list_item("", nodes.paragraph("", text)) for text in ("轴；", "形状"))
    page = nodes.section(
        "",
        nodes.title("", "题目"),
        nodes.admonition("", nodes.paragraph("", "不说")),
        nodes.paragraph(
            "", "", nodes.Text("搭出"), nodes.strong("", "网络"), nodes.Text("，\n走一步。")
        ),
        nodes.container("", nodes.paragraph("", "不说"), classes=["cell"]),
        nodes.paragraph("", "你将学到"),
        nodes.bullet_list("", *entries),
        nodes.paragraph("", "完"),
    )
    assert description(page, "zh") == "搭出网络，走一步。你将学到：轴；形状、完"
    long = nodes.section("", nodes.paragraph("", "长" * 2 * LENGTH))
    assert description(long, "zh") == "长" * (LENGTH - 2) + "……"


@pytest.mark.parametrize("address", [page for page in CHINESE if "search" not in page])
def test_what_is_said_of_a_page_is_set_as_chinese(address):
    page = (SITE / address).read_text("utf-8")
    said = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)"', page)
    assert len(said) == 2
    assert said[0] == said[1]
    assert len(said[0]) > 40
    full, half = "。，、；：？！（）《》", "[,.:;?!]"
    wrong = rf"[{HAN}] [{HAN}]|[{HAN}{full}] ?{half}|{half} ?[{HAN}]|[{full}]\s|\s[{full}]"
    assert re.findall(rf".{{,5}}(?:{wrong}).{{,5}}", said[0]) == []
