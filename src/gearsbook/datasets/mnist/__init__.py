"""MNIST, offline: the four original files lie beside this module, compressed.

Source: Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits".
README.md in this folder has provenance and licence; tools/data/mnist.py made the files and
reproduces them byte for byte.
"""

import gzip
from pathlib import Path

from gearsbook.datasets import checked
import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parent

SHA256 = {
    "train-images-idx3-ubyte": "5a611442d42975c21155bbbbbd7b0f7e575c016d8b8e751cf370e0a0941e9781",
    "train-labels-idx1-ubyte": "5e2cf60ada43ec7365ab979479772d097a52764017a4e740c1520730c972e2a8",
    "t10k-images-idx3-ubyte": "f4c4eca292961cd505f45a285f5c7e36bb9dbe401c5a80f5f7c174ec7b439c58",
    "t10k-labels-idx1-ubyte": "8b00438be63730a78c1fc1f5693479aa076325200472a9f9ad70cf0598c8d290",
}

Array = npt.NDArray[np.uint8]


def load_data() -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Load MNIST, as `keras.datasets.mnist.load_data()` does, without a network.

    Returns:
        `(x_train, y_train), (x_test, y_test)`, all uint8 and writable: images of shape
        (60000, 28, 28) and (10000, 28, 28) with 0 for background and 255 for full ink,
        labels 0 to 9 of shape (60000,) and (10000,).

    Raises:
        DataFileError: a file is missing, cut short or altered.
    """
    return (
        (_images("train-images-idx3-ubyte"), _labels("train-labels-idx1-ubyte")),
        (_images("t10k-images-idx3-ubyte"), _labels("t10k-labels-idx1-ubyte")),
    )


def _images(name: str) -> Array:
    header_bytes = 16  # magic number, count, height, width: four big-endian 32-bit integers
    return np.frombuffer(_content(name), np.uint8, offset=header_bytes).reshape(-1, 28, 28)


def _labels(name: str) -> Array:
    header_bytes = 8  # magic number, count
    return np.frombuffer(_content(name), np.uint8, offset=header_bytes)


def _content(name: str) -> bytearray:
    """The uncompressed bytes of a shipped file, verified; a bytearray, so arrays can write."""
    return bytearray(gzip.decompress(checked(FOLDER / f"{name}.gz", SHA256[name])))
