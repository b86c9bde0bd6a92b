"""The exercises of section 2.1."""

import math

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def prepare(images):
    n, height, width = images.shape
    return images.reshape(n, height * width).astype("float32") / 255


def _image_cases(rng):
    small = np.array([[[0, 255], [51, 102]]], "uint8")
    return [(small,), *((rng.integers(0, 256, (n, 4, 3), "uint8"),) for n in (1, 2, 5))]


def share_right(probabilities, labels):
    return (probabilities.argmax(axis=1) == labels).mean()


def _answer_cases(rng):
    chosen = np.array([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.2, 0.2, 0.6], [0.6, 0.1, 0.3]])
    cases = [(chosen, np.array([1, 0, 0, 0]))]
    for n in (1, 10, 200):
        probabilities = rng.dirichlet(np.ones(10), n)
        guesses = np.where(rng.random(n) < 0.7, probabilities.argmax(axis=1), 3)
        cases.append((probabilities, guesses))
    return cases


def steps(samples, batch_size, epochs):
    return math.ceil(samples / batch_size) * epochs


def _step_cases(rng):
    random = [tuple(int(x) for x in rng.integers(1, [1000, 200, 20])) for _ in range(20)]
    return [(60000, 128, 5), (256, 128, 1), (100, 128, 3), *random]


EXERCISES = (
    Exercise(
        solution=prepare,
        cases=_image_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda images: images.reshape(len(images), -1).astype("float32"),
                en="The values still go up to 255. They should go up to 1.",
                zh="数值最大还是 255，应该最大到 1。",
            ),
            Mistake(
                lambda images: images.reshape(len(images), -1) / 255,
                en="The values are right, the dtype is float64: what does NumPy choose "
                "when it divides whole numbers?",
                zh="数值对了，数据类型却是 float64：整数相除，NumPy 会选哪种类型？",
            ),
            Mistake(
                lambda images: images.reshape(len(images), -1).astype("float32") / 256,
                en="Full ink should become exactly 1, and full ink is 255.",
                zh="最浓的墨应该正好变成 1，而最浓的墨是 255。",
            ),
            Mistake(
                lambda images: images.astype("float32") / 255,
                en="Each image still has rows and columns. The network takes one row "
                "of numbers for each sample.",
                zh="每张图还分着行和列。网络要的是每个样本一长排数。",
            ),
            Mistake(
                lambda images: images.reshape(-1, len(images)).astype("float32") / 255,
                en="The first axis should still count the samples: where did it go?",
                zh="第一个轴应该还是数样本的：它到哪儿去了？",
            ),
            Mistake(
                lambda images: images.reshape(len(images), 784).astype("float32") / 255,
                en="784 is 28 · 28: right for MNIST and for nothing else. Height and width are in "
                "`images.shape`.",
                zh="784 是 28 × 28：只对 MNIST 成立。高和宽都在 `images.shape` 里。",
            ),
            Mistake(
                lambda images: images.reshape(len(images), -1).astype("float32") // 255,
                en="`//` rounds down: only full ink is left, everything below it is 0.",
                zh="`//` 往下取整：只剩全黑的像素，其余都成了 0。",
            ),
            Mistake(
                lambda images: (
                    images.transpose(0, 2, 1).reshape(len(images), -1).astype("float32") / 255
                ),
                en="Each image was read column by column. Its rows follow one another already: "
                "nothing has to be transposed.",
                zh="每张图是按列读的。各行本来就首尾相接，什么也不用转置。",
            ),
            Mistake(
                lambda images: (images / images.max()).reshape(len(images), -1).astype("float32"),
                en="Divided by the brightest pixel that happens to be here, the same image gets "
                "other numbers in other company. Full ink is 255.",
                zh="除的是碰巧最亮的像素：同一张图换一批同伴，数就变了。全黑是 255。",
            ),
        ),
        hint={
            "en": "Three things happen: a new shape, a new dtype, a division. The number of "
            "images is `len(images)`.",
            "zh": "一共三件事：换形状、换数据类型、做除法。图像有 `len(images)` 张。",
        },
    ),
    Exercise(
        solution=share_right,
        cases=_answer_cases,
        mistakes=(
            Mistake(
                lambda probabilities, labels: (probabilities.argmax(axis=1) == labels).sum(),
                en="That is how many are right. What share of all samples is that?",
                zh="这是答对的个数。它占全部样本的几分之几？",
            ),
            Mistake(
                lambda probabilities, labels: (probabilities.argmax(axis=1) == labels).mean() * 100,
                en="A share lies between 0 and 1; this one is in per cent.",
                zh="比例在 0 和 1 之间，这里给的是百分数。",
            ),
            Mistake(
                lambda probabilities, labels: (probabilities.argmax(axis=1) != labels).mean(),
                en="That is the share of wrong answers.",
                zh="这是答错的比例。",
            ),
            Mistake(
                lambda probabilities, labels: probabilities.argmax(axis=0) == labels,
                en="`argmax` went down the columns. Each sample is a row.",
                zh="`argmax` 沿着列走了。一行才是一个样本。",
            ),
            Mistake(
                lambda probabilities, labels: (probabilities.max(axis=1) == labels).mean(),
                en="`max` gives the largest probability. Wanted is its place.",
                zh="`max` 给出的是最大的概率，这里要的是它的位置。",
            ),
            Mistake(
                lambda probabilities, labels: probabilities.argmax(axis=1) == labels,
                en="These are the single verdicts, one for each sample. What share of "
                "them is True?",
                zh="这是逐个样本的对错。其中 True 占几分之几？",
            ),
            Mistake(
                lambda probabilities, labels: (
                    probabilities[np.arange(len(labels)), labels] > 0.5
                ).mean(),
                en="The most probable class need not reach one half: it is enough to be ahead of "
                "the others.",
                zh="最可能的类别不必过半，比别的都大就够了。",
            ),
        ),
        hint={
            "en": "First the answer for each sample, the place of its largest probability; "
            "then compare with the labels.",
            "zh": "先求每个样本的回答，也就是最大概率所在的位置，再与标签比较。",
        },
    ),
    Exercise(
        solution=steps,
        cases=_step_cases,
        mistakes=(
            Mistake(
                lambda samples, batch_size, epochs: samples // batch_size * epochs,
                en="The samples left over make one more, smaller batch in each epoch.",
                zh="每一轮里，剩下的样本还要凑成一个小一点的批量。",
            ),
            Mistake(
                lambda samples, batch_size, epochs: -(-samples // batch_size),
                en="That is one epoch.",
                zh="这是一轮的步数。",
            ),
            Mistake(
                lambda samples, batch_size, epochs: -(-samples * epochs // batch_size),
                en="A batch never reaches over the end of an epoch: round up first, then multiply.",
                zh="一个批量不会跨过一轮的末尾：先向上取整，再乘轮数。",
            ),
            Mistake(
                lambda samples, batch_size, epochs: samples / batch_size * epochs,
                en="There is no such thing as a part of a step: the last batch is "
                "smaller, but it is one step.",
                zh="没有零点几步：最后一个批量虽小，也算一步。",
            ),
            Mistake(
                lambda samples, batch_size, epochs: (samples // batch_size + 1) * epochs,
                en="Right, unless the samples fill the last batch exactly: then one "
                "batch too many is counted.",
                zh="大多数时候对；可样本恰好装满最后一批时，就多算了一批。",
            ),
        ),
        hint={
            "en": "How many batches make an epoch? `divmod(60000, 128)` showed how many are "
            "full and what is left.",
            "zh": "一轮有几个批量？`divmod(60000, 128)` 给出了整批有几个、还剩多少。",
        },
    ),
)
