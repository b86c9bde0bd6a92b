"""Section 2.4.4: the page's two engines are right, and checks bite.

Each mutant is a mistake that people make. Its test runs the same checks that the right code
passes, at inputs where the mistake matters, and sees one of them fail.
"""

from collections.abc import Callable
import functools

from gearsbook.datasets import mnist
from hypothesis import assume, given
from hypothesis import strategies as st
import numpy as np
import pytest

from gradient_check import central_differences, relative_error
from tools.notebooks.cells import functions

PAGE = "04-gradients/04-backpropagation"
NUMBERS = ("number", "order", "backward-numbers")
TENSORS = (
    "imports", "order", "operators", "tensor", "element-wise", "entries", "sum", "unbroadcast",
    "backward-all", "detach", "cross-entropy",
)  # fmt: skip
Namespace = dict[str, Callable]


@functools.cache
def tensors(broken: tuple[str, str] | None = None) -> Namespace:
    return functions(PAGE, *TENSORS, broken=broken)


@functools.cache
def numbers(broken: tuple[str, str] | None = None) -> Namespace:
    return functions(PAGE, *NUMBERS, broken=broken)


def some(*shapes: tuple[int, ...], seed: int = 0, low: float = -2, high: float = 2) -> list:
    rng = np.random.default_rng(seed)
    return [rng.uniform(low, high, shape) for shape in shapes]


# ---- The engine for numbers --------------------------------------------------------------------


def random_slopes(p: Namespace) -> list[tuple[list[float], np.ndarray]]:
    """For random values: the gradients of an expression with every gate, and those measured."""

    def expression(a, b, c, largest):
        shared = a * b + c
        return largest(shared * shared + a, shared * b)

    pairs = []
    for values in some((20, 3))[0]:
        arguments = [p["Number"](value) for value in values]
        p["backward"](expression(*arguments, p["maximum"]))
        measured = central_differences(lambda at: expression(*at, max), values)
        pairs.append(([argument.gradient for argument in arguments], measured))
    return pairs


def numbers_are_right(p: Namespace) -> bool:
    return all(relative_error(*pair) < 1e-6 for pair in random_slopes(p))


def test_the_gradients_of_numbers_are_those_that_are_measured():
    assert numbers_are_right(numbers())


def test_relu_as_a_maximum_hands_on_nothing_at_its_kink():
    p = numbers()
    z = p["Number"](0)
    p["backward"](p["maximum"](z, p["Number"](0)))
    assert z.gradient == 0


def test_the_gradient_counts_the_paths_if_every_local_derivative_is_1():
    p = numbers()
    start = last = p["Number"](1)
    for _ in range(30):
        last = last + last
    p["backward"](last)
    assert start.gradient == 2**30
    assert sum(len(node.edges) for node in p["in_order"](last)) == 60


@pytest.mark.parametrize("broken", [
    ("(self, 1), (other, 1))", "(self, 1), (other, -1))"),
    ("(self, other.value), (other, self.value)", "(self, self.value), (other, other.value)"),
    ("a.value > b.value", "a.value < b.value"),
    ("(b, int(not a_wins))", "(b, 1)"),
    ("parent.gradient += node.gradient * slope", "parent.gradient = node.gradient * slope"),
    ("node.gradient * slope", "node.gradient + slope"),
    ("last.gradient = 1", "last.gradient = last.value"),
    ("in reversed(order)", "in order"),
], ids=lambda broken: f"{broken[0]} -> {broken[1]}")  # fmt: skip
def test_a_mistake_in_the_engine_for_numbers_does_not_pass(broken):
    assert not numbers_are_right(numbers(broken))


# ---- What is checked of the engine for tensors -------------------------------------------------

