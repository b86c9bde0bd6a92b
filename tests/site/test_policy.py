"""What SECURITY.md promises of the site: its policy is on every page, and a browser keeps it."""

from collections.abc import Iterator
import functools
import re

from playwright.sync_api import ConsoleMessage, Page, expect
import pytest

from browsing import LIMIT, PAGES, SITE, Watch, mount_figures
from gearsbook_site import formulas, policy
import markup
from tools.site import serve

ROOT = SITE.parents[1]
EVERY_PAGE = [*PAGES, "index.html", "404.html"]
A_PAGE = "en/01-first-look.html"  # has formulas, pictures, a figure and a quiz


def text(address: str) -> str:
    return (SITE / address).read_text("utf-8")


@functools.cache
def elements(address: str) -> list[markup.Element]:
    return markup.elements(text(address))


def promised(address: str) -> dict[str, list[str]]:
    """The directives of a page's policy with their sources."""
    (meta,) = (attributes for _, attributes in elements(address) if "http-equiv" in attributes)
    assert meta["http-equiv"] == "Content-Security-Policy"
    directives = (directive.split() for directive in meta["content"].split(";"))
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_allows_the_sites_own_files_and_what_it_names_by_hash(address):
    directives = promised(address)
    assert directives["default-src"] == ["'self'"]
    assert directives["object-src"] == ["'none'"]
    assert directives["img-src"] == ["'self'", "data:"]
    for kind in ("script-src", "style-src"):
        assert directives[kind][0] == "'self'"
        assert all(source.startswith("'sha256-") for source in directives[kind][1:])
    assert "unsafe" not in str(directives)
    assert "http" not in str(directives)


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_the_policy_stands_before_whatever_it_holds_for(address):
    """A browser applies a policy to what follows it."""
    head = text(address).partition('http-equiv="Content-Security-Policy"')[0]
    assert not re.search("<script|<style|<link|<img", head)


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_no_page_has_a_handler_or_a_style_in_an_attribute(address):
    for element in elements(address):
        assert markup.runs(element) == []
        assert "style" not in element[1], element


@pytest.mark.parametrize(
    "element",
    [
        ("svg", {"onload": "alert(1)"}),
        ("iframe", {"srcdoc": "x"}),
        ("a", {"href": " Java\tScript:alert(1)"}),
        ("a", {"xlink:href": "\x01javascript:alert(1)"}),
        ("button", {"formaction": "vbscript:x"}),
        ("object", {"data": "data:text/html,x"}),
    ],
)
def test_what_an_attribute_would_run_is_seen(element):
    assert markup.runs(element) == list(element[1])


def test_no_script_of_the_site_makes_code_of_a_text(site):
    scripts = [path for path in site.rglob("*.js") if "searchindex" not in path.name]
    assert len(scripts) > 10
    for script in scripts:
        found = re.search(r"\bFunction\(|\beval\(", script.read_text("utf-8"))
        assert not found, f"{script}: {found[0]}"


INTRUDERS = {
    "an inline script": """
        const script = document.createElement('script');
        script.textContent = 'window.intruded = true';
        document.head.append(script);""",
    "a handler in an attribute": """
        document.body.insertAdjacentHTML('beforeend',
            '<button id="bait" onclick="window.intruded = true">bait</button>');
        document.querySelector('#bait').click();""",
    "an address that is a script": """
        document.body.insertAdjacentHTML('beforeend',
            '<a id="bait" href="javascript:void(window.intruded = true)">bait</a>');
        document.querySelector('#bait').click();""",
    "a script made of a text": """
        const script = document.createElement('script');
        script.src = URL.createObjectURL(new Blob(['window.intruded = true']));
        document.head.append(script);""",
    "a script of another host": """
        const script = document.createElement('script');
        script.src = 'https://example.org/intruder.js';
        document.head.append(script);""",
}


def refused(message: ConsoleMessage) -> bool:
    return "Content Security Policy" in message.text


def intrude(page: Page, code: str) -> Watch:
    """Run a piece of code on an open page until it is refused; what the page says of it."""
    watch = Watch(page, page.url)
    with page.expect_console_message(refused, timeout=LIMIT * 1000):
        page.evaluate(f"() => {{ {code} }}")
    return watch


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
@pytest.mark.parametrize("intruder", INTRUDERS)
def test_what_gets_into_a_page_does_not_run(new_page, site, origin, intruder, from_disk):
    page = new_page()
    page.goto((site / A_PAGE).as_uri() if from_disk else f"{origin}/{A_PAGE}")
    watch = intrude(page, INTRUDERS[intruder])
    assert page.evaluate("window.intruded") is None
    # and whoever watches a page in these tests hears of it
    assert any("Content Security Policy" in problem for problem in watch.problems)


def test_without_the_policy_the_same_intruders_would_run(new_page, origin):
    for name, code in INTRUDERS.items():
        if name == "a script of another host":
            continue
        page = new_page(bypass_csp=True)
        page.goto(f"{origin}/{A_PAGE}")
        page.evaluate(f"() => {{ {code} }}")
        page.wait_for_function("window.intruded", timeout=LIMIT * 1000)


def test_a_text_cannot_be_evaluated(new_page, origin):
    page = new_page()
    page.goto(f"{origin}/{A_PAGE}")
    intrude(page, "setTimeout('window.intruded = true', 0);")
    assert page.evaluate("window.intruded") is None


