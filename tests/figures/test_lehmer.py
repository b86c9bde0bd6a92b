"""The random numbers that Python and a browser share."""

from itertools import islice

from gearsbook import explorables
from gearsbook.explorables.lehmer import batches
import numpy as np
import pytest


def test_the_generator_is_the_one_of_the_cpp_standard():
    """`minstd_rand`, of which the standard states the 10,000th number."""
    random = explorables.Lehmer(0)
    random.permutation(10_001)
    assert random._state == 399_268_537


@pytest.mark.parametrize("seed", [0, 1, 77, 9999, 2**31 - 3])
def test_the_browser_draws_what_python_draws(seed, evaluate):
    random = explorables.Lehmer(seed)
    orders = [random.permutation(count) for count in (1, 2, 300, 41)]
    numbers = random.uniform(-0.3, 0.7, (20, 30))
    in_browser = evaluate(
        "descent",
        "(() => { const random = new m.Lehmer(xs); return ["
        "[1, 2, 300, 41].map((count) => random.permutation(count)),"
        "[...random.uniform(-0.3, 0.7, 600)]]; })()",
        seed,
    )
    for order, theirs in zip(orders, in_browser[0], strict=True):
        np.testing.assert_array_equal(order, theirs)
        assert sorted(theirs) == list(range(len(theirs)))
    assert numbers.ravel().tolist() == in_browser[1]


def test_numbers_are_spread_evenly():
    numbers = explorables.Lehmer(7).uniform(-2, 3, 20_000)
    assert numbers.min() >= -2
    assert numbers.max() < 3
    assert np.abs(np.histogram(numbers, 10, (-2, 3))[0] - 2000).max() < 170  # four deviations


def test_an_epoch_takes_every_sample_once_and_orders_come_evenly():
    rows = batches(41, 8, explorables.Lehmer(3))
    epochs = [list(islice(rows, 6)) for _ in range(2)]
    assert [len(batch) for batch in epochs[0]] == [8, 8, 8, 8, 8, 1]
    for epoch in epochs:
        np.testing.assert_array_equal(np.sort(np.concatenate(epoch)), np.arange(41))
    random = explorables.Lehmer(0)
    first = np.bincount([random.permutation(5)[0] for _ in range(5000)])
    assert np.abs(first - 1000).max() < 120  # about four standard deviations
