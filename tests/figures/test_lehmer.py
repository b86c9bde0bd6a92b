"""The random numbers that Python and a browser share: the same code draws them."""

from collections.abc import Iterator
from itertools import islice

from gearsbook import explorables
from gearsbook.explorables.lehmer import batches
import numpy as np
import pytest


def test_the_generator_is_the_one_of_the_cpp_standard():
    """`minstd_rand`, of which the standard states the 10,000th number."""
    drawn = explorables.Lehmer(0).uniform(0, 2**31 - 1, 10_000)
    assert round(drawn[-1]) == 399_268_537


def whole_numbers(seed: int) -> Iterator[int]:
    """What the generator draws, in Python's whole numbers, which have no limit."""
    state = seed + 1
    while True:
        state = state * 48_271 % (2**31 - 1)
        yield state


@pytest.mark.parametrize("seed", [0, 1, 77, 9999, 2**31 - 3])
def test_orders_and_numbers_are_made_of_what_is_drawn_one_after_the_other(seed):
    random, drawn = explorables.Lehmer(seed), whole_numbers(seed)
    for count in (1, 2, 300, 41):
        order = list(range(count))
        for at in range(count - 1, 0, -1):
            other = next(drawn) % (at + 1)
            order[at], order[other] = order[other], order[at]
        came = random.permutation(count)
        np.testing.assert_array_equal(came, order)
        assert came.dtype == np.int64
    parts = np.reshape([next(drawn) / (2**31 - 1) for _ in range(600)], (20, 30))
    np.testing.assert_array_equal(random.uniform(-0.3, 0.7, (20, 30)), -0.3 + (0.7 + 0.3) * parts)


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
