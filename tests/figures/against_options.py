"""For against.py: a thousand random choices of options for every figure that is rewritten."""

import numpy as np


def rank_ladder(rng):
    rank = int(rng.integers(6))
    return {"rank": rank, "axis": int(rng.integers(max(1, rank)))}


def digit_inspector(rng):
    digit, row, column = (int(n) for n in rng.integers(0, [10, 28, 28]))
    return {"digit": digit, "row": row, "column": column, "numbers": bool(rng.integers(2))}


def quiz(rng):
    words = [
        "2 + 2",
        "`a[0]`",
        "a`b",
        "<b>",
        "&amp;",
        '"x"',
        "isn't",
        "形状",
        "`(3,) < 4`",
        "``",
        "是",
    ]

    def some(most=6):
        return " ".join(rng.choice(words, rng.integers(1, most)).tolist())

    lines, counts = [], rng.integers(2, 5, rng.integers(1, 5)).tolist()
    for count in counts:
        lines += [f"? {some(9)}" + ("\n  " + some() if rng.random() < 0.3 else "")]
        right = int(rng.integers(count))
        lines += [
            f"{'+' if n == right else '-'} {some()} | {some()} | {some()}" for n in range(count)
        ]
    chosen = [int(rng.integers(-1, count)) for count in counts]
    return {"text": "\n".join(lines)} | ({"chosen": chosen} if rng.random() < 0.7 else {})


def split_batch(rng):
    if rng.random() < 0.02:
        return {}
    kind = rng.integers(4)
    return {
        "workers": int(rng.integers(1, 9)),
        "batch": int(rng.integers(1, 20) if kind == 0 else 2 ** rng.uniform(0, 16)),
        "parameters": [407_050, int(10 ** rng.uniform(0, 10)), 1, 10**10][rng.integers(4)],
        "per_sample": [1, 1e-7, 2e-5, 10 ** rng.uniform(-7, 0)][rng.integers(4)],
        "fixed": [0, 10, 1e-3, 10 ** rng.uniform(-6, 1)][rng.integers(4)],
        "link": str(rng.choice(["machine", "fast", "office", "wifi"])),
    }


def draw(name):
    rng = np.random.default_rng(18)
    return [{"language": ("en", "zh")[n % 2], **globals()[name](rng)} for n in range(1000)]


def make(name, options):
    from gears import explorables

    class_name = "".join(word.title() for word in name.split("_"))
    return getattr(explorables, class_name)(**options)
