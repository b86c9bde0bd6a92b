"""A class on one machine where systemd runs: the units that are shipped, in a real systemd.

It is one of the test's own, in namespaces (own_systemd.py beside this file).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import shutil
import socket
import sys
from typing import NamedTuple

import psutil
import pytest

import boot_systemd
import own_systemd
from test_hub import (
    DEPLOY,
    LIMIT,
    NOTEBOOK,
    PLACES,
    SECONDS_TO_START,
    VALUES,
    Student,
    answers,
    needs_users,
    on_other_ports,
    processes_of,
    students,  # noqa: F401 - a fixture
)
from waiting import until

HERE = Path(__file__).resolve().parent
PROCESSORS = VALUES["singleuser"]["cpu"]["limit"]
pytestmark = pytest.mark.skipif(
    not Path(boot_systemd.PROGRAM).exists(), reason="needs a systemd to start"
)


class Class(NamedTuple):
    ann: Student
    ben: Student
    address: str
    inside: Callable[..., str]

    def shown(self, unit: str, what: str) -> str:
        return self.inside("systemctl", "show", "--value", "--property", what, unit).strip()


@pytest.fixture(scope="module")
def class_(students, tmp_path_factory) -> Iterator[Class]:  # noqa: F811 - that fixture
    """Both students with a server, on the hub that systemd has started."""
    folder = tmp_path_factory.mktemp("systemd")
    units = folder / "run" / "systemd" / "system"
    drop_in = units / "gears-hub.service.d"
    drop_in.mkdir(parents=True)
    shutil.copy(DEPLOY / "gears.slice", units)
    address, text = on_other_ports("systemd_config.py")
    (folder / "run" / "gears-hub.py").write_text(text)
    shipped = (DEPLOY / "gears-hub.service").read_text("utf-8")
    (units / "gears-hub.service").write_text(
        shipped.replace("/opt/gears/.venv/bin", str(Path(sys.executable).parent))
        .replace("/etc/gears-hub.py", "/run/gears-hub.py")
    )  # fmt: skip
    log = folder / "log.txt"
    (drop_in / "test.conf").write_text(
        f"[Service]\nStandardOutput=append:{log}\nStandardError=append:{log}\n"
        f"BindReadOnlyPaths={' '.join(map(str, PLACES))}\n"  # a clone in a home, as on CI machines
    )
    hold = folder / "hold"
    hold.mkdir()
    opened = [sys.executable, HERE / "open_folders.py", hold, *PLACES, "--"]
    with own_systemd.booted(folder, opened) as inside:
        try:
            inside("systemctl", "start", "gears-hub")
            until(lambda: answers(address), "an answer of the hub", SECONDS_TO_START)

            def come_in(student: Student) -> None:
                student.log_in(address)
                student.start_server()

            with ThreadPoolExecutor() as both:
                list(both.map(come_in, students))
            yield Class(*students, address, inside)
        finally:
            print(log.read_text()[-6000:] if log.exists() else "the hub said nothing")


def unit_of(student: Student) -> str:
    return f"jupyter-{student.name}-singleuser.service"


@needs_users
def test_each_server_is_a_unit_with_the_limits_that_are_promised(class_):
    for student in (class_.ann, class_.ben):
        unit = unit_of(student)
        assert int(class_.shown(unit, "MemoryMax")) == LIMIT
        assert class_.shown(unit, "CPUQuotaPerSecUSec") == f"{PROCESSORS}s"
        assert class_.shown(unit, "Slice") == "gears.slice"
        assert processes_of(student.uid)
    assert int(class_.shown("gears.slice", "MemoryMax")) < psutil.virtual_memory().total


HOLD = """
import subprocess, sys
hold = "x = bytearray(400 * 2**20); print('held', flush=True); input()"
pipe = subprocess.PIPE
held = [subprocess.Popen([sys.executable, "-c", hold], stdin=pipe, stdout=pipe) for _ in range(10)]
for one in held:
    one.stdout.readline()
print("killed" if any(one.poll() == -9 for one in held) else "all of it held")
for one in held:
    one.kill()
