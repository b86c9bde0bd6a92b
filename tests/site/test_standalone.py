"""A notebook that was downloaded from the site, opened in a Python that has never met the book."""

from collections.abc import Iterator
import contextlib
import filecmp
import hashlib
from importlib import metadata
import os
from pathlib import Path
import re
import shutil
import subprocess
import sysconfig
import tomllib
from urllib.parse import urljoin
from urllib.request import urlopen
import venv
import zipfile

from bs4 import BeautifulSoup
import pytest

from gearsbook_site import standalone
import small_book
from tools.bench import cold
from tools.setup import install
from tools.site import build, packages, serve

EDITIONS = build.EDITIONS
PACKAGES = Path(sysconfig.get_path("purelib"))
SITE_ADDRESS, REPOSITORY = "https://gears.example/", {"url": "https://git.example/x", "branch": "b"}
NOTEBOOK = {"cells": [{"cell_type": "code", "source": ["import numpy as np"]}]}
WITH_KERAS = {"cells": [{"cell_type": "code", "source": ["import sys\n", "import keras"]}]}


@contextlib.contextmanager
def noting(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """A served folder's address, and the paths that it is asked for."""
    asked = []

    class Handler(serve.QuietHandler):
        def send_head(self):
            asked.append(self.path)
            return super().send_head()

    with serve.serving(folder, Handler) as address:
        yield address, asked


class Reader:
    """A Python in an environment of its own, and the folder that a browser downloads to."""

    def __init__(self, folder: Path, **environment: str):
        self.python = folder / "venv" / install.BIN.name / "python"
        self.folder = folder / "Downloads 下载"
        self.folder.mkdir(parents=True)
        venv.create(folder / "venv")
        (self.packages,) = (folder / "venv").glob("lib/python*/site-packages")
        self.environment = {**os.environ, **environment, "PYTHONPATH": ""}

    def lend(self, *but: str) -> None:
        """Lend it all packages of this Python, but for these and gearsbook."""
        for entry in PACKAGES.iterdir():
            if not re.match("|".join(["gearsbook", "_*editable", ".*pth$", *but]), entry.name):
                (self.packages / entry.name).symlink_to(entry)

    def run(self, *command: object, apart: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*apart, self.python, *command],
            cwd=self.folder, env=self.environment, capture_output=True, text=True,
        )  # fmt: skip

    def run_cell(self, *about: object) -> subprocess.CompletedProcess:
        """Run a first cell, and say where gearsbook is then."""
        cell = standalone.first_cell(*about)
        return self.run("-c", f"{cell}\nimport gearsbook\nprint(gearsbook.__file__)")


@pytest.fixture
def index(tmp_path) -> Iterator[tuple[str, list[str]]]:
    """An index that has nothing, and the paths that it is asked for."""
    (tmp_path / "index").mkdir()
    with noting(tmp_path / "index") as (address, asked):
        yield f"{address}/simple", asked


@pytest.fixture
def reader(tmp_path, index) -> Reader:
    return Reader(
        tmp_path,
        PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL=index[0], PIP_FIND_LINKS="", PIP_RETRIES="0",
    )  # fmt: skip


def test_a_site_without_https_is_believed_for_its_own_notebook():
    plain, safe = (standalone.places(f"{scheme}://school/", {})[1] for scheme in ("http", "https"))
    assert plain[-2:] == ["--trusted-host", "school"]
    assert "--trusted-host" not in safe


def test_the_wheel_is_named_by_its_page_and_has_the_package_of_this_commit(site):
    folder = site / "packages"
    (link,) = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser").select("a")
    name, _, digest = link["href"].partition("#sha256=")
    assert sorted(path.name for path in folder.iterdir()) == [name, "index.html"]
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(folder / name) as wheel:
        modules = [entry for entry in wheel.namelist() if entry.startswith("gearsbook/")]
        assert {f"{build.ROOT}/src/{entry}" for entry in modules} == {
            str(path) for path in packages.PACKAGE.rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }  # fmt: skip


