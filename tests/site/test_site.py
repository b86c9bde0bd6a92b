"""The built site as its readers meet it, in a real Chromium."""

from collections.abc import Iterator
import contextlib
import functools
import json
import re
import shutil
import threading
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
import nbformat
from PIL import Image, ImageChops
from playwright.sync_api import expect
import pytest

from browsing import PAGES, SITE, Watch, mount_figures, parsed, unfold, weight, wire_size
from gearsbook_site import bodies, deeper
from gearsbook_site.addresses import short
from tools import notebooks
from tools.bench import pages as bench_pages
from tools.site import build, publish, serve
import visiting
from visiting import Visits

EDITIONS = ("en", "zh")
ARTICLES = [page for page in PAGES if not page.endswith("search.html")]
NOTEBOOK_PAGES = {
    f"{edition}/{short(path.relative_to(build.ROOT).with_suffix('').as_posix())}.html": path
    for edition in EDITIONS
    for path in notebooks.all_notebooks(edition)
}
# bytes on the wire: of the front page, of a section that is read first, and of one after others
FRONT_PAGE_LIMIT, FIRST_PAGE_LIMIT, LATER_PAGE_LIMIT = 75_000, 110_000, 60_000
FIRST_PAGE_REQUESTS = 15
ASSET_LIMITS = {"book.*.css": 20_000, "book.*.js": 25_000, "searchindex.*.js": 155_000}
ANY_PAGE_REQUESTS = 20  # when it is read to its end, and nothing was read before it
MOST_SHIFT = 0.02  # as Chromium counts what moves without the reader's doing


def soup(page: str) -> BeautifulSoup:
    return parsed((SITE / page).read_text("utf-8"))


def texts(part: Tag, without: str) -> Iterator[str]:
    """What is written in a part of a page, but for the elements that a selector names."""
    left_out = set(map(id, part.select(without)))
    return (text for text in part.strings if left_out.isdisjoint(map(id, text.parents)))


@functools.cache
def article(page: str) -> str:
    return "".join(
        texts(soup(page).article, without=".bodies")
    )  # most are wrong: none is looked for


def in_the_other_language(address: str) -> str:
    edition, _, rest = address.partition("/")
    return f"{'zh' if edition == 'en' else 'en'}/{rest}"


@functools.cache
def anchors(page: str) -> set[str]:
    return set(re.findall(r'<[a-z][^<>]*?\sid="([^"]*)"', (SITE / page).read_text("utf-8")))


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("book/en/operations", "operations"),
        ("notebooks/zh/04-gradients/00-training-loop", "gradients"),
        ("notebooks/zh/04-gradients/01-derivative", "04-gradients/01-derivative"),
    ],
)
def test_a_page_that_opens_its_folder_has_the_address_of_one_that_is_no_notebook(source, address):
    assert short(source) == address


@pytest.mark.parametrize("page", NOTEBOOK_PAGES)
def test_a_reader_guesses_before_the_output_is_seen(page):
    """Each question is a box, each answer a field for the guess and a fold, in the same cell."""
    text, built = source(page), soup(page)
    boxes = built.select(".admonition.predict > .admonition-title")
    assert len(boxes) == len(re.findall(r'"> \*\*(?:Predict first|先猜一猜)\*\*\\n"', text))
    folds = built.select(".cell > .prediction > label:has(textarea) + details:not([open])")
    assert len(folds) == text.count('"outputs_hidden": true')
    assert all(fold.select_one(".cell_output") for fold in folds)


@pytest.mark.parametrize("page", NOTEBOOK_PAGES)
def test_what_only_some_readers_need_is_folded_under_its_heading(page):
    mark = deeper.MARK[page[:2]]
    headings = re.findall(rf'"#+ ({mark}.*?)(?:\\n)?"', source(page))
    boxes = soup(page).select("section > details.deeper:not([open]) > summary:first-child")
    assert len(boxes) == len(headings)
    assert all(box.get_text().startswith(mark) for box in boxes)