"""
FILL = """
import os, subprocess
files = [f"FOLDER/fill-{number}" for number in range(4)]  # each as large as a file may be
fill = "set -e; for file; do dd if=/dev/zero of=$file bs=1M count=1000; done"
done = subprocess.run(["sh", "-c", fill, "sh", *files], stderr=subprocess.DEVNULL)
print("stopped" if done.returncode and os.path.exists(files[1]) else "not by the memory")
for file in filter(os.path.exists, files):
    os.remove(file)
"""


@needs_users
@pytest.mark.parametrize(
    ("attack", "ends"),
    [(HOLD, "killed")]
    + [(FILL.replace("FOLDER", folder), "stopped") for folder in ("/dev/shm", "/tmp", "/var/tmp")],
    ids=["many processes", "shared memory", "tmp", "var tmp"],
)
def test_all_processes_of_a_student_together_get_no_more_memory_than_the_limit(
    class_, attack, ends
):
    ann, ben = class_.ann, class_.ben
    with ann.kernel() as run, ben.kernel():
        at_work = {process.pid for process in processes_of(ben.uid)}
        assert run(attack) == (f"{ends}\n", None)
        assert run("print('still here')") == ("still here\n", None)
        assert at_work <= {process.pid for process in processes_of(ben.uid)}


@needs_users
def test_what_one_writes_to_a_shared_folder_nobody_else_sees(class_):
    with class_.ann.kernel() as run, class_.ben.kernel() as looks:
        for folder in ("/tmp", "/var/tmp", "/dev/shm"):
            assert run(f"_ = open('{folder}/gears-ann', 'w').write('mine')") == ("", None)
            seen = looks(f"import os; print('gears-ann' in os.listdir('{folder}'))")
            assert seen == ("False\n", None)
            assert not Path(folder, "gears-ann").exists()


@needs_users
def test_code_of_students_reaches_no_other_machine(class_):
    """An address of this machine's network card stands for one of the campus."""
    own = next(
        one.address
        for interface in psutil.net_if_addrs().values()
        for one in interface
        if one.family == socket.AF_INET and not one.address.startswith("127.")
    )
    with socket.create_server((own, 0)) as listener:
        place = listener.getsockname()
        socket.create_connection(place, timeout=10).close()  # it can be reached
        with class_.ann.kernel() as run:
            code = f"import socket; socket.create_connection({place!r}, timeout=3)"
            assert run(code)[1] in ("TimeoutError", "PermissionError")


@needs_users
def test_the_workers_of_07_get_their_own_network_there_too(class_):
    with class_.ann.kernel() as run:
        code = "from gearsbook import apart\nwith apart.network() as files: print(len(files))"
        assert run(code) == ("2\n", None)


@needs_users
def test_the_hub_itself_sees_no_file_of_a_student(class_):
    hub = class_.shown("gears-hub", "MainPID")
    look = ["nsenter", "--target", hub, "--mount", "ls", "-A", "/home"]
    assert (class_.ann.home / NOTEBOOK).exists()
    assert class_.inside(*look) == ""


@needs_users
def test_a_restart_of_the_hub_ends_no_kernel_and_signs_nobody_out(class_):
    ann = class_.ann
    with ann.kernel() as run:
        assert run("import os; print(os.getpid())")[1] is None
        before = ann.api("GET", "kernels").json()
        running = {process.pid for process in processes_of(ann.uid)}
        class_.inside("systemctl", "restart", "gears-hub")
        until(lambda: answers(class_.address), "an answer of the hub", SECONDS_TO_START)
        until(
            lambda: ann.api("GET", "kernels").status_code == 200,
            "the way to the server",
            SECONDS_TO_START,
        )
        assert [one["id"] for one in ann.api("GET", "kernels").json()] == [
            one["id"] for one in before
        ]
        assert {process.pid for process in processes_of(ann.uid)} == running
        about = f"{class_.address}/hub/api/user"
        assert ann.browser.get(about, timeout=60).status_code == 200


@needs_users
def test_one_command_ends_all_servers_and_the_hub_stays(class_):
    class_.inside("systemctl", "stop", "gears.slice")
    assert not [process for one in (class_.ann, class_.ben) for process in processes_of(one.uid)]
    assert answers(class_.address)
