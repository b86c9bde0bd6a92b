"""The exercises of section 2.6, each across several sections."""

from functools import partial
from itertools import product

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def prepared_pixels(images, train_images):
    _, height, width = train_images.shape
    rows = images.reshape(len(images), height * width)
    train_rows = train_images.reshape(len(train_images), height * width)
    constant = (train_rows == train_rows[0]).all(axis=0)
    return (rows - train_rows.mean(axis=0)) / np.where(constant, 1, train_rows.std(axis=0))


def _pixel_cases(rng):
    train = np.array([[[0, 10]], [[4, 10]], [[8, 10]]], dtype="uint8")
    images = np.array([[[4, 10]], [[0, 12]]], dtype="uint8")
    random = [
        (
            rng.integers(0, 256, (n, height, width)).astype("uint8"),
            rng.integers(0, 256, (8, height, width)).astype("uint8"),
        )
        for n, height, width in ((3, 2, 2), (1, 3, 4))
    ]
    return [(images, train), *random]


def _standardised(images, train_images, *, axis=0, ddof=0, spread_of_constants=1.0, divides=True):
    """As the solution, with the pieces that readers get wrong left open."""
    rows = images.reshape(len(images), -1)
    train_rows = train_images.reshape(len(train_images), -1)
    spread = train_rows.std(axis=axis, ddof=ddof)
    with np.errstate(all="ignore"):
        divisor = np.where(spread > 0, spread, spread_of_constants)
        return (rows - train_rows.mean(axis=axis)) / (divisor if divides else 1)


def after_one_epoch(weights, samples, targets, order, batch_size, learning_rate):
    moved = weights
    for start in range(0, len(samples), batch_size):
        chosen = order[start : start + batch_size]
        errors = samples[chosen] @ moved - targets[chosen]
        moved = moved - learning_rate * 2 * samples[chosen].T @ errors / len(chosen)
    return moved


def _epoch_cases(rng):
    chosen = (
        np.array([0.0]),
        np.array([[1.0], [2.0], [1.0]]),
        np.array([1.0, 4.0, 3.0]),
        np.array([2, 0, 1]),
        2,
        0.1,
    )
    random = [
        (
            rng.normal(size=features),
            rng.normal(size=(n, features)),
            rng.normal(size=n),
            rng.permutation(n),
            size,
            0.05,
        )
        for n, features, size in ((7, 2, 3), (6, 3, 2), (5, 4, 8))
    ]
    return [chosen, *random]


def _epoch(
    weights, samples, targets, order, batch_size, learning_rate,
    *, targets_follow=True, factor=2, whole_batches=False, size_of=len,
):  # fmt: skip
    """As the solution, with the pieces that readers get wrong left open."""
    end = len(samples) - batch_size + 1 if whole_batches else len(samples)
    for start in range(0, end, batch_size):
        at = slice(start, start + batch_size)
        chosen = order[at]
        errors = samples[chosen] @ weights - (targets[chosen] if targets_follow else targets[at])
        slope = factor * samples[chosen].T @ errors / size_of(chosen)
        weights = weights - learning_rate * slope
    return weights


def class_probabilities(x, W1, b1, W2, b2):
    hidden = np.maximum(x @ W1 + b1, 0)
    logits = hidden @ W2 + b2
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _network_cases(rng):
    chosen = (
        np.array([[1.0, 2.0], [1000.0, 0.0]]),
        np.array([[1.0, 0.0], [0.0, -1.0]]),
        np.array([0.0, 1.0]),
        np.array([[1.0, 0.0], [0.0, 1.0]]),
        np.array([0.0, 1.0]),
    )
    random = [
        (
            rng.normal(size=(n, inputs)),
            rng.normal(size=(inputs, units)),
            rng.normal(size=units),
            rng.normal(size=(units, classes)),
            rng.normal(size=classes),
        )
        for n, inputs, units, classes in ((1, 3, 4, 3), (4, 2, 5, 4), (3, 3, 3, 3))
    ]
    return [chosen, *random]


