"""For against.py: a thousand random choices of options for every figure that is rewritten."""

import numpy as np


def rank_ladder(rng):
    rank = int(rng.integers(6))
    return {"rank": rank, "axis": int(rng.integers(max(1, rank)))}


def digit_inspector(rng):
    digit, row, column = (int(n) for n in rng.integers(0, [10, 28, 28]))
    return {"digit": digit, "row": row, "column": column, "numbers": bool(rng.integers(2))}


def draw_digit(rng):
    def stroke():
        steps = rng.integers(-40, 41, (rng.integers(1, 12), 2)) * rng.integers(0, 2)
        return np.clip(rng.integers(0, 281, 2) + steps.cumsum(axis=0), 0, 280).ravel()

    from gears import explorables

    kind = rng.integers(4)
    if kind == 0:
        strokes = explorables.DrawDigit().samples[rng.integers(12)][1]
    elif kind == 1:  # shares in between: a digit with something else on the pad
        strokes = [*explorables.DrawDigit().samples[rng.integers(11)][1], stroke()]
    else:
        strokes = [stroke() for _ in range(rng.integers(0, 4))]
    return {"strokes": strokes, "prepared": bool(rng.integers(2))}


def playground(rng):
    points = np.round(rng.uniform(-1.5, 1.5, (rng.integers(0, 30), 3)), rng.integers(1, 5)).tolist()
    points = [[x, y, int(rng.integers(2))] for x, y, _ in points]
    momentum = [0, 0.5, 0.9][rng.integers(3)]
    largest = {0: 3, 0.5: 0.3, 0.9: 0.1}[momentum]
    rates = [rate for rate in (0.01, 0.03, 0.1, 0.3, 1, 3) if rate <= largest]
    return {
        "samples": ["xor", "moons", "ring", "spirals", "own"][rng.integers(5)],
        "points": points if rng.random() < 0.9 else points[:1], "units": int(rng.integers(1, 9)),
        "activation": ["relu", "tanh", "none"][rng.integers(3)], "momentum": momentum,
        "learning_rate": rates[-1 if rng.integers(2) else rng.integers(len(rates))],
        "batch_size": [10, 25, "all"][rng.integers(3)], "seed": int(rng.integers(10_000)),
        "steps": int(rng.choice([0, 1, 60, 1000], p=[0.1, 0.1, 0.78, 0.02]) * rng.random() + 0.5),
        "axes": rng.integers(0, 8, 2).tolist() if rng.random() < 0.3 else [],
    }  # fmt: skip


def draw(name):
    rng = np.random.default_rng(18)
    return [{"language": ("en", "zh")[n % 2], **globals()[name](rng)} for n in range(1000)]


def make(name, options):
    from gears import explorables

    class_name = "".join(word.title() for word in name.split("_"))
    return getattr(explorables, class_name)(**options)
