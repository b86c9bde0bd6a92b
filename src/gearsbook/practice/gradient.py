"""The exercises of section 2.4.2."""

from collections.abc import Callable
from dataclasses import dataclass

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def slope_along(gradient, direction):
    return (gradient * direction).sum() / np.linalg.norm(direction)


def _direction_cases(rng):
    cases = [(np.array([3.0, 1.0]), np.array([4.0, 0.0]))]
    cases += [(np.array([3.0, -4.0]), np.array([-3.0, 4.0]))]
    cases += [(np.array([3.0, -4.0]), np.array([4.0, 3.0]))]
    shapes = [(5,), (3, 2), (3, 3), (2, 3, 4)]
    return cases + [(rng.normal(size=shape), rng.normal(size=shape)) for shape in shapes]


def logistic_gradient(X, y, w):
    p = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (p - y) / len(y)


def _probabilities(X, w):
    return 1 / (1 + np.exp(-(X @ w)))


def _yes_or_no_cases(rng):
    X = np.array([[1.0, 2.0], [1.0, -1.0], [1.0, 0.0], [1.0, 3.0]])
    cases = [(X, np.array([1.0, 0.0, 0.0, 1.0]), np.zeros(2))]
    for samples, features in ((1, 3), (4, 4), (9, 3)):
        X, w = rng.normal(size=(samples, features)), rng.normal(size=features)
        cases.append((X, rng.integers(0, 2, samples).astype(float), w))
    return cases


@dataclass(frozen=True)
class _Formula:
    """A function of one array that shows itself as its formula, not as a place in memory."""

    text: str
    function: Callable[[np.ndarray], float]

    def __call__(self, x: np.ndarray) -> float:
        return self.function(x)

    def __repr__(self) -> str:
        return self.text


def _measured(function, at):
    """Central differences."""
    slopes, h = np.zeros_like(at), 1e-5
    for entry in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[entry] = h
        slopes[entry] = (function(at + step) - function(at - step)) / (2 * h)
    return slopes


def wrong_entry(function, at, claimed):
    gaps = np.abs(_measured(function, at) - claimed)
    return _index(gaps.argmax(), at)


def _index(place, at):
    return tuple(int(i) for i in np.unravel_index(place, at.shape))


def _claim_cases(rng):
    squares = _Formula("(x ** 2).sum()", lambda x: (x**2).sum())
    product = _Formula("x.prod()", lambda x: x.prod())
    waves = _Formula("np.sin(x).sum()", lambda x: np.sin(x).sum())
    at = np.array([1.0, 2.0, 5.0, 3.0])
    cases = [
        (squares, at, np.array([2.0, 2.0, 10.0, 6.0])),  # too small by 2, and not the smallest
        (squares, at[:3], np.array([2.0, 4.5, 10.0])),  # too large by 0.5, and not the largest
        (product, np.array([[1.0, 2.0], [4.0, 0.5]]), np.array([[4.0, 2.0], [1.0, -8.0]])),
    ]
    for shape in ((6,), (3, 2), (2, 2, 3)):
        at = rng.uniform(-2, 2, shape)
        claimed = np.cos(at)
        claimed[tuple(rng.integers(0, shape))] += rng.choice([-0.3, 0.3])
        cases.append((waves, at, claimed))
    return cases


