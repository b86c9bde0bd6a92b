"""The dense layer in the plane: its maps, bends and areas are NumPy's, and every way to use it."""

import itertools
import math

from gearsbook import explorables, language
import numpy as np
from playwright.sync_api import Page, expect
import pytest

from browsing import two_frames
from figures import sentence
from randomness import CASES, a_thousand_cases, floats, integers

LAYERS = {
    "nothing": {},
    "rotation": {"weights": [[math.sqrt(3) / 2, 0.5], [-0.5, math.sqrt(3) / 2]]},
    "shear and shift": {"weights": [[1, 0], [0.8, 1]], "bias": [-1, 0.25]},
    "mirror": {"weights": [[-1, 0], [0, 1]], "point": [-0.3, 2]},
    "a line": {"weights": [[0.8, 0.4], [0.4, 0.2]]},
    "a line, with relu": {"weights": [[0.8, -0.4], [0.4, -0.2]], "relu": True},
    "a point": {"weights": [[0, 0], [0, 0]], "bias": [1, 2]},
    "relu that folds": {"weights": [[1, -0.6], [0.5, 1.2]], "bias": [-0.4, 0.3], "relu": True},
    "relu that folds the point": {"weights": [[1, 0], [0, 1]], "relu": True, "point": [-1, 0.5]},
    "relu that leaves nothing": {"bias": [-2, -2], "relu": True},
    "relu that changes nothing": {"relu": True},
    "almost flat": {"weights": [[0.005, 0], [0, -0.005]], "relu": True},
    "as large as can be": {"weights": [[2, 2], [2, -2]], "bias": [-2, 2], "relu": True},
    "many decimals": {"weights": [[1 / 3, 2 / 3], [-1e-5, 1 / 7]], "bias": [1e-9, -1 / 9]},
}

OUTLINE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]  # of the unit square


def pairs(rng):
    drawn = floats(rng, -2, 2, 2)
    drawn[::60] = 0
    return drawn


def weights(rng):
    drawn = floats(rng, -2, 2, 2, 2)
    drawn[::40] = 0  # every third time where a bias is 0, too
    return drawn


def relu(points):
    return np.maximum(points, 0)


def layers(all_weights, biases):
    """As parts of states."""
    return [{"weights": w, "bias": b} for w, b in zip(all_weights, biases, strict=True)]


def images(points, w, b):
    """NumPy's, of a list of points for each case."""
    return points @ w + b[:, None]


def determinant(w):
    """NumPy's, which divides by a pivot on its way: one over a subnormal number is infinite."""
    with np.errstate(divide="ignore"):
        return np.linalg.det(w)


def near(came, expected, atol=1e-12):
    np.testing.assert_allclose(came, expected, rtol=0, atol=atol)


@a_thousand_cases
def test_an_image_is_that_of_numpy(each, rng):
    points, w, b = pairs(rng), weights(rng), pairs(rng)
    came = each("image", points, w, b)
    near(came, images(points[:, None], w, b)[:, 0])
    np.testing.assert_array_equal(each("relu", came), relu(came))


@a_thousand_cases
def test_the_determinant_is_that_of_numpy(each, rng):
    w = weights(rng)
    near(each("determinant", w), determinant(w), 1e-9)


@a_thousand_cases
def test_relu_bends_a_line_exactly_where_a_sign_changes(each, rng):
    """Points along the line, sent through NumPy's layer, all lie on the bent path."""
    ends, w, b = floats(rng, -2, 2, 2, 2), weights(rng), pairs(rng)
    came = each("mapped", ends, w, b, [0] * CASES)
    along = np.linspace(ends[:, 0], ends[:, 1], 23, axis=1)
    for points, path in zip(relu(images(along, w, b)), came, strict=True):
        bent = np.array(path)
        near(bent[[0, -1]], points[[0, -1]])
        ways = np.linalg.norm(np.diff(bent, axis=0), axis=1)
        to_corners = np.linalg.norm(bent - points[:, None], axis=2)
        detours = to_corners[:, :-1] + to_corners[:, 1:] - ways
        assert detours.min(axis=1).max() < 1e-6


