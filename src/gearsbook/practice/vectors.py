"""The exercises of section 2.2.2."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def nearest(query, known):
    return np.linalg.norm(known.astype("float64") - query, axis=1).argmin()


def _digit_cases(rng):
    query = np.array([0, 200, 0, 100], "uint8")
    chosen = np.array([[255, 0, 255, 0], [0, 0, 0, 90], [10, 190, 20, 110]], "uint8")
    small = np.array([10, 10], "uint8"), np.array([[13, 13], [15, 10]], "uint8")
    cases = [(query, chosen), (query, chosen[::-1].copy()), small]
    for n in (1, 2, 20, 50):
        known = rng.integers(0, 256, (n, 30), "uint8")
        cases.append((rng.integers(0, 256, 30, "uint8"), known))
    return cases


def unit(vector):
    return vector / np.linalg.norm(vector)


def _vector_cases(rng):
    chosen = [[3.0, 4.0], [0.0, -2.0, 0.0], [1, 1, 3, 5, 8], [0.6, 0.8]]
    random = [rng.normal(size=n) for n in (1, 2, 5, 784)]
    return [(np.array(vector),) for vector in chosen] + [(vector,) for vector in random]


def squared_error(predictions, targets):
    return ((predictions[:, 0] - targets) ** 2).mean()


def _prediction_cases(rng):
    cases = [(np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 5.0]))]
    for n in (1, 2, 10, 200):
        targets = rng.random(n)
        cases.append((targets[:, None] + rng.normal(0, 0.1, (n, 1)), targets))
    return cases


EXERCISES = (
    Exercise(
        solution=nearest,
        cases=_digit_cases,
        mistakes=(
            Mistake(
                lambda query, known: np.linalg.norm(known - query, axis=1).argmin(),
                en="`uint8` minus `uint8` wraps around: 0 − 200 becomes 56. Which dtype "
                "can hold a difference below zero?",
                zh="`uint8` 相减会绕回去：0 − 200 成了 56。什么数据类型装得下负数？",
            ),
            Mistake(
                lambda query, known: np.linalg.norm(known.astype(float) - query, axis=1).min(),
                en="That is the smallest distance. Wanted is where it is.",
                zh="这是最小的距离。要求的是它排在第几。",
            ),
            Mistake(
                lambda query, known: np.linalg.norm(known.astype(float) - query, axis=1).argmax(),
                en="That is the row farthest away.",
                zh="这是离得最远的一行。",
            ),
            Mistake(
                lambda query, known: np.linalg.norm(known.astype(float) - query, axis=0).argmin(),
                en="There should be one distance for each row of `known`, so the axis "
                "that goes away is the other one.",
                zh="`known` 的每一行应该有一个距离，所以该消去的是另一个轴。",
            ),
            Mistake(
                lambda query, known: np.abs((known.astype(float) - query).sum(axis=1)).argmin(),
                en="Added up as they are, differences above and below zero cancel out.",
                zh="直接相加，正的差和负的差就抵消了。",
            ),
            Mistake(
                lambda query, known: ((known.astype("int16") - query) ** 2).sum(axis=1).argmin(),
                en="The differences fit into int16, their squares do not: 255 · 255 is 65,025. "
                "Give the squares room, too.",
                zh="差放得进 int16，差的平方却放不下：255 × 255 是 65,025。给平方也留出地方。",
            ),
            Mistake(
                lambda query, known: np.abs(known.astype(int) - query).sum(axis=1).argmin(),
                en="That adds up the sizes of the differences. The distance is the norm of the "
                "difference, which squares them: one large difference counts for more than "
                "several small ones.",
                zh="这是把差的大小直接相加。距离是差的范数，要先平方：一个大差比几个小差更要紧。",
            ),
        ),
        hint={
            "en": "First a dtype with room for negative numbers; then one distance for each row; "
            "then the place of the smallest.",
            "zh": "先换成装得下负数的数据类型，再给每一行求一个距离，最后找最小的排在第几。",
        },
    ),
    Exercise(
        solution=unit,
        cases=_vector_cases,
        mistakes=(
            Mistake(
                lambda vector: vector / vector.sum(),
                en="Now the entries sum to 1, as probabilities do. The norm squares them first.",
                zh="这样是各元素之和等于 1，像概率那样。范数要先平方再相加。",
            ),
            Mistake(
                lambda vector: vector / len(vector),
                en="`len` counts the entries. Wanted is the other length, the arrow's.",
                zh="`len` 数的是元素个数。这里要的是另一种长度，箭头的长度。",
            ),
            Mistake(
                lambda vector: vector / np.abs(vector).max(),
                en="Now the largest entry has size 1. The arrow as a whole is still longer.",
                zh="这样是绝对值最大的元素变成 1，整个箭头还是比 1 长。",
            ),
            Mistake(
                lambda vector: vector / (vector**2).sum(),
                en="Something is missing after the sum of squares.",
                zh="平方和求出来之后，还差一步。",
            ),
            Mistake(
                lambda vector: np.linalg.norm(vector),
                en="That is the norm, one number. Wanted is a vector whose norm is 1.",
                zh="这是范数，只有一个数。要求的是范数为 1 的向量。",
            ),
            Mistake(
                lambda vector: np.abs(vector) / np.linalg.norm(vector),
                en="The norm is 1, but what was negative points the other way now.",
                zh="范数是 1 了，可是原来为负的分量掉了头。",
            ),
            Mistake(
                lambda vector: vector / np.abs(vector).sum(),
                en="That divides by the sum of the sizes. The norm squares the entries, adds, and "
                "takes the root.",
                zh="除的是各分量大小之和。范数要先平方，再相加，再开方。",
            ),
        ),
        hint={
            "en": "If every entry is divided by the same number, the norm is divided by it too. "
            "By which number does it become 1?",
            "zh": "每个元素都除以同一个数，范数也就除以这个数。除以几，范数才会变成 1？",
        },
    ),
    Exercise(
        solution=squared_error,
        cases=_prediction_cases,
        mistakes=(
            Mistake(
                lambda predictions, targets: ((predictions - targets) ** 2).mean(),
                en="Look at the shape of the difference: every prediction was compared "
                "with every target.",
                zh="看看差的形状：每个预测值和每个目标值都比了一遍。",
            ),
            Mistake(
                lambda predictions, targets: ((predictions[:, 0] - targets) ** 2).sum(),
                en="That is the sum over the samples. Wanted is the mean.",
                zh="这是各样本之和。要求的是均值。",
            ),
            Mistake(
                lambda predictions, targets: (predictions[:, 0] - targets).mean() ** 2,
                en="Averaged before squaring, errors above and below zero cancel out.",
                zh="先平均再平方，正负误差就抵消了。",
            ),
            Mistake(
                lambda predictions, targets: np.abs(predictions[:, 0] - targets).mean(),
                en="That is the mean absolute error. Each difference should be squared.",
                zh="这是平均绝对误差。每个差应该平方。",
            ),
            Mistake(
                lambda predictions, targets: np.linalg.norm(predictions[:, 0] - targets),
                en="The norm takes a root at the end, and does not divide by the number "
                "of samples.",
                zh="这是范数：开了方，却没有除以样本数。",
            ),
            Mistake(
                lambda predictions, targets: (
                    sum((a - b) ** 2 for a, b in zip(predictions, targets, strict=True))
                    / len(targets)
                ),
                en="Each `predictions[i]` is a row with one number in it, so an array of shape "
                "(1,) comes back. Take the number out of the row.",
                zh="每个 `predictions[i]` 都是只有一个数的一行，所以返回的是形状 (1,) 的数组。把数"
                "从这一行里取出来。",
            ),
            Mistake(
                lambda predictions, targets: ((predictions[:, 0] - targets) ** 2).mean() ** 0.5,
                en="That is the root of the mean squared error. The mean itself was asked for.",
                zh="这是均方误差的平方根。要的是均方误差本身。",
            ),
            Mistake(
                lambda predictions, targets: ((predictions[:, 0] - targets) ** 2).mean() / 2,
                en="Half of it: some books divide by 2 so that the derivative looks simpler. Here "
                "it is the mean.",
                zh="只有一半：有的书为了导数好看，除了 2。这里要的就是平均。",
            ),
        ),
        hint={
            "en": "Make the two shapes the same first; then difference, square, mean.",
            "zh": "先让两个形状相同，再求差、平方、平均。",
        },
    ),
)
