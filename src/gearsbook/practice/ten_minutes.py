"""The exercises of section 2.2."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def share_below_zero(noon):
    return (noon < 0).mean(axis=1)


def warmest_at_last(noon):
    return noon[:, -1].max()


def _tables(rng):
    chosen = [
        np.array([[-6, -2, 1, -3], [9, 12, 11, 8], [23, 24, 20, 23]]),
        np.array([[0, -1, 2, 4, 5], [-5, -4, 0, -8, -1]]),
        np.array([[30, -3], [2, 1], [-4, -2]]),
    ]
    random = [rng.integers(-9, 10, shape) for shape in ((4, 3), (2, 7), (5, 5))]
    return [(noon,) for noon in chosen + random]


EXERCISES = (
    Exercise(
        solution=share_below_zero,
        cases=_tables,
        mistakes=(
            Mistake(
                lambda noon: (noon < 0).mean(axis=0),
                en="That is a share for each day. Which axis counts the days? They should "
                "disappear.",
                zh="这是每一天的比例。哪个轴代表天？该消失的是天。",
            ),
            Mistake(
                lambda noon: (noon < 0).sum(axis=1),
                en="That is how many days. A share is a number between 0 and 1.",
                zh="这是天数。比例是 0 到 1 之间的数。",
            ),
            Mistake(
                lambda noon: (noon <= 0).mean(axis=1),
                en="A day at exactly 0 was counted. It is not below 0.",
                zh="正好 0 度的那天也算进去了。0 度不在零下。",
            ),
            Mistake(
                lambda noon: (noon < 0).mean(),
                en="That is one share for the whole table. Wanted is one for each city.",
                zh="这是整张表的比例。要的是每个城市一个。",
            ),
            Mistake(
                lambda noon: (noon > 0).mean(axis=1),
                en="These are the days above 0.",
                zh="这是零上的天数所占的比例。",
            ),
            Mistake(
                lambda noon: noon.mean(axis=1) < 0,
                en="That asks whether the mean is below 0. Compare the temperatures first, "
                "then take the mean.",
                zh="这问的是平均温度是不是零下。应该先比较各个温度，再求平均。",
            ),
        ),
        hint={
            "en": "First a table of True and False. Then a mean along the axis of the days.",
            "zh": "先得到一张 True 和 False 的表，再沿着天所在的轴求平均。",
        },
    ),
    Exercise(
        solution=warmest_at_last,
        cases=_tables,
        mistakes=(
            Mistake(
                lambda noon: noon[-1].max(),
                en="That is the last city on its warmest day. A colon in front takes all cities.",
                zh="这是最后一个城市最热的那天。前面写一个冒号，才是所有城市。",
            ),
            Mistake(
                lambda noon: noon.max(),
                en="That looks at all days. Take the last one first.",
                zh="这看了所有的日子。先取出最后一天。",
            ),
            Mistake(
                lambda noon: noon[:, -1],
                en="These are the temperatures of the last day. Which of them is the largest?",
                zh="这是最后一天的各个温度。其中最大的是哪个？",
            ),
            Mistake(
                lambda noon: noon[:, 0].max(),
                en="That is the first day.",
                zh="这是第一天。",
            ),
            Mistake(
                lambda noon: noon[:, -1].argmax(),
                en="That says which city is the warmest. Wanted is its temperature.",
                zh="这是最热的城市的位置。要的是它的温度。",
            ),
            Mistake(
                lambda noon: noon[:, 3].max(),
                en="Not every table has four days. Count from the end.",
                zh="不是每张表都有四天。从末尾数起。",
            ),
        ),
        hint={
            "en": "The index first: all cities, the last day. Then one number of what is left.",
            "zh": "先写下标：所有城市，最后一天。再从剩下的里面得到一个数。",
        },
    ),
)
