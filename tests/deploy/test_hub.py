"""A class on one machine: the real JupyterHub, its real proxy, two students at once.

The students are Unix users that this file makes and takes away. They log in with their passwords
at the form, and run a notebook as JupyterLab does: over the kernel's websocket, through the proxy.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
import errno
import filecmp
import importlib.util
import json
import os
from pathlib import Path
import pwd
import re
import runpy
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from typing import NamedTuple
import uuid

from gearsbook import handout
import psutil
import pytest
import requests
from traitlets.config import Config
import websocket

import intruder
import open_folders
from test_cluster import VALUES
from tools import notebooks
from tools.__main__ import COMMANDS, calls
from tools.setup import install, node
from waiting import until

ROOT = install.ROOT
DEPLOY = ROOT / "deploy" / "jupyterhub"
start = importlib.util.module_from_spec(
    specification := importlib.util.spec_from_file_location("start", DEPLOY / "start.py")
)
specification.loader.exec_module(start)
NOTEBOOK = "gears/en/01-first-look.ipynb"
SECONDS_TO_START = 180
SECONDS_FOR_A_CELL = 300


def in_bytes(size: str) -> int:
    """A size as JupyterHub reads it: its G is 1024 M."""
    return int(float(size[:-1]) * 1024 ** "KMGT".index(size[-1]) * 1024)


LIMIT = in_bytes(VALUES["singleuser"]["memory"]["limit"])


def measured() -> int:
    """The peak of one student's memory that the README states and the values rest on."""
    found = re.search(r"\*\*([\d,]+) MiB\*\* of memory", (DEPLOY / "README.md").read_text("utf-8"))
    return int(found[1].replace(",", "")) * 2**20


PLACES = (ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix))  # what a student's server reads


def missing() -> str | None:
    """What this machine lacks for two Unix users, if anything."""
    if not sys.platform.startswith("linux"):
        return "needs Linux: students are kept apart by its users and /proc"
    if os.geteuid() != 0:
        return "needs root, to make two Unix users and start servers as them"
    programs = [name for name in ("useradd", "userdel", "groupadd", "chpasswd", "unshare")
                if not shutil.which(name)]  # fmt: skip
    if programs:
        return f"needs {', '.join(programs)}"
    closed = [place for place in PLACES if open_folders.closed(place)]
    if closed and subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        return f"students cannot read {closed[0]}, and this machine allows no mount namespace"
    return None


MISSING = missing()


def needs_users(test: Callable) -> Callable:
    """A test with a hub that runs: only `make test-release` installs its proxy."""
    return pytest.mark.release(pytest.mark.skipif(MISSING is not None, reason=MISSING or "")(test))


def processes_of(uid: int) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.uids().real == uid:
                found.append(process)
        except psutil.NoSuchProcess:
            pass
    return found


