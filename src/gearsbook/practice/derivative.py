"""The exercises of section 2.4.1."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def central_slope(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def _measured_cases(rng):
    """Steps so wide that every other quotient gives another number."""
    at = np.array([-1.0, 0.5, 2.0])
    random = [(f, rng.uniform(0.5, 2, 3), 0.1) for f in (np.exp, np.tanh, np.sqrt)]
    return [(np.square, 3.0, 0.5), (np.sin, at, 0.5), (np.exp, 1.0, 0.25), *random]


def slope_from_output(a):
    return a * (1 - a)


def _output_cases(rng):
    chosen = np.array([0.5, 0.9, 0.1, 0.0, 1.0])
    random = [rng.uniform(0, 1, shape) for shape in ((4,), (3, 5))]
    return [(outputs,) for outputs in (chosen, np.array([[0.25, 0.75]]), *random)]


def walk_downhill(x, rate, steps):
    """Every step multiplies the distance from the lowest point, 2, by the same factor."""
    return 2 + (x - 2) * (1 - 2 * rate) ** steps


def _walk_cases(rng):
    chosen = [(3.0, 0.1, 1), (3.0, 0.1, 2), (0.0, 0.25, 3), (5.0, 0.1, 0), (1.0, 1.1, 2)]
    return chosen + [(rng.uniform(-3, 3), rng.uniform(0.05, 0.4), n) for n in (1, 4, 10)]


def _walk(x, rate, steps, slope):
    for _ in range(steps):
        x = x - rate * slope(x)
    return x


EXERCISES = (
    Exercise(
        solution=central_slope,
        cases=_measured_cases,
        mistakes=(
            Mistake(
                lambda f, x, h: (f(x + h) - f(x)) / h,
                en="That is the forward difference: it looks to one side only.",
                zh="这是前向差分，只看了一边。",
            ),
            Mistake(
                lambda f, x, h: (f(x + h) - f(x - h)) / h,
                en="How far apart are the two points?",
                zh="这两个点相距多远？",
            ),
            Mistake(
                lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
                en="`/ 2 * h` halves and then multiplies by h. Python goes from left to "
                "right: what is to be divided by needs brackets.",
                zh="`/ 2 * h` 是先除以 2，再乘 h：Python 从左往右算，除数要用括号括起来。",
            ),
            Mistake(
                lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),
                en="The sign is wrong: a function that rises should have a positive slope.",
                zh="符号反了：函数上升，斜率应该是正的。",
            ),
            Mistake(
                lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / (h * h),
                en="That measures the second derivative, how fast the slope changes.",
                zh="这量的是二阶导数，也就是斜率变得有多快。",
            ),
        ),
        hint={
            "en": "The slope of the secant through the points h to the left and h to the right: "
            "how much f rises from one to the other, divided by how far apart they are.",
            "zh": "取左右各 h 处的两个点作割线：从一点到另一点 f 升了多少，再除以两点的距离。",
        },
    ),
    Exercise(
        solution=slope_from_output,
        cases=_output_cases,
        mistakes=(
            Mistake(
                lambda a: np.exp(-a) / (1 + np.exp(-a)) ** 2,
                en="The sigmoid has been applied already: `a` is its output.",
                zh="sigmoid 已经算过了，`a` 就是它的输出。",
            ),
            Mistake(
                lambda a: 1 - a**2,
                en="That is the slope of tanh, from the output of tanh.",
                zh="这是由 tanh 的输出求 tanh 的斜率。",
            ),
            Mistake(
                lambda a: a * (a - 1),
                en="The sigmoid rises everywhere, so no slope can be negative.",
                zh="sigmoid 处处上升，斜率不可能是负的。",
            ),
            Mistake(
                lambda a: 1 - a,
                en="A factor is missing. At an output of 0.5 the slope is 0.25.",
                zh="少了一个因子。输出是 0.5 时，斜率是 0.25。",
            ),
        ),
        hint={
            "en": "Take the derivative of the sigmoid from the table, and write `a` for every "
            "sigmoid(x) in it.",
            "zh": "从表里取 sigmoid 的导数，把其中每个 sigmoid(x) 都换成 `a`。",
        },
    ),
    Exercise(
        solution=walk_downhill,
        cases=_walk_cases,
        mistakes=(
            Mistake(
                lambda x, rate, steps: _walk(x, rate, steps, lambda x: 4 - 2 * x),
                en="That walks uphill: where the slope is positive, down is to the left.",
                zh="这样是往上走：斜率为正的地方，下坡在左边。",
            ),
            Mistake(
                lambda x, rate, steps: x - steps * rate * (2 * x - 4),
                en="The slope is another one after every step: compute it anew each time.",
                zh="每走一步，斜率就变了：每一步都要重新计算。",
            ),
            Mistake(
                lambda x, rate, steps: _walk(x, rate, steps, lambda x: 2 * x),
                en="That is the derivative of x² alone. What does −4x contribute?",
                zh="这只是 x² 的导数，−4x 的那一份呢？",
            ),
            Mistake(
                lambda x, rate, steps: _walk(x, rate, steps, lambda x: x * x - 4 * x),
                en="A step is proportional to the slope of f, not to f itself.",
                zh="步子的大小取决于 f 的斜率，不是 f 的值。",
            ),
            Mistake(
                lambda x, rate, steps: x - rate * (2 * x - 4),
                en="That is one step. How many were asked for?",
                zh="这只走了一步。要走几步？",
            ),
        ),
        hint={
            "en": "In a loop: the slope of f at the present x, times the rate, and away from it.",
            "zh": "用循环：求 f 在当前 x 处的斜率，乘 rate，朝相反的方向走。",
        },
    ),
)
