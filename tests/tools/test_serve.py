"""`make serve` when a whole school opens the book at once."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
import resource
import threading
import time

import pytest

from tools.site import serve

READERS = 500
CONTENT = b"a page " * 10_000  # more than a socket takes at once


@pytest.fixture
def address(tmp_path):
    (tmp_path / "page.html").write_bytes(CONTENT)
    with serve.server(tmp_path, 0) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield httpd.server_address
        httpd.shutdown()


def run(coroutine: Coroutine) -> object:
    """What a coroutine gives; in a thread, as another test's browser may hold this one's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def read(address) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(b"GET /page.html HTTP/1.0\r\n\r\n")
    answer = await reader.read(-1)
    writer.close()
    return answer


@pytest.fixture
def few_files():
    """Leave the server little more than the readers' own sockets, as some systems do."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (READERS + 300, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_500_readers_at_once_all_get_the_whole_page(address, few_files, capfd):
    async def all_at_once():
        return await asyncio.gather(*(read(address) for _ in range(READERS)))

    began = time.monotonic()
    answers = run(all_at_once())
    print(f"{READERS} readers in {time.monotonic() - began:.1f} s")
    assert {answer.split()[1] for answer in answers} == {b"200"}
    assert {answer.partition(b"\r\n\r\n")[2] for answer in answers} == {CONTENT}
    assert "Traceback" not in capfd.readouterr().err


def test_a_reader_who_leaves_early_is_no_error(address, capfd):
    async def leave():
        _, writer = await asyncio.open_connection(*address)
        writer.write(b"GET /page.html HTTP/1.0\r\n\r\n")
        await writer.drain()
        writer.transport.abort()

    run(leave())
    assert run(read(address)).endswith(CONTENT)
    assert "Traceback" not in capfd.readouterr().err


def test_connections_that_ask_for_nothing_are_let_go(address, monkeypatch):
    monkeypatch.setattr(serve.Handler, "timeout", 0.3)

    async def in_vain():
        idle = [await asyncio.open_connection(*address) for _ in range(serve.READERS_AT_ONCE)]
        answer = await asyncio.wait_for(read(address), 30)
        for _, writer in idle:
            writer.close()
        return answer

    assert run(in_vain()).endswith(CONTENT)
