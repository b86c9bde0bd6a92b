"""The same entries with another shape, or with their axes in another order: not the same array."""

import math
from typing import Any

from gears.explorables.base import Explorable, Whole
import traitlets

MOST_AXES = 3
MOST_ENTRIES = 36

WORDS = {
    "en": {
        "array": "x has the shape {shape}; its {size} entries lie in memory from 0 to {last}. ",
        "reshape": "x.reshape({typed}) goes on reading them in this order and gives {shape}. ",
        "fails": "x.reshape({typed}) fails. NumPy says: {error}. ",
        "transpose": (
            "x.transpose({order}) gives {shape} and reads them in the order {read}: {how}. "
        ),
        "moves": "along its axes it takes steps of {steps} entries, not of {own}",
        "stays": "the axes are where they were",
        "entry": "Entry {entry}, x[{index}], is in {places}.",
        "reshaped at": "x.reshape at [{index}]",
        "and": " and in ",
        "transposed at": "x.transpose at [{index}]",
    },
    "zh": {
        "array": "x 的形状是 {shape}，{size} 个元素在内存里从 0 排到 {last}。",
        "reshape": "x.reshape({typed}) 仍按这个次序读，得到 {shape}。",
        "fails": "x.reshape({typed}) 失败，NumPy 说：{error}。",
        "transpose": "x.transpose({order}) 得到 {shape}，读的次序是 {read}：{how}。",
        "moves": "沿着各轴一步跨 {steps} 个元素，而 x 是 {own}",
        "stays": "各轴都在原处",
        "entry": "{entry} 号元素 x[{index}]，{places}。",
        "reshaped at": "在 x.reshape 的 [{index}]",
        "and": "，",
        "transposed at": "在 x.transpose 的 [{index}]",
    },
}


class Lengths(traitlets.List):
    """One to three whole numbers not below `lowest`.

    Raises:
        ValueError: another value was given; the message names it and the rule.
    """

    def __init__(self, default: list[int], lowest: int) -> None:
        super().__init__(default_value=default)
        self.lowest = lowest

    def validate(self, obj: Explorable, value: Any) -> list[int]:
        """The numbers in a list; traitlets calls this on every assignment."""
        try:
            numbers = [number.__index__() for number in value]
        except (TypeError, AttributeError):
            numbers = []
        if not 1 <= len(numbers) <= MOST_AXES or not all(
            self.lowest <= number <= MOST_ENTRIES for number in numbers
        ):
            raise ValueError(
                f"{self.name} is {value!r}: it must be one to {MOST_AXES} whole numbers "
                f"from {self.lowest} to {MOST_ENTRIES}"
            )
        return numbers