# Each case: what is computed with the page's functions p, and the arrays that it takes.
CASES: dict[str, tuple[Callable, list]] = {
    "add": (lambda p, a, b: a + b, some((4, 3), (4, 3))),
    "add a row": (lambda p, a, b: a + b, some((4, 3), (3,))),
    "add a column": (lambda p, a, b: a + b, some((4, 1), (4, 3))),
    "add row and column": (lambda p, a, b: a + b, some((4, 1), (3,))),
    "add a number": (lambda p, a, b: a + b, some((4, 3), ())),
    "add along inner axes": (lambda p, a, b: a + b, some((2, 1, 3), (5, 1))),
    "subtract": (lambda p, a, b: a - b, some((4, 3), (4, 3))),
    "subtract a row": (lambda p, a, b: a - b, some((4, 3), (3,))),
    "subtract from a row": (lambda p, a, b: a - b, some((3,), (4, 3))),
    "multiply": (lambda p, a, b: a * b, some((4, 3), (4, 3))),
    "multiply row and column": (lambda p, a, b: a * b, some((4, 1), (3,))),
    "divide": (lambda p, a, b: a / b, some((4, 3), (4, 3), low=0.5)),
    "divide by a row": (lambda p, a, b: a / b, some((4, 3), (3,), low=0.5)),
    "minus": (lambda p, a: -a, some((4, 3))),
    "square": (lambda p, a: a**2, some((4, 3))),
    "cube": (lambda p, a: a**3, some((4, 3))),
    "root": (lambda p, a: a**0.5, some((4, 3), low=0.5)),
    "inverse": (lambda p, a: a**-1, some((4, 3), low=0.5)),
    "an entry": (lambda p, a: a[2, 1], some((4, 3))),
    "a row": (lambda p, a: a[1], some((4, 3))),
    "a slice": (lambda p, a: a[1:3, ::2], some((4, 3))),
    "entries, one of them twice": (lambda p, a: a[[0, 2, 2, 3]], some((4, 3))),
    "an entry of each row": (lambda p, a: a[np.arange(4), [2, 0, 0, 1]], some((4, 3))),
    "entries under a mask": (lambda p, a: a[np.eye(3) == 0], some((3, 3))),
    "matmul": (lambda p, a, b: a @ b, some((4, 3), (3, 5))),
    "matmul, square": (lambda p, a, b: a @ b, some((3, 3), (3, 3))),
    "exp": (lambda p, a: p["exp"](a), some((4, 3))),
    "log": (lambda p, a: p["log"](a), some((4, 3), low=0.5, high=3)),
    "relu": (lambda p, a: p["relu"](a), some((6, 5))),
    "sum of all": (lambda p, a: a.sum(), some((4, 3))),
    "sum over an axis": (lambda p, a: a.sum(axis=0), some((4, 3))),
    "sum over the last axis": (lambda p, a: a.sum(axis=-1), some((4, 3, 2))),
    "sum over two axes": (lambda p, a: a.sum(axis=(0, 2)), some((4, 3, 2))),
    "sum with keepdims": (lambda p, a: a.sum(axis=1, keepdims=True), some((4, 3))),
    "sum of all with keepdims": (lambda p, a: a.sum(keepdims=True), some((4, 3))),
    "mean of all": (lambda p, a: a.mean(), some((4, 3))),
    "mean over an axis": (lambda p, a: a.mean(axis=1), some((4, 3))),
    "array on the left": (lambda p, a: np.arange(3.0) * a + (1 - a), some((4, 3))),
    "array over it": (lambda p, a: 1 + np.arange(3.0) / a, some((4, 3), low=0.5)),
    "matrix on the left": (lambda p, a: np.arange(8.0).reshape(2, 4) @ a, some((4, 3))),
    "used twice": (lambda p, a: a * a, some((4, 3))),
    "used twice in a product": (lambda p, a: a @ a, some((3, 3))),
    "used in three places": (lambda p, a: p["exp"](a) * a + a, some((4, 3))),
    "cross-entropy": (lambda p, a: p["cross_entropy"](a, np.array([1, 0, 4])), some((3, 5))),
}


