"""Training in the browser: it is the notebook's own run, and can be watched, stopped, repeated."""

import base64
import functools

from gearsbook import explorables
from gearsbook.explorables import datafiles
import numpy as np
from playwright.sync_api import expect
import pytest

from browsing import two_frames
from figures import longest_task, sentence
from tools.notebooks.cells import functions

CELLS = ("imports", "data", "start", "forward", "loss", "backward", "epoch")
FILE = "digits_file.js"
BYTES = "Uint8Array.from(atob(xs.file), (c) => c.charCodeAt(0))"
TRAINED = f"""(() => {{
  const bytes = {BYTES};
  return xs.states.map((state) => {{
    const progress = m.taken(bytes, state), {{ losses, accuracies, network }} = progress;
    const arrays = xs.arrays ? network.arrays.map((array) => [...array]) : null;
    const said = ["en", "zh"].map((language) => m.sentence(m.WORDS[language], state, progress));
    return {{ losses, accuracies, arrays, said }};
  }});
}})()"""


@pytest.fixture(scope="module")
def notebook() -> dict:
    """What the page's cells have trained: `losses`, `accuracies`, `little`."""
    return functions("05-recap/02-numpy-from-scratch", *CELLS, "watch-start", "watch-train")


@pytest.fixture(scope="module")
def in_browser(in_chromium):
    """A function that trains for figures and says what came of it.

    In Chromium: QuickJS would be minutes at it.
    """
    content = base64.b64encode((datafiles.FILES / "digits.bin").read_bytes()).decode()

    def run(*figures: explorables.DigitTraining, arrays: bool = False) -> list[dict]:
        states = [figure.state() for figure in figures]
        return in_chromium(
            "digit_training", TRAINED, {"file": content, "states": states, "arrays": arrays}
        )

    return run


@pytest.fixture(scope="module")
def a_figure(notebook):
    """A function that makes a figure beside the notebook's run."""
    return functools.partial(explorables.DigitTraining, notebook["losses"], notebook["accuracies"])


def trained(page, steps: int) -> None:
    """Wait until so many steps are said to be done."""
    expect(sentence(page)).to_contain_text(f"{steps} of 480 steps")
    expect(page.locator("[name=start]")).to_have_text("Train")


def test_all_480_losses_in_the_browser_are_those_of_the_notebooks_cells(notebook, in_browser):
    [came] = in_browser(explorables.DigitTraining(steps=480), arrays=True)
    difference = np.abs(np.subtract(came["losses"], notebook["losses"])).max()
    print(f"largest difference of 480 losses: {difference:.1e}")
    assert difference < 1e-6
    assert came["accuracies"] == notebook["accuracies"]
    assert 0.88 <= came["accuracies"][-1] <= 0.89
    for theirs, ours in zip(came["arrays"], notebook["little"], strict=True):
        np.testing.assert_allclose(theirs, ours.ravel(), rtol=0, atol=1e-6)


def test_what_is_stored_of_a_figure_that_has_trained_is_said_of_the_notebooks_run(
    notebook, a_figure
):
    """The engine trains, a second for an epoch."""
    losses, accuracies = notebook["losses"], notebook["accuracies"]
    said = a_figure(steps=41).describe()
    assert f"is {losses[0]:.3f} on the first batch, {losses[40]:.3f} on the latest." in said
    assert f"After epoch 1, {100 * accuracies[0]:.1f}\u00a0% of" in said
    assert said.endswith("Largest difference from NumPy's losses so far: less than 0.000001.")
    assert f"took the loss from {losses[0]:.3f} to {losses[-1]:.3f}" in a_figure().describe()


def test_the_sentence_says_what_there_is_to_compare_with(notebook, a_figure, in_browser):
    losses, accuracies = notebook["losses"], notebook["accuracies"]
    alone = explorables.DigitTraining
    cases = {
        "with learning rate 0.5 and momentum 0.9. In NumPy, 480": a_figure(learning_rate=0.5),
        "After epoch 2, ": a_figure(steps=85, learning_rate=0.5),
        "The run in NumPy had other settings, so the curves part.": a_figure(steps=3, momentum=0),
        f"{losses[2]:.3f} on the latest.": alone(steps=3),
        "No step taken yet, with learning rate 0.05 and momentum 0.9.": alone(),
        "so far: less than 0.000001.": alone(losses[:20], steps=30),
        "so far: 0.250000.": alone(np.add(losses, 0.25), accuracies, steps=4),
    }
    for words, came in zip(cases, in_browser(*cases.values()), strict=True):
        english, chinese = came["said"]
        assert words in english
        assert english.count("NumPy") == chinese.count("NumPy")


