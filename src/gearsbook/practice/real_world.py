"""The exercises of section 2.2.8."""

import math

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def bytes_of_batch(shape, batch_size, itemsize):
    return batch_size * math.prod(shape[1:]) * itemsize


def _batch_cases(rng):
    chosen = [
        ((60000, 28, 28), 128, 1),
        ((100000, 3), 32, 8),
        ((250, 390, 3), 10, 4),
        ((1000, 240, 144, 256, 3), 4, 4),
    ]
    random = [
        (tuple(int(x) for x in rng.integers(20, 90, axes)), int(rng.integers(2, 20)), 4)
        for axes in (2, 3, 4)
    ]
    return chosen + random


def samples_first(recordings, sample_axis):
    return np.moveaxis(recordings, sample_axis, 0)


def _axis_cases(rng):
    numbered = np.arange(24).reshape(2, 3, 4)
    cube = rng.integers(0, 100, (3, 3, 3))
    video = rng.integers(0, 100, (2, 3, 4, 5))
    flat = rng.integers(0, 100, (5, 4))
    return [(numbered, 2), (numbered, 1), (cube, 2), (flat, 0), (video, 2), (video, 3)]


def summarise(sequences):
    return np.concatenate([sequences.mean(axis=1), sequences.std(axis=1)], axis=1)


def _sequence_cases(rng):
    chosen = np.array([[[1.0, 10.0], [3.0, 10.0]], [[5.0, 0.0], [5.0, 8.0]], [[0, 1], [8, 3]]])
    random = [(rng.normal(5, 2, shape),) for shape in ((1, 6, 2), (4, 3, 3), (5, 5, 1))]
    return [(chosen,), *random]


