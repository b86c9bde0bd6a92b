"""The dense layer in the plane: its maps, bends and areas are NumPy's, and every way to use it."""

import math

from gears import explorables, language
from gears.explorables import dense_plane
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
from playwright.sync_api import expect
import pytest

from browsing import violations
from figures import FIGURES, random_inputs, sentence

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
    "many decimals": {"weights": [[1 / 3, 2 / 3], [-1e-5, 1 / 7]], "bias": [1e-9, -1 / 9]},
}

value = st.floats(-2, 2)
pair = st.tuples(value, value)
weights = st.tuples(pair, pair)


def relu(points):
    return np.maximum(points, 0)


@random_inputs
@given(pair, weights, pair)
def test_an_image_is_that_of_numpy(compute, point, w, b):
    expected = np.array(point) @ np.array(w) + b
    came = compute("dense_plane", "image", point, w, b)
    np.testing.assert_allclose(came, expected, atol=1e-12)
    np.testing.assert_allclose(dense_plane.image(point, w, b), expected, atol=1e-12)
    np.testing.assert_array_equal(compute("dense_plane", "relu", came), relu(came))


@random_inputs
@given(weights)
def test_the_determinant_is_that_of_numpy(compute, w):
    came = compute("dense_plane", "determinant", w)
    assert came == pytest.approx(np.linalg.det(w), abs=1e-9)


@random_inputs
@given(pair, pair, weights, pair)
def test_relu_bends_a_line_exactly_where_a_sign_changes(compute, start, end, w, b):
    """Points along the line, sent through NumPy's layer, all lie on the bent path."""
    bent = np.array(compute("dense_plane", "mapped", [start, end], w, b, True))
    along = np.linspace(start, end, 23)
    images = relu(along @ np.array(w) + b)
    np.testing.assert_allclose(bent[[0, -1]], images[[0, -1]], atol=1e-12)
    ways = np.linalg.norm(np.diff(bent, axis=0), axis=1)
    for point in images:
        detours = [
            np.linalg.norm(p - point) + np.linalg.norm(q - point) - way
            for p, q, way in zip(bent, bent[1:], ways, strict=False)
        ]
        assert min(detours) < 1e-6


@random_inputs
@given(st.lists(pair, min_size=2, max_size=6), weights, pair)
def test_without_relu_corners_go_to_corners(compute, path, w, b):
    came = compute("dense_plane", "mapped", path, w, b, False)
    np.testing.assert_allclose(came, np.array(path) @ np.array(w) + b, atol=1e-12)


@random_inputs
@given(weights, pair)
def test_the_square_gets_the_area_that_the_determinant_says(compute, w, b):
    outline = compute("dense_plane", "mapped", dense_plane.SQUARE, w, b, False)
    came = compute("dense_plane", "area", outline)
    assert came == pytest.approx(np.linalg.det(w), abs=1e-9)


@random_inputs
@given(weights, pair)
def test_python_and_the_page_leave_the_same_area_to_relu(compute, w, b):
    closed = [*dense_plane.SQUARE, dense_plane.SQUARE[0]]
    came = compute("dense_plane", "area", compute("dense_plane", "mapped", closed, w, b, True))
    ours = dense_plane.area(dense_plane.folded(dense_plane.SQUARE, w, b))
    assert came == pytest.approx(ours, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_the_area_that_relu_leaves_is_that_of_the_points_it_does_not_move(seed):
    """Of many points spread evenly over the square, count those with no negative coordinate."""
    rng = np.random.default_rng(seed)
    w, b = rng.uniform(-2, 2, (2, 2)), rng.uniform(-1, 1, 2)
    side = (np.arange(1000) + 0.5) / 1000
    points = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    kept = np.all(points @ w + b >= 0, axis=1).mean() * abs(np.linalg.det(w))
    left = abs(dense_plane.area(dense_plane.folded(dense_plane.SQUARE, w.tolist(), b.tolist())))
    assert left == pytest.approx(kept, abs=0.01)


@random_inputs
@given(pair, st.sampled_from(["rotation", "mirror"]))
def test_rotation_and_mirror_keep_lengths(compute, presets, point, name):
    moved = compute("dense_plane", "image", point, presets[name]["weights"], [0, 0])
    assert np.linalg.norm(moved) == pytest.approx(np.linalg.norm(point), abs=1e-12)


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
def presets(workshop, chromium):
    page = chromium.new_page()
    page.goto(f"{workshop[1]}/style.css")
    yield page.evaluate("async () => (await import('/dense_plane.js')).PRESETS")
    page.close()


@random_inputs
@given(st.one_of(st.floats(-20, 20), st.integers(-20, 20)))
def test_numbers_are_written_as_python_writes_them(compute, number):
    assert compute("dense_plane", "shown", number) == dense_plane._number(number)


@random_inputs
@given(pair, st.sampled_from(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "x"]))
def test_an_arrow_key_moves_the_point_by_a_tenth_and_not_out_of_range(compute, point, key):
    moves = {"ArrowLeft": (-0.1, 0), "ArrowRight": (0.1, 0), "ArrowUp": (0, 0.1),
             "ArrowDown": (0, -0.1)}  # fmt: skip
    came = compute("dense_plane", "step", point, key)
    if key not in moves:
        assert came is None
    else:
        expected = np.clip(np.add(point, moves[key]), -2, 2)
        np.testing.assert_allclose(came, expected, atol=0.05 + 1e-9)  # to one decimal


