"""Building again after the clock went back, or after a build that was killed while it wrote."""

import os
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

LONG_AGO = (978_350_400, 978_350_400)  # 2001


@pytest.fixture
def book(tmp_path) -> Path:
    """A folder with a book of two pages, one of which shows a file."""
    (tmp_path / "index.rst").write_text("Front\n=====\n\n.. toctree::\n\n   page\n")
    (tmp_path / "page.rst").write_text("Page\n====\n\nold words\n\n.. literalinclude:: shown.txt\n")
    (tmp_path / "shown.txt").write_text("old example\n")
    return tmp_path


def build(book: Path, at_page=None) -> str:
    """Build it with that part of gearsbook_site alone; what the page then is."""
    out = book / "_build" / "html"
    with docutils_namespace():
        app = Sphinx(
            str(book), None, str(out), str(book / "_build" / "doctrees"), "html",
            {"extensions": ["gearsbook_site.freshness"], "html_theme": "basic"},
            status=None, warning=None,
        )  # fmt: skip
        if at_page:
            app.connect("html-page-context", at_page)
        app.build()
    return (out / "page.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["page.rst", "shown.txt"])
def test_a_change_that_is_dated_before_the_last_build_is_seen(book, name):
    """A backup put back, files copied with their dates, a clock that was set right again."""
    build(book)
    source = book / name
    source.write_text(source.read_text().replace("old", "restored"))
    os.utime(source, LONG_AGO)
    assert "restored" in build(book)


def test_a_page_that_did_not_change_is_not_written_again(book):
    build(book)
    page = book / "_build" / "html" / "page.html"
    os.utime(page, times := (2e9, 2e9))
    build(book)
    assert page.stat().st_mtime == times[1]


class Killed(BaseException):
    """In place of a signal that no test survives."""


def test_what_a_killed_build_left_half_written_is_not_taken_for_whole(book):
    whole = build(book)
    (book / "page.rst").write_text((book / "page.rst").read_text().replace("old", "new"))

    def die(app, pagename, *_):
        if pagename == "page":
            Path(app.outdir, "page.html").write_text("<!DOCTYPE html><html><hea")
            raise Killed

    with pytest.raises(Killed):
        build(book, die)
    again = build(book)
    assert again == whole.replace("old words", "new words")