@a_thousand_cases
def test_without_relu_corners_go_to_corners(each, rng):
    paths, w, b = floats(rng, -2, 2, 6, 2), weights(rng), pairs(rng)
    lengths = integers(rng, 2, 6)
    cut = [path[:n] for path, n in zip(paths, lengths, strict=True)]
    came = each("mapped", cut, w, b, [1] * CASES)
    for expected, n, corners in zip(images(paths, w, b), lengths, came, strict=True):
        near(corners, expected[:n])


@a_thousand_cases
def test_the_square_gets_the_area_that_the_determinant_says(each, rng):
    w, b = weights(rng), pairs(rng)
    outlines = each("mapped", [OUTLINE] * CASES, w, b, [1] * CASES)
    near(each("area", outlines), determinant(w), 1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_the_area_that_relu_leaves_is_that_of_the_points_it_does_not_move(compute, seed):
    """Of many points spread evenly over the square, count those with no negative coordinate."""
    rng = np.random.default_rng(seed)
    w, b = rng.uniform(-2, 2, (2, 2)), rng.uniform(-1, 1, 2)
    side = (np.arange(1000) + 0.5) / 1000
    points = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    kept = np.all(points @ w + b >= 0, axis=1).mean() * abs(np.linalg.det(w))
    left = compute("dense_plane", "area", compute("dense_plane", "mapped", OUTLINE, w, b, 0))
    assert abs(left) == pytest.approx(kept, abs=0.01)


@pytest.mark.parametrize("name", ["rotation", "mirror"])
@a_thousand_cases
def test_rotation_and_mirror_keep_lengths(each, presets, name, rng):
    points = pairs(rng)
    moved = each("image", points, [presets[name]["weights"]] * CASES, [[0, 0]] * CASES)
    near(np.linalg.norm(moved, axis=1), np.linalg.norm(points, axis=1))


def test_presets_do_what_their_names_say(presets):
    determinants = {name: np.linalg.det(preset["weights"]) for name, preset in presets.items()}
    assert determinants["rotation"] == pytest.approx(1)
    assert determinants["shear"] == pytest.approx(1)
    assert determinants["mirror"] == pytest.approx(-1)
    assert determinants["projection"] == pytest.approx(0)
    np.testing.assert_array_equal(presets["identity"]["weights"], np.eye(2))
    turn = np.array(presets["rotation"]["weights"])
    assert math.degrees(math.atan2(*turn[0][::-1])) == pytest.approx(30)
    assert all(any(p["bias"]) == (n in ("translation", "layer")) for n, p in presets.items())


@pytest.fixture(scope="module")
def presets(in_chromium):
    """From Chromium: a sine's last bit is each engine's own."""
    return in_chromium("dense_plane", "m.PRESETS")


@a_thousand_cases
def test_an_arrow_key_moves_the_point_by_a_tenth_and_not_out_of_range(each, rng):
    points = pairs(rng)
    moves = {"ArrowLeft": (-0.1, 0), "ArrowRight": (0.1, 0), "ArrowUp": (0, 0.1),
             "ArrowDown": (0, -0.1)}  # fmt: skip
    for key, move in moves.items():
        came = [moved["point"] for moved in each("step", points, [key] * CASES)]
        near(came, np.clip(points + move, -2, 2), 0.05 + 1e-9)  # to one decimal
    assert all(moved is None for moved in each("step", points, ["x"] * CASES))


@pytest.mark.parametrize(
    ("w", "kind"),
    [
        ([[0, 0], [0, 0]], "point"),
        ([[0.3, 0.1], [0.6, 0.2]], "line"),  # 0.3 * 0.2 - 0.1 * 0.6 is not 0 in floats
        ([[1e-7, 0], [0, 1e-7]], "thin"),
        ([[1, 0], [0, 1e-5]], "thin"),
        ([[1, 0], [0, 1]], "kept"),
        ([[0, 1], [1, 0]], "turned"),
    ],
)
def test_flat_means_flat_and_not_merely_small(w, kind, compute):
    assert compute("dense_plane", "effect", w) == kind
    assert (np.linalg.matrix_rank(w, tol=1e-12) < 2) == (kind in ("point", "line"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "relu leaves all of that area."),
        ({"bias": [-2, 0]}, "relu presses all of it onto the axes."),
        ({"bias": [-0.5, 0]}, "relu leaves 0.5 of that area and presses the rest onto the axes."),
        ({"weights": [[1, -1], [1, -1]]}, "relu moves whatever is negative onto the axes."),
    ],
)
def test_what_relu_takes_away_is_said_and_nothing_else(options, words):
    assert words in explorables.DensePlane(relu=True, **options).describe()
    assert "relu leaves" not in explorables.DensePlane(**options).describe()


