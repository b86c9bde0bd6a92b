"""The exercises of section 2.2.10."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def daily_range(prices):
    return prices[..., 1].max(axis=1) - prices[..., 2].min(axis=1)


def _price_cases(rng):
    chosen = np.array([[[5, 6, 4], [7, 9, 6], [3, 4, 1]], [[2, 3, 2], [4, 4, 2], [4, 8, 3]]])
    cases = [(chosen.astype("float32"),)]
    for days, minutes in ((1, 4), (3, 30), (5, 5), (20, 390)):
        trades = 100 + rng.normal(0, 0.1, (days, minutes * 6)).cumsum(axis=1)
        trades = trades.reshape(days, minutes, 6)
        features = trades[..., -1], trades.max(axis=2), trades.min(axis=2)
        cases.append((np.stack(features, axis=2).astype("float32"),))
    return cases


def fit_to_length(codes, length):
    kept = codes[:length]
    return np.pad(kept, (0, length - len(kept)))


def _code_cases(rng):
    cases = [(np.array([89, 101, 115], "uint8"), 5), (np.array([89, 101, 115], "uint8"), 2)]
    cases += [(rng.integers(1, 128, n, "uint8"), m) for n, m in ((4, 4), (7, 20), (30, 12))]
    return [*cases, (np.array([7, 9], "uint8"), 1)]


def _zeros_in_front(codes, length):
    kept = codes[:length]
    return np.pad(kept, (length - len(kept), 0))


def _end_kept(codes, length):
    kept = codes[-length:]
    return np.pad(kept, (0, length - len(kept)))


def _copied_into_float_zeros(codes, length):
    row = np.zeros(length)
    row[: len(codes)] = codes[:length]
    return row


def _filled_with_spaces(codes, length):
    kept = codes[:length]
    return np.pad(kept, (0, length - len(kept)), constant_values=32)


def window_count(length, window, step):
    return max(0, (length - window) // step + 1)


def _window_cases(rng):
    random = [tuple(int(x) for x in rng.integers(1, [500, 60, 20])) for _ in range(20)]
    return [(10000, 60, 1), (10, 4, 3), (10, 3, 3), (5, 8, 1), (60, 60, 7), *random]


EXERCISES = (
    Exercise(
        solution=daily_range,
        cases=_price_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda prices: (prices[..., 1] - prices[..., 2]).max(axis=1),
                en="That is the widest single minute. The highest and the lowest price "
                "of a day mostly lie in different minutes.",
                zh="这是波动最大的那一分钟。一天的最高价和最低价多半不在同一分钟。",
            ),
            Mistake(
                lambda prices: prices[..., 0].max(axis=1) - prices[..., 0].min(axis=1),
                en="This looks at the ends of the minutes only. In between the price "
                "went higher and lower, and two of the features say how far.",
                zh="这只看了每分钟结束时的价格。其间还有更高和更低的时候，另两个特征记着到过哪里。",
            ),
            Mistake(
                lambda prices: prices[..., 1].max(axis=0) - prices[..., 2].min(axis=0),
                en="The maximum ran over the days: one number for each minute is left. "
                "Which axis counts the minutes?",
                zh="最大值沿着天求了，剩下的是每分钟一个数。数分钟的是哪个轴？",
            ),
            Mistake(
                lambda prices: prices[..., 1].max() - prices[..., 2].min(),
                en="One number for all days together. Only the minutes should disappear.",
                zh="所有的天合成了一个数。该消失的只有分钟。",
            ),
            Mistake(
                lambda prices: prices[:, 1].max(axis=1) - prices[:, 2].min(axis=1),
                en="1 and 2 stand in the second place, which is for minutes. The "
                "features are on the last axis.",
                zh="1 和 2 写在了第二个位置，那是分钟的。特征在最后一个轴上。",
            ),
            Mistake(
                lambda prices: prices.max(axis=1) - prices.min(axis=1),
                en="Three ranges for each day, one for each feature. Wanted is one, from "
                "the highest of one feature to the lowest of another.",
                zh="每天得到三个幅度，每个特征一个。要的只有一个："
                "从一个特征的最高到另一个特征的最低。",
            ),
            Mistake(
                lambda prices: prices[..., 2].min(axis=1) - prices[..., 1].max(axis=1),
                en="The sign: how far does the highest lie above the lowest?",
                zh="符号反了：最高价比最低价高出多少？",
            ),
        ),
        hint={
            "en": "Two numbers for each day: the largest of the highest prices, the smallest of "
            "the lowest. Feature 1 and feature 2, each along the minutes.",
            "zh": "每天先求两个数：各分钟最高价里最大的，最低价里最小的。"
            "也就是特征 1 和特征 2，各自沿着分钟来求。",
        },
    ),
    Exercise(
        solution=fit_to_length,
        cases=_code_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda codes, length: np.resize(codes, length),
                en="`np.resize` repeats the message where zeros should stand.",
                zh="该是零的地方，`np.resize` 把消息又重复了一遍。",
            ),
            Mistake(
                lambda codes, length: np.pad(codes, (0, length - len(codes))),
                en="Right for short messages. A long one would need a negative number of "
                "zeros: cut it first.",
                zh="短消息都对。换成长消息，要补的零就成了负数个：得先截断。",
            ),
            Mistake(
                lambda codes, length: codes[:length],
                en="A slice cuts, but it does not fill up: a short message stays short.",
                zh="切片只会截短，不会补长：短消息还是短的。",
            ),
            Mistake(
                _zeros_in_front,
                en="The zeros belong at the end.",
                zh="零应该补在末尾。",
            ),
            Mistake(
                _end_kept,
                en="Of the long messages the beginning is missing. Cut them off at the end.",
                zh="长消息丢掉的是开头。该截掉的是末尾。",
            ),
            Mistake(
                _copied_into_float_zeros,
                en="`np.zeros` makes float64 unless told otherwise, and a long message "
                "does not fit in: cut it first.",
                zh="`np.zeros` 不指明类型就是 float64；而且长消息放不进去，得先截断。",
            ),
            Mistake(
                _filled_with_spaces,
                en="These are spaces, code 32. A space may be part of a message; a mask "
                "could not tell it from padding.",
                zh="补的是空格，编号 32。消息里本来就可能有空格，掩码就分不清了。",
            ),
        ),
        hint={
            "en": "First cut to at most the wanted length. How many zeros are then missing at "
            "the end?",
            "zh": "先截到至多这么长。这时末尾还差几个零？",
        },
    ),
    Exercise(
        solution=window_count,
        cases=_window_cases,
        mistakes=(
            Mistake(
                lambda length, window, step: max(0, (length - window) // step),
                en="The window that starts at 0 is to be counted too.",
                zh="从 0 开始的那个窗口也要算上。",
            ),
            Mistake(
                lambda length, window, step: (length - window) // step + 1,
                en="Right, unless the series is shorter than a window: there cannot be "
                "fewer than 0.",
                zh="别的都对，只是没顾到序列比窗口还短的情形：个数不会小于 0。",
            ),
            Mistake(
                lambda length, window, step: length // step,
                en="So many starts there are. From the last ones the window does not fit.",
                zh="这是起点的个数。靠近末尾的起点，后面装不下一个窗口。",
            ),
            Mistake(
                lambda length, window, step: length // window,
                en="That is for windows laid end to end. How far they move is the step.",
                zh="那是窗口首尾相接时的个数。每次移动多远，看的是步长。",
            ),
            Mistake(
                lambda length, window, step: max(0, length - window + 1),
                en="Right for step 1. With larger steps some of these starts are skipped.",
                zh="步长为 1 时对。步长更大时，有些起点会跳过去。",
            ),
            Mistake(
                lambda length, window, step: max(0, (length - window + 1) // step),
                en="The starts run from 0 to the last that fits. How many steps lie "
                "between the two, and how many starts is that?",
                zh="起点从 0 开始，到最后一个装得下的为止。其间走了几步？起点又有几个？",
            ),
            Mistake(
                lambda length, window, step: max(0, (length - window) / step + 1),
                en="There is no part of a window: round the number of steps down.",
                zh="没有零点几个窗口：步数要向下取整。",
            ),
        ),
        hint={
            "en": "The last window must start no later than at length − window. How many "
            "steps lead from 0 to there?",
            "zh": "最后一个窗口的起点不能晚于“长度 − 窗口”。从 0 到那里能走几步？",
        },
    ),
)