@pytest.mark.parametrize("page", NOTEBOOK_PAGES)
def test_a_reader_without_a_kernel_chooses_among_the_bodies_before_each_solution(page):
    """Each folds what is said of it, and one is right."""
    for solution in soup(page).select(".tag_solution"):
        name = re.search(r"^def (\w+)", solution.get_text(), re.M)[1]
        before = solution.find_previous_sibling()
        asked = bodies.questions().get(name)
        if not asked:
            assert "bodies" not in before.get("class"), name
            continue
        assert before.p.code.get_text() == asked.head
        folds = before.select(":scope.bodies > ol > li > details:not([open])")
        assert [fold.summary.get_text() for fold in folds] == [body.code for body in asked.bodies]
        assert [fold.strong.get_text()[0] for fold in folds] == [
            "✗" if body.hint else "✓" for body in asked.bodies
        ]
        for fold, body in zip(folds, asked.bodies, strict=True):
            said = re.sub("[`*]", "", fold.p.get_text())
            assert not body.hint or said.endswith(re.sub("[`*]", "", body.hint[page[:2]]))


def test_both_editions_are_there(site):
    assert {page.split("/")[0] for page in PAGES} == set(EDITIONS)
    assert [page[3:] for page in PAGES if page.startswith("en/")] == [
        page[3:] for page in PAGES if page.startswith("zh/")
    ]


@pytest.mark.parametrize("address", [*PAGES, "index.html", "404.html"])
def test_every_internal_link_and_anchor_leads_somewhere(site, address):
    for element in soup(address).select("[href], [src]"):
        reference = element.get("href") or element.get("src")
        if re.match(r"(https?|mailto|data):", reference) or element.name == "base":
            continue
        target, anchor = urldefrag(urljoin(address, reference.split("?")[0]))
        anchor = anchor or urldefrag(reference)[1]
        file = site / unquote(target)
        assert file.is_file(), f"{address} points to {reference}"
        if anchor and file.suffix == ".html":
            ids = anchors(file.relative_to(site).as_posix())
            assert unquote(anchor) in ids, f"{address} points to {reference}"


def test_every_file_that_the_stylesheets_name_is_there(site):
    address = re.compile(r"""url\((['"]?)(?!data:|#)([^'")]+)\1\)""")
    # formats that no browser of this decade asks for, and fonts no icon of ours is in
    left_out = re.compile(r"\.ttf$|\.woff$|/fa-(brands|regular)-")
    for stylesheet in site.rglob("book.*.css"):
        for _, reference in address.findall(stylesheet.read_text("utf-8")):
            file = reference.split("?")[0]
            assert (stylesheet.parent / file).exists() or left_out.search(file), file


@pytest.mark.parametrize("address", ARTICLES)
def test_no_mark_of_bold_type_is_left_for_readers_to_see(address):
    """`**…。**` followed by a Han character is no bold type to Markdown: a space has to follow."""
    prose = "".join(texts(soup(address).article, without="pre, code, .katex"))
    assert not re.search(r".{0,20}\*\*.{0,20}", prose)


@pytest.mark.parametrize("address", ARTICLES)
def test_a_formula_too_wide_for_a_phone_shows_its_beginning(visit, address):
    assert visit(address, visiting.beheaded) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_pictures_are_lighter_on_the_site_and_the_same_pixel_for_pixel(site, edition):
    published = sorted((site / edition / "_images").iterdir())
    assert {picture.suffix for picture in published} == {".webp"}
    notebooks_pictures = build.BUILD / "work" / edition / "_build" / "jupyter_execute"
    stored = [notebooks_pictures / f"{picture.stem}.png" for picture in published]
    for png, webp in zip(stored, published, strict=True):
        with Image.open(png) as before, Image.open(webp) as after:
            assert not ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox()
    assert sum(p.stat().st_size for p in published) < 0.9 * sum(p.stat().st_size for p in stored)