def test_a_learning_rate_that_is_fine_alone_is_too_much_with_momentum(in_browser):
    """What 2.5.2 lets its readers predict."""
    alone, pushed = in_browser(
        explorables.DigitTraining(steps=480, learning_rate=0.5, momentum=0),
        explorables.DigitTraining(steps=480, learning_rate=0.5, momentum=0.9),
    )
    assert alone["accuracies"][-1] > 0.85
    assert alone["losses"][-1] < 0.1
    assert pushed["accuracies"][-1] < 0.4
    assert pushed["losses"][-1] > 1.5


def test_digits_load_at_the_first_press_and_every_button_does_what_it_says(a_figure, show):
    page = show(a_figure())
    own = page.locator(".loss .own polyline")
    assert page.locator(".loss .numpy polyline").get_attribute("points").count(",") == 480
    assert not [url for url in page.watch.requests if FILE in url]
    first = page.locator(".grid canvas").get_attribute("aria-label")
    page.locator("[name=step]").click()
    trained(page, 1)
    assert len([url for url in page.watch.requests if FILE in url]) == 1
    page.locator("[name=epoch]").click()
    trained(page, 40)
    expect(sentence(page)).to_contain_text("After epoch 1, 83.5\u00a0%")
    expect(sentence(page)).to_contain_text("so far: less than 0.000001")
    assert own.get_attribute("points").count(",") == 40
    assert page.locator(".accuracy .own circle").count() == 1
    assert "145 of the 784 pixels" in page.locator(".grid canvas").get_attribute("aria-label")
    page.locator("[name=start]").click()
    expect(page.locator("[name=start]")).to_have_text("Pause")
    expect(page.locator(".accuracy .own circle")).not_to_have_count(1)
    page.locator("[name=start]").click()
    expect(page.locator("[name=start]")).to_have_text("Train")
    paused = own.get_attribute("points")
    assert 40 < paused.count(",") < 480
    two_frames(page)
    assert own.get_attribute("points") == paused
    page.locator("[name=momentum]").select_option("0")
    expect(sentence(page)).to_contain_text("No step taken yet, with learning rate 0.05 and mom")
    page.locator("[name=epoch]").click()
    trained(page, 40)
    expect(sentence(page)).to_contain_text("other settings")
    page.locator("[name=reset]").click()
    expect(sentence(page)).to_contain_text("No step taken yet")
    assert page.locator(".grid canvas").get_attribute("aria-label") == first
    assert own.get_attribute("points") == ""
    assert page.watch.problems == []


def test_both_runs_are_named_where_they_are_drawn_and_begin_at_one_loss(a_figure, show):
    page = show(a_figure())
    own, numpy = (page.locator(f".loss .{which}") for which in ("own", "numpy"))
    expect(own).to_have_text("your run: press Train")
    expect(numpy).to_have_text("NumPy’s run, done above")
    expect(page.locator(".accuracy .numpy")).to_have_text("NumPy’s run, done above")
    points = numpy.locator("polyline").get_attribute("points")
    across, down = map(float, points.split()[0].split(","))
    place = "dot => [dot.cx.baseVal.value, dot.cy.baseVal.value]"
    x, y = own.locator("circle").evaluate(place)
    assert x < across
    assert y == pytest.approx(down, abs=0.05)
    page.locator("[name=step]").click()
    trained(page, 1)
    expect(own).to_have_text("your run")
    assert own.locator("circle").evaluate(place) == pytest.approx([across, down], abs=0.05)


def test_the_whole_run_is_watched_and_ends_where_numpys_ended(notebook, a_figure, show):
    page = show(a_figure())
    page.locator("[name=start]").click()
    trained(page, 480)
    right = f"After epoch 12, {100 * notebook['accuracies'][-1]:.1f}\u00a0%"
    expect(sentence(page)).to_contain_text(right)
    expect(sentence(page)).to_contain_text("so far: less than 0.000001")
    numpy, own = (page.locator(f".loss .{which} polyline") for which in ("numpy", "own"))
    assert own.get_attribute("points") == numpy.get_attribute("points")
    page.locator("[name=start]").click()  # once more
    expect(page.locator("[name=start]")).to_have_text("Pause")