@pytest.mark.parametrize("options", LAYERS.values(), ids=LAYERS)
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_python_and_the_page_say_the_same(options, spoken, show):
    language.use(spoken)
    figure = explorables.DensePlane(**options)
    page = show(figure, lang=spoken)
    assert sentence(page).inner_text() == figure.describe()
    assert page.watch.problems == []


@pytest.mark.parametrize("options", LAYERS.values(), ids=LAYERS)
def test_what_is_drawn_are_the_images_of_the_square_and_the_ring(options, show):
    figure = explorables.DensePlane(**options)
    page = show(figure)
    w, b = np.array(figure.weights), np.array(figure.bias)
    last = relu if figure.relu else np.asarray
    angles = np.arange(16) * np.pi / 8
    ring = 1.6 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    places = "dots => dots.map(dot => [+dot.getAttribute('cx'), -dot.getAttribute('cy')])"
    drawn = page.locator(".after .ring circle").evaluate_all(places)
    np.testing.assert_allclose(drawn, last(ring @ w + b), atol=1e-9)

    outline = page.locator(".after .square").get_attribute("points")
    corners = [tuple(map(float, corner.split(","))) for corner in outline.split()]
    turned = abs(dense_plane.area([(x, -y) for x, y in corners]))
    if not figure.relu:
        assert turned == pytest.approx(abs(np.linalg.det(w)), abs=1e-3)
    else:
        left = dense_plane.area(dense_plane.folded(dense_plane.SQUARE, w.tolist(), b.tolist()))
        assert turned == pytest.approx(abs(left), abs=1e-3)


def test_the_layer_is_changed_by_keyboard_alone(show):
    page = show(explorables.DensePlane())
    page.keyboard.press("Tab")
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("The point (1.6, 1) goes to (1.6, 1).")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("The point (1.6, 0.9)")

    page.keyboard.press("Tab")
    preset = page.locator("[name=preset]")
    expect(preset).to_be_focused()
    page.keyboard.type("mirror")
    expect(sentence(page)).to_contain_text("The determinant is -1")
    expect(sentence(page)).to_contain_text("turned over")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(sentence(page)).to_contain_text("goes to (-1.6, 0.9), and relu takes it to (0, 0.9).")
    expect(preset).to_have_value("")

    for name in ("weights,0,0", "weights,0,1", "weights,1,0", "weights,1,1",
                 "bias,0", "bias,1", "point,0", "point,1"):  # fmt: skip
        for kind in ("range", "number"):
            page.keyboard.press("Tab")
            expect(page.locator(f"[data-of='{name}'][type={kind}]")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("0.25")
    said = "(0.25, 0.25) and (0.25, 0.25), and everything moves by b = (0.25, 0.25)"
    expect(sentence(page)).to_contain_text(said)
    expect(sentence(page)).to_contain_text("The point (0.25, 0.25) goes to (0.375, 0.375).")


def test_a_slider_moves_its_number_by_a_tenth(show):
    page = show(explorables.DensePlane())
    page.locator("[data-of='weights,0,1'][type=range]").press("ArrowRight")
    expect(sentence(page)).to_contain_text("the rows of W, (1, 0.1) and (0, 1)")
    expect(page.locator("[data-of='weights,0,1'][type=number]")).to_have_value("0.1")


@pytest.mark.parametrize("typed", ["", "3", "-2.5"])
def test_a_number_that_cannot_be_goes_back_to_the_one_there_was(typed, show):
    page = show(explorables.DensePlane(bias=[0.5, 0]))
    field = page.locator("[data-of='bias,0'][type=number]")
    field.fill(typed)
    expect(sentence(page)).to_contain_text("b = (0.5, 0)")
    page.keyboard.press("Tab")
    expect(field).to_have_value("0.5")


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_put_the_point_where_they_are(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(explorables.DensePlane(), viewport={"width": 400, "height": 800}, **options)
    box = page.locator(".before svg").bounding_box()
    place = box["x"] + box["width"] * (0.5 - 1 / 6), box["y"] + box["height"] / 2
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_is_accessible(scheme, width, show):
    figure = FIGURES["dense_plane"].make()
    page = show(figure, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, "main") == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"weights": [[1, 0], [0, 3]]}, r"weights\[1\] is \[0, 3\]: .* two numbers from -2 to 2"),
        ({"weights": [[1, 0]]}, r"weights is \[\[1, 0\]\]: it must be two rows of two numbers"),
        ({"weights": 1}, "weights is 1: it must be two rows"),
        ({"bias": [0]}, r"bias is \[0\]: it must be two numbers from -2 to 2"),
        ({"bias": ["a", 0]}, r"bias is \['a', 0\]: it must be two numbers"),
        ({"point": [0, math.nan]}, r"point is \[0, nan\]: it must be two numbers"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.DensePlane(**options)


def test_arrays_are_taken_as_they_are():
    figure = explorables.DensePlane(weights=np.eye(2), bias=np.float32([0.5, 1]))
    assert (figure.weights, figure.bias) == ([[1, 0], [0, 1]], [0.5, 1])
