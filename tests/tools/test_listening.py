"""`make lab`, `make serve` and 07's workers as they are run: who can reach them, who is let in."""

from collections.abc import Callable, Iterator
import http.client
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request

from gearsbook import processes
import psutil
import pytest

import intruder
from tools import notebooks
from tools.__main__ import COMMANDS, calls
from tools.setup import install
from waiting import until

ROOT = install.ROOT


def wait_for(found: Callable, process: subprocess.Popen):
    """What `found` returns, once that is something, unless the process ended before."""

    def found_while_it_runs():
        assert process.poll() is None, process.args
        return found()

    return until(found_while_it_runs, f"the start of {process.args}")


def listening(process: subprocess.Popen) -> set[str]:
    """The addresses at which a program and those it started wait for others."""
    started = psutil.Process(process.pid)
    return {
        connection.laddr.ip
        for one in (started, *started.children(recursive=True))
        for connection in one.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as ok:
            return ok.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[tuple[subprocess.Popen, dict]]:
    """The command of `make lab`, with no settings of whoever runs the tests, and what it says."""
    folder = tmp_path_factory.mktemp("lab")
    environment = {name: text for name, text in os.environ.items() if "JUPYTER" not in name}
    folders = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    options = ["--no-browser", "--ServerApp.port=0"]
    _, hand_out, lab = calls(COMMANDS["lab"], options)
    subprocess.run(hand_out, cwd=ROOT, check=True)
    process = subprocess.Popen(
        lab, cwd=ROOT, env=environment | folders,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        (about,) = wait_for(lambda: list(folder.glob("RUNTIME/jpserver-*.json")), process)
        yield process, wait_for(lambda: json.loads(about.read_text() or "{}"), process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_make_lab_is_reached_from_this_machine_only(lab):
    process, _ = lab
    assert wait_for(lambda: listening(process), process) == {"127.0.0.1"}


def test_make_lab_lets_in_whoever_has_its_token(lab):
    _, about = lab
    assert re.fullmatch("[0-9a-f]{32,}", about["token"])
    contents = f"http://127.0.0.1:{about['port']}/api/contents"
    assert status(contents) == 403
    assert status(f"{contents}?token=guessed") == 403
    assert status(f"{contents}?token={about['token']}") == 200


def test_make_lab_answers_no_page_of_another_site(lab):
    """One that has its name lead to 127.0.0.1, to reach what only this machine should."""
    _, about = lab
    url = f"http://127.0.0.1:{about['port']}/api/contents?token={about['token']}"
    assert status(url, Host="example.org") == 403


@pytest.fixture(scope="module")
def served(site) -> Iterator[tuple[subprocess.Popen, int]]:
    """What `make serve` runs once the book is built, and its port."""
    process = subprocess.Popen(
        calls(COMMANDS["serve"], [])[-1],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        said = (re.search(r"http://127\.0\.0\.1:(\d+)/", line) for line in process.stdout)
        yield process, int(next(filter(None, said))[1])
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_make_serve_is_reached_from_this_machine_only(served):
    process, _ = served
    assert listening(process) == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["/../../pyproject.toml", "/en/%2e%2e/%2e%2e/%2e%2e/Makefile"])
def test_make_serve_gives_the_site_and_nothing_beside_it(served, path):
    _, port = served
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)  # as it stands: urllib would take out the dots
    assert connection.getresponse().status == 404
    assert status(f"http://127.0.0.1:{port}/en/index.html") == 200


@pytest.mark.release
@pytest.mark.skipif(sys.platform != "linux", reason="nothing else has a network for a few alone")
def test_the_workers_of_07_train_together_where_nobody_else_reaches_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = notebooks.read(notebooks.NOTEBOOKS / "en" / "07-scaling-out.ipynb")
    (cell,) = (cell.source for cell in page.cells if cell.source.startswith("%%writefile"))
    tmp_path.joinpath("worker.py").write_text(cell.partition("\n")[2], "utf-8")

    def tf_config(addresses: list[str], worker: int) -> str:
        task = {"type": "worker", "index": worker}
        return json.dumps({"cluster": {"worker": addresses}, "task": task})

    team = processes.start("worker.py", tf_config, 2, "run", 10**6, 0)  # both have made a step
    try:
        ports = set().union(*(intruder.ports_of(worker.pid) for worker in team.processes))
        assert len(ports) >= 2
        assert intruder.reached(ports) == set()
        assert not any(map(listening, team.processes))  # here, where everybody else is
    finally:
        team.stop()
