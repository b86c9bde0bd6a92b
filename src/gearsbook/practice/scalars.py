"""The exercises of section 2.2.1."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def axes_of(nested):
    return np.ndim(nested)


def _nested_cases(rng):
    chosen = [[[1, 2, 3], [4, 5, 6]], 7, [8], [[9]], [2, 8, 4, 0], [[[0.5, 0.5]]]]
    random = [rng.random(rng.integers(1, 4, axes)).tolist() for axes in (1, 2, 3, 4, 5)]
    return [(nested,) for nested in chosen + random]


def dimmed(image, factor):
    return (image * factor).astype(image.dtype)


def _image_cases(rng):
    chosen = np.array([[0.0, 0.5, 1.0]], "float32")
    cases = [(chosen, np.float64(0.25)), (chosen, np.float64(0.0))]
    for dtype in ("float32", "float16", "float64"):
        image = rng.random((3, 4)).astype(dtype)
        factor = 0.5 if dtype == "float16" else rng.random()  # half of a float16 is exact
        cases.append((image, np.float64(factor)))
    return cases


def is_lost(total, step):
    return np.float32(total) + np.float32(step) == np.float32(total)


def _counter_cases(rng):
    chosen = [
        (16777216.0, 1.0),
        (16777215.0, 1.0),
        (16777216.0, 2.0),
        (1.0, 1e-8),
        (1.0, 1e-7),
        (1e-9, 1e-10),
        (1e9, 30.0),
        (1e9, 40.0),
        (0.0, 1e-30),
        (16777218.0, 1.0),
        (16777216.0, 1.00000001),
    ]
    totals, steps = 10 ** rng.uniform(-3, 9, 20), 10 ** rng.uniform(-9, 2, 20)
    return chosen + [(float(total), float(step)) for total, step in zip(totals, steps, strict=True)]


EXERCISES = (
    Exercise(
        solution=axes_of,
        cases=_nested_cases,
        mistakes=(
            Mistake(
                lambda nested: np.size(nested),
                en="That is how many numbers there are. Wanted is how many indices it "
                "takes to reach one of them.",
                zh="这是数的个数。要求的是：取到其中一个数，要用几个下标。",
            ),
            Mistake(
                lambda nested: len(nested),
                en="`len` gives the length of the first axis, and a number has none: "
                "there it fails.",
                zh="`len` 给出的是第一个轴的长度；一个数没有轴，`len` 就会报错。",
            ),
            Mistake(
                lambda nested: str(nested).count("["),
                en="Every bracket was counted. Brackets side by side belong to the same "
                "axis; only those around one number count.",
                zh="所有的括号都数进去了。并排的括号属于同一个轴，只该数套在同一个数外面的几层。",
            ),
            Mistake(
                lambda nested: np.ndim(nested) + 1,
                en="One too many, everywhere. What should come back for a number alone?",
                zh="处处多了一。单独一个数，应该得到几？",
            ),
            Mistake(
                lambda nested: max(np.ndim(nested), 1),
                en="Right for lists. A number alone, without brackets, has no axis at all.",
                zh="遇到列表都对。单独一个数，外面没有括号，一个轴也没有。",
            ),
        ),
        hint={
            "en": "Take the first entry, again and again, until it is no longer a list "
            "(`isinstance` tells). How often did that work?",
            "zh": "一次次取第一个元素，直到它不再是列表（用 `isinstance` 判断）。一共取了几次？",
        },
    ),
    Exercise(
        solution=dimmed,
        cases=_image_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda image, factor: image * factor,
                en="The values are right, the dtype has grown to float64: `factor` is a "
                "NumPy scalar, and it insists on its own.",
                zh="数值对了，数据类型却变成了 float64：`factor` 是 NumPy 标量，它坚持自己的类型。",
            ),
            Mistake(
                lambda image, factor: image * int(factor),
                en="`int` cuts off everything after the point: 0.25 became 0.",
                zh="`int` 把小数部分全舍去了：0.25 变成了 0。",
            ),
            Mistake(
                lambda image, factor: image * np.float32(factor),
                en="Right for float32. But an image in float16 should stay in float16.",
                zh="float32 的图对了。可是 float16 的图也该保持 float16。",
            ),
            Mistake(
                lambda image, factor: (image * factor).astype("float32"),
                en="The result is always float32. It should have the dtype that the "
                "image came with.",
                zh="结果总是 float32。应该是图像原来的数据类型。",
            ),
            Mistake(
                lambda image, factor: (image * factor).astype("uint8"),
                en="Values between 0 and 1 do not survive as whole numbers.",
                zh="0 到 1 之间的值，换成整数就没了。",
            ),
        ),
        hint={
            "en": "Every pixel times the factor. Then look at the dtype: which of the two kinds "
            "of number, Python's or NumPy's, leaves the array's dtype alone?",
            "zh": "每个像素都乘以这个系数。再看数据类型："
            "Python 的数和 NumPy 的数，哪一种不会改变数组的类型？",
        },
    ),
    Exercise(
        solution=is_lost,
        cases=_counter_cases,
        mistakes=(
            Mistake(
                lambda total, step: total + step == total,
                en="Python adds in float64, which keeps about sixteen digits. The counter "
                "here is a float32.",
                zh="Python 用 float64 做加法，能保留大约十六位数字。这里的计数器是 float32。",
            ),
            Mistake(
                lambda total, step: np.float32(total) + np.float32(step) != np.float32(total),
                en="Just the other way round: True should mean that nothing changed.",
                zh="正好说反了：True 应该表示什么都没有变。",
            ),
            Mistake(
                lambda total, step: step < 1e-7,
                en="Small compared with what? The gap between neighbours depends on how "
                "large the total is.",
                zh="跟什么比才算小？相邻两数的间隔，要看总和有多大。",
            ),
            Mistake(
                lambda total, step: step < np.spacing(np.float32(total)),
                en="A sum between two neighbours is rounded to the nearer one, and that "
                "may well be the upper one.",
                zh="和落在相邻两数之间时，会舍入到较近的一个，而那可能正是上面的一个。",
            ),
            Mistake(
                lambda total, step: step <= np.spacing(np.float32(total)) / 2,
                en="Nearly. Exactly in the middle, rounding goes sometimes down and "
                "sometimes up. Rather than predict the sum, compute it.",
                zh="就差一点。正好落在中间时，有时往下舍，有时往上入。与其预测，不如真的加一次。",
            ),
            Mistake(
                lambda total, step: np.isclose(total + step, total),
                en="`isclose` lets pass what differs in the sixth digit. Here the "
                "question is whether anything changed at all.",
                zh="`isclose` 连第六位上的差别都放过。这里问的是：到底有没有一丝变化。",
            ),
            Mistake(
                lambda total, step: np.float32(total + step) == np.float32(total),
                en="Added as Python numbers and rounded once, at the end. The counter is a "
                "float32: the step becomes one before it is added.",
                zh="这是按 Python 的数相加，最后才舍入一次。计数器是 float32：步长要先变成 float32"
                "，再去加。",
            ),
        ),
        hint={
            "en": "Make float32 numbers of both, add them, and compare the sum with what was "
            "there before.",
            "zh": "把两个数都变成 float32，相加，再和原来的总和比较。",
        },
    ),
)