class Student:
    """A Unix user, and a browser's part of what that user does."""

    def __init__(self, name: str, password: str, uid: int, home: Path):
        self.name, self.password, self.uid, self.home = name, password, uid, home

    def log_in(self, hub: str, password: str | None = None) -> requests.Response:
        """Fill in the form; the answer is the page that the hub then leads to."""
        self.hub = hub
        self.browser = requests.Session()
        self.browser.headers["Sec-Fetch-Mode"] = "navigate"
        form = self.browser.get(f"{hub}/hub/login", timeout=60).text
        xsrf = re.search(r'name="_xsrf" value="([^"]+)"', form)[1]
        return self.browser.post(
            f"{hub}/hub/login",
            data={"username": self.name, "password": password or self.password, "_xsrf": xsrf},
            timeout=120,
        )

    def start_server(self) -> None:
        """Go to the own server, as the login does, and wait for it; then take a token."""
        self.browser.get(f"{self.hub}/hub/spawn", timeout=120)
        xsrf = next(one.value for one in self.browser.cookies
                    if one.name == "_xsrf" and one.path == "/hub/")  # fmt: skip
        answer = self.browser.post(
            f"{self.hub}/hub/api/users/{self.name}/tokens",
            headers={"X-XSRFToken": xsrf, "Sec-Fetch-Mode": "cors"}, json={}, timeout=60,
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        self.token = answer.json()["token"]
        until(
            lambda: self.api("GET", "status").status_code == 200,
            f"a server of {self.name}",
            SECONDS_TO_START,
        )

    def api(self, method: str, path: str, of: "Student | None" = None, **options):
        return requests.request(
            method, f"{self.hub}/user/{(of or self).name}/api/{path}",
            headers={"Authorization": f"token {self.token}"}, timeout=60, **options,
        )  # fmt: skip

    def open(self, path: str = NOTEBOOK) -> dict:
        answer = self.api("GET", f"contents/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def is_running(self) -> bool:
        user = requests.get(
            f"{self.hub}/hub/api/users/{self.name}",
            headers={"Authorization": f"token {self.token}"},
            timeout=60,
        ).json()
        return bool(user["servers"])

    @contextmanager
    def kernel(self) -> Iterator[Callable[[str], tuple[str, str | None]]]:
        """A function that runs code and returns what it printed and the name of its error."""
        started = self.api("POST", "kernels", json={"name": "python3"})
        assert started.status_code == 201, started.text
        address = f"{self.hub}/user/{self.name}/api/kernels/{started.json()['id']}/channels"
        session = uuid.uuid4().hex
        channel = websocket.create_connection(
            f"{address.replace('http', 'ws', 1)}?session_id={session}",
            header=[f"Authorization: token {self.token}"],
            timeout=SECONDS_FOR_A_CELL,
        )

        def run(code: str) -> tuple[str, str | None]:
            asked = uuid.uuid4().hex
            header = {"msg_id": asked, "msg_type": "execute_request", "username": self.name,
                      "session": session, "version": "5.3"}  # fmt: skip
            content = {"code": code, "silent": False, "store_history": True,
                       "allow_stdin": False, "stop_on_error": False}  # fmt: skip
            channel.send(json.dumps({"channel": "shell", "header": header, "parent_header": {},
                                     "metadata": {}, "content": content}))  # fmt: skip
            printed, error, open_ends = "", None, {"idle", "reply"}
            while open_ends:
                message = json.loads(channel.recv())
                if message["parent_header"].get("msg_id") != asked:
                    continue
                kind, content = message["msg_type"], message["content"]
                if kind == "stream":
                    printed += content["text"]
                elif kind == "error":
                    error = content["ename"]
                elif kind == "execute_reply":
                    open_ends.discard("reply")
                elif kind == "status" and content["execution_state"] == "idle":
                    open_ends.discard("idle")
            return printed, error

        try:
            yield run
        finally:
            channel.close()
            self.api("DELETE", f"kernels/{started.json()['id']}")


class Watch(threading.Thread):
    """The memory of one student's processes and whom they talk to, looked at while they run."""

    def __init__(self, uid: int):
        super().__init__(daemon=True)
        self.uid, self.over = uid, threading.Event()
        self.peak = 0  # of the sum: a page that n processes share counts as 1/n in each
        self.high_water: dict[int, int] = {}  # of each process, as the kernel keeps it
        self.seconds: dict[int, float] = {}  # of a processor, by each process
        self.data = 0  # private memory of the largest process: what RLIMIT_DATA limits
        self.reached: set[str] = set()
        self.listening: set[str] = set()
        self.workers: set[int] = set()  # the ports of 07's
        self.taken: set[str] = set()  # those of them at which another user gets a connection

    def run(self) -> None:
        while not self.over.wait(0.3):
            together = 0
            for process in processes_of(self.uid):
                try:
                    folder = Path("/proc", str(process.pid))
                    rollup = (folder / "smaps_rollup").read_text()
                    status = (folder / "status").read_text()
                    times = process.cpu_times()
                    self.seconds[process.pid] = times.user + times.system
                    program = " ".join(process.cmdline())
                    if "gearsbook.processes" in program:
                        new = intruder.ports_of(process.pid) - self.workers
                        self.workers |= new
                        self.taken |= intruder.reached(new)
                    for one in process.net_connections("inet"):
                        if one.raddr:
                            self.reached.add(one.raddr.ip)
                        elif one.status == psutil.CONN_LISTEN:
                            self.listening.add(f"{one.laddr.ip}:{one.laddr.port} {program}")
                except (OSError, psutil.Error):
                    continue  # it has just ended
                sizes = {name: int(kilobytes) * 1024 for name, kilobytes in
                         re.findall(r"^(\w+):\s+(\d+) kB", rollup + status, re.M)}  # fmt: skip
                together += sizes.get("Pss", 0)
                self.high_water[process.pid] = max(
                    sizes.get("VmHWM", 0), self.high_water.get(process.pid, 0)
                )
                self.data = max(self.data, sizes.get("VmData", 0))
            self.peak = max(self.peak, together)


@pytest.fixture(scope="module")
def students() -> Iterator[tuple[Student, Student]]:
    """Two users of the group that the hub lets in, gone afterwards with all that was theirs."""
    mark = secrets.token_hex(3)
    # with the longer name, the path of the home is too long for the sockets of kernels
    names = [f"gears-{mark}-{letter}" for letter in ("a", "b" * 19)]
    has_group = subprocess.run(["getent", "group", "gears"], stdout=subprocess.DEVNULL)
    made = []
    try:
        if has_group.returncode:
            subprocess.run(["groupadd", "--force", "gears"], check=True)
        for name in names:
            subprocess.run(
                ["useradd", "--create-home", "--groups", "gears", "--shell", "/bin/bash", name],
                check=True,
            )
            password = secrets.token_urlsafe(12)
            subprocess.run(["chpasswd"], input=f"{name}:{password}", text=True, check=True)
            ids = subprocess.check_output(["getent", "passwd", name], text=True).split(":")
            made.append(Student(name, password, int(ids[2]), Path(ids[5])))
        yield tuple(made)
    finally:
        for student in made:
            for process in (left := processes_of(student.uid)):
                process.kill()
            psutil.wait_procs(left, timeout=30)
        for name in names:
            subprocess.run(["userdel", "--force", "--remove", name], stderr=subprocess.DEVNULL)
        for student in made:
            for left in Path(tempfile.gettempdir()).iterdir():
                if left.lstat().st_uid == student.uid:
                    shutil.rmtree(left, ignore_errors=True)
        group = subprocess.check_output(["getent", "group", "gears"], text=True).strip()
        if has_group.returncode and group.endswith(":"):  # no other run of the tests uses it
            subprocess.run(["groupdel", "gears"])


class Hub(NamedTuple):
    address: str
    process: psutil.Process


def on_other_ports(shipped: str) -> tuple[str, str]:
    """An address for a hub, and a configuration that is the shipped one but for the ports."""
    with socket.socket() as a, socket.socket() as b, socket.socket() as c:
        ports = []
        for one in (a, b, c):
            one.bind(("127.0.0.1", 0))
            ports.append(one.getsockname()[1])
    address = f"http://127.0.0.1:{ports[0]}"
    return address, (
        f"load_subconfig({str(DEPLOY / shipped)!r})\n"
        f"c.JupyterHub.bind_url = {address!r}\n"
        f"c.JupyterHub.hub_bind_url = 'http://127.0.0.1:{ports[1]}'\n"
        f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{ports[2]}'\n"
    )


def answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/hub/health", timeout=10).status_code == 200
    except requests.ConnectionError:
        return False


@contextmanager
def running_hub(folder: Path, more: str = "", **environment: str) -> Iterator[Hub]:
    """What `make hub` runs, with the configuration that is shipped; only its ports are others."""
    address, text = on_other_ports("jupyterhub_config.py")
    config = folder / "config.py"
    config.write_text(text + more)
    hold = folder / "hold"
    hold.mkdir()
    log = folder / "log.txt"
    with log.open("w") as written:
        process = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private",
             sys.executable, ROOT / "tests" / "deploy" / "open_folders.py", hold, *PLACES, "--",
             *calls(COMMANDS["hub"], [str(config)])[-1]],
            cwd=ROOT, stdout=written, stderr=subprocess.STDOUT,
            env={**os.environ, "GEARS_HUB_STATE": str(folder / "state"), **environment},
        )  # fmt: skip
    started = set()

    def is_up() -> bool:
        assert process.poll() is None, log.read_text()
        return answers(address)

    try:
        until(is_up, "an answer of the hub", SECONDS_TO_START)
        started = set(psutil.Process(process.pid).children(recursive=True))
        yield Hub(address, psutil.Process(process.pid))
    finally:
        if process.poll() is None:
            started |= set(psutil.Process(process.pid).children(recursive=True))
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=30)
        _, left = psutil.wait_procs(started, timeout=20)
        for one in left:
            one.kill()
        print(log.read_text()[-6000:])


