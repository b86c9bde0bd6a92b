"""A small network that learns to tell points of the plane apart, step by step."""

import math
from typing import Any

from gears.explorables import training
from gears.explorables.base import Explorable, Whole, is_number
from gears.explorables.lehmer import Lehmer
import numpy as np
import numpy.typing as npt
import traitlets

COUNT = 100  # points of each preset
MOST_POINTS = 200  # of one's own
MOST = 1000  # steps
HALF = (2, 1.5)  # of the plane
DIVERGED = 3  # a mean loss above this ends the training
LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1, 3)
LARGEST_RATES = {0: 3, 0.5: 0.3, 0.9: 0.1}  # for each momentum
BATCH_SIZES: tuple[Any, ...] = (10, 25, "all")

WORDS = {
    "en": {
        "xor": "XOR",
        "moons": "Two moons",
        "ring": "A circle in a ring",
        "spirals": "Two spirals",
        "own": "Your own points",
        "empty": "There are no points yet: choose a mark and put some on the plane.",
        "head": (
            "{name}, {count}; {units}, {activation}, learning rate {rate}, momentum {momentum}, "
            "{batch}, seed {seed}."
        ),
        "one point": "1 point",
        "points": "{0} points",
        "one unit": "1 hidden unit",
        "units": "{0} hidden units",
        "relu": "relu",
        "tanh": "tanh",
        "none": "no activation",
        "all": "all points in every step",
        "batch": "batches of {0}",
        "before": " Before the first step the loss is {loss}, and {right} of {count} are right.",
        "one step": (
            " After 1 step the loss is {loss}, from {first} at the start, and {right} of {count} "
            "are right."
        ),
        "steps": (
            " After {steps} steps the loss is {loss}, from {first} at the start, and {right} of "
            "{count} are right."
        ),
        "diverged": (
            " It diverged: at step {steps} the loss is above 3, from {first} at the start, and "
            "{right} of {count} are right."
        ),
        "straight": " With no activation the border is a straight line.",
        "small": "less than 0.001",
    },
    "zh": {
        "xor": "异或",
        "moons": "双月",
        "ring": "环中圆",
        "spirals": "双螺线",
        "own": "自己画的点",
        "empty": "还没有点：先选一种记号，再往平面上放几个点。",
        "head": (
            "{name}，{count}；{units}，{activation}，学习率 {rate}，动量 {momentum}，{batch}，"
            "种子 {seed}。"
        ),
        "one point": "1 个点",
        "points": "{0} 个点",
        "one unit": "1 个隐藏单元",
        "units": "{0} 个隐藏单元",
        "relu": "relu",
        "tanh": "tanh",
        "none": "不用激活函数",
        "all": "每步用全部的点",
        "batch": "每批 {0} 个",
        "before": "一步未走，损失是 {loss}，{count} 个点对了 {right} 个。",
        "one step": "走了 1 步，损失从 {first} 变成 {loss}，{count} 个点对了 {right} 个。",
        "steps": "走了 {steps} 步，损失从 {first} 变成 {loss}，{count} 个点对了 {right} 个。",
        "diverged": (
            "它发散了：第 {steps} 步，损失从 {first} 涨到 3 以上，{count} 个点对了 {right} 个。"
        ),
        "straight": "没有激活函数，分界线就是一条直线。",
        "small": "不到 0.001",
    },
}

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


class Points(traitlets.List):
    """Places in the plane, each with its class: [x, y, 0 or 1].

    Raises:
        ValueError: another value was given; the message names it and the rule.
    """

    def validate(self, obj: Explorable, value: Any) -> list[list[float]]:
        """The points as lists, places with two decimals; traitlets calls this."""
        points = [list(point) for point in value]
        if len(points) > MOST_POINTS:
            raise ValueError(f"{self.name} has {len(points)} points: {MOST_POINTS} are allowed")
        for point in points:
            if not _is_point(point):
                raise ValueError(
                    f"{self.name} has {point!r}: a point is x from -2 to 2, y from -1.5 to 1.5, "
                    "and its class, 0 or 1"
                )
        return [[round(float(x), 2), round(float(y), 2), int(label)] for x, y, label in points]


class Axes(traitlets.List):
    """No unit, or two of the eight there may be, counted from 0.

    Raises:
        ValueError: another value was given; the message names it and the rule.
    """

    def validate(self, obj: Explorable, value: Any) -> list[int]:
        """The units in a list; traitlets calls this on every assignment."""
        units = list(value)
        if len(units) not in (0, 2) or any(type(u) is not int or not 0 <= u <= 7 for u in units):
            raise ValueError(f"{self.name} is {value!r}: it must be two units from 0 to 7, or none")
        return units