EXERCISES = (
    Exercise(
        solution=bytes_of_batch,
        cases=_batch_cases,
        mistakes=(
            Mistake(
                lambda shape, batch_size, itemsize: math.prod(shape) * itemsize,
                en="That is the whole dataset. A batch has only some of its samples.",
                zh="这是整个数据集的字节数。一个批量只有其中一部分样本。",
            ),
            Mistake(
                lambda shape, batch_size, itemsize: batch_size * math.prod(shape[1:]),
                en="So many values are right. How many bytes does each of them take?",
                zh="数值的个数对了。每个数值占几个字节？",
            ),
            Mistake(
                lambda shape, batch_size, itemsize: batch_size * math.prod(shape) * itemsize,
                en="The number of samples is in this twice: that of the dataset, and "
                "that of the batch.",
                zh="样本数乘了两次：一次是数据集的，一次是批量的。",
            ),
            Mistake(
                lambda shape, batch_size, itemsize: batch_size * sum(shape[1:]) * itemsize,
                en="The lengths of a sample's axes have been added. 28 rows of 28 "
                "pixels: how many pixels is that?",
                zh="这里把一个样本各轴的长度加了起来。28 行，每行 28 个像素，一共多少个？",
            ),
            Mistake(
                lambda shape, batch_size, itemsize: batch_size * shape[-1] * itemsize,
                en="Only the last axis has been counted. All axes but the first belong "
                "to a sample.",
                zh="只算了最后一个轴。除了第一个轴，其余的轴都属于样本。",
            ),
        ),
        hint={
            "en": "First the number of values in one sample, from all lengths but the first; "
            "then the samples; then the bytes of a value.",
            "zh": "先由第一个轴以外的各个长度，算出一个样本有多少个数值；再乘样本数；"
            "再乘每个数值的字节数。",
        },
    ),
    Exercise(
        solution=samples_first,
        cases=_axis_cases,
        mistakes=(
            Mistake(
                lambda recordings, sample_axis: np.swapaxes(recordings, sample_axis, 0),
                en="The samples are in front, but another axis was thrown to the place "
                "they came from. The others should keep their order.",
                zh="样本到了前面，却有另一个轴被换到了它原来的位置。其余各轴的次序不该变。",
            ),
            Mistake(
                lambda recordings, sample_axis: np.moveaxis(recordings, 0, sample_axis),
                en="This is the way back: it takes the first axis to the place given.",
                zh="方向反了：这是把第一个轴搬到给定的位置去。",
            ),
            Mistake(
                lambda recordings, sample_axis: recordings.T,
                en="`.T` turns the order of all axes round. Only one of them has to move.",
                zh="`.T` 把所有轴的次序都倒过来了。要动的只有一个轴。",
            ),
            Mistake(
                lambda recordings, sample_axis: recordings.reshape(
                    recordings.shape[sample_axis],
                    *np.delete(recordings.shape, sample_axis),
                ),
                en="The shape is right and the numbers are scrambled: `reshape` leaves "
                "every value where it lies in memory and only cuts anew.",
                zh="形状对了，数却乱了：`reshape` 不改变数值在内存里的先后，只是重新分段。",
            ),
            Mistake(
                lambda recordings, sample_axis: recordings,
                en="Nothing has moved. Right only where the samples are first already.",
                zh="什么都没动。只有样本轴本来就在最前面时才对。",
            ),
        ),
        hint={
            "en": "One axis goes to the front, the others stay in their order. NumPy has a "
            "function that moves axes.",
            "zh": "一个轴搬到最前面，其余的次序不变。NumPy 有一个专门搬轴的函数。",
        },
    ),
    Exercise(
        solution=summarise,
        cases=_sequence_cases,
        mistakes=(
            Mistake(
                lambda sequences: np.concatenate(
                    [sequences.mean(axis=0), sequences.std(axis=0)], axis=1
                ),
                en="This averages over the samples and leaves the timesteps. Which axis "
                "counts the timesteps?",
                zh="这是对样本求平均，时间步反而留下了。哪个轴代表时间步？",
            ),
            Mistake(
                lambda sequences: np.concatenate(
                    [sequences.mean(axis=2), sequences.std(axis=2)], axis=1
                ),
                en="This averages over the features of one moment, degrees with "
                "hectopascals. The timesteps should go.",
                zh="这是把同一时刻的各个特征拿来平均，气温和气压混在了一起。该消失的是时间步。",
            ),
            Mistake(
                lambda sequences: sequences.mean(axis=1),
                en="These are the means. After them come the deviations.",
                zh="这是均值，后面还要接标准差。",
            ),
            Mistake(
                lambda sequences: np.concatenate(
                    [sequences.mean(axis=1), sequences.std(axis=1)], axis=0
                ),
                en="The deviations stand below the means, as if they were further "
                "samples. They belong beside them.",
                zh="标准差接到了均值的下面，好像多出了一批样本。应该接在旁边。",
            ),
            Mistake(
                lambda sequences: np.stack([sequences.mean(axis=1), sequences.std(axis=1)], axis=1),
                en="`stack` makes a new axis. Vector data has two axes and no more.",
                zh="`stack` 会新添一个轴。向量数据只有两个轴。",
            ),
            Mistake(
                lambda sequences: np.concatenate(
                    [sequences.mean(axis=1), sequences.var(axis=1)], axis=1
                ),
                en="The second half is the variance. The standard deviation is its "
                "square root and has the unit of the feature.",
                zh="后一半是方差。标准差是它的平方根，单位与特征相同。",
            ),
            Mistake(
                lambda sequences: np.concatenate(
                    [sequences.mean(axis=1), sequences.std(axis=1, ddof=1)], axis=1
                ),
                en="The deviation is divided by t - 1 here. Wanted is NumPy's own "
                "choice, division by t.",
                zh="这里的标准差除以 t - 1。要的是 NumPy 的默认做法，除以 t。",
            ),
            Mistake(
                lambda sequences: np.concatenate(
                    [sequences.std(axis=1), sequences.mean(axis=1)], axis=1
                ),
                en="The deviations have come first.",
                zh="标准差排到前面去了。",
            ),
            Mistake(
                lambda sequences: np.stack(
                    [sequences.mean(axis=1), sequences.std(axis=1)], axis=-1
                ).reshape(len(sequences), -1),
                en="Mean and deviation take turns, feature by feature. Wanted are first all "
                "means, then all deviations.",
                zh="均值和标准差按特征轮流出现。要的是先全部均值，再全部标准差。",
            ),
        ),
        hint={
            "en": "Two arrays of shape (n, f), one of means and one of deviations, both over "
            "the time axis; then put them side by side.",
            "zh": "沿时间轴求出两个形状为 (n, f) 的数组，一个是均值，一个是标准差，再左右拼起来。",
        },
    ),
)
