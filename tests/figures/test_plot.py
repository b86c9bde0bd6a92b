"""Plots: places of a plane in a drawing, and back."""

import numpy as np

from randomness import a_thousand_cases, floats


@a_thousand_cases
def test_a_place_of_the_plane_is_found_in_the_drawing_and_back(evaluate, rng):
    start, place, corner = (floats(rng, -100, 100, 2) for _ in range(3))
    length, size = (floats(rng, 0.1, 100, 2) for _ in range(2))
    ranges, boxes = np.stack([start, start + length], axis=2), np.hstack([corner, size])
    came = evaluate(
        "parts/plot",
        """xs.map(([[x, y], box, place]) => {
            const { to, from } = m.plane(x, y, box);
            return [to(place), from(to(place)), ...x.map((at, k) => to([at, y[k]]))];
        })""",
        list(zip(ranges, boxes, place, strict=True)),
    )
    to, back, low, high = np.swapaxes(came, 0, 1)
    np.testing.assert_allclose(back, place, rtol=0, atol=1e-6)
    np.testing.assert_allclose(low, corner + [0, 1] * size, rtol=0, atol=1e-9)  # low is down
    np.testing.assert_allclose(high, corner + [1, 0] * size, rtol=0, atol=1e-9)
    assert np.isfinite(to).all()
