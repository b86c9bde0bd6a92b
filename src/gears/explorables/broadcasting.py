"""Two shapes, aligned from the right: how NumPy broadcasts them, or the axis at which it fails."""

from dataclasses import dataclass
import math
from typing import Any

from gears.explorables.base import Explorable, Whole
import traitlets

MOST_AXES = 4
LONGEST = 999
LARGEST = 1_000_000  # arrays of more entries are compared, but not filled with numbers
STEPS = 5
OPERATIONS = {"+": "{} + {}", "-": "{} − {}", "*": "{} × {}", "/": "{} ÷ {}",
              "maximum": "maximum({}, {})"}  # fmt: skip

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "given": "a has the shape {a}, {axes_a}; b has the shape {b}, {axes_b}.",
        "axes": ("no axis", "1 axis", "{} axes"),
        "padded": (
            "{name} is given {count} of length 1 on the left: {shape}. On the left, so that the "
            "last axes stay face to face: what is done to one sample is done to every sample."
        ),
        "unpadded": "Both have {axes}: none has to be added on the left.",
        "equal": "axis {axis}: {a} and {b}, equal",
        "one a": "axis {axis}: {a} and {b}, a is stretched",
        "one b": "axis {axis}: {a} and {b}, b is stretched",
        "misfit": "axis {axis}: {a} and {b}, neither equal nor 1",
        "compared": "From the right: {}.",
        "nothing compared": "No axis is left to compare.",
        "between": "; ",
        "fails": "It fails. NumPy says: {error}",
        "stretched": "{name} is stretched from {old} to {new}: {uses}. ",
        "uses": "each of its {entries} is used {times}",
        "only": "its only entry is used {times}",
        "nothing": "length 1 becomes 0 as well, and nothing is left of it",
        "entries": ("1 entry", "{} entries"),
        "times": ("1 time", "{} times"),
        "stride": "Nothing is copied: along a stretched axis the stride is 0.",
        "unstretched": "Nothing has to be stretched.",
        "result": (
            "Aligned from the right, with each length 1 stretched, {a} and {b} give {shape}: "
            "{entries}. "
        ),
        "entry": "The one at {index} is {entries}{values}.",
        "empty": "The result holds nothing, and nothing is computed.",
    },
    "zh": {
        "given": "a 的形状是 {a}，{axes_a}；b 的形状是 {b}，{axes_b}。",
        "axes": ("没有轴", "1 个轴", "{} 个轴"),
        "padded": (
            "{name} 的左边补上 {count}，长度都是 1，成为 {shape}。"
            "补在左边，最后几个轴才会两两相对：对一个样本做什么，对每个样本也做什么。"
        ),
        "unpadded": "两者都是{axes}，左边不用补。",
        "equal": "轴 {axis}，{a} 对 {b}，相等",
        "one a": "轴 {axis}，{a} 对 {b}，拉伸 a",
        "one b": "轴 {axis}，{a} 对 {b}，拉伸 b",
        "misfit": "轴 {axis}，{a} 对 {b}，既不相等，也都不是 1",
        "compared": "从右往左：{}。",
        "nothing compared": "没有轴要比。",
        "between": "；",
        "fails": "广播失败。NumPy 说：{error}",
        "stretched": "{name} 从 {old} 拉伸到 {new}：{uses}。",
        "uses": "{entries}，每个用 {times}",
        "only": "只有一个数，用 {times}",
        "nothing": "长度 1 也变成 0，什么也不剩",
        "entries": ("1 个数", "{} 个数"),
        "times": ("1 次", "{} 次"),
        "stride": "什么也没有复制：沿着拉伸的轴，步幅是 0。",
        "unstretched": "没有轴要拉伸。",
        "result": "从右对齐，长度 1 都拉伸，{a} 与 {b} 得到 {shape}，共 {entries}。",
        "entry": "{index} 处是 {entries}{values}。",
        "empty": "结果里一个数也没有，什么也不用算。",
    },
}


