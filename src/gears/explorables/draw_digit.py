"""Draw a digit: what the network of section 2.5 sees of it, and what it answers.

The network takes 28 x 28 whole numbers from 0 to 255, as MNIST has them. Up to the hidden layer
everything is computed in whole numbers here and in the browser, so that both see the same.
"""

from functools import cache
import math

from gears.explorables import base
import numpy as np
import numpy.typing as npt
import traitlets

SIDE = 280  # the pad is a square of 280 by 280 places
PIXELS = 140  # and a picture of 140 by 140 pixels
PEN = 11  # half the width of a stroke, in places
EDGE = 2  # its ink fades from 2 places inside the rim to 2 places outside
SHAPES = ((784, 512), (512,), (512, 10), (10,))
CLOSE = 9000  # a winner with less, of 10,000, is said with the runner-up

SENTENCE = {
    "en": {
        "empty": "The pad is empty, so there is nothing to read. Draw a digit, or choose a sample.",
        "prepared": "Prepared as MNIST was made, the drawing is read as {}, "
        "with a probability of {} %.",
        "shrunk": "Merely shrunk to 28 × 28 pixels, the drawing is read as {}, "
        "with a probability of {} %.",
        "second": " The runner-up is {}, with {} %.",
        "other": " Prepared, the same drawing is read as {}, with {} %.",
        "share": "{}",
        "over": "over 99.9",
    },
    "zh": {
        "empty": "画板是空的，没有东西可认。画一个数字，或者选一个样例。",
        "prepared": "照 MNIST 的办法处理之后，这幅画认作 {}，概率{}%。",
        "shrunk": "只缩小到 28 × 28 像素，这幅画认作 {}，概率{}%。",
        "second": "其次是 {}，概率{}%。",
        "other": "同一幅画处理之后认作 {}，概率{}%。",
        "share": " {}",
        "over": "超过 99.9",
    },
}


# ---- From strokes to what the network sees ---------------------------------------------------


