"""What the engine and Chromium are compared on: random states of every figure, and what of them.

The figures' tests compare with NumPy in the engine. This ties readers' browsers to it: what is
computed here names everything that they call there.
"""

from collections.abc import Callable
from dataclasses import dataclass
import math

import numpy as np

KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "x"]
State = dict[str, object]


@dataclass(frozen=True)
class Twin:
    """One figure's part in the comparison.

    Args:
        draw: a random state, and what else the function takes.
        computes: a function in JavaScript of the module `m` and of such a state.
        last_bits: exp, tanh or log are in it, whose last bits are each engine's own.
    """

    draw: Callable[[np.random.Generator], State]
    computes: str
    last_bits: bool = False


def lengths(rng: np.random.Generator, most: int, low: int = 1, high: int = 4) -> list[int]:
    return rng.integers(low, high, rng.integers(0, most + 1)).tolist()


def batch_walker(rng: np.random.Generator) -> State:
    samples = int(10 ** rng.uniform(0, 6))
    size = int(rng.integers(1, samples + 1)) if rng.random() < 0.5 else min(samples, 128)
    return {
        "samples": samples, "batch_size": size, "batch": int(rng.integers(-(-samples // size))),
        "array": rng.choice(["x", "训练", "train_images"]), "place": rng.uniform(-0.5, 1.5),
        "other": rng.integers(1, samples + 1), "key": rng.choice(KEYS), "digits": ["7" * 196],
    }  # fmt: skip


def broadcasting(rng: np.random.Generator) -> State:
    a, b = ([n if rng.random() < 0.4 else 1 for n in lengths(rng, 4, 0)] for _ in range(2))
    rank = max(len(a), len(b))
    together = zip([1] * (rank - len(a)) + a, [1] * (rank - len(b)) + b, strict=True)
    size = math.prod(y if x == 1 else x for x, y in together)
    return {
        "a": a, "b": b, "operation": rng.choice(["+", "-", "*", "/", "maximum"]),
        "step": rng.integers(5), "entry": rng.integers(max(1, size)),
    }  # fmt: skip


def computation_graph(rng: np.random.Generator) -> State:
    inputs = np.round(rng.uniform(-10, 10, 4), rng.integers(0, 5)).tolist()
    graph = rng.choice(["distance", "twice", "neuron"])
    return {"graph": graph, "step": rng.integers(10)} | dict(zip("xwby", inputs, strict=True))


def dense_plane(rng: np.random.Generator) -> State:
    numbers = np.round(rng.uniform(-2, 2, 8), rng.integers(0, 9)) * rng.integers(0, 6, 8).clip(0, 1)
    return {
        "weights": numbers[:4].reshape(2, 2), "bias": numbers[4:6], "point": numbers[6:],
        "relu": bool(rng.integers(2)), "key": rng.choice(KEYS),
    }  # fmt: skip


def descent(rng: np.random.Generator) -> State:
    return {
        "surface": rng.choice(["bowl", "valley", "saddle", "wells", "digits"]),
        "start": rng.uniform(-4, 4, 2), "learning_rate": 10 ** rng.uniform(-3, 0.6),
        "optimizer": rng.choice(["momentum", "adam"]),
        "momentum": rng.uniform(0, 0.99), "batch_size": [1, 8, 32, "all"][rng.integers(4)],
        "seed": rng.integers(10_000), "steps": rng.integers(30), "key": rng.choice(KEYS),
        "features": rng.normal(size=(9, 2)), "labels": rng.integers(0, 2, 9),
        "grid": rng.normal(size=(4, 5)),
    }  # fmt: skip


def digit_inspector(rng: np.random.Generator) -> State:
    row, column = rng.integers(0, 28, 2)
    return {
        "digit": rng.integers(10), "row": row, "column": column,
        "indices": rng.integers(0, 10_000, 10), "value": rng.integers(256), "key": rng.choice(KEYS),
    }  # fmt: skip


def digit_training(rng: np.random.Generator) -> State:
    numpy, done = rng.integers(0, 4, 2) * 40
    losses = rng.uniform(0, 3, numpy)
    own = losses[:done] if rng.random() < 0.5 and done <= numpy else rng.uniform(0, 3, done)
    return {
        "losses": losses, "accuracies": rng.random(numpy // 40), "steps": done,
        "learning_rate": rng.choice([0.05, 0.2]), "momentum": rng.choice([0, 0.9]),
        "progress": {"losses": own, "accuracies": rng.random(done // 40)},
    }  # fmt: skip


def draw_digit(rng: np.random.Generator) -> State:
    shares = rng.dirichlet(np.full(10, rng.choice([0.03, 0.3, 3])), 2)
    strokes = [rng.integers(0, 290, rng.integers(1, 5)).tolist() for _ in range(rng.integers(0, 3))]
    return {
        "strokes": strokes,
        "prepared": bool(rng.integers(2)), "answers": np.floor(10_000 * shares + 0.5).astype(int),
        "cell": rng.integers(0, 28, 2), "key": rng.choice(KEYS), "share": rng.integers(10_001),
    }  # fmt: skip


def inside_network(rng: np.random.Generator) -> State:
    n, units = rng.integers(1, [4, 40])
    opened = np.flatnonzero(rng.random(units) < 0.5).tolist() or [0]
    kept = [[unit, "IPW"[unit % 3] * 784, rng.normal(size=10)] for unit in opened]
    return {
        "hidden": np.maximum(0, rng.normal(size=(n, units))), "labels": rng.integers(0, 10, n),
        "probabilities": rng.dirichlet(np.full(10, rng.choice([0.03, 3])), n),
        "opened": kept, "ink": rng.integers(1, 256), "sample": rng.integers(n),
        "unit": rng.choice(opened), "key": rng.choice(KEYS),
    }  # fmt: skip


def matmul_stepper(rng: np.random.Generator) -> State:
    rows, pairs, columns = rng.integers(1, 7, 3)
    others = pairs if rng.random() < 0.7 else rng.integers(1, 7)
    return {
        "x": rng.integers(-99, 100, (rows, pairs)), "y": rng.integers(-99, 100, (others, columns)),
        "row": rng.integers(rows), "column": rng.integers(columns),
        "terms": rng.integers(min(pairs, others) + 1), "key": rng.choice(KEYS),
    }  # fmt: skip


def playground(rng: np.random.Generator) -> State:
    points = np.round(rng.uniform(-1.5, 1.5, (rng.integers(1, 12), 3)), 2)
    points[:, 2] = rng.integers(0, 2, len(points))
    return {
        "samples": "own", "points": points, "units": rng.integers(1, 9), "axes": [],
        "activation": rng.choice(["relu", "tanh", "none"]), "learning_rate": 0.3,
        "momentum": rng.choice([0, 0.5, 0.9]), "batch_size": [10, 25, "all"][rng.integers(3)],
        "seed": rng.integers(10_000), "steps": rng.integers(12),
    }  # fmt: skip


def quiz(rng: np.random.Generator) -> State:
    def text() -> str:
        return "".join(rng.choice(list("ab <>&\"'`$\\中"), rng.integers(0, 30)))

    def option() -> State:
        return {"text": text(), "right": bool(rng.integers(2)), "feedback": text()}

    counts = rng.integers(2, 4, rng.integers(0, 3))
    return {
        "text": text(), "chosen": rng.integers(-1, 4, len(counts)),
        "questions": [{"text": text(), "options": [option() for _ in range(n)]} for n in counts],
    }  # fmt: skip


def rank_ladder(rng: np.random.Generator) -> State:
    return {
        "shape": lengths(rng, 4, 1, 6), "place": rng.integers(0, 64, 5),
        "rank": rng.integers(6), "axis": rng.integers(3), "key": rng.choice(KEYS), "images": [],
    }  # fmt: skip


def reshape_transpose(rng: np.random.Generator) -> State:
    shape = [2, *lengths(rng, 2)]
    size = math.prod(shape)
    target = [shape[::-1], [-1], [size], [2, -1], lengths(rng, 2, -1, 6) or [0]][rng.integers(5)]
    return {
        "shape": shape, "target": target, "order": rng.permutation(len(shape)),
        "entry": rng.integers(size),
    }  # fmt: skip


def secant_tangent(rng: np.random.Generator) -> State:
    return {
        "function": rng.choice(["square", "cubic", "bell", "root", "relu", "abs"]),
        "x": np.round(rng.uniform(-3, 3), rng.integers(0, 16)), "h": 10 ** rng.uniform(-17, 0),
        "central": bool(rng.integers(2)), "magnified": bool(rng.integers(2)),
        "errors": bool(rng.integers(2)), "digits": rng.integers(1, 16), "key": rng.choice(KEYS),
    }  # fmt: skip


def slice_explorer(rng: np.random.Generator) -> State:
    parts = ["0", "1", "-2", "7", ":", ":", ",", ",", "...", "None", "::2", "1:", " ", "x"]
    return {
        "array": rng.choice(["vector", "matrix", "tensor", "digit"]),
        "text": "".join(rng.choice(parts, rng.integers(0, 7))), "key": rng.choice(KEYS),
    }  # fmt: skip


def split_batch(rng: np.random.Generator) -> State:
    return {
        "workers": rng.integers(1, 9), "batch": int(2 ** rng.uniform(0, 16)),
        "parameters": int(10 ** rng.uniform(0, 10)), "per_sample": 10 ** rng.uniform(-7, 0),
        "fixed": rng.choice([0, 10 ** rng.uniform(-6, 1)]), "key": rng.choice(KEYS),
        "link": rng.choice(["machine", "fast", "office", "wifi"]),
    }  # fmt: skip


def unfolding_sheet(rng: np.random.Generator) -> State:
    shapes = [(3, 3)] * rng.integers(0, 4) + [(3, 1)]
    return {
        "points": rng.normal(size=(12, 3)), "labels": np.arange(12) % 2, "columns": 4,
        "layers": [[rng.normal(size=shape), rng.normal(size=shape[1])] for shape in shapes],
        "activation": rng.choice(["tanh", "relu", "linear"]),
        "stage": rng.integers(16 * (len(shapes) - 1) + 1),
        "azimuth": rng.integers(360), "elevation": rng.integers(91),
    }  # fmt: skip


SAID = "m.sentence(x.language, x)"
CHECKED_AND_SAID = "m.problem(x) ?? m.sentence(m.WORDS[x.language], x)"
TWINS = {
    "batch_walker": Twin(batch_walker, """(x) => {
        const { samples, batch_size, batch } = x, all = m.count(samples, batch_size);
        const smaller = { ...x, samples: x.other }, settled = { ...smaller, ...m.settled(smaller) };
        return [
            all, m.bounds(samples, batch_size, batch), m.length(samples, batch_size, batch),
            m.asked(batch_size, batch), m.batchAt(samples, batch_size, x.place), m.code(x),
            m.resized(x, x.other), m.seen(batch, all), m.step(x, x.key), m.columnsFor(x.other),
            m.problem(smaller), m.problem(settled), m.sentence(m.WORDS[x.language], settled),
        ];
    }"""),
    "broadcasting": Twin(broadcasting, f"""(x) => [
        {CHECKED_AND_SAID}, m.settled({{ ...x, entry: x.entry + 9 }}),
        m.broadcast(x.a, x.b) ?? m.error(x.a, x.b), m.values(x.a, x.b, x.operation),
        m.parsed(m.asTuple(x.a)), m.decimals(x.step / 7),
    ]"""),
    "computation_graph": Twin(computation_graph, f"""(x) => {{
        const values = m.values(x);
        return [{CHECKED_AND_SAID}, values, m.gradients(x.graph, values, x.step),
            m.GRAPHS[x.graph].map((node) => m.localDerivatives(node, values))];
    }}"""),
    "dense_plane": Twin(dense_plane, f"""(x) => {{
        const {{ weights, bias, point }} = x, path = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
        const mapped = m.mapped(path, weights, bias, x.relu ? 0 : 0.5);
        return [
            {CHECKED_AND_SAID}, m.image(point, weights, bias), m.relu(point), mapped,
            m.determinant(weights), m.area(mapped), m.effect(weights), m.half(x), m.tips(x),
            m.stage(x, 1.5 + point[0]), m.pulled(x, point, bias),
            m.step(point, x.key), m.negative(path, weights, bias, 1), m.decimals(weights[0][0]),
        ];
    }}"""),
    "descent": Twin(descent, f"""(x) => [
        {CHECKED_AND_SAID}, m.descend(x), m.descend(x).map(m.lossOf(x)),
        m.moved(x.start, x.key, x.surface),
        m.contour(x.grid, [0, 0], 1, 0.2), new m.Lehmer(x.seed).permutation(9),
        new m.Lehmer(x.seed).uniform(-0.3, 0.7, 9),
    ]""", last_bits=True),
    "digit_inspector": Twin(digit_inspector, """(x) => {
        const images = Array(10).fill(Array(784).fill(x.value));
        return [
            m.pixelAt(m.place(x.row, x.column)), m.float32Text(m.scaled(x.value)), m.step(x, x.key),
            m.problem({ ...x, images }),
            m.sentence(m.WORDS[x.language], { ...x, images }),
        ];
    }"""),
    "digit_training": Twin(digit_training, """((start) => (x) => [
        m.problem(x), m.sentence(m.WORDS[x.language], x, x.progress), start.losses,
        m.size(x.losses), m.isThere(x.progress, 41),
    ])(m.beginning())"""),
    "draw_digit": Twin(draw_digit, """(x) => [
        m.problem(x), m.sentence(m.WORDS[x.language], x), m.step(x.cell, x.key),
        m.percent(x.share), m.largest(x.answers[0], 3),
    ]"""),
    "inside_network": Twin(inside_network, """(x) => {
        const images = x.labels.map(() => Array(784).fill(x.ink)), values = x.hidden[x.sample];
        const [[, weights, outgoing]] = x.opened;
        return [
            m.argmax(values), m.countNonzero(values), m.adds(values[x.unit], outgoing),
            m.saw(images, x.sample, weights).slice(0, 2), m.brightest(x, x.sample),
            m.nearest(x.opened, { row: x.unit % 5, column: 3 }), m.step(x.opened, x.unit, x.key),
            m.problem({ ...x, images }), m.problem({ ...x, images, unit: x.unit + 1 }),
            m.sentence(m.WORDS[x.language], x),
        ];
    }"""),
    "matmul_stepper": Twin(matmul_stepper, """(x) => {
        const swapped = m.replaced(x, { x: x.y, y: x.x }), now = { ...x, ...swapped };
        const settled = { ...now, ...m.settled(now) };
        return [
            m.multiply(x.x, x.y) ?? m.numpysWords(x.x, x.y), m.walk(x, 1), m.walk(x, -1),
            m.partialSum(x.x, x.y, x.row, x.column, x.terms),
            m.step(x, x.key), m.resized(x.x, 2, 5), m.widths(x), m.problem(now), m.problem(settled),
            m.sentence(m.WORDS[x.language], x), m.sentence(m.WORDS[x.language], settled),
        ];
    }"""),
    "playground": Twin(playground, """(x) => {
        const { losses, training: { network } } = new m.Run(x).reach(x.steps);
        return [
            m.problem(x), m.sentence(m.WORDS[x.language], x), losses,
            m.margins(network, x.points), m.telling(network, x.points),
        ];
    }""", last_bits=True),
    "quiz": Twin(quiz, """(x) => [
        m.code(x.text), m.problem(x), m.sentence(m.WORDS[x.language], x),
        m.stored(m.WORDS[x.language], x), m.score(m.WORDS[x.language], x),
    ]"""),
    "rank_ladder": Twin(rank_ladder, """(x) => [
        m.valuesIn(x.shape), m.scene(x.rank), m.counted(x.rank, m.settled(x).axis),
        m.colour(...x.place), m.step(x.rank, x.axis, x.key), m.problem(x), m.settled(x),
        m.sentence(m.WORDS[x.language], { ...x, ...m.settled(x) }),
    ]"""),
    "reshape_transpose": Twin(reshape_transpose, f"""(x) => {{
        const size = x.shape.reduce((n, length) => n * length, 1);
        return [
            {CHECKED_AND_SAID}, m.settled({{ ...x, order: [], entry: 99 }}), m.turned(x.shape, 9),
            m.reshapeError(x.shape, x.target) || m.resolved(size, x.target),
            m.readingOrder(x.shape, x.order), m.strides(x.shape), m.unravelled(x.entry, x.shape),
            m.fitting(size), m.orders(x.shape.length), m.parsed(m.asTuple(x.shape)),
        ];
    }}"""),
    "secant_tangent": Twin(secant_tangent, f"""(x) => {{
        const sweep = m.sweep(x.function, x.x, x.central);
        return [
            {CHECKED_AND_SAID}, sweep, m.best(sweep.map((s) => s.error)), m.step(x, x.key),
            m.quotient(x.function, x.x, x.h, x.central), m.shown(x.x, x.digits),
            m.place(x.h, x.h), m.stepAt([x.x * 100, 0]), m.frame(x), m.held(x, x.x + 1)(0.3),
        ];
    }}"""),
    "slice_explorer": Twin(slice_explorer, """(x) => {
        const image = Array.from({ length: 784 }, (_, at) => at % 256), shape = [3, 4, 5];
        const selected = m.select(shape, x.text), { error, indices, shape: taken } = selected;
        return [
            m.problem({ ...x, image }) ?? m.sentence(m.WORDS[x.language], { ...x, image }),
            error?.kind, indices, taken, m.printed(selected),
            m.nudge(shape, x.text, x.key, false), m.repr(shape, image.slice(0, 60)),
        ];
    }"""),
    "split_batch": Twin(split_batch, """(x) => [
        m.problem(x), m.sentence(m.WORDS[x.language], x), m.speedUps(x), m.fastest(m.speedUps(x)),
        m.duration(x.per_sample), m.unitOf(x.per_sample), m.ratio(x.fixed),
        m.nearest([4, 8, 16, 4096], x.batch),
        m.shares(x.batch, x.workers), m.ticks(x.per_sample), m.step(x.workers, x.key),
        m.ring(x.workers, x.per_sample),
    ]"""),
    "unfolding_sheet": Twin(unfolding_sheet, f"""(x) => {{
        const cut = m.bestCut(x.points, x.labels);
        return [
            {CHECKED_AND_SAID}, m.representation(x.points, x.layers, x.activation, x.stage), cut,
            m.seen(x.points[0], x.azimuth, x.elevation), m.cutThrough(cut, 1.5),
            m.turned(x, 7.5, -2.5),
        ];
    }}""", last_bits=True),
    "doubling": Twin(lambda rng: {"n": rng.uniform(-10, 10)}, "(x) => m.double(x.n)"),
}  # fmt: skip


def draw(name: str, count: int = 1000) -> list[State]:
    """So many states of a figure, in both languages, the same ones every time."""
    rng = np.random.default_rng(18)
    return [{"language": ("en", "zh")[at % 2]} | TWINS[name].draw(rng) for at in range(count)]


def same(one: object, other: object, last_bits: bool = False) -> bool:
    """Whether two results are equal: -0 is not 0, and NaN is NaN.

    Numbers of a figure with `last_bits` may differ by 1e-12, some thousand last bits: a training
    of a few steps adds up that few.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same(one[key], other[key], last_bits) for key in one
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            same(a, b, last_bits) for a, b in zip(one, other, strict=True)
        )
    if last_bits and isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12) or repr(one) == repr(other)
    return repr(one) == repr(other)