def test_it_is_used_by_keyboard_alone(a_figure, show):
    page = show(a_figure())
    for name in ("start", "step", "epoch", "reset", "learning_rate", "momentum"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == name
    page.keyboard.press("ArrowUp")
    expect(sentence(page)).to_contain_text("momentum 0.5")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("unit 9, weights up to")).to_be_visible()
    expect(page.locator(".told")).to_contain_text("unit 9, weights up to")
    page.locator("[name=step]").press("Enter")
    trained(page, 1)


def test_the_unit_that_is_pointed_at_is_seen_large(a_figure, show):
    page = show(a_figure())
    pixels = """(canvas, [x, y]) => [...canvas.getContext("2d").getImageData(x, y, 28, 28).data]"""
    grid, large = page.locator(".grid canvas"), page.locator(".weights > :last-child canvas")
    box = grid.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 5.5 / 8, box["y"] + box["height"] * 2.5 / 4)
    expect(page.get_by_text("unit 21, weights up to")).to_be_visible()
    assert large.evaluate(pixels, [0, 0]) == grid.evaluate(pixels, [5 * 29, 2 * 29])


def test_a_phone_shows_train_under_the_loss_and_the_weights_below(a_figure, show):
    page = show(a_figure(), viewport={"width": 390, "height": 844})
    loss, start, weights = (
        page.locator(which).bounding_box() for which in (".loss", "[name=start]", ".grid")
    )
    assert loss["y"] + loss["height"] < start["y"] < weights["y"]
    assert start["y"] + start["height"] - loss["y"] < 300


def test_a_stored_state_is_trained_up_to(a_figure, show):
    page = show(a_figure(steps=5))
    trained(page, 5)
    expect(sentence(page)).to_have_text(a_figure(steps=5).describe())


def test_who_wants_no_motion_sees_each_result_once(a_figure, show):
    page = show(a_figure(), reduced_motion="reduce")
    page.evaluate("""() => {
      const own = document.querySelector(".loss .own");
      window.seen = new Set([own.innerHTML]);
      new MutationObserver(() => seen.add(own.innerHTML)).observe(own, { childList: true });
    }""")
    page.locator("[name=epoch]").click()
    trained(page, 40)
    assert page.evaluate("[...seen].map((html) => html.split(',').length - 1)") == [0, 40]


def test_digits_that_do_not_come_are_said_and_asked_for_again(a_figure, show):
    page = show(a_figure())
    page.route(f"**/{FILE}*", lambda route: route.abort())
    page.locator("[name=epoch]").click()
    status = page.locator(".status")
    expect(status).to_have_text(
        "The digits could not be loaded (digits.js did not load). "
        "Press a button to try again; in a notebook, run the cell again."
    )
    expect(sentence(page)).to_contain_text("No step taken yet")
    expect(page.locator("[name=start]")).to_have_text("Train")
    page.unroute(f"**/{FILE}*")
    page.locator("[name=step]").click()
    trained(page, 1)
    expect(status).to_have_text("")


def test_no_task_keeps_the_page_from_answering_for_50_ms(a_figure, show, chromium):
    """In milliseconds of the processor, so that a busy machine does not count."""
    page = show(a_figure())

    def train():
        page.locator("[name=reset]").click()
        page.locator("[name=step]").click()
        trained(page, 1)
        page.locator("[name=epoch]").click()
        trained(page, 40)

    assert longest_task(page, chromium, train, tasks=50, limit=50) < 50


@pytest.mark.parametrize(("options", "message"), [
    ({"losses": [1.0, float("nan")]}, "losses is .* must be made of finite numbers"),
    ({"losses": [[1.0]]}, "losses must be at most 480 numbers"),
    ({"losses": np.ones(481)}, "losses must be at most 480 numbers"),
    ({"losses": np.ones(80), "accuracies": [0.5]}, r"it must be one number for each of the 2"),
    ({"steps": 481}, "steps is 481: it must be a whole number from 0 to 480"),
])  # fmt: skip
def test_a_run_that_cannot_be_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        explorables.DigitTraining(**options)


def test_a_learning_rate_that_is_not_offered_is_refused():
    with pytest.raises(ValueError, match=r"learning_rate is 0\.3: it must be 0\.005, 0\.02, "):
        explorables.DigitTraining(learning_rate=0.3)
