"""The exercises of section 2.3.2."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def shares_of_rows(counts):
    return counts / counts.sum(axis=1, keepdims=True)


def _count_cases(rng):
    square = np.array([[1, 1, 2], [3, 0, 1], [5, 5, 0]])
    random = [(rng.integers(1, 50, shape),) for shape in ((2, 4), (5, 3), (1, 6), (4, 4))]
    return [(square,), *random]


def all_differences(x, y):
    return x[:, np.newaxis] - y


def _difference_cases(rng):
    cases = [(np.array([10, 20, 30]), np.array([1, 2])), (np.array([5, 7]), np.array([5, 8]))]
    random = [(rng.normal(size=n), rng.normal(size=m)) for n, m in ((4, 4), (1, 3), (6, 2))]
    return cases + random


def shift_channels(images, amounts):
    return images + amounts[:, np.newaxis, np.newaxis]


def _channel_cases(rng):
    small = np.zeros((2, 2, 2, 2))  # every wrong axis has the right length
    cases = [(small, np.array([1.0, 2.0]))]
    for shape in ((2, 3, 4, 5), (1, 2, 4, 2), (4, 3, 3, 6), (5, 1, 2, 2)):
        cases.append((rng.normal(size=shape), rng.normal(size=shape[1])))
    return cases


EXERCISES = (
    Exercise(
        solution=shares_of_rows,
        cases=_count_cases,
        mistakes=(
            Mistake(
                lambda counts: counts / counts.sum(axis=1),
                en="The sums have the shape (rows,), so they are laid along the columns: "
                "an error, or worse, none. Their axis should stay, with length 1.",
                zh="各行之和的形状是（行数，），于是对到了各列上：要么报错，要么更糟，"
                "不报错。求和的那个轴应该留下，长度为 1。",
            ),
            Mistake(
                lambda counts: counts / counts.sum(axis=0),
                en="Now each column adds up to one. Which axis has to be summed away so "
                "that each row does?",
                zh="这样是每列加起来等于一。要让每行等于一，该沿哪个轴求和？",
            ),
            Mistake(
                lambda counts: counts / counts.sum(),
                en="That is the share in the whole table. Each row should add up to one by itself.",
                zh="这是占整张表的比例。应该是每一行自己加起来等于一。",
            ),
            Mistake(
                lambda counts: counts / counts.max(axis=1, keepdims=True),
                en="That compares each entry with the largest of its row. A share is a "
                "part of the sum.",
                zh="这是和一行里最大的数相比。比例应该和总和相比。",
            ),
            Mistake(
                lambda counts: counts // counts.sum(axis=1, keepdims=True),
                en="Whole numbers have no room for shares: `//` rounds down, and so does writing "
                "into an array made like `counts`.",
                zh="整数放不下比例：`//` 会往下取整，写进照着 `counts` 建的数组也一样。",
            ),
            Mistake(
                lambda counts: 100 * counts / counts.sum(axis=1, keepdims=True),
                en="These are per cent: each row adds up to 100.",
                zh="这是百分数：每一行加起来等于 100。",
            ),
        ),
        hint={
            "en": "One sum for each row, of shape (rows, 1): that is stretched along the columns.",
            "zh": "每行一个总和，形状（行数，1），这样才会沿着各列拉伸。",
        },
    ),
    Exercise(
        solution=all_differences,
        cases=_difference_cases,
        mistakes=(
            Mistake(
                lambda x, y: x - y,
                en="That pairs entries off, place by place. To get every pair, the two "
                "arrays have to run along different axes.",
                zh="这是同一位置两两相减。要得到所有的配对，两个数组得沿着不同的轴走。",
            ),
            Mistake(
                lambda x, y: x - y[:, np.newaxis],
                en="The rows belong to `y` here. They should belong to `x`.",
                zh="这里的行属于 `y`，应该属于 `x`。",
            ),
            Mistake(
                lambda x, y: y - x[:, np.newaxis],
                en="The shape is right and every sign is wrong: which is subtracted from which?",
                zh="形状对了，正负号全反：是谁减谁？",
            ),
            Mistake(
                lambda x, y: np.abs(x[:, np.newaxis] - y),
                en="These are distances; the sign has been lost.",
                zh="这是距离，正负号丢了。",
            ),
            Mistake(
                lambda x, y: (x[:, np.newaxis] - y).ravel(),
                en="All the numbers are there, in a single row. Leave them in the table "
                "that broadcasting makes.",
                zh="数都在，却排成了一长条。广播得到的表，保持原样就好。",
            ),
        ),
        hint={
            "en": "Wanted is the shape (len(x), len(y)). Which shape must `x` have so that "
            "stretching gives that?",
            "zh": "结果的形状是 (len(x), len(y))。`x` 该是什么形状，拉伸之后才会这样？",
        },
    ),
    Exercise(
        solution=shift_channels,
        cases=_channel_cases,
        mistakes=(
            Mistake(
                lambda images, amounts: images + amounts,
                en="Aligned from the right, the amounts meet the columns of the pictures, "
                "the last axis. Two axes are missing on their right.",
                zh="从右对齐，这些数对上的是最后一个轴，图像的列。右边还缺两个轴。",
            ),
            Mistake(
                lambda images, amounts: images + amounts[:, np.newaxis],
                en="One new axis is not enough: now the amounts meet the rows.",
                zh="只加一个新轴不够：现在对上的是行。",
            ),
            Mistake(
                lambda images, amounts: images + amounts[:, np.newaxis, np.newaxis, np.newaxis],
                en="One new axis too many: now the amounts meet the samples.",
                zh="新轴多了一个：现在对上的是样本。",
            ),
            Mistake(
                lambda images, amounts: images + amounts.sum(),
                en="Every channel has been given the sum of all amounts. Each should get its own.",
                zh="每个通道加的都是总和。应该各加各的。",
            ),
        ),
        hint={
            "en": "Write the two shapes below each other, aligned from the right, and see which "
            "axes the amounts need so that they stand below the channels.",
            "zh": "把两个形状从右对齐，上下写好，看看要补哪些轴，这些数才会正对着通道。",
        },
    ),
)