def _network(x, W1, b1, W2, b2, *, relu=True, stable=True, axis=1, last=None):
    """As the solution, with the pieces that readers get wrong left open."""
    hidden = x @ W1 + b1
    logits = (np.maximum(hidden, 0) if relu else hidden) @ W2 + b2
    if last:
        logits = last(logits)
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.max(axis=axis, keepdims=True) if stable else logits)
        return powers / powers.sum(axis=axis, keepdims=True)


def _in_one_sum(x, W1, b1, W2, b2):
    logits = np.maximum(x @ W1 + b1, 0) @ W2 + b2
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum()


def tanh_kernel_gradient(x, kernel, bias, slopes):
    outputs = np.tanh(x @ kernel + bias)
    return x.T @ (slopes * (1 - outputs**2))


def _tanh_cases(rng):
    chosen = (
        np.array([[1.0], [2.0]]),
        np.array([[0.5]]),
        np.array([0.0]),
        np.array([[1.0], [3.0]]),
    )
    random = [
        (
            rng.normal(size=(n, inputs)),
            rng.normal(size=(inputs, units)),
            rng.normal(size=units),
            rng.normal(size=(n, units)),
        )
        for n, inputs, units in ((4, 3, 2), (1, 2, 5), (3, 3, 3))
    ]
    return [chosen, *random]


def mended_training(samples, labels, kernel, bias, rate, orders, batch_size):
    for order in orders:
        for start in range(0, len(samples), batch_size):
            chosen = order[start : start + batch_size]
            x, y = samples[chosen], labels[chosen]
            scores = x @ kernel + bias
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            slopes = powers / powers.sum(axis=1, keepdims=True)
            slopes = (slopes - np.eye(len(bias))[y]) / len(y)
            kernel, bias = kernel - rate * x.T @ slopes, bias - rate * slopes.sum(axis=0)
    return np.vstack([kernel, bias])


def _training_cases(rng):
    chosen = (
        np.array([[2.0], [-1.0], [1.0]]),
        np.array([0, 1, 1]),
        np.zeros((1, 2)),
        np.zeros(2),
        0.5,
        np.array([[2, 0, 1]]),
        2,
    )
    random = [
        (
            rng.normal(size=(n, features)),
            rng.integers(0, classes, n),
            rng.normal(size=(features, classes)),
            rng.normal(size=classes),
            0.1,
            np.stack([rng.permutation(n) for _ in range(2)]),
            size,
        )
        for n, features, classes, size in ((7, 2, 3, 3), (6, 3, 2, 2))
    ]
    return [chosen, *random]


def _broken_training(
    samples, labels, kernel, bias, rate, orders, batch_size,
    *, labels_follow=True, mean=True, downhill=True, size_of=len,
    compounding=False, bias_mean=True, bias_downhill=True,
):  # fmt: skip
    """The loop of the stub, any of its three bugs mended, or half mended."""
    sign = 1 if downhill else -1
    for order in orders:
        if compounding:
            labels = labels[order]
        for start in range(0, len(samples), batch_size):
            at = slice(start, start + batch_size)
            x, y = (
                samples[order[at]],
                labels[order[at] if labels_follow and not compounding else at],
            )
            scores = x @ kernel + bias
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            slopes = powers / powers.sum(axis=1, keepdims=True) - np.eye(len(bias))[y]
            if mean:
                slopes = slopes / size_of(y)
            kernel = kernel - sign * rate * x.T @ slopes
            of_bias = slopes.sum(axis=0) * (1 if bias_mean else len(y))
            bias = bias - sign * rate * of_bias * (1 if bias_downhill else -1)
    return np.vstack([kernel, bias])


