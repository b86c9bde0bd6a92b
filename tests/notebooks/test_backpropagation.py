"""Section 2.4.4: the page's automatic differentiation and formulas are right, and checks bite.

Each mutant is a mistake that people make. Its test runs the same checks that the right code
passes, at inputs where the mistake matters, and sees one of them fail.
"""

from collections.abc import Callable
import functools

from gearsbook.datasets import mnist
import numpy as np
import pytest

from gradient_check import central_differences, relative_error
from tools.notebooks.cells import functions

PAGE = "04-gradients/04-backpropagation"
AUTODIFF = (
    "imports", "tensor", "arithmetic", "matmul", "element-wise", "sum", "operators",
    "unbroadcast", "order", "backward-all", "cross-entropy",
)  # fmt: skip
Namespace = dict[str, Callable]


@functools.cache
def autodiff(broken: tuple[str, str] | None = None) -> Namespace:
    return functions(PAGE, *AUTODIFF, broken=broken)


@functools.cache
def formulas(broken: tuple[str, str] | None = None) -> Namespace:
    return functions(PAGE, "imports", "softmax", "formulas", broken=broken)


def some(*shapes: tuple[int, ...], seed: int = 0, low: float = -2, high: float = 2) -> list:
    rng = np.random.default_rng(seed)
    return [rng.uniform(low, high, shape) for shape in shapes]


# ---- What is checked of the automatic differentiation ----------------------------------------

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
    "matmul": (lambda p, a, b: a @ b, some((4, 3), (3, 5))),
    "matmul, square": (lambda p, a, b: a @ b, some((3, 3), (3, 3))),
    "exp": (lambda p, a: p["exp"](a), some((4, 3))),
    "log": (lambda p, a: p["log"](a), some((4, 3), low=0.5, high=3)),
    "relu": (lambda p, a: p["relu"](a), some((6, 5))),
    "absolute": (lambda p, a: p["absolute"](a), some((6, 5))),
    "sum of all": (lambda p, a: a.sum(), some((4, 3))),
    "sum over an axis": (lambda p, a: a.sum(axis=0), some((4, 3))),
    "sum over the last axis": (lambda p, a: a.sum(axis=-1), some((4, 3, 2))),
    "sum over two axes": (lambda p, a: a.sum(axis=(0, 2)), some((4, 3, 2))),
    "sum with keepdims": (lambda p, a: a.sum(axis=1, keepdims=True), some((4, 3))),
    "sum of all with keepdims": (lambda p, a: a.sum(keepdims=True), some((4, 3))),
    "mean of all": (lambda p, a: a.mean(), some((4, 3))),
    "mean over an axis": (lambda p, a: a.mean(axis=1), some((4, 3))),
    "array on the left": (lambda p, a: np.arange(3.0) * a + (1 - a), some((4, 3))),
    "matrix on the left": (lambda p, a: np.arange(8.0).reshape(2, 4) @ a, some((4, 3))),
    "used twice": (lambda p, a: a * a, some((4, 3))),
    "used twice in a product": (lambda p, a: a @ a, some((3, 3))),
    "used in three places": (lambda p, a: p["exp"](a) * a + a, some((4, 3))),
    "cross-entropy": (lambda p, a: p["cross_entropy"](a, np.eye(5)[[1, 0, 4]]), some((3, 5))),
}


