"""Section 2.3.5: the page's maps are NumPy's products, rotation keeps lengths, area is det."""

from hypothesis import example, given
from hypothesis import strategies as st
import numpy as np
import pytest

from randomness import examples
from tools.notebooks.cells import functions

PAGE = functions(
    "03-operations/05-geometry",
    "imports",
    "rotation",
    "scaling",
    "shear",
    "apply",
    "compose",
    "area",
)
many = examples(1000)
seeds = st.integers(0, 2**32 - 1)
angles = st.floats(-100, 100)
factors = st.floats(-5, 5)
CLOSE = {"rtol": 0, "atol": 1e-12}  # some roundings in float64 of numbers up to 25


def some(seed: int, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.uniform(-3, 3, shape) for shape in shapes]


@many
@given(seeds)
def test_an_affine_map_is_numpys_product_and_sum_point_by_point(seed):
    points, weights, bias = some(seed, (7, 2), (2, 2), (2,))
    came = PAGE["apply"](points, weights, bias)
    for image, (x, y) in zip(came, points, strict=True):
        expected = [x * weights[0, k] + y * weights[1, k] + bias[k] for k in (0, 1)]
        np.testing.assert_allclose(image, expected, **CLOSE)


@many
@given(angles, seeds)
def test_a_rotation_keeps_lengths_and_turns_by_its_angle_to_the_left(angle, seed):
    (points,) = some(seed, (9, 2))
    turned = points @ PAGE["rotation"](angle)
    lengths = np.linalg.norm(points, axis=1)
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), lengths, **CLOSE)
    as_numbers = (points @ [1, 1j]) * np.exp(1j * angle)  # the same turn in the complex plane
    np.testing.assert_allclose(turned @ [1, 1j], as_numbers, **CLOSE)


@many
@given(factors, factors, seeds)
def test_scaling_and_shear_do_to_each_coordinate_what_they_say(across, up, seed):
    (points,) = some(seed, (5, 2))
    x, y = points.T
    scaled = points @ PAGE["scaling"](across, up)
    np.testing.assert_allclose(scaled, np.c_[across * x, up * y], **CLOSE)
    leaning = points @ PAGE["shear"](across)
    np.testing.assert_allclose(leaning, np.c_[x + across * y, y], **CLOSE)


@many
@given(seeds)
def test_the_area_changes_by_the_determinant_sign_included(seed):
    corners, weights, bias = some(seed, (6, 2), (2, 2), (2,))
    before, after = PAGE["area"](corners), PAGE["area"](PAGE["apply"](corners, weights, bias))
    expected = np.linalg.det(weights) * before
    assert after == pytest.approx(expected, rel=0, abs=1e-10)  # products up to 400, rounded


@pytest.mark.parametrize(("corners", "expected"), [
    ([[0, 0], [1, 0], [1, 1], [0, 1]], 1), ([[0, 0], [0, 1], [1, 1], [1, 0]], -1),
    ([[1, 1], [4, 1], [1, 3]], 3), ([[0, 0], [2, 0], [4, 0]], 0),
])  # fmt: skip
def test_the_area_of_known_shapes(corners, expected):
    assert PAGE["area"](np.array(corners)) == expected  # whole numbers: nothing is rounded


@many
@given(seeds)
def test_affine_after_affine_is_one_affine_map(seed):
    points, w1, b1, w2, b2 = some(seed, (8, 3), (3, 4), (4,), (4, 2), (2,))
    weights, bias = PAGE["compose"]((w1, b1), (w2, b2))
    assert weights.shape == (3, 2)
    twice = PAGE["apply"](PAGE["apply"](points, w1, b1), w2, b2)
    once = PAGE["apply"](points, weights, bias)
    np.testing.assert_allclose(once, twice, rtol=0, atol=1e-11)  # sums up to 400, rounded


@many
@given(seeds)
@example(2062280)  # a bend of 3e-6
def test_a_dense_layer_with_relu_is_affine_only_where_no_output_changes_its_sign(seed):
    """The middle of two images is the image of the middle, or relu cut between the two.

    Then it cuts off the smaller part: the middles are half of that apart, however little it is.
    """
    points, weights, bias = some(seed, (2, 2), (2, 2), (2,))
    straight = PAGE["apply"](points, weights, bias)
    images = np.maximum(straight, 0)
    middle = np.maximum(PAGE["apply"](points.mean(axis=0), weights, bias), 0)
    cut = np.where(straight.prod(axis=0) < 0, np.abs(straight).min(axis=0), 0)
    np.testing.assert_allclose(images.mean(axis=0) - middle, cut / 2, **CLOSE)