@a_thousand_cases
def test_square_and_point_fit_into_plots_of_one_scale(each, rng):
    """The grid may stick out: what matters fills the plots."""
    w, b, points = weights(rng), pairs(rng), pairs(rng)
    states = [state | {"point": point} for state, point in zip(layers(w, b), points, strict=True)]
    sizes = each("half", states)
    outlines = np.broadcast_to(OUTLINE, (CASES, 5, 2))
    places = images(np.concatenate([outlines, points[:, None]], axis=1), w, b)
    reach = np.maximum(2, np.abs(places).max(axis=(1, 2)))
    assert ((reach <= sizes) & (sizes <= np.maximum(2.5, 1.6 * reach))).all()


@pytest.mark.parametrize("bends", [True, False])
@a_thousand_cases
def test_before_turns_into_after_by_the_weights_then_the_bias_then_relu(each, bends, rng):
    w, b, time = weights(rng), pairs(rng), floats(rng, 0, 3)
    states = [state | {"relu": bends} for state in layers(w, b)]
    came = each("stage", states, time)
    turned, shifted, folded = (np.clip(time - n, 0, 1) for n in range(3))
    share = turned[:, None, None]
    near([stage["weights"] for stage in came], (1 - share) * np.eye(2) + share * w)
    near([stage["bias"] for stage in came], shifted[:, None] * b)
    leak = 1 - folded if bends else np.ones(CASES)
    np.testing.assert_array_equal([stage["leak"] for stage in came], leak)


@a_thousand_cases
def test_the_tip_nearest_to_the_hand_goes_with_it(each, rng):
    w, b, starts, ends = weights(rng), pairs(rng), pairs(rng), pairs(rng)
    ends = np.where(integers(rng, 0, 9)[:, None] == 0, starts, ends)  # some go nowhere
    came = each("pulled", layers(w, b), starts, ends)
    tips = np.concatenate([w, b[:, None]], axis=1)
    far = np.linalg.norm(tips + [[1], [1], [0]] * b[:, None] - starts[:, None], axis=2)
    for before, away, by, new in zip(tips, far, ends - starts, came, strict=True):
        got = [*new.get("weights", before[:2]), new.get("bias", before[2])]
        moved = np.clip(before + np.round(by, 1), -2, 2)
        nearest = np.eye(3)[away <= away.min() + 1e-9, :, None]  # of two at one place either may go
        after = np.where(nearest == 1, moved, before)
        distance = np.abs(after - got).max(axis=(1, 2)).min()
        assert distance <= 0.1 + 1e-9  # halves are rounded in two ways
        if not by.any():
            np.testing.assert_array_equal(got, before)


@pytest.mark.parametrize("k", [0, 1])
@a_thousand_cases
def test_what_is_shaded_are_the_points_that_relu_moves(each, k, rng):
    w, b = weights(rng), pairs(rng)
    corners = [[[-2, -2], [2, -2], [2, 2], [-2, 2]]] * CASES
    shaded = each("negative", corners, w, b, [k] * CASES)
    for polygon, weight, bias in zip(shaded, w[:, :, k], b[:, k], strict=True):
        if polygon:  # in the plot, and on no point of it is the coordinate positive
            assert (np.array(polygon) @ weight + bias).max() <= 1e-9
            assert np.abs(polygon).max() <= 2 + 1e-9
    parts = [shaded, each("negative", corners, -w, -b, [k] * CASES)]
    covered = sum(np.abs(each("area", half)) for half in parts)
    near(covered, np.where(w[:, :, k].any(axis=1) | (b[:, k] != 0), 16, 0), 1e-6)