def test_the_same_files_give_the_same_wheel_whatever_their_dates(site, tmp_path, monkeypatch):
    copied = shutil.copytree(
        packages.PACKAGE, tmp_path / "src" / "gearsbook", copy_function=shutil.copyfile
    )
    for name in packages.ABOUT:
        shutil.copyfile(build.ROOT / name, tmp_path / name)
    for name, value in (("ROOT", tmp_path), ("PACKAGE", copied), ("KEPT", tmp_path / "kept")):
        monkeypatch.setattr(packages, name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    packages.write(tmp_path / "packages")
    for path in (site / "packages").iterdir():
        assert filecmp.cmp(tmp_path / "packages" / path.name, path, shallow=False)


def test_what_the_cell_looks_for_is_what_the_package_needs():
    project = tomllib.loads((build.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.match(r"[\w-]+", entry)[0] for entry in project["dependencies"]}
    modules = {"pillow" if name == "PIL" else name for name in standalone.MODULES}
    assert modules == needed | {"gearsbook"}
    assert all(re.search(">=[0-9]", entry) for entry in project["dependencies"])
    (numpy,) = (entry for entry in project["dependencies"] if entry.startswith("numpy"))
    assert int(re.search(">=([0-9]+)", numpy)[1]) >= 2


def test_it_installs_from_the_site_and_asks_the_index_for_the_rest_alone(site, reader, index):
    reader.lend("dukpy")
    with noting(site) as (address, asked):
        ran = reader.run_cell(NOTEBOOK, "en", f"{address}/", {})
    assert asked[0] == "/packages/"
    assert (reader.packages / "gearsbook" / "__init__.py").is_file()
    assert index[1] == ["/simple/dukpy/"]  # which it does not have: said, and all is tried again
    assert "No matching distribution found for dukpy" in ran.stderr


@pytest.mark.release
def test_where_no_site_is_published_it_installs_from_the_repository(reader, index, tmp_path):
    reader.lend()
    reader.environment["PIP_NO_BUILD_ISOLATION"] = "0"  # pip's way to say yes: flit is lent, too
    clone = tmp_path / "clone"
    shutil.copytree(packages.PACKAGE, clone / "src" / "gearsbook")
    for name in packages.ABOUT:
        shutil.copy(build.ROOT / name, clone)
    shutil.make_archive(str(tmp_path / "served" / "archive" / "main"), "zip", tmp_path, "clone")
    with noting(tmp_path / "served") as (address, asked):
        ran = reader.run_cell(
            NOTEBOOK, "en", f"{address}/gone/", {"url": address, "branch": "main"}
        )
    assert ran.returncode == 0, ran.stderr
    assert asked == ["/gone/packages/", "/archive/main.zip"]
    assert index[1] == []


def test_it_installs_the_wheel_beside_it_and_does_nothing_when_all_is_there(site, reader, index):
    reader.lend()
    (wheel,) = (site / "packages").glob("*.whl")
    shutil.copy(wheel, reader.folder)
    first = reader.run_cell(WITH_KERAS, "zh", SITE_ADDRESS, REPOSITORY)
    assert standalone.WORDS["zh"]["done"] in first.stdout, first.stderr
    (reader.packages / "pip").unlink()
    again = reader.run_cell(WITH_KERAS, "zh", SITE_ADDRESS, REPOSITORY)
    assert again.stdout.splitlines() == first.stdout.splitlines()[-1:]
    assert index[1] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_an_address_it_says_where_to_get_the_wheel(reader, index, edition):
    reader.lend()
    ran = reader.run_cell(NOTEBOOK, edition, "", {})
    words = standalone.WORDS[edition]
    sentence = words["get_it"].replace("${packages}", words["unknown"])
    assert ran.stderr.splitlines()[-1].endswith(sentence)
    assert index[1] == []


CUT = ("unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "-")
DOWNLOADED = (  # with figures, with practice, with Keras
    "en/02-tensors/05-key-attributes",
    "zh/03-operations/02-broadcasting",
    "en/01-first-look",
)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory) -> Reader:
    """A reader with Jupyter, NumPy, Matplotlib and Keras."""
    reader = Reader(tmp_path_factory.mktemp("a newcomer"))
    reader.run("-m", "ensurepip").check_returncode()
    subprocess.run(
        [
            install.BIN / "uv", "pip", "install", "--quiet", "--python", reader.python,
            "ipykernel", "nbclient", "numpy", "matplotlib",
            f"tensorflow-cpu=={metadata.version('tensorflow-cpu')}",
        ],
        env={**os.environ, **install.index_of_pip()}, check=True,
    )  # fmt: skip
    return reader


@pytest.fixture(scope="module")
def downloads(newcomer, tmp_path_factory) -> Iterator[list[str]]:
    """The names of three notebooks that were downloaded from a site, while it is served."""
    book = cold.copy_of_the_book(tmp_path_factory.mktemp("site") / "book")
    with serve.serving(book / "_build" / "site", serve.QuietHandler) as address:
        done = small_book.build(book, SITE_URL=address)
        assert done.returncode == 0, done.stdout + done.stderr
        for page in DOWNLOADED:
            with urlopen(f"{address}/{page}.html") as answer:
                (link,) = BeautifulSoup(answer.read(), "html.parser").select("a[download]")
            with urlopen(urljoin(f"{address}/{page}.html", link["href"])) as answer:
                (newcomer.folder / link["href"]).write_bytes(answer.read())
        yield [f"{Path(page).name}.ipynb" for page in DOWNLOADED]


@pytest.mark.release
def test_three_notebooks_run_from_the_first_cell_to_the_last(newcomer, downloads):
    for notebook in downloads:
        newcomer.run("-m", "pip", "uninstall", "--yes", "gearsbook").check_returncode()
        ran = newcomer.run(newcomer.python.with_name("jupyter"), "execute", notebook)
        assert ran.returncode == 0, ran.stderr
        assert (newcomer.packages / "gearsbook" / "__init__.py").is_file()


@pytest.mark.release
def test_they_run_without_any_network_when_the_wheel_lies_beside_them(site, newcomer, downloads):
    tried = subprocess.run([*CUT, "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"the network cannot be cut: {tried.stderr.strip()}")
    (wheel,) = (site / "packages").glob("*.whl")
    shutil.copy(wheel, newcomer.folder)
    for notebook in downloads:
        newcomer.run("-m", "pip", "uninstall", "--yes", "gearsbook").check_returncode()
        ran = newcomer.run(newcomer.python.with_name("jupyter"), "execute", notebook, apart=CUT)
        assert ran.returncode == 0, ran.stderr
