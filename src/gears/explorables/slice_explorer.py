"""What stands between the brackets: which values a slice takes, and the shape it leaves."""

from functools import cache
import math
import re
from types import EllipsisType
from typing import Any

from gears.datasets import mnist
from gears.explorables.base import Explorable
import numpy as np
import traitlets

SHAPES = {"vector": (10,), "matrix": (4, 6), "tensor": (3, 4, 5), "digit": (28, 28)}
LONGEST = 100  # characters between the brackets
BLANK = " \t\n\r\f"
PIECE = re.compile(
    r"(?P<sign>(?:[+-][ \t\n\r\f]*)*)(?:"
    r"(?P<integer>0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+"
    r"|0(?:_?0)*|[1-9](?:_?[0-9])*)"
    r"|(?P<float>(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+))"
    r"|(?P<dots>\.\.\.|Ellipsis)|(?P<new>None|(?:np|numpy)\.newaxis)|"
)
NUMPYS_WORDS = {  # in its errors, and the names of the numbers there
    "too many indices": ("many", "rank", "given"),
    "out of bounds": ("bounds", "index", "axis", "length"),
    "single ellipsis": ("ellipsis",),
    "cannot be zero": ("step",),
    "only integers": ("huge",),
    "too large": ("huge",),
}
SENTENCE = {
    "en": {
        "taken": "x[{text}] takes {count} of the {size} values of x.",
        "gone": " Axis {axis}: {places} alone, so the axis is gone.",
        "kept": " Axis {axis}: {places}, so length {length}.",
        "none": " Axis {axis}: nothing, so length 0.",
        "new": " New axes of length 1: {new}.",
        "shape": " The result has the shape {shape}.",
        "single": " The result is a single number, {value}, of shape ().",
        "comma": ", ",
        "fails": "x[{text}] fails. ",
        "blank": (
            "Nothing stands between the brackets, which Python does not allow. A colon, x[:], "
            "takes everything."
        ),
        "gap": "Place {place} between the brackets is empty. A colon there takes the whole axis.",
        "colons": "“{piece}” has too many colons: a slice is start:stop:step, two at most.",
        "float": "“{piece}” is not an integer, and indices are integers: 0, 1, 2 and so on.",
        "strange": (
            "“{piece}” contains a character that Python does not read here. Type the digits, "
            "commas, colons and dots of an English keyboard."
        ),
        "list": (
            "“{piece}” is part of a list. NumPy takes the listed indices one by one; here only "
            "integers and slices are shown."
        ),
        "token": (
            "“{piece}” in place {place} is not understood. An integer, a slice such as 1:3 or "
            "::2, three dots or None can stand there."
        ),
        "many": (
            "Too many indices: there are {given}, and x has room for {rank}, one for each axis. "
            "Take some away; only None adds an axis."
        ),
        "bounds": (
            "There is no index {index} on axis {axis}: its length is {length}, so the indices "
            "run from 0 to {last}, or from -1 back to -{length}. A slice may reach past the end, "
            "an integer may not."
        ),
        "ellipsis": (
            "Three dots stand for all axes that are not named, so they can stand only once. "
            "Write a colon instead of the others."
        ),
        "step": (
            "A step of 0 would never get on. Write 1 or more to go forwards, -1 or less to go "
            "backwards."
        ),
        "huge": "An integer here has more than 64 bits. No axis is that long: write a smaller one.",
    },
    "zh": {
        "taken": "x[{text}] 从 x 的 {size} 个数里取出 {count} 个。",
        "gone": "轴 {axis} 只取下标 {places}，这个轴随之消失。",
        "kept": "轴 {axis} 取下标 {places}，长度为 {length}。",
        "none": "轴 {axis} 什么也没取到，长度为 0。",
        "new": "另外添了 {new} 个长度为 1 的轴。",
        "shape": "结果的形状是 {shape}。",
        "single": "结果是单独一个数 {value}，形状是 ()。",
        "comma": "、",
        "fails": "x[{text}] 出错。",
        "blank": "方括号里什么也没写，Python 不允许。写一个冒号，x[:]，就是全都要。",
        "gap": "方括号里第 {place} 个位置是空的。在那里写一个冒号，就是取整个轴。",
        "colons": "“{piece}”里冒号太多：切片的写法是“起点:终点:步长”，至多两个冒号。",
        "float": "“{piece}”不是整数，而下标必须是整数：0、1、2，依此类推。",
        "strange": "“{piece}”里有 Python 在这里不认的字符。数字、逗号、冒号和点都要用半角。",
        "list": "“{piece}”是列表的一部分。NumPy 会按列表逐个去取；这里只演示整数和切片。",
        "token": (
            "第 {place} 个位置上的“{piece}”看不懂。那里可以写整数、切片（如 1:3 或 ::2）、"
            "三个点或 None。"
        ),
        "many": (
            "下标太多：写了 {given} 个，而 x 只容得下 {rank} 个，每个轴一个。请去掉多余的；"
            "能添轴的只有 None。"
        ),
        "bounds": (
            "轴 {axis} 上没有下标 {index}：它的长度是 {length}，下标从 0 到 {last}，"
            "倒着数则从 -1 到 -{length}。切片可以越过末尾，整数不行。"
        ),
        "ellipsis": "三个点代表所有没写出来的轴，所以只能出现一次。其余的请改成冒号。",
        "step": "步长为 0 就永远停在原地。往前走写 1 或更大，往回走写 -1 或更小。",
        "huge": "这里有个整数超过了 64 位。没有哪个轴有这么长：请写小一点的数。",
    },
}

Item = int | slice | EllipsisType | None


class Misread(ValueError):
    """Text that is no index: the rule it breaks, and what to fill into the sentence about it."""

    def __init__(self, kind: str, **details: Any) -> None:
        super().__init__(kind)
        self.kind, self.details = kind, details


