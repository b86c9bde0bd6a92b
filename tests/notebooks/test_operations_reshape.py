"""Section 2.3.4: the loops of the page do what NumPy does, on random arrays."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
import numpy as np

from randomness import examples
from tools.notebooks.cells import functions

PAGE = functions("03-operations/04-reshape", "imports", "naive-reshape", "naive-transpose")
many = examples(1000)
arrays = st_numpy.arrays(
    st.sampled_from(["uint8", "int64", "float32"]),
    st_numpy.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5),
)


@many
@given(arrays, st.data())
def test_the_naive_reshape_is_numpys(x, data):
    sides = [n for n in range(1, x.size + 1) if x.size % n == 0] or [0, 3]
    first = data.draw(st.sampled_from(sides))
    shape = (first, x.size // first if first else 7)
    if data.draw(st.booleans()):
        shape = (*shape[::-1], 1)
    came = PAGE["naive_reshape"](x, shape)
    np.testing.assert_array_equal(came, x.reshape(shape))
    assert came.dtype == x.dtype


@many
@given(
    st_numpy.arrays(
        "float64", st_numpy.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=6)
    )
)
def test_the_naive_transpose_is_numpys(x):
    np.testing.assert_array_equal(PAGE["naive_transpose"](x), x.T)


@many
@given(st.permutations(range(4)), st.tuples(*[st.integers(1, 4)] * 4))
def test_argsort_of_an_order_undoes_it(order, shape):
    x = np.arange(np.prod(shape)).reshape(shape)
    np.testing.assert_array_equal(x.transpose(order).transpose(np.argsort(order)), x)