def unfolded(show, *figures: explorables.DensePlane, **options) -> Page:
    """A page of figures with the relu that they have: alive, they begin without it."""
    page = show(*figures, **options)
    for figure, box in zip(figures, page.locator(".gears-figure").all(), strict=True):
        box.locator("[name=relu]").set_checked(figure.relu)
    return page


def drawn(box, side, kind):
    """The places of a drawn path, read from the plot itself, y upwards."""
    outline = box.locator(f".{side} .{kind}").first.get_attribute("points")
    return [(x, -y) for x, y in (map(float, corner.split(",")) for corner in outline.split())]


def test_no_number_of_an_axis_touches_the_name_of_an_arrow(show):
    figures = [explorables.DensePlane(**options) for options in LAYERS.values()]
    figures.append(explorables.DensePlane(weights=[[1, 1.4], [-1, 1]], bias=[-2, -1.3]))
    for reach in (2, 4, 5, 6, 8, 10):  # one for each size of the plots
        stretch, bias = min(reach / 4, 2), max(reach - 8, 0)
        weights = [[stretch, 0], [stretch, 0]]
        figures.append(explorables.DensePlane(weights=weights, bias=[bias, 0]))
    for box in unfolded(show, *figures).locator(".gears-figure").all():
        assert box.locator(".before .name").count() == 2
        assert box.locator(".before .number").count() == 4
        for side in ("before", "after"):
            names, numbers = (
                [text.bounding_box() for text in box.locator(f".{side} .{kind}").all()]
                for kind in ("name", "number")
            )
            for one, other in itertools.product(names, numbers):
                gaps = [
                    max(one[at] - other[at] - other[size], other[at] - one[at] - one[size])
                    for at, size in (("x", "width"), ("y", "height"))
                ]
                assert max(gaps) >= 5, "they read as one"


def test_the_name_of_a_tip_is_beside_its_knob_where_a_hand_takes_it(show):
    middle = "all => all.map((one) => [one.x, one.y].map((of) => of.baseVal[0].value))"
    centre = "all => all.map((one) => [one.cx, one.cy].map((of) => of.baseVal.value))"
    for figure, box in every_layer(show):
        names = box.locator(".after .name").evaluate_all(middle)
        knobs = box.locator(".after .knob").evaluate_all(centre)
        scale = np.ptp([x for x, _ in drawn(box, "before", "square")])
        tips = [*(np.array(figure.weights) + figure.bias), np.array(figure.bias)]
        np.testing.assert_allclose(np.multiply(knobs, [1, -1]) / scale, tips, rtol=0, atol=5e-5)
        shift = "b + " if any(figure.bias) else ""  # the ring is where the image is, not the row
        rings = [f"{shift}W[0]", f"{shift}W[1]", "b"]
        said = box.locator(".after .name").all_text_contents()
        for name, text in zip(names, said, strict=True):
            assert math.dist(name, knobs[rings.index(text)]) < (42 if len(text) > 6 else 30)


def every_layer(show):
    """Every layer and the box that shows it, all on one page."""
    figures = [explorables.DensePlane(**options) for options in LAYERS.values()]
    return zip(figures, unfolded(show, *figures).locator(".gears-figure").all(), strict=True)


def test_the_drawn_areas_have_the_ratio_that_the_determinant_says(show):
    for figure, box in every_layer(show):
        expected = np.linalg.det(figure.weights)
        if figure.relu:
            bent = figure.call("mapped", OUTLINE, figure.weights, figure.bias, 0)
            expected = figure.call("area", bent)
        before, after = (
            figure.call("area", drawn(box, side, "square")) for side in ("before", "after")
        )
        assert after / before == pytest.approx(expected, abs=1e-4)


