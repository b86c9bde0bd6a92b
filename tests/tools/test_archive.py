"""The archive as a school gets it that has no internet: unpacked somewhere, the network cut."""

from collections.abc import Iterator
import filecmp
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import zipfile

from playwright.sync_api import expect
import pytest

from browsing import Watch, mount_figures
from tools import notebooks
from tools.site import archive, build, pdf, revision

NOBODY = "127.0.0.1:9"  # the port of the discard service: nothing listens there
CUT = {"proxy": {"server": NOBODY, "bypass": "127.0.0.1"}}


@pytest.fixture(scope="module")
def packed(site, tmp_path_factory) -> Path:
    if not all(pdf.path(edition).exists() for edition in build.EDITIONS):
        pytest.fail("the PDFs are not printed: run `make pdf` first")
    path = tmp_path_factory.mktemp("packed") / "gears-test.zip"
    archive.pack(path)
    return path


@pytest.fixture(scope="module")
def unpacked(packed, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("from a USB stick 从 U 盘")
    shutil.unpack_archive(packed, folder)
    return folder / "gears-test"


@pytest.fixture(scope="module")
def served(unpacked) -> Iterator[str]:
    """The address of the site, served as START-HERE.txt says."""
    command = [sys.executable, "-u", "-m", "http.server", "--directory", "site", "0"]
    with subprocess.Popen(
        [*command, "--bind", "127.0.0.1"],
        cwd=unpacked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        yield f"http://127.0.0.1:{re.search('port ([0-9]+)', process.stdout.readline())[1]}"
        process.terminate()


@pytest.mark.release
def test_the_archive_is_no_larger_than_readers_are_told(packed, unpacked):
    size = packed.stat().st_size
    print(f"the archive has {archive.megabytes(size)}")
    assert size <= archive.LIMIT
    for guide in ("README.md", "README.zh-CN.md", unpacked / "START-HERE.txt",
                  unpacked / "START-HERE.zh-CN.txt"):  # fmt: skip
        assert archive.megabytes(archive.LIMIT) in (build.ROOT / guide).read_text("utf-8"), guide


def test_an_archive_that_would_be_larger_is_refused_and_nothing_is_left_of_it(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(archive, "LIMIT", 1000)
    monkeypatch.setattr(archive, "contents", lambda: iter([("big", os.urandom(2000))]))
    with pytest.raises(ValueError, match=r"more than the 0\.001 MB that we promise"):
        archive.pack(tmp_path / "gears.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.release
def test_the_same_files_give_the_same_bytes_whenever_they_were_written(
    packed, tmp_path, monkeypatch
):
    files = list(archive.contents())
    monkeypatch.setattr(archive, "contents", lambda: reversed(files))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    mask = os.umask(0o077)
    try:
        archive.pack(tmp_path / packed.name)
    finally:
        os.umask(mask)
    assert filecmp.cmp(tmp_path / packed.name, packed, shallow=False)
    with zipfile.ZipFile(packed) as zipped:
        entries = zipped.infolist()
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert len({entry.date_time for entry in entries}) == 1
    assert entries == sorted(entries, key=lambda entry: entry.filename)


def test_without_git_the_version_names_it_and_the_date_is_fixed(tmp_path, monkeypatch):
    shutil.copy(build.ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setattr(revision, "ROOT", tmp_path)
    assert revision.name() == "0.1.0"
    assert revision.date() == revision.FIRST_DATE


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A small repository in the place of ours, with a notebook and all else that is packed."""
    for module in (archive, revision):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(build, "SITE", tmp_path / "site")
    monkeypatch.setattr(pdf, "path", lambda edition: tmp_path / "README.md")
    for path in ("notebooks/en/第 1 节.ipynb", "book/archive/START", *archive.PACKED[1:]):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("the course's")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    return tmp_path


def test_what_git_does_not_track_is_not_packed(course):
    (course / ".gitignore").write_text("__pycache__/\n")
    for path in ("notebooks/en/exam.ipynb", "notebooks/handed-in/ann.ipynb", "src/exam.py",
                 "notebooks/__pycache__/base.pyc"):  # fmt: skip
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_text("a secret")
    packed = dict(archive.contents())
    assert {"notebooks/en/第 1 节.ipynb", "LICENSE"} < packed.keys()
    assert set(packed.values()) == {b"the course's"}


def test_without_git_nothing_is_packed_and_the_way_out_is_said(course, tmp_path):
    shutil.rmtree(course / ".git")
    with pytest.raises(ValueError, match=r"git names no file of .*: install git, and use a clone"):
        archive.pack(tmp_path / "gears.zip")
    assert not list(tmp_path.glob("gears*"))


@pytest.mark.release
@pytest.mark.parametrize("edition", build.EDITIONS)
def test_the_pdf_is_in_it(unpacked, edition):
    assert filecmp.cmp(unpacked / f"gears-{edition}.pdf", pdf.path(edition), shallow=False)


@pytest.mark.release
def test_site_and_notebooks_are_those_of_the_repository(unpacked):
    pages = [page for edition in build.EDITIONS for page in notebooks.all_notebooks(edition)]
    for top, inside, paths in (
        (build.SITE, "site", filter(Path.is_file, build.SITE.rglob("*"))),
        (notebooks.NOTEBOOKS, "notebooks", pages),
    ):
        for path in paths:
            copy = unpacked / inside / path.relative_to(top)
            assert filecmp.cmp(copy, path, shallow=False), path


@pytest.mark.release
@pytest.mark.parametrize("edition", build.EDITIONS)
@pytest.mark.parametrize("how", ["from disk", "served"])
def test_with_the_network_cut_the_site_reads_and_its_figures_live(
    new_page, unpacked, served, edition, how
):
    home = served if how == "served" else (unpacked / "site").as_uri()
    page = new_page(locale=edition, **CUT)
    watch = Watch(page, home)
    page.goto(f"{home}/index.html")  # it leads on, perhaps before it has been loaded itself
    page.wait_for_url(f"{home}/{edition}/index.html")
    watch.settle(page)  # or leaving it would break off the loading of its figure
    for name in ("index", "01-first-look", "02-tensors/11-images", "05-recap/01-mnist-recap"):
        page.goto(f"{home}/{edition}/{name}.html")
        mount_figures(page)
        watch.settle(page)
        assert page.locator(".gears-figure").count() > 0
        assert page.locator(".gears-failure").count() == 0
    assert watch.problems == []
    page.goto(f"{home}/{edition}/search.html?q=NumPy")
    expect(page.locator("#search-results ul.found li > a").first).to_be_visible()
    if how == "served":  # from disk without excerpts: no browser lets a page read files
        assert watch.problems == []


@pytest.fixture
def without_network() -> list[str]:
    """What makes of a command one in a network of its own that has nothing but loopback."""
    apart = ["unshare", "--net", "--map-root-user",
             "sh", "-c", 'ip link set lo up && exec "$@"', "-"]  # fmt: skip
    if not shutil.which("unshare"):
        pytest.skip("the network cannot be cut: there is no unshare here")
    tried = subprocess.run([*apart, "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"the network cannot be cut: {tried.stderr.strip()}")
    return apart


@pytest.mark.release
def test_gearsbook_installs_from_it_and_a_notebook_runs_with_the_network_cut(
    unpacked, tmp_path, without_network
):
    """As START-HERE.txt says, but into a folder of its own, with the packages that are here."""
    cut = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), f"http://{NOBODY}")
    environment = {**os.environ, **cut, "NO_PROXY": "127.0.0.1", "PYTHONPATH": str(tmp_path)}
    installed = subprocess.run(
        [
            *without_network, Path(sys.executable).with_name("uv"), "pip", "install", "--quiet",
            "--offline", "--python", sys.executable, "--target", tmp_path, "--no-deps",
            "--no-index", "--find-links", "site/packages", "gearsbook",
        ],
        cwd=unpacked, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    ran = subprocess.run(
        [
            *without_network, sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute",
            "--output-dir", tmp_path, "notebooks/zh/02-tensors/05-key-attributes.ipynb",
        ],
        cwd=unpacked, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    where = "import gearsbook; print(gearsbook.__file__)"
    asked = subprocess.run(
        [sys.executable, "-c", where], cwd=unpacked, env=environment, capture_output=True, text=True
    )
    assert asked.stdout.strip() == str(tmp_path / "gearsbook" / "__init__.py")