EXERCISES = (
    Exercise(
        solution=slope_along,
        cases=_direction_cases,
        mistakes=(
            Mistake(
                lambda gradient, direction: (gradient * direction).sum(),
                en="That grows with the arrow's length. Wanted is the change for each unit "
                "of length.",
                zh="箭头越长，这个数就越大。要的是每走一个单位长度的变化。",
            ),
            Mistake(
                lambda gradient, direction: (
                    (gradient * direction).sum()
                    / (np.linalg.norm(gradient) * np.linalg.norm(direction))
                ),
                en="That is the cosine of the angle. It no longer knows how steep it is: "
                "only the arrow should have length 1.",
                zh="这是夹角的余弦，坡有多陡已经看不出来了：该变成长度 1 的只是箭头。",
            ),
            Mistake(
                lambda gradient, direction: gradient @ direction / np.linalg.norm(direction),
                en="For two vectors, yes. Of two matrices `@` makes a matrix; wanted is the "
                "sum over all entries.",
                zh="两个向量这样写可以。两个矩阵用 `@` 得到的是矩阵；这里要对所有元素求和。",
            ),
            Mistake(
                lambda gradient, direction: (
                    abs((gradient * direction).sum()) / np.linalg.norm(direction)
                ),
                en="The size is right. Downhill a slope is negative.",
                zh="大小对了，但下坡时斜率是负的。",
            ),
            Mistake(
                lambda gradient, direction: (
                    -(gradient * direction).sum() / np.linalg.norm(direction)
                ),
                en="Along the gradient itself the loss rises, so there the slope is positive.",
                zh="顺着梯度走，损失上升，斜率应该是正的。",
            ),
        ),
        hint={
            "en": "Make the arrow one of length 1. Then each entry of it, times its slope, is what "
            "that entry adds.",
            "zh": "先把箭头变成长度 1，再看它的每个元素乘上对应的斜率，各贡献多少。",
        },
    ),
    Exercise(
        solution=logistic_gradient,
        cases=_yes_or_no_cases,
        mistakes=(
            Mistake(
                lambda X, y, w: X.T @ (_probabilities(X, w) - y),
                en="That is the gradient of the sum. The loss is a mean.",
                zh="这是总和的梯度，而损失是平均。",
            ),
            Mistake(
                lambda X, y, w: X.T @ (y - _probabilities(X, w)) / len(y),
                en="That points downhill. A gradient points uphill.",
                zh="这样指的是下坡，梯度应该指向上坡。",
            ),
            Mistake(
                lambda X, y, w: X.T @ (X @ w - y) / len(y),
                en="`X @ w` is z, not yet a probability.",
                zh="`X @ w` 是 z，还不是概率。",
            ),
            Mistake(
                lambda X, y, w: X.T @ _probabilities(X, w) / len(y),
                en="The answers of the samples are in it, the labels are not.",
                zh="算进了模型的回答，却没有用到标签。",
            ),
            Mistake(
                lambda X, y, w: 2 * X.T @ (_probabilities(X, w) - y) / len(y),
                en="The 2 belongs to a square, and nothing is squared here.",
                zh="2 是平方求导才有的，这里没有平方。",
            ),
            Mistake(
                lambda X, y, w: (
                    X.T
                    @ (
                        (_probabilities(X, w) - y)
                        * _probabilities(X, w)
                        * (1 - _probabilities(X, w))
                    )
                    / len(y)
                ),
                en="The slope of p, p(1 − p), is there; with −log it cancels. Derive the "
                "loss of one sample in z once more.",
                zh="p 的斜率 p(1 − p) 多余了，遇上 −log 会约掉。再对 z 求一次单个样本的导数。",
            ),
            Mistake(
                lambda X, y, w: X * (_probabilities(X, w) - y)[:, None] / len(y),
                en="These are the contributions of the samples. They still have to be added "
                "up, to the shape of w.",
                zh="这是各个样本的贡献，还要加起来，变成 w 的形状。",
            ),
        ),
        hint={
            "en": "First the slope in z of a single sample, for y = 1 and for y = 0: both fit one "
            "short formula, as with softmax. Then from z to w, as in a linear layer.",
            "zh": "先求单个样本对 z 的斜率，y = 1 和 y = 0 各求一次：两者合成一个短式子，"
            "和 softmax 一样。再从 z 到 w，和线性层一样。",
        },
    ),
    Exercise(
        solution=wrong_entry,
        cases=_claim_cases,
        mistakes=(
            Mistake(
                lambda function, at, claimed: int(
                    np.abs(_measured(function, at) - claimed).argmax()
                ),
                en="That counts the entries in one row. Wanted is an index, a tuple with "
                "one number for each axis: `np.unravel_index` makes one.",
                zh="这是排成一行数下来的序号。要的是下标，每个轴一个数的元组："
                "`np.unravel_index` 可以换算。",
            ),
            Mistake(
                lambda function, at, claimed: _index(
                    (_measured(function, at) - claimed).argmax(), at
                ),
                en="A claim can be too large as well as too small: look at the size of the "
                "difference.",
                zh="既可能偏大，也可能偏小：要看差的大小。",
            ),
            Mistake(
                lambda function, at, claimed: _index(
                    (claimed - _measured(function, at)).argmax(), at
                ),
                en="A claim can be too small as well as too large: look at the size of the "
                "difference.",
                zh="既可能偏小，也可能偏大：要看差的大小。",
            ),
            Mistake(
                lambda function, at, claimed: _index(np.abs(claimed).argmax(), at),
                en="The largest entry need not be the wrong one. Measure, and compare.",
                zh="最大的元素未必就是错的。要量出来，再比较。",
            ),
            Mistake(
                lambda function, at, claimed: _index(
                    np.abs(_measured(function, at) - claimed).argmin(), at
                ),
                en="That is the entry which agrees best.",
                zh="这是最吻合的那个元素。",
            ),
        ),
        hint={
            "en": "Move each entry by a small h, both ways, and hold the others: that is the slope "
            "to compare with the claim.",
            "zh": "每个元素前后各挪一小步 h，按住其余：得到的斜率，拿去与给出的比较。",
        },
    ),
)
