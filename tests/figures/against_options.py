"""For against.py: a thousand random choices of options for every figure that is rewritten."""

import numpy as np


def rank_ladder(rng):
    rank = int(rng.integers(6))
    return {"rank": rank, "axis": int(rng.integers(max(1, rank)))}


def digit_inspector(rng):
    digit, row, column = (int(n) for n in rng.integers(0, [10, 28, 28]))
    return {"digit": digit, "row": row, "column": column, "numbers": bool(rng.integers(2))}


def inside_network(rng):
    n, units = (int(length) for length in rng.integers(1, [5, 70]))
    if rng.random() < 0.2:
        units = 512
    hidden = np.maximum(0, rng.normal(size=(n, units))) * 10.0 ** rng.integers(-6, 3)
    hidden *= rng.random((n, units)) > rng.choice([0, 0.5, 1])
    probabilities = rng.dirichlet(np.full(10, rng.choice([0.03, 0.3, 3])), n)
    dtype = rng.choice(["float32", "float64"])
    return {
        "images": rng.integers(0, 256, (n, 28, 28), "uint8"),
        "hidden": hidden.astype(dtype),
        "probabilities": probabilities.astype(dtype),
        "labels": rng.integers(0, 10, n),
        "sample": int(rng.integers(n)),
        "unit": int(rng.integers(units)),
    }


def batch_walker(rng):
    samples = int(10 ** rng.uniform(0, rng.choice([1, 6.0001]))) if rng.random() < 0.9 else 60_000
    size = [1, samples, min(samples, 128), int(rng.integers(1, samples + 1))][rng.integers(4)]
    last = -(-samples // size) - 1
    return {
        "samples": samples,
        "batch_size": size,
        "batch": [0, last, max(0, last - 1), int(rng.integers(last + 1))][rng.integers(4)],
        "array": str(rng.choice(["train_images", "x", "训练", "x_test", "_"])),
    }


def matmul_stepper(rng):
    rows, pairs, columns = (int(length) for length in rng.integers(1, 7, 3))
    others = pairs if rng.random() < 0.7 else int(rng.integers(1, 7))
    most = int(rng.choice([2, 10, 100]))
    x, y = (rng.integers(1 - most, most, size) for size in ((rows, pairs), (others, columns)))
    options = {
        "x": x if rng.random() < 0.5 else x.tolist(),
        "y": y if rng.random() < 0.5 else y.tolist(),
        "row": int(rng.integers(rows)),
        "column": int(rng.integers(columns)),
    }
    if rng.random() < 0.8:
        options["terms"] = int(rng.integers(min(pairs, others) + 1))
    return options


def draw(name):
    rng = np.random.default_rng(18)
    return [{"language": ("en", "zh")[n % 2], **globals()[name](rng)} for n in range(1000)]


def make(name, options):
    from gears import explorables

    class_name = "".join(word.title() for word in name.split("_"))
    return getattr(explorables, class_name)(**options)
