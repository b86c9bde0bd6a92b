"""Time from saving a file to seeing it in the browser under `make serve`.

    python -m tools bench live [rounds]

On a copy of the book, with both editions rendered once before.
"""

from collections.abc import Iterable
from pathlib import Path
import statistics
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import Page, sync_playwright

from tools.bench import cold
from tools.setup import chromium

PAGE = "notebooks/en/02-tensors/04-higher-rank.ipynb"
SHOWN = "en/02-tensors/04-higher-rank.html"
FIGURE = "src/gearsbook/explorables/quiz/view.js"


def seconds(page: Page, file: Path, old: str, new: str, seen: str) -> float:
    """From writing `new` for `old` into the file until an element `seen` is on the page."""
    text = file.read_text("utf-8")
    began = time.perf_counter()
    file.write_text(text.replace(old, new, 1), "utf-8")
    page.wait_for_selector(seen, state="attached", timeout=120_000)
    return time.perf_counter() - began


def wait_for_the_build(said: Iterable[str]) -> None:
    """Until whole editions are in place, and the page has had its time to load."""
    next(line for line in said if line.startswith("Built"))
    time.sleep(1)


def main(rounds: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        book = cold.copy_of_the_book(Path(name))
        cold.ours_cold(book)
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.site.live", "0"], cwd=book,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert process.stdout  # a pipe
        said = process.stdout.readline()
        address = said[said.index("http://") :].split()[0]
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(address + SHOWN)
        times: dict[str, list[float]] = {"a page": [], "a figure": []}
        for at in range(rounds):
            wait_for_the_build(process.stdout)  # an author reads what came of the last change
            title, saved = '"# 2.2.4', f"saved-{at}"
            new = f'"<b class=\\"{saved}\\"></b>\\n", {title}'
            times["a page"].append(seconds(page, book / PAGE, title, new, f".{saved}"))
            wait_for_the_build(process.stdout)
            page.locator(".gears-explorable[data-figure=quiz]").scroll_into_view_if_needed()
            line = "function view(page) {\n"
            new = f'{line}  page.el.classList.add("alive-{at}");\n'
            times["a figure"].append(seconds(page, book / FIGURE, line, new, f".alive-{at}"))
        browser.close()
        process.terminate()
    print(f"From saving to seeing it in the browser, {rounds} rounds")
    for what, column in times.items():
        spread = f"{min(column):.1f}–{max(column):.1f} s"
        print(f"{what:12}{statistics.median(column):6.1f} s ({spread})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
