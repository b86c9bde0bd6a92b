"""With ANYWIDGET_HMR=1, a figure in JupyterLab follows its sources: what an author saves is shown.

anywidget follows a module that is one file; ours are made of several.
"""

from collections.abc import Callable, Iterable
import os
from pathlib import Path
import sys
import threading
import time

from anywidget._file_contents import VirtualFileContents

SECONDS_BETWEEN_LOOKS = 0.3


def followed(
    texts: Callable[[], Iterable[str]], sources: Callable[[], Iterable[Path]]
) -> Iterable[str | VirtualFileContents]:
    """Texts for anywidget; it sends them again when a source has changed, if an author asks for it.

    Args:
        texts: makes them of the sources; what it raises is printed, and the last ones stay.
        sources: all files that they depend on.
    """
    if os.environ.get("ANYWIDGET_HMR") != "1":
        return texts()
    contents = [VirtualFileContents(text) for text in texts()]

    def stamps() -> list[int]:
        return [path.stat().st_mtime_ns for path in sources() if path.exists()]

    def follow(seen: list[int]) -> None:
        while True:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            if (now := stamps()) == seen:
                continue
            seen = now
            try:
                for content, text in zip(contents, texts(), strict=True):
                    content.contents = text
            except (OSError, ValueError) as error:
                print(error, file=sys.stderr)

    threading.Thread(target=follow, args=(stamps(),), daemon=True).start()
    return contents
