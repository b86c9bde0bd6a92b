"""Gradient descent: its paths are the notebook's, bit by bit, and every way to use it."""

import functools
import re

from gearsbook import explorables, language
import numpy as np
from playwright.sync_api import expect
import pytest

from browsing import said_on_paper
from figures import check_that_it_fits_and_is_accessible, sentence, some_digits
from gradient_check import central_differences, relative_error
from tools.notebooks.cells import functions

PAGE = functions(
    "04-gradients/03-sgd", "imports", "model", "descend", "batches", "momentum", "adam", "valley"
)
# each surface's loss and gradient in NumPy
SURFACES = {
    "bowl": (lambda w: w @ w / 2, lambda w: w),
    "valley": (lambda w: (w[0] ** 2 + 20 * w[1] ** 2) / 2, lambda w: w * [1, 20]),
    "saddle": (lambda w: (w[0] ** 2 - w[1] ** 2) / 2, lambda w: w * [1, -1]),
    "wells": (
        lambda w: (w[0] ** 2 - 3) ** 2 / 12 + w[0] / 5 + w[1] ** 2 / 2,
        lambda w: np.array([w[0] * (w[0] * w[0] - 3) / 3 + 1 / 5, w[1]]),
    ),
}
MIDDLE = {"digits": [1, 1]}  # of the plot; (0, 0) of the others
LOSSES = "xs.map((x) => m.descend(x).map(m.lossOf(x)))"  # along the paths of some states
SHOWN = {
    "valley": {},
    "bowl": {"surface": "bowl", "learning_rate": 2.05, "steps": 20},
    "saddle": {"surface": "saddle", "learning_rate": 0.3, "steps": 100},
    "wells": {"surface": "wells", "learning_rate": 0.03, "momentum": 0.9, "steps": 150},
    "digits": {**some_digits(), "surface": "digits", "batch_size": 8, "learning_rate": 1},
    "adam": {"optimizer": "adam", "learning_rate": 0.3},
    "start": {"steps": 0},
    "one": {"steps": 1},
    "ridge": {"surface": "saddle", "start": (0, 0)},
    "longest": {
        **some_digits(), "surface": "digits", "batch_size": 32, "learning_rate": 0.0012,
        "momentum": 0.55, "steps": 187, "start": (-1.55, -0.55), "seed": 9999,
    },
}  # fmt: skip


