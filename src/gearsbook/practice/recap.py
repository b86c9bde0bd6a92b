"""The exercises of section 2.5.1."""

from itertools import pairwise

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def count_parameters(sizes):
    return sum((inputs + 1) * units for inputs, units in pairwise(sizes))


def _size_cases(rng):
    random = [tuple(int(x) for x in rng.integers(1, 900, n)) for n in (2, 2, 3, 4, 5)]
    return [(sizes,) for sizes in ((784, 512, 10), (2, 3), *random)]


def dense_relu(x, kernel, bias):
    return np.maximum(0, x @ kernel + bias)


def _layer_cases(rng):
    chosen = (
        np.array([[1.0, 2.0], [3.0, -1.0]]),
        np.array([[1.0, -1.0], [1.0, 2.0]]),
        np.array([1.0, -4.0]),
    )
    random = [
        (rng.normal(size=(n, inputs)), rng.normal(size=(inputs, units)), rng.normal(size=units))
        for n, inputs, units in ((1, 3, 2), (5, 4, 4), (4, 7, 4))
    ]
    return [chosen, *random]


def recall(confusion):
    return confusion.diagonal() / confusion.sum(axis=1)


def _confusion_cases(rng):
    chosen = np.array([[8, 2, 0], [1, 9, 0], [5, 0, 5]])
    return [(chosen,), *((rng.integers(1, 90, (n, n)),) for n in (2, 4, 10))]


EXERCISES = (
    Exercise(
        solution=count_parameters,
        cases=_size_cases,
        mistakes=(
            Mistake(
                lambda sizes: sum(a * b for a, b in pairwise(sizes)),
                en="These are the weights. Every unit has a bias as well.",
                zh="这是权重的个数。每个单元还有一个偏置。",
            ),
            Mistake(
                lambda sizes: sum(a * (b + 1) for a, b in pairwise(sizes)),
                en="A bias belongs to a unit of the layer, not to one of its inputs.",
                zh="偏置属于层里的单元，而不是层的输入。",
            ),
            Mistake(
                lambda sizes: sum(a * b for a, b in pairwise(sizes)) + sum(sizes),
                en="The inputs are no layer: they have no biases.",
                zh="输入不是层，没有偏置。",
            ),
            Mistake(
                lambda sizes: (sizes[0] + 1) * sizes[1],
                en="That is the first layer. `sizes` may name more of them.",
                zh="这是第一层。`sizes` 里可能还有别的层。",
            ),
        ),
        hint={
            "en": "Each layer has one weight for every pair of an input and a unit, and one "
            "bias for every unit. What one layer gives out, the next takes in.",
            "zh": "每一层里，一个输入配一个单元就有一个权重，每个单元还有一个偏置；"
            "前一层的输出就是后一层的输入。",
        },
    ),
    Exercise(
        solution=dense_relu,
        cases=_layer_cases,
        mistakes=(
            Mistake(
                lambda x, kernel, bias: x @ kernel + bias,
                en="Negative values come through: the relu is missing.",
                zh="负数漏了过去：还缺 relu。",
            ),
            Mistake(
                lambda x, kernel, bias: np.maximum(0, x @ kernel),
                en="The bias is missing.",
                zh="少了偏置。",
            ),
            Mistake(
                lambda x, kernel, bias: np.maximum(0, x @ kernel) + bias,
                en="The bias comes before the relu: it decides which units are silent.",
                zh="偏置要加在 relu 之前：哪些单元输出 0，由它决定。",
            ),
            Mistake(
                lambda x, kernel, bias: np.maximum(0, x @ kernel + bias).max(axis=0),
                en="`max` picks the largest along an axis. `maximum` compares two arrays "
                "element by element.",
                zh="`max` 沿某个轴挑最大值，`maximum` 才是两个数组逐元素比较。",
            ),
            Mistake(
                lambda x, kernel, bias: np.maximum(0, (x @ kernel).T + bias).T,
                en="The bias was added along the samples. It has one number for every "
                "unit, and the units are the last axis.",
                zh="偏置沿着样本加上去了。它是每个单元一个数，而单元在最后一个轴上。",
            ),
        ),
        hint={
            "en": "Three steps, in this order: the dot product, the bias, the relu.",
            "zh": "三步，次序不能变：点积、偏置、relu。",
        },
    ),
    Exercise(
        solution=recall,
        cases=_confusion_cases,
        lists=True,
        mistakes=(
            Mistake(
                lambda confusion: confusion.diagonal() / confusion.sum(axis=0),
                en="You divided by the sums of the columns: of all that was *answered* 3, "
                "how much is a 3. The labels are in the rows.",
                zh="除的是各列之和：凡是“答 3”的，有多少真是 3。标签在行里。",
            ),
            Mistake(
                lambda confusion: confusion.diagonal() / confusion.sum(),
                en="You divided by all samples. Of each label, how many samples are there?",
                zh="除的是全部样本。每个标签各有多少样本？",
            ),
            Mistake(
                lambda confusion: confusion.diagonal().sum() / confusion.sum(),
                en="That is the accuracy, one number for all. Wanted is one for each label.",
                zh="这是准确率，全体只有一个数。这里要的是每个标签一个。",
            ),
            Mistake(
                lambda confusion: 1 - confusion.diagonal() / confusion.sum(axis=1),
                en="That is the share that was missed.",
                zh="这是漏掉的比例。",
            ),
        ),
        hint={
            "en": "The right answers stand on the diagonal; a row has all samples of a label.",
            "zh": "答对的都在对角线上；一行是同一标签的全部样本。",
        },
    ),
)
