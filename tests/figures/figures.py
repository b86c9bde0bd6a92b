"""The figures that the tests here look at, and what is done with every one of them."""

from collections.abc import Callable
from dataclasses import dataclass
import json
import math
from pathlib import Path

from gearsbook import explorables, modules
from gearsbook.explorables.figure import Figure
import numpy as np
from playwright.sync_api import Browser, Locator, Page
import pytest

from browsing import ALL_BUT_CONTRAST, COLOUR_RULES, PALE, violations
from example_figure.doubling import Doubling
from gearsbook_site import policy

EXPLORABLES = Path(explorables.__file__).parent
MODULES = {
    **modules.figures(EXPLORABLES),
    **modules.figures(Path(__file__).parent / "example_figure"),
}
EXAMPLE = modules.single_file(MODULES["doubling"][0])
PARTS = sorted(EXPLORABLES.glob("parts/*.js"))
KEYS = ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "x")
# All that a figure shows, its fields included
LOOKS = """(figure) => [figure.innerHTML, ...Array.from(
    figure.querySelectorAll("input, select"), ({ value, checked }) => `${value} ${checked}`)]"""

QUIZ = """
? Is 2 + 2 four?
+ yes | Indeed.
- no | Count `2 + 2` again.
? And 3 + 3?
- five | One more.
+ six | Indeed.
"""