# each page is held to a weight by itself, too
@pytest.mark.parametrize(
    ("edition", "pages"),
    [("en", 6), *(pytest.param(edition, None, marks=pytest.mark.release) for edition in EDITIONS)],
)
def test_first_page_and_later_pages_are_light(chromium, site, origin, edition, pages):
    """For a reader of all pages in turn: addresses carry versions, so none is asked for twice."""
    for pattern, limit in ASSET_LIMITS.items():
        (asset,) = (site / edition / "_static").glob(pattern)
        assert wire_size(asset) <= limit, asset
    visit = Visits(chromium, site, origin, whole=False)
    front_page = f"{edition}/index.html"
    assert visit(front_page, visiting.first_view).weight <= FRONT_PAGE_LIMIT
    seen: set[str] = set()
    others = (page for page in ARTICLES if page[:2] == edition and page != front_page)
    for address in [front_page, *others][:pages]:
        requests = visit(address, visiting.whole_traffic).requests
        asked = [url for url in requests if url not in seen]
        carried = weight(set(asked), site, origin)
        print(f"{address}: {len(asked)} requests, {carried / 1000:.0f} kB gzipped")
        assert carried <= (LATER_PAGE_LIMIT if seen else FRONT_PAGE_LIMIT), address
        assert len(asked) <= FIRST_PAGE_REQUESTS, address
        seen |= set(asked)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [360, 412, 600, 1280])
def test_nothing_on_the_front_page_jumps_when_its_figure_comes(new_page, origin, edition, width):
    page = new_page(viewport={"width": width, "height": 823}, bypass_csp=True)
    watch = Watch(page, origin)
    page.add_init_script(bench_pages.SHIFTS_AND_PAINTS)
    page.goto(f"{origin}/{edition}/index.html")
    watch.settle(page)
    figure = page.locator("[data-figure=draw_digit]")
    figure.locator("output").wait_for()
    assert page.evaluate("seen.cls") < MOST_SHIFT
    # what is reserved is no more than the figure needs
    reserved = figure.evaluate("element => parseFloat(getComputedStyle(element).minHeight)")
    assert (
        0
        < reserved
        <= figure.locator("output").evaluate(
            "(output) => output.getBoundingClientRect().bottom"
            " - output.closest('[data-figure]').getBoundingClientRect().top"
        )
    )


@pytest.mark.parametrize("address", ARTICLES)
def test_a_notebook_page_alone_is_a_light_first_page(visit, address):
    seen = visit(address, visiting.first_view)
    assert seen.weight <= FIRST_PAGE_LIMIT
    assert len(seen.requests) <= ANY_PAGE_REQUESTS


@pytest.mark.parametrize("address", ARTICLES)
def test_page_opened_from_disk_reads_and_offers_what_works(visit, address):
    assert visit(address, visiting.problems_on_disk) == []
    seen = visit(address, visiting.reading_on_disk)
    assert seen.has_title
    assert all(width > 0 for width in seen.formulas)
    assert seen.has_font or not seen.formulas
    assert seen.downloads == 0  # the button would show JSON; the notebook is on the disk already
    assert urldefrag(visit(address, visiting.switched_on_disk))[0] == in_the_other_language(address)


@pytest.mark.parametrize("address", ARTICLES)
def test_language_switch_stays_on_the_page_and_hreflang_names_both(visit, address):
    assert urldefrag(visit(address, visiting.switched))[0] == in_the_other_language(address)
    rest = address[3:]
    alternates = {link["hreflang"]: link["href"] for link in soup(address).select("link[hreflang]")}
    paths = {tag: urlsplit(urljoin(f"/{address}", href)).path for tag, href in alternates.items()}
    assert set(paths) == {"en", "zh-CN"}
    assert paths["en"].endswith(f"/en/{rest}")  # under the site's address where that is known
    assert paths["zh-CN"].endswith(f"/zh/{rest}")


@pytest.mark.parametrize("address", [page for page in ARTICLES if page.startswith("en/")])
def test_headings_cells_and_figures_have_the_same_ids_in_both_editions(address):
    here, there = (
        [tag["id"] for tag in soup(page).select("article [id]")]
        for page in (address, in_the_other_language(address))
    )
    if address.endswith("glossary.html"):  # in the order of each language, under its letters
        here, there = (
            sorted(name for name in ids if not name.startswith("letter-")) for ids in (here, there)
        )
    assert here == there
    assert len(here) == len(set(here))
    assert [name for name in here if re.fullmatch(r"id\d+", name)] == []


