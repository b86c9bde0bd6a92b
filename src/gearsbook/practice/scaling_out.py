"""The exercises of the appendix on several machines."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def my_samples(order, step, batch_size, worker, workers):
    start = step * batch_size
    return order[start : start + batch_size][worker::workers]


def _sample_cases(rng):
    chosen = [
        (np.array([7, 2, 5, 0, 6, 1, 4, 3]), 1, 4, 1, 2),
        (np.arange(10)[::-1], 0, 6, 0, 3),
        (np.array([3, 1, 2, 0]), 3, 1, 0, 1),
    ]
    random = [
        (rng.permutation(n * size), int(rng.integers(1, n)), size, int(rng.integers(k)), k)
        for n, size, k in ((3, 6, 2), (4, 12, 4), (2, 30, 3))
    ]
    return [*chosen, *random]


def gradient_of_all(means, sizes):
    return sizes @ means / sizes.sum()


def _mean_cases(rng):
    chosen = [
        (np.array([[1.0, 0.0], [4.0, 3.0]]), np.array([2, 1])),
        (np.array([[2.0, 4.0], [4.0, 0.0]]), np.array([8, 8])),
    ]
    random = [
        (rng.normal(size=(k, n)), rng.integers(1, 50, k)) for k, n in ((3, 2), (4, 4), (5, 3))
    ]
    return [*chosen, *random]


def workers_worth_it(times):
    counts = np.arange(1, len(times) + 1)
    return int(counts[times[0] / times >= counts / 2].max())


def _time_cases(rng):
    chosen = [
        np.array([8.0, 5.0, 4.0, 4.5]),
        np.array([12.0, 6.0, 4.0, 3.0]),
        np.array([1.0, 2.0, 3.0]),
        np.array([6.0, 6.5, 3.0, 2.9, 2.8]),
    ]
    random = [
        1 / np.arange(1, n + 1) + cost * np.arange(n)
        for n, cost in zip((8, 8, 12), rng.uniform(0.005, 0.08, 3), strict=True)
    ]
    return [(times,) for times in (*chosen, *random)]


EXERCISES = (
    Exercise(
        solution=my_samples,
        cases=_sample_cases,
        lists=True,
        mistakes=(
            Mistake(
                lambda order, step, batch_size, worker, workers: order[
                    step * batch_size : (step + 1) * batch_size
                ],
                en="That is the whole batch: every worker would compute all of it.",
                zh="这是整个批量：每个工作进程都把它从头算到尾。",
            ),
            Mistake(
                lambda order, step, batch_size, worker, workers: order[:batch_size][
                    worker::workers
                ],
                en="That is the first batch, at every step the same one.",
                zh="这是第一个批量，而且每一步都是它。",
            ),
            Mistake(
                lambda order, step, batch_size, worker, workers: order[worker::workers][
                    step * batch_size : (step + 1) * batch_size
                ],
                en="Dealt out first and cut afterwards, each worker gets a batch of its own "
                "and together they take one that is too large. Which comes first?",
                zh="先分给各个工作进程，再切批量，每个人就各有一整批，合起来太大了。哪一步该在前？",
            ),
            Mistake(
                lambda order, step, batch_size, worker, workers: np.array_split(
                    order[step * batch_size : (step + 1) * batch_size], workers
                )[worker],
                en="A fair share, but in blocks. Wanted is every `workers`-th sample.",
                zh="份额没错，却是一整段一整段分的。这里要每 `workers` 个取一个。",
            ),
            Mistake(
                lambda order, step, batch_size, worker, workers: order[
                    step * batch_size : (step + 1) * batch_size
                ][::workers],
                en="All workers begin with the same sample. Where does number 1 begin?",
                zh="所有工作进程都从同一个样本取起。1 号该从哪里开始？",
            ),
        ),
        hint={
            "en": "Two slices in a row: one cuts the batch of this step out of the order, the "
            "other, with a stride, deals it out.",
            "zh": "接连两次切片：一次从次序里切出这一步的批量，一次每几个取一个，把它分掉。",
        },
    ),
    Exercise(
        solution=gradient_of_all,
        cases=_mean_cases,
        mistakes=(
            Mistake(
                lambda means, sizes: means.mean(axis=0),
                en="The mean of means: a sample in a small share counts for more than one "
                "in a large share.",
                zh="这是平均的平均：份额小的，里面的样本分量反而重。",
            ),
            Mistake(
                lambda means, sizes: means.sum(axis=0),
                en="Means were added as if they were sums. How do you get from a worker's "
                "mean to its sum?",
                zh="把平均当成总和加了起来。怎样从一个工作进程的平均得到它的总和？",
            ),
            Mistake(
                lambda means, sizes: sizes @ means,
                en="That is the gradient of the sum over all samples; one division is left.",
                zh="这是全部样本总和的梯度，还差一次除法。",
            ),
            Mistake(
                lambda means, sizes: sizes @ means / len(sizes),
                en="Divided by the number of workers. The loss is a mean over samples.",
                zh="除的是工作进程的个数。损失却是对样本求平均。",
            ),
        ),
        hint={
            "en": "Turn every mean back into a sum, add, and divide once by the number of all "
            "samples.",
            "zh": "把每个平均还原成总和，加起来，最后除一次，除以样本总数。",
        },
    ),
    Exercise(
        solution=workers_worth_it,
        cases=_time_cases,
        mistakes=(
            Mistake(
                lambda times: int(times.argmin()) + 1,
                en="That is the fastest number. Asked is the largest that still does at "
                "least half of what so many could ideally do.",
                zh="这是最快的个数。题目要的是：实际加速比至少达到理想值一半的最大个数。",
            ),
            Mistake(
                lambda times: int(
                    np.flatnonzero(times[0] / times >= np.arange(1, len(times) + 1) / 2)[-1]
                ),
                en="Off by one: entry 0 belongs to one worker.",
                zh="差了一：下标 0 对应一个工作进程。",
            ),
            Mistake(
                lambda times: int((times[0] / times >= np.arange(1, len(times) + 1) / 2).sum()),
                en="You counted how often it is worth it. It may stop being so and begin again.",
                zh="你数的是划算的次数。可能中间有一段不划算，后来又划算了。",
            ),
            Mistake(
                lambda times: int(np.flatnonzero(times <= times[0])[-1]) + 1,
                en="These are at least not slower than one alone. Half of the ideal "
                "speed-up is asked, and the ideal grows with their number.",
                zh="这只保证不比单独一个慢。要求是理想加速比的一半，而理想值随个数增长。",
            ),
        ),
        hint={
            "en": "The speed-up is the time of one divided by the time of n; ideally it would be "
            "n. Compare the two for every n.",
            "zh": "加速比是一个的用时除以 n 个的用时，理想情况下等于 n。对每个 n 比一比。",
        },
    ),
)
