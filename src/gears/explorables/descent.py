"""Gradient descent over two weights: the path on a loss surface, and the loss along it."""

from collections.abc import Callable, Iterator
import itertools
import math
from typing import Any

from gears.explorables.base import Explorable, Number, Whole, is_number
from gears.explorables.lehmer import Lehmer, batches
import numpy as np
import numpy.typing as npt
import traitlets

MOST = 200  # steps
REACH = 4  # of the start's coordinates
HALF = (3, 2)  # of the plot
FAR = 10  # a path ends so many halves from the middle of the plot
TINY = 1e-9  # a change of the loss that is none
BATCH_SIZES: tuple[Any, ...] = (1, 8, 32, "all")

WORDS = {
    "en": {
        "bowl": "Round bowl",
        "valley": "Long valley",
        "saddle": "Saddle",
        "wells": "Two wells",
        "digits": "Loss on real digits",
        "head": (
            "{name}: {steps} from {start} with learning rate {rate} and momentum {momentum}{drawn}."
        ),
        "no steps": "no step",
        "one step": "1 step",
        "steps": "{0} steps",
        "all": ", every step on all {count} samples",
        "batches": ", {size} of {count} samples a step, seed {seed}",
        "there": " The loss there is {first}.",
        "same": " The loss ended where it began, at {last}",
        "fell": " The loss fell from {first} to {last}",
        "rose": " The loss rose from {first} to {last}",
        "diverged": (
            " It diverged: far outside the plot, the loss is {last}, from {first} at the start"
        ),
        "left": " Downhill it left the plot far behind: the loss went from {first} to {last}",
        "never": "; it rose at no step.",
        "once": "; it rose at 1 step.",
        "rises": "; it rose at {0} steps.",
        "small": "less than 0.0001",
        "large": "more than a million",
    },
    "zh": {
        "bowl": "圆碗",
        "valley": "长谷",
        "saddle": "鞍面",
        "wells": "双谷",
        "digits": "真实数字的损失",
        "head": "{name}：从 {start} 出发，{steps}，学习率 {rate}，动量 {momentum}{drawn}。",
        "no steps": "还没有走",
        "one step": "走了 1 步",
        "steps": "走了 {0} 步",
        "all": "，每步用全部 {count} 个样本",
        "batches": "，每步用 {count} 个样本中的 {size} 个，种子 {seed}",
        "there": "那里的损失是 {first}。",
        "same": "损失是 {last}，和出发时一样",
        "fell": "损失从 {first} 降到 {last}",
        "rose": "损失从 {first} 升到 {last}",
        "diverged": "它发散了，远远跑出图外，损失从 {first} 变成 {last}",
        "left": "它顺坡而下，远远跑出图外，损失从 {first} 变成 {last}",
        "never": "，没有一步上升。",
        "once": "，其中 1 步上升。",
        "rises": "，其中 {0} 步上升。",
        "small": "不到 0.0001",
        "large": "一百万以上",
    },
}

Point = tuple[float, float]
# surface: its loss, its gradient, where a path begins if nothing else is said, the plot's middle
SURFACES: dict[str, tuple[Any, Any, Point, Point]] = {
    "bowl": (lambda x, y: (x * x + y * y) / 2, lambda x, y: (x, y), (-2.4, 1.4), (0, 0)),
    "valley": (
        lambda x, y: (x * x + 20 * y * y) / 2,
        lambda x, y: (x, 20 * y),
        (-2.6, 1.2),
        (0, 0),
    ),
    "saddle": (lambda x, y: (x * x - y * y) / 2, lambda x, y: (x, -y), (-2.4, 0.1), (0, 0)),
    "wells": (
        lambda x, y: (x * x - 3) * (x * x - 3) / 12 + x / 5 + y * y / 2,
        lambda x, y: (x * (x * x - 3) / 3 + 1 / 5, y),
        (2.8, 1.2),
        (0, 0),
    ),
    "digits": (None, None, (-1.5, -0.5), (1, 1)),  # made of the samples
}


class Place(traitlets.List):
    """Two numbers from -4 to 4.

    Raises:
        ValueError: another value was given; the message names it and the range.
    """

    def validate(self, obj: Explorable, value: Any) -> list[float]:
        """The two numbers in a list; traitlets calls this on every assignment."""
        numbers = list(value) if np.ndim(value) == 1 else []
        if len(numbers) != 2 or not all(is_number(x, -REACH, REACH) for x in numbers):
            raise ValueError(
                f"{self.name} is {value!r}: it must be two numbers from -{REACH} to {REACH}"
            )
        return [float(number) for number in numbers]


