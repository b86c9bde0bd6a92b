"""Serve the book while its authors write: `python -m tools serve [port]`.

What was saved is rendered, and the pages that are open in a browser load themselves anew: first
what the saved files show at once, in place of what the site has; then the whole edition, as
`make book` renders it, is put in place. If that looks the same, pages stay as they are.
"""

from collections.abc import Iterable
import hashlib
import io
from itertools import count
from pathlib import Path
from queue import SimpleQueue
import re
import shutil
import sys
import threading
import time
from typing import BinaryIO

import watchfiles
import yaml

from tools.site import build, serve

FIRST_PORT = 8000
QUIET_MS = 20  # an editor that replaces a file does more than one thing with it
RELOAD = b"""(async () => {
  const shown = async () => (await fetch("/-/shown")).text();
  const first = await shown();
  let now = first;
  while (!now || now === first) {
    await new Promise((soon) => setTimeout(soon, 50));
    now = await shown().catch(() => ""); // the server has gone
  }
  location.reload();
})();
"""
SCRIPT = b'<script src="/-/reload.js"></script>'
DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{10}(?![0-9a-f])")  # in names and addresses
START, CHANGES = time.time_ns(), count()
shown = f"{START}"  # another text whenever pages have to load anew
opened = threading.Event()  # a browser shows a page


class Sources(watchfiles.DefaultFilter):
    """The files that the book is made of."""

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        """Whether a change is one of the book."""
        top = Path(path).relative_to(build.ROOT).parts[0]
        is_own = top in build.SOURCES and not path.endswith((".partial", ".swx"))
        return is_own and ".ipynb_checkpoints" not in path and super().__call__(change, path)


def watch(changes: SimpleQueue[set[Path]]) -> None:
    """Hand on the files that have changed, for ever."""

    def hand_on(*places: Path, recursive: bool) -> None:
        for changed in watchfiles.watch(
            *places, watch_filter=Sources(), step=QUIET_MS, recursive=recursive
        ):
            changes.put({Path(path) for _, path in changed})

    folders = [build.ROOT / name for name in build.SOURCES if (build.ROOT / name).is_dir()]
    for places, recursive in ((folders, True), ([build.ROOT], False)):
        threading.Thread(
            target=hand_on, args=places, kwargs={"recursive": recursive}, daemon=True
        ).start()


def editions_of(paths: Iterable[Path]) -> list[str]:
    """The editions that a change in these files may show in."""
    own = {path: {"en", "zh"} & set(path.relative_to(build.ROOT).parts) for path in paths}
    return [e for e in build.EDITIONS if any(not named or e in named for named in own.values())]


def saved_folder(edition: str) -> Path:
    """What can be seen at once of files that were saved, as long as the site does not have it."""
    return build.BUILD / "work" / edition / "saved"


def newest(path: Path) -> Path:
    """The file to show for one of the site."""
    if path.is_relative_to(build.SITE) and path != build.SITE:
        edition, *rest = path.relative_to(build.SITE).parts
        if edition in build.EDITIONS:
            saved = saved_folder(edition).joinpath("html", *rest)
            return saved if saved.is_file() else path
    return path


def look() -> set[tuple[bytes, bytes]]:
    """Changes with what pages show, and not with the names of what they load."""
    found = set()
    for edition in build.EDITIONS:
        for path in (build.SITE / edition).rglob("*.*"):
            if path.is_file() and not path.name.startswith("searchindex."):
                content = newest(path).read_bytes()
                if path.suffix in (".html", ".js", ".css"):
                    content = DIGEST.sub(b"", content)
                name = DIGEST.sub(b"", str(path).encode())
                found.add((name, hashlib.sha256(content).digest()))
    return found


class Handler(serve.Handler):
    """Serves the site, its pages with a script that reloads them when they have changed."""

    def do_GET(self) -> None:
        """Answer the script's two questions here, and everything else as ever."""
        if self.path == "/-/reload.js":
            self._answer(RELOAD, "text/javascript")
        elif self.path == "/-/shown":
            opened.set()
            self._answer(shown.encode(), "text/plain")
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        """The newest file of an address."""
        found = super().translate_path(path)
        newer = newest(Path(found))
        return found if newer == Path(found) else str(newer)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The file that is asked for; a page with the script."""
        path = Path(self.translate_path(self.path))
        is_folder = path.is_dir() and self.path.endswith("/")
        page = newest(path / "index.html") if is_folder else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        text = page.read_bytes().replace(b"</body>", SCRIPT + b"</body>")
        return self._head(text, "text/html; charset=utf-8")

    def end_headers(self) -> None:
        """Let browsers keep nothing: a script that was saved has the address that it had."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of the script's questions."""
        if not self.path.startswith("/-/"):
            super().log_request(code, size)

    def _answer(self, content: bytes, kind: str) -> None:
        self.wfile.write(self._head(content, kind).read())

    def _head(self, content: bytes, kind: str) -> io.BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


def keep_up(changes: SimpleQueue[set[Path]]) -> None:
    """Render again whenever a file has changed, for ever; a failure waits for the next change.

    The first build is before the first change, once there is somebody to see it: after it the
    renderers know the book.
    """
    opened.wait()
    renderers = {edition: build.Renderer(edition) for edition in build.EDITIONS}
    put_in_place(build.EDITIONS, renderers)
    while True:
        changed = changes.get()
        while not changes.empty():
            changed |= changes.get()
        names = ", ".join(sorted(str(path.relative_to(build.ROOT)) for path in changed)[:3])
        print(f"Changed: {names}{' …' if len(changed) > 3 else ''}", flush=True)
        editions = editions_of(changed)
        has_new_code = any(path.suffix == ".py" for path in changed)
        for edition, renderer in renderers.items():
            if has_new_code or renderer.process.poll() is not None:
                renderer.end()
                renderers[edition] = build.Renderer(edition)
        for edition in editions:
            renderers[edition].order(sorted(changed))
        done = [renderers[edition].is_done() for edition in editions]
        if any(done):
            load_anew()
        put_in_place(editions, renderers)


def load_anew() -> None:
    """Let the pages that are open load themselves anew."""
    global shown
    shown = f"{START}-{next(CHANGES)}"


def put_in_place(editions: Iterable[str], renderers: dict[str, build.Renderer]) -> None:
    """Render whole editions; say why if that fails."""
    before = look()
    try:
        build.build(editions, renderers)
    except SystemExit as error:  # a mistake in the book
        print(error, file=sys.stderr, flush=True)
    except (OSError, yaml.YAMLError) as error:
        print(f"Not built: {error}", file=sys.stderr, flush=True)
        for renderer in renderers.values():  # one may still be at work: the next change has others
            renderer.end()
    for edition in editions:
        shutil.rmtree(saved_folder(edition), ignore_errors=True)
    if look() != before:
        load_anew()


if __name__ == "__main__":
    if not (build.SITE / "index.html").exists():
        sys.exit(f"{build.SITE} is not built yet: run `make book`")
    for edition in build.EDITIONS:
        shutil.rmtree(saved_folder(edition), ignore_errors=True)
    httpd = serve.server(build.SITE, int(sys.argv[1]) if len(sys.argv) > 1 else FIRST_PORT, Handler)
    changes: SimpleQueue[set[Path]] = SimpleQueue()
    watch(changes)
    threading.Thread(target=keep_up, args=[changes], daemon=True).start()
    print(f"The book is at http://127.0.0.1:{httpd.server_port}/ (Ctrl+C stops)", flush=True)
    try:
        httpd.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")
