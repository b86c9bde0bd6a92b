"""Section 2.3.6: what the page says of the wound sheet, its layers, its training and its limits."""

from itertools import pairwise
import math

from gearsbook import explorables
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
import pytest

from gradient_check import central_differences, relative_error
from randomness import examples
from tools.notebooks.cells import functions

NAME = "03-operations/06-learning-geometry"
CELLS = ("imports", "sheet", "flat-cut", "representations", "scores", "start", "gradients", "train")
PAGE = functions(NAME, *CELLS, "stretch", "trained")
POINTS, LABELS = PAGE["points"], PAGE["labels"]
STEPS = PAGE["steps"]  # the sheet and what the trained layers make of it


def a_network(seed: int, sizes: tuple[int, ...] = (3, 3, 3, 3, 1)) -> list:
    rng = np.random.default_rng(seed)
    return [
        (rng.normal(size=(inputs, units)), rng.normal(size=(1, units)))
        for inputs, units in pairwise(sizes)
    ]


def rates(parameters: list) -> np.ndarray:
    """Which share of the sheet each network of a stack has right."""
    return ((PAGE["scores"](POINTS, parameters)[..., 0] > 0) == LABELS).mean(axis=-1)


def slowly(points: np.ndarray, parameters: list) -> list[list[list[float]]]:
    """Point by point, unit by unit, what the formula says of every hidden layer."""
    steps = [points.tolist()]
    for weights, bias in parameters[:-1]:
        steps.append([
            [
                math.tanh(sum(x * weights[i, k] for i, x in enumerate(point)) + bias[0, k])
                for k in range(weights.shape[1])
            ]
            for point in steps[-1]
        ])  # fmt: skip
    return steps


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_the_representations_are_the_plain_formula_for_1_000_random_networks(start):
    for seed in range(start, start + 100):
        rng = np.random.default_rng(seed)
        sizes = (3, *rng.integers(1, 5, size=rng.integers(0, 4)), 1)
        points, parameters = rng.normal(size=(4, 3)), a_network(seed, sizes)
        came = PAGE["representations"](points, parameters)
        for layer, expected in zip(came, slowly(points, parameters), strict=True):
            np.testing.assert_allclose(layer, expected, rtol=0, atol=1e-12)  # all within ±1


def test_networks_side_by_side_are_computed_each_by_itself():
    many = PAGE["start"]((3, 4, 2, 1), range(5))
    together = PAGE["scores"](POINTS, many)
    for at, seed in enumerate(range(5)):
        alone = PAGE["scores"](POINTS, PAGE["start"]((3, 4, 2, 1), [seed]))
        np.testing.assert_allclose(together[at], alone[0], rtol=0, atol=1e-14)


def test_the_sheet_has_both_halves_and_lies_in_the_box():
    assert POINTS.shape == (360, 3)
    assert LABELS.tolist() == ([0] * 20 + [1] * 20) * 9
    assert np.abs(POINTS).max() <= 1


def test_before_training_and_before_any_layer_a_flat_cut_is_hardly_better_than_a_coin():
    assert 0.5 < PAGE["flat_cut"](POINTS) < 0.55


@examples(200)
@given(st.integers(0, 2**32 - 1))
def test_an_affine_map_changes_nothing_for_the_flat_cut(seed):
    rng = np.random.default_rng(seed)
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    weights = turn * rng.uniform(0.2, 5, size=3)
    mapped = POINTS @ weights + rng.normal(size=3)
    assert PAGE["flat_cut"](mapped) == PAGE["flat_cut"](POINTS)


def test_each_trained_layer_is_easier_to_cut_than_the_one_before_and_the_last_without_a_mistake():
    found = [PAGE["flat_cut"](step) for step in STEPS]
    assert found == sorted(found)
    assert found[1] > found[0] + 0.2
    assert found[-1] == rates(PAGE["network"]) == 1


def test_training_does_not_hang_on_last_digits_so_every_machine_finds_these_weights():
    """Errors as large as a thousand roundings move no weight by a millionth."""
    noise = 1e-13 * np.random.default_rng(0).normal(size=POINTS.shape)
    namespace = functions(NAME, *CELLS)
    namespace["points"] = POINTS * (1 + noise)
    again = namespace["train"](namespace["start"]((3, 3, 3, 3, 1), [1]))
    for here, there in zip(PAGE["network"], again, strict=True):
        for one, other in zip(here, there, strict=True):
            np.testing.assert_allclose(one, other, rtol=0, atol=1e-6)


def shown(figure, stage):
    """Where the figure draws the points after so many sixteenths of layers."""
    arguments = (figure.points, figure.layers, figure.activation, stage)
    return np.array(figure.call("representation", *arguments))