def slopes(p: Namespace, case: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each argument of a case: the gradient that came and the one that was measured."""
    compute, arrays = CASES[case]
    arguments = [p["Tensor"](array) for array in arrays]
    result = compute(p, *arguments)
    weights = np.random.default_rng(1).normal(size=result.data.shape)
    (result * weights).sum().backward()

    def loss_at(at: int) -> Callable[[np.ndarray], float]:
        def loss(array: np.ndarray) -> float:
            moved = [*arrays[:at], array, *arrays[at + 1 :]]
            return float((compute(p, *map(p["Tensor"], moved)).data * weights).sum())

        return loss

    return [
        (tensor.gradient, central_differences(loss_at(at), np.asarray(arrays[at])))
        for at, tensor in enumerate(arguments)
    ]


def cross_entropy(z: np.ndarray, labels: np.ndarray) -> np.floating:
    """As the definition says it, sample by sample."""
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return np.mean([-np.log(row[label]) for row, label in zip(p, labels, strict=True)])


NUMPY = {
    "exp": np.exp, "log": np.log, "relu": lambda a: np.where(a > 0, a, 0),
    "cross_entropy": cross_entropy,
}  # fmt: skip


def has_numpys_value(p: Namespace, case: str) -> bool:
    compute, arrays = CASES[case]
    came = compute(p, *map(p["Tensor"], arrays)).data
    expected = compute(NUMPY, *arrays)
    return came.shape == np.shape(expected) and np.allclose(came, expected, rtol=1e-12, atol=0)


def is_right(p: Namespace, case: str) -> bool:
    """Whether value and slopes of a case are right; an error on the way counts as no."""
    try:
        with np.errstate(all="ignore"):
            return has_numpys_value(p, case) and all(
                relative_error(came, expected) < 1e-6 for came, expected in slopes(p, case)
            )
    except (AssertionError, ValueError):
        return False


def a_kink_is_zero(p: Namespace) -> bool:
    """At 0, where nothing can be measured, relu hands on nothing."""
    at = p["Tensor"]([-1.0, 0.0, -0.0, 2.0])
    p["relu"](at).sum().backward()
    return at.gradient.tolist() == [0, 0, 0, 1]


def what_is_detached_is_a_constant(p: Namespace) -> bool:
    a = p["Tensor"](some((4, 3))[0])
    (a * (2 * a).detach()).sum().backward()
    return np.array_equal(a.gradient, 2 * a.data)


def the_second_backward_is_the_first(p: Namespace) -> bool:
    a, b = map(p["Tensor"], some((4, 3), (3,)))
    loss = (p["exp"](a * b) + b).sum()
    loss.backward()
    first = [a.gradient.copy(), b.gradient.copy()]
    loss.backward()
    return all(np.array_equal(x.gradient, y) for x, y in zip((a, b), first, strict=True))


def survives_a_deep_graph(p: Namespace, nodes: int = 5000) -> bool:
    start = deep = p["Tensor"](2.0)
    for _ in range(nodes):
        deep = deep + start  # reused each time
    try:
        deep.backward()
    except RecursionError:
        return False
    return float(start.gradient) == nodes + 1


@pytest.mark.parametrize("case", CASES)
def test_every_operation_has_numpys_value_and_the_gradient_that_is_measured(case):
    assert has_numpys_value(tensors(), case)
    for came, expected in slopes(tensors(), case):
        assert came.dtype == np.float64
        assert relative_error(came, expected) < 1e-6


def test_a_kink_hands_on_nothing():
    assert a_kink_is_zero(tensors())


def test_a_second_backward_gives_the_same_gradients_again():
    assert the_second_backward_is_the_first(tensors())


def test_a_backward_of_another_loss_replaces_the_gradients_of_shared_nodes():
    a = tensors()["Tensor"](3.0)
    (a * a).backward()
    (a * 5).backward()
    assert a.gradient == 5


def test_gradients_are_arrays_of_their_own():
    """What one node is given later must not change another."""
    p = tensors()
    a, b = map(p["Tensor"], some((3,), (3,)))
    (((a + b) * 2).sum() + (a * 3).sum()).backward()
    assert not np.shares_memory(a.gradient, b.gradient)
    np.testing.assert_array_equal(a.gradient, [5, 5, 5])
    np.testing.assert_array_equal(b.gradient, [2, 2, 2])


def test_a_graph_of_5000_nodes_is_walked():
    assert survives_a_deep_graph(tensors())


def test_every_node_stands_once_and_after_its_parents():
    p = tensors()
    a, b = map(p["Tensor"], some((3, 3), (3,)))
    shared = p["exp"](a @ a + b)
    last = (shared * shared - b).sum()
    order = p["in_order"](last)
    assert len(order) == len(set(order))
    assert order[-1] is last
    place = {node: at for at, node in enumerate(order)}
    assert all(place[parent] < place[node] for node in order for parent, _ in node.edges)


def test_only_a_single_number_has_a_gradient():
    with pytest.raises(AssertionError, match="a single number"):
        tensors()["Tensor"]([1.0, 2.0]).backward()


def test_a_product_with_a_vector_is_refused_and_not_miscounted():
    p = tensors()
    with pytest.raises(AssertionError, match="two matrices"):
        p["Tensor"](np.ones(3)) @ p["Tensor"](np.ones((3, 3)))


def test_cross_entropy_is_safe_where_its_exponentials_would_overflow():
    p = tensors()
    z = p["Tensor"]([[1000.0, 0.0, -1000.0], [-5000.0, -5000.0, 0.0]])
    with np.errstate(all="raise", under="ignore"):
        loss = p["cross_entropy"](z, np.array([1, 2]))
        loss.backward()
    assert loss.data == 500
    np.testing.assert_array_equal(z.gradient, [[0.5, -0.5, 0], [0, 0, 0]])


def test_an_exponent_that_is_a_tensor_is_refused_and_not_taken_for_a_constant():
    p = tensors()
    with pytest.raises(AssertionError, match="a number"):
        p["Tensor"](2.0) ** p["Tensor"](3.0)


def test_what_is_detached_is_a_constant():
    assert what_is_detached_is_a_constant(tensors())


@pytest.mark.parametrize("broken", [
    ("a.data > 0", "a.data >= 0"),
    ("g @ other.data.T", "g @ other.data"),
    ("self.data.T @ g", "self.data @ g"),
    ("return self * -1", "return self"),
    ("self + -tensor(other)", "self + tensor(other)"),
    ("tensor(other) - self", "self - other"),
    ("tensor(other) / self", "self / other"),
    ("return tensor(other) @ self", "return self @ other"),
    ("self * tensor(other) ** -1", "self * tensor(other) ** 1"),
    ("exponent * self.data ** (exponent - 1)", "self.data ** (exponent - 1)"),
    ("exponent * self.data ** (exponent - 1)", "exponent * self.data**exponent"),
    ("lambda g: g * slope", "lambda g: slope"),
    ("lambda g: g * other.data\n", "lambda g: g * self.data\n"),
    ("np.add.at(share, index, g)", "share[index] += g"),
    ("np.add.at(share, index, g)", "share[index] = 1"),
    ("parent.gradient += pulled", "parent.gradient = pulled"),
    ("pulled = unbroadcast(share(node.gradient), parent.data.shape)",
     "pulled = share(node.gradient)"),
    ("enumerate(shape) if length == 1", "enumerate(shape) if length == 0"),
    ("range(np.ndim(gradient) - len(shape))", "range(len(shape), np.ndim(gradient))"),
    ("gradient.sum(axis=stretched, keepdims=True)", "gradient.mean(axis=stretched, keepdims=True)"),
    ("g / a.data", "g * a.data"),
    ("lambda g: g / a.data", "lambda g: 1 / a.data"),
    ("g * result", "g * a.data"),
    ("g = np.expand_dims(g, axis)", "g = g[None]"),
    ("summed.data.size / a.data.size", "1"),
    ("summed.data.size / a.data.size", "1 / len(a.data)"),
    ("return Tensor(a.data)\n", "return Tensor(a.data, *a.edges)\n"),
    ("node.gradient = np.zeros_like(node.data)",
     "node.gradient = np.zeros_like(node.data) if node.gradient is None else node.gradient"),
    ("in reversed(order)", "in order"),
    ("waiting.pop()", "waiting.pop(0)"),
    ("- right).mean()", "- right).sum()"),
    ("- right).mean()", ").mean()"),
    ("exp(logits).sum(axis=1)", "exp(logits).sum(axis=0)"),
], ids=lambda broken: f"{broken[0]} -> {broken[1]}")  # fmt: skip
def test_a_mistake_in_the_engine_for_tensors_does_not_pass(broken):
    p = tensors(broken)
    failed = [case for case in CASES if not is_right(p, case)]
    if not failed:  # not a matter of slopes that can be measured
        assert not (
            a_kink_is_zero(p)
            and what_is_detached_is_a_constant(p)
            and the_second_backward_is_the_first(p)
        )


def test_a_recursive_order_does_not_survive_the_deep_graph():
    recursive = """def in_order(last):
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent, _ in node.edges:
                visit(parent)
            order.append(node)

    visit(last)
    return order


def unused(last):"""
    p = tensors(("def in_order(last):", recursive))
    assert is_right(p, "used in three places")  # right as long as it is shallow
    assert not survives_a_deep_graph(p)


def test_an_array_that_is_kept_and_not_copied_lets_one_node_change_another():
    p = tensors((
        "            parent.gradient += pulled",
        "            if not parent.gradient.any():\n"
        "                parent.gradient = share(node.gradient)\n"
        "            else:\n"
        "                parent.gradient += pulled",
    ))  # fmt: skip
    a, b = map(p["Tensor"], some((3,), (3,)))
    (((a + b) * 2).sum() + (a * 3).sum()).backward()
    np.testing.assert_array_equal(a.gradient, [5, 5, 5])
    np.testing.assert_array_equal(b.gradient, [5, 5, 5])  # and not 2


# ---- Random expressions, against TensorFlow ----------------------------------------------------

SHAPES = (4, 3), (3,), (4, 1), (1, 3), (), (3, 3)
# Denominators, logarithms and roots get what is positive.
OF_ONE: dict[str, Callable] = {
    "minus": lambda p, a: -a,
    "square": lambda p, a: a**2,
    "cube": lambda p, a: a**3,
    "root": lambda p, a: (a * a + 1) ** 0.5,
    "inverse": lambda p, a: 1 / (a * a + 1),
    "number on the left": lambda p, a: 3 - 2 * a,
    "exp": lambda p, a: p["exp"](-(a**2)),
    "log": lambda p, a: p["log"](2 + a * a),
    "relu": lambda p, a: p["relu"](a),
    "half of it detached": lambda p, a: a * p["detach"](a),
    "sum": lambda p, a: p["total"](a),
    "mean": lambda p, a: p["mean"](a),
}
OF_AXES: dict[str, Callable] = {
    "sum over an axis": lambda p, a: p["total"](a, -1, True),
    "mean over an axis": lambda p, a: p["mean"](a, -1),
    "row": lambda p, a: a[-1],
    "slice": lambda p, a: a[:1],
    "entries, one of them twice": lambda p, a: p["entries"](a, [0, -1, -1]),
}
OF_TWO: dict[str, Callable] = {
    "add": lambda p, a, b: a + b,
    "subtract": lambda p, a, b: a - b,
    "multiply": lambda p, a, b: a * b,
    "divide": lambda p, a, b: a / (b * b + 1),
    "matmul": lambda p, a, b: a @ b,
    "matmul with an array": lambda p, a, b: np.ones(p["shape"](a)) @ b,
}


def fit(operation: str, a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    if "matmul" in operation:
        return len(a) == len(b) == 2 and a[1] == b[0]
    try:
        np.broadcast_shapes(a, b)
    except ValueError:
        return False
    return True


def evaluated(p: Namespace, leaves: list, steps: list[tuple[str, int, int]]) -> object:
    """A program's result: each step takes from all that is there already, leaves and results."""
    there = list(leaves)
    for operation, first, second in steps:
        a = there[first % len(there)]
        fitting = [b for b in there if fit(operation, p["shape"](a), p["shape"](b))]
        if operation in OF_ONE or (operation in OF_AXES and p["shape"](a)):
            there.append((OF_ONE | OF_AXES)[operation](p, a))
        elif operation in OF_TWO and fitting:
            there.append(OF_TWO[operation](p, a, fitting[second % len(fitting)]))
    return there[-1]


@functools.cache
def tensorflows_own() -> Namespace:
    import tensorflow as tf

    return {
        "shape": lambda a: tuple(a.shape), "exp": tf.exp, "log": tf.math.log,
        "relu": tf.nn.relu, "detach": tf.stop_gradient, "total": tf.reduce_sum,
        "mean": tf.reduce_mean,
        "entries": lambda a, index: tf.gather(a, np.arange(a.shape[0])[index]),
    }  # fmt: skip


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from([*OF_ONE, *OF_AXES, *OF_TWO, *OF_TWO]),
            st.integers(0, 20),
            st.integers(0, 20),
        ),
        min_size=1,
        max_size=9,
    ),
    seed=st.integers(0, 1000),
)
def test_gradients_of_random_expressions_are_tensorflows(steps, seed):
    import tensorflow as tf

    ours = {**tensors(), "shape": lambda a: a.data.shape}
    arrays = some(*SHAPES, seed=seed)
    leaves = [tensors()["Tensor"](array) for array in arrays]
    result = evaluated(ours, leaves, steps)
    assume(np.abs(result.data).max() < 1e6)
    weights = np.random.default_rng(seed).normal(size=result.data.shape)
    (result * weights).sum().backward()

    constants = [tf.constant(array) for array in arrays]
    with tf.GradientTape() as tape:
        tape.watch(constants)
        theirs = evaluated(tensorflows_own(), constants, steps)
        loss = tf.reduce_sum(theirs * weights)
    np.testing.assert_allclose(result.data, theirs.numpy(), rtol=1e-9, atol=1e-9)
    expected = tape.gradient(loss, constants, unconnected_gradients="zero")
    for leaf, gradient in zip(leaves, expected, strict=True):
        came = np.zeros_like(leaf.data) if leaf.gradient is None else leaf.gradient
        assert relative_error(came, tf.convert_to_tensor(gradient).numpy()) < 1e-9