class Shape(traitlets.List):
    """Up to four lengths from 0 to 999.

    Raises:
        ValueError: another value was given; the message names it and the rule.
    """

    def validate(self, obj: Explorable, value: Any) -> list[int]:
        """The lengths in a list; traitlets calls this on every assignment."""
        try:
            lengths = [length.__index__() for length in value]
        except (TypeError, AttributeError):
            lengths = None
        if (
            lengths is None
            or len(lengths) > MOST_AXES
            or not all(0 <= length <= LONGEST for length in lengths)
        ):
            raise ValueError(
                f"{self.name} is {value!r}: it must be a shape of up to {MOST_AXES} axes, "
                f"each of a length from 0 to {LONGEST}"
            )
        return lengths


@dataclass(frozen=True)
class Column:
    """One axis of both shapes, counted from the right: -1 is the last."""

    axis: int
    a: int
    b: int

    @property
    def verdict(self) -> str:
        """What the rule says of the two lengths."""
        if self.a == self.b:
            return "equal"
        if self.a == 1:
            return "one a"
        return "one b" if self.b == 1 else "misfit"

    @property
    def length(self) -> int:
        """How long the axis is in the result, if the lengths fit."""
        return self.b if self.a == 1 else self.a


class Broadcasting(Explorable):
    """Two shapes on their way to one, step by step.

    `a` counts 0, 1, 2, … in memory order, `b` counts 10, 20, 30, ….

    Args:
        a: the first shape, up to four lengths from 0 to 999.
        b: the second one.
        operation: "+", "-", "*", "/" or "maximum".
        step: 0 the shapes as given, 1 axes of length 1 prepended, 2 compared from the right,
            3 stretched, 4 the result.
        entry: which entry of the result is looked at, by its flat index. It stays in range.
    """

    a = Shape([64, 3, 32, 10]).tag(sync=True)
    b = Shape([32, 10]).tag(sync=True)
    operation = traitlets.Enum(tuple(OPERATIONS), "+").tag(sync=True)
    step = Whole(STEPS - 1, STEPS - 1).tag(sync=True)
    entry = Whole(0, lambda figure: figure._last()).tag(sync=True)

    @traitlets.observe("a", "b")
    def _stay_in_range(self, change: object) -> None:
        self.entry = min(self.entry, self._last())

    def _last(self) -> int:
        columns = compared(self.a, self.b)
        fits = all(column.verdict != "misfit" for column in columns)
        return max(0, math.prod(column.length for column in columns) - 1) if fits else 0

    def describe(self) -> str:
        """What the step shown does to the two shapes, or why it fails."""
        words, columns = WORDS[self.language], compared(self.a, self.b)
        if self.step == 0:
            return words["given"].format(
                a=shown(self.a),
                b=shown(self.b),
                axes_a=_counted(words["axes"], len(self.a)),
                axes_b=_counted(words["axes"], len(self.b)),
            )
        if self.step == 1:
            return self._padded(words)
        fails = any(column.verdict == "misfit" for column in columns)
        if self.step == 2 or fails:
            said = words["between"].join(
                words[column.verdict].format(axis=f"−{-column.axis}", a=column.a, b=column.b)
                for column in reversed(columns)
            )
            said = words["compared"].format(said) if columns else words["nothing compared"]
            if fails:
                end = "" if self.language == "zh" else " "
                said += end + words["fails"].format(error=error(self.a, self.b))
            return said
        result = [column.length for column in columns]
        return self._stretched(words, result) if self.step == 3 else self._result(words, result)

    def _padded(self, words: dict) -> str:
        missing = len(self.a) - len(self.b)
        if not missing:
            return words["unpadded"].format(axes=_counted(words["axes"], len(self.a)))
        name, shape = ("b", self.b) if missing > 0 else ("a", self.a)
        return words["padded"].format(
            name=name,
            count=_counted(words["axes"], abs(missing)),
            shape=shown([1] * abs(missing) + shape),
        )

    def _stretched(self, words: dict, result: list[int]) -> str:
        said = ""
        for name, shape in (("a", self.a), ("b", self.b)):
            padded = [1] * (len(result) - len(shape)) + shape
            if padded == result:
                continue
            size = math.prod(shape)
            uses = words["nothing"]
            if math.prod(result):
                uses = words["only" if size == 1 else "uses"].format(
                    entries=_counted(words["entries"], size),
                    times=_counted(words["times"], math.prod(result) // size),
                )
            said += words["stretched"].format(
                name=name, old=shown(padded), new=shown(result), uses=uses
            )
        return said + words["stride"] if said else words["unstretched"]

    def _result(self, words: dict, result: list[int]) -> str:
        size = math.prod(result)
        said = words["result"].format(
            a=shown(self.a),
            b=shown(self.b),
            shape=shown(result),
            entries=_counted(words["entries"], size),
        )
        if not size:
            return said + words["empty"]
        index = unravelled(self.entry, result)
        at_a, at_b = source(index, self.a), source(index, self.b)
        values = ""
        if max(math.prod(self.a), math.prod(self.b)) <= LARGEST:
            x, y = flat(at_a, self.a), 10 * (flat(at_b, self.b) + 1)
            value = _number(combined(x, y, self.operation))
            values = f" = {written(x, y, self.operation)} = {value}"
        entries = written(_indexed("a", at_a), _indexed("b", at_b), self.operation)
        return said + words["entry"].format(
            index=_indexed("", index), entries=entries, values=values
        )


def compared(a: list[int], b: list[int]) -> list[Column]:
    """Both shapes axis by axis, the shorter one with axes of length 1 on its left."""
    rank = max(len(a), len(b))
    longer_a, longer_b = ([1] * (rank - len(shape)) + list(shape) for shape in (a, b))
    return [
        Column(at - rank, *pair) for at, pair in enumerate(zip(longer_a, longer_b, strict=True))
    ]


def error(a: list[int], b: list[int]) -> str:
    """What NumPy says when two shapes cannot be broadcast (without the space at its end)."""
    said = " ".join(shown(shape).replace(" ", "") for shape in (a, b))
    return f"operands could not be broadcast together with shapes {said}"


def unravelled(entry: int, shape: list[int]) -> list[int]:
    """The index along every axis that a flat index stands for."""
    index = []
    for length in reversed(shape):
        entry, place = divmod(entry, length)
        index.append(place)
    return index[::-1]


def source(index: list[int], shape: list[int]) -> list[int]:
    """Which entry of an array of this shape is read for an entry of the result."""
    own = index[len(index) - len(shape) :]
    return [0 if length == 1 else place for place, length in zip(own, shape, strict=True)]


def flat(index: list[int], shape: list[int]) -> int:
    """The place in memory order of an entry."""
    place = 0
    for at, length in zip(index, shape, strict=True):
        place = place * length + at
    return place


def combined(x: int, y: int, operation: str) -> float:
    """The operation on two numbers."""
    operations = {"+": x + y, "-": x - y, "*": x * y, "/": x / y, "maximum": max(x, y)}
    return operations[operation]


def written(x: object, y: object, operation: str) -> str:
    """The operation as it is written on paper."""
    return OPERATIONS[operation].format(x, y)


def shown(shape: list[int]) -> str:
    """A shape as Python writes it."""
    return str(tuple(shape))


def _indexed(name: str, index: list[int]) -> str:
    if name and not index:
        return name
    return f"{name}[{', '.join(map(str, index))}]"


def _counted(forms: tuple[str, ...], number: int) -> str:
    """The number with its noun, in the form that fits: one for 1, maybe one for 0, the rest."""
    if len(forms) == 3:
        return forms[min(number, 2)].format(f"{number:,}")
    return forms[number != 1].format(f"{number:,}")


def _number(value: float) -> str:
    """A whole number as it is, any other with up to four decimals, rounded as the page does it."""
    if value == int(value):
        return str(int(value))
    rounded = math.floor(value * 10_000 + 0.5) / 10_000
    return f"{rounded:.4f}".rstrip("0").rstrip(".")
