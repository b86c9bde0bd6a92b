"""Serve the book while its authors write: `python -m tools serve [port]`.

A file that was saved is rendered, and the pages that are open in a browser load themselves anew.
"""

from collections.abc import Iterable
import io
from pathlib import Path
import sys
import threading
import time
from typing import BinaryIO

from tools.site import build, serve

PAUSE = 0.15  # seconds between two looks
FIRST_PORT = 8000
RELOAD = b"""(async () => {
  const built = async () => (await fetch("/-/built")).text();
  const first = await built();
  let now = first;
  while (!now || now === first) {
    await new Promise((soon) => setTimeout(soon, 100));
    now = await built().catch(() => ""); // the server has gone
  }
  location.reload();
})();
"""


def states(root: Path) -> dict[Path, tuple[int, int]]:
    """Date and size of every file that the book is made of."""
    found = {}
    for name in build.SOURCES:
        top = root / name
        for path in top.rglob("*") if top.is_dir() else [top]:
            try:
                about = path.stat()
            except FileNotFoundError:
                continue  # an editor's own file, gone again
            if path.is_file() and not path.name.endswith(("~", ".partial", ".swp", ".pyc")):
                found[path] = (about.st_mtime_ns, about.st_size)
    return found


def editions_of(paths: Iterable[Path]) -> list[str]:
    """The editions that a change in these files may show in."""
    own = {path: {"en", "zh"} & set(path.relative_to(build.ROOT).parts) for path in paths}
    return [e for e in build.EDITIONS if any(not named or e in named for named in own.values())]


class Handler(serve.Handler):
    """Serves the site, its pages with a script that reloads them when they were built anew."""

    def do_GET(self) -> None:
        """Answer the script's two questions here, and everything else as ever."""
        if self.path == "/-/reload.js":
            self._answer(RELOAD, "text/javascript")
        elif self.path == "/-/built":
            self._answer(_built(), "text/plain")
        else:
            super().do_GET()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The file that is asked for; a page with the script."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        text = page.read_text(encoding="utf-8")
        text = text.replace("</body>", '<script src="/-/reload.js"></script></body>')
        return self._head(text.encode(), "text/html; charset=utf-8")

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
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        return io.BytesIO(content)


def keep_up() -> None:
    """Render again whenever a file has changed, for ever; a failure waits for the next change."""
    waiting = {edition: build.start(edition) for edition in build.EDITIONS}
    known = states(build.ROOT)
    while True:
        time.sleep(PAUSE)
        now = states(build.ROOT)
        if now == known:
            continue
        changed = {path for path in known.keys() | now.keys() if known.get(path) != now.get(path)}
        known = now
        editions = editions_of(changed)
        names = ", ".join(sorted(str(path.relative_to(build.ROOT)) for path in changed)[:3])
        print(f"Changed: {names}{' …' if len(changed) > 3 else ''}", flush=True)
        try:
            build.build(editions, waiting)
        except (SystemExit, OSError) as error:
            print(error, file=sys.stderr, flush=True)
        waiting |= {edition: build.start(edition) for edition in editions}


def _built() -> bytes:
    """Changes with every build; empty for the moment in which one is put in place."""
    try:
        return str(build.SITE.stat().st_mtime_ns).encode()
    except FileNotFoundError:
        return b""


if __name__ == "__main__":
    if not (build.SITE / "index.html").exists():
        sys.exit(f"{build.SITE} is not built yet: run `make book`")
    httpd = serve.server(build.SITE, int(sys.argv[1]) if len(sys.argv) > 1 else FIRST_PORT, Handler)
    threading.Thread(target=keep_up, daemon=True).start()
    print(f"The book is at http://127.0.0.1:{httpd.server_port}/ (Ctrl+C stops)", flush=True)
    try:
        httpd.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")
