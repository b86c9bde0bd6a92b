"""The engine: values go into JavaScript and come back as they are, and what is missing is named."""

import math

import dukpy
import numpy as np
import pytest

ODD = [math.nan, math.inf, -math.inf, -0.0, None, True, 2**53, 5e-324, "é\u2028'\"\\`${x}"]


@pytest.mark.parametrize("where", ["evaluate", "in_chromium"])
def test_what_json_does_not_know_goes_in_and_comes_back(where, request):
    evaluate = request.getfixturevalue(where)
    assert repr(evaluate("doubling", "xs", ODD)) == repr(ODD)
    for expression in ("undefined", "[undefined][0]", "null"):
        assert evaluate("doubling", expression) is None
    assert evaluate("doubling", "({ a: undefined, b: [undefined] })") == {"a": None, "b": [None]}
    assert evaluate("doubling", "[new Float64Array([0.1, 2]), new Uint8Array(2)]") == [
        [0.1, 2],
        [0, 0],
    ]


def test_arrays_of_numpy_go_in(evaluate):
    xs = {"a": np.arange(6.0).reshape(2, 3), "b": np.int64(3), "c": (np.float32(0.5), False)}
    expected = {"a": [[0, 1, 2], [3, 4, 5]], "b": 3, "c": [0.5, False]}
    assert evaluate("doubling", "xs", xs) == expected


def test_an_export_that_there_is_not_is_named_with_those_there_are(compute):
    with pytest.raises(dukpy.JSRuntimeError, match=r"there is no export triple, but .* double, "):
        compute("doubling", "triple", 3)
