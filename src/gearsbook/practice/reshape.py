"""The exercises of section 2.3.4."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def flattened(images):
    return images.reshape(len(images), images.shape[1] * images.shape[2])


def film_strip(images):
    return images.transpose(1, 0, 2).reshape(images.shape[1], -1)


def _image_cases(rng):
    small = np.arange(12).reshape(2, 2, 3)
    shapes = ((3, 4, 2), (1, 3, 5), (4, 2, 2), (2, 3, 3))
    return [(small,), *((rng.integers(0, 256, shape, "uint8"),) for shape in shapes)]


def _images_or_none(rng):
    return [*_image_cases(rng), (np.zeros((0, 28, 28), "uint8"),)]


def untransposed(y, order):
    return y.transpose(np.argsort(order))


def _orders(rng):
    cases = []
    for order in ((1, 2, 0), (2, 0, 1), (1, 0), (3, 0, 1, 2), (0, 2, 1), (2, 3, 1, 0)):
        x = rng.integers(0, 100, rng.permutation(len(order)) + 2)
        cases.append((x.transpose(order).copy(), order))
    return cases


EXERCISES = (
    Exercise(
        solution=flattened,
        cases=_images_or_none,
        mistakes=(
            Mistake(
                lambda images: images.reshape(len(images), -1),
                en="Right for every batch but an empty one: with 0 samples, -1 could be "
                "anything. Height and width are known; say them.",
                zh="只有空批量不行：样本数是 0，-1 就可以是任何数。高和宽是知道的，直接写出来。",
            ),
            Mistake(
                lambda images: images.reshape(-1),
                en="Now the samples have run together as well. Their axis should stay.",
                zh="连样本也接到了一起。样本轴应该留下。",
            ),
            Mistake(
                lambda images: images.transpose(0, 2, 1).reshape(
                    len(images), images.shape[1] * images.shape[2]
                ),
                en="Here each picture is read column by column. Nothing has to be "
                "transposed: the rows already follow one another.",
                zh="这样每张图是按列读的。什么也不用转置：各行本来就首尾相接。",
            ),
        ),
        hint={
            "en": "The sample axis stays as it is, the two others become one. How long is it?",
            "zh": "样本轴不动，另外两个轴合成一个。它有多长？",
        },
    ),
    Exercise(
        solution=film_strip,
        cases=_image_cases,
        mistakes=(
            Mistake(
                lambda images: images.reshape(images.shape[1], -1),
                en="The shape is right, the pictures are in pieces. Only neighbouring axes "
                "can be joined: which two must stand side by side first?",
                zh="形状对了，图却碎了。只有相邻的轴才能合并：先要让哪两个轴挨在一起？",
            ),
            Mistake(
                lambda images: images.transpose(1, 2, 0).reshape(images.shape[1], -1),
                en="Samples and width are joined in the wrong order: pixel columns of all "
                "pictures take turns. The right one of two joined axes runs faster.",
                zh="样本和宽合并的次序反了：各张图的像素列轮流出现。合并的两个轴里，右边的走得快。",
            ),
            Mistake(
                lambda images: images.reshape(-1, images.shape[2]),
                en="These pictures stand one below the other. They should be side by side.",
                zh="这样图是一张压一张往下排的。应该左右并排。",
            ),
        ),
        hint={
            "en": "Along a row of the strip you meet, picture by picture, the columns of each. "
            "Bring these two axes together, in this order, then join them.",
            "zh": "沿着长条的一行走，先换图，图内再换列。让这两个轴按这个次序挨着，再合并。",
        },
    ),
    Exercise(
        solution=untransposed,
        cases=_orders,
        mistakes=(
            Mistake(
                lambda y, order: y.transpose(order),
                en="The same order once more goes on turning. It undoes itself only where "
                "just two axes were swapped.",
                zh="同样的次序再来一次，只是接着转。只有交换两个轴时，它才能还原自己。",
            ),
            Mistake(
                lambda y, order: y.T,
                en="`.T` turns all axes around. Here the order was another one.",
                zh="`.T` 把所有的轴颠倒过来，这里却是别的次序。",
            ),
            Mistake(
                lambda y, order: y.transpose(order[::-1]),
                en="Reading the order backwards is not undoing it. Ask of each old axis at "
                "which place of the order it is.",
                zh="把次序倒着念，并不是还原。对原来的每个轴问：它在次序里排第几？",
            ),
        ),
        hint={
            "en": "Axis k of y is axis order[k] of x. So where in y is axis 0 of x? Axis 1?",
            "zh": "y 的轴 k 是 x 的轴 order[k]。那么 x 的轴 0 在 y 的哪里？轴 1 呢？",
        },
    ),
)