def test_what_is_drawn_are_the_images_of_the_grid_and_the_point(show):
    place = "([mark]) => { const { e, f } = mark.transform.baseVal[0].matrix; return [e, -f]; }"
    for figure, box in every_layer(show):
        w, b = np.array(figure.weights), np.array(figure.bias)
        last = relu if figure.relu else np.asarray
        scale = np.ptp([x for x, _ in drawn(box, "before", "square")])  # of one, in the plot
        followed = np.divide(box.locator(".after .followed").evaluate_all(place), scale)
        np.testing.assert_allclose(followed, last(figure.point @ w + b), rtol=0, atol=5e-5)

        line = np.divide(drawn(box, "after", "line"), scale)  # the first: from (-2, -2) to (-2, 2)
        ends = last(np.array([[-2, -2], [-2, 2]]) @ w + b)
        np.testing.assert_allclose(line[[0, -1]], ends, rtol=0, atol=5e-5)
        assert len(line) == 2 or figure.relu
        dashed = box.locator(".after .ghost").count()
        assert bool(dashed) == figure.relu


def test_the_layer_is_changed_by_keyboard_alone(show):
    page = show(explorables.DensePlane())
    page.keyboard.press("Tab")
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("The point (1.6, 1) goes to (1.6, 1).")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("The point (1.6, 0.9)")

    page.keyboard.press("Tab")
    expect(page.locator("[name=play]")).to_be_focused()
    page.keyboard.press("Tab")
    preset = page.locator("[name=preset]")
    expect(preset).to_be_focused()
    page.keyboard.type("mirror")
    expect(sentence(page)).to_contain_text("The determinant is -1")
    expect(sentence(page)).to_contain_text("turned over")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(sentence(page)).to_contain_text("goes to (-1.6, 0.9), and relu takes it to (0, 0.9).")
    expect(preset).to_have_value("")  # with relu it is no mirror
    expect(preset.locator("option:checked")).to_have_text("choose a map")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for name in ("weights.0.0", "weights.0.1", "weights.1.0", "weights.1.1",
                 "bias.0", "bias.1", "point.0", "point.1"):  # fmt: skip
        for kind in ("range", "number"):
            page.keyboard.press("Tab")
            expect(page.locator(f"[name='{name}'][type={kind}]")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("0.25")
    said = "(0.25, 0.25) and (0.25, 0.25), and everything moves by b = (0.25, 0.25)"
    expect(sentence(page)).to_contain_text(said)
    expect(sentence(page)).to_contain_text("The point (0.25, 0.25) goes to (0.375, 0.375).")


def test_a_slider_moves_its_number_by_a_tenth(show):
    page = show(explorables.DensePlane())
    page.locator("summary").click()
    page.locator("[name='weights.0.1'][type=range]").press("ArrowRight")
    expect(sentence(page)).to_contain_text("the rows of W, (1, 0.1) and (0, 1)")
    expect(page.locator("[name='weights.0.1'][type=number]")).to_have_value("0.1")


def test_a_field_takes_any_number_and_its_arrow_keys_go_by_tenths(show):
    page = show(explorables.DensePlane())
    page.locator("summary").click()
    field = page.locator("[name='bias.0'][type=number]")
    field.fill("0.123")
    expect(sentence(page)).to_contain_text("b = (0.123, 0)")
    field.fill("0.5")
    field.press("ArrowUp")
    expect(sentence(page)).to_contain_text("b = (0.6, 0)")


def test_every_preset_can_be_chosen_and_is_what_it_is_called_the_layer_alone_with_relu(
    show, presets
):
    page = show(explorables.DensePlane())
    for name, preset in presets.items():
        page.locator("[name=relu]").check()
        page.locator("[name=preset]").select_option(name)
        expect(page.locator("[name=preset]")).to_have_value(name)
        expect(page.locator("[name='weights.0.0'][type=number]")).to_have_value(
            f"{preset['weights'][0][0]:.4f}".rstrip("0").rstrip(".")
        )
        assert page.locator("[name=relu]").is_checked() == (name == "layer")
    page.locator("[name=relu]").uncheck()
    expect(page.locator("[name=preset]")).to_have_value("")
    page.locator("[name=preset]").select_option("rotation")
    expect(sentence(page)).to_contain_text("(0.866, 0.5) and (-0.5, 0.866). The determinant is 1:")


def test_a_number_that_cannot_be_goes_back_to_the_one_there_was(show):
    page = show(explorables.DensePlane(bias=[0.5, 0]))
    page.locator("summary").click()
    field = page.locator("[name='bias.0'][type=number]")
    for typed in ("", "3", "-2.5"):
        field.fill(typed)
        expect(sentence(page)).to_contain_text("b = (0.5, 0)")
        page.keyboard.press("Tab")
        expect(field).to_have_value("0.5")


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_put_the_point_where_they_are(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(explorables.DensePlane(), viewport={"width": 400, "height": 800}, **options)
    page.locator(".before svg").scroll_into_view_if_needed()
    box = page.locator(".before svg").bounding_box()
    place = box["x"] + box["width"] * (0.5 - 1 / 5), box["y"] + box["height"] / 2
    (page.touchscreen.tap if touch else page.mouse.click)(*place)
    expect(sentence(page)).to_contain_text("The point (-1, 0) goes to (-1, 0).")


def test_the_point_is_dragged_and_stays_in_its_range(show):
    page = show(explorables.DensePlane())
    box = page.locator(".before svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(sentence(page)).to_contain_text("The point (1.5, 1)")  # nothing is pressed yet
    page.mouse.down()
    page.mouse.move(box["x"] + 2 * box["width"], box["y"] - 50)
    expect(sentence(page)).to_contain_text("The point (2, 2)")
    page.mouse.up()


@pytest.mark.parametrize("touch", [False, True])
def test_the_tips_and_b_are_dragged_in_the_picture(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(explorables.DensePlane(), viewport={"width": 400, "height": 800}, **options)
    pad = page.locator(".after svg")
    send = page.context.new_cdp_session(page).send

    def at(x: float, y: float) -> tuple[float, float]:
        box = pad.bounding_box()
        return box["x"] + box["width"] * (0.5 + x / 5), box["y"] + box["height"] * (0.5 - y / 5)

    def pull(start: tuple, end: tuple) -> None:
        """Beside the tip, which goes as far as the hand; a finger first goes sideways."""
        places = [at(*start), at(start[0] + 0.4, start[1]), at(*end)]
        if touch:
            for kind, place in zip(("Start", "Move", "Move"), places, strict=True):
                points = [dict(zip("xy", place, strict=True))]
                send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
                two_frames(page)
            send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        else:
            page.mouse.move(*places[0])
            page.mouse.down()
            page.mouse.move(*places[2])
            page.mouse.up()

    pull((1.1, 0.1), (1.3, -0.3))
    expect(sentence(page)).to_contain_text("the rows of W, (1.2, -0.4) and (0, 1).")
    pull((0, 1), (-0.5, 1))
    expect(sentence(page)).to_contain_text("the rows of W, (1.2, -0.4) and (-0.5, 1).")
    pull((0, -0.1), (-0.3, 0.1))
    expect(sentence(page)).to_contain_text("b = (-0.3, 0.2)")


def test_a_preset_that_is_only_clicked_at_stays_as_it_is(show):
    page = show(explorables.DensePlane())
    page.locator("[name=preset]").select_option("rotation")
    page.locator(".after svg").click()
    expect(page.locator("[name=preset]")).to_have_value("rotation")


LAYER = {"weights": [[1, 0.5], [-1, 1]], "bias": [0.5, -0.5], "relu": True}


def test_a_layer_with_relu_begins_unfolded_and_says_where_a_hand_takes_it(show):
    figure = explorables.DensePlane(**LAYER)
    page = show(figure)
    relu, folded = page.locator("[name=relu]"), page.locator(".before .folded")
    expect(relu).not_to_be_checked()
    expect(page.locator(".topic")).to_have_text(
        ["before the layer: x", "after the layer: x @ W + b"]
    )
    expect(page.locator(".after .hint")).to_have_text("○ drag a ring: it sets W[0], W[1] or b")
    assert folded.count() == 0
    assert figure.describe() not in page.locator("output").inner_text()
    relu.check()
    assert folded.count() == 2
    expect(sentence(page)).to_have_text(figure.describe())


def test_before_turns_into_after_on_request_and_the_motion_ends(show):
    page = unfolded(show, explorables.DensePlane(**LAYER), clock=True)
    formula, play = page.locator(".after code"), page.locator("[name=play]")
    said, end = sentence(page).inner_text(), page.locator(".after svg").inner_html()
    play.click()
    expect(play).to_have_text("Stop")
    expect(formula).to_have_text("x")
    square = page.locator(".square")
    assert square.nth(0).get_attribute("points") == square.nth(1).get_attribute("points")
    for shown in ("x @ W", "x @ W + b", "relu(x @ W + b)"):
        page.clock.run_for(800)
        expect(formula).to_have_text(shown)
    expect(play).to_have_text("Play: before → after")
    assert page.locator(".after svg").inner_html() == end
    assert sentence(page).inner_text() == said


def test_a_change_ends_the_motion(show):
    page = unfolded(show, explorables.DensePlane(**LAYER), clock=True)
    page.locator("[name=play]").click()
    page.clock.run_for(300)
    page.locator("[name=relu]").uncheck()
    expect(page.locator("[name=play]")).to_have_text("Play: before → after")
    expect(page.locator(".after code")).to_have_text("x @ W + b")


def test_who_wants_no_motion_sees_whole_steps_only(show):
    page = unfolded(show, explorables.DensePlane(**LAYER), clock=True, reduced_motion="reduce")
    page.locator("[name=play]").click()
    for shown in ("x", "x @ W", "x @ W + b", "relu(x @ W + b)"):
        expect(page.locator(".after code")).to_have_text(shown)
        tip = page.locator(".after .knob").first
        if shown == "x @ W":
            before = [tip.get_attribute(name) for name in ("cx", "cy")]
            page.clock.run_for(900)
            assert [tip.get_attribute(name) for name in ("cx", "cy")] == before
            page.clock.run_for(100)
        else:
            page.clock.run_for(1000)


def test_a_finger_that_scrolls_the_page_leaves_the_point_alone(show):
    page = show(explorables.DensePlane())
    pad = page.locator(".before svg")
    touch = {"pointerType": "touch", "pointerId": 1, "button": 0, "clientX": 60, "clientY": 60}
    pad.evaluate("pad => { pad.setPointerCapture = () => {}; }")  # there is no such finger
    pad.dispatch_event("pointerdown", touch)
    pad.dispatch_event("pointercancel", touch)
    pad.dispatch_event("pointermove", touch)
    expect(sentence(page)).to_contain_text("The point (1.5, 1)")
    assert pad.evaluate("pad => getComputedStyle(pad).touchAction") == "pan-y"


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_sentence_and_no_preset_makes_the_page_jump(width, spoken, show):
    language.use(spoken)
    layers = [explorables.DensePlane(**options) for options in LAYERS.values()]
    page = unfolded(show, *layers, lang=spoken, viewport={"width": width, "height": 900})
    figures = page.locator(".gears-figure").all()
    assert len({round(figure.bounding_box()["height"]) for figure in figures}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    before, after = (svg.bounding_box() for svg in figures[0].locator("svg").all())
    assert (before["y"] == after["y"]) == (width == 1280)
    assert (before["x"] == after["x"]) == (width == 320)
    assert before["width"] == after["width"] == pytest.approx(before["height"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"weights": [[1, 0], [0, 3]]}, r"weights\[1\] is \[0,3\]: .* two numbers from -2 to 2"),
        ({"weights": [[1, 0]]}, r"weights is \[\[1,0\]\]: it must be two rows of two numbers"),
        ({"weights": 1}, "weights is 1: it must be two rows"),
        ({"bias": [0]}, r"bias is \[0\]: it must be two numbers from -2 to 2"),
        ({"bias": ["a", 0]}, r'bias is \["a",0\]: it must be two numbers'),
        ({"bias": ["1", "2"]}, r'bias is \["1","2"\]: it must be two numbers'),
        ({"bias": [True, 0]}, r"bias is \[true,0\]: it must be two numbers"),
        ({"weights": ["12", "11"]}, r'weights\[0\] is "12": it must be two numbers'),
        ({"point": [0, math.nan]}, r"point is \[0, nan\]: it must be made of finite numbers"),
        ({"relu": 1}, "relu is 1: it must be true or false"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.DensePlane(**options)


def test_arrays_are_taken_as_they_are():
    figure = explorables.DensePlane(weights=np.eye(2), bias=np.float32([0.5, 1]))
    assert (figure.weights, figure.bias) == ([[1, 0], [0, 1]], [0.5, 1])
