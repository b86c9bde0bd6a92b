"""The exercises of section 2.3.6."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def inside_layer(points, weights, bias, part):
    mapped = points @ weights + bias
    if part <= 0.5:
        return (1 - 2 * part) * points + 2 * part * mapped
    return (2 - 2 * part) * mapped + (2 * part - 1) * np.tanh(mapped)


def _straight_to_the_end(points, weights, bias, part):
    return (1 - part) * points + part * np.tanh(points @ weights + bias)


def _never_bent(points, weights, bias, part):
    return (1 - part) * points + part * (points @ weights + bias)


def _at_half_the_speed(points, weights, bias, part):
    mapped = points @ weights + bias
    if part <= 0.5:
        return (1 - part) * points + part * mapped
    return (1 - part) * mapped + part * np.tanh(mapped)


def _bent_from_the_start(points, weights, bias, part):
    mapped = points @ weights + bias
    if part <= 0.5:
        return (1 - 2 * part) * points + 2 * part * mapped
    return (2 - 2 * part) * points + (2 * part - 1) * np.tanh(mapped)


def _part_cases(rng):
    points = np.array([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0]])
    weights = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])  # a quarter turn
    bias = np.array([0.0, 0.0, 1.0])
    cases = [(points, weights, bias, part) for part in (0.25, 0.75, 0.0, 0.5, 1.0)]
    for part in (0.1, 0.4, 0.6, 0.9):
        cases.append((rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.normal(size=3), part))
    return cases


def undo_layer(outputs, weights, bias):
    return (np.arctanh(outputs) - bias) @ np.linalg.inv(weights)


def _output_cases(rng):
    chosen = np.array([[0.5, 0.0], [0.0, -0.5]])
    cases = [(chosen, np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([0.5, -1.0]))]
    for n in (1, 2, 7):
        weights = 2 * np.eye(3) + rng.uniform(-0.6, 0.6, (3, 3))
        cases.append((rng.uniform(-0.9, 0.9, (n, 3)), weights, rng.normal(size=3)))
    return cases


def cut_accuracy(points, labels, normal, bias):
    return ((points @ normal + bias > 0) == labels).mean()


def _cut_cases(rng):
    corners = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    labels = np.array([1, 0, 0, 0])
    cases = [
        (corners, labels, np.array([1.0, 0.0, 0.0]), -0.5),
        (corners, labels, np.array([0.0, 1.0, 1.0]), -1.0),  # two points on the cut itself
        (corners, 1 - labels, np.array([1.0, 0.0, 0.0]), -0.5),
    ]
    for n in (1, 8, 30):
        points, labels = rng.normal(size=(n, 3)), rng.integers(0, 2, n)
        cases.append((points, labels, rng.normal(size=3), rng.normal()))
    return cases


EXERCISES = (
    Exercise(
        solution=inside_layer,
        cases=_part_cases,
        mistakes=(
            Mistake(
                _straight_to_the_end,
                en="That is one straight line to the layer's result. There are two, and "
                "they meet where the affine map is done.",
                zh="这是一条直线直奔结果。应该有两条，在仿射映射做完的地方相接。",
            ),
            Mistake(
                _never_bent,
                en="The affine map takes the whole way and nothing bends. It should be done "
                "at one half.",
                zh="整段路都给了仿射映射，没有弯。走到一半，它就该做完了。",
            ),
            Mistake(
                _at_half_the_speed,
                en="At one half there is a jump. Each half of the way has to run from 0 to "
                "1 while `part` runs through one half only.",
                zh="走到一半，跳了一下。`part` 只走二分之一，每一段路却要从 0 走到 1。",
            ),
            Mistake(
                _bent_from_the_start,
                en="The second line begins where the first one ended, at the mapped points.",
                zh="第二段的起点，是第一段的终点，也就是映射之后的点。",
            ),
        ),
        hint={
            "en": "Two cases, up to one half and after it. A place between two others is one share "
            "of the one and the rest of the other.",
            "zh": "分两种情形：到一半为止，一半以后。两处之间的位置，由两处按比例合成。",
        },
    ),
    Exercise(
        solution=undo_layer,
        cases=_output_cases,
        mistakes=(
            Mistake(
                lambda outputs, weights, bias: (outputs - bias) @ np.linalg.inv(weights),
                en="The affine map is undone, the bending is not.",
                zh="仿射映射撤销了，弯曲还没有。",
            ),
            Mistake(
                lambda outputs, weights, bias: np.arctanh(outputs) @ np.linalg.inv(weights) - bias,
                en="The bias was added after the product, so it has to go before the "
                "product is undone.",
                zh="偏置是乘完之后加的，所以要先减掉它，再撤销乘法。",
            ),
            Mistake(
                lambda outputs, weights, bias: (np.arctanh(outputs) - bias) @ weights.T,
                en="The transpose undoes a rotation only. These weights also stretch.",
                zh="转置只能撤销旋转，这里的权重还有拉伸。",
            ),
            Mistake(
                lambda outputs, weights, bias: (np.arctan(outputs) - bias) @ np.linalg.inv(weights),
                en="`arctan` undoes `tan`. What undoes `tanh`?",
                zh="`arctan` 撤销的是 `tan`。撤销 `tanh` 的是什么？",
            ),
            Mistake(
                lambda outputs, weights, bias: np.tanh(outputs @ weights + bias),
                en="That is one layer forward.",
                zh="这是往前又走了一层。",
            ),
        ),
        hint={
            "en": "Three steps were taken: product, bias, tanh. Undo each, the last one first.",
            "zh": "当初走了三步：乘，加偏置，tanh。逐步撤销，后走的先撤。",
        },
    ),
    Exercise(
        solution=cut_accuracy,
        cases=_cut_cases,
        mistakes=(
            Mistake(
                lambda points, labels, normal, bias: ((points @ normal + bias > 0) == labels).sum(),
                en="That is how many. Asked is which share of all points.",
                zh="这是个数。要的是占所有点的比例。",
            ),
            Mistake(
                lambda points, labels, normal, bias: ((points @ normal > 0) == labels).mean(),
                en="Without the bias, every cut goes through the origin.",
                zh="没有偏置，每一刀都只能经过原点。",
            ),
            Mistake(
                lambda points, labels, normal, bias: (points @ normal + bias > 0).mean(),
                en="That is the share of points said to be class 1, right or wrong.",
                zh="这是判为第 1 类的比例，没看判得对不对。",
            ),
            Mistake(
                lambda points, labels, normal, bias: (
                    (points @ normal + bias > 0.5) == labels
                ).mean(),
                en="The border is 0 here. One half is for probabilities, after sigmoid.",
                zh="这里的界线是 0。二分之一是 sigmoid 之后的概率的界线。",
            ),
            Mistake(
                lambda points, labels, normal, bias: (
                    (points @ normal + bias >= 0) == labels
                ).mean(),
                en="A point on the cut itself is class 0: only above 0 means class 1.",
                zh="正好落在切面上的点算第 0 类：大于 0 才是第 1 类。",
            ),
        ),
        hint={
            "en": "One number per point, its sign, a comparison with the labels, and the mean of "
            "True and False.",
            "zh": "每个点一个数，看它的正负，与标签比较，再求真假值的平均。",
        },
    ),
)
