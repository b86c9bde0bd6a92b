"""`python -m tools` and `make`, when the machine is not as they would like it."""

from hashlib import sha256
import importlib.util
import os
from pathlib import Path
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
import venv
import zipfile

import flit_core
import pytest

from tools import __main__ as commands
from tools.setup import install
from tools.site import serve

ROOT = install.ROOT
COMMANDS = commands.COMMANDS


def make(*arguments: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, **options)


def test_help_is_the_default_and_lists_every_command(clean_environment):
    listed = re.findall(r"^  ([a-z-]+) +\S", make(env=clean_environment).stdout, re.M)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_make_only_calls_the_command_of_the_same_name(name, clean_environment):
    done = make("--dry-run", name, "PYTHON=py", env=clean_environment)
    assert done.stdout.rstrip() == f"py -m tools {name}"


def test_make_hands_on_what_to_run_and_what_to_test(clean_environment):
    for name, variable in (("execute", "NOTEBOOKS"), ("test", "TESTS"), ("hub", "CONFIG")):
        done = make("--dry-run", name, "PYTHON=py", f"{variable}=a b", env=clean_environment)
        assert done.stdout.rstrip() == f"py -m tools {name} a b"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_installs_first_and_ends_with_what_was_written_behind_its_name(name):
    command = COMMANDS[name]
    calls = commands.calls(command, ["this", "that"])
    if command.needs:
        assert calls.pop(0)[1:] == ["-m", "tools.setup.install", command.needs]
    assert [call[1 : 1 + len(step)] for call, step in zip(calls, command.steps, strict=True)] == [
        list(step) for step in command.steps
    ]
    assert all(call[-1] == "that" for call in calls[-1:])
    for call in calls:
        assert call[1] == "-m"
        assert importlib.util.find_spec(call[2]), call[2]


def test_a_command_stops_at_its_first_step_that_fails(monkeypatch, capfd):
    steps = [("-c", f"print({n}); raise SystemExit({n})") for n in (0, 3, 4)]
    monkeypatch.setitem(COMMANDS, "clean", commands.Command("for a test", "", steps))
    assert commands.main(["clean"]) == 3
    assert capfd.readouterr().out.split() == ["0", "3"]


def test_a_name_that_is_no_command_is_named_with_the_list(capsys):
    assert commands.main(["bok"]) == 2
    assert "There is no command 'bok'" in (said := capsys.readouterr().err)
    assert "  book  " in said


def runs(code: str) -> list[str]:
    """A Python that runs a Python with this code as a command runs its steps."""
    run = f"commands.run([sys.executable, '-c', {code!r}], None)"
    start = f"import sys; from tools import __main__ as commands; sys.exit({run})"
    return [sys.executable, "-c", start]


def test_who_ends_a_command_ends_what_it_runs():
    code = "import os, threading; print(os.getpid(), flush=True); threading.Event().wait()"
    running = subprocess.Popen(runs(code), cwd=ROOT, stdout=subprocess.PIPE)
    assert int(running.stdout.readline())
    running.terminate()
    assert running.communicate(timeout=30)[0] == b"", "and the step has closed what it writes to"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signals that are ignored")
def test_what_a_command_runs_hears_ctrl_c_even_if_it_was_started_in_the_background():
    code = "import signal; print(signal.getsignal(signal.SIGINT).__name__)"
    done = subprocess.run(
        ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *runs(code)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == "default_int_handler\n", done.stderr


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0)])
def test_an_unsupported_python_is_named_before_anything_is_installed(
    tmp_path, clean_environment, version
):
    other = tmp_path / "python"
    other.write_text(
        f"#!{sys.executable}\nimport sys, runpy\nsys.version_info = {(*version, 'final', 0)}\n"
        "sys.argv = sys.argv[2:]\nsys.path.insert(0, '')\n"
        "runpy.run_module('tools', run_name='__main__', alter_sys=True)\n"
    )
    other.chmod(0o755)
    for target in ("book", "test", "lab", "execute"):
        done = make(target, f"PYTHON={other}", env=clean_environment)
        assert done.returncode != 0
        assert f"This is Python {version[0]}.{version[1]}" in done.stderr
        assert "needs 3.11, 3.12 or 3.13" in done.stderr
        assert "make PYTHON=" in done.stderr
        assert "Installing" not in done.stdout


def test_every_text_has_unix_lines_in_every_clone():
    command = ["git", "ls-files", "-z", "--eol"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [entry.split("\t") for entry in done.stdout.split("\0") if entry]
    assert [name for about, name in listed if "eol=lf" not in about] == []
    assert {about.split()[0] for about, _ in listed} == {"i/lf", "i/-text", "i/none"}


def test_the_version_check_reads_on_any_python():
    text = (ROOT / "tools" / "__init__.py").read_text("utf-8")
    assert not re.search(r'\bf"|->|:=|^import (?!sys)|^from', text, re.M)


def test_a_home_that_cannot_be_written_is_named_and_replaced(tmp_path, monkeypatch, capsys):
    home = tmp_path / "home"
    home.write_text("a file: no folder can be made in it, not even by root")
    monkeypatch.setenv("HOME", str(home / "me"))
    assert commands.environment()["HOME"] == str(ROOT / ".cache" / "home")
    assert f"{home}/me cannot be written: caches and settings go to" in capsys.readouterr().out
    assert (ROOT / ".cache" / "home").is_dir()


def test_an_install_that_was_cut_short_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "UNFINISHED", tmp_path / "unfinished")
    (tmp_path / "installed-book").write_text(install.fingerprint("book"))
    assert install.is_installed("book")
    (tmp_path / "unfinished").touch()
    assert not install.is_installed("book")