class Playground(Explorable):
    """A network with one hidden layer that is trained on points of the plane, from a seed.

    It is trained by `gears.explorables.training`. What it shows follows from its traits alone:
    the same settings, seed and number of steps give the same network. (Larger steps than these
    may become chaotic, and Python and a browser, whose exponentials differ in the last bit,
    would part.)

    Args:
        samples: "xor", "moons", "ring", "spirals", or "own".
        points: one's own points, [x, y, class], at most 200.
        units: hidden units, 1 to 8.
        activation: "relu", "tanh" or "none".
        learning_rate: 0.01, 0.03, 0.1, 0.3, 1 or 3; at most 0.3 with a momentum of 0.5, and 0.1
            with one of 0.9.
        momentum: 0, 0.5 or 0.9.
        batch_size: 10, 25 or "all".
        seed: 0 to 9999; settles the first weights and the order of the points.
        steps: 0 to 1000.
        axes: the two units whose values are drawn, or none: the two that matter most.
    """

    samples = traitlets.Enum(("xor", "moons", "ring", "spirals", "own"), "xor").tag(sync=True)
    points = Points([]).tag(sync=True)
    units = traitlets.Enum(tuple(range(1, 9)), 2).tag(sync=True)
    activation = traitlets.Enum(tuple(training.ACTIVATIONS), "relu").tag(sync=True)
    learning_rate = traitlets.Enum(LEARNING_RATES, 0.1).tag(sync=True)
    momentum = traitlets.Enum(tuple(LARGEST_RATES), 0.9).tag(sync=True)
    batch_size = traitlets.Enum(BATCH_SIZES, 10).tag(sync=True)
    seed = Whole(7, 9999).tag(sync=True)
    steps = Whole(300, MOST).tag(sync=True)
    axes = Axes([]).tag(sync=True)

    @traitlets.validate("learning_rate", "momentum")
    def _stays_calm(self, proposal: traitlets.Bunch) -> float:
        rate, momentum = (
            proposal.value if proposal.trait.name == name else getattr(self, name)
            for name in ("learning_rate", "momentum")
        )
        if rate > LARGEST_RATES[momentum]:
            raise ValueError(
                f"learning_rate is {rate} and momentum {momentum}: with that momentum, "
                f"learning_rate is at most {LARGEST_RATES[momentum]}"
            )
        return proposal.value

    def data(self) -> tuple[Array, Labels]:
        """The points, shape (n, 2), and their classes, shape (n,)."""
        if self.samples != "own":
            return preset(self.samples)
        table = np.reshape(np.array(self.points, dtype=float), (-1, 3))
        return table[:, :2], table[:, 2].astype(int)

    def train(self) -> tuple[list[Array], list[float]]:
        """The weights after the steps; the loss over all points, first and after each step.

        Raises:
            ValueError: there are no points.
        """
        x, labels = self.data()
        if not len(x):
            raise ValueError("there are no points to train on")
        size = len(x) if self.batch_size == "all" else self.batch_size
        run = training.Training(
            x, labels, classes=2, units=self.units, activation=self.activation,
            learning_rate=self.learning_rate, momentum=self.momentum,
            batch_size=size, seed=self.seed,
        )  # fmt: skip
        losses = [loss_over_all(x, labels, run.weights, self.activation)]
        while len(losses) <= self.steps and losses[-1] <= DIVERGED:
            run.step()
            losses.append(loss_over_all(x, labels, run.weights, self.activation))
        return run.weights, losses

    def describe(self) -> str:
        """The settings, the loss, how many points are right, and whether it diverged."""
        words, (x, labels) = WORDS[self.language], self.data()
        if not len(x):
            return words["empty"]
        weights, losses = self.train()
        _, logarithms = training.forward(x, weights, self.activation)
        size = self.batch_size
        count = _counted(words, "point", len(x))
        sentence = words["head"].format(
            name=words[self.samples],
            count=count,
            units=_counted(words, "unit", self.units),
            activation=words[self.activation],
            rate=f"{self.learning_rate:g}",
            momentum=f"{self.momentum:g}",
            batch=words["all"] if size == "all" else words["batch"].format(size),
            seed=self.seed,
        )
        taken = len(losses) - 1
        kind = {0: "before", 1: "one step"}.get(taken, "steps")
        sentence += words["diverged" if losses[-1] > DIVERGED else kind].format(
            steps=taken,
            first=_shown(losses[0], words),
            loss=_shown(losses[-1], words),
            right=int((logarithms.argmax(axis=1) == labels).sum()),
            count=len(x),
        )
        return sentence + (words["straight"] if self.activation == "none" else "")


def preset(name: str) -> tuple[Array, Labels]:
    """The points of a preset, shape (100, 2), and their classes, shape (100,)."""
    u, v, w = Lehmer(0).uniform(-1, 1, (3, COUNT))
    labels = np.arange(COUNT) % 2
    side = 1 - 2 * labels  # class 0: 1, class 1: -1
    if name == "xor":
        right = np.where(u < 0, -1, 1)
        points = 0.8 * right + 0.35 * v, 0.8 * right * side + 0.35 * w
    elif name == "moons":
        turn = np.pi * (u + 1) / 2
        points = side * (np.cos(turn) - 0.5) + 0.15 * v, side * (np.sin(turn) - 0.25) + 0.15 * w
    elif name == "ring":
        radius = np.where(labels == 0, 0.6 * np.sqrt((v + 1) / 2), 1.1 + 0.15 * v)
        points = radius * np.cos(np.pi * u), radius * np.sin(np.pi * u)
    else:
        part = (u + 1) / 2
        turn, radius = 1.5 * np.pi * part, side * (0.2 + 1.05 * part)
        points = radius * np.cos(turn) + 0.06 * v, radius * np.sin(turn) + 0.06 * w
    return np.floor(100 * np.stack(points, axis=1) + 0.5) / 100, labels


def loss_over_all(x: Array, labels: Labels, weights: list[Array], activation: str) -> float:
    """The mean cross-entropy of all points."""
    return training.cross_entropy(training.forward(x, weights, activation)[1], labels)


def _is_point(point: list) -> bool:
    return (
        len(point) == 3
        and all(is_number(at, -half, half) for at, half in zip(point[:2], HALF, strict=True))
        and is_number(point[2], 0, 1)
        and point[2] in (0, 1)
    )


def _counted(words: dict[str, str], what: str, count: int) -> str:
    return words[f"one {what}"] if count == 1 else words[f"{what}s"].format(count)


def _shown(loss: float, words: dict[str, str]) -> str:
    """Three decimals, rounded as the page does it."""
    if loss < 0.001:
        return words["small"]
    return f"{math.floor(loss * 1000 + 0.5) / 1000:.3f}"
