"""The exercises of section 2.3.3."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def layer_output(batch, weights, bias):
    return np.maximum(batch @ weights + bias, 0)


def _layers(rng):
    square = (np.array([[1.0, -2.0], [3.0, 0.5]]), np.array([[1.0, 2.0], [-1.0, 1.0]]))
    cases = [(*square, np.array([-1.0, 0.5]))]
    for samples, inputs, units in ((3, 4, 2), (1, 5, 3), (4, 2, 4), (3, 3, 3)):
        shapes = (samples, inputs), (inputs, units), units
        cases.append(tuple(rng.normal(size=shape) for shape in shapes))
    return cases


def row_dots(x, y):
    return (x * y).sum(axis=1)


def _pairs_of_rows(rng):
    cases = [(np.array([[1, 2], [3, 4]]), np.array([[10, 1], [0, 5]]))]
    for shape in ((3, 3), (4, 2), (1, 5), (2, 6)):
        cases.append(tuple(rng.integers(-9, 10, shape) for _ in range(2)))
    return cases


def multiplications(a, b):
    return a[0] * a[1] * b[1] if a[1] == b[0] else 0


def _shapes(rng):
    shapes = [((2, 3), (3, 4)), ((128, 784), (784, 512)), ((2, 3), (2, 3)), ((5, 1), (1, 5))]
    for _ in range(4):
        rows, inner, columns = (int(n) for n in rng.integers(2, 9, 3))
        shapes.append(((rows, inner), (inner, columns)))
    return shapes


EXERCISES = (
    Exercise(
        solution=layer_output,
        cases=_layers,
        mistakes=(
            Mistake(
                lambda batch, weights, bias: batch @ weights + bias,
                en="The affine part is right. A negative result should leave the layer as zero.",
                zh="仿射的部分对了。负的结果出来时应该是零。",
            ),
            Mistake(
                lambda batch, weights, bias: np.maximum(batch @ weights, 0) + bias,
                en="The bias comes too late: it is added before relu decides what is negative.",
                zh="偏置加晚了：要先加上它，再由 relu 判断谁是负的。",
            ),
            Mistake(
                lambda batch, weights, bias: np.maximum(weights.T @ batch.T + bias, 0),
                en="Here the units have come first. The samples belong in front: which of "
                "the two has to stand on the left?",
                zh="这样单元跑到了前面。样本应该在前：两个矩阵哪个该在左边？",
            ),
        ),
        hint={
            "en": "Each row of the batch meets each column of the weights; then bias, then relu.",
            "zh": "批量的每一行遇上权重的每一列；然后加偏置，最后是 relu。",
        },
    ),
    Exercise(
        solution=row_dots,
        cases=_pairs_of_rows,
        mistakes=(
            Mistake(
                lambda x, y: x @ y.T,
                en="This lets each row meet all rows: n · n numbers, and n are wanted. The "
                "others need not be computed at all.",
                zh="这样每一行都遇上了所有的行，有 n × n 个数，要的却只有 n 个。其余的根本不必算。",
            ),
            Mistake(
                lambda x, y: (x * y).sum(axis=0),
                en="One sum for each column. A dot product adds along a row: which axis has "
                "to vanish?",
                zh="这是每列一个和。点积是沿着行加的：该消失的是哪个轴？",
            ),
            Mistake(
                lambda x, y: (x * y).sum(),
                en="Everything has become one number. The axis of the rows should stay.",
                zh="全加成了一个数。数行的那个轴应该留下。",
            ),
        ),
        hint={
            "en": "Multiply place by place first; nothing has to be transposed for that. Then add.",
            "zh": "先逐个相乘，这一步不用转置；再相加。",
        },
    ),
    Exercise(
        solution=multiplications,
        cases=_shapes,
        mistakes=(
            Mistake(
                lambda a, b: a[0] * b[1] if a[1] == b[0] else 0,
                en="So many entries has the result. Each of them takes several "
                "multiplications: how many?",
                zh="这是结果有几个数。每个数又要乘好几次：几次？",
            ),
            Mistake(
                lambda a, b: a[0] * a[1] * b[0] * b[1] if a[1] == b[0] else 0,
                en="The inner length is counted twice. It is one loop, not two.",
                zh="中间的长度算了两遍。它只是一重循环，不是两重。",
            ),
            Mistake(
                lambda a, b: a[0] * a[1] * b[1],
                en="Right where the shapes fit. Some of the given ones do not.",
                zh="形状合得上时是对的。给的例子里有合不上的。",
            ),
            Mistake(
                lambda a, b: 2 * a[0] * a[1] * b[1] if a[1] == b[0] else 0,
                en="The additions have been counted, too.",
                zh="加法也数进去了。",
            ),
            Mistake(
                lambda a, b: a[0] * a[1] * b[1] if a == b else 0,
                en="Two matrices fit if the inner lengths agree. The shapes need not be the same.",
                zh="只要里面的两个长度相同，两个矩阵就能相乘。形状不必一样。",
            ),
        ),
        hint={
            "en": "Count the rounds of the three loops, one inside the other.",
            "zh": "数一数三重循环一共转几圈。",
        },
    ),
)
