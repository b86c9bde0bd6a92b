"""A folder with every figure's module, served on loopback, and pages made of figures."""

from collections.abc import Iterable, Iterator
import functools
from pathlib import Path
import re
import shutil

from gearsbook.explorables import datafiles
from gearsbook.explorables.engine import PACK, as_javascript, unpacked
from gearsbook.explorables.figure import COMMON_STYLE, Figure, style
from gearsbook.modules import single_file
from playwright.sync_api import Page
import pytest

from browsing import Watch, laid_out, mount_figures
from engine import Engine
from figures import MODULES, PARTS, stored, write_page
from gearsbook_site import explorables as site_part
from tools.site import serve

# Frames and sizes come late, as on a busy machine: who does not wait for them is seen.
LATE = """{
  const frame = requestAnimationFrame, due = new Set(), late = 60;
  let asked = 0;
  window.requestAnimationFrame = (call) => {
    const turn = ++asked;
    due.add(turn);
    setTimeout(() => frame((now) => due.delete(turn) && call(now)), late);
    return turn;
  };
  window.cancelAnimationFrame = (turn) => due.delete(turn);
  window.ResizeObserver = class extends ResizeObserver {
    constructor(call) { super((...sizes) => setTimeout(call, late, ...sizes)); }
  };
}"""


def dark_colours(site: Path) -> str:
    """What the book's pages set for everything on them where they are dark."""
    (stylesheet,) = (site / "en").rglob("book.*.css")
    rules = re.findall(
        r"""(?:^|[}/]\s*)(html\[data-theme="?dark"?\]\s*{[^{}]*})""",
        stylesheet.read_text("utf-8"),
        re.M,
    )
    return "\n".join([*rules, "body { background: var(--pst-color-background); }"])


@pytest.fixture(scope="session")
def workshop(site, tmp_path_factory) -> Iterator[tuple[Path, str]]:
    """A folder served on loopback: modules, the scripts made of them and of files, and a mount."""
    folder = tmp_path_factory.mktemp("workshop")
    (folder / "explorables").mkdir()
    addresses, files = {}, {}
    for name, (module, own_style) in MODULES.items():
        text = single_file(module)
        (folder / f"{name}.js").write_text(text, "utf-8")
        addresses[name] = f"explorables/{name}.js"
        (folder / addresses[name]).write_text(
            site_part.as_script(name, text, style(own_style)), "utf-8"
        )
    for file in datafiles.FILES.glob("*.bin"):
        files[file.stem] = f"explorables/{file.stem}_file.js"
        script = site_part.file_as_script(file.stem, site_part.as_text(file.read_bytes()))
        (folder / files[file.stem]).write_text(script, "utf-8")
    for part in PARTS:
        (folder / "parts").mkdir(exist_ok=True)
        (folder / "parts" / part.name).write_text(single_file(part), "utf-8")
    mount = site_part.mount_script(site_part.MOUNT.read_text("utf-8"), addresses, files)
    (folder / "mount.js").write_text(mount, "utf-8")
    shutil.copy(COMMON_STYLE, folder)
    (folder / "dark.css").write_text(dark_colours(site), "utf-8")
    with serve.serving(folder, serve.QuietHandler) as address:
        yield folder, address


@pytest.fixture
def show(workshop, chromium, request):
    """A function that puts figures on a page of their own and opens it.

    With `clock`, the page's time stands still until `page.clock` moves it.
    """
    is_late = request.config.getoption("late")
    folder, address = workshop
    contexts = []

    def open_page(*figures: Figure, lang: str = "en", clock: bool = False, **options) -> Page:
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        if clock:
            page.clock.install(time=0)
            page.clock.pause_at(3600)  # an hour: on a busy machine a second is past
        elif is_late:
            page.add_init_script(LATE)
        page.watch = Watch(page, address)
        page.goto(f"{address}/{write_page(folder, *map(stored, figures), lang=lang)}")
        mount_figures(page)
        laid_out(page, has_frames=not clock)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The figures' modules, without a browser."""
    sources = {name: module for name, (module, _) in MODULES.items()}
    return Engine(sources | {f"parts/{source.stem}": source for source in PARTS})


@pytest.fixture(scope="session")
def evaluate(engine):
    """A function that evaluates an expression of a module `m` and of `xs`."""
    return engine.evaluate


@pytest.fixture(scope="session")
def compute(evaluate):
    """A function that calls an exported function of a module."""
    return lambda module, function, *xs: evaluate(module, f"m.{function}(...xs)", xs)


@pytest.fixture(scope="module")
def module(request, evaluate):
    """`evaluate` for the module of the figure that a test file is named after."""
    return functools.partial(evaluate, request.module.__name__.removeprefix("test_"))


@pytest.fixture(scope="module")
def each(module):
    """A function that calls an exported function of that module for each of many cases.

    It takes the arguments in columns, and all calls are one of the engine.
    """

    def call(function: str, *columns: Iterable) -> list:
        cases = list(zip(*columns, strict=True))
        return module(f"xs.map((x) => m.{function}(...x))", cases)

    return call


@pytest.fixture(scope="session")
def in_chromium(workshop, chromium):
    """`evaluate` in Chromium: for what only a browser has, or what needs its speed."""
    page = chromium.new_page()
    page.goto(f"{workshop[1]}/style.css")

    def evaluate(module: str, expression: str, xs: object = None) -> object:
        return unpacked(
            page.evaluate(
                f"""async () => {{
                const m = await import("/{module}.js"), xs = {as_javascript(xs)};
                return ({PACK})({expression});
            }}"""
            )
        )

    yield evaluate
    page.close()
