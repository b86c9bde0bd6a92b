"""The exercises of section 2.4."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def classifier_loss(logits, labels):
    largest = logits.max(axis=1)
    sums = np.exp(logits - largest[:, None]).sum(axis=1)
    right = logits[np.arange(len(labels)), labels]
    return (largest + np.log(sums) - right).mean()


def _logits_cases(rng):
    chosen = (np.array([[2.0, 1.0], [0.0, 3.0], [1.0, 1.0]]), np.array([0, 0, 1]))
    large = (np.array([[1200.0, 0.0], [-900.0, -905.0]]), np.array([1, 0]))
    random = [
        (rng.normal(size=(n, classes)), rng.integers(0, classes, n))
        for n, classes in ((1, 4), (6, 3), (4, 10))
    ]
    return [chosen, large, *random]


def squared_loss(p, labels):
    one_hot = np.eye(p.shape[1])[labels]
    return ((p - one_hot) ** 2).mean()


def _probability_cases(rng):
    chosen = (np.array([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]]), np.array([0, 1]))
    random = [
        (rng.dirichlet(np.ones(classes), n), rng.integers(0, classes, n))
        for n, classes in ((1, 2), (5, 4), (4, 10))
    ]
    return [chosen, *random]


def _of_probabilities(logits, labels):
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        p = powers / powers.sum(axis=1, keepdims=True)
        return -np.log(p[np.arange(len(labels)), labels]).mean()


def _overflowing(logits, labels):
    with np.errstate(all="ignore"):
        sums = np.exp(logits).sum(axis=1)
        right = logits[np.arange(len(labels)), labels]
        return (np.log(sums) - right).mean()


def _largest_forgotten(logits, labels):
    largest = logits.max(axis=1)
    sums = np.exp(logits - largest[:, None]).sum(axis=1)
    right = logits[np.arange(len(labels)), labels]
    return (np.log(sums) - right).mean()


def _every_label(logits, labels):
    largest = logits.max(axis=1)
    sums = np.exp(logits - largest[:, None]).sum(axis=1)
    right = logits[:, labels]
    return (largest + np.log(sums) - right).mean()


EXERCISES = (
    Exercise(
        solution=classifier_loss,
        cases=_logits_cases,
        mistakes=(
            Mistake(
                _of_probabilities,
                en="A probability was rounded to 0, and −log 0 is infinite. Put softmax into the "
                "logarithm first: the fraction becomes a difference.",
                zh="有个概率舍入成了 0，而 −log 0 是无穷大。先把 softmax 代进对数里，"
                "分式就成了差。",
            ),
            Mistake(
                _overflowing,
                en="The exponential of 1200 is too large for a float. Take the largest logit of "
                "each row out of the sum.",
                zh="1200 的指数，浮点数装不下。把每行最大的 logit 从和里提出来。",
            ),
            Mistake(
                _largest_forgotten,
                en="The largest logit was taken out of the sum. It has to be added again.",
                zh="最大的 logit 从和里提了出来，还得加回去。",
            ),
            Mistake(
                _every_label,
                en="`logits[:, labels]` takes all labels from each row. Each sample has one: pair "
                "the rows with the labels.",
                zh="`logits[:, labels]` 从每一行里取了全部标签。一个样本只有一个："
                "行和标签要一一配对。",
            ),
            Mistake(
                lambda logits, labels: classifier_loss(logits, labels) * len(labels),
                en="That is the sum. Wanted is the mean over the samples.",
                zh="这是总和。要的是对样本求平均。",
            ),
            Mistake(
                lambda logits, labels: -classifier_loss(logits, labels),
                en="The size is right, the sign is not: −log p is never negative.",
                zh="大小对了，正负号不对：−log p 不会是负数。",
            ),
        ),
        hint={
            "en": "For a sample with the right class t: the logarithm of the sum of all "
            "exponentials, minus logit t. Then the mean.",
            "zh": "一个样本，正确类别是 t：所有指数之和的对数，减去第 t 个 logit。最后求平均。",
        },
    ),
    Exercise(
        solution=squared_loss,
        cases=_probability_cases,
        mistakes=(
            Mistake(
                lambda p, labels: ((p - labels[:, None]) ** 2).mean(),
                en="Class 2 is not twice class 1. Make of each label a row with a single 1.",
                zh="类别 2 不是类别 1 的两倍。把每个标签变成只有一个 1 的行。",
            ),
            Mistake(
                lambda p, labels: ((1 - p[np.arange(len(p)), labels]) ** 2).mean(),
                en="That looks at the right classes alone. The others should be 0, and are "
                "compared too.",
                zh="这只看了正确的类别。其余的该是 0，也要比较。",
            ),
            Mistake(
                lambda p, labels: ((p - np.eye(p.shape[1])[labels]) ** 2).sum(axis=1).mean(),
                en="The classes were added up. Wanted is the mean over all entries.",
                zh="各个类别是加起来的。要的是对所有元素求平均。",
            ),
            Mistake(
                lambda p, labels: ((p - np.eye(p.shape[1])[labels]) ** 2).sum(),
                en="That is the sum. Wanted is the mean over all entries.",
                zh="这是总和。要的是对所有元素求平均。",
            ),
            Mistake(
                lambda p, labels: np.abs(p - np.eye(p.shape[1])[labels]).mean(),
                en="These are the sizes of the differences. They should be squared.",
                zh="这是差的绝对值。应该取平方。",
            ),
        ),
        hint={
            "en": "Three steps: one-hot rows, the squared differences, one mean.",
            "zh": "三步：独热的行，差的平方，求一次平均。",
        },
    ),
)
