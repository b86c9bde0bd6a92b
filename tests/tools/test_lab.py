"""The real JupyterLab on loopback: a notebook opens, its text renders, and it runs."""

from collections.abc import Callable, Iterator, Sequence
import json
import os
from pathlib import Path
import random
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Locator, Page, expect
import pytest

from tools import notebooks
from tools.__main__ import KEEPS_FIGURES
from tools.site import revision
from tools.site.build import ROOT
from waiting import until

FIRST_LOOK = "01-first-look.ipynb"
# with what one of their last cells says
NOTEBOOKS = {"02-tensors/01-scalars.ipynb": "✓ is_lost: right", FIRST_LOOK: "test accuracy: 0.9"}
FIGURE = "figure.ipynb"
FIGURE_CELLS = (
    "from gearsbook import explorables\n"
    "figure = explorables.DigitInspector(digit=7, row=3)\nfigure",
    "f'now in row {figure.row}'",
    "figure.digit = 4",
)
REOPENED = "reopened.ipynb"
TRAINING = "training.ipynb"
TRAINING_CELLS = (
    "from gearsbook import explorables\nfigure = explorables.DigitTraining()\nfigure",
    "figure.steps = 10",
    "figure.describe()",
)
# three at random, others at another commit, the same on all workers
TWICE = random.Random(revision.name()).sample(notebooks.all_notebooks("en"), 3)
TOKEN = "only-on-loopback"
SECONDS_TO_LISTEN = 120
SECONDS_TO_TRAIN = 300


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[str]:
    """The address of a JupyterLab that serves a copy of the notebooks."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(notebooks.NOTEBOOKS, folder / "notebooks")
    for path in (folder / "notebooks" / "en" / name for name in NOTEBOOKS):
        notebook = notebooks.read(path)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        notebooks.write(notebook, path)
    for name, sources in (
        (FIGURE, FIGURE_CELLS),
        (REOPENED, FIGURE_CELLS[:1]),
        (TRAINING, TRAINING_CELLS),
    ):
        cells = [new_code_cell(source) for source in sources]
        figure = new_notebook(cells=cells, metadata={"kernelspec": notebook.metadata.kernelspec})
        notebooks.write(figure, folder / "notebooks" / name)
    for path in TWICE:
        notebook = notebooks.read(path)
        notebook.cells = [  # none of them folded: the page shows no number of a folded one
            nbformat.from_dict({**cell, "id": f"{cell.id}-{turn}", "outputs": [],
                                "metadata": {"tags": cell.metadata.get("tags", [])}})
            for cell in notebook.cells if cell.cell_type == "code" for turn in (1, 2)
        ]  # fmt: skip
        notebooks.write(notebook, folder / "notebooks" / f"twice-{path.name}")
    # every cell in the page at once, also those that are scrolled out of sight
    settings = folder / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "log.txt").open("w")
    server = subprocess.Popen(
        [
            Path(sys.executable).with_name("jupyter"), "lab", "--no-browser", "--allow-root",
            "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder / 'notebooks'}",
            KEEPS_FIGURES, "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ],
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config"),
             "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
             "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces")},
        cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert server.poll() is None, (folder / "log.txt").read_text("utf-8")
        try:
            return bool(urllib.request.urlopen(f"{address}/api/status?token={TOKEN}", timeout=10))
        except (urllib.error.URLError, ConnectionError):
            return False

    try:
        until(answers, "an answer of JupyterLab")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


@pytest.mark.parametrize(
    "name",  # nbval trains the first look's network in `make test`, which is enough
    [name if name != FIRST_LOOK else pytest.param(name, marks=pytest.mark.release)
     for name in NOTEBOOKS],
)  # fmt: skip
def test_a_notebook_renders_and_runs_to_its_end(lab, chromium, name):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{lab}/lab/tree/en/{name}?token={TOKEN}")
    boxes = page.locator("blockquote", has_text="Predict first")
    boxes.first.wait_for(timeout=60_000, state="attached")  # far down, where Lab hides it
    last = page.locator(".jp-OutputArea-output", has_text=NOTEBOOKS[name])
    assert last.count() == 0  # the copy has no outputs: what appears was computed here
    # what is run before the kernel listens may be lost without a word
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=SECONDS_TO_LISTEN * 1000)

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("Run All Cells$")).click()
    last.wait_for(timeout=SECONDS_TO_TRAIN * 1000, state="attached")
    if name == FIRST_LOOK:
        assert float(last.inner_text().split()[-1]) > 0.97
    page.close()


@pytest.mark.release  # minutes
@pytest.mark.parametrize("path", TWICE, ids=lambda path: path.name)
def test_every_cell_may_be_run_twice_in_a_row(lab, chromium, path):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{lab}/lab/workspaces/{path.stem}/tree/twice-{path.name}?token={TOKEN}")
    cells = [cell for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts).to_have_count(2 * len(cells))
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=SECONDS_TO_LISTEN * 1000)

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("Run All Cells$")).click()
    ended = re.compile(r"\[\d+\]:")
    expect(prompts.last).to_have_text(ended, timeout=2 * SECONDS_TO_TRAIN * 1000)
    fail = [cell.id for cell in cells if "raises-exception" in cell.metadata.get("tags", ())]
    # a traceback is coloured, and stands where JupyterLab shows what a program complains about
    said = page.locator("[data-mime-type='application/vnd.jupyter.stderr']")
    errors = said.filter(has=page.locator(".ansi-red-fg"))
    assert errors.count() == 2 * len(fail), errors.all_inner_texts()
    page.close()


def opened(page: Page, url: str, sources: Sequence[str]) -> tuple[Locator, Callable[[int], None]]:
    """The cells of a notebook whose kernel listens, and a function that runs one of them."""
    page.goto(f"{url}?token={TOKEN}")
    cells = page.locator(".jp-CodeCell")
    expect(cells).to_have_count(len(sources))
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=SECONDS_TO_LISTEN * 1000)

    def run(at: int) -> None:
        cells.nth(at).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")

    return cells, run


def test_a_figure_is_driven_from_the_page_and_from_python(lab, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    cells, run = opened(page, f"{lab}/lab/workspaces/figure/tree/{FIGURE}", FIGURE_CELLS)
    run(0)
    sentence = page.locator(".digit-inspector output")
    expect(sentence).to_contain_text("a 7. Row 3,")
    picture, numbers = page.locator(".digit-inspector .grid").all()
    picture.press("ArrowDown")  # a key that JupyterLab would take
    expect(sentence).to_contain_text("Row 4,")
    numbers.press("ArrowDown")
    expect(sentence).to_contain_text("Row 5,")
    run(1)
    expect(cells.nth(1)).to_contain_text("now in row 5")
    run(2)
    expect(sentence).to_contain_text("a 4. Row 5,")
    assert problems == []
    page.close()


def test_a_figure_loads_its_file_from_the_kernel_and_trains_as_python_says(lab, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    cells, run = opened(page, f"{lab}/lab/workspaces/training/tree/{TRAINING}", TRAINING_CELLS)
    run(0)
    sentence = page.locator(".digit-training output")
    expect(sentence).to_contain_text("No step taken yet")
    run(1)
    expect(sentence).to_contain_text("10 of 480 steps")
    run(2)
    expect(cells.nth(2)).to_contain_text(sentence.inner_text())
    page.locator(".digit-training [name=step]").click()
    expect(sentence).to_contain_text("11 of 480 steps")
    page.close()


@pytest.mark.release  # a minute
def test_a_figure_saved_yesterday_lives_without_the_kernel_that_made_it(lab, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    url = f"{lab}/lab/workspaces/reopened/tree/{REOPENED}"
    _, run = opened(page, url, FIGURE_CELLS[:1])
    run(0)
    sentence = page.locator(".digit-inspector output")
    expect(sentence).to_contain_text("a 7. Row 3,")
    token = {"Authorization": f"token {TOKEN}"}

    def asked(path: str, method: str = "GET") -> bytes:
        request = urllib.request.Request(f"{lab}/api/{path}", headers=token, method=method)
        return urllib.request.urlopen(request, timeout=10).read()

    def is_saved() -> bool:
        page.keyboard.press("Control+s")
        try:
            return b"widget-state" in asked(f"contents/{REOPENED}")
        except urllib.error.HTTPError:  # it is being written
            return False

    until(is_saved, "the figure in the file")
    page.goto("about:blank")
    for kernel in json.loads(asked("kernels")):
        asked(f"kernels/{kernel['id']}", "DELETE")

    page.goto(f"{url}?token={TOKEN}")
    expect(sentence).to_contain_text("a 7. Row 3,")
    page.locator(".digit-inspector .picture .grid").press("ArrowDown")
    expect(sentence).to_contain_text("Row 4,")
    page.close()


def test_lab_asks_for_a_token(lab):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab}/api/contents", timeout=10)


def test_chinese_notebooks_are_beside_the_english_ones(lab):
    answer = urllib.request.urlopen(f"{lab}/api/contents/zh?token={TOKEN}", timeout=10).read()
    assert FIRST_LOOK.encode() in answer
