"""The exercises of section 2.3.1."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def leaky_relu(x, slope):
    return np.where(x > 0, x, slope * x)


def _leaky_cases(rng):
    chosen = np.array([[-2.0, -0.5, 0.0], [0.5, 1.0, 4.0]])
    cases = [(chosen, 0.1), (chosen.astype("float32"), 0.25), (np.array([-8.0, 8.0]), 0.0)]
    random = [(rng.normal(size=shape), 0.2) for shape in ((5,), (4, 3), (2, 3, 4))]
    return cases + random


def halfway(x, y):
    return ((x.astype("uint16") + y) // 2).astype("uint8")


def _halfway_cases(rng):
    bright = np.array([[200, 255, 0], [7, 101, 255]], dtype="uint8")
    other = np.array([[100, 255, 1], [8, 254, 0]], dtype="uint8")
    random = [tuple(rng.integers(0, 256, (2, 3, n), dtype="uint8")) for n in (1, 4, 9)]
    return [(bright, other), *random]


def product_by_loop(x, y):
    return x * y


def _product_cases(rng):
    whole, fractions = np.array([1, 2, 3]), np.array([0.5, 0.25, 1.5])
    cases = [(whole, fractions), (fractions, whole)]
    for left, right in (
        ("float32", "float64"),
        ("float32", "float32"),
        ("int8", "uint8"),
        ("uint8", "float32"),
        ("uint8", "uint8"),
        ("int64", "int32"),
    ):
        x, y = rng.integers(0, 12, (2, 5))  # products below 127: nothing wraps around
        cases.append((x.astype(left), y.astype(right)))
    return cases


def _filled(result, x, y):
    for place in range(len(x)):
        result[place] = x[place] * y[place]
    return result


EXERCISES = (
    Exercise(
        solution=leaky_relu,
        cases=_leaky_cases,
        mistakes=(
            Mistake(
                lambda x, slope: np.maximum(x, 0),
                en="That is `relu`: what is negative has become zero. Here it should only shrink.",
                zh="这是 `relu`：负数成了零。这里只要求缩小，不要求消失。",
            ),
            Mistake(
                lambda x, slope: slope * x,
                en="Every entry was multiplied. The positive ones should stay as they are.",
                zh="所有元素都乘了。正数应该保持原样。",
            ),
            Mistake(
                lambda x, slope: np.where(x > 0, slope * x, x),
                en="The two cases have changed places: `np.where` takes first what is to "
                "stand where the condition is True.",
                zh="两种情形放反了：`np.where` 先写条件为 True 时取什么。",
            ),
            Mistake(
                lambda x, slope: np.where(x > 0, x, slope),
                en="Every negative entry has become the slope itself. It should become "
                "the slope times what it was.",
                zh="负数全成了斜率本身。应该是斜率乘以原来的数。",
            ),
            Mistake(
                lambda x, slope: np.maximum(x, 0) + slope * x,
                en="The negative entries are right. To the positive ones something was "
                "added that belongs to the negative alone.",
                zh="负数对了。正数多加了一份，那一份只该算在负数上。",
            ),
            Mistake(
                lambda x, slope: np.max(x, slope * x),
                en="`max` takes the largest entry of one array, and its second argument is an "
                "axis. `maximum` compares two arrays entry by entry.",
                zh="`max` 在一个数组里找最大的，它的第二个参数是轴。`maximum` 才是两个数组逐个比较"
                "。",
            ),
        ),
        hint={
            "en": "There are two cases, and each entry is one of them. A condition on the array, "
            "such as `x > 0`, answers for all entries at once.",
            "zh": "分两种情形，每个元素归其中一种。条件可以对整个数组写，例如 `x > 0`，"
            "一次就问遍所有元素。",
        },
    ),
    Exercise(
        solution=halfway,
        cases=_halfway_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda x, y: (x + y) // 2,
                en="The sum of two bright pixels does not fit into `uint8`: it has "
                "wrapped around before it was halved.",
                zh="两个亮像素之和，`uint8` 装不下：还没除以二，就已经绕回去了。",
            ),
            Mistake(
                lambda x, y: x // 2 + y // 2,
                en="Nearly: where both are odd, each half loses its remainder, and one "
                "level is missing.",
                zh="差一点：两个都是奇数时，各自除以二都丢了余数，结果就少了一级。",
            ),
            Mistake(
                lambda x, y: x.astype("uint16") // 2 + y,
                en="Only the first picture was halved. Which parts of the line does `//` "
                "reach without parentheses?",
                zh="只有第一张减了半。不加括号，`//` 管到哪里？",
            ),
            Mistake(
                lambda x, y: (x.astype("uint16") + y) // 2,
                en="The values are right. Pixels are `uint8`, so convert back at the end.",
                zh="数值都对。像素是 `uint8`，最后要换回来。",
            ),
            Mistake(
                lambda x, y: (x.astype("float64") + y) / 2,
                en="These are floats, with halves among them. Asked for are `uint8` "
                "pixels, rounded down.",
                zh="这是浮点数，还带着 0.5。要的是 `uint8` 像素，向下取整。",
            ),
            Mistake(
                lambda x, y: ((x.astype("uint16") + y + 1) // 2).astype("uint8"),
                en="A half has been rounded up. It should go down.",
                zh="一半的地方往上取了整。应该往下。",
            ),
            Mistake(
                lambda x, y: np.round((x.astype("float64") + y) / 2).astype("uint8"),
                en="`round` takes a half to the even neighbour, sometimes up. It should always go "
                "down.",
                zh="`round` 遇到一半时取相邻的偶数，有时会往上。这里总要往下。",
            ),
        ),
        hint={
            "en": "The sum of two pixels can reach 510: give it room before you add, and take "
            "the room away again at the end.",
            "zh": "两个像素加起来可以到 510：先腾出地方再加，最后再收回来。",
        },
    ),
    Exercise(
        solution=product_by_loop,
        cases=_product_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda x, y: _filled(x.copy(), x, y),
                en="The result has the dtype of `x`, so fractions that come from `y` are "
                "cut off. Which dtype holds both?",
                zh="结果的数据类型是 `x` 的，`y` 带来的小数就舍去了。哪种类型两边都装得下？",
            ),
            Mistake(
                lambda x, y: _filled(y.copy(), x, y),
                en="The result has the dtype of `y`. Look at the cases where `x` is the "
                "one with fractions.",
                zh="结果的数据类型是 `y` 的。看看小数在 `x` 里的那些例子。",
            ),
            Mistake(
                lambda x, y: _filled(np.zeros(len(x)), x, y),
                en="`np.zeros` makes `float64` unless it is told otherwise: the values "
                "are right, the dtype only sometimes.",
                zh="不作说明，`np.zeros` 造的是 `float64`：数值都对，类型却只是碰巧对。",
            ),
            Mistake(
                lambda x, y: sum(a * b for a, b in zip(x, y, strict=True)),
                en="The products have been added up. Wanted are the products themselves, "
                "one for each place.",
                zh="乘积加在一起了。要的是乘积本身，每个位置一个。",
            ),
        ),
        hint={
            "en": "Make the array for the results first, with room for both dtypes, then fill it "
            "place by place. `np.result_type(x, y)` names the dtype that NumPy would take.",
            "zh": "先造好放结果的数组，类型要两边都装得下，再逐个位置填。"
            "NumPy 会选哪种类型，`np.result_type(x, y)` 说得出。",
        },
    ),
)
