"""The exercises of section 2.2.11."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np

WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue: ITU-R BT.709


def to_channels_first(images):
    return images.transpose(0, 3, 1, 2)


def _layout_cases(rng):
    numbered = np.arange(12, dtype="uint8").reshape(1, 2, 2, 3)
    shapes = ((2, 3, 4, 3), (2, 4, 4, 3), (3, 3, 3, 3), (4, 5, 2, 1))
    return [(numbered,), *((rng.integers(0, 256, shape, "uint8"),) for shape in shapes)]


def _channels_first_by_reshape(images):
    samples, height, width, channels = images.shape
    return images.reshape(samples, channels, height, width)


def grey(images):
    return (images @ np.array(WEIGHTS, "float32"))[..., np.newaxis]


def _colour_cases(rng):
    primaries = np.array([[[[100, 0, 0], [0, 100, 0], [0, 0, 100]]]], "uint8")
    shapes = ((1, 1, 3, 3), (2, 4, 3, 3), (3, 3, 3, 3))
    return [(primaries,), *((rng.integers(0, 256, shape, "uint8"),) for shape in shapes)]


def brighten(images, amount):
    return np.clip(images.astype("int16") + amount, 0, 255).astype("uint8")


def _brightness_cases(rng):
    chosen = np.array([[0, 50], [200, 250]], "uint8")
    random = [(rng.integers(0, 256, (2, 3, 4, 3), "uint8"), amount) for amount in (100, -100, 0)]
    return [(chosen, 60), (chosen, -60), *random]


EXERCISES = (
    Exercise(
        solution=to_channels_first,
        cases=_layout_cases,
        mistakes=(
            Mistake(
                _channels_first_by_reshape,
                en="The shape is right, but the pixels are scrambled: the values kept "
                "their order in memory. The axes should change places.",
                zh="形状对了，像素却全乱了：数值在内存里的先后没有变。该换位置的是轴。",
            ),
            Mistake(
                lambda images: images.transpose(0, 3, 2, 1),
                en="The channels are in place, but height and width have been exchanged: "
                "each picture lies on its side.",
                zh="通道到位了，高和宽却对调了：每张图都横过来了。",
            ),
            Mistake(
                lambda images: images.transpose(3, 0, 1, 2),
                en="The channels have gone in front of the samples. The sample axis "
                "should stay the first.",
                zh="通道跑到样本前面去了。第一个轴应该还是样本。",
            ),
            Mistake(
                lambda images: images.transpose(0, 2, 3, 1),
                en="That is the way back, from channels first to channels last. The "
                "numbers name the old axis for each new place.",
                zh="这是反方向，由通道在前变回通道在后。参数里写的是：每个新位置上放原来的哪个轴。",
            ),
        ),
        hint={
            "en": "Give each old axis its new place: samples, then channels, then height, then "
            "width. `transpose` and `np.moveaxis` reorder axes.",
            "zh": "新的顺序是样本、通道、高、宽。能给轴换位置的是 `transpose` 和 `np.moveaxis`。",
        },
    ),
    Exercise(
        solution=grey,
        cases=_colour_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda images: images.mean(axis=-1, keepdims=True, dtype="float32"),
                en="This is the mean: each channel counts a third. Green should count "
                "most, blue least.",
                zh="这是均值，三个通道各占三分之一。应该绿色占得最多，蓝色最少。",
            ),
            Mistake(
                lambda images: grey(images[..., ::-1]),
                en="The weights are in the wrong order: the channels are red, green, blue.",
                zh="权重的次序反了：通道依次是红、绿、蓝。",
            ),
            Mistake(
                lambda images: grey(images)[..., 0],
                en="The greys are right, but the sum has removed the channel axis. It "
                "should be there, with length 1.",
                zh="灰度对了，但求和时通道轴也没了。应该保留这个轴，长度为 1。",
            ),
            Mistake(
                lambda images: (images @ np.array(WEIGHTS))[..., np.newaxis],
                en="The greys are right, the dtype is float64: weights written as Python "
                "numbers become float64.",
                zh="灰度对了，数据类型却是 float64：权重写成 Python 的小数，NumPy 就会取 float64。",
            ),
            Mistake(
                lambda images: grey(images).astype("uint8"),
                en="Whole numbers again: the fractions are cut off. Wanted is float32.",
                zh="又变回整数了，小数部分全被舍去。要的是 float32。",
            ),
            Mistake(
                lambda images: grey(images) / 255,
                en="The greys go from 0 to 1. Here they should still go up to 255.",
                zh="灰度成了 0 到 1。这里要的仍是最大到 255。",
            ),
            Mistake(
                lambda images: (images @ np.array([0.299, 0.587, 0.114], "float32"))[
                    ..., np.newaxis
                ],
                en="Those are the weights of BT.601, for old television. Wanted are the ones of "
                "BT.709, as on this page.",
                zh="这是老电视 BT.601 的权重。要的是本页上 BT.709 的权重。",
            ),
        ),
        hint={
            "en": "Multiply each pixel by the three weights and sum over the last axis; then "
            "put an axis of length 1 in its place.",
            "zh": "每个像素乘上三个权重，沿最后一个轴求和，再补上一个长度为 1 的轴。",
        },
    ),
    Exercise(
        solution=brighten,
        cases=_brightness_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda images, amount: images + amount,
                en="uint8 has no room for the sum: it wraps around before anything can be "
                "clipped, and a negative amount does not fit at all. Convert first.",
                zh="和在 uint8 里装不下，还没来得及截到 255 就绕回去了，"
                "负数更是根本放不进。先换数据类型。",
            ),
            Mistake(
                lambda images, amount: (images.astype("int16") + amount).astype("uint8"),
                en="The sum is right, and wraps around when it becomes uint8 again. What "
                "must be done to it before?",
                zh="和算对了，转回 uint8 时却绕了回去。转换之前还差一步，差的是什么？",
            ),
            Mistake(
                lambda images, amount: np.clip(images.astype("int16") + amount, 0, 255),
                en="The values are right, but not uint8 again.",
                zh="数值都对，只是还没有转回 uint8。",
            ),
            Mistake(
                lambda images, amount: np.minimum(images.astype("int16") + amount, 255).astype(
                    "uint8"
                ),
                en="The upper end is right. With a negative amount, values fall below 0.",
                zh="上限管住了。可是 `amount` 为负时，数值会小于 0。",
            ),
        ),
        hint={
            "en": "Four steps: a dtype with room for the sum, the sum, the limits 0 and 255, and "
            "back to uint8.",
            "zh": "一共四步：换一种装得下的数据类型，相加，限制在 0 到 255，再转回 uint8。",
        },
    ),
)
