"""Train the network of section 2.5 and store it for the figure in which readers draw.

    python -m tools.data.recap

The program is that of section 2.5.2, taken out of its page: seed 1, five epochs, RMSprop. Each
of the four arrays is then rounded to whole numbers from -127 to 127 and a scale. Takes half a
minute and gives the same bytes on every x86-64 machine with AVX2: one thread, since the order in
which products are added up matters to the last bit, and the same machine instructions everywhere.
"""

import contextlib
import io
import os
from pathlib import Path
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

from tools.notebooks import cells

FILE = Path(__file__).resolve().parents[2] / "src/gearsbook/explorables/files/recap.bin"
PAGE = "05-recap/02-numpy-from-scratch"
CELLS = ("imports", "data", "start", "forward", "loss", "untrained", "rmsprop", "epoch", "views",
         "fast-backward", "fast-rmsprop", "fast-epoch", "fresh")  # fmt: skip
EPOCHS = 5
SAME_EVERYWHERE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_CORETYPE": "Haswell",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def quantised(array: npt.NDArray[np.float32]) -> tuple[np.float32, npt.NDArray[np.int8]]:
    """A scale and whole numbers whose product is the array, to within half a scale."""
    scale = np.float32(np.abs(array).max() / 127)
    return scale, np.rint(array / scale).astype("int8")


def as_bytes(weights: list[npt.NDArray[np.float32]]) -> bytes:
    """Four scales, little-endian float32, and then the four arrays, int8, row after row."""
    scales, whole = zip(*map(quantised, weights), strict=True)
    return np.array(scales, "<f4").tobytes() + b"".join(array.tobytes() for array in whole)


def trained(page: dict[str, Any]) -> list[npt.NDArray[np.float32]]:
    """The four arrays after five epochs of the page's program."""
    _, _, flat, s = page["fresh"]()
    for _ in range(EPOCHS):
        order = page["rng"].permutation(60000)
        page["fast_epoch"](flat, s, page["x_train"], page["train_labels"], order)
    arrays: list[npt.NDArray[np.float32]] = page["views"](flat)
    return arrays


def main() -> None:
    """Train, say how good the network is before and after rounding, and write the file."""
    if any(os.environ.get(name) != value for name, value in SAME_EVERYWHERE.items()):
        # NumPy has read its settings by now: start again with ours
        os.execve(
            sys.executable, [sys.executable, "-m", "tools.data.recap"], os.environ | SAME_EVERYWHERE
        )
    with contextlib.redirect_stdout(io.StringIO()):  # the page's cells print, too
        page = cells.functions(PAGE, *CELLS)
    weights = trained(page)
    content = as_bytes(weights)
    rounded = [scale * whole for scale, whole in map(quantised, weights)]
    for name, arrays in (("float32", weights), ("int8", rounded)):
        print(f"{name:8}{page['accuracy'](arrays):.4f} of the test images")
    temporary = FILE.with_suffix(".part")
    temporary.write_bytes(content)
    temporary.replace(FILE)
    print(f"{FILE.name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
