"""Render one edition whenever a line on stdin asks for it: `python render.py ROOT WORK`.

Loading Sphinx takes as long as rendering a changed page, and so does learning what stands on all
the others. So both are kept between the orders of `make serve`. Each order is a line of JSON, a
list of files that were just saved: what can be seen of them is then written to WORK/saved/html.
An empty list asks for the whole edition, which is always rendered by a new application, as by
`make book`. The answer, true or false, is a line on stdout; all else goes to WORK/log.txt.
"""

from argparse import Namespace
from contextlib import ExitStack
import importlib
import json
import os
from pathlib import Path
from queue import SimpleQueue
import signal
import sys
import threading
from typing import Any

ROOT, WORK = map(Path, sys.argv[1:])
with (WORK / "log.txt").open("a") as log:
    answers = os.fdopen(os.dup(1), "w")
    for output in (1, 2):
        os.dup2(log.fileno(), output)

# The extension that stands beside this file, and not that of another clone, which is installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

# Where it is installed, others load it, and nothing of ours is any different for it. With None in
# its place it counts as not installed.
sys.modules["matplotlib"] = None  # type: ignore[assignment]  # as Python's reference has it

# what an application imports only when it is made, and takes its time
for name in ("jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme",
             "sphinxext.opengraph", "sphinx.builders.html"):  # fmt: skip
    importlib.import_module(name)

from jupyter_book.config import get_final_config  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402
from sphinx.cmd.build import handle_exception  # noqa: E402
from sphinx.util.docutils import docutils_namespace, patch_docutils  # noqa: E402

from gearsbook_site import saved  # noqa: E402

SCOPE = ExitStack()  # what the living application has told docutils
QUIET: Any = Namespace(pdb=False, verbosity=0, traceback=False)


def whole() -> Sphinx | None:
    """Render the edition as `jupyter-book build -W -n --keep-going` does; None is a failure."""
    SCOPE.close()
    app = None
    try:
        config, _ = get_final_config(
            user_yaml=WORK / "_config.yml",
            sourcedir=ROOT,
            cli_config={
                "external_toc_path": (WORK / "_toc.yml").as_posix(),
                "latex_individualpages": False,
                "nitpicky": True,
            },
        )
        SCOPE.enter_context(patch_docutils())
        SCOPE.enter_context(docutils_namespace())
        app = Sphinx(
            ROOT, None, WORK / "_build" / "html", WORK / "_build" / ".doctrees", "html", config,
            sys.stdout, sys.stderr, warningiserror=True, keep_going=True,
        )  # fmt: skip
        app.build()
    except Exception as error:
        handle_exception(app, QUIET, error, sys.stderr)
        return None
    return app if app.statuscode == 0 else None


def listen(orders: SimpleQueue[list[str]]) -> None:
    """Take orders until whoever started us has gone; then end, whatever is going on."""
    for line in sys.stdin:
        orders.put(json.loads(line))
    os._exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # our starter ends us when it ends
    orders: SimpleQueue[list[str]] = SimpleQueue()
    threading.Thread(target=listen, args=[orders], daemon=True).start()
    app = None
    while True:
        files = orders.get()
        os.ftruncate(1, 0)
        if not files:
            app = whole()
            is_done = app is not None
        else:
            is_done = app is not None and saved.render(app, files, WORK / "saved")
        sys.stdout.flush()
        print(json.dumps(is_done), file=answers, flush=True)
