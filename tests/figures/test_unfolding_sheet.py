"""The unfolding sheet: every stage is NumPy's, the cut is least squares', and its use."""

import re

from gearsbook import explorables
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import a_crumpled_sheet, barriers, sentence
from randomness import a_thousand_cases, floats, integers


def a_network(seed: int, points: int = 12) -> dict:
    """Random points, labels and layers, as a figure's state holds them."""
    rng = np.random.default_rng(seed)
    shapes = [(3, 3)] * rng.integers(0, 4) + [(3, 1)]
    return {
        "points": rng.normal(size=(points, 3)).tolist(),
        "labels": (np.arange(points) % 2).tolist(),
        "layers": [
            [rng.normal(size=shape).tolist(), rng.normal(size=shape[1]).tolist()]
            for shape in shapes
        ],
        "activation": ["tanh", "relu", "linear"][seed % 3],
    }


def after(state: dict, layers: int) -> np.ndarray:
    """What NumPy makes of the points in so many hidden layers."""
    activate = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "linear": np.asarray}
    x = np.array(state["points"])
    for weights, bias in state["layers"][:layers]:
        x = activate[state["activation"]](x @ np.array(weights) + bias)
    return x


def test_after_each_layer_the_points_are_where_numpy_has_them_for_1_000_networks(module):
    states = [a_network(seed) for seed in range(1_000)]
    found = module(
        "xs.map((s) => s.layers.map((_, at) =>"
        " m.representation(s.points, s.layers, s.activation, 16 * at)))",
        states,
    )
    for state, stages in zip(states, found, strict=True):
        for layers, came in enumerate(stages):
            np.testing.assert_allclose(came, after(state, layers), rtol=1e-9, atol=1e-9)


def test_inside_a_layer_first_the_affine_map_grows_in_and_then_the_activation(module):
    state = a_network(3)
    weights, bias = map(np.array, state["layers"][0])
    x = np.array(state["points"])
    z = x @ weights + bias
    for stage, expected in (
        (2, 0.75 * x + 0.25 * z), (8, z), (12, (z + after(state, 1)) / 2), (16, after(state, 1)),
    ):  # fmt: skip
        came = module(
            "m.representation(xs[0].points, xs[0].layers, xs[0].activation, xs[1])", [state, stage]
        )
        np.testing.assert_allclose(came, expected, rtol=0, atol=1e-12)


def test_the_cut_is_that_of_numpys_least_squares_for_1_000_clouds(module):
    states = [a_network(seed, points=20) for seed in range(1_000)]
    found = module("xs.map((s) => m.bestCut(s.points, s.labels))", states)
    for state, cut in zip(states, found, strict=True):
        rows = np.c_[state["points"], np.ones(20)]
        targets = 2 * np.array(state["labels"]) - 1
        expected = np.linalg.lstsq(rows, targets, rcond=None)[0]
        np.testing.assert_allclose(cut, expected, rtol=0, atol=1e-6)  # ours has a ridge of 1e-9


@pytest.mark.parametrize("flat", ["a plane", "a line", "a point"])
def test_a_cut_is_found_even_where_the_points_do_not_fill_space(flat, module):
    state = a_network(5, points=30)
    points = np.array(state["points"])
    points[:, {"a plane": [1], "a line": [0, 1], "a point": [0, 1, 2]}[flat]] = 0
    cut = module("m.bestCut(xs.points, xs.labels)", {**state, "points": points.tolist()})
    assert np.isfinite(cut).all()


@a_thousand_cases
def test_seen_from_anywhere_a_point_keeps_its_distance_from_the_middle(each, rng):
    points = floats(rng, -2, 2, 3)
    came = each("seen", points, integers(rng, 0, 359), integers(rng, 0, 90))
    far, expected = (np.linalg.norm(places, axis=1) for places in (came, points))
    np.testing.assert_allclose(far, expected, rtol=0, atol=1e-9)


