"""The script that trains the network of section 2.5: how it rounds, and what it writes."""

from gearsbook.explorables import datafiles, draw_digit
import numpy as np
import pytest

from tools.data import recap

SHAPES = (784, 512), (512,), (512, 10), (10,)


@pytest.fixture
def arrays():
    rng = np.random.default_rng(0)
    return [rng.normal(size=shape).astype("float32") for shape in SHAPES]


def test_a_rounded_array_is_within_half_a_step_and_uses_the_whole_range(arrays):
    for array in arrays:
        scale, whole = recap.quantised(array)
        assert whole.dtype == np.int8
        assert np.abs(whole.astype(int)).max() == 127
        assert np.abs(scale * whole - array).max() <= scale * 0.501


def test_what_is_written_is_what_the_figure_reads(arrays, tmp_path, monkeypatch):
    file = tmp_path / "recap.bin"
    file.write_bytes(recap.as_bytes(arrays))
    monkeypatch.setattr(datafiles, "file", lambda _: file.read_bytes())
    for array, (scale, whole) in zip(arrays, draw_digit.network.__wrapped__(), strict=True):
        assert (scale, whole.shape) == (recap.quantised(array)[0], array.shape)
        np.testing.assert_array_equal(whole, recap.quantised(array)[1])


def test_the_stored_file_is_the_one_of_the_figure_and_whole():
    assert recap.FILE == datafiles.FILES / "recap.bin"
    assert recap.FILE.stat().st_size == 4 * 4 + 407_050
