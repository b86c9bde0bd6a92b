"""The computation graph: its numbers are NumPy's and the page's, and every way to walk it."""

import math

from gearsbook import explorables, language
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import sentence
from gradient_check import central_differences, relative_error
from tools.notebooks.cells import functions

INPUTS = ("x", "w", "b", "y")
FORMULAS = {
    "distance": lambda x, w, b, y: np.abs(y - (w * x + b)),
    "twice": lambda x, w, b, y: np.abs(y - (w * x + w)),
    "neuron": lambda x, w, b, y: (y - np.maximum(w * x + b, 0)) ** 2,
}
every_graph = pytest.mark.parametrize("graph", FORMULAS)
STATES = {
    "the page's example": {},
    "nothing yet": {"step": 0},
    "the loss": {"step": 4},
    "the turn": {"graph": "twice", "step": 5},
    "a second share": {"graph": "twice", "x": -0.5},
    "a kink of the size": {"y": 7, "step": 6},
    "a kink of relu": {"graph": "neuron", "b": -6, "step": 7},
    "relu that is closed": {"graph": "neuron", "w": -3, "step": 9},
    "many decimals": {"x": 1 / 3, "w": -1 / 7, "b": 1e-9, "y": -9.87654321},
    "as large as can be": {"graph": "neuron", "x": 10, "w": 10, "b": 10, "y": -10},
    "long": {"graph": "twice", "x": -9.8765, "w": -8.7654, "y": -7.6543},
}


def some_inputs(count: int = 1000, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-10, 10, (count, 4))


def computed(module, graph: str, inputs: np.ndarray) -> list[dict]:
    """Values, gradients and slopes that the module computes for many inputs."""
    return module(
        """xs.map((state) => {
            const values = m.values(state);
            return { values, gradients: m.gradients(state.graph, values, 9),
                slopes: m.GRAPHS[state.graph].map((node) => m.localDerivatives(node, values)) };
        })""",
        [{"graph": graph} | dict(zip(INPUTS, row, strict=True)) for row in inputs.tolist()],
    )


@every_graph
def test_the_loss_is_numpys(graph, module):
    inputs = some_inputs()
    came = [one["values"]["loss"] for one in computed(module, graph, inputs)]
    np.testing.assert_allclose(came, FORMULAS[graph](*inputs.T), rtol=1e-12, atol=1e-12)


@every_graph
def test_the_gradients_are_those_that_central_differences_measure(graph, module):
    inputs = some_inputs()
    for row, one in zip(inputs, computed(module, graph, inputs), strict=True):
        if abs(one["values"]["loss"]) < 1e-3 or abs(one["values"].get("z", 1)) < 1e-3:
            continue  # the kink would be between the two measurements
        came = [one["gradients"].get(name, 0) for name in INPUTS]
        measured = central_differences(lambda at: FORMULAS[graph](*at), row)
        # a difference of 1e-5 over numbers up to 100 has so many digits
        assert relative_error(came, measured) < 1e-6 or np.abs(measured - came).max() < 1e-6


def absolute(p, error):
    return p["relu"](error) + p["relu"](-error)


PAGES_LOSSES = {
    "distance": lambda p, x, w, b, y: absolute(p, y - (w * x + b)),
    "twice": lambda p, x, w, b, y: absolute(p, y - (w * x + w)) + b * 0,
    "neuron": lambda p, x, w, b, y: (y - p["relu"](w * x + b)) ** 2,
}


@every_graph
def test_the_gradients_are_those_of_the_pages_engine(graph, module):
    page = functions(
        "04-gradients/04-backpropagation", "imports", "order", "operators", "tensor",
        "element-wise", "sum", "unbroadcast", "backward-all",
    )  # fmt: skip
    inputs = np.concatenate([some_inputs(seed=4), some_inputs(200, seed=5).round()])  # and kinks
    tensors = [page["Tensor"](column) for column in inputs.T]
    PAGES_LOSSES[graph](page, *tensors).sum().backward()
    expected = np.stack([tensor.gradient for tensor in tensors], axis=1)
    came = [
        [one["gradients"].get(name, 0) for name in INPUTS]
        for one in computed(module, graph, inputs)
    ]
    np.testing.assert_allclose(came, expected, rtol=1e-12, atol=1e-12)