# ---- A real batch ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    """128 MNIST digits and a 784-512-10 network in float64."""
    (images, labels), _ = mnist.load_data()
    rng = np.random.default_rng(5)
    shapes = (784, 512), (512,), (512, 10), (10,)
    parameters = [rng.normal(0, 0.05, shape) for shape in shapes]
    return images[500:628].reshape(128, 784) / 255, labels[500:628].astype(int), parameters


@pytest.fixture(scope="module")
def tensorflows(real):
    import tensorflow as tf

    images, labels, parameters = real
    W1, b1, W2, b2 = variables = [tf.Variable(array) for array in parameters]
    with tf.GradientTape() as tape:
        logits = tf.nn.relu(images @ W1 + b1) @ W2 + b2
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        loss = tf.reduce_mean(losses)
    return float(loss), [gradient.numpy() for gradient in tape.gradient(loss, variables)]


def test_on_a_real_batch_the_gradients_are_tensorflows(real, tensorflows):
    p = tensors()
    images, labels, parameters = real
    weights = [p["Tensor"](array) for array in parameters]
    loss = p["cross_entropy"](p["network"](images, *weights), labels)
    loss.backward()
    assert float(loss.data) == pytest.approx(tensorflows[0], rel=1e-12)
    for weight, theirs in zip(weights, tensorflows[1], strict=True):
        assert relative_error(weight.gradient, theirs) < 1e-12


# ---- The four clouds ---------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [300, 1000])
def test_with_two_units_a_stuck_start_has_one_cloud_wrong_however_long_it_trains(steps):
    p = functions(PAGE, *TENSORS, "clouds", "first-weights", "train")
    first_weights, kept, stuck = p["first_weights"], [], 0

    def kept_weights(*arguments):
        kept[:] = first_weights(*arguments)
        return kept[:]

    p["first_weights"] = kept_weights
    clouds = 2 * (p["points"][:, 0] > 0) + (p["points"][:, 1] > 0)
    for seed in range(12):
        loss = p["train"](2, steps, seed)[-1]
        answers = p["network"](p["points"], *kept).data.argmax(axis=1)
        right = [(answers == p["classes"])[clouds == one].mean() for one in range(4)]
        assert sorted(right) == ([1, 1, 1, 1] if loss < 0.1 else [0, 1, 1, 1])
        stuck += loss > 0.1
    assert stuck == 10
