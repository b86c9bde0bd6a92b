"""The build as an author meets it: a small book in an awkward folder."""

from collections.abc import Iterator
from contextlib import contextmanager
import errno
import os
from pathlib import Path
import re
import shutil
import signal
import subprocess
import sys
import threading

from bs4 import BeautifulSoup
from playwright.sync_api import expect
import psutil
import pytest
import requests

from browsing import Watch
import small_book
from tools.bench import cold
from tools.site import build
from tools.site import live as live_part
from waiting import until

ROOT = build.ROOT
ADDRESS = small_book.PAGE.removeprefix("notebooks/en/") + ".html"


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """The small book, built, in a folder whose name has spaces and Chinese characters."""
    folder = small_book.copy(tmp_path_factory.mktemp("a copy 副本"))
    done = small_book.build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@contextmanager
def changed(file: Path, new: str) -> Iterator[None]:
    """The file has another text for a while."""
    old = file.read_text("utf-8")
    file.write_text(new, "utf-8")
    try:
        yield
    finally:
        file.write_text(old, "utf-8")


def links(page: Path) -> list[str]:
    tree = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    return [tag["href"] for tag in tree.select(".page-tools a")]


def test_buttons_that_need_the_repository_appear_only_when_it_is_known(book, tmp_path):
    assert all(not link.startswith("http") for link in links(book / "_build/site/en" / ADDRESS))
    assert not (book / "_build" / "site" / "sitemap.xml").exists()

    known = small_book.copy(tmp_path)
    done = small_book.build(known, GITHUB_REPOSITORY="someone/gears", GITHUB_REF_NAME="main")
    assert done.returncode == 0, done.stdout + done.stderr
    site = known / "_build" / "site"
    for edition in build.EDITIONS:
        page = site / edition / ADDRESS
        edit, issue, binder, colab, kaggle = (
            next(link for link in links(page) if part in link)
            for part in ("/edit/main/", "/issues/new", "mybinder.org", "//colab.", "kaggle.com/")
        )
        for link in (colab, kaggle):
            alone = link.partition("/someone/gears/blob/notebooks/")[2]
            text = (site / alone).read_text("utf-8")  # the branch has the site's notebooks
            for place in (
                "https://someone.github.io/gears/packages/",
                "gearsbook @ https://github.com/someone/gears/archive/main.zip",
            ):
                assert place in text  # the first cell looks there
        assert (ROOT / edit.partition("/edit/main/")[2]).is_file()
        assert (ROOT / binder.partition("urlpath=lab/tree/")[2]).is_file()
        assert issue.startswith("https://github.com/someone/gears/issues/new?title=notebooks")
        text = page.read_text("utf-8")
        assert f'hreflang="en" href="https://someone.github.io/gears/en/{ADDRESS}"' in text
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert f"<loc>https://someone.github.io/gears/zh/{ADDRESS}</loc>" in sitemap
    assert '<base href="/gears/">' in (site / "404.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("repository", "own", "address"),
    [
        ("", "", ""),
        ("someone/gears", "", "https://someone.github.io/gears/"),
        ("Someone/someone.github.io", "", "https://someone.github.io/"),
        ("someone/gears", "https://gears.example", "https://gears.example/"),
        ("", "https://school.example/gears/", "https://school.example/gears/"),
    ],
)
def test_the_sites_address_is_that_of_pages_or_the_own_one(repository, own, address):
    # GitHub gives an empty SITE_URL where the repository has no such variable
    environment = {"GITHUB_REPOSITORY": repository, "SITE_URL": own}
    assert build.site_url(environment) == address


# what an author may write, and what the warning has to say
MISTAKES = {
    "[gone](../../notebooks/en/99-gone.ipynb)": "99-gone.ipynb",
    "[not in the contents](../../notebooks/en/04-gradients/03-sgd.ipynb)": "04-gradients/03-sgd",
    r"$\notacommand{x}$": r"\\notacommand",
    "{ref}`nowhere-at-all`": "nowhere-at-all",
}


def unnamed(log: str) -> list[str]:
    """The mistakes on the front page that no warning names; any warning stops the build."""
    return [words for words in MISTAKES.values()
            if not re.search(rf"index\.md\S* WARNING: .*{re.escape(words)}", log)]  # fmt: skip