def slopes(p: Namespace, case: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each argument of a case: the gradient that came and the one that was measured."""
    compute, arrays = CASES[case]
    tensors = [p["Tensor"](array) for array in arrays]
    result = compute(p, *tensors)
    weights = np.random.default_rng(1).normal(size=result.data.shape)
    (result * weights).sum().backward()

    def loss_at(at: int) -> Callable[[np.ndarray], float]:
        def loss(array: np.ndarray) -> float:
            moved = [*arrays[:at], array, *arrays[at + 1 :]]
            return float((compute(p, *map(p["Tensor"], moved)).data * weights).sum())

        return loss

    return [
        (tensor.gradient, central_differences(loss_at(at), np.asarray(arrays[at])))
        for at, tensor in enumerate(tensors)
    ]


def cross_entropy(z: np.ndarray, onehot: np.ndarray) -> np.floating:
    """As the definition says it, sample by sample."""
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return np.mean([-np.log(row[target == 1][0]) for row, target in zip(p, onehot, strict=True)])


NUMPY = {
    "exp": np.exp, "log": np.log, "relu": lambda a: np.where(a > 0, a, 0), "absolute": np.abs,
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
        return has_numpys_value(p, case) and all(
            relative_error(came, expected) < 1e-6 for came, expected in slopes(p, case)
        )
    except (AssertionError, ValueError):
        return False


def kinks_are_zero(p: Namespace) -> bool:
    """At 0, where nothing can be measured, relu and the absolute value hand on nothing."""
    for kinked in (p["relu"], p["absolute"]):
        at = p["Tensor"]([-1.0, 0.0, -0.0, 2.0])
        kinked(at).sum().backward()
        if at.gradient[1] or at.gradient[2] or at.gradient[3] != 1:
            return False
    return True


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
    assert has_numpys_value(autodiff(), case)
    for came, expected in slopes(autodiff(), case):
        assert came.dtype == np.float64
        assert relative_error(came, expected) < 1e-6


def test_a_kink_hands_on_nothing():
    assert kinks_are_zero(autodiff())


def test_a_second_backward_gives_the_same_gradients_again():
    assert the_second_backward_is_the_first(autodiff())


def test_a_backward_of_another_loss_replaces_the_gradients_of_shared_nodes():
    a = autodiff()["Tensor"](3.0)
    (a * a).backward()
    (a * 5).backward()
    assert a.gradient == 5


def test_gradients_are_arrays_of_their_own():
    """What one node is given later must not change another."""
    p = autodiff()
    a, b = map(p["Tensor"], some((3,), (3,)))
    (((a + b) * 2).sum() + (a * 3).sum()).backward()
    assert not np.shares_memory(a.gradient, b.gradient)
    np.testing.assert_array_equal(a.gradient, [5, 5, 5])
    np.testing.assert_array_equal(b.gradient, [2, 2, 2])


def test_a_graph_of_5000_nodes_is_walked():
    assert survives_a_deep_graph(autodiff())


def test_every_node_stands_once_and_after_its_parents():
    p = autodiff()
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
        autodiff()["Tensor"]([1.0, 2.0]).backward()


def test_a_product_with_a_vector_is_refused_and_not_miscounted():
    p = autodiff()
    with pytest.raises(AssertionError, match="two matrices"):
        p["Tensor"](np.ones(3)) @ p["Tensor"](np.ones((3, 3)))


def test_cross_entropy_is_safe_where_its_exponentials_would_overflow():
    p = autodiff()
    z = p["Tensor"]([[1000.0, 0.0, -1000.0], [-5000.0, -5000.0, 0.0]])
    with np.errstate(all="raise", under="ignore"):
        loss = p["cross_entropy"](z, np.eye(3)[[1, 2]])
        loss.backward()
    assert loss.data == 500
    np.testing.assert_array_equal(z.gradient, [[0.5, -0.5, 0], [0, 0, 0]])


def test_the_hand_example_gives_the_numbers_of_the_text():
    p = autodiff()
    x, w, b, y = map(p["Tensor"], (2, 3, 1, 4))
    loss = p["absolute"](y - (w * x + b))
    loss.backward()
    assert [float(t.gradient) for t in (x, w, b, y)] == [3, 2, 1, -1]
    assert loss.data == 3


@pytest.mark.parametrize("broken", [
    ("a.data > 0", "a.data >= 0"),
    ("g @ b.data.T", "g @ b.data"),
    ("a.data.T @ g", "a.data @ g"),
    ("lambda g: -g", "lambda g: g"),
    ("lambda g: g * b.data)", "lambda g: g * a.data)"),
    ("parent.gradient += pulled", "parent.gradient = pulled"),
    ("pulled = unbroadcast(share(node.gradient), parent.data.shape)",
     "pulled = share(node.gradient)"),
    ("enumerate(shape) if length == 1", "enumerate(shape) if length == 0"),
    ("range(np.ndim(gradient) - len(shape))", "range(len(shape), np.ndim(gradient))"),
    ("gradient.sum(axis=stretched, keepdims=True)", "gradient.mean(axis=stretched, keepdims=True)"),
    ("g / a.data", "g * a.data"),
    ("lambda g: g / a.data", "lambda g: 1 / a.data"),
    ("g * result", "g * a.data"),
    ("g * np.sign(a.data)", "g * np.abs(a.data)"),
    ("g = np.expand_dims(g, axis)", "g = g[None]"),
    ("summed.data.size / a.data.size", "1"),
    ("summed.data.size / a.data.size", "1 / len(a.data)"),
    ("do(a, b))", "do(b, a))"),
    ("node.gradient = np.zeros_like(node.data)",
     "node.gradient = np.zeros_like(node.data) if node.gradient is None else node.gradient"),
    ("in reversed(order)", "in order"),
    ("waiting.pop()", "waiting.pop(0)"),
    (".sum(axis=1).mean()", ".sum(axis=1).sum()"),
    ("* onehot", ""),
    ("exp(z).sum(axis=1, keepdims=True)", "exp(z).sum(axis=0, keepdims=True)"),
], ids=lambda broken: f"{broken[0]} -> {broken[1] or 'nothing'}")  # fmt: skip
def test_a_mistake_in_the_automatic_differentiation_does_not_pass(broken):
    p = autodiff(broken)
    failed = [case for case in CASES if not is_right(p, case)]
    if not failed:  # not a matter of slopes that can be measured
        assert not (kinks_are_zero(p) and the_second_backward_is_the_first(p))


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
    p = autodiff(("def in_order(last):", recursive))
    assert is_right(p, "used in three places")  # right as long as it is shallow
    assert not survives_a_deep_graph(p)


def test_an_array_that_is_kept_and_not_copied_lets_one_node_change_another():
    p = autodiff((
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


# ---- The formulas ------------------------------------------------------------------------------


def a_small_network(seed: int = 0) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Seven samples with 6 inputs, 5 hidden units and 4 classes; all lengths differ."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 1, (7, 6))
    onehot = np.eye(4)[rng.integers(0, 4, 7)]
    shapes = (6, 5), (5,), (5, 4), (4,)
    return x, onehot, [rng.normal(0, 0.7, shape) for shape in shapes]


def loss_of_network(x, onehot, kernel_1, bias_1, kernel_2, bias_2) -> float:
    hidden = np.maximum(x @ kernel_1 + bias_1, 0)
    return float(cross_entropy(hidden @ kernel_2 + bias_2, onehot))


def errors_of_formulas(p: Namespace) -> list[float]:
    """For each parameter, how far the formula is from the measured gradient."""
    x, onehot, parameters = a_small_network()
    errors = []
    for at, came in enumerate(p["network_gradients"](x, onehot, *parameters)):

        def loss(array: np.ndarray, at: int = at) -> float:
            return loss_of_network(x, onehot, *parameters[:at], array, *parameters[at + 1 :])

        errors.append(relative_error(came, central_differences(loss, parameters[at])))
    return errors


def closed_units_get_nothing(p: Namespace) -> bool:
    """A blank image and biases of 0: every z1 is exactly 0, where TensorFlow's relu is closed."""
    _, onehot, (kernel_1, bias_1, kernel_2, bias_2) = a_small_network()
    blank, zeros = np.zeros((7, 6)), np.zeros_like(bias_1)
    gradients = p["network_gradients"](blank, onehot, kernel_1, zeros, kernel_2, bias_2)
    return not gradients[1].any()


def passes(p: Namespace) -> bool:
    try:
        return max(errors_of_formulas(p)) < 1e-6 and closed_units_get_nothing(p)
    except ValueError:
        return False


def test_the_formulas_have_the_gradients_that_are_measured():
    assert max(errors_of_formulas(formulas())) < 1e-6


def test_at_the_kink_the_formulas_do_as_tensorflow():
    import tensorflow as tf

    assert closed_units_get_nothing(formulas())
    at = tf.Variable([0.0, -0.0])
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.nn.relu(at))
    assert not tape.gradient(total, at).numpy().any()