def test_language_switch_keeps_the_section_and_the_cell(new_page, origin):
    page = new_page(viewport={"width": 1280, "height": 900})
    there = f"{origin}/zh/02-tensors/06-slicing.html"
    page.goto(f"{origin}/en/02-tensors/06-slicing.html#pitfalls")
    page.locator(visiting.SWITCH).click()
    page.wait_for_url(f"{there}#pitfalls")
    page.locator("#cell-ends").evaluate("(cell) => cell.scrollIntoView()")
    page.locator(visiting.SWITCH).dispatch_event("click")  # a pointer may scroll to it first
    page.wait_for_url(f"{there}#cell-ends".replace("/zh/", "/en/"))


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    """The address of the site as a reader has it who got it as a zip: in a folder, served from
    the one above by `python -m http.server`.
    """
    folder = tmp_path_factory.mktemp("downloads 下载")
    archive = shutil.make_archive(str(folder / "gears"), "zip", site)
    shutil.unpack_archive(archive, folder / "my books" / "gears")
    with serve.serving(folder, serve.QuietHandler) as address:
        yield f"{address}/my%20books/gears"


@pytest.mark.parametrize("edition", EDITIONS)
def test_unpacked_from_a_zip_the_site_works_under_another_path(new_page, unpacked, edition):
    page = new_page(locale=edition)
    watch = Watch(page, unpacked)
    page.goto(f"{unpacked}/")
    page.wait_for_url(f"{unpacked}/{edition}/index.html")
    watch.settle(page)
    page.goto(f"{unpacked}/{edition}/01-first-look.html")
    mount_figures(page)
    watch.settle(page)
    assert page.locator(".gears-failure").count() == 0
    page.goto(f"{unpacked}/{edition}/search.html?q=NumPy")
    expect(page.locator("#search-results p").first).to_contain_text(re.compile("[0-9]"))
    watch.settle(page)  # the pages found, which it reads for their words
    page.locator("#search-results ul.found li > a").first.click()
    page.wait_for_url(lambda url: "search.html" not in url)
    watch.settle(page)
    expect(page.locator("article h1").first).to_be_visible()
    other = {"en": "zh", "zh": "en"}[edition]
    page.locator(".language-switch").click()
    page.wait_for_url(f"{unpacked}/{other}/**")
    watch.settle(page)
    assert watch.problems == []


@pytest.mark.parametrize(
    ("locale", "edition"), [("en-GB", "en"), ("zh-CN", "zh"), ("zh", "zh"), ("fr-FR", "en")]
)
def test_front_door_picks_the_readers_language(new_page, origin, locale, edition):
    page = new_page(locale=locale)
    page.goto(f"{origin}/")
    page.wait_for_url(f"{origin}/{edition}/index.html")


def test_front_door_leads_on_before_all_of_it_has_come(new_page, site):
    led_on = threading.Event()

    class SlowLine(serve.QuietHandler):
        def copyfile(self, source, outputfile):
            if self.path != "/":
                return super().copyfile(source, outputfile)
            *beginning, end = source
            outputfile.write(b"".join(beginning))
            led_on.wait(timeout=30)
            with contextlib.suppress(ConnectionError):  # nobody waits for it any more
                outputfile.write(end)

    page = new_page()
    with serve.serving(site, SlowLine) as address:
        watch = Watch(page, address)
        page.goto(f"{address}/", wait_until="commit")
        page.wait_for_url(f"{address}/en/index.html")
        led_on.set()
        watch.settle(page)
    assert watch.problems == []


def test_front_door_offers_both_languages_without_javascript(new_page, origin):
    page = new_page(java_script_enabled=False)
    page.goto(f"{origin}/")
    assert [link.get_attribute("href") for link in page.locator("main a").all()] == [
        "en/index.html",
        "zh/index.html",
    ]


@pytest.mark.parametrize("address", ARTICLES)
def test_no_translator_touches_formulas_and_code(address):
    for part in soup(address).select("article .math, article code, article .highlight"):
        assert part.find_parents(translate="no") or part.get("translate") == "no", part


def test_code_is_marked_where_it_has_a_colour_and_nowhere_else():
    code = soup("en/05-recap/01-mnist-recap.html").select_one("article")
    assert code.select(".highlight .k")
    assert code.select(".highlight .nf")
    assert not code.select(".highlight :is(.n, .p, .w)")