class _ArrayName(traitlets.TraitType):
    def validate(self, obj: Explorable, value: object) -> str:
        if value not in list(SHAPES):
            raise ValueError(f"{self.name} is {value!r}: it must be one of {', '.join(SHAPES)}")
        return value


class _Brackets(traitlets.TraitType):
    def validate(self, obj: Explorable, value: object) -> str:
        if not isinstance(value, str) or len(value) > LONGEST:
            raise ValueError(
                f"{self.name} is {value!r}: it must be a text of at most {LONGEST} characters"
            )
        return value


@cache
def _first_test_image() -> list[int]:
    _, (images, _) = mnist.load_data()
    return images[0].ravel().tolist()


class SliceExplorer(Explorable):
    """A small array `x`, and what `x[text]` takes of it.

    Args:
        array: "vector", "matrix" or "tensor", counted through from 0, or "digit", the first of
            MNIST's test images.
        text: what stands between the brackets. It may be wrong: the figure says so.
    """

    array = _ArrayName("tensor").tag(sync=True)
    text = _Brackets("0, 1:3, ::2").tag(sync=True)
    image = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("image")
    def _default_image(self) -> list[int]:
        return _first_test_image()

    def describe(self) -> str:
        """What is taken of each axis, and the shape of the result; or what is wrong."""
        sentence = SENTENCE[self.language]
        text = self.text.strip(BLANK)
        try:
            items = parse(text)
            taken = self._values()[items]
        except Misread as error:
            kind, details = error.kind, error.details
        except (IndexError, OverflowError, ValueError) as error:
            kind, details = _as_kind(str(error))
        else:
            return sentence["taken"].format(
                text=text, count=taken.size, size=math.prod(SHAPES[self.array])
            ) + self._axis_by_axis(items, taken)
        return sentence["fails"].format(text=text) + sentence[kind].format(**details)

    def _values(self) -> np.ndarray:
        shape = SHAPES[self.array]
        values = self.image if self.array == "digit" else range(math.prod(shape))
        return np.reshape(values, shape)

    def _axis_by_axis(self, items: tuple[Item, ...], taken: np.ndarray) -> str:
        sentence = SENTENCE[self.language]
        said = []
        for axis, (item, length) in enumerate(_by_axis(items, SHAPES[self.array])):
            found: int | range = range(length)[item]  # type: ignore[index]  # no three dots here
            places = [found] if isinstance(found, int) else found
            kind = "gone" if isinstance(found, int) else "kept" if places else "none"
            listed = _listed(places, sentence["comma"])
            said.append(sentence[kind].format(axis=axis, places=listed, length=len(places)))
        if new := items.count(None):
            said.append(sentence["new"].format(new=new))
        kind = "shape" if taken.ndim else "single"
        said.append(sentence[kind].format(shape=taken.shape, value=taken))
        return "".join(said)


def parse(text: str) -> tuple[Item, ...]:
    """The index that stands between brackets, without evaluating it.

    Raises:
        Misread: the text is not made of integers, slices, three dots and None.
    """
    text = text.strip(BLANK)
    if not text:
        raise Misread("blank")
    if text[0] == "(" and text[-1] == ")" and ":" not in text:
        text = text[1:-1].strip(BLANK)
        if not text:
            return ()
    places = [place.strip(BLANK) for place in text.split(",")]
    if len(places) > 1 and not places[-1]:
        places.pop()
    return tuple(_item(place, number) for number, place in enumerate(places, start=1))


def _item(place: str, number: int) -> Item:
    """An integer, a slice, three dots or None, from what stands between two commas."""
    if not place:
        raise Misread("gap", place=number)
    pieces = [piece.strip(BLANK) for piece in place.split(":")]
    values = [_value(piece, number) for piece in pieces]
    if len(pieces) == 1:
        return values[0]
    if len(pieces) > 3:
        raise Misread("colons", piece=_cut(place))
    if Ellipsis in values:
        raise Misread("token", piece=_cut(place), place=number)
    return slice(*values)


def _value(piece: str, number: int) -> int | EllipsisType | None:
    match = PIECE.fullmatch(piece)
    if match and match["integer"]:
        return (-1) ** match["sign"].count("-") * int(match["integer"], 0)
    if match and not match["float"]:
        return ... if match["dots"] else None
    kind = (
        "float" if match
        else "strange" if not piece.isascii()
        else "list" if "[" in piece or "]" in piece
        else "token"
    )  # fmt: skip
    raise Misread(kind, piece=_cut(piece), place=number)


def _as_kind(message: str) -> tuple[str, dict[str, int]]:
    """Which rule an error of NumPy's is about, and the numbers in it."""
    kind, *names = next(names for words, names in NUMPYS_WORDS.items() if words in message)
    numbers = map(int, re.findall(r"-?\d+", message) if names else ())
    details = dict(zip(names, numbers, strict=True))
    return kind, details | {"last": details.get("length", 0) - 1}


def _by_axis(items: tuple[Item, ...], shape: tuple[int, ...]) -> list[tuple[Item, int]]:
    """Each axis's item and length: what three dots and the end leave out is taken whole."""
    named = [item for item in items if item is not None]
    at = named.index(...) if ... in named else len(named)
    left_out = [slice(None)] * (len(shape) - len(named) + (... in named))
    return list(zip([*named[:at], *left_out, *named[at + 1 :]], shape, strict=True))


def _listed(places: range | list[int], comma: str) -> str:
    if len(places) > 4:
        return comma.join([str(places[0]), str(places[1]), "…", str(places[-1])])
    return comma.join(map(str, places))


def _cut(piece: str) -> str:
    return piece if len(piece) <= 24 else f"{piece[:24]}…"
