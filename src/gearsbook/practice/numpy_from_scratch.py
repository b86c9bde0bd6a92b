"""The exercises of section 2.5.2."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def output_gradient(p, labels):
    one_hot = np.eye(p.shape[1])[labels]
    return (p - one_hot) / len(labels)


def _probability_cases(rng):
    chosen = np.array([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]]), np.array([0, 1])
    random = [
        (rng.dirichlet(np.ones(classes), n), rng.integers(0, classes, n))
        for n, classes in ((1, 4), (5, 3), (4, 4))
    ]
    return [chosen, *random]


def gradient_before_relu(dlogits, W2, hidden):
    return (dlogits @ W2.T) * (hidden > 0)


def _relu_cases(rng):
    chosen = (
        np.array([[1.0, -1.0], [0.5, 0.0]]),
        np.array([[2.0, 1.0], [4.0, 6.0]]),
        np.array([[3.0, 0.0], [0.0, 0.5]]),
    )
    random = [
        (
            rng.normal(size=(n, classes)),
            rng.normal(size=(units, classes)),
            np.maximum(0, rng.normal(size=(n, units))),
        )
        for n, classes, units in ((3, 2, 5), (4, 4, 4))
    ]
    return [chosen, *random]


def rmsprop_moved(weight, gradient, mean_square):
    mean_square = 0.9 * mean_square + 0.1 * gradient**2
    return weight - 0.001 * gradient / np.sqrt(mean_square + 1e-7)


def _weight_cases(rng):
    """Gradients about as large as the root of ε, and weights about as small as a step."""
    chosen = np.array([0.001, 0.002]), np.array([3.0, -0.001]), np.array([0.0, 1e-6])
    random = [
        (rng.normal(size=shape) / 100, rng.normal(size=shape) / 1000, rng.random(shape) * 1e-6)
        for shape in ((4,), (2, 3))
    ]
    return [chosen, *random]


EXERCISES = (
    Exercise(
        solution=output_gradient,
        cases=_probability_cases,
        mistakes=(
            Mistake(
                lambda p, labels: p - np.eye(p.shape[1])[labels],
                en="The loss is a mean over the samples: its gradient has a 1/n.",
                zh="损失是各样本的平均，所以梯度里有 1/n。",
            ),
            Mistake(
                lambda p, labels: (np.eye(p.shape[1])[labels] - p) / len(labels),
                en="The sign is turned round: a larger logit of a wrong class makes the "
                "loss larger.",
                zh="符号反了：错误类别的 logit 变大，损失也变大。",
            ),
            Mistake(
                lambda p, labels: (p - np.eye(p.shape[1])[labels]) / p.size,
                en="The mean is over the samples, not over all entries.",
                zh="平均是对样本取的，不是对所有元素。",
            ),
            Mistake(
                lambda p, labels: (p - labels[:, None]) / len(labels),
                en="A label is the number of a class, not a value to subtract. "
                "Make it a one-hot row first.",
                zh="标签是类别的编号，不能当数值来减。先把它变成独热的行。",
            ),
            Mistake(
                lambda p, labels: (p - np.eye(10)[labels]) / len(labels),
                en="10 is the number of digits. How many classes there are is in the shape of `p`.",
                zh="10 是数字的个数。这里有几个类别，看 `p` 的形状。",
            ),
            Mistake(
                lambda p, labels: -np.eye(p.shape[1])[labels] / p / len(labels),
                en="That is the gradient in the probabilities. One step further back, through the "
                "softmax, are the logits.",
                zh="这是对概率的梯度。再往回走一步，穿过 softmax，才到 logits。",
            ),
            Mistake(
                lambda p, labels: (p - np.eye(p.shape[1])[labels]) / p.shape[1],
                en="Divided by the number of classes. The mean is over the samples.",
                zh="除的是类别数。平均是对样本求的。",
            ),
        ),
        hint={
            "en": "Each probability is compared with 1 for the right class and 0 for the others; "
            "then think of the mean.",
            "zh": "每个概率都与目标比：正确的类别是 1，其余是 0；再想想平均。",
        },
    ),
    Exercise(
        solution=gradient_before_relu,
        cases=_relu_cases,
        mistakes=(
            Mistake(
                lambda dlogits, W2, hidden: dlogits @ W2.T,
                en="This is the gradient after the relu, or every unit was let through: "
                "after a relu nothing is negative, so `>=` is always true.",
                zh="这还是对 relu 输出的梯度；或者掩码没有起作用："
                "relu 的输出没有负数，`>=` 处处成立。",
            ),
            Mistake(
                lambda dlogits, W2, hidden: (dlogits @ W2) * (hidden > 0),
                en="Backwards the kernel is transposed: row i of it belongs to unit i.",
                zh="往回走，kernel 要转置：它的第 i 行属于第 i 个单元。",
            ),
            Mistake(
                lambda dlogits, W2, hidden: (dlogits @ W2.T) * hidden,
                en="The slope of relu is 0 or 1, not the value of the unit.",
                zh="relu 的斜率是 0 或 1，不是单元的值。",
            ),
            Mistake(
                lambda dlogits, W2, hidden: np.maximum(dlogits @ W2.T, 0),
                en="A gradient may be negative. relu lets it through where its *output* is "
                "positive.",
                zh="梯度可以是负的。relu 在它的**输出**为正的地方放行。",
            ),
        ),
        hint={
            "en": "First the gradient in the hidden layer, one entry for each sample and unit; "
            "then what relu does to it.",
            "zh": "先求对隐藏层的梯度，每个样本、每个单元一个数；再看 relu 拿它怎么办。",
        },
    ),
    Exercise(
        solution=rmsprop_moved,
        cases=_weight_cases,
        mistakes=(
            Mistake(
                lambda weight, gradient, mean_square: weight - 0.001 * gradient,
                en="That is plain gradient descent. RMSprop divides by a root.",
                zh="这是普通的梯度下降。RMSprop 还要除以一个平方根。",
            ),
            Mistake(
                lambda weight, gradient, mean_square: (
                    weight - 0.001 * gradient / np.sqrt(mean_square + 1e-7)
                ),
                en="The mean square takes in the new gradient first, then it is used.",
                zh="均方要先吸收新的梯度，然后再用。",
            ),
            Mistake(
                lambda weight, gradient, mean_square: (
                    weight
                    - 0.001 * gradient / np.sqrt(0.1 * mean_square + 0.9 * gradient**2 + 1e-7)
                ),
                en="ρ and 1 − ρ are exchanged: most of the mean square is the past.",
                zh="ρ 和 1 − ρ 弄反了：均方的大部分来自过去。",
            ),
            Mistake(
                lambda weight, gradient, mean_square: (
                    weight - 0.001 * gradient / (0.9 * mean_square + 0.1 * gradient**2 + 1e-7)
                ),
                en="The root is missing: the mean square is a mean of *squares*.",
                zh="少了开平方：均方是*平方*的平均。",
            ),
            Mistake(
                lambda weight, gradient, mean_square: (
                    weight
                    - 0.001 * gradient / (np.sqrt(0.9 * mean_square + 0.1 * gradient**2) + 1e-7)
                ),
                en="ε stands under the root.",
                zh="ε 在根号里面。",
            ),
            Mistake(
                lambda weight, gradient, mean_square: (
                    weight
                    + 0.001 * gradient / np.sqrt(0.9 * mean_square + 0.1 * gradient**2 + 1e-7)
                ),
                en="The step goes uphill: a weight moves against its slope.",
                zh="这一步在上坡：权重要逆着斜率更新。",
            ),
            Mistake(
                lambda weight, gradient, mean_square: (
                    weight - 0.001 * gradient / np.sqrt(0.9 * mean_square + 0.1 * gradient**2)
                ),
                en="ε is missing. For gradients as small as these it makes a difference.",
                zh="少了 ε。梯度这么小时，有没有它不一样。",
            ),
            Mistake(
                lambda weight, gradient, mean_square: (
                    0.001 * gradient / np.sqrt(0.9 * mean_square + 0.1 * gradient**2 + 1e-7)
                ),
                en="That is the step. Where is the weight after it?",
                zh="这是步子。走完这一步，权重在哪里？",
            ),
        ),
        hint={
            "en": "Two lines: a new mean square out of the old one and the squared gradient, then "
            "the step, divided by the root of it.",
            "zh": "两行：由旧均方和梯度的平方求出新均方，再走一步，步子要除以它的平方根。",
        },
    ),
)
