"""The exercises of section 2.4.4."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def neuron_slopes(x, w, b, y):
    z = w * x + b
    doutput = -2 * (y - max(z, 0))
    dz = doutput * (z > 0)
    return np.array([dz * x, dz])


def _neuron_cases(rng):
    chosen = [(2.0, 3.0, 1.0, 4.0), (2.0, -3.0, 1.0, 4.0), (2.0, -0.5, 1.0, 4.0)]
    return chosen + [tuple(rng.normal(size=4)) for _ in range(7)]


def _without_relu(x, w, b, y):
    dz = -2 * (y - (w * x + b))
    return np.array([dz * x, dz])


def _relu_only_forward(x, w, b, y):
    dz = -2 * (y - max(w * x + b, 0))
    return np.array([dz * x, dz])


def _open_at_the_kink(x, w, b, y):
    z = w * x + b
    dz = -2 * (y - max(z, 0)) * (z >= 0)
    return np.array([dz * x, dz])


def sigmoid_backward(gradient, x):
    s = 1 / (1 + np.exp(-x))
    return gradient * s * (1 - s)


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _sigmoid_cases(rng):
    chosen = [(np.array([1.0, 2.0, -1.0]), np.array([0.0, 0.0, 2.0]))]
    return chosen + [tuple(rng.normal(size=(2, *shape))) for shape in ((3, 2), (5,), (2, 2, 3))]


def row_max_backward(gradient, x):
    is_largest = x == x.max(axis=1, keepdims=True)
    return gradient[:, None] * is_largest


def _row_cases(rng):
    chosen = [(np.array([10.0, -1.0]), np.array([[1.0, 5.0, 2.0], [-3.0, -4.0, -8.0]]))]
    shapes = ((4, 3), (3, 3), (5, 2))
    return chosen + [(rng.normal(size=n), rng.normal(size=(n, m))) for n, m in shapes]


def _by_columns(gradient, x):
    return gradient[:, None] * (x == x.max(axis=0))


EXERCISES = (
    Exercise(
        solution=neuron_slopes,
        cases=_neuron_cases,
        mistakes=(
            Mistake(
                _without_relu,
                en="That is the neuron without relu. What does it give for a negative z?",
                zh="这是没有 relu 的神经元。z 是负数时，它输出什么？",
            ),
            Mistake(
                _relu_only_forward,
                en="relu is in the value, and missing on the way back: what is its local "
                "derivative where z is negative?",
                zh="求值时有 relu，往回走时却漏了：z 是负数的地方，它的局部导数是多少？",
            ),
            Mistake(
                _open_at_the_kink,
                en="Right but for the kink: at z = 0 the derivative is taken as 0.",
                zh="只差折点处：z = 0 时，导数取 0。",
            ),
            Mistake(
                lambda x, w, b, y: -neuron_slopes(x, w, b, y),
                en="The sign is the wrong way round. If the output is too large, the loss "
                "grows with it.",
                zh="正负反了。输出偏大时，它越大，损失也越大。",
            ),
            Mistake(
                lambda x, w, b, y: neuron_slopes(x, w, b, y) / 2,
                en="The derivative of a square brings a factor with it.",
                zh="平方的导数会带出一个系数。",
            ),
            Mistake(
                lambda x, w, b, y: neuron_slopes(x, w, b, y)[[1, 1]],
                en="dw and db differ: at the product, the gradient meets the other factor.",
                zh="dw 和 db 不一样：经过乘积时，梯度要乘上另一个因数。",
            ),
            Mistake(
                lambda x, w, b, y: neuron_slopes(x, w, b, y)[::-1].copy(),
                en="First dw, then db.",
                zh="先 dw，后 db。",
            ),
        ),
        hint={
            "en": "Go back from the loss: the square, relu, the sum, the product. Each time the "
            "gradient of the result times the local derivative.",
            "zh": "从损失往回走：平方、relu、加法、乘法。每次都是结果的梯度乘以局部导数。",
        },
    ),
    Exercise(
        solution=sigmoid_backward,
        cases=_sigmoid_cases,
        mistakes=(
            Mistake(
                lambda gradient, x: _sigmoid(x) * (1 - _sigmoid(x)),
                en="That is the local derivative. Where is the gradient of the result?",
                zh="这只是局部导数。结果的梯度呢？",
            ),
            Mistake(
                lambda gradient, x: gradient + _sigmoid(x) * (1 - _sigmoid(x)),
                en="Along a path, rates are not added.",
                zh="同一条路上，变化率不是相加的。",
            ),
            Mistake(
                lambda gradient, x: gradient * x * (1 - x),
                en="The derivative is given in terms of s, and s is not x.",
                zh="导数是用 s 写的，而 s 不是 x。",
            ),
            Mistake(
                lambda gradient, x: gradient * _sigmoid(x),
                en="Half of the local derivative is missing.",
                zh="局部导数少了一半。",
            ),
            Mistake(
                lambda gradient, x: x * _sigmoid(gradient) * (1 - _sigmoid(gradient)),
                en="`gradient` and `x` have changed places.",
                zh="`gradient` 和 `x` 对调了。",
            ),
        ),
        hint={
            "en": "Compute s from x; then the gradient of the result times the local derivative, "
            "entry by entry.",
            "zh": "先由 x 算出 s，再逐元素地用结果的梯度乘局部导数。",
        },
    ),
    Exercise(
        solution=row_max_backward,
        cases=_row_cases,
        mistakes=(
            Mistake(
                lambda gradient, x: gradient[:, None] * np.ones_like(x),
                en="That is the way back through a sum. If an entry is not the largest, "
                "does the maximum move with it?",
                zh="这是求和运算的反向。不是最大的那些元素，动一动，最大值会跟着变吗？",
            ),
            Mistake(
                lambda gradient, x: 1.0 * (x == x.max(axis=1, keepdims=True)),
                en="These are the local derivatives. The gradient of the result is missing.",
                zh="这是局部导数，还缺结果的梯度。",
            ),
            Mistake(
                lambda gradient, x: x * (x == x.max(axis=1, keepdims=True)),
                en="That keeps the largest values. The slope of the maximum in its largest "
                "entry is another number, and it meets the gradient.",
                zh="这样留下的是最大的值。最大值对最大元素的斜率是另一个数，还要乘上梯度。",
            ),
            Mistake(
                _by_columns,
                en="That looks for the largest of each column.",
                zh="这样找的是每列的最大值。",
            ),
            Mistake(
                lambda gradient, x: gradient * (x == x.max(axis=1, keepdims=True)),
                en="One gradient belongs to each row: it has to be stretched along axis 1, "
                "and broadcasting aligns from the right.",
                zh="每行对应一个梯度，要沿轴 1 拉长；而广播是从右边对齐的。",
            ),
        ),
        hint={
            "en": "If the largest entry of a row grows, the maximum grows just as fast; if another "
            "one grows, it stays. So most of the answer is 0.",
            "zh": "最大的元素增大，最大值就同样增大；别的元素增大，最大值不动。所以答案大多是 0。",
        },
    ),
)
