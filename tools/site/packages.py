"""The folder of the site from which pip installs gearsbook: its wheel, and a page that names it."""

import hashlib
import os
from pathlib import Path
import shutil
import subprocess
import sys

from tools.site import revision

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gearsbook"
ABOUT = ("pyproject.toml", "README.md", "LICENSE")  # what else goes into the wheel
KEPT = ROOT / "_build" / "work" / "packages"

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>gearsbook</title>
</head>
<body>
<p>What the notebooks import. To install it, put it beside a notebook that you downloaded here.</p>
<p lang="zh-CN">各个 notebook 都要导入它。要安装，就把它放在从本站下载的 notebook 旁边。</p>
<p><a href="{name}#sha256={digest}">{name}</a></p>
</body>
</html>
"""


def write(folder: Path) -> None:
    """Write the wheel and its page into a new folder; the same files give the same bytes."""
    made = KEPT / _contents()
    if not made.exists():
        shutil.rmtree(KEPT, ignore_errors=True)
        partial = made.with_suffix(".partial")
        partial.mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-m", "flit_core.wheel", "--outdir", str(partial), str(ROOT)],
            env={**os.environ, "SOURCE_DATE_EPOCH": str(revision.FIRST_DATE)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (wheel,) = partial.iterdir()
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        page = PAGE.format(name=wheel.name, digest=digest)
        (partial / "index.html").write_text(page, encoding="utf-8")
        partial.rename(made)
    shutil.copytree(made, folder)


def _contents() -> str:
    """Changes with any file of the wheel."""
    found = hashlib.sha256()
    for path in sorted([*PACKAGE.rglob("*"), *(ROOT / name for name in ABOUT)]):
        if path.is_file() and path.suffix != ".pyc":
            name = path.relative_to(ROOT).as_posix()
            found.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()