@pytest.fixture(scope="module")
def hub(students, tmp_path_factory) -> Iterator[Hub]:
    with running_hub(tmp_path_factory.mktemp("hub")) as running:
        yield running


@pytest.fixture(scope="module")
def class_(hub, students) -> tuple[Student, Student]:
    """Both students, logged in at the same time, each with a server."""

    def come_in(student: Student) -> None:
        answer = student.log_in(hub.address)
        assert "/hub/login" not in answer.url, "the password was refused"
        student.start_server()

    with ThreadPoolExecutor() as both:
        list(both.map(come_in, students))
    return students


def work_through(student: Student, path: str, asked: str) -> tuple[float, Watch]:
    """Run every cell of the own copy of a notebook; the number asked for, and what was seen."""
    watch = Watch(student.uid)
    watch.start()
    try:
        notebook = student.open(path)["content"]
        with student.kernel() as run:
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    _, error = run(cell["source"])
                    may_fail = "raises-exception" in cell["metadata"].get("tags", [])
                    assert error is None or may_fail, f"{student.name}, {cell['id']}: {error}"
            printed, error = run(f"print(float({asked}))")
            assert error is None
    finally:
        watch.over.set()
        watch.join()
    return float(printed), watch


@needs_users
def test_a_wrong_password_is_refused(hub, students):
    answer = students[0].log_in(hub.address, password="guessed-badly")
    assert answer.status_code == 403
    assert "Invalid username or password" in answer.text
    assert students[0].browser.get(f"{hub.address}/hub/api/user", timeout=30).status_code == 403


@needs_users
def test_both_get_a_server_and_their_own_copy_of_all_notebooks(class_):
    for student in class_:
        for source in notebooks.NOTEBOOKS.rglob("*.ipynb"):
            if ".ipynb_checkpoints" not in source.parts:
                copy = student.home / "gears" / source.relative_to(notebooks.NOTEBOOKS)
                assert filecmp.cmp(copy, source, shallow=False)
                assert copy.stat().st_uid == student.uid
        assert student.home.stat().st_mode & 0o077 == 0


