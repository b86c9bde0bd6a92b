"""For against.py: a thousand random choices of options for every figure that is rewritten."""

import numpy as np


def rank_ladder(rng):
    rank = int(rng.integers(6))
    return {"rank": rank, "axis": int(rng.integers(max(1, rank)))}


def digit_inspector(rng):
    digit, row, column = (int(n) for n in rng.integers(0, [10, 28, 28]))
    return {"digit": digit, "row": row, "column": column, "numbers": bool(rng.integers(2))}


def dense_plane(rng):
    scale = rng.choice([1e-9, 1e-3, 1, 1, 1, 1])
    numbers = np.round(rng.uniform(-2, 2, 8), rng.integers(0, 9)) * scale
    numbers = (numbers * rng.integers(0, 4, 8).clip(0, 1)).tolist()
    a, b, c, d, *others = [int(x) if x == int(x) else x for x in numbers]
    if max(abs(a), abs(b)) < 1 and rng.random() < 0.2:
        c, d = 2 * a, 2 * b
    # whole numbers of the point have had no point, and got one
    point = [x / 2 + 0.25 if isinstance(x, int) else x for x in others[2:]]
    weights, relu = [[a, b], [c, d]], bool(rng.integers(2))
    return {"weights": weights, "bias": others[:2], "point": point, "relu": relu}
def computation_graph(rng):
    kinds = [rng.integers(-2, 3, 4), rng.integers(-10, 11, 4), rng.uniform(-10, 10, 4)]
    inputs = np.round(kinds[rng.integers(3)], rng.integers(1, 9)).tolist()
    graph = str(rng.choice(["distance", "twice", "neuron"]))
    options = {
        "graph": graph,
        "step": int(rng.integers(10)),
        **dict(zip("xwby", inputs, strict=True)),
    }
    return {name: options[name] for name in options if rng.random() < 0.9}
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


def draw(name):
    rng = np.random.default_rng(18)
    return [{"language": ("en", "zh")[n % 2], **globals()[name](rng)} for n in range(1000)]


def make(name, options):
    from gears import explorables

    class_name = "".join(word.title() for word in name.split("_"))
    return getattr(explorables, class_name)(**options)