COPIED = """() => {
  const article = document.querySelector("article");
  getSelection().selectAllChildren(article);
  const clipboardData = new DataTransfer();
  article.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
  const formulas = [...article.querySelectorAll("annotation")].map((tex) => tex.textContent);
  return [formulas, clipboardData.getData("text/plain"), getSelection().toString()];
}"""


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_formula_is_copied_once_and_as_tex(new_page, origin, edition):
    page = new_page()
    for name in ("02-gradient", "03-sgd"):
        page.goto(f"{origin}/{edition}/04-gradients/{name}.html")
        unfold(page)
        formulas, copied, selected = page.evaluate(COPIED)
        assert formulas
        formulas = [" ".join(tex.split()) for tex in formulas]
        for tex in formulas:
            assert copied.count(f"${tex}$") == formulas.count(tex), tex
        for text in (copied, selected):  # what has no width, and letters only for mathematics
            assert not re.search("[\u200b\u2060-\u2064\U0001d400-\U0001d7ff]", text)


def test_an_address_that_names_a_box_leads_into_it(new_page, origin):
    address = next(page for page in ARTICLES if soup(page).select("details.deeper"))
    box = soup(address).select_one("section:has(> details.deeper)")
    page = new_page()
    page.goto(f"{origin}/{address}")
    inside = page.locator(f"#{box['id']} > details > p").first
    expect(inside).to_be_hidden()
    page.evaluate("(id) => { location.hash = id; }", box["id"])
    expect(inside).to_be_visible()


@pytest.mark.parametrize("address", ARTICLES)
def test_page_without_javascript_has_text_code_formulas_and_pictures(visit, address):
    with_scripts = visit(address, visiting.text)
    without = visit(address, visiting.text_without_scripts)
    assert set(with_scripts.words) <= set(without.words)
    assert without.formulas == with_scripts.formulas
    for seen in (with_scripts, without):
        assert all(width > 0 for width in seen.pictures)
        assert all(len(saying) > 20 for saying in seen.sayings)