@needs_users
def test_both_run_the_first_notebook_at_once_and_reach_its_accuracy(class_, capsys):
    with ThreadPoolExecutor() as both:
        done = list(
            both.map(lambda student: work_through(student, NOTEBOOK, "test_accuracy"), class_)
        )
    for student, (accuracy, watch) in zip(class_, done, strict=True):
        with capsys.disabled():
            print(
                f"\n{student.name}: accuracy {accuracy:.4f}, peak memory of all processes "
                f"{watch.peak / 2**20:.0f} MiB (each one's own peak, added: "
                f"{sum(watch.high_water.values()) / 2**20:.0f} MiB); "
                f"most private memory in one {watch.data / 2**20:.0f} MiB; "
                f"{sum(watch.seconds.values()):.0f} seconds of a processor"
            )
        assert accuracy > 0.97
        assert 0 < watch.peak < LIMIT
        assert watch.peak < 1.25 * measured(), "README.md and values.yaml want new numbers"
        assert watch.reached <= {"127.0.0.1"}  # nothing is fetched at class time
        assert all(place.startswith("127.0.0.1:") for place in watch.listening)
        # A kernel has one port of its own, on which programs that it started send it what they
        # print, with a secret. One that others can listen to has five more.
        assert len(watch.listening) <= 2, watch.listening


@needs_users
def test_07_needs_no_more_memory_and_another_user_reaches_none_of_its_workers(class_, capsys):
    loss, watch = work_through(class_[0], "gears/en/07-scaling-out.ipynb", "resumed_loss[-1]")
    with capsys.disabled():
        print(f"\n07-scaling-out: peak memory of all processes {watch.peak / 2**20:.0f} MiB")
    assert loss < 1
    assert 0 < watch.peak < measured()
    assert len(watch.workers) >= 2
    assert watch.taken == set()
    assert all(place.startswith("127.0.0.1:") for place in watch.listening)
    assert len(watch.listening) <= 2, watch.listening


@needs_users
def test_the_hub_and_its_proxy_are_reached_from_this_machine_only(class_, hub):
    places = {
        one.laddr.ip
        for process in (hub.process, *hub.process.children(recursive=True))
        for one in process.net_connections("inet")
        if one.status == psutil.CONN_LISTEN
    }
    assert places == {"127.0.0.1"}


@needs_users
def test_the_proxy_which_everybody_talks_to_is_not_root(class_, hub):
    children = hub.process.children()
    (proxy,) = (one for one in children if "configurable-http-proxy" in " ".join(one.cmdline()))
    lines = Path("/proc", str(proxy.pid), "status").read_text().splitlines()
    status = {name: text.strip() for name, text in (line.split(":", 1) for line in lines)}
    assert status["Uid"] == status["Gid"] == "65534\t65534\t65534\t65534"
    assert status["Groups"] == ""
    assert int(status["CapPrm"], 16) == 0
    assert status["NoNewPrivs"] == "1"


@needs_users
def test_jupyterlab_opens_at_the_copy_and_asks_nobody_for_news_or_extensions(class_, hub):
    ann, _ = class_
    page = ann.browser.get(f"{hub.address}/hub/spawn", timeout=60)
    assert page.url.endswith(f"/user/{ann.name}/lab/tree/gears")
    settings = json.loads(
        re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', page.text, re.S)[1]
    )
    assert settings["news"] == {"disabled": True}
    assert settings["extensionManager"]["can_install"] is False


@needs_users
def test_one_is_not_let_into_the_server_of_the_other(class_):
    ann, ben = class_
    assert ann.api("GET", "contents", of=ben).status_code == 403
    assert ann.api("POST", "kernels", of=ben, json={"name": "python3"}).status_code == 403
    page = ann.browser.get(f"{ann.hub}/user/{ben.name}/lab", timeout=60)
    assert page.status_code in (403, 404)
    for one in class_:
        answer = ann.browser.get(f"{ann.hub}/hub/api/users/{one.name}", timeout=60)
        assert (answer.status_code == 200) == (one is ann)
        assert not (one is ann and answer.json()["admin"])


@needs_users
def test_the_kernel_itself_keeps_their_files_apart_and_ends_no_session_for_want_of_memory(class_):
    ann, ben = class_
    theirs = next(process for process in processes_of(ben.uid))
    state = Path(psutil.Process(theirs.pid).environ()["HOME"])
    assert state == ben.home
    with ann.kernel() as run:
        for code in (
            f"open({str(ben.home / NOTEBOOK)!r})",
            f"import os; os.listdir({str(ben.home)!r})",
            f"open('/proc/{theirs.pid}/environ').read()",  # their tokens
            f"open({str(ben.home / 'left.txt')!r}, 'w')",
            f"os.kill({theirs.pid}, 0)",
        ):
            assert run(code) == ("", "PermissionError"), code
        # a loop that writes without end fills no disk, though many files may
        assert run("open('large', 'wb').truncate(2**30)") == ("", None)
        assert run("open('large', 'ab', 0).write(b'x')") == ("", "OSError")
        _, error = run("import numpy; numpy.ones(4 * 2**30, dtype='uint8')")
        assert "MemoryError" in str(error)
        assert run("print('still here')") == ("still here\n", None)


