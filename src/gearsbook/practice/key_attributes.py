"""The exercises of section 2.2.5."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def memory_in_mib(shape, dtype):
    return np.prod(shape) * np.dtype(dtype).itemsize / 2**20


def _memory_cases(rng):
    cases = [((4, 240, 144, 256, 3), "float32"), ((60000, 28, 28), "uint8"), ((1024,), "float64")]
    for dtype in ("uint8", "float16", "float32", "float64", "int64"):
        cases.append((tuple(int(length) for length in rng.integers(2, 300, 3)), dtype))
    return cases


def back_to_pixels(x):
    return np.clip(x * 255, 0, 255).round().astype("uint8")


def _pixel_cases(rng):
    chosen = np.array([[0, 0.1, 0.5], [0.999, 1, 1.2], [-0.2, 0.498, 0.25]], "float32")
    exact = np.arange(256, dtype="float32").reshape(16, 16) / 255
    random = [(rng.normal(0.5, 0.4, shape).astype("float32"),) for shape in ((5, 7), (2, 28, 28))]
    return [(chosen,), (exact,), *random]


def means_without_padding(values, mask):
    return np.where(mask, values, 0).sum(axis=1) / mask.sum(axis=1)


def _padded(rows, padding):
    values = np.full((len(rows), max(map(len, rows))), padding)
    mask = np.zeros(values.shape, dtype=bool)
    for place, row in enumerate(rows):
        values[place, : len(row)] = row
        mask[place, : len(row)] = True
    return values, mask


def _mask_cases(rng):
    cases = [_padded([[3, 0, -2], [5], [4, 1, 0, -1]], 0), _padded([[3, 0, -2], [5], [4, 1]], -1)]
    for count, padding in ((4, -1), (7, 999), (20, 0)):
        rows = [rng.integers(-9, 10, rng.integers(1, 8)) for _ in range(count)]
        cases.append(_padded([*rows, rng.integers(-9, 10, 9)], padding))
    return [*cases, _padded([[3.0, 0.0, 1.5], [5.0]], np.nan)]


EXERCISES = (
    Exercise(
        solution=memory_in_mib,
        cases=_memory_cases,
        mistakes=(
            Mistake(
                lambda shape, dtype: np.prod(shape) * np.dtype(dtype).itemsize,
                en="These are bytes. How many of them make a MiB?",
                zh="这是字节数。多少字节才是 1 MiB？",
            ),
            Mistake(
                lambda shape, dtype: np.prod(shape) * np.dtype(dtype).itemsize / 10**6,
                en="These are MB, of a million bytes each. A MiB is a little more: a power of two.",
                zh="这是 MB，1 MB 是一百万字节。MiB 要稍大一点，是 2 的幂。",
            ),
            Mistake(
                lambda shape, dtype: np.prod(shape) * np.dtype(dtype).itemsize / 2**10,
                en="These are KiB, of 1,024 bytes each. A MiB is 1,024 of them.",
                zh="这是 KiB，每个 1,024 字节。1,024 个 KiB 才是 1 MiB。",
            ),
            Mistake(
                lambda shape, dtype: np.prod(shape) / 2**20,
                en="This is right for one byte an entry. What does an entry of this dtype take?",
                zh="每个元素占一个字节时才对。这种数据类型的一个元素占多少？",
            ),
            Mistake(
                lambda shape, dtype: np.sum(shape) * np.dtype(dtype).itemsize / 2**20,
                en="The lengths are added. An array of 3 rows and 4 columns has 12 entries, not 7.",
                zh="这里把各轴的长度加起来了。3 行 4 列的数组有 12 个元素，不是 7 个。",
            ),
            Mistake(
                lambda shape, dtype: np.prod(shape) * np.dtype(dtype).itemsize * 8 / 2**20,
                en="`itemsize` counts bytes already, not bits: eight times too much.",
                zh="`itemsize` 数的就是字节，不是比特：现在算成了八倍。",
            ),
            Mistake(
                lambda shape, dtype: np.prod(shape) * np.dtype(dtype).itemsize // 2**20,
                en="Rounded down to whole MiB. The rest counts, too.",
                zh="这里舍成了整数 MiB。零头也要算。",
            ),
            Mistake(
                lambda shape, dtype: np.prod(shape) * 4 / 2**20,
                en="Not every dtype takes 4 bytes an entry: `dtype` says which it is.",
                zh="不是每种类型都占 4 个字节：看 `dtype` 是哪一种。",
            ),
        ),
        hint={
            "en": "Three numbers: how many entries, how many bytes an entry takes, and how "
            "many bytes make a MiB. The array itself is not needed.",
            "zh": "要三个数：一共几个元素，一个元素几字节，1 MiB 是多少字节。数组本身用不着。",
        },
    ),
    Exercise(
        solution=back_to_pixels,
        cases=_pixel_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda x: np.clip(x * 255, 0, 255).astype("uint8"),
                en="Nearly: `astype` cuts off the decimals, so 254.9 becomes 254. Go to "
                "the nearest whole number first.",
                zh="差一点：`astype` 直接舍去小数，254.9 成了 254。先取最接近的整数。",
            ),
            Mistake(
                lambda x: (x * 255).round().astype("int64").astype("uint8"),
                en="What lies below 0 or above 1 has wrapped around. It should stop at "
                "the ends of the range.",
                zh="小于 0、大于 1 的数绕回去了，应该让它们停在两头。",
            ),
            Mistake(
                lambda x: np.clip(x * 255, 0, 255).round(),
                en="The values are right, but they are still floats.",
                zh="数值对了，可还是浮点数。",
            ),
            Mistake(
                lambda x: np.clip(x * 256, 0, 255).round().astype("uint8"),
                en="There are 256 levels, but from 0 to 1 there are 255 steps.",
                zh="灰度有 256 级，可从 0 到 1 只有 255 步。",
            ),
            Mistake(
                lambda x: (np.clip(x, 0, 1).round() * 255).astype("uint8"),
                en="Only black and white are left: rounding came before the multiplication.",
                zh="只剩下黑和白了：还没乘，就先取了整。",
            ),
            Mistake(
                lambda x: np.clip(x, 0, 255).round().astype("uint8"),
                en="0 to 1 should become 0 to 255.",
                zh="0 到 1 应该变成 0 到 255。",
            ),
        ),
        hint={
            "en": "Four steps: stretch to 0..255, keep to that range, round, change the dtype. "
            "Which one must be the last?",
            "zh": "一共四步：放大到 0..255，限制在这个范围内，取整，换数据类型。"
            "哪一步必须放在最后？",
        },
    ),
    Exercise(
        solution=means_without_padding,
        cases=_mask_cases,
        mistakes=(
            Mistake(
                lambda values, mask: values.mean(axis=1),
                en="The padding counts as if it had been measured.",
                zh="填充的数也当成测到的数算进去了。",
            ),
            Mistake(
                lambda values, mask: np.where(mask, values, 0).mean(axis=1),
                en="The sums are right, but each is divided by the full length of a "
                "row. How many of its entries are real?",
                zh="和是对的，却都除以了一整行的长度。真正测到的有几个？",
            ),
            Mistake(
                lambda values, mask: values.sum(axis=1) / mask.sum(axis=1),
                en="That is right as long as the padding is zero. Here something else "
                "may stand there.",
                zh="只有填充的是零时才对。这里填的可能是别的数。",
            ),
            Mistake(
                lambda values, mask: values[mask].mean(),
                en="This is one mean of everything. Wanted is one for each row.",
                zh="这是全部放在一起的一个均值，要的是每行一个。",
            ),
            Mistake(
                lambda values, mask: np.where(mask, values, 0).sum(axis=0) / mask.sum(axis=0),
                en="This is the mean of each column. The axis that disappears should be "
                "the other one.",
                zh="这是每一列的均值。该消去的是另一个轴。",
            ),
            Mistake(
                lambda values, mask: values.sum(axis=1) / (values != 0).sum(axis=1),
                en="Zero may be a value like any other. Which entries are real is said "
                "by the mask alone.",
                zh="零也可能是测到的数。哪些不是填充，只有掩码说了算。",
            ),
            Mistake(
                lambda values, mask: (values * mask).sum(axis=1) / mask.sum(axis=1),
                en="Right for numbers. But padding may also be NaN, and NaN times 0 is NaN: "
                "choose between two values, do not multiply.",
                zh="填的是普通的数就对。可是填充值也可以是 NaN，而 NaN 乘 0 还是 NaN：要在两个值里"
                "选，不要靠乘。",
            ),
        ),
        hint={
            "en": "For each row: the sum of its real entries, divided by how many there are. "
            "A mask can be summed as well, True counts as 1.",
            "zh": "每一行：真实元素的和，除以真实元素的个数。掩码也能求和，True 算 1。",
        },
    ),
)
