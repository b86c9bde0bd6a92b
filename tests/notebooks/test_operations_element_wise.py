"""The loops of section 2.3.1 against NumPy, and each difference that the page explains."""

import warnings

from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
import numpy as np
import pytest

from randomness import examples
from tools.notebooks.cells import functions

PAGE = functions("03-operations/01-element-wise", "naive-relu", "naive-add")
naive_relu, naive_add = PAGE["naive_relu"], PAGE["naive_add"]

FLOATS = ("float16", "float32", "float64")
INTEGERS = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
NUMBERS = FLOATS + INTEGERS
SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=5)
thousand = examples(1000)


def matrices(dtypes=NUMBERS, shape=SHAPES, **bounds):
    """Matrices with NaN, infinities, both zeros, and lengths of zero among them."""
    return st.sampled_from(dtypes).flatmap(
        lambda dtype: arrays.arrays(
            dtype, shape, elements=arrays.from_dtype(np.dtype(dtype), **bounds)
        )
    )


def pairs(left=NUMBERS, right=NUMBERS, **bounds):
    """Two matrices of one shape, each of a dtype of its own."""
    return SHAPES.flatmap(
        lambda shape: st.tuples(matrices(left, shape, **bounds), matrices(right, shape, **bounds))
    )


def equal(x, y):
    """Same dtype, shape and values; NaN equals NaN, and the two zeros each other."""
    return x.dtype == y.dtype and np.array_equal(x, y, equal_nan=x.dtype.kind == "f")


@pytest.fixture(autouse=True)
def quiet():
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@thousand
@given(matrices())
def test_the_loop_for_relu_agrees_with_numpy_on_every_number(x):
    before = x.copy()
    assert equal(naive_relu(x), np.maximum(x, 0))
    assert x.tobytes() == before.tobytes()


@thousand
@given(st.sampled_from((*NUMBERS, "bool")).flatmap(lambda dtype: pairs((dtype,), (dtype,))))
def test_the_loop_for_addition_agrees_with_numpy_where_both_have_one_dtype(pair):
    x, y = pair
    with np.errstate(all="ignore"):
        assert equal(naive_add(x, y), x + y)


@thousand
@given(pairs(INTEGERS, ("float64",), min_value=0, max_value=60))
def test_whole_numbers_with_floats_lose_their_decimals_in_the_loop_alone(pair):
    whole, parts = pair
    assert equal(naive_add(whole, parts), np.trunc(whole + parts).astype(whole.dtype))
    assert equal(naive_add(parts, whole), whole + parts)


@given(pairs())
def test_the_loop_keeps_the_dtype_of_its_first_matrix_and_numpy_finds_one_for_both(pair):
    x, y = pair
    assert (x + y).dtype == np.result_type(x, y)
    try:
        assert naive_add(x, y).dtype == x.dtype
    except (OverflowError, ValueError):  # the sum does not fit, or is NaN
        assert x.dtype.kind in "iu"


@given(matrices(("bool",)))
def test_relu_of_true_and_false_is_a_number_in_numpy_alone(mask):
    assert naive_relu(mask).dtype == bool
    assert np.maximum(mask, 0).dtype == np.int64
    assert np.array_equal(naive_relu(mask), np.maximum(mask, 0))


@thousand
@given(matrices(FLOATS))
def test_the_loop_keeps_negative_zero_and_no_other_sign(x):
    negative = np.signbit(x) & (x == 0)
    assert np.array_equal(np.signbit(naive_relu(x)) & ~np.isnan(x), negative)


@given(st.floats())
def test_the_first_argument_of_max_decides_about_nan(value):
    assert np.array_equal(max(value, 0), np.maximum(value, 0), equal_nan=True)
    assert np.array_equal(np.maximum(value, 0), np.maximum(0, value), equal_nan=True)
    assert np.isnan(max(value, 0)) == np.isnan(value)
    assert not np.isnan(max(0, value))


@given(pairs(("uint8",), ("uint8",)))
def test_the_loop_warns_of_every_kind_of_sum_that_wraps_around_and_numpy_of_none(pair):
    x, y = pair
    wraps = bool((x.astype("int64") + y > 255).any())
    with warnings.catch_warnings(record=True) as heard, np.errstate(all="warn"):
        warnings.simplefilter("always")
        assert equal(x + y, (x.astype("int64") + y).astype("uint8"))
        assert not heard
        naive_add(x, y)
        assert bool(heard) == wraps


@given(SHAPES, SHAPES)
def test_the_loop_reads_a_corner_of_a_larger_matrix_and_fails_on_a_smaller_one(shape, other):
    assume(shape != other and 0 not in shape)
    x, y = np.ones(shape), np.ones(other)
    if shape[0] <= other[0] and shape[1] <= other[1]:
        assert np.array_equal(naive_add(x, y), np.full(shape, 2))
    else:
        with pytest.raises(IndexError):
            naive_add(x, y)