MANY = """
import subprocess
busy = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(30)]
idle = []
try:
    while len(idle) < 3000:
        idle.append(subprocess.Popen(["sleep", "1000"]))
except BlockingIOError:
    print("no more than", len(idle))
"""


@needs_users
def test_one_whose_processes_are_too_many_gets_no_more_and_another_works_on(class_):
    ann, ben = class_
    with ann.kernel() as run:
        try:
            printed, error = run(MANY)
            assert error is None
            said = re.fullmatch(r"no more than (\d+)\n", printed)
            assert said, printed
            assert int(said[1]) < start.MOST_PROCESSES
            with ben.kernel() as works:  # a channel that nobody reads for a minute is closed
                assert works("import numpy; print(numpy.arange(10).sum())") == ("45\n", None)
        finally:
            for process in processes_of(ann.uid):
                if process.name() in ("sh", "sleep"):
                    process.kill()


@needs_users
def test_what_a_student_changed_is_kept_and_an_idle_server_ends_without_losing_a_file(
    class_, hub, tmp_path
):
    ann, _ = class_
    notebook = ann.open()["content"]
    notebook["cells"][0]["source"] = "# Ann was here"
    saved = ann.api("PUT", f"contents/{NOTEBOOK}", json={"type": "notebook", "content": notebook})
    assert saved.status_code == 200, saved.text
    (ann.home / "gears" / "zh" / "01-first-look.ipynb").unlink()
    stop = requests.delete(f"{hub.address}/hub/api/users/{ann.name}/server", timeout=120,
                           headers={"Authorization": f"token {ann.token}"})  # fmt: skip
    assert stop.status_code in (202, 204)
    until(lambda: not ann.is_running(), "the end of the server", SECONDS_TO_START)

    with running_hub(tmp_path, GEARS_IDLE_SECONDS="4") as later:  # a new term, a new hub
        ann.log_in(later.address)
        ann.start_server()
        until(lambda: not ann.is_running(), "the end of an idle server", SECONDS_TO_START)
        assert not processes_of(ann.uid)
    kept = json.loads((ann.home / NOTEBOOK).read_text("utf-8"))
    assert kept["cells"][0]["source"] in ("# Ann was here", ["# Ann was here"])
    assert (ann.home / "gears" / "zh" / "01-first-look.ipynb").exists()  # missing: given again


@needs_users
def test_whoever_has_filled_the_own_home_can_clear_it(students, tmp_path):
    """As with a quota: no byte is left, so nothing can be started or moved that writes one."""
    ann, _ = students
    with running_hub(tmp_path) as running:
        small = f"size=1m,mode=0700,uid={ann.uid}"
        subprocess.run(
            ["nsenter", "--target", str(running.process.pid), "--mount",
             "mount", "-t", "tmpfs", "-o", small, "tmpfs", ann.home], check=True,
        )  # fmt: skip
        ann.log_in(running.address)
        ann.start_server()  # its notebooks are more than that
        given = ann.api("GET", "contents/gears/en").json()["content"]
        mine = [one["path"] for one in given if one["type"] == "notebook"]
        assert mine
        for path in mine:
            assert ann.api("DELETE", f"contents/{path}").status_code == 204, path
        with ann.kernel() as run:
            assert run("print(open('mine', 'w').write('x' * 100_000))") == ("100000\n", None)


def behind_tls(address: str, student: Student) -> dict[str, str]:
    """Log in as a web server with the certificate hands it on; the flags of each cookie."""
    seen = requests.Session()
    front = {"X-Forwarded-Proto": "https", "Host": "hub.example", "Sec-Fetch-Mode": "navigate"}
    cookies, flags = {}, {}

    def ask(method: str, **options) -> None:
        sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
        answer = seen.request(method, f"{address}/hub/login", allow_redirects=False, timeout=60,
                              headers={**front, "Cookie": sent}, **options)  # fmt: skip
        seen.cookies.clear()
        assert answer.status_code in (200, 302), answer.text
        for line in answer.raw.headers.getlist("Set-Cookie"):
            pair, _, rest = line.partition(";")
            name, _, value = pair.partition("=")
            cookies[name], flags[name] = value, rest

    ask("GET")
    ask("POST", data={"username": student.name, "password": student.password,
                      "_xsrf": cookies["_xsrf"]})  # fmt: skip
    assert "jupyterhub-hub-login" in flags
    return flags


@needs_users
@pytest.mark.parametrize("is_told", [True, False])
def test_cookies_go_over_https_alone_once_the_hub_knows_its_public_address(
    students, tmp_path, is_told
):
    more = "c.JupyterHub.public_url = 'https://hub.example/'\n" if is_told else ""
    with running_hub(tmp_path, more) as running:
        flags = behind_tls(running.address, students[0])
    for name, rest in flags.items():
        if name != "_xsrf":  # which lets nobody in, and is set from the request alone
            assert ("secure" in rest.lower()) is is_told, (name, rest)
        assert "httponly" in rest.lower()
        assert "samesite=lax" in rest.lower()