@functools.cache
def figures(count: int = 1000) -> list[explorables.Descent]:
    """So many figures with random settings, every surface and batch size among them."""
    rng, made = np.random.default_rng(11), []
    samples = some_digits(41)
    samples["features"] = samples["features"] - samples["features"].mean(axis=0)  # as on the page
    for at in range(count):
        surface = [*SURFACES, "digits"][at % 5]
        rate = float(f"{10 ** rng.uniform(-3, 0.6):.2g}")
        made.append(
            explorables.Descent(
                **samples,
                surface=surface,
                start=rng.uniform(-3, 3, 2).round(2),
                learning_rate=rate,
                optimizer=["momentum", "adam"][at // 20 % 2],
                momentum=rng.choice([0, 0.5, 0.9, 0.99, round(rng.uniform(0, 0.99), 2)]),
                batch_size=[1, 8, 32, "all"][at // 5 % 4],
                seed=int(rng.integers(0, 10_000)),
                steps=int(rng.choice([0, 1, rng.integers(2, 200), rng.integers(2, 80), 200])),
            )
        )
    return made


def by_the_notebook(figure: explorables.Descent) -> np.ndarray:
    """The same path by the page's own NumPy, cut where it leaves the figure's box."""
    x, y = np.array(figure.features), np.array(figure.labels)
    _, slope = SURFACES.get(figure.surface, (None, None))
    if slope is None:
        size = len(y) if figure.batch_size == "all" else figure.batch_size
        drawn = PAGE["batches"](x, y, size, explorables.Lehmer(figure.seed))
        slope = lambda w: PAGE["gradient"](w, *next(drawn))  # noqa: E731
    settings = {"momentum": figure.momentum} if figure.optimizer == "momentum" else {}
    with np.errstate(over="ignore", invalid="ignore"):
        path = PAGE["descend"](
            slope, figure.start, figure.steps, PAGE[f"{figure.optimizer}_step"],
            learning_rate=figure.learning_rate, **settings,
        )  # fmt: skip
    middle = MIDDLE.get(figure.surface, [0, 0])
    outside = (np.abs(path - middle) > [30, 20]).any(axis=1)  # ten times the plot's halves
    outside |= ~np.isfinite(path).all(axis=1)
    return path[: np.argmax(outside) + 1] if outside.any() else path


def test_a_thousand_random_paths_are_those_of_the_notebooks_numpy(module):
    came = module("xs.map(m.descend)", [figure.state() for figure in figures()])
    lengths = set()
    for figure, path in zip(figures(), came, strict=True):
        expected = by_the_notebook(figure)
        np.testing.assert_allclose(path, expected, rtol=1e-6, atol=1e-6)
        # without exponentials and powers, the same to the last bit
        if figure.surface != "digits" and figure.optimizer == "momentum":
            np.testing.assert_array_equal(path, expected)
        lengths.add(len(path) == figure.steps + 1)
    assert lengths == {True, False}  # some ran far away


def test_a_thousand_loss_curves_are_the_notebooks(module):
    came = module(LOSSES, [figure.state() for figure in figures()])
    for figure, losses in zip(figures(), came, strict=True):
        x, y = np.array(figure.features), np.array(figure.labels)
        loss, _ = SURFACES.get(figure.surface, (lambda w, x=x, y=y: PAGE["loss"](w, x, y), None))
        expected = [loss(w) for w in figure.path()]
        np.testing.assert_allclose(losses, expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_gradient_of_a_surface_is_that_of_its_loss(surface, module):
    loss, slope = SURFACES[surface]
    places = np.random.default_rng(0).uniform(-3, 3, (50, 2))
    gradients = module("xs[1].map(m.SURFACES[xs[0]].gradient)", [surface, places])
    for w, gradient in zip(places, gradients, strict=True):
        assert relative_error(gradient, central_differences(loss, w)) < 1e-6
        np.testing.assert_array_equal(gradient, slope(w))


def test_contours_run_where_the_function_has_their_value(module):
    rng = np.random.default_rng(2)
    grids = [rng.normal(size=(6, 7)).tolist() for _ in range(200)]
    for grid, pieces in zip(
        grids, module("xs.map((g) => m.contour(g, [0, 0], 1, 0.2))", grids), strict=True
    ):
        values, ends = np.array(grid), np.array(pieces).reshape(-1, 2)
        for x, y in ends:  # on an edge of a square; between its two ends values run straight
            column, row = int(min(x, 5.999)), int(min(y, 4.999))
            right, up = x - column, y - row
            corners = values[row : row + 2, column : column + 2]
            value = np.array([1 - up, up]) @ corners @ np.array([1 - right, right])
            assert value == pytest.approx(0.2, abs=1e-9)
        inside = [tuple(end) for end in ends.round(9) if 0 < end[0] < 6 and 0 < end[1] < 5]
        assert all(inside.count(end) == 2 for end in set(inside))  # no line ends within


def test_in_a_square_with_two_lines_they_do_not_cross(module):
    for corners, middle in (([[1, 0], [0, 1]], 0.6), ([[1, 0], [0, 1]], 0.4)):
        grid = corners
        pieces = module(f"m.contour(xs, [0, 0], 1, {1 - middle})", grid)
        assert len(pieces) == 2
        (a, b, c, d), (e, f, g, h) = pieces
        one, two = np.array([c - a, d - b]), np.array([g - e, h - f])
        assert one[0] * two[1] == pytest.approx(one[1] * two[0])  # parallel


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_what_is_said_is_what_is_stored(spoken, show):
    language.use(spoken)
    shown = [explorables.Descent(**options) for options in SHOWN.values()]
    page = show(*shown, lang=spoken)
    assert said_on_paper(page) == [figure.describe() for figure in shown]
    assert page.watch.problems == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"steps": 0}, "no step from (-2.6, 1.2) with learning rate 0.09 and momentum 0. The loss"),
        ({"steps": 1}, "1 step from (-2.6, 1.2)"),
        ({}, "The loss fell from 17.78 to 0.0118; it rose at no step."),
        ({"learning_rate": 0.102}, "it rose at 30 steps."),
        ({"learning_rate": 0.3}, "It diverged: far outside the plot"),
        ({"optimizer": "adam", "steps": 1}, "with Adam and learning rate 0.09. The loss fell"),
        ({"surface": "saddle"}, "The loss fell from 2.875 to"),
        ({"surface": "saddle", "steps": 200}, "Downhill it left the plot far behind"),
        ({"surface": "saddle", "start": (0, 0)}, "The loss ended where it began, at 0; it rose"),
    ],
)
def test_the_sentence_says_how_it_went(options, words):
    assert words in explorables.Descent(**options).describe()


