"""Print each edition as one PDF: `python -m tools pdf`, after a build.

A browser puts all pages of an edition into one document, in the order of the contents, brings
the figures to life, and prints it: once to learn on which page everything stands, and once with
these numbers. tools/site/pdf.js has what happens inside the browser.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
import io
from pathlib import Path
import re
import sys
import time
from typing import Any
import unicodedata

import pikepdf
from playwright.sync_api import Error, Page, Route, ViewportSize, sync_playwright
import yaml

from gearsbook_site import addresses
from tools import workplace
from tools.setup import chromium
from tools.site import build, revision, serve

LIMIT = 30_000_000  # bytes, each
FLAGS = ["--no-sandbox", "--disable-gpu"]  # CI runs as root
SCRIPT = Path(__file__).with_suffix(".js")
STYLE = build.ROOT / "book" / "assets" / "paper.css"
SECONDS = 120  # for any one step of the browser, on a busy machine too
# what A4 leaves inside the margins that paper.css sets
PAPER: ViewportSize = {"width": 658, "height": 930}
# radicals of which Unicode's own normal form makes no character
RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Gears: the mathematics of neural networks, live",
        "author": "The authors of Gears",
        "contents": "Contents",
        "answers": "Answers",
        "solution": "A solution: page ",
        "reasons": "The answers: page ",
        "end": "",
        "quiz": "Quick quiz",
        "cover": [
            "The course on paper. On a screen its figures move, and its exercises are checked.",
            "The authors of Gears · {name}",
            "Text and figures: CC BY 4.0. Code: BSD 3-Clause.",
        ],
    },
    "zh": {
        "title": "齿轮：看得见的神经网络数学",
        "author": "《齿轮》作者",
        "contents": "目录",
        "answers": "答案",
        "solution": "参考解答：第 ",
        "reasons": "答案与理由：第 ",
        "end": " 页",
        "quiz": "小测验",
        "cover": [
            "纸上的课程。在屏幕上，图可以动手操作，练习会自动批改。",
            "《齿轮》作者 · {name}",
            "文字和图：CC BY 4.0。代码：BSD 3-Clause。",
        ],
    },
}


def path(edition: str) -> Path:
    """Where the PDF of an edition is."""
    return build.BUILD / f"gears-{edition}.pdf"


def pages(edition: str) -> list[dict[str, Any]]:
    """The pages of an edition as its contents list them: address, and depth from 0 on."""

    def walk(entries: list[dict[str, Any]], depth: int) -> Iterator[dict[str, Any]]:
        for entry in entries:
            yield {"address": f"{addresses.short(entry['file'])}.html", "depth": depth}
            yield from walk(entry.get("sections", []), depth + 1)

    toc = yaml.safe_load(build.contents(edition))
    return list(walk([{"file": toc["root"]}, *toc["chapters"]], 0))


def print_edition(edition: str) -> Path:
    """Print an edition, and write it in one step.

    Raises:
        RuntimeError: something in it does not print.
        OSError: the PDF could not be written; the last one stays.
    """
    with serve.serving(build.SITE, serve.QuietHandler) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        page = browser.new_page(viewport=PAPER, device_scale_factor=2)  # canvases twice as fine
        page.set_default_timeout(SECONDS * 1000)
        open_document(page, f"{origin}/{edition}", edition)
        found = pages_by_id(page.pdf(prefer_css_page_size=True))
        page.evaluate("number", found)
        printed = page.pdf(
            prefer_css_page_size=True, print_background=True, tagged=True, outline=True
        )
        browser.close()
    if pages_by_id(printed) != found:
        raise RuntimeError("with their numbers in the contents the pages are others")
    pdf = finished(printed, WORDS[edition]["author"], revision.date())
    with workplace.in_one_step(path(edition)) as partial:
        partial.write_bytes(pdf)
    return path(edition)


def open_document(page: Page, home: str, edition: str) -> None:
    """Open the edition as one document that is ready for print.

    Raises:
        RuntimeError: a figure failed, or something would not fit on the paper.
    """
    words = WORDS[edition]
    page.emulate_media(media="print", color_scheme="light")
    page.goto(f"{home}/index.html")
    script = SCRIPT.read_text(encoding="utf-8")
    document = page.evaluate(
        f"(what) => {{ {script}; return assemble(what); }}",
        {
            "pages": pages(edition),
            "words": words
            | {"cover": [line.format(name=revision.name()) for line in words["cover"]]},
            "style": STYLE.read_text(encoding="utf-8"),
            "title": words["title"],
        },
    )

    def answer(route: Route) -> None:
        route.fulfill(body=document, content_type="text/html; charset=utf-8")

    page.route("**/paper.html", answer)
    page.goto(f"{home}/paper.html", wait_until="networkidle")
    page.add_script_tag(content=script)
    for figure in page.locator(".gears-explorable").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".gears-figure, .gears-failure").first.wait_for()
    page.wait_for_load_state("networkidle")
    failures = page.locator(".gears-failure").all_inner_texts()
    page.evaluate("describe()")
    if problems := failures + page.evaluate("fit()"):
        raise RuntimeError("\n".join(["This does not print:", *problems]))


def pages_by_id(pdf: bytes) -> dict[str, int]:
    """The page, from 1 on, of every place that a link inside the PDF leads to."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        places = document.Root.Dests.items()
        return {name.removeprefix("/"): numbers[place[0].objgen] for name, place in places}