class ReshapeTranspose(Explorable):
    """`x.reshape(target)` beside `x.transpose(order)`, of `x = np.arange(…).reshape(shape)`.

    Args:
        shape: the shape of x, one to three lengths, 36 entries at most.
        target: the shape asked for; one length may be -1. It need not fit: then NumPy's words
            are shown.
        order: the axes of x in the order in which the transposed array has them. When x gets
            another number of axes they are turned around, as `x.T` does it.
        entry: which entry is pointed out, by its place in memory. It stays in range.
    """

    shape = Lengths([2, 3], 1).tag(sync=True)
    target = Lengths([3, 2], -1).tag(sync=True)
    order = Lengths([1, 0], 0).tag(sync=True)
    entry = Whole(1, lambda figure: math.prod(figure.shape) - 1).tag(sync=True)

    def __init__(self, **options: Any) -> None:
        """Make the figure.

        Raises:
            TypeError: an option that the figure does not have.
            ValueError: a value that does not fit.
        """
        shape = list(options.get("shape", (2, 3)))
        options.setdefault("target", shape[::-1])
        options.setdefault("order", list(range(len(shape)))[::-1])
        options.setdefault("entry", min(1, math.prod(shape) - 1))
        super().__init__(**options)

    @traitlets.validate("shape")
    def _is_small(self, proposal: dict) -> list[int]:
        if math.prod(proposal["value"]) > MOST_ENTRIES:
            raise ValueError(
                f"shape is {tuple(proposal['value'])}, {math.prod(proposal['value'])} entries: "
                f"the figure draws {MOST_ENTRIES} at most"
            )
        return proposal["value"]

    @traitlets.validate("order")
    def _is_an_order(self, proposal: dict) -> list[int]:
        axes = list(range(len(self.shape)))
        if sorted(proposal["value"]) != axes:
            raise ValueError(
                f"order is {tuple(proposal['value'])}: it must name each of the axes "
                f"{', '.join(map(str, axes))} once"
            )
        return proposal["value"]

    @traitlets.observe("shape")
    def _stay_in_range(self, change: object) -> None:
        if len(self.order) != len(self.shape):
            self.order = list(range(len(self.shape)))[::-1]
        self.entry = min(self.entry, math.prod(self.shape) - 1)

    def describe(self) -> str:
        """What both do to the entries, and where the one pointed out is."""
        words, size = WORDS[self.language], math.prod(self.shape)
        said = words["array"].format(shape=shown(self.shape), size=size, last=size - 1)
        typed = ", ".join(map(str, self.target))
        places = []
        error = reshape_error(self.shape, self.target)
        if error:
            said += words["fails"].format(typed=typed, error=error)
        else:
            reshaped = resolved(size, self.target)
            said += words["reshape"].format(typed=typed, shape=shown(reshaped))
            at = unravelled(self.entry, reshaped)
            places.append(words["reshaped at"].format(index=_listed(at)))
        transposed = [self.shape[axis] for axis in self.order]
        steps = [strides(self.shape)[axis] for axis in self.order]
        moves = self.order != sorted(self.order)
        said += words["transpose"].format(
            order=_listed(self.order),
            shape=shown(transposed),
            read=_shortened(reading_order(self.shape, self.order)),
            how=words["moves" if moves else "stays"].format(
                steps=_listed(steps), own=_listed(strides(self.shape))
            ),
        )
        index = unravelled(self.entry, self.shape)
        at = [index[axis] for axis in self.order]
        places.append(words["transposed at"].format(index=_listed(at)))
        return said + words["entry"].format(
            entry=self.entry, index=_listed(index), places=words["and"].join(places)
        )


def strides(shape: list[int]) -> list[int]:
    """How many entries lie between neighbours along each axis, last axis fastest."""
    return [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]


def unravelled(entry: int, shape: list[int]) -> list[int]:
    """The index along every axis of an entry, given its place in memory order."""
    return [entry // step % length for step, length in zip(strides(shape), shape, strict=True)]


def resolved(size: int, target: list[int]) -> list[int]:
    """A shape that fits, its -1 replaced by the length that is left."""
    known = math.prod(length for length in target if length != -1)
    return [size // known if length == -1 else length for length in target]


def reshape_error(shape: list[int], target: list[int]) -> str:
    """What NumPy says if the reshape fails; empty if it does not."""
    if target.count(-1) > 1:
        return "can only specify one unknown dimension"
    size = math.prod(shape)
    known = math.prod(length for length in target if length != -1)
    fits = known and size % known == 0 if -1 in target else known == size
    if fits:
        return ""
    rest = target[1:] if target[0] == -1 else target  # NumPy leaves a -1 at the start out
    asked = ",".join("newaxis" if length == -1 else str(length) for length in rest)
    comma = "," if len(target) == 1 else ""
    return f"cannot reshape array of size {size} into shape ({asked}{comma})"


def reading_order(shape: list[int], order: list[int]) -> list[int]:
    """The places in memory that the transposed array reads one after the other."""
    places = [0]
    for axis in order:
        step = strides(shape)[axis]
        places = [place + at * step for place in places for at in range(shape[axis])]
    return places


def shown(shape: list[int]) -> str:
    """A shape as Python writes it."""
    return str(tuple(shape))


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _shortened(numbers: list[int]) -> str:
    """Eight numbers at most."""
    return _listed(numbers[:8]) + (", …" if len(numbers) > 8 else "")