def test_a_changed_lock_means_another_install(tmp_path, monkeypatch):
    before = install.fingerprint("book")
    monkeypatch.setattr(install, "ROOT", tmp_path)
    (tmp_path / "requirements-book.txt").write_text("numpy==1.0")
    (tmp_path / "pyproject.toml").write_text("")
    assert install.fingerprint("book") != before


@pytest.fixture
def in_chinese(tmp_path, clean_environment):
    """A clone in a folder with a Chinese name; a function that runs a Python of its own there."""
    clone = tmp_path / "课"
    shutil.copytree(ROOT / "src", clone / "src", ignore=shutil.ignore_patterns("*.gz", "*.bin"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, clone)
    venv.create(clone / ".venv")

    def run(*command: object) -> subprocess.CompletedProcess[str]:
        without_ours = {**clean_environment, "PYTHONPATH": "", "LC_ALL": "C"}
        return subprocess.run(
            [clone / ".venv/bin/python", *command],
            cwd=tmp_path,
            env=without_ours,
            capture_output=True,
            text=True,
        )

    return clone, run


def test_make_installs_for_every_locale_in_a_folder_of_any_name(in_chinese, monkeypatch):
    clone, python = in_chinese
    monkeypatch.setattr(install, "ROOT", clone)
    install.show_the_packages(clone / ".venv")
    done = python("-c", "import gearsbook; print(ascii(gearsbook.__file__))")
    assert done.stdout.strip() == ascii(str(clone / "src/gearsbook/__init__.py")), done.stderr


@pytest.fixture
def lent(tmp_path) -> tuple[Path, Path]:
    """A package's wheel, alone in a folder, and its line for a lock."""
    wheel = tmp_path / "mirror" / "lent-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("lent.py", "")
        about = archive.writestr
        about("lent-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: lent\nVersion: 1.0\n")
        about("lent-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        about("lent-1.0.dist-info/RECORD", "")
    lock = tmp_path / "lock.txt"
    lock.write_text(f"lent==1.0 --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n")
    return wheel.parent, lock


@pytest.mark.parametrize("how", ["in the environment", "in pip.conf"])
def test_where_pip_installs_by_the_readers_settings_is_not_where_make_does(
    in_chinese, lent, tmp_path, monkeypatch, how
):
    """Where it finds packages is a setting, too, and that one it keeps."""
    clone, _ = in_chinese
    mirror, lock = lent
    where = dict.fromkeys(["target", "prefix", "root", "python"], str(tmp_path / "elsewhere"))
    settings = {"user": "1", **where, "no-index": "1", "find-links": str(mirror)}
    for name in [name for name in os.environ if name.startswith("PIP_")]:  # this machine's
        monkeypatch.delenv(name)
    if how == "in the environment":
        for name, value in settings.items():
            monkeypatch.setenv(f"PIP_{name.replace('-', '_').upper()}", value)
    else:
        (tmp_path / "pip.conf").write_text(
            "\n".join(["[global]", *(f"{name} = {value}" for name, value in settings.items())])
        )
        monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PYTHONPATH", str(Path(flit_core.__file__).parents[1]))  # pip, lent too
    (folder := tmp_path / "folder").mkdir()
    for command, own in install.install_alone(str(clone / ".venv/bin/python"), lock, folder):
        install.run(*command, settings=own)
    assert [*clone.glob(".venv/lib/python*/site-packages/lent.py")]
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("guide", ["README.md", "README.zh-CN.md", "postBuild", "editable"])
def test_pip_and_conda_install_for_every_locale_in_a_folder_of_any_name(in_chinese, guide):
    clone, python = in_chinese
    text = (ROOT / "README.md" if guide == "editable" else ROOT / guide).read_text("utf-8")
    (line,) = re.findall(r"pip (install --no-deps .*)$", text, re.M)
    line = re.sub(r"\.$", "--editable .", line) if guide == "editable" else line
    packages = next((clone / ".venv/lib").glob("python*/site-packages"))
    shutil.copytree(Path(flit_core.__file__).parent, packages / "flit_core")  # no network here
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", clone / ".venv", *line.split(), "--quiet"],
        cwd=clone,
        check=True,
    )
    done = python("-c", "import gearsbook")
    assert done.returncode == 0, done.stderr


@pytest.fixture
def busy_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_busy_port_gives_the_next_one_and_says_so(tmp_path, capsys, busy_port):
    (tmp_path / "index.html").write_text("served")
    httpd = serve.server(tmp_path, busy_port)
    threading.Thread(target=httpd.handle_request, daemon=True).start()
    assert httpd.server_address[0] == "127.0.0.1"
    assert httpd.server_port > busy_port
    assert f"Port {busy_port} is busy, trying {busy_port + 1}" in capsys.readouterr().out
    address = f"http://127.0.0.1:{httpd.server_port}/"
    assert urllib.request.urlopen(address).read() == b"served"
    httpd.server_close()


def test_when_all_ports_are_busy_the_error_names_them(tmp_path, monkeypatch, busy_port):
    monkeypatch.setattr(serve, "PORTS_TRIED", 1)
    with pytest.raises(OSError, match=f"ports {busy_port} to {busy_port} are all busy"):
        serve.server(tmp_path, busy_port)


def test_execute_refuses_what_is_not_a_notebook_of_the_book():
    done = subprocess.run(
        [sys.executable, "-m", "tools.notebooks.execute", "README.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "Not a notebook of this book" in done.stderr
