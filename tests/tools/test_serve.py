"""The server for an author on this machine."""

import socket
import threading
import urllib.request

from tools.site import serve

CONTENT = b"a page " * 1_000_000  # more than a socket takes at once


def test_a_browser_that_leaves_early_is_no_error(tmp_path, capfd):
    (tmp_path / "page.html").write_bytes(CONTENT)
    with serve.server(tmp_path, 0) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        with socket.create_connection(httpd.server_address) as early:
            early.sendall(b"GET /page.html HTTP/1.0\r\n\r\n")
            assert early.recv(1)
        page = f"http://127.0.0.1:{httpd.server_port}/page.html"
        with urllib.request.urlopen(page) as answer:
            assert answer.read() == CONTENT
        httpd.shutdown()
    assert "Traceback" not in capfd.readouterr().err