@needs_users
def test_a_teacher_sees_and_ends_servers_but_enters_none_and_adds_nobody(students, tmp_path):
    teacher, ben = students
    with running_hub(tmp_path, GEARS_TEACHERS=teacher.name) as running:
        for one in students:
            one.log_in(running.address)
            one.start_server()

        def ask(method: str, path: str) -> int:
            return requests.request(
                method, f"{running.address}/hub/api/{path}", timeout=120,
                headers={"Authorization": f"token {teacher.token}"},
            ).status_code  # fmt: skip

        assert ask("GET", "users") == 200
        assert teacher.browser.get(f"{running.address}/hub/admin", timeout=60).status_code == 200
        assert teacher.api("GET", "contents", of=ben).status_code == 403
        assert ask("POST", "users/root") == 403
        assert ask("POST", f"users/{ben.name}/tokens") == 403
        assert ask("POST", f"users/{ben.name}/server") in (403, 404)
        assert ask("DELETE", f"users/{ben.name}") == 403
        assert ask("DELETE", f"users/{ben.name}/server") in (202, 204)
        until(lambda: not ben.is_running(), "the end of the server", SECONDS_TO_START)


def groups_of(student: Student, change: str) -> None:
    subprocess.run(["gpasswd", change, student.name, "gears"], check=True)


@needs_users
def test_one_command_takes_a_student_out_at_once_with_server_token_cookie_and_password(
    students, tmp_path
):
    ann, ben = students
    with running_hub(tmp_path) as running:
        state = tmp_path / "state"
        assert (state / "remove.token").stat().st_mode & 0o777 == 0o600

        def lets_in(student: Student) -> list[int]:
            """What the hub says to the cookie and to the token."""
            about = f"{running.address}/hub/api/user"
            by_token = {"Authorization": f"token {student.token}"}
            return [
                student.browser.get(about, timeout=60).status_code,
                requests.get(about, headers=by_token, timeout=60).status_code,
            ]

        def remove(name: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, DEPLOY / "remove.py", name, "--hub", running.address],
                env={**os.environ, "GEARS_HUB_STATE": str(state)}, capture_output=True, text=True,
            )  # fmt: skip

        try:
            groups_of(ben, "--delete")  # the right password, but not of the class
            assert ben.log_in(running.address).status_code == 403
            groups_of(ben, "--add")
            for one in students:
                one.log_in(running.address)
                one.start_server()
                assert lets_in(one) == [200, 200]
            left = subprocess.Popen(["setsid", "sleep", "1000"], user=ben.uid)

            done = remove(ben.name)
            assert done.returncode == 0, done.stderr
            assert lets_in(ben) == [403, 403]
            assert left.wait(timeout=60) < 0
            until(lambda: not processes_of(ben.uid), "the end of all that ran", 60)
            assert ben.log_in(running.address).status_code == 403
            assert ben.api("GET", "status", allow_redirects=False).status_code != 200
            assert (ben.home / NOTEBOOK).exists()
            assert lets_in(ann) == [200, 200]
            assert ann.api("GET", "status").status_code == 200
            # nor do the numbers about the class belong to students
            assert ann.browser.get(f"{running.address}/hub/metrics", timeout=60).status_code == 403

            assert remove(ben.name).returncode == 0  # again, which changes nothing
            for name in ("root", "no-such-student"):
                assert "nothing was done" in remove(name).stderr
        finally:
            groups_of(ben, "--add")


