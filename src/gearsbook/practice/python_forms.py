"""The exercises of "The Python of this book"."""

from gearsbook.practice.exercise import Exercise, Mistake


def mean_of_positive(numbers):
    kept = [n for n in numbers if n > 0]
    return sum(kept) / len(kept) if kept else 0


def _number_cases(rng):
    chosen = [[4, -1, 2], [5], [-3, -2], [], [0, 6], [-7, 0]]
    random = [rng.integers(-9, 10, length).tolist() for length in (5, 8)]
    return [(numbers,) for numbers in chosen + random]


def _none_forgotten(numbers):
    kept = [n for n in numbers if n > 0]
    return sum(kept) / len(kept)


def _of_all(numbers):
    return sum(numbers) / len(numbers) if numbers else 0


def _by_the_length_of_all(numbers):
    kept = [n for n in numbers if n > 0]
    return sum(kept) / len(numbers) if kept else 0


def _with_zeros(numbers):
    kept = [n for n in numbers if n >= 0]
    return sum(kept) / len(kept) if kept else 0


def _sum(numbers):
    kept = [n for n in numbers if n > 0]
    return sum(kept)


def bill(prices, counts):
    return sum(price * count for price, count in zip(prices, counts, strict=True))


def _shopping_cases(rng):
    chosen = [([3, 5], [2, 1]), ([2.5], [4]), ([1, 2, 3], [0, 0, 2])]
    random = [
        (rng.integers(1, 20, goods).tolist(), rng.integers(0, 5, goods).tolist())
        for goods in (3, 6)
    ]
    return chosen + random


EXERCISES = (
    Exercise(
        solution=mean_of_positive,
        cases=_number_cases,
        mistakes=(
            Mistake(
                _none_forgotten,
                en="If no number is positive, this divides by 0. Choose what to return with "
                "`if` and `else` in one line.",
                zh="如果没有正数，就除以 0 了。在一行里用 `if` 和 `else` 选好返回什么。",
            ),
            Mistake(
                _by_the_length_of_all,
                en="The sum is right. Divide it by how many numbers you kept, not by how many "
                "there were.",
                zh="和是对的。要除以留下的个数，不是原来的个数。",
            ),
            Mistake(
                _with_zeros,
                en="0 is not positive, but it was counted.",
                zh="0 不是正数，却算进去了。",
            ),
            Mistake(
                _of_all,
                en="That is the mean of all numbers. An `if` at the end of a list "
                "comprehension keeps only some.",
                zh="这是所有数的平均。列表推导式末尾加上 `if`，才只留下一部分。",
            ),
            Mistake(
                _sum,
                en="That is the sum. A mean is the sum divided by how many there are.",
                zh="这是和。平均等于和除以个数。",
            ),
        ),
        hint={
            "en": "First make a list of the positive numbers. Then divide its sum by its length, "
            "if it has one.",
            "zh": "先做一个正数的列表，再用它的和除以它的长度，只要长度不是 0。",
        },
    ),
    Exercise(
        solution=bill,
        cases=_shopping_cases,
        mistakes=(
            Mistake(
                lambda prices, counts: sum(prices),
                en="That is one of each. How many of them were bought?",
                zh="这是每样买一件。每样到底买了几件？",
            ),
            Mistake(
                lambda prices, counts: sum(prices) * sum(counts),
                en="Each price belongs to its own count. Multiply the pairs, then add up.",
                zh="每个价钱只配自己的件数。先一对一对地相乘，再加起来。",
            ),
            Mistake(
                lambda prices, counts: [p * n for p, n in zip(prices, counts, strict=True)],
                en="These are the costs of each kind of goods. Add them up.",
                zh="这是每样货物各要多少钱。还要加起来。",
            ),
            Mistake(
                lambda prices, counts: sum(p + n for p, n in zip(prices, counts, strict=True)),
                en="Price and count were added. Three for 2 each cost 6, not 5.",
                zh="价钱和件数是相加的。每件 2 元，买三件，要 6 元，不是 5 元。",
            ),
            Mistake(
                lambda prices, counts: prices[0] * counts[0],
                en="That is the first kind of goods alone.",
                zh="这只是第一样货物。",
            ),
        ),
        hint={
            "en": "`zip` gives you a price and its count together. What does this pair cost?",
            "zh": "`zip` 把价钱和件数一对一对地给你。这一对要多少钱？",
        },
    ),
)