@pytest.mark.parametrize("broken", [
    ("z1 > 0", "z1 >= 0"),
    ("dh * (z1 > 0)", "dh"),
    ("dh * (z1 > 0)", "dh * (dh > 0)"),
    ("h.T @ dz2", "(dz2.T @ h).reshape(kernel_2.shape)"),
    ("h.T @ dz2", "h @ dz2"),
    ("dz2 @ kernel_2.T", "dz2 @ kernel_2"),
    ("dz2 @ kernel_2.T", "dz2 @ kernel_2.reshape(kernel_2.T.shape)"),
    ("x.T @ dz1", "x @ dz1"),
    ("x.T @ dz1", "x.T @ dh"),
    ("(p - onehot) / len(x)", "p - onehot"),
    ("(p - onehot) / len(x)", "(p - onehot) / onehot.size"),
    ("(p - onehot) / len(x)", "(onehot - p) / len(x)"),
    ("(p - onehot) / len(x)", "p / len(x)"),
    ("(p - onehot) / len(x)", "-onehot / p / len(x)"),
    ("dz2.sum(axis=0)", "dz2.mean(axis=0)"),
    ("dz2.sum(axis=0)", "dz2"),
    ("dz1.sum(axis=0)", "dz1.sum(axis=1)"),
    ("dz1.sum(axis=0)", "dh.sum(axis=0)"),
    ("exponentials.sum(axis=1, keepdims=True)", "exponentials.sum()"),
], ids=lambda broken: f"{broken[0]} -> {broken[1]}")  # fmt: skip
def test_a_mistake_in_the_formulas_does_not_pass(broken):
    assert not passes(formulas(broken))