@pytest.mark.parametrize(
    ("is_member", "says"),
    [(True, "is still in the group gears.*directory service"), (False, "while the hub runs")],
)
def test_whoever_takes_a_student_out_is_told_what_is_left_to_do(
    tmp_path, monkeypatch, is_member, says
):
    remove = runpy.run_path(str(DEPLOY / "remove.py"))
    user = pwd.struct_passwd(("ann", "x", 12345, 12345, "", "/home/ann", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwnam", {"ann": user}.__getitem__)
    monkeypatch.setattr(subprocess, "run", lambda *arguments, **options: None)
    monkeypatch.setattr(sys, "argv", ["remove.py", "ann"])
    monkeypatch.setenv("GEARS_HUB_STATE", str(tmp_path))  # of no hub
    monkeypatch.setitem(remove["main"].__globals__, "is_member", lambda user: is_member)
    with pytest.raises(SystemExit, match=says):
        remove["main"]()


def configured(folder: Path, monkeypatch, user: int, deploy: Path = DEPLOY) -> Config:
    """The shipped configuration, read on behalf of a user."""
    settings = Config()
    monkeypatch.setenv("GEARS_HUB_STATE", str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(Path, "is_dir", lambda path: True)  # as if the proxy were installed
    runpy.run_path(str(deploy / "jupyterhub_config.py"), {"get_config": lambda: settings})
    return settings


def test_without_root_it_lets_in_whoever_starts_it_and_nobody_else(tmp_path, monkeypatch):
    monkeypatch.setenv("LOGNAME", "teacher")
    settings = configured(tmp_path, monkeypatch, user=1000)
    assert settings.Authenticator.allowed_users == {"teacher"}
    assert settings.Authenticator.allow_all is False
    assert "allowed_groups" not in settings.LocalAuthenticator


def test_it_is_reached_from_this_machine_only_and_its_tokens_end(tmp_path, monkeypatch):
    settings = configured(tmp_path, monkeypatch, user=1000)
    assert settings.JupyterHub.bind_url == "http://127.0.0.1:8000"
    assert settings.JupyterHub.hub_bind_url == "http://127.0.0.1:8081"
    assert settings.ConfigurableHTTPProxy.api_url == "http://127.0.0.1:8001"
    assert settings.JupyterHub.token_expires_in_max_seconds == 24 * 3600
    # with it, root would put certificates into the students' homes, and follow their links there
    assert "internal_ssl" not in settings.JupyterHub


def test_what_the_hub_remembers_is_closed_to_everyone_else(tmp_path, monkeypatch):
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    settings = configured(state, monkeypatch, user=1000)
    assert state.stat().st_mode & 0o777 == 0o700
    for kept in (
        settings.JupyterHub.db_url.removeprefix("sqlite:///"),
        settings.JupyterHub.cookie_secret_file,
        settings.ConfigurableHTTPProxy.pid_file,
    ):
        assert Path(kept).parent == state


def test_no_more_servers_run_than_the_machine_has_memory_for(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sysconf", {"SC_PHYS_PAGES": 12 * 2**20, "SC_PAGE_SIZE": 4096}.get)
    kept = VALUES["singleuser"]["memory"]["guarantee"]
    limit = configured(tmp_path, monkeypatch, user=1000).JupyterHub.active_server_limit
    (share,) = re.findall(r"^MemoryMax=(\d+)%$", (DEPLOY / "gears.slice").read_text("utf-8"), re.M)
    assert limit == 48 * 2**30 * int(share) // 100 // in_bytes(kept) == 25


@pytest.mark.release
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, whose hub it is")
@pytest.mark.parametrize(
    "defect", ["of another", "writable", "its folder is writable", "no code", None]
)
def test_root_runs_no_code_that_others_can_write(monkeypatch, defect):
    with tempfile.TemporaryDirectory(dir="/opt") as place:
        Path(place).chmod(0o755)
        deploy = shutil.copytree(DEPLOY, Path(place, "deploy", "jupyterhub"))
        monkeypatch.setattr(sys, "prefix", place)
        monkeypatch.setattr(sys, "base_prefix", place)
        monkeypatch.setattr(sys, "executable", place)
        if defect == "of another":
            os.chown(deploy / "start.py", 12345, -1)
        elif defect:
            places = {
                "writable": "start.py",
                "its folder is writable": "",
                "no code": "values.yaml",
            }
            (deploy / places[defect]).chmod(0o777)
        with nullcontext() if defect is None else pytest.raises(SystemExit, match="Others than"):
            configured(Path(place, "state"), monkeypatch, user=0, deploy=deploy)


def test_a_course_that_students_cannot_read_is_named_before_the_hub_starts(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    with pytest.raises(SystemExit, match=r"is closed to them\. Clone the course to"):
        configured(tmp_path, monkeypatch, user=0)


def test_where_a_home_is_full_or_has_a_long_path_kernels_get_another_place(tmp_path, monkeypatch):
    full: list[Path] = []
    monkeypatch.setattr(start, "has_room", lambda folder: folder not in full)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def placed(runtime: str) -> Path:
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", runtime)
        start.place_runtime()
        return Path(os.environ["JUPYTER_RUNTIME_DIR"])

    short, long = "/home/short/runtime", f"/home/{'long' * 20}/runtime"
    assert placed(short) == Path(short)
    folder = placed(long)
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    full.append(Path(short))
    assert placed(short) == folder
    assert list(tmp_path.iterdir()) == [folder]  # each start leaves no other one behind
    folder.rmdir()
    folder.symlink_to(tmp_path)  # somebody else's trap
    assert placed(long) not in (folder, tmp_path)


@pytest.mark.release
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give a folder to somebody else")
def test_only_the_own_home_is_closed(tmp_path):
    mine, shared = tmp_path / "mine", tmp_path / "shared"
    for home in (mine, shared):
        home.mkdir()
        home.chmod(0o755)
    os.chown(shared, 12345, -1)
    start.close_home(mine)
    start.close_home(shared)
    assert [home.stat().st_mode & 0o777 for home in (mine, shared)] == [0o700, 0o755]


@pytest.mark.parametrize(
    "content",
    ["[]", "null", '"x"', "3", "[" * 100_000, "{", '{"en/01-first-look.ipynb": []}', "\udcff"],
)
def test_a_broken_record_locks_nobody_out(tmp_path, content):
    (tmp_path / handout.GIVEN).write_bytes(content.encode("utf-8", "surrogateescape"))
    handout.hand_out(tmp_path, start.COURSE, editions=("en",))
    assert (tmp_path / NOTEBOOK.removeprefix("gears/")).exists()
    assert isinstance(json.loads((tmp_path / handout.GIVEN).read_text("utf-8")), dict)


def test_a_folder_in_the_place_of_the_record_locks_nobody_out(tmp_path):
    (tmp_path / handout.GIVEN).mkdir()
    handout.hand_out(tmp_path, start.COURSE, editions=("en",))
    assert (tmp_path / handout.GIVEN).is_file()


def test_a_changed_notebook_is_kept_an_old_one_follows_the_course_and_a_missing_one_comes(tmp_path):
    course, copy = tmp_path / "course", tmp_path / "gears"
    for name in ("changed", "old", "deleted", "own"):
        (course / "en").mkdir(parents=True, exist_ok=True)
        (course / "en" / f"{name}.ipynb").write_text("first edition")
    (copy / "en").mkdir(parents=True)
    (copy / "en" / "own.ipynb").write_text("was here before the course")
    handout.hand_out(copy, course, ("en",))
    (copy / "en" / "changed.ipynb").write_text("by the student")
    (copy / "en" / "deleted.ipynb").unlink()
    for name in ("changed", "old", "deleted", "own", "new"):
        (course / "en" / f"{name}.ipynb").write_text("second edition")
    handout.hand_out(copy, course, ("en",))
    assert {path.stem: path.read_text() for path in (copy / "en").iterdir()} == {
        "changed": "by the student",
        "old": "second edition",
        "deleted": "second edition",
        "own": "was here before the course",
        "new": "second edition",
    }


def test_editions_are_handed_out_by_language(tmp_path):
    handout.hand_out(tmp_path, start.COURSE, editions=("zh",))
    assert (tmp_path / "zh" / "01-first-look.ipynb").exists()
    assert not (tmp_path / "en").exists()


def test_a_full_disk_leaves_no_half_notebook(tmp_path, monkeypatch):
    def full(source, target):
        Path(target).write_text("hal")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(handout.shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"):
        handout.hand_out(tmp_path, start.COURSE, editions=("en",))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [handout.GIVEN]


def test_machine_and_cluster_give_what_was_measured_and_say_the_same():
    config = (DEPLOY / "jupyterhub_config.py").read_text("utf-8")
    memory, cpu = VALUES["singleuser"]["memory"], VALUES["singleuser"]["cpu"]
    assert f'c.Spawner.mem_limit = "{memory["limit"]}"' in config
    assert f"c.Spawner.cpu_limit = {cpu['limit']}\n" in config
    assert measured() <= in_bytes(memory["guarantee"]) < in_bytes(memory["limit"])
    assert in_bytes(memory["limit"]) >= 1.5 * measured()  # what a student adds to a notebook
    assert f"`{memory['guarantee']}`" in (DEPLOY / "README.md").read_text("utf-8")
    for edition in ("en", "zh"):
        for_teachers = (ROOT / "book" / edition / "teach.md").read_text("utf-8")
        assert f"{measured() // 2**20:,} MiB" in for_teachers
        assert memory["guarantee"].replace("G", " GB") in for_teachers
    threads = {VALUES["singleuser"]["extraEnv"][name] for name in
               ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")}  # fmt: skip
    assert threads == {str(cpu["limit"])}


def test_the_locked_jupyterhub_is_the_one_of_the_chart():
    """A server in the image and the hub of the chart must be of one version."""
    head = (DEPLOY / "values.yaml").read_text("utf-8").split("\n\n")[0]
    major, minor = re.search(r"JupyterHub (\d+)\.(\d+)", head).groups()
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    assert re.search(rf"^jupyterhub=={major}\.{minor}\.", lock, re.M)
    assert re.search(r"version\s+#?\s*4\.4\.0", head)
    assert "--version 4.4.0" in (DEPLOY / "README.md").read_text("utf-8")


def test_the_proxy_is_locked_with_hashes_and_without_a_registry():
    lock = json.loads((DEPLOY / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert "node_modules/configurable-http-proxy" in packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
        assert "hasInstallScript" not in entry, name  # and would not be run
    wanted = json.loads((DEPLOY / "package.json").read_text("utf-8"))["dependencies"]
    assert lock["packages"][""]["dependencies"] == wanted


def test_a_proxy_that_was_cut_short_or_is_of_another_lock_is_not_used(tmp_path):
    sources = shutil.copytree(DEPLOY, tmp_path / "sources")
    proxy = node.Programs("a proxy", sources, tmp_path)
    assert not proxy.is_installed()
    (tmp_path / node.STAMP).write_text(proxy.fingerprint())
    assert proxy.is_installed()
    (sources / "package-lock.json").write_text("{}")
    assert not proxy.is_installed()
