"""Section 2.3.3: the loops of the page do what NumPy does, on random arrays."""

from hypothesis import given
from hypothesis import strategies as st
import numpy as np
import pytest

from randomness import examples
from tools.notebooks.cells import functions

PAGE = functions(
    "03-operations/03-dot",
    "imports",
    "naive-vector-dot",
    "naive-matrix-vector-dot",
    "naive-matrix-dot",
)
many = examples(1000)
lengths = st.integers(0, 5)
seeds = st.integers(0, 2**32 - 1)
CLOSE = {"rtol": 0, "atol": 1e-12}  # sums of five products of a few units each, in float64


def some(seed: int, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    """Arrays of these shapes; whole numbers for even seeds, floats for odd ones."""
    rng = np.random.default_rng(seed)
    if seed % 2:
        return [rng.normal(size=shape) for shape in shapes]
    return [rng.integers(-99, 100, shape) for shape in shapes]


@many
@given(lengths, seeds)
def test_the_naive_dot_of_vectors_is_numpys(n, seed):
    x, y = some(seed, (n,), (n,))
    np.testing.assert_allclose(PAGE["naive_vector_dot"](x, y), x @ y, **CLOSE)


@many
@given(lengths, lengths, seeds)
def test_the_naive_product_with_a_vector_is_numpys(rows, columns, seed):
    x, y = some(seed, (rows, columns), (columns,))
    came = PAGE["naive_matrix_vector_dot"](x, y)
    np.testing.assert_allclose(came, x @ y, **CLOSE)
    assert came.dtype == (x @ y).dtype


@many
@given(lengths, lengths, lengths, seeds)
def test_the_naive_product_of_matrices_is_numpys(rows, inner, columns, seed):
    x, y = some(seed, (rows, inner), (inner, columns))
    came = PAGE["naive_matrix_dot"](x, y)
    np.testing.assert_allclose(came, x @ y, **CLOSE)
    assert came.shape == (rows, columns)
    assert came.dtype == (x @ y).dtype


@many
@given(lengths, lengths, lengths, lengths, seeds)
def test_what_numpy_refuses_the_loops_refuse_too(rows, inner, other, columns, seed):
    x, y = some(seed, (rows, inner), (other, columns))
    if inner == other:
        assert PAGE["naive_matrix_dot"](x, y).shape == (x @ y).shape
    else:
        for product in (PAGE["naive_matrix_dot"], np.matmul):
            with pytest.raises(ValueError, match=str(inner)):
                product(x, y)
        with pytest.raises(ValueError, match="differ"):
            PAGE["naive_vector_dot"](np.zeros(inner), np.zeros(other))
        for row in x[:1]:  # a matrix without rows has none that could not fit
            with pytest.raises(ValueError, match="differ"):
                PAGE["naive_matrix_vector_dot"](row[None], np.zeros(other))