@pytest.fixture
def another_host() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that is not the site's, and what it was asked for."""
    asked = []

    class Host(serve.QuietHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

    with serve.serving(SITE, Host) as address:
        yield address, asked


@pytest.mark.parametrize(
    "code",
    [
        "document.body.append(Object.assign(new Image(), {src: `${host}/picture.png`}));",
        "fetch(`${host}/data`).catch(() => {});",
        "navigator.sendBeacon(`${host}/beacon`, '');",
        "document.body.style.setProperty('background-image', `url(${host}/background.png)`);",
        "document.body.insertAdjacentHTML('beforeend', `<iframe src='${host}/frame'></iframe>`);",
    ],
)
@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
def test_nothing_is_asked_of_another_host(new_page, site, origin, another_host, code, from_disk):
    host, asked = another_host
    page = new_page()
    page.goto((site / A_PAGE).as_uri() if from_disk else f"{origin}/{A_PAGE}")
    watch = intrude(page, f"const host = '{host}'; {code}")
    assert any("Content Security Policy" in problem for problem in watch.problems)
    assert asked == []


def test_the_header_of_the_readme_keeps_other_sites_from_framing_a_page(new_page, site):
    samples = [
        re.findall('`.* Content-Security-Policy "([^"]*)"', (ROOT / readme).read_text("utf-8"))
        for readme in ("README.md", "README.zh-CN.md")
    ]
    (header,) = {value for values in samples for value in values}

    class Server(serve.QuietHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", header)
            super().end_headers()

    page = new_page()
    with serve.serving(site, serve.QuietHandler) as address:
        page.set_content(f"<iframe src='{address}/404.html'></iframe>")
        page.frame_locator("iframe").locator("h1").first.wait_for(timeout=LIMIT * 1000)
    with (
        serve.serving(site, Server) as address,
        page.expect_console_message(
            lambda message: "frame-ancestors" in message.text, timeout=LIMIT * 1000
        ),
    ):
        page.set_content(f"<iframe src='{address}/404.html'></iframe>")


@pytest.mark.parametrize("edition", ["en", "zh"])
@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
def test_what_a_reader_does_breaks_no_policy(new_page, site, origin, edition, from_disk):
    """Colours, a definition, a copied cell, a solution, a body, a figure, the search."""
    page = new_page(viewport={"width": 1280, "height": 900})
    watch = Watch(page, "file://" if from_disk else origin)
    base = site.as_uri() if from_disk else origin
    page.goto(f"{base}/{edition}/01-first-look.html")
    mount_figures(page)
    watch.settle(page)
    page.locator(".theme-switch-button").first.click()
    page.locator("a.term").first.hover()
    page.locator(".highlight").first.hover()
    page.locator(".copybtn").first.click()
    page.locator(".tag_solution summary").first.click()
    page.locator(".bodies summary").first.press("Enter")
    expect(page.locator(".bodies details > p:visible")).to_have_text(re.compile("^[✓✗]"))
    page.locator(".gears-figure button").first.click()
    page.keyboard.press("Control+k")
    page.keyboard.type("NumPy")
    page.keyboard.press("Enter")
    page.locator("#search-results ul.found li a").first.wait_for()
    watch.settle(page)
    refused = [problem for problem in watch.problems if "Content Security Policy" in problem]
    assert refused == []
    if not from_disk:  # from disk, a page cannot read the pages it found: no excerpts
        assert watch.problems == []


def test_styles_of_formulas_become_rules_that_win_as_attributes_do():
    html = formulas.to_html(r"\sqrt{x}", False)
    assert " style=" not in html
    assert {"top:-3em;", "height:1.04em;vertical-align:-0.24em;"} <= formulas.styles(html)
    rule = '[data-style="top:-1em;left: 0"]{top:-1em!important;left: 0!important;}\n'
    assert formulas.style_rules({"top:-1em;left: 0"}) == rule


def test_inline_scripts_and_styles_are_named_by_the_hash_of_their_very_text():
    meta = policy.meta(script="\nalert(1)", style="b{}")
    # printf '\nalert(1)' | openssl dgst -sha256 -binary | base64, and the same for b{}
    assert "script-src 'self' 'sha256-cfGXBG41ZR13cBtpRr7V/KlHrRugbtbOXikzO7LFEFY=';" in meta
    assert "style-src 'self' 'sha256-7yqHVAesot11p6HczDsgKRipvI5UPgs97z80zNXlans=';" in meta


INLINE = re.compile(r"<(script|style)\b(?![^>]*\ssrc=)[^>]*>(.*?)</\1>", re.S)


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_what_stands_in_the_head_of_a_page_is_allowed_by_its_hash_and_nothing_else_is(address):
    """The rest is text. The two pages in book/root have their policies written in them by hand."""
    head = text(address).partition("<body")[0]
    named = [policy.digest(inside) for _, inside in INLINE.findall(head)]
    directives = promised(address)
    allowed = [*directives["script-src"][1:], *directives["style-src"][1:]]
    assert sorted(allowed) == sorted(named), "write these hashes into the page"


@pytest.mark.parametrize(
    "source",
    [*sorted((ROOT / "book").glob("*/*.md")), ROOT / "book" / "glossary.yml"],
    ids=lambda path: path.name,
)
def test_no_text_of_the_book_brings_a_script(source):
    """The notebooks are looked at with them. A page's policy would refuse it."""
    assert markup.foreign_in_prose(source.read_text("utf-8")) == []
