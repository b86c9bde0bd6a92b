"""gearsbook.datasets.mnist: Keras's result, from files that ship; clear words when they don't."""

from hashlib import md5
import shutil
import socket

from gearsbook import datasets
from gearsbook.datasets import mnist
from gearsbook.explorables import DigitTraining, datafiles, draw_digit
import numpy as np
import pytest

from tools.data import digits
from tools.data import mnist as make_mnist


@pytest.fixture(scope="module")
def data():
    return mnist.load_data()


def idx(array: np.ndarray) -> bytes:
    """An array in MNIST's original format: magic number, lengths of the axes, bytes."""
    magic = 0x0800 + array.ndim
    return np.array([magic, *array.shape], ">u4").tobytes() + array.tobytes()


def originals(data) -> dict[str, bytes]:
    """What the original files hold, by their names."""
    arrays = (idx(array) for pair in data for array in pair)
    return dict(zip(make_mnist.ORIGINAL_MD5, arrays, strict=True))


def test_result_has_the_shapes_and_dtypes_of_keras(data):
    (x_train, y_train), (x_test, y_test) = data
    assert (x_train.shape, y_train.shape) == ((60000, 28, 28), (60000,))
    assert (x_test.shape, y_test.shape) == ((10000, 28, 28), (10000,))
    assert {array.dtype for pair in data for array in pair} == {np.dtype("uint8")}
    assert all(array.flags.writeable for pair in data for array in pair)


def test_every_byte_is_that_of_the_original_files(data):
    sums = {
        name: md5(original, usedforsecurity=False).hexdigest()
        for name, original in originals(data).items()
    }
    assert sums == make_mnist.ORIGINAL_MD5


# All go through the same code. The 47 MB of training images take two minutes to compress, and the
# 8 MB of the others 20 seconds: before a release.
@pytest.mark.parametrize("name", [
    "train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte",
    pytest.param("t10k-images-idx3-ubyte", marks=pytest.mark.release),
])  # fmt: skip
def test_the_script_makes_the_shipped_files_byte_for_byte(data, name):
    packed = make_mnist.pack(name, originals(data)[name])
    assert packed == (mnist.FOLDER / f"{name}.gz").read_bytes()


def test_the_digits_of_the_figures_are_mnists():
    assert digits.FILE.read_bytes() == digits.digits()


def test_the_script_refuses_files_that_are_not_the_originals():
    with pytest.raises(ValueError, match=r"train-labels-idx1-ubyte has MD5 .*unpack"):
        make_mnist.pack("train-labels-idx1-ubyte", b"something else")


def test_loading_opens_no_connection(monkeypatch):
    def refuse(*_):
        raise AssertionError("load_data asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    mnist.load_data()


@pytest.fixture
def copied_files(tmp_path, monkeypatch):
    for name in mnist.SHA256:
        shutil.copy(mnist.FOLDER / f"{name}.gz", tmp_path)
    monkeypatch.setattr(mnist, "FOLDER", tmp_path)
    return tmp_path


def test_a_missing_file_is_named_with_the_way_out(copied_files):
    (copied_files / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(
        datasets.DataFileError, match=r"t10k-labels-idx1-ubyte.gz cannot be read .*git checkout"
    ):
        mnist.load_data()


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:100] + b"?" + b[101:], lambda b: b""]
)
def test_a_truncated_or_altered_file_is_named_with_both_sums(copied_files, damage):
    path = copied_files / "t10k-images-idx3-ubyte.gz"
    path.write_bytes(damage(path.read_bytes()))
    expected = mnist.SHA256[path.stem][:12]
    with pytest.raises(datasets.DataFileError, match=rf"is damaged .*expected {expected}.*README"):
        mnist.load_data()


@pytest.mark.parametrize(
    ("name", "load"),
    [
        ("digits", lambda: datafiles.given.__wrapped__("digits", DigitTraining.module())),
        ("recap", draw_digit.network.__wrapped__),
    ],
)
def test_a_figures_file_that_was_altered_is_not_computed_with(tmp_path, monkeypatch, name, load):
    content = bytearray((datafiles.FILES / f"{name}.bin").read_bytes())
    content[-1] ^= 1
    (tmp_path / f"{name}.bin").write_bytes(content)
    monkeypatch.setattr(datafiles, "FILES", tmp_path)
    with pytest.raises(datasets.DataFileError, match=rf"{name}.bin is damaged .*README"):
        load()
