"""The exercises of section 2.2.4."""

import math

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def values_in(shape):
    return math.prod(shape)


def _shape_cases(rng):
    random = [tuple(rng.integers(1, 9, rank).tolist()) for rank in range(1, 6)]
    return [((60000, 28, 28),), ((),), ((2, 1, 5),), ((7, 0, 3),), *((shape,) for shape in random)]


def with_picture(pictures, picture):
    return np.concatenate([pictures, picture[np.newaxis]])


def _append_cases(rng):
    chosen = np.arange(12, dtype="uint8").reshape(2, 2, 3)
    cases = [(chosen, np.array([[90, 91, 92], [93, 94, 95]], "uint8"))]
    for n, height, width in ((1, 3, 3), (4, 2, 5), (3, 4, 2)):
        pictures = rng.integers(0, 256, (n + 1, height, width), "uint8")
        cases.append((pictures[:-1], pictures[-1]))
    return cases


def paired(left, right):
    return np.stack([left, right], axis=1)


def _pair_cases(rng):
    chosen = np.arange(6, dtype="uint8").reshape(3, 1, 2)
    cases = [(chosen, chosen + np.uint8(90))]
    for shape in ((2, 2, 2), (4, 3, 5), (1, 2, 3)):
        cases.append(tuple(rng.integers(0, 256, (2, *shape), "uint8")))
    return cases


EXERCISES = (
    Exercise(
        solution=values_in,
        cases=_shape_cases,
        mistakes=(
            Mistake(
                sum,
                en="The lengths are added here. Three boxes of four: is that seven things?",
                zh="这是把各个长度加了起来。三个盒子，每个装四样，总共是七样吗？",
            ),
            Mistake(
                len,
                en="That is how many axes there are, the rank. Wanted are the numbers.",
                zh="这是轴的个数，也就是阶。要的是里面有多少个数。",
            ),
            Mistake(
                lambda shape: math.prod(shape[1:]),
                en="That is what one entry along the first axis holds. How many of them are there?",
                zh="这是第一个轴上一项里装的数。这样的项有几个？",
            ),
            Mistake(
                lambda shape: math.prod(shape) if shape else 0,
                en="Right, but for the shape `()`. A scalar has no axes; is there nothing in it?",
                zh="都对，只差形状 `()`。标量没有轴，里面就什么都没有吗？",
            ),
        ),
        hint={
            "en": "Start from the innermost box: how many numbers does it hold? And how many "
            "of these boxes are in the next one?",
            "zh": "从最里面的盒子想起：它装几个数？外面一层又装几个这样的盒子？",
        },
    ),
    Exercise(
        solution=with_picture,
        cases=_append_cases,
        mistakes=(
            Mistake(
                lambda pictures, picture: np.concatenate([pictures, picture]),
                en="The picture has one axis fewer than the stack. Give it the missing one first.",
                zh="这张图比那一叠少一个轴。先把缺的轴补上。",
            ),
            Mistake(
                np.append,
                en="Without an axis, `np.append` lays everything out in a single row.",
                zh="不指定轴，`np.append` 会把所有的数排成一长条。",
            ),
            Mistake(
                lambda pictures, picture: np.concatenate([picture[np.newaxis], pictures]),
                en="All pictures are there, but the new one has come first.",
                zh="图都在，只是新来的排到了最前面。",
            ),
            Mistake(
                lambda pictures, picture: np.stack([*pictures, picture], axis=-1),
                en="The pictures are counted along the last axis here; they should be "
                "along the first.",
                zh="这里数图的是最后一个轴，应该是第一个轴。",
            ),
        ),
        hint={
            "en": "The sample axis exists already and should become longer by one: stack or "
            "concatenate?",
            "zh": "样本轴本来就有，只要加长一格：该用 stack 还是 concatenate？",
        },
    ),
    Exercise(
        solution=paired,
        cases=_pair_cases,
        mistakes=(
            Mistake(
                lambda left, right: np.stack([left, right]),
                en="The new axis came first: these are two stacks, not n pairs.",
                zh="新轴排到了最前面：这是两叠图，不是 n 对图。",
            ),
            Mistake(
                lambda left, right: np.concatenate([left, right], axis=1),
                en="Each pair is glued into one tall picture. Left and right should be "
                "told apart by an axis of their own.",
                zh="每一对都粘成了一张高图。左右两张该由一个单独的轴来区分。",
            ),
            Mistake(
                lambda left, right: np.stack([left, right]).reshape(len(left), 2, *left.shape[1:]),
                en="The shape is right, but `reshape` moves nothing: pictures 0 and 1 of "
                "`left` have become a pair.",
                zh="形状对了，可是 `reshape` 什么也不挪：`left` 的第 0、第 1 张成了一对。",
            ),
            Mistake(
                lambda left, right: np.stack([right, left], axis=1),
                en="Left and right have changed places.",
                zh="左右颠倒了。",
            ),
        ),
        hint={
            "en": "A new axis of length 2 is wanted. At which place of the shape does it stand?",
            "zh": "要添一个长度为 2 的新轴。它在形状里排第几？",
        },
    ),
)
