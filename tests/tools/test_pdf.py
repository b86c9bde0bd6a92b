"""The PDFs as somebody prints or searches them. `make test-release` prints them beforehand."""

from collections.abc import Callable
import copy
import functools
import io
import re

from bs4 import BeautifulSoup
import pikepdf
from pypdf import PdfReader
import pytest

from tools.site import archive, build, pdf, revision


def of_each_pdf(test: Callable) -> Callable:
    """Only `make test-release` prints them."""
    return pytest.mark.release(pytest.mark.parametrize("edition", build.EDITIONS)(test))


@functools.cache
def reader(edition: str) -> PdfReader:
    if not pdf.path(edition).exists():
        pytest.fail("the PDFs are not printed: run `make pdf` first")
    return PdfReader(pdf.path(edition))


@functools.cache
def text(edition: str, number: int) -> str:
    """The text of a page, from 1 on, without the spaces that printing puts anywhere."""
    return squeezed(reader(edition).pages[number - 1].extract_text())


@functools.cache
def places(edition: str) -> dict[str, int]:
    return pdf.pages_by_id(pdf.path(edition).read_bytes())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def titles(edition: str) -> list[str]:
    """The title of every page of the site, in the order of the contents."""
    found = []
    for page in pdf.pages(edition):
        text = (build.SITE / edition / page["address"]).read_text("utf-8")
        heading = BeautifulSoup(text, "html.parser").select_one("article h1")
        heading.select_one(".headerlink").decompose()
        found.append(squeezed(heading.get_text()))
    return found


@of_each_pdf
def test_each_is_no_larger_than_we_say_and_holds_the_whole_book(edition):
    size, pages = pdf.path(edition).stat().st_size, len(reader(edition).pages)
    print(f"{edition}: {pages} pages, {archive.megabytes(size)}")
    assert size <= pdf.LIMIT
    assert pages > 5 * len(pdf.pages(edition))


@of_each_pdf
def test_every_title_stands_on_the_page_that_the_contents_name(edition):
    contents = "".join(text(edition, number) for number in range(2, places(edition)["index.html"]))
    addresses = [*(page["address"] for page in pdf.pages(edition)), "answers"]
    every = [*titles(edition), pdf.WORDS[edition]["answers"]]
    for address, title in zip(addresses, every, strict=True):
        number = places(edition)[address]
        assert f"{title}{number}" in contents
        assert title in text(edition, number), f"{title} is not on page {number}"
        assert str(number) in text(edition, number), f"page {number} does not show its number"


@of_each_pdf
def test_the_outline_has_every_page_below_its_chapter(edition):
    def walk(items: list, depth: int) -> list[tuple[str, int]]:
        found = []
        for item in items:
            nested = isinstance(item, list)
            found += walk(item, depth + 1) if nested else [(squeezed(item.title), depth)]
        return found

    outline = walk(reader(edition).outline, 0)
    for title, page in zip(titles(edition), pdf.pages(edition), strict=True):
        assert (title, page["depth"]) in outline


@of_each_pdf
def test_links_lead_to_places_in_the_book_or_say_their_address(edition):
    inside = 0
    for page in reader(edition).pages:
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            if (place := link.get("/Dest")) is not None:
                assert str(place).removeprefix("/") in places(edition)
                inside += 1
            elif link.get("/A", {}).get("/URI"):
                assert re.match("https?://(?!127|localhost)", link["/A"]["/URI"])
    assert inside > 300


