"""A class on one machine: the real JupyterHub, its real proxy, two students at once.

The students are Unix users that this file makes and takes away. They log in with their passwords
at the form, and run a notebook as JupyterLab does: over the kernel's websocket, through the proxy.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
import json
import os
from pathlib import Path
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import uuid

import psutil
import pytest
import requests
import websocket
import yaml

import install
import notebooks

ROOT = install.ROOT
DEPLOY = ROOT / "deploy" / "jupyterhub"
NOTEBOOK = "gears/en/01-first-look.ipynb"
SECONDS_TO_START = 180
SECONDS_FOR_A_CELL = 300
LIMIT = 3 * 2**30  # values.yaml, jupyterhub_config.py and README.md say the same: see the end


def missing() -> str | None:
    """What this machine lacks for two Unix users, if anything."""
    if not sys.platform.startswith("linux"):
        return "needs Linux: students are kept apart by its users and /proc"
    if os.geteuid() != 0:
        return "needs root, to make two Unix users and start servers as them"
    programs = [name for name in ("useradd", "userdel", "groupadd", "chpasswd", "unshare")
                if not shutil.which(name)]  # fmt: skip
    return f"needs {', '.join(programs)}" if programs else None


needs_users = pytest.mark.skipif(missing() is not None, reason=missing() or "")


def wait_until(found: Callable[[], object], what: str, seconds: float = SECONDS_TO_START):
    """What `found` returns, once that is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.1)
    pytest.fail(f"after {seconds} s: {what}")


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
        server = f"{self.hub}/user/{self.name}"
        wait_until(
            lambda: self.browser.get(f"{server}/api/status", timeout=60).status_code == 200,
            f"no server of {self.name}",
        )
        self.browser.get(f"{self.hub}/hub/token", timeout=60)
        xsrf = next(one.value for one in self.browser.cookies
                    if one.name == "_xsrf" and one.path == "/hub/")  # fmt: skip
        answer = self.browser.post(
            f"{self.hub}/hub/api/users/{self.name}/tokens",
            headers={"X-XSRFToken": xsrf, "Sec-Fetch-Mode": "cors"}, json={}, timeout=60,
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        self.token = answer.json()["token"]

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
        self.data = 0  # private memory of the largest process: what RLIMIT_DATA limits
        self.reached: set[str] = set()
        self.listening: set[str] = set()

    def run(self) -> None:
        while not self.over.wait(0.3):
            together = 0
            for process in processes_of(self.uid):
                try:
                    folder = Path("/proc", str(process.pid))
                    rollup = (folder / "smaps_rollup").read_text()
                    status = (folder / "status").read_text()
                    for one in process.net_connections("inet"):
                        if one.raddr:
                            self.reached.add(one.raddr.ip)
                        elif one.status == psutil.CONN_LISTEN:
                            self.listening.add(f"{one.laddr.ip}:{one.laddr.port}")
                except (OSError, psutil.Error):
                    continue  # it has just ended
                sizes = {name: int(kilobytes) * 1024 for name, kilobytes in
                         re.findall(r"^(\w+): +(\d+) kB", rollup + status, re.M)}  # fmt: skip
                together += sizes.get("Pss", 0)
                self.high_water[process.pid] = sizes.get("VmHWM", 0)
                self.data = max(self.data, sizes.get("VmData", 0))
            self.peak = max(self.peak, together)


@pytest.fixture(scope="module")
def students() -> Iterator[tuple[Student, Student]]:
    """Two users of the group that the hub lets in, gone afterwards with all that was theirs."""
    mark = secrets.token_hex(3)
    names = [f"gears-{mark}-{letter}" for letter in "ab"]
    has_group = subprocess.run(["getent", "group", "gears"], stdout=subprocess.DEVNULL)
    made = []
    try:
        if has_group.returncode:
            subprocess.run(["groupadd", "gears"], check=True)
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
            wait_until(lambda uid=student.uid: end(uid), f"{student.name} still runs", 30)
        for name in names:
            subprocess.run(["userdel", "--force", "--remove", name], stderr=subprocess.DEVNULL)
        if has_group.returncode:
            subprocess.run(["groupdel", "gears"])


def end(uid: int) -> bool:
    left = processes_of(uid)
    for process in left:
        process.kill()
    return not left


@contextmanager
def running_hub(folder: Path, **environment: str) -> Iterator[str]:
    """The address of the shipped hub; only its ports are others."""
    with socket.socket() as a, socket.socket() as b, socket.socket() as c:
        ports = []
        for one in (a, b, c):
            one.bind(("127.0.0.1", 0))
            ports.append(one.getsockname()[1])
    hub = f"http://127.0.0.1:{ports[0]}"
    config = folder / "config.py"
    config.write_text(
        f"load_subconfig({str(DEPLOY / 'jupyterhub_config.py')!r})\n"
        f"c.JupyterHub.bind_url = {hub!r}\n"
        f"c.JupyterHub.hub_bind_url = 'http://127.0.0.1:{ports[1]}'\n"
        f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{ports[2]}'\n"
    )
    hold = folder / "hold"
    hold.mkdir()
    places = map(str, (ROOT, Path(sys.prefix).resolve(), sys.base_prefix))
    log = folder / "log.txt"
    with log.open("w") as written:
        process = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private",
             sys.executable, ROOT / "tests" / "open_folders.py", hold, *places, "--",
             sys.executable, "-m", "jupyterhub", "--config", config],
            cwd=folder, stdout=written, stderr=subprocess.STDOUT,
            env={**os.environ, "GEARS_HUB_STATE": str(folder / "state"), **environment},
        )  # fmt: skip
    started = set()

    def answers() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            return requests.get(f"{hub}/hub/health", timeout=10).status_code == 200
        except requests.ConnectionError:
            return False

    try:
        wait_until(answers, "the hub does not answer")
        started = set(psutil.Process(process.pid).children(recursive=True))
        yield hub
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
def hub(students, tmp_path_factory) -> Iterator[str]:
    with running_hub(tmp_path_factory.mktemp("hub")) as address:
        yield address