def finished(printed: bytes, author: str, date: int) -> bytes:
    """The PDF with its author for the browser's name, and nothing that differs with each print.

    The commit's date stands for the clock's.
    """
    when = time.strftime("D:%Y%m%d%H%M%S+00'00'", time.gmtime(date))
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        about = pdf.docinfo
        del about.Creator
        about.Author = author
        about.CreationDate = about.ModDate = when
        count_cells(pdf)
        let_characters_be_found(pdf)
        packed = pikepdf.ObjectStreamMode.generate  # less than half the size
        pdf.save(written, object_stream_mode=packed, deterministic_id=True)
    return written.getvalue()


def count_cells(pdf: pikepdf.Pdf) -> None:
    """Name the heads of tables from 0 on: the browser counts all that it ever drew."""
    structure = pdf.Root.StructTreeRoot
    heads = dict(pikepdf.NameTree(structure.IDTree).items())
    names = {old: f"node{number:08}" for number, old in enumerate(heads)}
    renamed = pikepdf.NameTree.new(pdf)
    for old, head in heads.items():
        head.ID = names[old]
        renamed[names[old]] = head
    structure.IDTree = renamed.obj
    for element in elements(pdf, "/StructElem"):
        for attributes in element.get("/A", ()):
            if "/Headers" in attributes:
                attributes.Headers = pikepdf.Array(names[str(id)] for id in attributes.Headers)


def let_characters_be_found(pdf: pikepdf.Pdf) -> None:
    """Say characters of a font's glyphs where the browser said radicals that look the same.

    A font has one glyph for the character 文 and the radical ⽂, and the browser says of it, for
    whoever searches or copies, that it is the radical.
    """
    for font in elements(pdf, "/Font"):
        if "/ToUnicode" in font:
            meanings = font.ToUnicode.read_bytes()  # a text with a line for each glyph
            font.ToUnicode.write(re.sub(rb"<(2[EF][0-9A-F]{2})>(?=\n)", _character, meanings))


def elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Dictionary]:
    """All of a kind."""
    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == kind:
            yield element


def _character(radical: re.Match[bytes]) -> bytes:
    character = chr(int(radical[1], 16))
    character = unicodedata.normalize("NFKC", character).translate(RADICALS)
    return b"<%04X>" % ord(character)


if __name__ == "__main__":
    if not (build.SITE / "index.html").exists():
        sys.exit(f"{build.SITE} is not built yet: run `make pdf`")
    if not chromium.find():
        sys.exit("A browser prints the book, and none was found: run `make pdf`")
    try:
        with workplace.alone(build.BUILD), ProcessPoolExecutor(len(build.EDITIONS)) as pool:
            for printed in pool.map(print_edition, build.EDITIONS):
                with pikepdf.open(printed) as pdf:
                    count = len(pdf.pages)
                size = printed.stat().st_size / 1e6
                where = printed.relative_to(build.ROOT)
                print(f"Printed {where}: {count} pages, {size:.3g} MB", flush=True)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: run the same command again.")
    except (RuntimeError, Error) as error:  # ours, or the browser's
        sys.exit(f"Not printed: {error}.")
    except OSError as error:
        sys.exit(f"Not printed: {workplace.trouble(error)}.")