@every_graph
def test_local_derivatives_are_measured_too(graph, module):
    kinds = dict(module(f"m.GRAPHS.{graph}.map(({{ name, kind }}) => [name, kind])"))
    parents = dict(module(f"m.GRAPHS.{graph}.map(({{ name, parents }}) => [name, parents])"))
    for one in computed(module, graph, some_inputs(200, seed=2)):
        for (name, kind), slopes in zip(kinds.items(), one["slopes"], strict=True):
            at = np.array([one["values"][parent] for parent in parents[name]])
            if kind in ("abs", "relu") and abs(at[0]) < 1e-3:
                continue
            value = f"m.OPERATIONS.{kind}.value(...xs)"
            measured = central_differences(lambda a, value=value: module(value, a), at)
            np.testing.assert_allclose(slopes, measured, rtol=1e-6, atol=1e-6, err_msg=name)


EXAMPLE = "m.values({ graph: xs, x: 2, w: 3, b: 1, y: 4 })"


@every_graph
def test_no_gradient_is_known_before_its_step_and_none_changes_after_its_last_share(graph, module):
    known = [module(f"m.gradients(xs, {EXAMPLE}, {step})", graph) for step in range(10)]
    assert all(set(k.values()) == {None} for k in known[:5])
    assert [sum(g is not None for g in k.values()) for k in known[4:6]] == [0, 1]
    final = known[9]
    assert None not in final.values()
    if graph == "twice":
        assert [k["w"] for k in known[7:]] == [None, 1, 3]  # one share, then the other
    else:
        assert all(g in (None, final[name]) for k in known for name, g in k.items())


def test_the_first_thing_it_shows_is_the_pages_example(module):
    loss = module(f"{EXAMPLE}.loss", "distance")
    gradients = module(f"m.gradients(xs, {EXAMPLE}, 9)", "distance")
    assert (loss, gradients["w"], gradients["b"]) == (3, 2, 1)
    assert "loss 3, dx 3, dw 2, db 1, dy −1" in explorables.ComputationGraph().describe()


def node(page, name):
    return page.locator(f"[data-node={name}]")


def test_values_appear_node_by_node_and_gradients_on_the_way_back(show):
    page = show(explorables.ComputationGraph(step=0))
    on = page.locator("[name=on]")
    for name, value in {"product": 6, "prediction": 7, "error": "−3", "loss": 3}.items():
        expect(node(page, name).locator(".value")).to_have_text("?")
        on.click()
        expect(node(page, name).locator(".value")).to_have_text(str(value))
    assert page.locator(".slope").count() == 0
    shown = {"loss": 1, "error": "−1", "prediction": 1, "product": 1, "w": 2}
    for name, gradient in shown.items():
        expect(node(page, name).locator(".gradient")).to_have_text("")
        on.click()
        expect(node(page, name).locator(".gradient")).to_have_text(f"grad {gradient}")
    assert page.locator(".slope").all_text_contents() == [
        "× 2", "× 3", "× 1", "× 1", "× 1", "× −1", "× −1",
    ]  # fmt: skip
    expect(page.get_by_role("img")).to_have_attribute(
        "aria-label", "The graph from the inputs to the loss: product = 6 (grad 1); "
        "w = 3 (grad 2); x = 2 (grad 3); prediction = 7 (grad 1); b = 1 (grad 1); "
        "error = −3 (grad −1); y = 4 (grad −1); loss = 3 (grad 1)",
    )  # fmt: skip


def test_a_node_used_twice_shows_both_shares_and_their_sum(show):
    page = show(explorables.ComputationGraph(graph="twice", step=8))
    expect(node(page, "w").locator(".gradient")).to_have_text("grad 1")
    page.locator("[name=on]").click()
    expect(node(page, "w").locator(".gradient")).to_have_text("grad 3")
    expect(sentence(page)).to_contain_text("w gets 1 × 2 = 2 more, 3 in all")
    assert node(page, "b").count() == 0
    expect(page.locator("[name=b]")).to_be_disabled()


