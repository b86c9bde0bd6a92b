"""Worker processes: all of them start, say what went wrong, and never outlive their starter."""

import os
from pathlib import Path
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

from gears import processes
import psutil
import pytest

SLEEPS = "import time; print('up', flush=True); time.sleep(600)"


def config(addresses: list[str], worker: int) -> str:
    return f"{worker} of {' '.join(addresses)}"


@pytest.fixture
def start(tmp_path, monkeypatch):
    """A function that starts a program as some workers; those that it left are ended."""
    monkeypatch.chdir(tmp_path)
    teams = []

    def begin(program: str, count: int = 2, tf_config=config) -> processes.Team:
        Path("program.py").write_text(program, "utf-8")
        teams.append(processes.start("program.py", tf_config, count, "run", 7))
        return teams[-1]

    yield begin
    for team in teams:
        team.stop()


def test_every_worker_gets_its_configuration_and_the_arguments(start):
    team = start("import os, sys; print(os.environ['TF_CONFIG'], *sys.argv)")
    team.finish()
    said = [team.printed(worker).split() for worker in (0, 1)]
    addresses = said[0][2:4]
    assert said == [[str(n), "of", *addresses, "program.py", "run", "7"] for n in (0, 1)]
    assert len(set(addresses)) == 2
    assert all(address.startswith("127.0.0.1:2") for address in addresses)


def test_ports_where_somebody_listens_are_not_offered(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(processes, "PORTS", range(port, port + 1))
        with pytest.raises(OSError, match="free ports"):
            processes.free_ports(1)


def test_a_run_whose_port_was_taken_meanwhile_begins_again_with_others(start):
    tried = []

    def note(addresses, worker):
        tried.append(addresses)
        return config(addresses, worker)

    program = f"""
import os, sys
if os.path.exists("second"):
    print("up")
else:
    open("second", "w").close()
    sys.exit({processes.PORT_TAKEN!r})
"""
    start(program, 1, note).finish()
    assert len(tried) == 2
    assert tried[0] != tried[1]


def test_a_worker_that_fails_at_once_is_quoted_and_the_others_are_ended(start):
    is_second = "import os, sys\nif os.environ['TF_CONFIG'][0] == '1': sys.exit('no such thing')\n"
    with pytest.raises(RuntimeError, match="stopped:\nno such thing"):
        start(is_second + SLEEPS)
    assert not children()


def test_a_worker_that_stays_silent_is_named_and_all_are_ended(start, monkeypatch):
    monkeypatch.setattr(processes, "SECONDS", 0.5)
    with pytest.raises(TimeoutError, match=r"workers \[0, 1\] printed nothing"):
        start("import time; time.sleep(600)")
    assert not children()


def test_a_worker_that_fails_later_is_quoted(start):
    team = start("import sys; print('up', flush=True); sys.exit('too bad')")
    with pytest.raises(RuntimeError, match="worker 0 ended with 1:\ntoo bad"):
        team.finish()


def test_waiting_ends_and_so_do_the_workers(start):
    team = start(SLEEPS)
    began = time.monotonic()
    assert all(team.wait(0.2))
    assert time.monotonic() - began < 60  # and not the 600 of the workers
    assert not children()


def test_a_file_is_waited_for(start, monkeypatch):
    """It is there only after somebody has looked for it in vain."""
    program = """
import os, time
print("up", flush=True)
while not os.path.exists("looked"):
    time.sleep(0.01)
open("run/there", "w")
"""
    team = start(program, 1)
    looked = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: Path("looked").touch())
    monkeypatch.setattr(processes, "time", looked)
    team.wait_for("there")
    assert Path("looked").exists()


def test_a_file_that_a_dead_worker_will_not_write_is_not_waited_for(start):
    team = start("import sys; print('up', flush=True); sys.exit('gone')", 1)
    with pytest.raises(RuntimeError, match="gone"):
        team.wait_for("there")


def test_one_worker_is_killed_and_the_other_is_not(start):
    team = start(SLEEPS)
    team.kill(1)
    assert [process.poll() is None for process in team.processes] == [True, False]


def test_workers_end_with_a_starter_that_was_killed(start, tmp_path):
    """As a notebook's kernel is, if it does not stop in time."""
    Path("program.py").write_text(SLEEPS, "utf-8")
    starter = """
import time
from gears import processes
team = processes.start("program.py", lambda addresses, worker: "", 2, "run")
print(*(process.pid for process in team.processes), flush=True)
time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE, text=True)
    try:
        workers = [psutil.Process(int(pid)) for pid in process.stdout.readline().split()]
        assert len(workers) == 2
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        _, alive = psutil.wait_procs(workers, timeout=60)
        assert not alive
    finally:
        process.kill()
        process.communicate()


def children() -> list[psutil.Process]:
    """The workers of this process that still run."""
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "gears.processes" in " ".join(child.cmdline())
    ]
