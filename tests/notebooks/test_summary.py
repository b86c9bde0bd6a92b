"""Section 2.6: its program is short and derives its gradients rightly, its exercises hold."""

from gearsbook import practice
import numpy as np
import pytest

from gradient_check import central_differences, check_that_it_stays_finite, relative_error
from tools import notebooks
from tools.notebooks.cells import functions

PAGE = "06-summary"
PROGRAM = ("data", "prepare", "parameters", "forward", "loss", "gradients", "train", "evaluate")
CELLS = ("imports", "forward", "loss", "gradients")


def sources() -> dict[str, str]:
    return {c.id: c.source for c in notebooks.read(notebooks.NOTEBOOKS / f"en/{PAGE}.ipynb").cells}


def test_the_program_from_the_data_to_the_trained_network_has_fewer_than_forty_lines():
    assert sum(len(sources()[cell].splitlines()) for cell in PROGRAM) < 40


@pytest.fixture
def case():
    """Samples, labels and parameters."""
    rng = np.random.default_rng(2)
    parameters = [rng.normal(size=shape) for shape in ((25, 16), (16,), (16, 3), (3,))]
    return rng.normal(size=(7, 25)), rng.integers(0, 3, 7), parameters


def worst_error(page: dict, x, y, parameters) -> float:
    """The largest relative error among the gradients that a page's code gives."""
    errors = []
    for place, came in enumerate(page["gradients"](x, y, parameters)):

        def loss(changed, place=place):
            return page["loss"](x, y, [*parameters[:place], changed, *parameters[place + 1 :]])

        errors.append(relative_error(came, central_differences(loss, parameters[place])))
    return max(errors)


def test_the_pages_gradients_agree_with_central_differences(case):
    assert worst_error(functions(PAGE, *CELLS), *case) < 1e-6


def test_the_loss_of_a_network_that_is_sure_and_wrong_is_large_and_finite(case):
    check_that_it_stays_finite(functions(PAGE, *CELLS)["loss"], *case)


@pytest.mark.parametrize(
    "broken",
    [
        (" / len(y)", ""),
        ("np.exp(log_p) - np.eye(3)[y]", "np.eye(3)[y] - np.exp(log_p)"),
        ("(hidden > 0)", "(hidden >= 0)"),
        (" * (hidden > 0)", ""),
        ("hidden.T @ dlogits", "hidden.T @ np.exp(log_p)"),
        ("dz1.sum(axis=0)]", "dz1.mean(axis=0)]"),
        ("dlogits.sum(axis=0)]", "dlogits[0]]"),
        ("[x.T @ dz1", "[x.T @ (dlogits @ parameters[2].T)"),
    ],
    ids=lambda change: f"{change[0]} → {change[1]}",
)
def test_a_broken_gradient_is_caught(case, broken):
    assert worst_error(functions(PAGE, *CELLS, broken=broken), *case) > 1e-3


def test_the_gradient_through_tanh_agrees_with_central_differences():
    exercise = practice.EXERCISES["tanh_kernel_gradient"]
    for x, kernel, bias, slopes in exercise.cases(np.random.default_rng(3)):
        measured = central_differences(
            lambda changed, x=x, bias=bias, slopes=slopes: (
                np.tanh(x @ changed + bias) * slopes
            ).sum(),
            kernel,
        )
        assert relative_error(exercise.solution(x, kernel, bias, slopes), measured) < 1e-6


def test_the_epoch_steps_along_the_gradient_of_the_mean_square():
    exercise = practice.EXERCISES["after_one_epoch"]
    for weights, samples, targets, order, _, rate in exercise.cases(np.random.default_rng(3)):
        whole = exercise.solution(weights, samples, targets, order, len(samples), rate)
        slope = central_differences(
            lambda w, x=samples, y=targets: ((x @ w - y) ** 2).mean(), weights
        )
        assert relative_error((weights - whole) / rate, slope) < 1e-6


def test_the_given_loop_has_all_three_bugs_and_no_other():
    loop = sources()["mended-training-stub"].split("\n\n\n")[0]
    mends = [
        ("y = labels[start : start + batch_size]", "y = labels[order][start : start + batch_size]"),
        ("np.eye(len(bias))[y]\n", "np.eye(len(bias))[y]\n            slopes = slopes / len(y)\n"),
        ("+= rate *", "-= rate *"),
    ]
    said = []
    for old, new in [("", ""), *mends]:  # first as it is, then mended piece by piece
        loop = loop.replace(old, new) if old else loop
        namespace = {"np": np}
        exec(loop, namespace)
        said.append(repr(practice.check(namespace["mended_training"])))
    assert [text.partition("hint")[2].split()[:1] for text in said] == [
        ["All"], ["Two"], ["One"], []
    ]  # fmt: skip
    assert said[-1].startswith("✓")