def picture(strokes: list[list[int]]) -> npt.NDArray[np.uint8]:
    """Strokes drawn with a round pen.

    Args:
        strokes: each is x, y, x, y, ... from 0 to 280, y downwards.

    Returns:
        shape (140, 140); 0 is paper, 255 is ink.
    """
    ink = np.zeros((PIXELS, PIXELS), "uint8")
    middles = 2 * np.arange(PIXELS) + 1.0
    for stroke in strokes:
        points = list(zip(stroke[::2], stroke[1::2], strict=True))
        for start, end in zip(points, points[1:] or points, strict=False):
            reach = PEN + EDGE
            near = tuple(
                np.abs(middles - (start[k] + end[k]) / 2) <= abs(start[k] - end[k]) / 2 + reach
                for k in (1, 0)
            )
            x, y = middles[near[1]], middles[near[0]][:, None]
            dx, dy = end[0] - start[0], end[1] - start[1]
            along = ((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy or 1)
            along = np.clip(along, 0, 1)
            off_x, off_y = x - start[0] - along * dx, y - start[1] - along * dy
            distance = np.sqrt(off_x * off_x + off_y * off_y)
            shade = np.clip((PEN + EDGE - distance) / (2 * EDGE), 0, 1)
            part = np.ix_(*near)
            ink[part] = np.maximum(ink[part], np.floor(255 * shade + 0.5).astype("uint8"))
    return ink


def overlaps(pixels: int, size: int, longest: int) -> npt.NDArray[np.int64]:
    """How much of each of so many pixels lies in each of `size` new ones; shape (size, pixels).

    The longest side of the picture fills the new ones. Whole numbers: a pixel is `size` long.
    """
    old, new = size * np.arange(pixels + 1), longest * np.arange(size + 1)[:, None]
    return np.maximum(0, np.minimum(old[1:], new[1:]) - np.maximum(old[:-1], new[:-1]))


def resize(image: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.uint8]:
    """A picture fitted into `size` by `size` pixels by area averaging, its aspect kept."""
    longest = max(image.shape)
    rows, columns = (overlaps(pixels, size, longest) for pixels in image.shape)
    mean = (rows @ image.astype("int64") @ columns.T) / longest**2
    return np.floor(mean + 0.5).astype("uint8")


def prepare(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """A picture prepared as MNIST's digits were: shape (28, 28).

    The box around the ink is scaled to 20 pixels on its longest side, and its centre of mass is
    moved to row 14 and column 14.

    Raises:
        ValueError: there is no ink.

    Source: the description of MNIST by LeCun, Cortes and Burges.
    """
    rows, columns = np.nonzero(image)
    if not rows.size:
        raise ValueError("the picture has no ink: there is nothing to prepare")
    small = resize(image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1], 20)
    top, left = (math.floor(middle + 14.5) for middle in centre(small))
    return np.pad(small, 28)[top : top + 28, left : left + 28]


def centre(image: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """Row and column of the centre of mass of a square picture with ink, counted from 0."""
    places, total = np.arange(len(image)), image.sum(dtype="int64")
    return places @ image.sum(axis=1) / total, image.sum(axis=0) @ places / total


# ---- The network -----------------------------------------------------------------------------


@cache
def network() -> list[tuple[float, npt.NDArray[np.float64]]]:
    """Kernels and biases as they are stored: for each a scale, and whole numbers to multiply."""
    content = base.file("recap")
    scales = np.frombuffer(content, "<f4", 4).astype(float)
    ends = np.cumsum([math.prod(shape) for shape in SHAPES])
    parts = np.split(np.frombuffer(content, "int8", offset=16).astype(float), ends[:-1])
    return [
        (float(scale), part.reshape(shape))
        for scale, part, shape in zip(scales, parts, SHAPES, strict=True)
    ]


def probabilities(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """What the network answers; images (n, 28, 28), answers (n, 10)."""
    (scale_1, kernel_1), (scale_2, bias_1), (scale_3, kernel_2), (scale_4, bias_2) = network()
    sums = images.reshape(-1, 784).astype(float) @ kernel_1  # whole numbers, so they are exact
    hidden = np.maximum(0, sums * (scale_1 / 255) + bias_1 * scale_2)
    scores = hidden @ kernel_2 * scale_3 + bias_2 * scale_4
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def answers(strokes: list[list[int]]) -> list[list[int]]:
    """Ten shares of 10,000 for the prepared drawing, and ten for the merely shrunk one.

    Both are empty if there is no stroke.
    """
    if not strokes:
        return [[], []]
    drawn = picture(strokes)
    shares = probabilities(np.stack([prepare(drawn), resize(drawn, 28)]))
    return np.floor(10_000 * shares + 0.5).astype(int).tolist()


def percent(share: int) -> str:
    """A share of 10,000 as a percentage with one decimal."""
    return f"{(share + 5) // 10 / 10:.1f}"


# ---- The figure ------------------------------------------------------------------------------


class Strokes(traitlets.List):
    """Lists of places x, y, x, y, ...; any sequences of whole numbers are taken.

    Raises:
        ValueError: a stroke is none; the message names it.
    """

    def validate(self, obj: base.Explorable, value: object) -> list[list[int]]:
        """The strokes as lists; traitlets calls this on every assignment."""
        if not isinstance(value, list | tuple):
            raise ValueError(f"{self.name} is {value!r}: it must be a list of strokes")
        return [self._stroke(number, stroke) for number, stroke in enumerate(value)]

    def _stroke(self, number: int, stroke: object) -> list[int]:
        places = np.asarray(stroke)
        is_whole = places.ndim == 1 and places.dtype.kind in "iu"
        if (
            not is_whole
            or not places.size
            or places.size % 2
            or np.any(places != places.clip(0, SIDE))
        ):
            raise ValueError(
                f"{self.name}[{number}] is {stroke!r}: it must be x, y, x, y, ... "
                f"in whole numbers from 0 to {SIDE}"
            )
        return places.tolist()


# Names and strokes, traced from test images 17, 1, 30, 6, 15, 84, 340, 965, 1681, 1232, 1941.
SAMPLES = [
    ({"en": "7, off centre", "zh": "7，偏在一边"}, [
        [45, 34, 52, 35, 71, 36, 84, 39, 99, 40, 125, 46, 130, 48, 134, 51, 138, 58, 139, 70,
         138, 76, 127, 98, 122, 106, 102, 131, 92, 147, 83, 158],
    ]),
    ({"en": "2, small", "zh": "2，很小"}, [
        [175, 32, 178, 28, 182, 25, 186, 22, 193, 21, 199, 20, 205, 21, 209, 24, 210, 29, 210,
         36, 207, 42, 203, 49, 192, 66, 187, 74, 180, 86, 179, 90, 179, 95, 179, 98, 181, 100,
         186, 103, 198, 103, 210, 104, 223, 103, 232, 101, 240, 101, 248, 99, 253, 99],
    ]),
    ({"en": "3, large", "zh": "3，很大"}, [
        [66, 28, 89, 19, 109, 15, 139, 16, 156, 20, 162, 23, 168, 30, 170, 43, 167, 58, 156, 88,
         155, 95, 157, 105, 161, 110, 167, 115, 201, 129, 208, 136, 214, 148, 214, 165, 211, 178,
         206, 188, 199, 197, 169, 222, 144, 238, 129, 247, 106, 256, 89, 265],
        [129, 98, 131, 95, 146, 95, 149, 98, 154, 95],
    ]),
    ({"en": "4, low on the right", "zh": "4，在右下角"}, [
        [157, 115, 146, 125, 138, 139, 133, 153, 132, 164, 134, 169, 138, 173, 155, 179, 163,
         180, 180, 180, 192, 178, 214, 176, 219, 174, 225, 168, 231, 161, 237, 149, 246, 137,
         253, 124, 260, 116],
        [214, 177, 208, 205, 197, 229, 192, 257, 193, 261, 195, 263, 201, 265, 211, 263, 223, 257],
    ]),
    ({"en": "5, low on the left", "zh": "5，在左下角"}, [
        [103, 131, 95, 131, 86, 132, 62, 139, 45, 142, 41, 144, 39, 146, 38, 151, 40, 164, 41,
         180, 38, 184, 30, 193],
        [42, 181, 66, 181, 82, 187, 103, 197, 112, 204, 126, 218, 129, 224, 130, 230, 127, 237,
         121, 246, 111, 251, 105, 254, 98, 256, 73, 260, 58, 261, 45, 260, 40, 259, 35, 257, 32,
         252, 31, 249],
    ]),
    ({"en": "8", "zh": "8"}, [
        [160, 40, 93, 74, 72, 91, 65, 102, 64, 115, 66, 120, 69, 124, 83, 131, 117, 142, 122,
         141, 126, 138, 136, 120, 164, 91, 194, 68, 209, 50, 216, 47],
        [111, 143, 108, 156, 106, 169, 106, 195, 110, 210, 116, 220, 124, 228, 134, 236, 147,
         240, 154, 239, 164, 236, 173, 230, 180, 223, 184, 216, 188, 205, 190, 197, 189, 184,
         182, 171, 169, 160, 156, 154, 134, 148, 125, 143],
    ]),
    ({"en": "hard: a 5", "zh": "难认的 5"}, [
        [176, 45, 167, 55, 152, 76, 147, 93, 146, 103, 149, 121, 152, 128, 172, 155, 188, 173,
         191, 179, 193, 187, 190, 200, 186, 207, 178, 214, 163, 223, 147, 229, 114, 235, 99, 234,
         87, 229],
    ]),
    ({"en": "hard: a 6", "zh": "难认的 6"}, [
        [173, 45, 138, 76, 132, 85, 125, 101, 117, 114, 109, 123, 92, 134, 83, 146, 77, 157, 66,
         188, 64, 199, 64, 215, 68, 223, 77, 231, 89, 235, 102, 233, 129, 225, 144, 219, 185,
         190, 195, 181, 210, 159, 215, 148, 216, 132, 214, 126, 211, 122, 203, 117, 173, 109,
         135, 109, 124, 106],
    ]),
    ({"en": "hard: a 3", "zh": "难认的 3"}, [
        [63, 81, 90, 60, 119, 47, 127, 45, 141, 45, 199, 49, 210, 55, 215, 61, 217, 67, 217, 78,
         212, 90, 204, 103, 188, 122, 183, 130, 178, 164, 174, 175, 121, 223, 108, 230, 98, 235],
        [181, 135, 179, 137, 168, 137, 166, 139],
    ]),
    ({"en": "hard: a 9", "zh": "难认的 9"}, [
        [142, 50, 122, 82, 111, 120, 110, 130, 109, 164, 110, 170, 113, 176, 120, 180, 132, 182,
         143, 181, 150, 176, 152, 171, 155, 155, 162, 137, 164, 115, 171, 86],
        [150, 179, 154, 189, 154, 199, 149, 230],
    ]),
    ({"en": "hard: a 7", "zh": "难认的 7"}, [
        [235, 51, 219, 49, 197, 51, 172, 57, 138, 62, 118, 68, 93, 74, 75, 80, 61, 89],
        [230, 51, 229, 62, 221, 76, 212, 87, 180, 115, 169, 134, 162, 139, 136, 145, 129, 149,
         124, 155, 117, 171, 110, 180, 89, 200, 71, 222, 61, 231],
        [127, 148, 122, 145, 115, 144, 86, 147, 61, 152, 45, 159],
    ]),
    ({"en": "a heart, no digit", "zh": "一颗心，不是数字"}, [
        [140, 108, 142, 101, 151, 84, 172, 71, 198, 72, 221, 88, 230, 114, 221, 141, 198, 167,
         172, 190, 151, 210, 142, 225, 140, 231, 138, 225, 129, 210, 108, 190, 82, 167, 59, 141,
         50, 114, 59, 88, 82, 72, 108, 71, 129, 84, 138, 101, 140, 108],
    ]),
]  # fmt: skip


class DrawDigit(base.Explorable):
    """A pad, what the network sees of it, and what the network answers.

    Args:
        strokes: what is drawn, a list of strokes; each is x, y, x, y, ... from 0 to 280.
        prepared: whether the network gets the drawing prepared as MNIST's digits were.
    """

    strokes = Strokes().tag(sync=True)
    prepared = traitlets.Bool(True).tag(sync=True)
    answers = traitlets.List(read_only=True).tag(sync=True)
    samples = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("strokes")
    def _default_strokes(self) -> list[list[int]]:
        return SAMPLES[0][1]

    @traitlets.default("answers")
    def _default_answers(self) -> list[list[int]]:
        return answers(self.strokes)

    @traitlets.observe("strokes")
    def _answer(self, _: object) -> None:
        self.set_trait("answers", answers(self.strokes))

    @traitlets.default("samples")
    def _default_samples(self) -> list[list[object]]:
        return [[names[self.language], strokes] for names, strokes in SAMPLES]

    def describe(self) -> str:
        """What the drawing is read as, and how surely."""
        own, other = self.answers if self.prepared else self.answers[::-1]
        said = SENTENCE[self.language]
        if not own:
            return said["empty"]

        def share(of: int) -> str:
            return said["over"] if of >= 9995 else said["share"].format(percent(of))

        first, second = np.argsort(np.negative(own), kind="stable")[:2]
        text = said["prepared" if self.prepared else "shrunk"].format(first, share(own[first]))
        if own[first] < CLOSE:
            text += said["second"].format(second, share(own[second]))
        if not self.prepared:
            best = int(np.argmax(other))
            text += said["other"].format(best, share(other[best]))
        return text