class Descent(Explorable):
    """The path of gradient descent with momentum, and the loss along it.

    Each step is `velocity = momentum * velocity - learning_rate * gradient; w = w + velocity`.

    Args:
        features: shape (n, 2): samples for the surface "digits", the loss of a logistic
            regression with two weights.
        labels: 0 or 1 for each sample, shape (n,).
        surface: "bowl", "valley", "saddle", "wells", or "digits" if there are samples.
        start: the two weights at the beginning, -4 to 4; each surface has its own.
        learning_rate: 0.001 to 4. (Far above that, the path on "digits" may become chaotic, and
            Python and a browser, whose exponentials differ in the last bit, would part.)
        momentum: 0 to 0.99.
        batch_size: 1, 8, 32 or "all", for "digits".
        seed: 0 to 9999; settles the order of the samples in each epoch.
        steps: 0 to 200.
    """

    surface = traitlets.Enum(tuple(SURFACES), "valley").tag(sync=True)
    start = Place([-2.6, 1.2]).tag(sync=True)
    learning_rate = Number(0.09, 0.001, 4).tag(sync=True)
    momentum = Number(0, 0, 0.99).tag(sync=True)
    batch_size = traitlets.Enum(BATCH_SIZES, "all").tag(sync=True)
    seed = Whole(0, 9999).tag(sync=True)
    steps = Whole(30, MOST).tag(sync=True)
    features = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)

    def __init__(
        self, features: npt.ArrayLike = (), labels: npt.ArrayLike = (), **options: object
    ) -> None:
        """Take the samples over, features rounded to two decimals.

        Raises:
            ValueError: the samples do not fit together, or an option is out of its range.
        """
        features, labels = np.asarray(features, float), np.asarray(labels)
        if features.size and features.shape[1:] != (2,):
            raise ValueError(f"features has the shape {features.shape}: it must be (n, 2)")
        if labels.shape != (len(features),) or not np.isin(labels, (0, 1)).all():
            raise ValueError(f"labels must be 0 or 1 for each of the {len(features)} samples")
        if (surface := options.get("surface", "valley")) in SURFACES:
            options = {"start": SURFACES[surface][2]} | options
        super().__init__(
            features=features.round(2).tolist(),
            labels=[int(label) for label in labels],
            **options,
        )

    @traitlets.validate("surface")
    def _has_samples(self, proposal: traitlets.Bunch) -> str:
        if proposal.value == "digits" and not self.labels:
            raise ValueError("the surface 'digits' is made of samples: give features and labels")
        return proposal.value

    def losses(self, path: npt.NDArray[np.float64]) -> list[float]:
        """The loss at each place of a path; on the digits' surface, over all samples."""
        if self.surface != "digits":
            return [float(SURFACES[self.surface][0](*w)) for w in path]
        scores, labels = np.asarray(path) @ np.transpose(self.features), np.array(self.labels)
        return (np.logaddexp(0, scores) - labels * scores).mean(axis=1).tolist()

    def path(self) -> npt.NDArray[np.float64]:
        """The places from the start on, shape (steps + 1, 2), fewer if it ran far away."""
        _, slope, _, middle = SURFACES[self.surface]
        gradients = self._gradients() if self.surface == "digits" else None
        w, velocity, places = tuple(self.start), (0.0, 0.0), [tuple(self.start)]
        while len(places) <= self.steps and _is_near(w, middle):
            gradient = slope(*w) if gradients is None else gradients(w)
            velocity = tuple(
                self.momentum * v - self.learning_rate * g
                for v, g in zip(velocity, gradient, strict=True)
            )
            w = tuple(x + v for x, v in zip(w, velocity, strict=True))
            places.append(w)
        return np.array(places)

    def _gradients(self) -> Callable[[Point], list[float]]:
        """The gradient of the loss on one batch after another."""
        features, labels = np.array(self.features), np.array(self.labels)
        count = len(labels)
        rows: Iterator[Any] = (
            itertools.repeat(np.arange(count))
            if self.batch_size == "all"
            else batches(count, self.batch_size, Lehmer(self.seed))
        )

        def gradient(w: Point) -> list[float]:
            x, y = features[now := next(rows)], labels[now]
            errors = 1 / (1 + np.exp(-(x @ w))) - y
            return (errors @ x / len(y)).tolist()

        return gradient

    def describe(self) -> str:
        """The settings, the loss before and after, and how it went on the way."""
        words, path = WORDS[self.language], self.path()
        taken, drawn = len(path) - 1, ""
        if self.surface == "digits":
            kind = "all" if self.batch_size == "all" else "batches"
            count = len(self.labels)
            drawn = words[kind].format(size=self.batch_size, count=count, seed=self.seed)
        sentence = words["head"].format(
            name=words[self.surface],
            steps=words[{0: "no steps", 1: "one step"}.get(taken, "steps")].format(taken),
            start=f"({_rounded(self.start[0], 2)}, {_rounded(self.start[1], 2)})",
            rate=_rounded(self.learning_rate, 4),
            momentum=_rounded(self.momentum, 2),
            drawn=drawn,
        )
        losses = self.losses(path)
        kind = _went(losses, is_far=not _is_near(path[-1], SURFACES[self.surface][3]))
        first, last = (_shown(losses[at], words) for at in (0, -1))
        sentence += words[kind].format(first=first, last=last)
        if kind == "there":
            return sentence
        rises = sum(after - before > TINY for before, after in itertools.pairwise(losses))
        return sentence + words[{0: "never", 1: "once"}.get(rises, "rises")].format(rises)


def _went(losses: list[float], *, is_far: bool) -> str:
    """How a path went, by its losses."""
    change = losses[-1] - losses[0]
    if len(losses) == 1:
        return "there"
    if is_far:
        return "diverged" if change > 0 else "left"
    if abs(change) <= TINY:
        return "same"
    return "fell" if change < 0 else "rose"


def _is_near(w: Point, middle: Point) -> bool:
    return all(abs(w[k] - middle[k]) <= FAR * HALF[k] for k in (0, 1))


def _rounded(value: float, decimals: int) -> str:
    """So many decimals, rounded as the page does it."""
    scale = 10**decimals
    text = f"{math.floor(value * scale + 0.5) / scale:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shown(loss: float, words: dict[str, str]) -> str:
    if loss > 1e6:
        return words["large"]
    if 0 < loss < 1e-4:
        return words["small"]
    return _rounded(loss, 4 if abs(loss) < 100 else 0)
