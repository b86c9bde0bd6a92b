"""The web server in front of the hub: the sample that is shipped, in a real nginx."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import shutil
import socket
import subprocess

import pytest
import requests

from test_hub import DEPLOY, answers, needs_users, running_hub, students  # noqa: F401 - a fixture
from waiting import until

NGINX = shutil.which("nginx")
SAMPLE = (DEPLOY / "nginx.conf").read_text("utf-8")
CERTIFICATE = [
    "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=gears",
    "-addext", "subjectAltName=IP:127.0.0.1",
]  # fmt: skip


@contextmanager
def front(folder: Path, plain: int, secure: int, hub: str) -> Iterator[None]:
    """The sample with ports of the test's own, and a certificate for this machine."""
    pem, key = folder / "gears.pem", folder / "gears.key"
    subprocess.run([*CERTIFICATE, "-out", pem, "-keyout", key], check=True, capture_output=True)
    mine = {
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "https://$http_host": f"https://127.0.0.1:{secure}",
        "/etc/ssl/gears.pem": str(pem),
        "/etc/ssl/private/gears.key": str(key),
        "http://127.0.0.1:8000": hub,
    }
    text = SAMPLE
    for shipped, own in mine.items():
        assert shipped in text, shipped
        text = text.replace(shipped, own)
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/error.txt; events {{}}\n"
        f"http {{ access_log {folder}/access.txt;\n{text}}}\n"
    )
    nginx = [NGINX, "-c", str(config), "-e", str(folder / "error.txt")]
    subprocess.run([*nginx, "-t"], check=True)
    process = subprocess.Popen([*nginx, "-g", "daemon off;"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
        print((folder / "error.txt").read_text()[-2000:])


@needs_users
@pytest.mark.skipif(NGINX is None, reason="needs nginx (Debian's nginx-light is enough)")
def test_through_the_sample_a_student_works_over_https_alone(students, tmp_path, monkeypatch):  # noqa: F811 - that fixture
    ann, _ = students
    with socket.create_server(("127.0.0.1", 0)) as a, socket.create_server(("127.0.0.1", 0)) as b:
        plain, secure = a.getsockname()[1], b.getsockname()[1]
    address = f"https://127.0.0.1:{secure}"
    with (
        running_hub(tmp_path, f"c.JupyterHub.public_url = '{address}/'\n") as hub,
        front(tmp_path, plain, secure, hub.address),
    ):
        for name in ("REQUESTS_CA_BUNDLE", "WEBSOCKET_CLIENT_CA_BUNDLE"):
            monkeypatch.setenv(name, str(tmp_path / "gears.pem"))
        login = f"http://127.0.0.1:{plain}/hub/login"
        until(lambda: answers(address), "an answer through nginx")
        led = requests.get(login, allow_redirects=False, timeout=30)
        assert (led.status_code, led.headers["Location"]) == (301, f"{address}/hub/login")

        page = ann.log_in(address)
        assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        ann.start_server()
        ann.browser.get(f"{address}/user/{ann.name}/lab", timeout=60)
        over_https = {one.name for one in ann.browser.cookies if one.secure}
        assert {"jupyterhub-hub-login", f"jupyterhub-user-{ann.name}"} <= over_https
        # _xsrf lets nobody in, and JupyterHub never marks it
        assert {one.name for one in ann.browser.cookies} - over_https <= {"_xsrf"}
        with ann.kernel() as run:
            assert run("print(6 * 7)") == ("42\n", None)
