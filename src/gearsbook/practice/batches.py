"""The exercises of section 2.2.7."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def nth_batch(array, n, size):
    return array[size * n : size * (n + 1)]


def _nth_cases(rng):
    cases = [(np.arange(10), 1, 4), (np.arange(10), 2, 4), (np.arange(10), 0, 4)]
    for rows, size in ((7, 3), (12, 5), (9, 2)):
        table = rng.integers(0, 100, (rows, 6))
        cases += [(table, n, size) for n in range(-(-rows // size))]
    return cases


def batch_sizes(samples, batch_size):
    return np.minimum(batch_size, samples - np.arange(0, samples, batch_size))


def _size_cases(rng):
    random = [tuple(int(x) for x in rng.integers(1, [400, 60])) for _ in range(10)]
    return [(10, 4), (12, 4), (3, 8), (5, 1), *random]


def mean_of_all(means, sizes):
    return (means * sizes).sum() / sizes.sum()


def _mean_cases(rng):
    cases = [(np.array([1.5, 3.5, 10.0]), np.array([2, 2, 1]))]
    for samples, size in ((10, 4), (60, 13), (9, 3)):
        sizes = batch_sizes(samples, size)
        cases.append((rng.normal(5, 3, len(sizes)).round(2), sizes))
    return cases


EXERCISES = (
    Exercise(
        solution=nth_batch,
        cases=_nth_cases,
        mistakes=(
            Mistake(
                lambda array, n, size: array[size * n : size * n + 1],
                en="A single sample came. Multiplication goes before addition: what "
                "does the stop say without its parentheses?",
                zh="只来了一个样本。先乘后加：少了括号，终点就变成了什么？",
            ),
            Mistake(
                lambda array, n, size: array[n : n + size],
                en="The length fits, the start does not: how many samples are in the "
                "n batches before this one?",
                zh="长度对，起点不对：它前面有 n 个批量，里面一共多少个样本？",
            ),
            Mistake(
                lambda array, n, size: array[size * (n - 1) : size * n],
                en="That is the batch before. Batches are counted from 0.",
                zh="这是前一批。批量从 0 数起。",
            ),
            Mistake(
                lambda array, n, size: array[size * n : size * (n + 1) + 1],
                en="One sample too many: the next batch starts with it as well.",
                zh="多了一个样本：下一批也从它开始。",
            ),
            Mistake(
                lambda array, n, size: array[size * n : size * (n + 1) - 1],
                en="One sample too few. A slice leaves out its stop already.",
                zh="少了一个样本。切片本来就不含终点。",
            ),
            Mistake(
                lambda array, n, size: array[..., size * n : size * (n + 1)],
                en="That cut along the last axis. Samples are counted along the first.",
                zh="这样切的是最后一个轴，样本排在第一个轴上。",
            ),
            Mistake(
                lambda array, n, size: array[: len(array) // size * size].reshape(
                    -1, size, *array.shape[1:]
                )[n],
                en="Full batches come out right, but the short last one is gone.",
                zh="整批都对，但最后那个短的批量不见了。",
            ),
        ),
        hint={
            "en": "One slice along the first axis. Where does it start if n batches of `size` "
            "samples come before it?",
            "zh": "沿第一个轴切一刀就够。前面已有 n 批、每批 `size` 个样本，这一批从哪里开始？",
        },
    ),
    Exercise(
        solution=batch_sizes,
        cases=_size_cases,
        dtype="kind",
        mistakes=(
            Mistake(
                lambda samples, batch_size: np.full(samples // batch_size, batch_size),
                en="Only the full batches are there. Add the sizes up: how many "
                "samples are missing?",
                zh="这里只有整批。把大小加起来，少了几个样本？",
            ),
            Mistake(
                lambda samples, batch_size: np.full(-(-samples // batch_size), batch_size),
                en="As many batches as there should be, but the sizes add up to more "
                "samples than there are.",
                zh="批数对了，但大小加起来，比样本总数还多。",
            ),
            Mistake(
                lambda samples, batch_size: np.append(
                    np.full(samples // batch_size, batch_size), samples % batch_size
                ),
                en="Right, unless the batches come out even: then a batch of 0 "
                "samples is at the end.",
                zh="多数时候对；但恰好分完时，末尾多出一个 0 个样本的批量。",
            ),
            Mistake(
                lambda samples, batch_size: np.array(
                    [
                        len(part)
                        for part in np.array_split(np.arange(samples), -(-samples // batch_size))
                    ]
                ),
                en="These batches are as equal as can be. Here all but the last one "
                "should be full.",
                zh="这样分，各批尽量一样大。这里要的是除了最后一批，其余都装满。",
            ),
            Mistake(
                lambda samples, batch_size: np.arange(0, samples, batch_size),
                en="This is where each batch starts. How many samples are left from there?",
                zh="这是每批的起点。从那里起还剩多少个样本？",
            ),
            Mistake(
                lambda samples, batch_size: -(-samples // batch_size),
                en="This is how many batches there are. Wanted is one size for each.",
                zh="这是批数。这里要的是每批一个大小。",
            ),
        ),
        hint={
            "en": "From each start on, some samples are left. A batch takes them all if they "
            "are few, and `batch_size` of them if not. `np.minimum` compares entry by entry.",
            "zh": "从每个起点往后，都还剩一些样本：不够一批就全拿，够就拿 `batch_size` 个。"
            "`np.minimum` 会逐个比较。",
        },
    ),
    Exercise(
        solution=mean_of_all,
        cases=_mean_cases,
        mistakes=(
            Mistake(
                lambda means, sizes: means.mean(),
                en="Here a sample of the short batch counts for more than one of a full batch.",
                zh="这样算，短批量里的样本，一个的分量比整批里的一个重。",
            ),
            Mistake(
                lambda means, sizes: (means * sizes).mean(),
                en="Each mean times its size is a sum over samples. Divide by how many "
                "samples there are, not by how many batches.",
                zh="均值乘以大小，加起来就是全部样本之和。该除以样本数，不是批数。",
            ),
            Mistake(
                lambda means, sizes: (means * sizes).sum(),
                en="That is the sum over all samples. One step is missing.",
                zh="这是全部样本之和，还差一步。",
            ),
            Mistake(
                lambda means, sizes: means.sum() / sizes.sum(),
                en="Means were added up as if each stood for one sample.",
                zh="这是把均值直接相加，好像每个只代表一个样本。",
            ),
            Mistake(
                lambda means, sizes: means[sizes == sizes.max()].mean(),
                en="Only the full batches were counted. The short one holds samples too.",
                zh="只算了整批。短的那批里也有样本。",
            ),
        ),
        hint={
            "en": "From a mean and a size you get back the sum that the mean was made of.",
            "zh": "有了均值和大小，就能还原出当初的那个和。",
        },
    ),
)