def test_it_is_walked_and_changed_by_keyboard_alone(show):
    page = show(explorables.ComputationGraph())
    page.locator("[name=step]").press("End")
    page.keyboard.press("Tab")
    expect(page.locator("[name=graph]")).to_be_focused()
    for name, value in zip(INPUTS, ("1", "-2", "0.5", "3"), strict=True):
        page.keyboard.press("Tab")
        expect(page.locator(f"[name={name}]")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(value)
    expect(sentence(page)).to_contain_text("loss 4.5, dx 2, dw −1, db −1, dy 1.")
    page.locator("[name=back]").press("Space")
    expect(sentence(page)).to_contain_text("Backward, 3 of 4")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # there is no step after the last
    expect(sentence(page)).to_contain_text("Backward, 4 of 4")
    page.locator("[name=reset]").press("Enter")
    expect(sentence(page)).to_have_text("Only the inputs are known: x = 2, w = 3, b = 1, y = 4.")
    page.locator("[name=on]").focus()
    page.keyboard.press("Tab")
    expect(page.locator("[name=step]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("Forward, 1 of 4")
    page.keyboard.press("End")
    expect(page.locator(".count")).to_have_text("9 of 9")


def test_a_graph_is_chosen_and_keeps_the_inputs(show):
    page = show(explorables.ComputationGraph(x=1))
    page.locator("[name=step]").press("End")
    page.locator("[name=graph]").select_option("neuron")
    expect(sentence(page)).to_contain_text("loss 0, dx 0, dw 0, db 0, dy 0.")
    page.locator("[name=w]").fill("-3")
    expect(sentence(page)).to_contain_text("loss 16, dx 0, dw 0, db 0, dy 8.")  # relu is closed


def test_a_click_on_a_node_goes_to_its_step(show):
    page = show(explorables.ComputationGraph())
    page.locator("[name=step]").press("End")
    node(page, "error").click()
    expect(sentence(page)).to_contain_text("Backward, 2 of 4")
    node(page, "x").click()  # inputs have none
    expect(sentence(page)).to_contain_text("Backward, 2 of 4")
    page.locator("[name=reset]").click()
    node(page, "prediction").click()
    expect(sentence(page)).to_contain_text("Forward, 2 of 4")


def test_an_input_is_dragged_on_its_box_as_far_as_it_may_go(show):
    page = show(explorables.ComputationGraph())
    expect(page.locator(".node:has(.hint)")).to_have_count(4)
    box = node(page, "w").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    for pixels, value in ((30, "5.5"), (300, "10"), (-6, "2.5")):
        page.mouse.move(box["x"] + 20 + pixels, box["y"] + 10)
        expect(page.locator("[name=w]")).to_have_value(value)
    page.mouse.up()
    page.mouse.move(box["x"], box["y"])
    expect(sentence(page)).to_contain_text("w = 2.5")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_numbers_travel_along_the_lines_of_a_step_and_the_next_one_ends_it(motion, show):
    page = show(explorables.ComputationGraph(graph="twice"), reduced_motion=motion)
    moving = "document.querySelector('svg').getAnimations({ subtree: true }).length"
    tokens = page.locator(".token text")
    expected = ["2 3", "6 3", "4 9", "−5", "", "1 −1", "−1 −1 −1 1"]
    for texts in map(str.split, expected):
        page.locator("[name=on]").click()
        texts = texts if motion == "no-preference" else []
        assert sorted(tokens.all_text_contents()) == sorted(texts)
        assert (page.evaluate(moving) > 0) == bool(texts)
    page.locator("[name=back]").click()
    expect(tokens).to_have_count(0)
    assert page.evaluate(moving) == 0


def test_a_number_that_cannot_be_goes_back_to_the_one_there_was(show):
    page = show(explorables.ComputationGraph(b=0.5))
    field = page.locator("[name=b]")
    for typed in ("", "11", "-10.5"):
        field.fill(typed)
        expect(node(page, "b").locator(".value")).to_have_text("0.5")
        page.keyboard.press("Tab")
        expect(field).to_have_value("0.5")


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_step_makes_the_page_jump_and_no_text_leaves_its_box(width, spoken, show):
    language.use(spoken)
    page = show(*(explorables.ComputationGraph(**options) for options in STATES.values()),
                lang=spoken, viewport={"width": width, "height": 900})  # fmt: skip
    figures = page.locator(".gears-figure").all()
    assert len({round(figure.bounding_box()["height"]) for figure in figures}) == 1
    gaps = page.locator(".node").evaluate_all(
        """nodes => nodes.flatMap((node) => {
            const box = (name) => node.querySelector(name).getBoundingClientRect();
            const gap = (left, right) => (right.width ? right.left - left.right : 9);
            return [gap(box(".name"), box(".value")), gap(box(".how"), box(".gradient"))];
        })"""
    )
    assert min(gaps) > 2
    heights = page.locator("svg .how").evaluate_all(
        "texts => texts.map((text) => text.getBoundingClientRect().height)"
    )
    assert min(heights) > 10


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"x": 11}, "x is 11: it must be a number from -10 to 10"),
        ({"w": "3"}, 'w is "3": it must be a number'),
        ({"b": True}, "b is true: it must be a number"),
        ({"y": math.nan}, "y is nan: it must be made of finite numbers"),
        ({"step": 10}, "step is 10: it must be a whole number from 0 to 9"),
        ({"graph": "other"}, 'graph is "other": it must be "distance", "twice" or "neuron"'),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.ComputationGraph(**options)


def test_numbers_of_numpy_are_taken_as_they_are():
    figure = explorables.ComputationGraph(x=np.float32(0.5), w=np.float64(2))
    assert (figure.x, str(figure.w)) == (0.5, "2")