@pytest.fixture(scope="module")
def class_(hub, students) -> tuple[Student, Student]:
    """Both students, logged in at the same time, each with a server."""

    def come_in(student: Student) -> None:
        answer = student.log_in(hub)
        assert "/hub/login" not in answer.url, "the password was refused"
        student.start_server()

    with ThreadPoolExecutor() as both:
        list(both.map(come_in, students))
    return students


def work_through(student: Student) -> tuple[float, Watch]:
    """Run every cell of the own copy of the first notebook; its accuracy, and what was seen."""
    watch = Watch(student.uid)
    watch.start()
    try:
        notebook = student.open()["content"]
        with student.kernel() as run:
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    _, error = run(cell["source"])
                    may_fail = "raises-exception" in cell["metadata"].get("tags", [])
                    assert error is None or may_fail, f"{student.name}, {cell['id']}: {error}"
            printed, error = run("print(float(test_accuracy))")
            assert error is None
    finally:
        watch.over.set()
        watch.join()
    return float(printed), watch


@needs_users
def test_a_wrong_password_is_refused(hub, students):
    answer = students[0].log_in(hub, password="guessed-badly")
    assert answer.status_code == 403
    assert "Invalid username or password" in answer.text
    assert students[0].browser.get(f"{hub}/hub/api/user", timeout=30).status_code == 403


@needs_users
def test_both_get_a_server_and_their_own_copy_of_all_notebooks(class_):
    for student in class_:
        for source in notebooks.NOTEBOOKS.rglob("*.ipynb"):
            if ".ipynb_checkpoints" not in source.parts:
                copy = student.home / "gears" / source.relative_to(notebooks.NOTEBOOKS)
                assert copy.read_bytes() == source.read_bytes()
                assert copy.stat().st_uid == student.uid
        assert student.home.stat().st_mode & 0o077 == 0


@needs_users
def test_both_run_the_first_notebook_at_once_and_reach_its_accuracy(class_, capsys):
    with ThreadPoolExecutor() as both:
        done = list(both.map(work_through, class_))
    for student, (accuracy, watch) in zip(class_, done, strict=True):
        with capsys.disabled():
            print(
                f"\n{student.name}: accuracy {accuracy:.4f}, peak memory of all processes "
                f"{watch.peak / 2**20:.0f} MiB (each one's own peak, added: "
                f"{sum(watch.high_water.values()) / 2**20:.0f} MiB); "
                f"most private memory in one {watch.data / 2**20:.0f} MiB"
            )
        assert accuracy > 0.97
        assert 0 < watch.peak < LIMIT
        assert watch.reached <= {"127.0.0.1"}  # nothing is fetched at class time
        assert len(watch.listening) == 1, "a kernel listens where others can reach it"


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
        _, error = run("import numpy; numpy.ones(4 * 2**30, dtype='uint8')")
        assert error and "MemoryError" in error
        assert run("print('still here')") == ("still here\n", None)


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
    stop = requests.delete(f"{hub}/hub/api/users/{ann.name}/server", timeout=120,
                           headers={"Authorization": f"token {ann.token}"})  # fmt: skip
    assert stop.status_code in (202, 204)
    wait_until(lambda: not ann.is_running(), "the server does not stop")

    with running_hub(tmp_path, GEARS_IDLE_SECONDS="4") as address:  # a new term, a new hub
        ann.log_in(address)
        ann.start_server()
        wait_until(lambda: not ann.is_running(), "an idle server was not ended")
        assert not processes_of(ann.uid)
    kept = json.loads((ann.home / NOTEBOOK).read_text("utf-8"))
    assert kept["cells"][0]["source"] in ("# Ann was here", ["# Ann was here"])
    assert (ann.home / "gears" / "zh" / "01-first-look.ipynb").exists()  # missing: given again