def test_each_mistake_on_a_page_is_named_and_the_last_good_site_stays(book):
    before = small_book.site(book)
    page = book / "book" / "en" / "index.md"
    with changed(page, "\n\n".join([page.read_text("utf-8"), *MISTAKES, ""])):
        done = small_book.build(book)
    assert done.returncode != 0
    assert unnamed(done.stdout) == [], done.stdout
    assert "Not built: en." in done.stderr
    assert small_book.site(book) == before


def test_a_mistake_that_is_not_named_or_stops_nothing_is_caught():
    log = [f"book/en/index.md:7: WARNING: {words} is unknown" for words in MISTAKES.values()]
    assert unnamed("\n".join(log)) == []
    for at, words in enumerate(MISTAKES.values()):
        for other in ("", log[at].replace("WARNING", "INFO"), log[at].replace("index", "teach")):
            assert unnamed("\n".join([*log[:at], other, *log[at + 1 :]])) == [words]


def held_open(pause: Path, running: subprocess.Popen) -> int | None:
    """The end of a pipe at which somebody reads, and waits until we close it."""
    assert running.poll() is None, "the build ended before it came to the page"
    try:
        return os.open(pause, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:  # nobody reads yet
            raise
        return None


def interrupted(book: Path, how: signal.Signals) -> tuple[int, str]:
    """Stop a build in the middle of a page, in both editions; its exit code, and its words."""
    pauses = [book / "book" / edition / "pause.txt" for edition in build.EDITIONS]
    for pause in pauses:
        os.mkfifo(pause)
    running = subprocess.Popen(
        [sys.executable, "-m", "tools.site.build"], cwd=book,
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
        env={**os.environ, "GITHUB_REPOSITORY": ""},
        # a shell that started the tests in the background had SIGINT ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        ends = [until(lambda pause=pause: held_open(pause, running), f"no build reads {pause}")
                for pause in pauses]  # fmt: skip
        os.killpg(running.pid, how)
        _, words = running.communicate(timeout=60)
        for end in ends:
            os.close(end)
    except BaseException:
        os.killpg(running.pid, signal.SIGKILL)  # or what it started would wait for ever
        raise
    finally:
        for pause in pauses:
            pause.unlink()
    return running.returncode, words


def test_an_interrupted_build_leaves_the_last_good_site_and_the_next_one_works(book):
    """The second one is killed after what the first has left; the third has what both left."""
    assert small_book.build(book).returncode == 0
    before = small_book.site(book)
    en, zh = (book / "book" / edition / "index.md" for edition in build.EDITIONS)
    include = "\n\n```{include} pause.txt\n```\n"
    with (
        changed(en, en.read_text("utf-8") + include),
        changed(zh, zh.read_text("utf-8") + include),
    ):
        code, words = interrupted(book, signal.SIGINT)
        assert code != 0
        assert "Interrupted: nothing was changed" in words
        assert "Traceback" not in words
        assert small_book.site(book) == before
        code, _ = interrupted(book, signal.SIGKILL)
        assert code == -signal.SIGKILL
        assert small_book.site(book) == before
    assert small_book.build(book).returncode == 0
    assert small_book.site(book) == before


@pytest.mark.parametrize(
    "copy",
    [small_book.copy, pytest.param(cold.copy_of_the_book, marks=pytest.mark.release)],
    ids=["a small book", "the whole book"],
)
def test_plain_jupyter_book_builds_the_english_edition(copy, tmp_path):
    done = subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going",
         "--path-output", tmp_path],
        cwd=copy(tmp_path / "book"), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    pages = tmp_path / "_build" / "html"
    assert "Gears" in (pages / "index.html").read_text("utf-8")
    assert (pages / ADDRESS).is_file()


def test_building_executes_nothing_and_imports_no_tensorflow():
    """The committed outputs are rendered as they are, in an environment without TensorFlow."""
    config = build.read_yaml(ROOT / "_config.yml")
    assert config["execute"] == {"execute_notebooks": "off"}
    small = (ROOT / "requirements-book.txt").read_text("utf-8")
    assert not re.search(r"^(tensorflow(-cpu)?|keras|jupyterlab|matplotlib)==", small, re.M)