@of_each_pdf
def test_all_fonts_are_in_the_file(edition):
    fonts = {
        font.indirect_reference.idnum: font.get_object()
        for page in reader(edition).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert len(fonts) > 3
    for font in fonts.values():
        if font["/Subtype"] != "/Type3":  # its glyphs are drawings in the file
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


@of_each_pdf
def test_no_page_is_nearly_empty(edition):
    """The last page of a section may be short, but the head and the number are not all it has."""
    sizes = [len(page.get_contents().get_data()) for page in reader(edition).pages]
    empty = [number for number, size in enumerate(sizes, 1) if size < 2_000]
    assert len(empty) <= 0.03 * len(sizes), empty


@of_each_pdf
def test_it_says_its_title_author_language_and_the_commits_date(edition):
    document = reader(edition)
    assert document.metadata.title == pdf.WORDS[edition]["title"]
    assert document.metadata.author == pdf.WORDS[edition]["author"]
    assert document.metadata.creator is None
    assert document.metadata.creation_date == document.metadata.modification_date
    assert document.metadata.creation_date.timestamp() <= revision.date()
    root = document.trailer["/Root"]
    assert root["/Lang"] == {"en": "en", "zh": "zh-CN"}[edition]
    assert root["/MarkInfo"]["/Marked"]


@pytest.mark.release
def test_chinese_can_be_searched():
    """No character is said to be the radical that looks like it."""
    every = "".join(text("zh", number) for number in {*places("zh").values()})
    for words in ("梯度下降", "反向传播", "神经网络", "页"):
        assert words in every
    assert not re.search("[⺀-⿕]", every)


@of_each_pdf
def test_solutions_and_answers_stand_at_the_end_and_nowhere_else(edition):
    answers = places(edition)["answers"]
    of_answers = [number for name, number in places(edition).items() if name.startswith("answers:")]
    assert len(of_answers) > 50
    assert min(of_answers) == answers
    page = places(edition)["01-first-look.html"]
    while squeezed(pdf.WORDS[edition]["reasons"]) not in text(edition, page):
        assert "✓" not in text(edition, page)
        page += 1
    assert "✓" in text(edition, answers)


def printed(date: str, head: str) -> bytes:
    """A PDF as a browser prints it, with a table's head and cell, and a font with a radical."""
    document = pikepdf.new()
    page = document.add_blank_page()
    document.docinfo.update(
        {"/Creator": "Chromium", "/CreationDate": f"D:{date}", "/ModDate": f"D:{date}"}
    )
    element = pikepdf.Dictionary(Type=pikepdf.Name("/StructElem"))
    th, td = (document.make_indirect(copy.copy(element)) for _ in range(2))
    th.ID, td.A = head, [pikepdf.Dictionary(Headers=[head])]
    heads = pikepdf.NameTree.new(document)
    heads[head] = th
    document.Root.StructTreeRoot = pikepdf.Dictionary(K=[th, td], IDTree=heads.obj)
    meanings = document.make_stream(b"2 beginbfchar\n<0001> <2F42>\n<2F42> <6587>\nendbfchar\n")
    font = pikepdf.Dictionary(Type=pikepdf.Name("/Font"), ToUnicode=meanings)
    page.Resources = pikepdf.Dictionary(Font={"/F": document.make_indirect(font)})
    written = io.BytesIO()
    document.save(written, static_id=True)
    return written.getvalue()


def test_two_prints_give_the_same_bytes_and_a_file_in_order():
    first = pdf.finished(printed("20261125091348+00'00'", "node00081424"), "作者", 0)
    assert pdf.finished(printed("20261126101500+00'00'", "node00000432"), "作者", 0) == first
    with pikepdf.open(io.BytesIO(first)) as document:
        assert document.check_pdf_syntax() == []
        about = {"/Author": "作者", "/CreationDate": "D:19700101000000+00'00'"}
        assert about.items() <= {key: str(value) for key, value in document.docinfo.items()}.items()
        assert "/Creator" not in document.docinfo
        structure = document.Root.StructTreeRoot
        ((name, head),) = pikepdf.NameTree(structure.IDTree).items()
        assert name == head.ID == structure.K[1].A[0].Headers[0] == "node00000000"
        meanings = document.pages[0].Resources.Font["/F"].ToUnicode.read_bytes()
        assert b"<0001> <6587>\n<2F42> <6587>\n" in meanings, "a glyph's number is no radical"