def some_activations(samples: int = 4, seed: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {
        "images": rng.integers(0, 256, (samples, 28, 28), "uint8"),
        "hidden": np.maximum(0, rng.normal(size=(samples, 512))),
        "probabilities": rng.dirichlet(np.full(10, 0.3), samples),
        "labels": rng.integers(0, 10, samples),
        "kernels": (rng.normal(size=(784, 512)), rng.normal(size=(512, 10))),
    }


def a_crumpled_sheet(**options: object) -> Figure:
    """A sheet wound into two spirals, and a trained network that unwinds it."""
    u, v = np.meshgrid(np.linspace(-1, 1, 40), np.linspace(-1, 1, 9))
    angle = 2 * np.pi * 0.85 * np.abs(u) + 0.8 * v
    points = np.stack([u * np.cos(angle), 0.8 * v, u * np.sin(angle)], axis=-1).reshape(-1, 3)
    layers = [
        ([[-3.3679, -1.3625, -2.6314], [-0.0533, -0.3982, 0.3088], [-0.5929, 2.0123, 1.1896]],
         [0.1737, 1.2574, -1.1981]),
        ([[-2.1355, 0.553, -2.4946], [-0.2551, -1.7006, 2.3136], [2.2741, 1.8822, 1.7431]],
         [0.8296, 2.1569, 0.0471]),
        ([[0.1605, 1.0917, -2.7161], [-2.4935, 0.0654, 0.1422], [1.6398, 0.9592, 3.2987]],
         [1.679, -0.9524, -2.863]),
        ([[-4.7972], [-1.3614], [5.2161]], [3.8068]),
    ]  # fmt: skip
    return explorables.UnfoldingSheet(points, u.ravel() > 0, layers, 40, **options)


def some_digits(samples: int = 30, seed: int = 0) -> dict[str, np.ndarray]:
    """Two overlapping clouds of samples for a logistic regression."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, samples)
    return {"features": rng.normal(size=(samples, 2)) + labels[:, None], "labels": labels}


@dataclass(frozen=True)
class Example:
    """One figure of a kind, as the tests meet it.

    Args:
        make: makes it, the same every time.
        broken: a value that its state must not have, by name.
        use: does something on the page that changes its sentence.
    """

    make: Callable[[], Figure]
    broken: dict[str, object]
    use: Callable[[Locator], None]


FIGURES = {
    "batch_walker": Example(
        make=lambda: explorables.BatchWalker(batch=466),
        broken={"batch": 9999},
        use=lambda figure: figure.locator("[name=next]").click(),
    ),
    "broadcasting": Example(
        make=lambda: explorables.Broadcasting(a=(3, 1), b=(4,), entry=5),
        broken={"step": 9999},
        use=lambda figure: figure.locator("[name=step4]").click(),
    ),
    "computation_graph": Example(
        make=lambda: explorables.ComputationGraph(graph="twice", x=-1.5, step=9),
        broken={"step": 9999},
        use=lambda figure: figure.locator("[name=on]").click(),
    ),
    "dense_plane": Example(
        make=lambda: explorables.DensePlane(weights=[[1, -0.5], [0.5, 1]], relu=True),
        broken={"bias": [9999, 0]},
        use=lambda figure: figure.locator("[name=relu]").check(),
    ),
    "descent": Example(
        make=lambda: explorables.Descent(**some_digits(), momentum=0.5),
        broken={"steps": 9999},
        use=lambda figure: figure.locator("[name=step]").click(),
    ),
    "digit_inspector": Example(
        make=lambda: explorables.DigitInspector(digit=3, row=10, column=12),
        broken={"row": 9999},
        use=lambda figure: figure.locator("[name=digit]").first.click(),
    ),
    "digit_training": Example(
        make=lambda: explorables.DigitTraining(np.linspace(2.4, 0.05, 480), np.full(12, 0.887)),
        broken={"steps": 9999},
        use=lambda figure: figure.locator("[name=learning_rate]").select_option("0.2"),
    ),
    "draw_digit": Example(
        make=lambda: explorables.DrawDigit(prepared=False),
        broken={"strokes": 9999},
        use=lambda figure: figure.locator("[name=prepared]").check(),
    ),
    "inside_network": Example(
        make=lambda: explorables.InsideNetwork(**some_activations(), unit=40),
        broken={"sample": 9999},
        use=lambda figure: figure.locator("[name=sample]").last.click(),
    ),
    "matmul_stepper": Example(
        make=lambda: explorables.MatmulStepper(row=1, column=1, terms=2),
        broken={"row": 9999},
        use=lambda figure: figure.locator("[name=on]").click(),
    ),
    "playground": Example(
        make=lambda: explorables.Playground(samples="moons", units=3, steps=40),
        broken={"steps": 9999},
        use=lambda figure: figure.locator("[name=step]").click(),
    ),
    "quiz": Example(
        make=lambda: explorables.Quiz(QUIZ),
        broken={"chosen": [9999, -1]},
        use=lambda figure: figure.get_by_role("button", name="no").click(),
    ),
    "rank_ladder": Example(
        make=lambda: explorables.RankLadder(rank=4, axis=1),
        broken={"rank": 9999},
        use=lambda figure: figure.get_by_role("button", name="2D").click(),
    ),
    "reshape_transpose": Example(
        make=lambda: explorables.ReshapeTranspose(shape=(2, 3, 4), target=(4, -1), entry=9),
        broken={"entry": 9999},
        use=lambda figure: figure.locator("[name=entry]").fill("3"),
    ),
    "secant_tangent": Example(
        make=lambda: explorables.SecantTangent(function="cubic", x=2, h=0.5),
        broken={"h": 9999},
        use=lambda figure: figure.locator("[name=central]").select_option("1"),
    ),
    "slice_explorer": Example(
        make=lambda: explorables.SliceExplorer(array="tensor", text="0, 1:3, ::2"),
        broken={"array": "9999"},
        use=lambda figure: figure.locator("[name=text]").fill("1"),
    ),
    "split_batch": Example(
        make=lambda: explorables.SplitBatch(workers=3),
        broken={"workers": 9999},
        use=lambda figure: figure.locator("[name=link]").select_option("wifi"),
    ),
    "unfolding_sheet": Example(
        make=a_crumpled_sheet,
        broken={"stage": 9999},
        use=lambda figure: figure.locator("[name=layer]").last.click(),
    ),
    "doubling": Example(
        make=lambda: Doubling(n=4),
        broken={"n": 9999},
        use=lambda figure: figure.get_by_label("Number").fill("9"),
    ),
}
every_figure = pytest.mark.parametrize("name", FIGURES)


def stored(figure: Figure) -> str:
    """The HTML that a notebook keeps of a figure."""
    return figure._repr_mimebundle_()[0]["text/html"]


def write_page(folder: Path, *html: str, lang: str = "en") -> str:
    """Write a page with figures, under the policy of the site's pages; returns its name."""
    page = (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
        f"{policy.meta()}<title>Figures</title>"
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="dark.css"><link rel="stylesheet" href="style.css">'
        f"<main>{''.join(html)}</main>"
        '<script src="mount.js"></script></html>'
    )
    (folder / "page.html").write_text(page, "utf-8")
    return "page.html"


def sentence(page, at: int = 0):
    return page.locator("output").nth(at)


def barriers(page: Page) -> list[str]:
    """What keeps some readers from using figures, in light and in dark colours."""
    found = violations(page, "main", rules=ALL_BUT_CONTRAST)
    for theme in ("light", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        pale = page.evaluate(PALE, "main :not(.unit text)")  # but for signs with an outline
        found += [f"{theme}: {one}" for one in pale]
    page.evaluate("delete document.documentElement.dataset.theme")
    return found


def check_that_it_fits_and_is_accessible(page: Page) -> None:
    """On a phone and on a wide screen; for all that lies over something axe computes contrast."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, f"{needed} px wide at {width}"
        found = barriers(page)
        assert not found, f"{width} px: {found}"
    assert violations(page, "main", rules=COLOUR_RULES) == []


def longest_task(
    page: Page, chromium: Browser, work: Callable[[], None], tasks: int, limit: float
) -> float:
    """Milliseconds of the processor that the longest task takes while a page does some work.

    Not those of a clock, which a busy machine lengthens. It lengthens these a little, too, for
    others fill the caches, and never shortens them: of up to three times that are over the limit
    the shortest counts. The work has to be more than so many tasks, or it was not done.
    """
    shortest = math.inf
    for _ in range(3):
        chromium.start_tracing(page=page, categories=["toplevel", "blink.user_timing"])
        work()
        page.evaluate("performance.mark('this page')")
        events = json.loads(chromium.stop_tracing())["traceEvents"]
        ours = next(event for event in events if event["name"] == "this page")
        times = [
            event.get("tdur", 0) / 1000  # missing where the trace begins or ends within a task
            for event in events
            if event["name"] == "ThreadControllerImpl::RunTask"
            and all(event[key] == ours[key] for key in ("pid", "tid"))
        ]
        assert len(times) > tasks, "the work that was to be measured was not done in this page"
        shortest = min(shortest, max(times))
        if shortest < limit:
            break
    return shortest
