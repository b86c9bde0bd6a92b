"""Make the digits that a figure trains on in the browser: `python -m tools.data.digits`.

files/digits.bin holds, one byte a number, the first 2,000 training images of MNIST and their
labels, then the first 1,000 test images and their labels.
"""

from pathlib import Path

from gearsbook.datasets import mnist

FILE = Path(__file__).resolve().parents[2] / "src/gearsbook/explorables/files/digits.bin"
TRAINING, TEST = 2000, 1000


def digits() -> bytes:
    """The content of the file."""
    (x_train, y_train), (x_test, y_test) = mnist.load_data()
    parts = (x_train[:TRAINING], y_train[:TRAINING], x_test[:TEST], y_test[:TEST])
    return b"".join(part.tobytes() for part in parts)


if __name__ == "__main__":
    FILE.write_bytes(digits())
