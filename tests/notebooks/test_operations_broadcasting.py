"""The functions of section 2.3.2 against NumPy, and what the page says of memory and of a loss."""

import math

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
import numpy as np
import pytest

from randomness import examples
from tools.notebooks.cells import functions

CELLS = ("imports", "naive-add-matrix-and-vector", "naive-broadcast-shape")
PAGE = functions("03-operations/02-broadcasting", *CELLS)
naive_add_matrix_and_vector = PAGE["naive_add_matrix_and_vector"]
naive_broadcast_shape = PAGE["naive_broadcast_shape"]

DTYPES = ("float16", "float32", "float64", "int8", "uint8", "int32", "int64", "uint64", "bool")
LENGTHS = st.integers(0, 5)
SHAPES = st.lists(LENGTHS, max_size=4).map(tuple)
# most random pairs do not fit: of these a pair is made by shortening one shape in places
FITTING = st.lists(st.tuples(LENGTHS, st.booleans(), st.booleans()), max_size=4).flatmap(
    lambda axes: st.tuples(
        st.just(tuple(1 if one else length for length, one, _ in axes)),
        st.integers(0, len(axes)).map(
            lambda start: tuple(1 if other else length for length, _, other in axes[start:])
        ),
    )
)
PAIRS = st.one_of(st.tuples(SHAPES, SHAPES), FITTING, FITTING.map(lambda pair: pair[::-1]))
thousand = examples(1000)


def shape_or_none(function, *shapes):
    try:
        return function(*shapes)
    except ValueError:
        return None


@thousand
@given(PAIRS)
def test_the_rule_gives_the_shape_that_numpy_gives_or_fails_where_numpy_fails(pair):
    expected = shape_or_none(np.broadcast_shapes, *pair)
    assert shape_or_none(naive_broadcast_shape, *pair) == expected


def test_on_ten_thousand_random_pairs_the_rule_is_that_of_numpy():
    rng = np.random.default_rng(1)
    fits = 0
    for _ in range(10_000):
        a, b = (
            tuple(rng.choice([0, 1, 1, 1, 2, 3], rng.integers(0, 5)).tolist()) for _ in range(2)
        )
        expected = shape_or_none(np.broadcast_shapes, a, b)
        assert shape_or_none(naive_broadcast_shape, a, b) == expected, (a, b)
        fits += expected is not None
    assert 3000 < fits < 9000  # both outcomes are tried


@thousand
@given(FITTING)
def test_shapes_that_fit_are_among_the_pairs_and_an_array_of_that_shape_comes_of_them(pair):
    a, b = pair
    assert (np.zeros(a) + np.zeros(b)).shape == naive_broadcast_shape(a, b)


@given(SHAPES, st.integers(2, 9))
def test_two_lengths_that_differ_are_named_if_neither_is_one(shape, length):
    with pytest.raises(ValueError, match=f"^{length} and {length + 1} differ, and neither is 1$"):
        naive_broadcast_shape((*shape, length), (length + 1,))


@thousand
@given(st.data(), LENGTHS, LENGTHS, st.sampled_from(DTYPES), st.sampled_from(DTYPES))
def test_the_loop_adds_a_vector_to_every_row_as_numpy_does(data, rows, columns, left, right):
    x = data.draw(arrays.arrays(left, (rows, columns)))
    y = data.draw(arrays.arrays(right, columns))
    before = x.tobytes(), y.tobytes()
    with np.errstate(all="ignore"):
        came, expected = naive_add_matrix_and_vector(x, y), x + y
    assert came.dtype == expected.dtype
    assert np.array_equal(came, expected, equal_nan=came.dtype.kind == "f")
    assert before == (x.tobytes(), y.tobytes())


@given(LENGTHS, LENGTHS, LENGTHS)
def test_the_loop_refuses_a_vector_that_does_not_have_one_entry_for_each_column(
    rows, columns, entries
):
    x, y = np.zeros((rows, columns)), np.zeros(entries)
    if entries != columns:
        with pytest.raises(ValueError, match="does not fit the rows"):
            naive_add_matrix_and_vector(x, y)


@thousand
@given(FITTING)
def test_a_stretched_axis_has_stride_zero_and_shares_the_memory(pair):
    result = naive_broadcast_shape(*pair)
    x = np.ones(pair[1])
    view = np.broadcast_to(x, result)
    padded = (1,) * (len(result) - x.ndim) + x.shape
    if math.prod(result):
        for stride, old, new in zip(view.strides, padded, result, strict=True):
            assert (stride == 0) == (old == 1) or new == 1
        assert np.shares_memory(view, x)
    assert not view.flags.writeable


@given(arrays.arrays("float64", st.integers(1, 50), elements=st.floats(-100, 100)))
def test_a_column_against_a_vector_punishes_the_perfect_answer_twice_as_much(targets):
    perfect = ((targets[:, None] - targets) ** 2).mean()
    constant = ((np.full((len(targets), 1), targets.mean()) - targets) ** 2).mean()
    close = {"rel": 0, "abs": 1e-9}  # squares up to 40,000 are rounded at 4e-12 each
    assert perfect == pytest.approx(2 * targets.var(), **close)
    assert constant == pytest.approx(targets.var(), **close)
