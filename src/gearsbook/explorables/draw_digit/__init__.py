"""Draw a digit: what the network of section 2.5 sees of it, and what it answers.

The network takes 28 x 28 whole numbers from 0 to 255, as MNIST has them. Up to the hidden layer
everything is computed in whole numbers, so that every browser sees the same.
"""

from functools import cache
import json
from pathlib import Path

from gearsbook.explorables import datafiles
from gearsbook.explorables.figure import Figure, State
import numpy as np
import numpy.typing as npt
import traitlets

# Drawings to begin with: samples that are easy, hard ones, and one that is no digit. Their strokes
# are traced from test images of MNIST's.
SAMPLES = json.loads(Path(__file__).with_name("samples.json").read_text("utf-8"))
# How the network is stored: four scales, and whole numbers to multiply with them
STORED = np.dtype("4<f4, (784,512)i1, (512,)i1, (512,10)i1, (10,)i1")


class DrawDigit(Figure):
    """A pad, what the network sees of it, and what the network answers.

    Args:
        strokes: what is drawn, a list of strokes; each is x, y, x, y, ... from 0 to 280.
        prepared: whether the network gets the drawing prepared as MNIST's digits were.
    """

    strokes = State(SAMPLES[0]["strokes"])
    prepared = State(True)
    answers = traitlets.List(read_only=True).tag(sync=True)
    samples = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("answers")
    def _default_answers(self) -> list[list[int]]:
        module = datafiles.given("recap", self.module())
        return module.evaluate("m.answers(m.network(recap), xs)", self.strokes)

    @traitlets.observe("strokes")
    def _answer(self, _: object) -> None:
        self.set_trait("answers", self._default_answers())

    @traitlets.default("samples")
    def _default_samples(self) -> list[list[object]]:
        return [[sample[self.language], sample["strokes"]] for sample in SAMPLES]


# ---- For the page: 6,000 images at once, over which QuickJS would take a minute ---------------


@cache
def network() -> list[tuple[float, npt.NDArray[np.float64]]]:
    """Kernels and biases as they are stored: for each a scale, and whole numbers to multiply."""
    ((scales, *arrays),) = np.frombuffer(datafiles.file("recap"), STORED)
    return [
        (float(scale), array.astype(float)) for scale, array in zip(scales, arrays, strict=True)
    ]


def probabilities(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """What the network answers; images (n, 28, 28), answers (n, 10)."""
    (scale_1, kernel_1), (scale_2, bias_1), (scale_3, kernel_2), (scale_4, bias_2) = network()
    sums = images.reshape(-1, 784).astype(float) @ kernel_1  # whole numbers, so they are exact
    hidden = np.maximum(0, sums * (scale_1 / 255) + bias_1 * scale_2)
    scores = hidden @ kernel_2 * scale_3 + bias_2 * scale_4
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
