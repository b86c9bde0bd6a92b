"""The notebook that a page offers stands alone: its first cell installs what is missing.

Our package is on no public index, and the cell never asks one for it: what is found there by its
name would be another's.
"""

import json
from pathlib import Path
import re
from string import Template
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx

from .addresses import short

Notebook = dict[str, Any]

MODULES = ["gearsbook", "anywidget", "dukpy", "matplotlib", "numpy", "PIL", "traitlets"]
TENSORFLOW = re.compile(r"^(?:import|from) (?:keras|tensorflow)\b", re.M)  # Keras comes with it

# Python remembers which modules it did not find; and where a reader may install into a folder of
# the reader's own alone, that may be new.
CELL = Template("""\
# $about
from importlib import invalidate_caches
from importlib.metadata import requires
from importlib.util import find_spec
import site
import subprocess
import sys

NEEDED = $modules


def missing():
    return [name for name in NEEDED if not find_spec(name)]


def pip(*what):
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, *what], capture_output=True, text=True)
    if site.ENABLE_USER_SITE:
        site.addsitedir(site.getusersitepackages())
    invalidate_caches()
    return done.stdout + done.stderr


if missing():
    # $order
    for place in [
$places
    ]:
        if "gearsbook" in missing():
            said = pip("--no-deps", *place)
    if "gearsbook" in missing():
        raise ModuleNotFoundError(said + "$get_it")
    said = pip(*requires("gearsbook"))
    if "tensorflow" in missing():
        said += pip("tensorflow")
    if missing():
        raise ModuleNotFoundError(f"{said}{missing()}")
    print("$done")""")

WORDS = {
    "en": {
        "about": "Installs what is missing for this notebook; otherwise it does nothing.",
        "order": "gearsbook is on no index: look beside this notebook, then where it came from",
        "get_it": (
            "gearsbook is missing: download its .whl file from ${packages}, put it beside this "
            "notebook and run this cell again."
        ),
        "known": "$url",
        "unknown": "the folder packages/ of the site that has this notebook",
        "done": "Installed. If a figure does not appear, reload this page.",
    },
    "zh": {
        "about": "安装这个 notebook 缺少的软件包；什么都不缺就什么也不做。",
        "order": "任何软件包索引里都没有 gearsbook：先在 notebook 旁边找，再到它的来处找",
        "get_it": (
            "缺少 gearsbook：请从${packages}下载它的 .whl 文件，放在这个 notebook 旁边，"
            "再运行一次这个单元格。"
        ),
        "known": " $url ",
        "unknown": "这个 notebook 所在网站的 packages/ 文件夹",
        "done": "装好了。如果有图没有出现，请刷新页面。",
    },
}


def places(site_url: str, repository: dict[str, str]) -> list[list[str]]:
    """What pip is asked for, place by place: beside the notebook, on the site, in the repository.

    Args:
        site_url: where the site lives, with a slash at its end; "" when that is unknown.
        repository: its url and branch; empty when it is unknown.
    """
    here = ["--no-index", "--find-links", ".", "gearsbook"]
    site = ["--no-index", "--find-links", f"{site_url}packages/", "gearsbook"]
    if site_url.startswith("http:"):  # on an intranet; the notebook came that way, too
        site += ["--trusted-host", urlsplit(site_url).netloc]
    found = [here, site] if site_url else [here]
    if repository:
        found.append([f"gearsbook @ {repository['url']}/archive/{repository['branch']}.zip"])
    return found


def first_cell(notebook: Notebook, language: str, site_url: str, repository: dict[str, str]) -> str:
    """The cell that installs what a notebook needs, with words in a language."""
    words = WORDS[language]
    sources = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    needs_tensorflow = any(map(TENSORFLOW.search, sources))
    packages = Template(words["known" if site_url else "unknown"])
    get_it = Template(words["get_it"])
    return CELL.substitute(
        words,
        modules=json.dumps(MODULES + ["tensorflow"] * needs_tensorflow),
        places="\n".join(f"        {json.dumps(place)}," for place in places(site_url, repository)),
        get_it=get_it.substitute(packages=packages.substitute(url=f"{site_url}packages/")),
    )


def standing_alone(
    notebook: Notebook, language: str, site_url: str, repository: dict[str, str]
) -> Notebook:
    """A notebook with that cell before all others."""
    cell: Notebook = {
        "cell_type": "code",
        "execution_count": None,
        "id": "install",
        "metadata": {},
        "outputs": [],
        "source": first_cell(notebook, language, site_url, repository).splitlines(keepends=True),
    }
    return notebook | {"cells": [cell, *notebook["cells"]]}


def _write_the_notebook(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write a page's notebook beside the page."""
    if context.get("page_source_suffix") != ".ipynb":
        return
    config = app.config
    source = Path(app.env.doc2path(pagename)).read_text(encoding="utf-8")
    notebook = standing_alone(
        json.loads(source), config.language[:2], config.site_url, config.repository
    )
    target = Path(app.outdir, f"{short(pagename)}.ipynb")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    context["notebook"] = target.name


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _write_the_notebook)