_BUGS = {
    "labels_follow": {
        "en": "Row 0 of `shuffled` is some sample. Whose label is first in `y`?",
        "zh": "`shuffled` 的第 0 行是某个样本，`y` 的第一个标签又是谁的？",
    },
    "mean": {
        "en": "The loss is a mean over the batch. Give the loop every sample twice: the loss stays "
        "as it is. Does the step?",
        "zh": "损失是整批的平均。把每个样本都放两遍，损失不变。步子呢？",
    },
    "downhill": {
        "en": "Print the loss after every step, with a small `rate`: which way does it go?",
        "zh": "把 `rate` 取小些，每走一步打印一次损失：它在往哪边走？",
    },
}
_LEFT = {
    1: {"en": "One bug is left.", "zh": "还剩一处错。"},
    2: {"en": "Two bugs are left; here is one of them.", "zh": "还剩两处错，先看其中一处。"},
    3: {"en": "All three bugs are still there; here is one.", "zh": "三处错都还在，先看其中一处。"},
}


def _unmended() -> list[Mistake]:
    """The loop with one, two or all three of its bugs, each with a hint of its own."""
    mistakes = []
    for mended in product((True, False), repeat=len(_BUGS)):
        state = dict(zip(_BUGS, mended, strict=True))
        left = [bug for bug, is_mended in state.items() if not is_mended]
        if left:
            hint = {
                spoken: _LEFT[len(left)][spoken] + {"en": " ", "zh": ""}[spoken] + words
                for spoken, words in _BUGS[left[0]].items()
            }
            mistakes.append(Mistake(partial(_broken_training, **state), **hint))
    return mistakes


