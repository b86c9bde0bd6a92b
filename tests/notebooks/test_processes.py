"""Worker processes: all of them start, say what went wrong, and never outlive their starter."""

import os
from pathlib import Path
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

from gearsbook import apart, language, processes
import psutil
import pytest

import intruder

ELSEWHERE = sys.platform != "linux"
LINUX = pytest.mark.skipif(ELSEWHERE, reason="nothing else has networks for a few alone")
# An ordinary user, also where the tests run as root: to make a network of one's own takes more.
ORDINARY = ["setpriv", "--bounding-set=-sys_admin"] if os.getuid() == 0 else []
NO_NETWORKS = [
    *("unshare", "--user", "--map-root-user", "sh", "-c"),
    'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"',
    "sh",
]
SLEEPS = "import time; print('up', flush=True); time.sleep(600)"
LISTENS = """
import os, socket, time
number, _, *addresses = os.environ["TF_CONFIG"].split()
ports = [int(address.split(":")[1]) for address in addresses]
server = socket.create_server(("", ports[int(number)]))  # at every address, as TensorFlow's
while socket.socket().connect_ex(("127.0.0.1", ports[1 - int(number)])):
    pass  # the other is not up yet
print(ports[int(number)], flush=True)
time.sleep(600)
"""


def config(addresses: list[str], worker: int) -> str:
    return f"{worker} of {' '.join(addresses)}"


@pytest.fixture
def start(tmp_path, monkeypatch):
    """A function that starts a program as some workers; those that it left are ended."""
    monkeypatch.chdir(tmp_path)
    teams = []

    def begin(program: str, count: int = 2, tf_config=config, yes=ELSEWHERE) -> processes.Team:
        Path("program.py").write_text(program, "utf-8")
        teams.append(
            processes.start("program.py", tf_config, count, "run", 7, even_if_reachable=yes)
        )
        return teams[-1]

    yield begin
    for team in teams:
        team.stop()


# A notebook's kernel: it starts two workers and says which they are.
STARTER = f"""
import time
from gearsbook import processes
team = processes.start(
    "program.py", lambda *its: f"{{its[1]}} of {{' '.join(its[0])}}", 2, "run",
    even_if_reachable={ELSEWHERE},
)
print(*(process.pid for process in team.processes), flush=True)
time.sleep(600)
"""


@pytest.fixture
def started(tmp_path, monkeypatch):
    """A function that has another process start a program; it gives that one and the workers."""
    monkeypatch.chdir(tmp_path)
    starters = []

    def begin(program: str, *prefix: str) -> tuple[subprocess.Popen, list[psutil.Process]]:
        Path("program.py").write_text(program, "utf-8")
        starters.append(
            subprocess.Popen(
                [*prefix, sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True
            )
        )
        said = starters[-1].stdout.readline().split()
        return starters[-1], [psutil.Process(int(worker)) for worker in said]

    yield begin
    for starter in starters:
        starter.kill()
        starter.communicate()


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


@pytest.mark.parametrize("has_run_before", [False, True])
def test_a_file_is_waited_for(start, monkeypatch, has_run_before):
    """It is there only after somebody has looked for it in vain; an earlier run's is not meant."""
    if has_run_before:
        Path("run").mkdir()
        Path("run/there").touch()
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


def test_workers_end_with_a_starter_that_was_killed(started):
    """As a notebook's kernel is, if it does not stop in time."""
    starter, workers = started(SLEEPS)
    assert set(psutil.Process(starter.pid).children()) == set(workers)  # nothing else is left
    assert len(workers) == 2
    starter.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert not alive


@LINUX
@pytest.mark.parametrize("prefix", [[], ORDINARY] if ORDINARY else [[]])
def test_another_user_reaches_no_port_of_the_workers_who_reach_each_other(started, prefix):
    started(LISTENS, *prefix)
    ports = [Path("run", f"worker-{worker}.out").read_text().strip() for worker in (0, 1)]
    assert all(ports)
    assert intruder.reached(ports) == set()


@LINUX
def test_linux_itself_says_why_it_refuses_a_network():
    ask = "from gearsbook import apart\nwith apart.network(): print('made')"
    asked = subprocess.run(
        [*NO_NETWORKS, sys.executable, "-c", ask], capture_output=True, text=True, timeout=60
    )
    assert asked.stderr.splitlines()[-1] == "OSError: [Errno 28] unshare: No space left on device"
    assert asked.stdout == ""


def test_only_linux_is_asked_for_a_network(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(OSError, match="darwin has no network namespaces"), apart.network():
        pass


@pytest.fixture
def refused(monkeypatch):
    """A system that gives nobody a network of their own."""

    def refuse():
        raise OSError("unshare: Operation not permitted")

    monkeypatch.setattr(apart, "network", refuse)


@pytest.mark.parametrize(("edition", "meaning"), [
    ("en", "ports 20000 to 29999, at every address.*no password.*anyone.*run code as you"),
    ("zh", "所有地址上监听 20000 到 29999 .*不要密码.*谁连得上.*以你的身份运行代码"),
])  # fmt: skip
def test_where_others_could_reach_them_nothing_starts_without_the_readers_yes(
    start, refused, edition, meaning, monkeypatch
):
    monkeypatch.setattr(language, "_current", edition)
    with pytest.raises(RuntimeError, match=f"(?s)Operation not permitted.*{meaning}") as error:
        start("open('left', 'w')", yes=False)
    assert "even_if_reachable=True" in str(error.value)
    assert [path.name for path in Path().iterdir()] == ["program.py"]


def test_with_the_readers_yes_they_start_and_others_do_reach_them(start, refused):
    team = start(LISTENS, yes=True)
    ports = [team.printed(worker).strip() for worker in (0, 1)]
    assert {f"127.0.0.1/{port}" for port in ports} < intruder.reached(ports)


def children() -> list[psutil.Process]:
    """The workers of this process that still run."""
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "gearsbook.processes" in " ".join(child.cmdline())
    ]


def test_where_no_other_process_is_in_the_network_none_is_made(monkeypatch):
    monkeypatch.setenv(apart.ALREADY, "yes")
    monkeypatch.setattr(subprocess, "Popen", None)
    with apart.network() as files:
        assert files == []
