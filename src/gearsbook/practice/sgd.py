"""The exercises of section 2.4.3."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def largest_rate(curvatures):
    return 2 / curvatures.max()


def _curvature_cases(rng):
    chosen = [np.array([1.0, 20.0]), np.array([4.0]), np.array([0.5, 0.25, 8.0])]
    return [(c,) for c in (*chosen, *(rng.uniform(0.1, 30, n) for n in (2, 3, 10)))]


def momentum_path(w, gradients, learning_rate, momentum):
    velocity, path = np.zeros(len(w)), []
    for gradient in gradients:
        velocity = momentum * velocity - learning_rate * gradient
        w = w + velocity
        path.append(w)
    return np.array(path)


def _momentum(change):
    """A path of which one line is another: `change` gives velocity and place."""

    def path(w, gradients, learning_rate, momentum):
        velocity, places = np.zeros(len(w)), []
        for gradient in gradients:
            velocity, w = change(velocity, w, learning_rate * gradient, momentum)
            places.append(w)
        return np.array(places)

    return path


def _all_the_last(path):
    """What comes of `w += …` when the one array is put into the list again and again."""
    return lambda w, gradients, *rates: path(w, gradients, *rates)[[-1] * len(gradients)]


def _late(velocity, w, push, m):
    return m * velocity - push, w + velocity


def _nesterov(velocity, w, push, m):
    velocity = m * velocity - push
    return velocity, w + m * velocity - push


def _momentum_cases(rng):
    pushes = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 2.0]])
    cases = [(np.array([3.0, 4.0]), pushes, 0.5, 0.5), (np.zeros(2), pushes, 0.1, 0.9)]
    cases += [
        (rng.normal(size=n), rng.normal(size=(5, n)), rng.uniform(0.01, 1), rng.uniform(0.1, 0.95))
        for n in (1, 2, 4)
    ]
    return cases


def rmsprop_path(w, gradients, learning_rate, rho):
    mean_square, path = np.zeros(len(w)), []
    for gradient in gradients:
        mean_square = rho * mean_square + (1 - rho) * gradient**2
        w = w - learning_rate * gradient / np.sqrt(mean_square + 1e-7)
        path.append(w)
    return np.array(path)


def _rmsprop(average, scale):
    """A path with another average of the squares, or another use of it."""

    def path(w, gradients, learning_rate, rho):
        mean_square, places = np.zeros(len(w)), []
        for gradient in gradients:
            mean_square = average(mean_square, gradient**2, rho)
            w = w - learning_rate * gradient / scale(mean_square)
            places.append(w)
        return np.array(places)

    return path


def _fading(mean_square, square, rho):
    return rho * mean_square + (1 - rho) * square


def _rmsprop_late(w, gradients, learning_rate, rho):
    mean_square, places = np.zeros(len(w)), []
    for gradient in gradients:
        w = w - learning_rate * gradient / np.sqrt(mean_square + 1e-7)
        mean_square = rho * mean_square + (1 - rho) * gradient**2
        places.append(w)
    return np.array(places)


def _rmsprop_cases(rng):
    unlike = np.array([[1.0, 0.0001], [2.0, 0.0002], [1.0, -0.0001]])
    cases = [(np.zeros(2), unlike, 0.1, 0.9), (np.array([3.0, 4.0]), 100 * unlike, 0.01, 0.5)]
    cases += [
        (rng.normal(size=n), rng.normal(size=(5, n)), rng.uniform(0.01, 1), rng.uniform(0.6, 0.95))
        for n in (1, 2, 4)
    ]
    return cases


EXERCISES = (
    Exercise(
        solution=largest_rate,
        cases=_curvature_cases,
        mistakes=(
            Mistake(
                lambda curvatures: 2 / curvatures.min(),
                en="That is the border of the flattest axis. On the others the same rate is "
                "already too large.",
                zh="这是最平缓的那个方向的界限。同样的学习率，对别的方向已经太大了。",
            ),
            Mistake(
                lambda curvatures: 1 / curvatures.max(),
                en="At that rate one step ends exactly at the bottom. There is still room "
                "before it diverges.",
                zh="用这个学习率，一步正好到底。离发散还有余地。",
            ),
            Mistake(
                lambda curvatures: 2 / curvatures.mean(),
                en="The axes don't share a border: one that diverges is enough.",
                zh="界限不能取平均：只要有一个方向发散，就发散了。",
            ),
            Mistake(
                lambda curvatures: (2 / curvatures).mean(),
                en="Those are the right borders; but which of them is crossed first?",
                zh="各个方向的界限算对了，可是最先越过的是哪一个？",
            ),
        ),
        hint={
            "en": "Along each axis a step multiplies the distance by 1 − rate · curvature. When "
            "does the size of that reach 1, and on which axis first?",
            "zh": "沿每个方向走一步，距离都乘上 1 − 学习率 · 曲率。它的大小何时到 1？"
            "哪个方向最先到？",
        },
    ),
    Exercise(
        solution=momentum_path,
        cases=_momentum_cases,
        mistakes=(
            Mistake(
                _momentum(lambda v, w, push, m: (m * v + push, w + m * v + push)),
                en="That climbs: the force points against the gradient.",
                zh="这是往上爬：力的方向与梯度相反。",
            ),
            Mistake(
                _momentum(lambda v, w, push, m: (-m * v - push, w - m * v - push)),
                en="The momentum turns round at every step: friction makes a velocity "
                "smaller and does not reverse it.",
                zh="每一步速度都掉头了：摩擦只让速度变小，不会让它反向。",
            ),
            Mistake(
                _momentum(_late),
                en="The weights move with the velocity of the step before. First the "
                "velocity changes, then they move.",
                zh="权重用的还是上一步的速度。先改速度，再更新权重。",
            ),
            Mistake(
                _momentum(_nesterov),
                en="That is Nesterov's way. Wanted is the plain one.",
                zh="这是 Nesterov 的走法。这里要的是普通的动量。",
            ),
            Mistake(
                _momentum(
                    lambda v, w, push, m: (m * v - (1 - m) * push, w + m * v - (1 - m) * push)
                ),
                en="That weighs the force with 1 − momentum. Keras does not: it adds the "
                "whole force.",
                zh="这里给力乘了 1 − 动量。Keras 不这样做：力是整个加上去的。",
            ),
            Mistake(
                _momentum(lambda v, w, push, m: (v, w - push)),
                en="That is plain descent: nothing is remembered from step to step.",
                zh="这是普通的下降：上一步的事，一点也没有记住。",
            ),
            Mistake(
                _all_the_last(momentum_path),
                en="All rows are the last place: `w += …` changes the array that is in the list "
                "already. Make a new one in each step, or put a copy into the list.",
                zh="每一行都是最后的位置：`w += …` 改动的，就是已经放进列表的那个数组。每一步另建"
                "一个，或者放一份副本进去。",
            ),
        ),
        hint={
            "en": "Start with a velocity of zeros. In each step a part of it is kept, the force is "
            "added, and the weights move by what it has become.",
            "zh": "速度从零开始。每一步保留其中一部分，加上力，权重就改变这么多。",
        },
    ),
    Exercise(
        solution=rmsprop_path,
        cases=_rmsprop_cases,
        mistakes=(
            Mistake(
                _rmsprop(_fading, lambda average: np.sqrt(average) + 1e-7),
                en="epsilon stands outside of the root. For gradients of 0.0001 that makes "
                "a difference; Keras has it inside.",
                zh="epsilon 放在根号外面了。Keras 放在里面，梯度只有 0.0001 时就有差别。",
            ),
            Mistake(
                _rmsprop(_fading, lambda average: average + 1e-7),
                en="The root is missing: a gradient is to be divided by something of its "
                "own size, not of its square's.",
                zh="少了开方：除数应该和梯度一样大小，而不是和它的平方一样大小。",
            ),
            Mistake(
                _rmsprop(lambda old, new, rho: rho * old + new, lambda a: np.sqrt(a + 1e-7)),
                en="That is a sum that fades, not a mean: the shares must add up to 1.",
                zh="这是逐渐淡忘的和，不是平均：两份的比例加起来应该是 1。",
            ),
            Mistake(
                _rmsprop(
                    lambda old, new, rho: (1 - rho) * old + rho * new, lambda a: np.sqrt(a + 1e-7)
                ),
                en="rho says how much of the old average is kept, not how much of the new "
                "square is taken.",
                zh="rho 是旧平均保留的比例，不是新平方所占的比例。",
            ),
            Mistake(
                _rmsprop(lambda old, new, rho: old + new, lambda a: np.sqrt(a + 1e-7)),
                en="That adds all squares up and forgets none, which is Adagrad.",
                zh="这是把平方全加起来，什么也不忘，那是 Adagrad。",
            ),
            Mistake(
                _all_the_last(rmsprop_path),
                en="All rows are the last place: `w += …` changes the array that is in the list "
                "already. Make a new one in each step, or put a copy into the list.",
                zh="每一行都是最后的位置：`w += …` 改动的，就是已经放进列表的那个数组。每一步另建"
                "一个，或者放一份副本进去。",
            ),
            Mistake(
                _rmsprop_late,
                en="The step comes too early: the mean square first takes in the gradient of this "
                "step, then the gradient is divided by its root.",
                zh="步子走早了：先把这一步的梯度算进均方，再用它的根去除。",
            ),
        ),
        hint={
            "en": "Keep a running mean of the squared gradients, entry by entry, and divide each "
            "gradient by the root of it, with 1e-7 added before the root is taken.",
            "zh": "逐元素记住梯度平方的滑动平均；每个梯度除以它的平方根，开方之前先加 1e-7。",
        },
    ),
)