@pytest.fixture
def live(book) -> Iterator[tuple[str, list[str]]]:
    """`make serve` on the small book: its address, and what it says. Ctrl+C ends all of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.site.live", "0"], cwd=book,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "GITHUB_REPOSITORY": ""},
        # a shell that started the tests in the background had SIGINT ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    address = re.search(r"http://\S+/", process.stdout.readline())[0]
    said: list[str] = []
    threading.Thread(target=lambda: said.extend(process.stdout), daemon=True).start()
    yield address, said
    renderers = psutil.Process(process.pid).children(recursive=True)
    assert len(renderers) == len(build.EDITIONS)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)
    assert psutil.wait_procs(renderers, timeout=30)[1] == []


def test_what_is_shown_at_once_is_what_the_whole_build_writes_then(book):
    """A page, a notebook and a figure, but for the names of what pages load; and no mistake."""
    program = """
import sys
from tools.site import build, live
renderer = build.Renderer("en")
saved = live.saved_folder("en") / "html"
whole = renderer.work / "_build" / "html"

def is_done(*files):
    renderer.order(build.ROOT / file for file in files)
    return renderer.is_done()

assert is_done()
for file, shown, old, new in zip(*[iter(sys.argv[1:])] * 4, strict=True):
    path = build.ROOT / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, "{ref}`nowhere`" + old, 1), "utf-8")
    assert file.endswith(".js") or not is_done(file), "a mistake is shown"
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert is_done(file)
    at_once = (saved / shown).read_bytes()
    assert is_done()
    path.write_text(text, "utf-8")
    assert b"just-saved" in at_once
    assert live.DIGEST.sub(b"", at_once) == live.DIGEST.sub(b"", (whole / shown).read_bytes())
renderer.end()
"""
    changes = (
        ("book/en/index.md", "index.html", "\n\n", "\n\n_just-saved_\n\n"),
        (f"{small_book.PAGE}.ipynb", ADDRESS, "# 2.2.1", "# 2.2.1 just-saved"),
        ("src/gearsbook/explorables/quiz/view.js", "_static/explorables/quiz.js",
         "function view(page) {", 'function view(page) { page.el.id = "just-saved";'),
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program, *sum(changes, ())], cwd=book,
        env={**os.environ, "GITHUB_REPOSITORY": ""}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_page_or_figure_that_was_saved_is_seen_in_the_browser_by_itself(book, live, new_page):
    """Then what it serves is what a build from nothing writes."""
    address, said = live
    page = new_page()
    watch = Watch(page, address)
    page.goto(f"{address}en/index.html")
    until(lambda: "Built" in "".join(said), "it does not get ready", 120)
    source = book / "book/en/index.md"
    figure = book / "src/gearsbook/explorables/draw_digit/view.js"
    original = source.read_text("utf-8")
    with changed(source, original + "\nA line that was just saved.\n"):
        expect(page.locator("article")).to_contain_text("just saved", timeout=120_000)

        source.write_text(original + "\n{ref}`nowhere-at-all`\n", "utf-8")
        until(lambda: "Not built: en" in "".join(said), "a mistake is not named", 120)
        assert "nowhere-at-all" in "".join(said)
        assert "just saved" in page.locator("article").inner_text()  # the last good one

        source.write_text(original + "\nA line that was mended.\n", "utf-8")
        expect(page.locator("article")).to_contain_text("mended", timeout=120_000)

        appends = "el.append(html`"
        code = figure.read_text("utf-8")
        assert appends in code
        with changed(figure, code.replace(appends, f'el.dataset.saved = "yes"; {appends}')):
            expect(page.locator("[data-saved=yes]")).to_have_count(1, timeout=120_000)
            last = f"Changed: {figure.relative_to(book)}"
            until(lambda: "Built" in "".join(said).rpartition(last)[2], "it is not built", 120)
            served = small_book.site(book)
            shutil.rmtree(book / "_build" / "work")
            done = small_book.build(book)
            assert done.returncode == 0, done.stdout + done.stderr
            assert small_book.site(book) == served
            shown = requests.get(f"{address}en/index.html", timeout=60).content
            assert shown.replace(live_part.SCRIPT, b"") == served["en/index.html"]
    assert watch.problems == []