# ---- All of them on a real batch -----------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    """128 MNIST digits and a 784-512-10 network in float64."""
    (images, labels), _ = mnist.load_data()
    rng = np.random.default_rng(5)
    shapes = (784, 512), (512,), (512, 10), (10,)
    parameters = [rng.normal(0, 0.05, shape) for shape in shapes]
    return images[500:628].reshape(128, 784) / 255, np.eye(10)[labels[500:628]], parameters


@pytest.fixture(scope="module")
def tensorflows(real):
    import tensorflow as tf

    x, onehot, parameters = real
    k1, b1, k2, b2 = variables = [tf.Variable(array) for array in parameters]
    with tf.GradientTape() as tape:
        z = tf.nn.relu(x @ k1 + b1) @ k2 + b2
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(onehot, z))
    return float(loss), [gradient.numpy() for gradient in tape.gradient(loss, variables)]


def test_on_a_real_batch_the_automatic_differentiation_is_tensorflows(real, tensorflows):
    p = autodiff()
    x, onehot, parameters = real
    w1, b1, w2, b2 = tensors = [p["Tensor"](array) for array in parameters]
    loss = p["cross_entropy"](p["relu"](x @ w1 + b1) @ w2 + b2, onehot)
    loss.backward()
    assert float(loss.data) == pytest.approx(tensorflows[0], rel=1e-12)
    for tensor, theirs in zip(tensors, tensorflows[1], strict=True):
        assert relative_error(tensor.gradient, theirs) < 1e-12


def test_on_a_real_batch_the_formulas_are_tensorflows(real, tensorflows):
    x, onehot, parameters = real
    ours = formulas()["network_gradients"](x, onehot, *parameters)
    for gradient, theirs, parameter in zip(ours, tensorflows[1], parameters, strict=True):
        assert gradient.shape == parameter.shape
        assert relative_error(gradient, theirs) < 1e-12


def test_the_formulas_keep_float32(real):
    x, onehot, parameters = real
    arrays = [array.astype("float32") for array in (x, onehot, *parameters)]
    gradients = formulas()["network_gradients"](*arrays)
    assert {gradient.dtype for gradient in gradients} == {np.dtype("float32")}
