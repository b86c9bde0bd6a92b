"""For against.py: a thousand random choices of options for every figure that is rewritten."""

import math

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


def digit_training(rng):
    count = int(rng.choice([0, 1, 39, 40, 95, 480, rng.integers(481)]))
    steps = int(rng.integers(1, 4)) if rng.random() < 0.02 else 0
    return {
        "losses": rng.uniform(0, 3, count),
        "accuracies": rng.integers(0, 1001, count // 40) / 1000,
        "learning_rate": float(rng.choice([0.005, 0.02, 0.05, 0.2, 0.5])),
        "momentum": float(rng.choice([0, 0.5, 0.9])),
        "steps": 41 if rng.random() < 0.002 else steps,
    }


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


def secant_tangent(rng):
    x = rng.choice([rng.uniform(-3, 3), rng.integers(-30, 31) / 10, rng.integers(-3, 4), 0])
    h = rng.choice([10 ** rng.uniform(-17, 0), 10.0 ** -rng.integers(0, 18), 0.15, 1])
    function = str(rng.choice(["square", "cubic", "bell", "root", "relu", "abs"]))
    central, magnified = (bool(one) for one in rng.integers(0, 2, 2))
    state = {"function": function, "x": x, "h": max(h, 1e-17)}
    return state | {"central": central, "magnified": magnified}


def broadcasting(rng):
    lengths = [[0, 1, 1, 2, 3, 4], [1, 1, 2, 5, 6, 7], [1, 1, 32, 128, 999]][rng.integers(3)]
    a = rng.choice(lengths, rng.integers(5)).tolist()
    b = rng.choice(lengths, rng.integers(5)).tolist()
    if rng.random() < 0.7:  # many fit
        b = [length if rng.random() < 0.6 else 1 for length in a[rng.integers(len(a) + 1) :]]
    a, b = (a, b) if rng.random() < 0.5 else (b, a)
    try:
        size = math.prod(np.broadcast_shapes(a, b))
    except ValueError:
        size = 1
    operation = str(rng.choice(["+", "-", "*", "/", "maximum"]))
    entry = int(rng.integers(max(1, size)))
    return {"a": tuple(a), "b": b, "operation": operation, "step": int(rng.integers(5)),
            "entry": entry}  # fmt: skip


def reshape_transpose(rng):
    while True:
        shape = rng.integers(1, rng.choice([4, 7, 13, 37]), rng.integers(1, 4)).tolist()
        size = math.prod(shape)
        if size <= 36:
            break
    targets = [shape[::-1], [-1], [size], [*shape[:-1], -1], rng.integers(-1, 37, 3).tolist(),
               rng.integers(-1, 5, rng.integers(1, 4)).tolist()]  # fmt: skip
    options = {"target": tuple(targets[rng.integers(6)]), "order": rng.permutation(len(shape)),
               "entry": int(rng.integers(size))}  # fmt: skip
    options = {name: options[name] for name in options if rng.random() < 0.8}
    return {"shape": shape} | options if rng.random() < 0.98 else {}


def descent(rng):
    samples = int(rng.choice([0, 1, 30, 41]))
    features = rng.normal(size=(samples, 2))
    surfaces = ["bowl", "valley", "saddle", "wells", *(["digits"] if samples else [])]
    state = {
        "features": features - features.mean(axis=0) if samples else features,
        "labels": rng.integers(0, 2, samples),
        "surface": str(rng.choice(surfaces)),
        "learning_rate": float(f"{10 ** rng.uniform(-3, 0.6):.2g}"),
        "momentum": rng.choice([0, 0.5, 0.9, 0.99, round(rng.uniform(0, 0.99), 2)]),
        "batch_size": [1, 8, 32, "all"][rng.integers(4)],
        "seed": int(rng.integers(0, 10_000)),
        "steps": int(rng.choice([0, 1, rng.integers(2, 200), rng.integers(2, 80), 200])),
    }
    start = [(0, 0), rng.uniform(-3, 3, 2).round(2), rng.integers(-4, 5, 2)][rng.integers(3)]
    return state | ({"start": start} if rng.random() < 0.7 else {})


def slice_explorer(rng):
    array = str(rng.choice(["vector", "matrix", "tensor", "digit"]))
    items = [":", "...", "None", "0", "1", "-1", "2", "5", "27", "::2", "1:", "1:3", "-3:", "5:1",
             "::-1", "7:-7", "::0", "1:99", "", " 3 ", "Ellipsis", "np.newaxis", "0x1F", "1_0",
             "9223372036854775808", "1e3", "2.5", "a b", "[1, 2]", "1:2:3:4", "一", "…:1",
             "x" * 30, "--1", "<b>"]  # fmt: skip
    weights = np.array([4.0 if at < 17 else 0.5 for at in range(len(items))])
    chosen = rng.choice(items, rng.integers(0, 5), p=weights / weights.sum())
    text = str(rng.choice([",", ", "])).join(chosen.tolist())
    if rng.random() < 0.05:
        text = f"({text})"
    options = {"array": array, "text": text[:100]}
    return {name: options[name] for name in options if rng.random() < 0.95}


def unfolding_sheet(rng):
    columns, rows = rng.integers(2, 7, 2)
    shapes = [(3, 3)] * rng.integers(0, 4) + [(3, 1)]
    u, v = np.meshgrid(np.linspace(-1, 1, columns), np.linspace(-1, 1, rows))
    sheet = np.stack([u, v, 0.3 * u * v], axis=-1).reshape(-1, 3)
    return {
        "points": sheet + rng.normal(size=(columns * rows, 3)) * rng.choice([0.1, 1]),
        "labels": u.ravel() > 0,
        "layers": [(rng.normal(size=shape), rng.normal(size=shape[1])) for shape in shapes],
        "columns": int(columns),
        "activation": str(rng.choice(["tanh", "relu", "linear"])),
        "stage": int(rng.choice([0, rng.integers(16 * len(shapes) - 15), 16 * len(shapes) - 16])),
        "azimuth": int(rng.integers(360)),
        "elevation": int(rng.integers(91)),
    }


def draw(name):
    rng = np.random.default_rng(18)
    return [{"language": ("en", "zh")[n % 2], **globals()[name](rng)} for n in range(1000)]


def make(name, options):
    from gears import explorables

    class_name = "".join(word.title() for word in name.split("_"))
    return getattr(explorables, class_name)(**options)