def test_the_drawn_cut_lies_in_its_plane_and_in_the_box(module):
    rng = np.random.default_rng(0)
    cuts = np.column_stack([rng.normal(size=(50, 3)), rng.normal(size=50) / 4])
    found = module("xs.map((x) => m.cutThrough(x, 1.5))", cuts)
    for cut, polygon in zip(cuts, found, strict=True):
        corners = np.array(polygon)
        assert 3 <= len(corners) <= 6
        np.testing.assert_allclose(corners @ cut[:3] + cut[3], 0, atol=1e-9)
        assert (np.abs(corners) <= 1.5 + 1e-9).all()
        turns = np.cross(np.roll(corners, -1, 0) - corners, np.roll(corners, -2, 0) - corners)
        sides = np.sign(turns @ cut[:3])
        assert (sides == sides[0]).all()  # in order: the outline never crosses itself


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (0, "before the first of 3 layers"),
        (4, "Inside layer 1 of 3: 50 % of its affine map done"),
        (8, "Inside layer 1 of 3: 100 % of its affine map done"),
        (12, "Inside layer 1 of 3: 50 % of its tanh done"),
        (16, "after layer 1 of 3"),
        (48, "The network's own cut has 360 right."),
    ],
)
def test_the_sentence_says_how_far_the_sheet_has_come(stage, words):
    assert words in a_crumpled_sheet(stage=stage).describe().replace("\u00a0", " ")


def test_crumpled_a_flat_cut_is_hardly_better_than_chance_and_unfolded_it_is_right():
    rates = [
        int(re.search(r"(\d+)\s%\.", a_crumpled_sheet(stage=stage).describe())[1])
        for stage in (0, 16, 32, 48)
    ]
    assert rates[0] < 60
    assert rates == sorted(rates)
    assert rates[-1] == 100


def test_the_sheet_is_unfolded_and_turned_by_keyboard_alone(show):
    page = show(a_crumpled_sheet())
    layers = page.locator("[name=layer]")
    for layer in range(4):
        page.keyboard.press("Tab")
        expect(layers.nth(layer)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("application")).to_be_focused()
    before = page.locator(".space .tiles path").first.get_attribute("d")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert page.locator(".space .tiles path").first.get_attribute("d") != before
    expect(page.locator("[name=azimuth]")).to_have_value("25")
    expect(page.locator("[name=elevation]")).to_have_value("35")
    for name in ("play", "stage", "azimuth", "elevation"):
        page.keyboard.press("Tab")
        expect(page.locator(f"[name={name}]")).to_be_focused()
    layers.last.press("Enter")
    expect(sentence(page)).to_contain_text("The sheet after layer 3 of 3.")
    page.locator("[name=stage]").press("ArrowLeft")
    expect(sentence(page)).to_contain_text("Inside layer 3 of 3: 88 % of its tanh done.")


def test_a_picture_of_each_stage_tells_how_many_are_right_there_and_leads_to_it(show):
    page = show(a_crumpled_sheet(azimuth=350))
    layers, small = page.locator("[name=layer]"), page.locator(".stages svg")
    names = ["input", *(f"after layer\u00a0{layer}" for layer in (1, 2, 3))]
    expect(layers.locator("span")).to_have_text(names)
    rates = layers.locator("b").all_inner_texts()
    assert rates[0] == "54\u00a0%"
    assert rates[-1] == "100\u00a0%"
    for layer in (3, 1, 0, 2):
        layers.nth(layer).click()
        expect(page.locator("[name=stage]")).to_have_value(str(16 * layer))
        expect(page.locator(".score b")).to_have_text(rates[layer])
        expect(page.locator(".stages [aria-pressed=true] span")).to_have_text(names[layer])
        assert small.nth(layer).inner_html() == page.locator(".space svg").inner_html()
    expect(page.locator(".score span")).to_have_text("of points on the correct side of the cut")
    page.locator("[name=stage]").press("ArrowRight")  # inside a layer
    expect(page.locator(".stages [aria-pressed=true]")).to_have_count(0)


def test_the_stages_are_those_of_the_activation_that_a_kernel_sets(in_chromium):
    figure = a_crumpled_sheet()
    before, after = in_chromium(
        "unfolding_sheet",
        """await (async () => {
            const values = { ...xs, language: "en" }, told = {}, nothing = () => {};
            const model = {
                get: (name) => values[name], on: (name, tell) => (told[name] = tell),
                set: nothing, save_changes: nothing, off: nothing, send: nothing,
            };
            const el = document.createElement("div");
            const rates = () => Array.from(el.querySelectorAll("b"), (b) => b.textContent).slice(0, 4);
            m.default.render({ model, el });
            const before = rates();
            values.activation = "linear";
            told["change:activation"]();
            await null;
            await null;
            return [before, rates()];
        })()""",  # noqa: E501
        figure.state(),
    )
    assert len(set(before)) == 4
    assert set(after) == {before[0]}  # no bend, no gain


