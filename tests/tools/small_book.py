"""A book of four pages that the real build builds: the real pages, but for their links elsewhere.

It has what a page can have: figures, a picture, formulas, exercises, a quiz, terms of the glossary,
in both languages.
"""

import os
from pathlib import Path
import re
import shutil
import subprocess
import sys

import yaml

from tools.bench import cold
from tools.site import build as whole

PAGE, DROPPABLE = "notebooks/en/02-tensors/01-scalars", "notebooks/en/03-operations/02-broadcasting"
PAGES = ("book/en/index", PAGE, DROPPABLE, "book/en/glossary")
LINK = re.compile(r"\[([^][]*)\]\(([^()\s#]+)\.(?:md|ipynb)[^)]*\)")


def copy(folder: Path) -> Path:
    """The small book in a new folder, with the build and all that it reads.

    And with what the build of the whole book keeps because it depends on bytes alone.
    """
    cold.copy_of_the_book(folder)
    write(folder)
    for edition in whole.EDITIONS:
        kept = Path("_build/work", edition, "_build/cache")
        shutil.copytree(whole.ROOT / kept, folder / kept)
    return folder


def write(folder: Path, pages: tuple[str, ...] = PAGES) -> None:
    """Let the book have these pages, as the repository has them."""
    chapters = [{"file": page} for page in pages[1:]]
    toc = {"format": "jb-book", "root": pages[0], "chapters": chapters}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")
    for page in pages:
        for edition in whole.EDITIONS:
            own = [name.replace("/en/", f"/{edition}/") for name in pages]
            source = _source(page.replace("/en/", f"/{edition}/"))
            text = (whole.ROOT / source).read_text("utf-8")
            (folder / source).write_text(_without_links(text, source.parent, own), "utf-8")
    terms = (whole.ROOT / "book" / "glossary.yml").read_text("utf-8").split("\n- ")
    kept = [term for term in terms if f"notebooks/en/{_section(term)}" in PAGES]
    (folder / "book" / "glossary.yml").write_text("\n- ".join(["", *kept]), "utf-8")


def _source(page: str) -> Path:
    return Path(page + (".md" if page.startswith("book/") else ".ipynb"))


def _section(term: str) -> str:
    found = re.search("^  section: (.*)$", term, re.M)
    return found[1] if found else ""


def _without_links(text: str, folder: Path, pages: list[str]) -> str:
    """A page's text; of a link to a page that is not among these, its words alone."""

    def leads_somewhere(link: re.Match) -> bool:
        return os.path.normpath(folder / link[2]) in pages

    return LINK.sub(lambda link: link[0] if leads_somewhere(link) else link[1], text)


def build(folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """What `make book` runs, in a repository that has no address unless one is given."""
    return subprocess.run(
        [sys.executable, "-m", "tools.site.build"], cwd=folder,
        env={**os.environ, "GITHUB_REPOSITORY": "", **environment},
        capture_output=True, text=True,
    )  # fmt: skip


def site(folder: Path) -> dict[str, bytes]:
    """Every file of the site that was built in a folder."""
    top = folder / "_build" / "site"
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in top.rglob("*")
        if path.is_file()
    }
