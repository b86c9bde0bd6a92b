"""Serve the built site on 127.0.0.1: `python tools/serve.py [port]`."""

import functools
import http.server
from pathlib import Path
import sys

SITE = Path(__file__).resolve().parent.parent / "_build" / "site"
FIRST_PORT = 8000
PORTS_TRIED = 50


def server(folder: Path, first_port: int) -> http.server.ThreadingHTTPServer:
    """A server for a folder on the first free port from `first_port` on.

    Raises:
        OSError: all of the ports are busy.
    """
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    last_port = first_port + PORTS_TRIED - 1
    for port in range(first_port, last_port + 1):
        try:
            found = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError:
            print(f"Port {port} is busy, trying {port + 1}", flush=True)
        else:
            return found
    raise OSError(f"ports {first_port} to {last_port} are all busy: name another first port")


if __name__ == "__main__":
    if not (SITE / "index.html").exists():
        sys.exit(f"{SITE} is not built yet: run `make book`")
    httpd = server(SITE, int(sys.argv[1]) if len(sys.argv) > 1 else FIRST_PORT)
    print(f"The book is at http://127.0.0.1:{httpd.server_port}/ (Ctrl+C stops)", flush=True)
    try:
        httpd.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")
