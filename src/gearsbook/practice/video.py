"""The exercises of section 2.2.12."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def clip_bytes(seconds, rate, height, width, dtype):
    return seconds * rate * height * width * 3 * np.dtype(dtype).itemsize


def _byte_cases(rng):
    random = [
        (*(int(x) for x in rng.integers(2, [90, 31, 300, 300])), dtype)
        for dtype in ("uint8", "float16", "float32", "float64")
    ]
    return [(60, 4, 144, 256, "float32"), (60, 4, 144, 256, "uint8"), *random]


def motion_per_step(frames):
    return abs(np.diff(frames.astype("int16"), axis=0)).mean(axis=(1, 2, 3))


def _film_cases(rng):
    darker = np.array([200, 110, 10], "uint8").reshape(3, 1, 1, 1)
    shapes = ((4, 2, 3, 3), (2, 3, 3, 1), (5, 3, 2, 3))
    return [(darker,), *((rng.integers(0, 256, shape, "uint8"),) for shape in shapes)]


def split_clips(frames, length):
    clips = len(frames) // length
    return frames[: clips * length].reshape(clips, length, *frames.shape[1:])


def _clip_cases(rng):
    numbered = np.arange(7, dtype="uint8").reshape(7, 1, 1, 1)
    sizes = ((6, 2, 3, 3, 3), (9, 2, 2, 3, 4), (8, 3, 2, 1, 2), (5, 2, 2, 3, 5))
    return [
        (numbered, 3),
        *((rng.integers(0, 256, shape, "uint8"), length) for *shape, length in sizes),
    ]


def _clips_and_length_exchanged(frames, length):
    clips = len(frames) // length
    return frames[: clips * length].reshape(length, clips, *frames.shape[1:])


def _clips_without_dropping(frames, length):
    return frames.reshape(len(frames) // length, length, *frames.shape[1:])


def _clips_interleaved(frames, length):
    clips = len(frames) // length
    return np.stack([frames[first : clips * length : clips] for first in range(clips)])


def _clips_from_the_end(frames, length):
    return split_clips(frames[len(frames) % length :], length)


def _clips_that_overlap(frames, length):
    return np.stack([frames[i : i + length] for i in range(len(frames) - length + 1)])


EXERCISES = (
    Exercise(
        solution=clip_bytes,
        cases=_byte_cases,
        mistakes=(
            Mistake(
                lambda seconds, rate, height, width, dtype: seconds * rate * height * width * 3,
                en="That is the number of values. How many bytes does each take?",
                zh="这是数值的个数。每个数值占几个字节？",
            ),
            Mistake(
                lambda seconds, rate, height, width, dtype: (
                    seconds * rate * height * width * np.dtype(dtype).itemsize
                ),
                en="The film is in colour: how many numbers does a pixel have?",
                zh="视频是彩色的：一个像素有几个数？",
            ),
            Mistake(
                lambda seconds, rate, height, width, dtype: (
                    seconds * height * width * 3 * np.dtype(dtype).itemsize
                ),
                en="That is one frame for each second. There are `rate` of them.",
                zh="这样每秒只算了一帧，其实有 `rate` 帧。",
            ),
            Mistake(
                lambda seconds, rate, height, width, dtype: (
                    clip_bytes(seconds, rate, height, width, dtype) * 8
                ),
                en="That is eight times as much: bits, not bytes.",
                zh="成了八倍：这是比特数，不是字节数。",
            ),
            Mistake(
                lambda seconds, rate, height, width, dtype: (
                    clip_bytes(seconds, rate, height, width, dtype) / 10**6
                ),
                en="That is in megabytes. Wanted are bytes.",
                zh="这是按 MB 算的，要的是字节数。",
            ),
        ),
        hint={
            "en": "Frames, height, width, channels: multiply the lengths of all axes, then by the "
            "bytes of one value, which `np.dtype` knows.",
            "zh": "帧、高、宽、通道：把各轴的长度都乘起来，"
            "再乘每个数值的字节数，`np.dtype` 知道是几。",
        },
    ),
    Exercise(
        solution=motion_per_step,
        cases=_film_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda frames: abs(np.diff(frames, axis=0)).mean(axis=(1, 2, 3)),
                en="A fall from 200 to 110 came out as 166: differences of uint8 wrap "
                "around. Convert first.",
                zh="从 200 降到 110，却算成了 166：`uint8` 相减会绕回去。先换数据类型。",
            ),
            Mistake(
                lambda frames: np.diff(frames.astype("int16"), axis=0).mean(axis=(1, 2, 3)),
                en="Rises and falls cancel each other. The signs should go before the mean.",
                zh="有升有降，互相抵消了。求平均之前先去掉正负号。",
            ),
            Mistake(
                lambda frames: abs(np.diff(frames.astype("int16"), axis=0).mean(axis=(1, 2, 3))),
                en="The signs went too late: rises and falls have cancelled in the mean.",
                zh="正负号去得太晚：求平均时，升降已经抵消了。",
            ),
            Mistake(
                lambda frames: abs(np.diff(frames.astype("int16"), axis=0)).mean(),
                en="That is one number for the whole film. Wanted is one for each step.",
                zh="这是整段视频的一个数。要的是每一步各一个。",
            ),
            Mistake(
                lambda frames: abs(np.diff(frames.astype("int16"), axis=0)).mean(axis=(1, 2)),
                en="The channels are still apart. Take the mean over them as well.",
                zh="各通道还是分开的，也要一起求平均。",
            ),
            Mistake(
                lambda frames: abs(np.diff(frames.astype("int16"), axis=0)).sum(axis=(1, 2, 3)),
                en="That is the sum, which grows with the size of the frames. Wanted is the mean.",
                zh="这是总和，帧越大它越大。要的是均值。",
            ),
            Mistake(
                lambda frames: abs(np.diff(frames.astype("int8"), axis=0)).mean(axis=(1, 2, 3)),
                en="int8 has signs, but ends at 127: pixels above it have wrapped around. Take a "
                "dtype with room for −255 to 255.",
                zh="int8 有正负号，却只到 127，更大的像素值都绕回去了。换一种装得下 −255 到 255 的"
                "类型。",
            ),
        ),
        hint={
            "en": "Subtract each frame from the next in a signed dtype, drop the signs, then take "
            "the mean over every axis but the first.",
            "zh": "先换成带符号的类型，后一帧减前一帧，去掉正负号，再沿除第一个轴以外的轴求平均。",
        },
    ),
    Exercise(
        solution=split_clips,
        cases=_clip_cases,
        mistakes=(
            Mistake(
                _clips_and_length_exchanged,
                en="The first two axes have been exchanged: clips come first, then the "
                "frames in each.",
                zh="前两个轴写反了：先是片段，再是每段里的帧。",
            ),
            Mistake(
                _clips_without_dropping,
                en="Right when the frames come out even. Frames left over must be cut off before.",
                zh="帧数正好除尽时是对的。除不尽时，先把多出来的帧切掉。",
            ),
            Mistake(
                _clips_interleaved,
                en="The frames of a clip should follow each other. Here each clip skips "
                "through the whole film.",
                zh="同一段里的帧应该前后相接，这里每一段却都是从整段视频里跳着取的。",
            ),
            Mistake(
                _clips_from_the_end,
                en="The frames left over were dropped at the beginning. They should be "
                "dropped at the end.",
                zh="多出来的帧从开头丢掉了，应该从末尾丢。",
            ),
            Mistake(
                _clips_that_overlap,
                en="These clips overlap. Each should start where the one before it ended.",
                zh="这些片段互相重叠。每一段应该从前一段结束的地方开始。",
            ),
        ),
        hint={
            "en": "How many whole clips are there? Keep only their frames, then cut the first "
            "axis in two.",
            "zh": "完整的片段有几段？只留下这些帧，再把第一个轴一分为二。",
        },
    ),
)
