"""The build as an author meets it: a copy of the repository in an awkward folder."""

from collections.abc import Iterator
import os
from pathlib import Path
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

from bs4 import BeautifulSoup
from playwright.sync_api import expect
import pytest

import bench
from browsing import Watch
import build

ROOT = build.ROOT


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """What the build reads, in a folder whose name has spaces and Chinese characters."""
    return bench.copy_of_the_book(tmp_path_factory.mktemp("a copy 副本"))


def run_build(copy: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, copy / "tools" / "build.py"],
        env={**os.environ, "GITHUB_REPOSITORY": "", **environment},
        capture_output=True, text=True,
    )  # fmt: skip


def snapshot(site: Path) -> dict[Path, bytes]:
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def links(page: Path) -> list[str]:
    tree = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    return [tag["href"] for tag in tree.select(".page-tools a")]


def test_buttons_that_need_the_repository_appear_only_when_it_is_known(copy):
    done = run_build(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    page = copy / "_build" / "site" / "en" / "01-first-look.html"
    assert all(not link.startswith("http") for link in links(page))
    assert not (copy / "_build" / "site" / "sitemap.xml").exists()

    done = run_build(copy, GITHUB_REPOSITORY="someone/gears", GITHUB_REF_NAME="main")
    assert done.returncode == 0, done.stdout + done.stderr
    for edition in build.EDITIONS:
        page = copy / "_build" / "site" / edition / "01-first-look.html"
        edit, issue, binder = (
            next(link for link in links(page) if part in link)
            for part in ("/edit/main/", "/issues/new", "mybinder.org")
        )
        assert (ROOT / edit.partition("/edit/main/")[2]).is_file()
        assert (ROOT / binder.partition("urlpath=lab/tree/")[2]).is_file()
        assert issue.startswith("https://github.com/someone/gears/issues/new?title=notebooks")
        text = page.read_text("utf-8")
        assert 'hreflang="en" href="https://someone.github.io/gears/en/01-first-look.html"' in text
    sitemap = (copy / "_build" / "site" / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://someone.github.io/gears/zh/05-recap/01-mnist-recap.html</loc>" in sitemap
    assert '<base href="/gears/">' in (copy / "_build" / "site" / "404.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("[gone](../../notebooks/en/99-gone.ipynb)", "99-gone.ipynb"),
        (r"$\notacommand{x}$", r"\\notacommand"),
        ("{ref}`nowhere-at-all`", "nowhere-at-all"),
    ],
)
def test_a_mistake_on_a_page_is_named_and_the_last_good_site_stays(copy, mistake, words):
    assert run_build(copy).returncode == 0
    before = snapshot(copy / "_build" / "site")
    page = copy / "book" / "en" / "index.md"
    good = page.read_text("utf-8")
    page.write_text(good + "\n" + mistake + "\n", "utf-8")
    try:
        done = run_build(copy)
    finally:
        page.write_text(good, "utf-8")
    assert done.returncode != 0
    assert re.search(rf"index\.md.*{re.escape(words)}|index\.md.*{words}", done.stdout), (
        done.stdout[-3000:]
    )
    assert "Not built: en" in done.stderr
    assert snapshot(copy / "_build" / "site") == before


def test_building_again_gives_the_same_site_as_building_from_nothing(copy):
    """After a change of the stylesheet, and after a page with pictures is dropped and a term of
    the glossary is defined anew.
    """
    site, stylesheet = copy / "_build" / "site", copy / "book" / "assets" / "course.css"
    pages = [
        copy / "book" / edition / f"{name}.md"
        for edition in build.EDITIONS
        for name in ("index", "teach")
    ]
    linking = [
        path
        for path in (copy / "notebooks").rglob("*.ipynb")
        if "05-recap/" in path.read_text("utf-8")
    ]
    glossary = copy / "book" / "glossary.yml"
    changed = [stylesheet, glossary, copy / "_toc.yml", *pages, *linking]
    kept = {path: path.read_text("utf-8") for path in changed}
    assert run_build(copy).returncode == 0
    try:
        stylesheet.write_text(kept[stylesheet] + ".only-in-this-test { color: red; }\n", "utf-8")
        assert run_build(copy).returncode == 0
        styles = "".join(path.read_text("utf-8") for path in site.rglob("book.*.css"))
        assert styles.count("only-in-this-test") == len(build.EDITIONS)

        glossary.write_text(kept[glossary].replace("One example of", "One piece of"), "utf-8")
        for path in (copy / "_toc.yml", *pages):
            path.write_text(re.sub(r".*05-recap.*\n", "", kept[path]), "utf-8")
        for path in linking:
            elsewhere = re.sub(r"05-recap/[\w-]+\.ipynb", "01-first-look.ipynb", kept[path])
            path.write_text(elsewhere, "utf-8")
        again = run_build(copy)
        assert again.returncode == 0, again.stdout
        after_changes = snapshot(site)
        assert b"One piece of" in after_changes[Path("en", "01-first-look.html")]
        shutil.rmtree(copy / "_build")
        assert run_build(copy).returncode == 0
        assert after_changes == snapshot(site)
    finally:
        for path, text in kept.items():
            path.write_text(text, "utf-8")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_leaves_the_last_good_site_and_the_next_one_works(copy, how):
    assert run_build(copy).returncode == 0
    before = snapshot(copy / "_build" / "site")
    shutil.rmtree(copy / "_build" / "work")
    running = subprocess.Popen(
        [sys.executable, copy / "tools" / "build.py"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
        env={**os.environ, "GITHUB_REPOSITORY": ""},
        # a shell that started the tests in the background had SIGINT ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    logs = [copy / "_build" / "work" / edition / "log.txt" for edition in ("en", "zh")]
    while not all(log.exists() and log.stat().st_size for log in logs):
        assert running.poll() is None
        time.sleep(0.1)  # until both editions are being written
    os.killpg(running.pid, how)
    _, words = running.communicate(timeout=60)
    assert running.returncode != 0
    if how == signal.SIGINT:
        assert "Interrupted: nothing was changed" in words
        assert "Traceback" not in words
    assert snapshot(copy / "_build" / "site") == before
    assert run_build(copy).returncode == 0
    assert snapshot(copy / "_build" / "site") == before


def test_plain_jupyter_book_builds_the_english_edition(copy, tmp_path):
    done = subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going",
         "--path-output", tmp_path],
        cwd=copy, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    pages = tmp_path / "_build" / "html"
    assert "Gears" in (pages / "index.html").read_text("utf-8")
    assert (pages / "01-first-look.html").is_file()


def test_building_executes_nothing_and_imports_no_tensorflow(copy):
    """The committed outputs are rendered as they are, in an environment without TensorFlow."""
    config = build.read_yaml(ROOT / "_config.yml")
    assert config["execute"] == {"execute_notebooks": "off"}
    small = (ROOT / "requirements-book.txt").read_text("utf-8")
    assert not re.search(r"^(tensorflow(-cpu)?|keras|jupyterlab|matplotlib)==", small, re.M)


@pytest.fixture
def live(copy) -> Iterator[tuple[str, list[str]]]:
    """`make serve` on the copy: its address, and what it says."""
    assert run_build(copy).returncode == 0
    process = subprocess.Popen(
        [sys.executable, copy / "tools" / "live.py", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    address = re.search(r"http://\S+/", process.stdout.readline())[0]
    said: list[str] = []
    threading.Thread(target=lambda: said.extend(process.stdout), daemon=True).start()
    yield address, said
    process.terminate()
    process.wait(timeout=30)


def test_a_page_or_figure_that_was_saved_is_seen_in_the_browser_by_itself(copy, live, new_page):
    address, said = live
    page = new_page()
    watch = Watch(page, address)
    page.goto(f"{address}en/index.html")
    source, figure = copy / "book/en/index.md", copy / "src/gears/explorables/inside_network.js"
    original = source.read_text("utf-8")

    source.write_text(original + "\nA line that was just saved.\n", "utf-8")
    expect(page.locator("article")).to_contain_text("just saved", timeout=120_000)

    source.write_text(original + "\n{ref}`nowhere-at-all`\n", "utf-8")
    deadline = time.monotonic() + 120
    while "Not built: en" not in "".join(said):
        assert time.monotonic() < deadline, said
        time.sleep(0.2)
    assert "nowhere-at-all" in "".join(said)
    assert "just saved" in page.locator("article").inner_text()  # the last good one

    source.write_text(original + "\nA line that was mended.\n", "utf-8")
    expect(page.locator("article")).to_contain_text("mended", timeout=120_000)

    code = figure.read_text("utf-8")
    figure.write_text(
        code.replace(
            'el.classList.add("gears-figure"',
            'el.dataset.saved = "yes"; el.classList.add("gears-figure"',
        ),
        "utf-8",
    )
    expect(page.locator("[data-saved=yes]")).to_have_count(1, timeout=120_000)
    assert watch.problems == []
    source.write_text(original, "utf-8")
    figure.write_text(code, "utf-8")