def test_each_lesson_shows_what_its_name_says(module):
    lessons = module("m.LESSONS")
    shown = {
        name: explorables.Descent(**some_digits(), **lesson, steps=60)
        for name, lesson in lessons.items()
    }
    losses = {name: np.array(module(LOSSES, [f.state()])[0]) for name, f in shown.items()}
    rises = {name: (np.diff(along) > 0).sum() for name, along in losses.items()}
    assert losses["slow"][-1] > 1 > 0.1 > losses["zigzag"][-1] > 100 * losses["ball"][-1]
    assert rises["border"] == len(losses["border"]) - 1 >= 30
    assert lessons["wider"]["learning_rate"] > 0.1 > losses["wider"][-1]
    assert losses["rolling"][-1] > 10 * losses["zigzag"][-1]
    assert losses["adam"][-1] < 0.1
    assert shown["stuck"].path()[-1][0] > 0 > shown["hump"].path()[-1][0]
    np.testing.assert_allclose(shown["ridge"].path()[-1], [0, 0], atol=0.01)
    assert rises["exact"] == 0 < rises["noise"]


def test_what_is_drawn_is_the_path(show):
    figure = explorables.Descent(steps=7)
    page = show(figure)
    points = page.locator(".way").get_attribute("points").split()
    drawn = np.array([list(map(float, point.split(","))) for point in points])
    expected = figure.path() * [50, -50] + [150, 100]
    np.testing.assert_allclose(drawn, expected, rtol=0, atol=0.05 + 1e-9)
    assert page.locator(".dots circle").count() == 6
    assert page.locator(".falls").get_attribute("d").count("M") == 7
    assert page.locator(".rises").get_attribute("d") == ""


def test_the_arrow_is_the_step_that_plain_descent_takes_next(module):
    for figure in figures(40):
        figure.optimizer, figure.momentum, figure.steps = "momentum", 0, 1
        walk = module("m.walk(xs)", {**figure.state(), "steps": 0})
        np.testing.assert_allclose(walk["next"], figure.path()[1], rtol=1e-9, atol=1e-12)


def test_the_arrow_ends_where_the_next_step_does(show):
    page = show(explorables.Descent(steps=2))
    tip = re.findall(r"L(\S+?),(\S+?)L", page.locator(".arrow").last.get_attribute("d"))
    page.locator("[name=step]").click()
    expect(sentence(page)).to_contain_text("3 steps from")
    end = page.locator(".pad .end")
    assert tip == [(end.get_attribute("cx"), end.get_attribute("cy"))]


def test_the_deeper_the_stronger_the_blue_and_the_higher_the_stronger_the_brown(show):
    page = show(explorables.Descent())
    middle, shore, rim = page.locator("canvas").evaluate("""(canvas) =>
      [40, 22, 0].map((y) => [...canvas.getContext("2d").getImageData(60, y, 1, 1).data])""")
    assert middle[2] > middle[0]
    assert rim[0] > rim[2]
    assert min(middle[3], rim[3]) > 100 > shore[3]


def test_the_former_path_stays_pale_until_the_next_change(show):
    page = show(explorables.Descent(steps=20))
    way, ghost = (page.locator(name) for name in (".way", ".ghost"))
    zigzag = way.get_attribute("points")
    assert ghost.get_attribute("points") == ""
    for rate in ("0.03", "0.04"):  # one change, as by a slider
        page.locator("[name=learning_rate]").fill(rate)
        expect(sentence(page)).to_contain_text(f"learning rate {rate}")
    expect(ghost).to_have_attribute("points", zigzag)
    slow = way.get_attribute("points")
    page.locator("[name=reset]").click()
    expect(sentence(page)).to_contain_text("no step")
    expect(ghost).to_have_attribute("points", zigzag)  # to compare the next run with
    page.locator("[name=steps]").fill("20")
    expect(way).to_have_attribute("points", slow)
    page.locator("[name=momentum]").fill("0.5")
    expect(ghost).to_have_attribute("points", slow)
    page.locator("[name=surface]").select_option("bowl")
    expect(ghost).to_have_attribute("points", "")


def test_a_run_that_begins_again_leaves_itself_behind(show):
    page = show(explorables.Descent(steps=20))
    run = page.locator(".way").get_attribute("points")
    page.locator("[name=reset]").click()
    expect(page.locator(".ghost")).to_have_attribute("points", run)