EXERCISES = (
    Exercise(
        solution=prepared_pixels,
        cases=_pixel_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda images, train_images: _standardised(images, images),
                en="Mean and spread of the new images themselves: then the same picture "
                "gets other numbers in other company. Which images may set the scale?",
                zh="用了新图像自己的均值和标准差：同一张图换一批同伴，数就变了。"
                "该由哪些图像来定这把尺？",
            ),
            Mistake(
                partial(_standardised, spread_of_constants=0.0),
                en="A pixel that never changes in training has the spread 0. What should "
                "happen to it?",
                zh="训练中从不变化的像素，标准差是 0。拿它怎么办？",
            ),
            Mistake(
                partial(_standardised, axis=None),
                en="One mean for all pixels together. Wanted is one for each pixel: along "
                "which axis?",
                zh="所有像素共用了一个均值。这里要每个像素一个：该沿哪个轴？",
            ),
            Mistake(
                partial(_standardised, divides=False),
                en="The mean is gone; the division by the spread is missing.",
                zh="均值减掉了，还没有除以标准差。",
            ),
            *(
                Mistake(
                    partial(_standardised, spread_of_constants=little),
                    en="A pixel that never changes in training is divided by a tiny number here, "
                    "and 1 more than its mean becomes millions. It should not be divided at all.",
                    zh="训练中从不变化的像素，在这里除以了一个极小的数，比均值大 1 就成了上千"
                    "万。它根本不该除。",
                )
                for little in (1e-8, 1e-7)
            ),
            Mistake(
                lambda images, train_images: np.nan_to_num(
                    _standardised(images, train_images, spread_of_constants=0.0)
                ),
                en="`nan_to_num` hides what the division by 0 has made of a pixel that never "
                "changes. Do not divide it: only its mean is subtracted.",
                zh="从不变化的像素除以 0 之后出了什么，`nan_to_num` 只是把它盖住了。不要除：只减去"
                "均值。",
            ),
            Mistake(
                partial(_standardised, ddof=1),
                en="The deviation is divided by n − 1 here. Wanted is NumPy's own choice, "
                "division by n.",
                zh="这里的标准差除的是 n − 1。要的是 NumPy 自己的算法，除以 n。",
            ),
        ),
        hint={
            "en": "First a row for each picture. Then two vectors from the training images, one "
            "entry for each pixel; broadcasting does the rest.",
            "zh": "先把每张图变成一行。再从训练图像求两个向量，每个像素一个数；其余交给广播。",
        },
    ),
    Exercise(
        solution=after_one_epoch,
        cases=_epoch_cases,
        mistakes=(
            Mistake(
                lambda w, x, y, order, size, rate: _epoch(w, x, y, np.arange(len(x)), size, rate),
                en="The batches are cut in the order of the file. `order` says which "
                "sample comes when.",
                zh="批量是按文件次序切的。哪个样本什么时候出场，由 `order` 决定。",
            ),
            Mistake(
                partial(_epoch, targets_follow=False),
                en="The samples are in their new order, the targets in the old one.",
                zh="样本换了次序，目标值还是原来的次序。",
            ),
            Mistake(
                partial(_epoch, whole_batches=True),
                en="Some samples never come up: the last batch may be smaller.",
                zh="有的样本始终没有出场：最后一批可以小一些。",
            ),
            Mistake(
                lambda w, x, y, order, size, rate: _epoch(
                    w, x, y, order, size, rate, size_of=lambda chosen: size
                ),
                en="The last batch has fewer samples. Its loss is the mean over those.",
                zh="最后一批的样本少一些，它的损失是那几个的平均。",
            ),
            Mistake(
                partial(_epoch, factor=1),
                en="What is the derivative of a square?",
                zh="平方的导数是什么？",
            ),
            Mistake(
                partial(_epoch, size_of=lambda chosen: 1),
                en="That is the gradient of the sum of the squares. The loss is their mean.",
                zh="这是平方和的梯度。损失是平方的平均。",
            ),
            Mistake(
                partial(_epoch, factor=-2),
                en="The loss rises with every step. Which way does the gradient point?",
                zh="每走一步，损失都在上升。梯度指向哪一边？",
            ),
        ),
        hint={
            "en": "For each batch: its samples and targets by `order`, the errors, their gradient "
            "in the weights, one step. The next batch starts from the weights of this one.",
            "zh": "对每个批量：按 `order` 取样本和目标值，求误差，求误差对权重的梯度，走一步。"
            "下一批从这一批的权重出发。",
        },
    ),
    Exercise(
        solution=class_probabilities,
        cases=_network_cases,
        mistakes=(
            Mistake(
                partial(_network, stable=False),
                en="The exponential of 1000 is too large for a float. Softmax does not "
                "change when all logits of a row go down by the same number.",
                zh="1000 的指数，浮点数装不下。一行 logits 同减一个数，softmax 不变。",
            ),
            Mistake(
                partial(_network, axis=0),
                en="Here the columns add up to one. Each sample is a row and has one "
                "probability to give away.",
                zh="现在是每一列加起来等于一。一行才是一个样本，概率要在行内分完。",
            ),
            Mistake(
                partial(_network, relu=False),
                en="Without relu between them the two layers are only one.",
                zh="中间没有 relu，两层只顶一层。",
            ),
            Mistake(
                partial(_network, last=lambda logits: np.maximum(logits, 0)),
                en="The logits may be negative: softmax takes them as they are.",
                zh="logits 可以是负数，softmax 照单全收。",
            ),
            Mistake(
                partial(_network, last=lambda logits: np.log(np.ones_like(logits))),
                en="All classes come out alike: the logits play no part.",
                zh="每个类别都一样：logits 没有起作用。",
            ),
            Mistake(
                _in_one_sum,
                en="All entries together add up to one. Each row should, by itself.",
                zh="全部加起来才等于一。应该每一行自己加起来等于一。",
            ),
            Mistake(
                lambda x, W1, b1, W2, b2: _network(x, W1, 0, W2, 0),
                en="Both biases are missing.",
                zh="两个偏置都少了。",
            ),
        ),
        hint={
            "en": "Two dense layers with relu between them, then softmax row by row, with "
            "`keepdims=True` so that it broadcasts.",
            "zh": "两个全连接层，中间一个 relu，最后逐行做 softmax；`keepdims=True` 让它能广播。",
        },
    ),
    Exercise(
        solution=tanh_kernel_gradient,
        cases=_tanh_cases,
        mistakes=(
            Mistake(
                lambda x, kernel, bias, slopes: x.T @ slopes,
                en="The slopes come from behind tanh, the kernel stands before it. The "
                "chain rule has one more factor.",
                zh="斜率来自 tanh 之后，kernel 却在 tanh 之前。链式法则还差一个因子。",
            ),
            Mistake(
                lambda x, kernel, bias, slopes: x.T @ (slopes * (1 - (x @ kernel + bias) ** 2)),
                en="The derivative of tanh is one minus the square of its *output*.",
                zh="tanh 的导数，是一减去它的**输出**的平方。",
            ),
            Mistake(
                lambda x, kernel, bias, slopes: x.T @ (slopes * np.tanh(x @ kernel + bias)),
                en="That multiplies by tanh itself. What is its derivative?",
                zh="乘的是 tanh 自己。它的导数是什么？",
            ),
            Mistake(
                lambda x, kernel, bias, slopes: (
                    x.T @ (slopes * (1 - np.tanh(x @ kernel + bias) ** 2)) / len(x)
                ),
                en="If the loss is a mean, the slopes that come in have been divided "
                "already. Here the samples are only added up.",
                zh="如果损失是平均，传进来的斜率早已除过了。这里只管把样本加起来。",
            ),
            Mistake(
                lambda x, kernel, bias, slopes: x.T @ (slopes * (1 - np.tanh(x @ kernel) ** 2)),
                en="The bias is missing: it moves the place where tanh is taken.",
                zh="少了偏置：tanh 在哪里取值，它也有份。",
            ),
            Mistake(
                lambda x, kernel, bias, slopes: (
                    slopes * (1 - np.tanh(x @ kernel + bias) ** 2)
                ).sum(axis=0),
                en="That is the gradient in the bias. In the kernel, each slope also meets its "
                "input.",
                zh="这是对偏置的梯度。对 kernel 来说，每个斜率还要碰上它的输入。",
            ),
        ),
        hint={
            "en": "Backwards through two operations: first tanh, element-wise, then the matrix "
            "product. The result has the kernel's shape, which says what must be transposed.",
            "zh": "往回穿过两步运算：先是逐元素的 tanh，再是矩阵乘积。结果与 kernel 形状相同，"
            "该转置谁，由此可知。",
        },
    ),
    Exercise(
        solution=mended_training,
        cases=_training_cases,
        mistakes=(
            *_unmended(),
            Mistake(
                lambda x, y, kernel, bias, rate, orders, size: _broken_training(
                    x, y, kernel, bias, rate, orders, size, size_of=lambda labels: size
                ),
                en="The last batch may be smaller, and its mean is over fewer samples.",
                zh="最后一批可能小一些，它的平均是对那几个样本求的。",
            ),
            Mistake(
                partial(_broken_training, compounding=True),
                en="In the second epoch the labels are shuffled on top of the first time. Take "
                "them from the labels as they came, in every epoch.",
                zh="到了第二轮，标签在上一次打乱的基础上又打乱了一次。每一轮都要从原来的标签里取。",
            ),
            Mistake(
                partial(_broken_training, bias_mean=False),
                en="The kernel's gradient is a mean now, the bias's still a sum.",
                zh="kernel 的梯度已经是平均，bias 的还是总和。",
            ),
            Mistake(
                partial(_broken_training, bias_downhill=False),
                en="The kernel goes downhill now, the bias still up.",
                zh="kernel 已经往下走，bias 还在往上走。",
            ),
        ),
        hint={
            "en": "Three things are wrong, no more. Follow one batch from its samples to the "
            "step, and ask of each line what section 2.2.7, 2.4.2 or 2.4.3 says about it.",
            "zh": "错只有三处。跟着一个批量，从样本一直走到那一步，逐行问："
            "2.2.7、2.4.2、2.4.3 节是怎么说的？",
        },
    ),
)
