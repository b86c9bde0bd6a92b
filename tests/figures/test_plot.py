"""Plots: places of a plane in a drawing, and back."""

from hypothesis import given
from hypothesis import strategies as st
import numpy as np

from randomness import examples

number = st.floats(-100, 100)
length = st.floats(0.1, 100)


@examples(1000)
@given(st.lists(number, min_size=6, max_size=6), st.lists(length, min_size=4, max_size=4))
def test_a_place_of_the_plane_is_found_in_the_drawing_and_back(evaluate, numbers, lengths):
    x, y, u, v, left, top = numbers
    x_range, y_range = [x, x + lengths[0]], [y, y + lengths[1]]
    box = [left, top, *lengths[2:]]
    to, back, corners = evaluate(
        "parts/plot",
        """(({ to, from }, [x, y]) =>
            [to(xs[3]), from(to(xs[3])), x.map((at, k) => to([at, y[k]]))])(m.plane(...xs), xs)""",
        [x_range, y_range, box, [u, v]],
    )
    np.testing.assert_allclose(back, [u, v], rtol=0, atol=1e-6)
    expected = [[left, top + lengths[3]], [left + lengths[2], top]]  # low is down
    np.testing.assert_allclose(corners, expected, rtol=0, atol=1e-9)
    assert np.isfinite(to).all()
