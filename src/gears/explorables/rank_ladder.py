"""From a single number to a batch of films: on every rung one axis more."""

from dataclasses import dataclass
import math
from typing import Any

from gears.explorables.base import Explorable, Whole
import numpy as np
import traitlets


@dataclass(frozen=True)
class Rung:
    """An array that everybody has met: its shape, what its axes count, its dtype."""

    shape: tuple[int, ...]
    axes: tuple[str, ...]
    dtype: str

    @property
    def bytes(self) -> int:
        """The memory its values take."""
        return math.prod(self.shape) * np.dtype(self.dtype).itemsize


RUNGS = (
    Rung((), (), "uint8"),
    Rung((28,), ("width",), "uint8"),
    Rung((28, 28), ("height", "width"), "uint8"),
    Rung((60_000, 28, 28), ("samples", "height", "width"), "uint8"),
    Rung((128, 256, 256, 3), ("samples", "height", "width", "channels"), "float32"),
    Rung((4, 240, 144, 256, 3), ("samples", "frames", "height", "width", "channels"), "float32"),
)

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "names": (
            "one pixel",
            "a row of pixels",
            "a picture",
            "the training pictures of MNIST",
            "a batch of colour pictures",
            "a batch of films",
        ),
        "axes": {
            "samples": "samples",
            "frames": "frames",
            "height": "rows (height)",
            "width": "columns (width)",
            "channels": "channels",
        },
        "rung": "{rank}D: {name}, shape {shape}. ",
        "axis": "Axis {axis} counts {counted}: {length}. ",
        "no axis": "It has no axis. ",
        "size": "{values}, {bytes} as {dtype}; {brackets} before the first number.",
        "values": ("1 value", "{} values"),
        "bytes": ("1 byte", "{} bytes"),
        "brackets": ("no bracket", "1 bracket", "{} brackets"),
    },
    "zh": {
        "names": (
            "一个像素",
            "一行像素",
            "一张图",
            "MNIST 的训练图像",
            "一批彩色图像",
            "一批视频",
        ),
        "axes": {
            "samples": "样本",
            "frames": "帧",
            "height": "行（高）",
            "width": "列（宽）",
            "channels": "通道",
        },
        "rung": "{rank}D：{name}，形状 {shape}。",
        "axis": "轴 {axis} 数的是{counted}，长度 {length}。",
        "no axis": "没有轴。",
        "size": "共 {values}，按 {dtype} 存放占 {bytes}；第一个数前面有 {brackets}。",
        "values": ("1 个数", "{} 个数"),
        "bytes": ("1 字节", "{} 字节"),
        "brackets": ("0 个方括号", "1 个方括号", "{} 个方括号"),
    },
}


class RankLadder(Explorable):
    """Six arrays, each with one axis more than the one below it; one of them is shown.

    Args:
        rank: how many axes the array shown has, 0 to 5.
        axis: which of its axes is pointed out, 0 to `rank` - 1; 0 if it has none. It stays in
            range when `rank` changes.
    """

    rank = Whole(3, len(RUNGS) - 1).tag(sync=True)
    axis = Whole(0, lambda figure: max(0, figure.rank - 1)).tag(sync=True)

    @traitlets.observe("rank")
    def _stay_in_range(self, change: object) -> None:
        self.axis = min(self.axis, max(0, self.rank - 1))

    def describe(self) -> str:
        """The array, what the axis pointed out counts, values, bytes and brackets."""
        words, rung = WORDS[self.language], RUNGS[self.rank]
        sentence = words["rung"].format(
            rank=self.rank, name=words["names"][self.rank], shape=rung.shape
        )
        if rung.shape:
            sentence += words["axis"].format(
                axis=self.axis,
                counted=words["axes"][rung.axes[self.axis]],
                length=f"{rung.shape[self.axis]:,}",
            )
        else:
            sentence += words["no axis"]
        values = math.prod(rung.shape)
        return sentence + words["size"].format(
            values=words["values"][values > 1].format(f"{values:,}"),
            bytes=words["bytes"][rung.bytes > 1].format(f"{rung.bytes:,}"),
            dtype=rung.dtype,
            brackets=words["brackets"][min(self.rank, 2)].format(self.rank),
        )