# What readers of a book on arrays look for; how its pages write that; the page that explains it.
SEARCHES = {
    "en": [
        ("784", "784", "01-first-look"),
        ("60000", "60,000", "02-tensors/01-scalars"),
        ("407,050", "407,050", "01-first-look"),
        ("(60000,28,28)", "(60000, 28, 28)", "02-tensors/01-scalars"),
        ("28x28", "28 × 28", "02-tensors/04-higher-rank"),
        ("[:, 14:]", "upper[:, 14:]", "02-tensors/06-slicing"),
        ("0.98", "0.98", "01-first-look"),
        ("1e-3", "1e-3", "04-gradients/01-derivative"),
        ("np.zeros_like", "np.zeros_like", None),
        ("numpy.stack", "np.stack", "02-tensors/04-higher-rank"),
        ("np.newaxis", "np.newaxis", "02-tensors/04-higher-rank"),
        ("tf.GradientTape", "tf.GradientTape", None),
        ("ndim", "ndim", "02-tensors/05-key-attributes"),
        ("@", " @ ", "03-operations/03-dot"),
        ("gradients", "gradient", "04-gradients/02-gradient"),
        ("matrix", "matrices", "02-tensors/03-matrices"),
        ("dot product", "dot product", "03-operations/03-dot"),
    ],
    "zh": [
        ("784", "784", "01-first-look"),
        ("60 000", "60,000", "02-tensors/01-scalars"),
        ("（６００００，28，28）", "(60000, 28, 28)", "02-tensors/01-scalars"),
        ("np.stack", "np.stack", "02-tensors/04-higher-rank"),
        ("反向传播算法", "反向传播", "04-gradients/04-backpropagation"),
        ("梯度下降法", "梯度下降", "04-gradients/03-sgd"),
        ("过拟合", "过拟合", "01-first-look"),
        ("损失函数", "损失函数", None),
        ("广播", "广播", "03-operations/02-broadcasting"),
        ("轴", "轴", None),
        ("NumPy", "NumPy", None),
    ],
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_search_finds_every_page_and_the_one_that_explains_first(new_page, origin, edition):
    page = new_page(viewport={"width": 1280, "height": 900})
    for query, written, explained in SEARCHES[edition]:
        whole = rf"(?<![\w.]){re.escape(written)}(?!\w)" if written.isascii() else written
        pages = [name for name in ARTICLES if name.startswith(edition)]
        expected = {name for name in pages if re.search(whole, article(name), re.I)}
        assert expected, f"no page has {written}: choose what the book uses"
        page.goto(f"{origin}/{edition}/search.html?q={quote(query)}")
        expect(page.locator("#search-results p").first).to_contain_text(re.compile("[0-9]"))
        links = page.locator("ul.found li > a").evaluate_all("links => links.map((a) => a.href)")
        found = [urldefrag(link)[0].removeprefix(f"{origin}/") for link in links]
        assert expected <= set(found), query
        if explained:
            assert found[0] == f"{edition}/{explained}.html", query
        else:
            assert found[0] in expected, query


@pytest.mark.parametrize(
    ("edition", "query", "other", "nothing", "ask", "width"),
    [
        ("en", "gradient", "中文", "No page has these", "a shape such as", 1280),
        ("zh", "梯度", "English", "没有哪一页有这些词", "输入要找的内容", 360),
    ],
)
def test_search_shows_the_query_and_text_of_the_pages_alone(
    new_page, origin, edition, query, other, nothing, ask, width
):
    page = new_page(viewport={"width": width, "height": 844})
    page.goto(f"{origin}/{edition}/search.html?q={quote(query)}")
    expect(page.locator("#search-results p").first).to_contain_text(re.compile("[0-9]"))
    results = page.locator("ul.found li")
    excerpts = page.locator("ul.found li .context")
    expect(excerpts).to_have_count(results.count())
    for result in results.all():
        title, excerpt = result.locator("a").inner_text(), result.locator(".context").inner_text()
        assert other not in excerpt
        heading = re.escape(title.rpartition(" > ")[2])
        assert not re.match(rf"[. ]*{heading}(\s|$)", excerpt)
    form = page.locator(".bd-content .bd-search")
    glass, field = (form.locator(part).bounding_box() for part in ("i", "input"))
    assert glass["x"] + glass["width"] <= field["x"]
    expect(form).to_have_text("")  # no keys that lead to where the reader is
    page.set_viewport_size({"width": 390, "height": 844})
    back = page.locator("#pst-back-to-top")  # it would lie on the text
    back.evaluate("(button) => { button.style.display = 'block'; }")  # as scrolling up does
    expect(back).to_be_hidden()
    page.goto(f"{origin}/{edition}/search.html?q=xyzzy")
    expect(page.locator("#search-results p").first).to_contain_text(nothing)
    look = """(one) => ["font-size", "font-weight", "color", "font-family"].map((name) =>
      getComputedStyle(one).getPropertyValue(name))"""
    here = page.locator("h1").evaluate(look)
    for empty in ("", "?q=", "?q=+"):
        page.goto(f"{origin}/{edition}/search.html{empty}")
        expect(page.locator("#search-results")).to_contain_text(ask)
    page.goto(f"{origin}/{edition}/glossary.html")
    assert page.locator("h1").evaluate(look) == here


@pytest.mark.parametrize(
    "storage",
    [
        'get() { throw new DOMException("denied", "SecurityError"); }',
        "value: null",
        'value: { getItem: () => null, setItem() { throw new DOMException("full"); } }',
    ],
    ids=["blocked", "none", "full"],
)
def test_colours_and_search_work_where_a_page_may_keep_nothing(new_page, origin, storage):
    page = new_page(viewport={"width": 1280, "height": 900})
    for name in ("localStorage", "sessionStorage"):
        page.add_init_script(
            f"Object.defineProperty(window, '{name}', {{ configurable: true, {storage} }})"
        )
    watch = Watch(page, origin)
    page.goto(f"{origin}/en/search.html?q=gradient")
    page.locator("#search-results ul.found li > a").first.wait_for()
    mode = page.locator("html").get_attribute("data-mode")
    page.locator(".theme-switch-button").first.click()
    expect(page.locator("html")).not_to_have_attribute("data-mode", mode)
    assert watch.problems == []


def test_search_result_leads_to_its_page(new_page, origin):
    page = new_page()
    page.goto(f"{origin}/zh/search.html?q={quote('损失函数')}")
    page.locator("#search-results ul.found li > a").first.click()
    assert page.locator("article h1").first.is_visible()


def test_chinese_pages_frame_their_text_in_chinese(site):
    """Theme words: everything a reader sees or hears that no author of the book wrote."""
    ours = {
        "English",
        "Read",
        "this",
        "page",
        "in",
        "CC",
        "BY",
        "BSD",
        "Clause",
        "notebook",
        "Binder",
    }
    for address in (page for page in PAGES if page.startswith("zh/")):
        page = soup(address)
        folds = [fold.get_text() for fold in page.select("details.hide > summary")]
        assert all(re.search("[\u4e00-\u9fff]", fold) for fold in folds), f"{address}: {folds}"
        spoken = [
            element[attribute]
            for element in page.body.select("*:not(a.term)")  # a definition, from our glossary
            for attribute in ("title", "aria-label", "placeholder", "data-bs-title")
            if element.has_attr(attribute)
        ]
        written_by_us = "article, script, noscript, nav a, .prev-next-title"
        seen = " ".join(texts(page.body, written_by_us)).replace("Ctrl", "")
        english = set(re.findall(r"[A-Za-z]{2,}", " ".join([seen, *spoken]))) - ours
        assert not english, f"{address}: {english}"


@pytest.mark.parametrize("address", ARTICLES)
def test_shared_links_show_title_and_description(address):
    page = soup(address)
    meta = {
        tag.get("property") or tag.get("name"): tag.get("content") for tag in page.select("meta")
    }
    for name in ("og:title", "og:type", "og:site_name", "og:description", "description"):
        assert meta.get(name), name
    assert page.html["lang"] == {"en": "en", "zh": "zh-CN"}[address[:2]]


def test_print_hides_what_paper_cannot_use(new_page, origin):
    page = new_page()
    page.goto(f"{origin}/{ARTICLES[-1]}")
    page.emulate_media(media="print")
    for useless in (".bd-sidebar-primary", ".bd-header-article", ".prev-next-footer"):
        assert not page.locator(useless).first.is_visible()
    assert page.locator("article h1").first.is_visible()


def source(address: str) -> str:
    """The notebook that a page shows."""
    return NOTEBOOK_PAGES[address].read_text("utf-8")


def without_first_cell(notebook: str) -> str:
    """A notebook without the cell that installs what is missing."""
    content = json.loads(notebook)
    first, *content["cells"] = content["cells"]
    assert (first["cell_type"], first["id"], first["outputs"]) == ("code", "install", [])
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("address", NOTEBOOK_PAGES)
def test_the_notebook_can_be_downloaded(site, address):
    (link,) = soup(address).select("a.page-tool[download]")
    text = (site / urljoin(address, link["href"])).read_text("utf-8")
    assert without_first_cell(text) == source(address)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_click_downloads_the_notebook(new_page, origin, edition):
    page = new_page(accept_downloads=True)
    page.goto(f"{origin}/{edition}/01-first-look.html")
    with page.expect_download() as download:
        page.locator("a.page-tool[download]").click()
    assert download.value.suggested_filename == "01-first-look.ipynb"
    text = download.value.path().read_text("utf-8")
    nbformat.validate(json.loads(text))
    assert without_first_cell(text) == source(f"{edition}/01-first-look.html")


def test_page_that_is_not_there_points_home_in_both_languages(new_page, origin):
    page = new_page()
    page.goto(f"{origin}/404.html")
    expect(page.locator("h1")).to_have_text("Gears · 齿轮")
    links = [link.get_attribute("href") for link in page.locator("main a").all()]
    assert links == [f"{edition}/index.html" for edition in EDITIONS]
    for edition, asked in (("en", "gradient"), ("zh", "梯度")):
        page.goto(f"{origin}/404.html")
        page.locator(f"form[action^={edition}] input").fill(asked)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{origin}/{edition}/search.html?q={quote(asked)}")
        page.locator("ul.found li").first.wait_for()


@pytest.mark.parametrize("address", ["index.html#choose", "404.html"])
def test_what_belongs_to_no_edition_has_the_name_and_the_mark_of_the_book(
    new_page, origin, address
):
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{origin}/{address}")
    expect(page.locator("h1")).to_have_text("Gears · 齿轮")
    assert page.locator("h1 img").evaluate("(mark) => mark.naturalWidth") > 0
    assert page.evaluate(visiting.TOO_WIDE) <= 0


def test_sitemap_lists_every_article_under_the_sites_address(site):
    text = publish.sitemap(site, "https://example.org/gears/")
    assert re.findall(r"<loc>(.*?)</loc>", text) == [
        f"https://example.org/gears/{page}" for page in ARTICLES
    ]