def test_rising_steps_are_dashed(show):
    page = show(explorables.Descent(learning_rate=0.102, steps=9))
    assert page.locator(".rises").get_attribute("d").count("M") == 9
    dashes = page.locator(".rises").evaluate("line => getComputedStyle(line).strokeDasharray")
    assert dashes != "none"


def test_it_is_used_by_keyboard_alone(show):
    page = show(explorables.Descent(**some_digits(), steps=2))
    page.keyboard.press("Tab")
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("2 steps from (-2.5, 1.1)")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("3 steps from")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(sentence(page)).to_contain_text("no step from")
    page.keyboard.press("Tab")
    page.keyboard.type("best")
    expect(sentence(page)).to_contain_text("60 steps from (-2.6, 1.2) with learning rate 0.134 and")
    page.keyboard.press("Tab")
    page.keyboard.type("Loss on")
    expect(sentence(page)).to_contain_text("Loss on real digits: 60 steps from (-1.5, -0.5)")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("with Adam and learning rate 0.134,")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("1 step from")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text("learning rate 4 ")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("0.25")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("learning rate 0.25 and momentum 0.41")
    for value in ("0.5", "-0.75"):
        page.keyboard.press("Tab")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(value)
    expect(sentence(page)).to_contain_text("from (0.5, -0.75)")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("12")
    expect(sentence(page)).to_contain_text("8 of 30 samples a step, seed 12")
    assert page.watch.problems == []


def test_run_moves_step_by_step_until_it_is_paused(show):
    page = show(explorables.Descent(steps=0), clock=True)
    run = page.locator("[name=run]")
    run.click()
    expect(run).to_have_text("Pause")
    for steps in range(1, 6):
        page.clock.run_for(60)
        expect(sentence(page)).to_contain_text(f": {steps} step")
    run.click()
    expect(run).to_have_text("Run")
    said = sentence(page).inner_text()
    page.clock.run_for(60_000)
    assert sentence(page).inner_text() == said


def test_with_reduced_motion_run_goes_to_the_end_at_once(show):
    page = show(explorables.Descent(steps=0), reduced_motion="reduce")
    page.locator("[name=run]").click()
    expect(sentence(page)).to_contain_text("200 steps from")
    expect(page.locator("[name=run]")).to_have_text("Run")
    page.locator("[name=run]").click()  # from the start again
    expect(sentence(page)).to_contain_text("200 steps from")


def test_a_path_that_ran_away_takes_no_more_steps(show):
    page = show(explorables.Descent(learning_rate=0.3, steps=0), reduced_motion="reduce")
    page.locator("[name=run]").click()
    said = sentence(page).inner_text()
    assert "It diverged" in said
    page.locator("[name=step]").click()
    assert sentence(page).inner_text() == said
    assert page.locator("[name=steps]").input_value() == str(
        len(explorables.Descent(learning_rate=0.3, steps=200).path()) - 1
    )
    page.locator("[name=reset]").click()
    page.locator("[name=run]").click()
    page.locator("[name=run]").click()  # from the start again
    assert sentence(page).inner_text() == said


def test_without_samples_there_is_no_surface_of_digits_and_nothing_to_draw(show):
    page = show(explorables.Descent())
    assert page.locator("[name=surface] option").count() == 4
    assert page.locator("[name=seed]").is_disabled()
    assert page.locator("[name=batch_size]").is_disabled()


def test_every_surface_can_be_chosen_and_begins_at_its_own_start(show, module):
    starts = {name: module(f"m.SURFACES.{name}.start") for name in (*SURFACES, "digits")}
    page = show(explorables.Descent(**some_digits()))
    for surface, start in starts.items():
        page.locator("[name=surface]").select_option(surface)
        expect(sentence(page)).to_contain_text(f"from ({start[0]}, {start[1]})")
        assert page.locator(".contour").count() >= 8
    assert page.locator("[name=seed]").is_enabled()
    assert page.watch.problems == []