def test_the_figure_says_of_the_stored_network_what_the_page_prints():
    layers = [(weights[0], bias[0, 0]) for weights, bias in PAGE["network"]]
    figure = explorables.UnfoldingSheet(POINTS, LABELS, layers, columns=40)
    for layer, step in enumerate(STEPS):
        np.testing.assert_allclose(shown(figure, 16 * layer), step, rtol=0, atol=0.02)
        figure.stage = 16 * layer
        assert f"{round(360 * PAGE['flat_cut'](step))} of 360" in figure.describe()


def test_in_the_figure_the_affine_half_of_a_layer_leaves_the_count_and_the_bend_changes_it():
    layers = [(weights[0], bias[0, 0]) for weights, bias in PAGE["network"]]
    figure = explorables.UnfoldingSheet(POINTS, LABELS, layers, columns=40)
    count = [PAGE["flat_cut"](shown(figure, stage)) for stage in range(49)]
    for layer in range(3):
        assert len(set(count[16 * layer : 16 * layer + 9])) == 1
        assert count[16 * layer + 16] > count[16 * layer + 8]


def test_one_layer_reaches_less_than_three_and_two_units_less_than_three():
    one = rates(PAGE["train"](PAGE["start"]((3, 3, 1), range(3))))
    narrow = rates(PAGE["train"](PAGE["start"]((3, 2, 2, 1), range(3))))
    three = rates(PAGE["train"](PAGE["start"]((3, 3, 3, 3, 1), range(3))))
    assert (np.round(one, 2) == 0.9).all()
    assert (narrow < 0.92).all()
    assert 0.9 < three[0] < 1  # a start that stays short
    assert (three[1:] == 1).all()


def test_the_sheet_is_crushed_and_stretched_not_laid_flat():
    ratios = PAGE["edges"](STEPS[3]) / PAGE["edges"](STEPS[0])
    assert np.quantile(ratios, 0.1) < 0.01
    assert ratios.max() > 15
    apart = STEPS[3][LABELS == 1].mean(axis=0) - STEPS[3][LABELS == 0].mean(axis=0)
    assert np.linalg.norm(apart) > 0.5  # but the halves are apart


def test_edges_are_the_distances_of_neighbours():
    net = np.random.default_rng(0).normal(size=(9, 40, 3))
    came = PAGE["edges"](net.reshape(360, 3))
    assert came.shape == (9 * 39 + 8 * 40,)
    assert came[0] == pytest.approx(math.dist(net[0, 0], net[0, 1]), rel=1e-14)
    assert came[9 * 39] == pytest.approx(math.dist(net[0, 0], net[1, 0]), rel=1e-14)


def loss(parameters: list, points: np.ndarray, targets: np.ndarray) -> float:
    """What training makes small: the mean squared miss, and the pull on the weights."""
    misses = PAGE["scores"](points, parameters) - targets
    return (misses**2).mean() + 0.0005 * sum((weights**2).sum() for weights, _ in parameters)


def worst_error(page: dict, seed: int) -> float:
    """The largest relative error of the page's slopes, array by array."""
    rng = np.random.default_rng(seed)
    points, targets = rng.normal(size=(7, 3)), rng.choice([-1.0, 1.0], size=(7, 1))
    parameters = a_network(seed)
    arrays = [array for pair in parameters for array in pair]
    errors = []
    slopes = page["gradients"](parameters, points, targets)
    assert len(slopes) == len(arrays)
    for at, slope in enumerate(slopes):

        def with_this(array, at=at):
            changed = [*arrays[:at], array, *arrays[at + 1 :]]
            pairs = list(zip(changed[::2], changed[1::2], strict=True))
            return loss(pairs, points, targets)

        errors.append(relative_error(slope, central_differences(with_this, arrays[at])))
    return max(errors)


@pytest.mark.parametrize("seed", range(20))
def test_the_slopes_are_those_that_central_differences_measure(seed):
    assert worst_error(PAGE, seed) < 1e-6


@pytest.mark.parametrize(
    "broken",
    [
        ("2 * (steps", "(steps"),
        ("- targets", "+ targets"),
        (" / len(points)", ""),
        (" + 0.001 * weights", ""),
        ("0.001 * weights", "0.002 * weights"),
        ("x.mT @ error", "x.mT @ abs(error)"),
        ("error.sum(axis=-2", "error.mean(axis=-2"),
        ("weights.mT * (1 - x**2)", "weights.mT"),
        ("1 - x**2", "1 - x"),
        ("1 - x**2", "1 + x**2"),
        ("error @ weights.mT", "error * weights.sum(axis=1)"),
    ],
    ids=lambda piece: " -> ".join(piece),
)
def test_slopes_computed_in_a_wrong_way_are_noticed(broken):
    mutant = functions(NAME, *CELLS, broken=broken)
    assert worst_error(mutant, seed=3) > 1e-4
