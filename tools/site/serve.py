"""Serves a folder on 127.0.0.1."""

from collections.abc import Iterator
import contextlib
import functools
import http.server
from pathlib import Path
import socket
import sys
import threading
from typing import Any

Request = socket.socket | tuple[bytes, socket.socket]
PORTS_TRIED = 50


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder's files."""

    def log_error(self, *_: object) -> None:
        """The line of the request, with its code, says enough."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder's files, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Keep the output of tests and benches readable."""


class Server(http.server.ThreadingHTTPServer):
    """Answers each request in a thread of its own."""

    def handle_error(self, request: Request, client_address: Any) -> None:
        """A reader who goes before the answer has come is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(folder: Path, handler: type[http.server.SimpleHTTPRequestHandler]) -> Iterator[str]:
    """The address of a folder, without a slash at its end, served to the machine for a while."""
    of_folder = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), of_folder) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def server(folder: Path, first_port: int, handler: type[Handler] = Handler) -> Server:
    """A server for a folder on the first free port from `first_port` on.

    Raises:
        OSError: all of the ports are busy.
    """
    of_folder = functools.partial(handler, directory=str(folder))
    last_port = first_port + PORTS_TRIED - 1
    for port in range(first_port, last_port + 1):
        try:
            found = Server(("127.0.0.1", port), of_folder)
        except OSError:
            print(f"Port {port} is busy, trying {port + 1}", flush=True)
        else:
            return found
    raise OSError(f"ports {first_port} to {last_port} are all busy: name another first port")