@pytest.mark.parametrize(("surface", "touch"), [("valley", False), ("digits", True)])
def test_pointer_and_finger_put_the_start_where_they_are(surface, touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    figure = explorables.Descent(**some_digits(), surface=surface)
    page = show(figure, viewport={"width": 400, "height": 800}, **options)
    box = page.locator(".pad").bounding_box()
    place = box["x"] + box["width"] / 3, box["y"] + box["height"] / 4
    (page.touchscreen.tap if touch else page.mouse.click)(*place)
    middle = MIDDLE.get(surface, [0, 0])
    expect(page.locator("[name=start0]")).to_have_value(f"{middle[0] - 1}")
    expect(page.locator("[name=start1]")).to_have_value(f"{middle[1] + 1}")


def test_the_start_is_dragged_and_stays_in_the_plot(show):
    page = show(explorables.Descent())
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(sentence(page)).to_contain_text("from (-2.6, 1.2)")  # nothing is pressed yet
    page.mouse.down()
    page.mouse.move(box["x"] + 3 * box["width"], box["y"] - 50)
    expect(sentence(page)).to_contain_text("from (3, 2)")
    page.mouse.up()


def test_a_number_that_cannot_be_goes_back_to_the_one_there_was(show):
    page = show(explorables.Descent())
    before = sentence(page).inner_text()
    for name, typed, kept in (
        ("learning_rate", "11", "0.09"), ("learning_rate", "", "0.09"), ("start0", "5", "-2.6"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(typed)
        assert sentence(page).inner_text() == before
        page.keyboard.press("Tab")
        expect(page.locator(f"[name={name}]")).to_have_value(kept)


def test_fields_agree_with_what_is_drawn(show):
    page = show(explorables.Descent(**some_digits(), steps=40))
    page.locator("[name=start1]").fill("2.5")
    expect(page.get_by_role("alert")).to_contain_text("from −2 to 2")  # as the plot goes
    page.locator("[name=learning_rate]").fill("4")
    expect(sentence(page)).to_contain_text("It diverged")
    assert page.locator("[name=power]").get_attribute("aria-valuetext") == "4"
    steps = page.locator("[name=steps]")
    assert steps.input_value() == steps.locator("+ span").inner_text()
    page.locator("[name=surface]").select_option("digits")
    page.get_by_text("seed", exact=True).click()
    expect(page.locator("[name=seed]")).to_be_focused()
    page.locator("[name=start1]").fill("3.5")
    expect(page.get_by_role("alert")).to_contain_text("from −1 to 3")


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_sentence_makes_the_page_jump(width, spoken, show):
    language.use(spoken)
    page = show(
        *(explorables.Descent(**options) for options in SHOWN.values()),
        lang=spoken, viewport={"width": width, "height": 900},
    )  # fmt: skip
    heights = [round(box.bounding_box()["height"]) for box in page.locator(".gears-figure").all()]
    assert len(set(heights)) == 1, heights
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_fits_and_is_accessible_with_its_longest_sentence(show):
    figure = explorables.Descent(**SHOWN["longest"])
    check_that_it_fits_and_is_accessible(show(figure, viewport={"width": 320, "height": 900}))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"start": (5, 0)}, r"start is \[5,0\]: it must be two numbers from -4 to 4"),
        ({"start": 1}, "start is 1: it must be two numbers"),
        ({"start": [True, 0]}, r"start is \[true,0\]"),
        ({"learning_rate": 0}, "learning_rate is 0: it must be a number from 0.001 to 4"),
        ({"learning_rate": "1"}, 'learning_rate is "1": it must be a number'),
        ({"optimizer": "sgd"}, 'optimizer is "sgd": it must be "momentum" or "adam"'),
        ({"momentum": 1}, "momentum is 1: it must be a number from 0 to 0.99"),
        ({"momentum": float("nan")}, "momentum is nan"),
        ({"steps": 201}, "steps is 201: it must be a whole number from 0 to 200"),
        ({"surface": "digits"}, "made of samples: give features and labels"),
        ({"features": np.ones((3, 3)), "labels": [0, 1, 0]}, r"features has the shape \(3, 3\)"),
        ({"features": np.ones((3, 2)), "labels": [0, 1]}, "0 or 1 for each of the 3 samples"),
        ({"features": np.ones((2, 2)), "labels": [0, 2]}, "0 or 1 for each of the 2 samples"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.Descent(**options)


def test_a_surface_of_digits_needs_samples_later_too():
    figure = explorables.Descent()
    with pytest.raises(ValueError, match="give features and labels"):
        figure.surface = "digits"
    assert figure.surface == "valley"


def test_another_surface_or_batch_size_is_refused():
    for options in ({"surface": "cup"}, {"batch_size": 2}):
        with pytest.raises(ValueError, match=f"{next(iter(options))} is .*: it must be "):
            explorables.Descent(**options)