def test_it_moves_only_when_asked_to_and_can_be_stopped(show):
    page = show(a_crumpled_sheet(), clock=True)
    page.clock.run_for(2000)
    assert "before the first" in sentence(page).inner_text()
    play = page.locator("[name=play]")
    play.press("Enter")
    expect(play).to_have_text("Pause")
    page.clock.run_for(400)
    expect(sentence(page)).to_contain_text("Inside layer 1")
    expect(page.locator("[name=azimuth]")).to_have_value("24")  # it turns, too
    play.press("Enter")
    expect(play).to_have_text("Pull it apart")
    held = sentence(page).inner_text()
    page.clock.run_for(2000)
    assert sentence(page).inner_text() == held


def test_a_sheet_that_is_turned_by_hand_while_it_plays_does_not_turn_by_itself(show):
    page = show(a_crumpled_sheet(), clock=True)
    page.locator("[name=play]").press("Enter")
    page.clock.run_for(200)
    page.locator("[name=azimuth]").fill("90")
    page.clock.run_for(200)
    expect(page.locator("[name=azimuth]")).to_have_value("90")
    expect(page.locator(".number")).to_have_text("0.25 / 3")  # and still plays


def test_the_number_in_the_picture_is_that_of_the_sentence(show):
    page = show(a_crumpled_sheet(stage=24))
    rate = page.locator(".score b").inner_text()
    assert sentence(page).inner_text().endswith(f"points right, {rate}.")
    assert rate not in ("54\u00a0%", "100\u00a0%")


def test_who_wants_no_motion_sees_whole_layers_only(show):
    page = show(a_crumpled_sheet(stage=30), clock=True, reduced_motion="reduce")
    page.locator("[name=play]").press("Enter")
    for layer in (2, 3):
        page.clock.run_for(1500)
        assert f"The sheet after layer {layer} of 3." in sentence(page).inner_text()
    expect(page.locator("[name=azimuth]")).to_have_value("20")
    expect(page.locator("[name=play]")).to_have_text("Pull it apart")


def test_the_view_is_dragged(show):
    page = show(a_crumpled_sheet())
    box = page.locator(".space svg").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    expect(page.locator("[name=azimuth]")).to_have_value("20")  # nothing is pressed yet
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 120, steps=40)  # no part of a degree is lost
    page.mouse.up()
    expect(page.locator("[name=azimuth]")).to_have_value("60")
    expect(page.locator("[name=elevation]")).to_have_value("40")


def test_every_tile_is_drawn_and_the_two_halves_differ_by_more_than_colour(show):
    page = show(a_crumpled_sheet())
    halves = {
        name: page.locator(f".space .tiles .{name}").evaluate_all(
            "tiles => tiles.map(tile => tile.getAttribute('d').split('M').length - 1)"
        )
        for name in ("plain", "lined", "seam")
    }
    assert [len(halves[name]) for name in ("plain", "lined", "seam")] == [152, 152, 8]
    assert set(halves["plain"]) == {1}
    assert set(halves["lined"]) == {2}  # a diagonal besides the outline


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_is_accessible(width, show):
    figures = [a_crumpled_sheet(stage=stage) for stage in (0, 24, 48)]
    page = show(*figures, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []


def sheet(**changes):
    state = a_network(1)
    named = {name: state[name] for name in ("points", "labels", "layers")}
    return explorables.UnfoldingSheet(**{**named, "columns": 4, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"points": [[1, 2]]}, r"points has the shape \(1, 2\): it must be \(n, 3\)"),
        ({"labels": [2] * 12}, "labels must be 0 or 1 for each of the 12 points"),
        ({"columns": 5}, "columns is 5: the 12 points must make rows of so many"),
        ({"layers": [(np.eye(2), [0, 0])]}, r"layer 0 has weights of shape \(2, 2\)"),
        ({"stage": 999}, "stage is 999: .* 0 to"),
        ({"azimuth": 360}, "azimuth is 360: .* 0 to 359"),
        ({"elevation": -1}, "elevation is -1: .* 0 to 90"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(changes, words):
    with pytest.raises(ValueError, match=words):
        sheet(**changes)


def test_the_state_is_small():
    as_text = str([a_crumpled_sheet().points, a_crumpled_sheet().layers])
    assert len(as_text) < 12_000
