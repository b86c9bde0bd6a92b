"""The appendix on several machines: split gradients are whole ones, the ring ends with one sum."""

from gearsbook import explorables
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
import pytest

from gradient_check import central_differences, relative_error
from randomness import examples
from tools.notebooks.cells import functions

NAME = "07-scaling-out"
GRADIENT = ("imports", "network", "split")
SHAPES = ((20, 16), (16,), (16, 3), (3,))


def defined(*cells: str, broken: tuple[str, str] | None = None) -> dict:
    return functions(NAME, "imports", *cells, broken=broken)


PAGE = defined("network", "split", "ring", "step-time")


def network(samples: int, seed: int = 1):
    """Samples, labels, and parameters with biases other than zero, in float64."""
    rng = np.random.default_rng(seed)
    parameters = [rng.normal(size=shape) for shape in SHAPES]
    return rng.normal(size=(samples, 20)), rng.integers(0, 3, samples), parameters


def mean_loss(x, y, flat) -> float:
    ends = np.cumsum([np.prod(shape) for shape in SHAPES])[:-1]
    arrays = [a.reshape(s) for a, s in zip(np.split(flat, ends), SHAPES, strict=True)]
    _, probabilities = PAGE["forward"](x, arrays)
    return -np.log(probabilities[np.arange(len(y)), y]).mean()


def gradient_error(page: dict, samples: int, workers: int) -> float:
    """How far a page's split gradient is from the measured one of the whole batch."""
    x, y, parameters = network(samples)
    flat = np.concatenate([p.ravel() for p in parameters])
    measured = central_differences(lambda changed: mean_loss(x, y, changed), flat)
    return relative_error(page["split_gradient"](x, y, parameters, workers), measured)


@pytest.mark.parametrize(("samples", "workers"), [(12, 1), (12, 2), (12, 4), (12, 5), (3, 5)])
def test_the_split_gradient_is_the_measured_one_of_the_whole_batch(samples, workers):
    assert gradient_error(PAGE, samples, workers) < 1e-6


@pytest.mark.parametrize(("old", "new"), [
    ("sum(sums) / len(x)", "sum(sums)"),
    ("sum(sums) / len(x)", "sum(sums) / workers"),
    ("sum(sums) / len(x)", "np.mean(sums, axis=0) / len(shares[0])"),
    ("sum(sums) / len(x)", "np.mean([s / len(r) for s, r in zip(sums, shares)], axis=0)"),
    ("sum(sums) / len(x)", "sums[0] / len(shares[0])"),
    ("sum(sums) / len(x)", "sum(sums[:-1]) / len(x)"),
    ("parameters) for rows", "parameters) / len(rows) for rows"),
    ("x[rows], y[rows]", "x[rows], y[: len(rows)]"),
    (" - np.eye(3)[y]", ""),
    ("(hidden > 0)", "1"),
    ("x.T @ dz1", "x.T @ dz1 / len(x)"),
    ("dz1.sum(axis=0)", "dz1.mean(axis=0)"),
    ("hidden.T @ dlogits", "-hidden.T @ dlogits"),
    ("(*layer_1, *layer_2)", "(*layer_2, *layer_1)"),
])  # fmt: skip
def test_a_broken_split_gradient_is_caught(old, new):
    page = functions(NAME, *GRADIENT, broken=(old, new))
    assert gradient_error(page, samples=12, workers=5) > 1e-3


def ring_holds(ring, vectors: list[np.ndarray]) -> bool:
    """Everybody has the plain sum, to the last bit the same, and nobody's vector was changed."""
    before, plain = [vector.copy() for vector in vectors], sum(vectors)
    sums, sent = ring(vectors)
    workers, size = len(vectors), vectors[0].size
    # as many parts as workers, and all send each part but the one they keep, twice
    in_all = 2 * (workers - 1) * size * vectors[0].itemsize
    return (
        len(sums) == workers
        and all(own.shape == plain.shape and np.array_equal(own, sums[0]) for own in sums)
        and np.allclose(sums[0], plain, rtol=0, atol=1e-12)
        and sent == in_all // workers
        and all(map(np.array_equal, vectors, before))
    )


vectors_of_workers = st.tuples(st.integers(1, 9), st.integers(0, 40), st.integers(0, 10**6))


def drawn(case: tuple[int, int, int]) -> list[np.ndarray]:
    workers, size, seed = case
    return list(np.random.default_rng(seed).normal(size=(workers, size)))


@examples(300)
@given(vectors_of_workers)
def test_the_ring_leaves_the_plain_sum_with_everybody(case):
    assert ring_holds(PAGE["ring_all_reduce"], drawn(case))


@pytest.mark.parametrize(("old", "new"), [
    ("range(2 * (workers - 1))", "range(2 * (workers - 1) - 1)"),
    ("range(2 * (workers - 1))", "range(workers - 1)"),
    ("range(2 * (workers - 1))", "range(2 * workers)"),
    ("if step < workers - 1", "if step < workers"),
    ("if step < workers - 1", "if step < workers - 2"),
    ("(worker - step) % workers", "(worker + step) % workers"),
    ("(worker - step) % workers", "worker"),
    ("(worker + 1) % workers", "(worker + 2) % workers"),
    ("neighbour[part] = neighbour[part] + message", "neighbour[part] = message"),
    ("neighbour[part] = neighbour[part] + message", "neighbour[part] += message"),
    ("sent // workers", "sent"),
    ("message.nbytes", "message.size"),
])  # fmt: skip
def test_a_broken_ring_is_caught(old, new):
    ring = defined("ring", broken=(old, new))["ring_all_reduce"]
    cases = [(workers, 24, workers) for workers in (2, 3, 4, 5)]
    assert not all(ring_holds(ring, drawn(case)) for case in cases)


@pytest.mark.parametrize("batch", [1, 7, 32, 256, 4096])
@pytest.mark.parametrize("workers", range(1, 9))
def test_the_times_of_the_page_are_those_of_its_figure(workers, batch):
    shown = sum(explorables.SplitBatch(batch=batch).step_time(workers))
    assert PAGE["step_time"](workers, batch) == pytest.approx(shown, rel=1e-12)
