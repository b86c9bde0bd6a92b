"""A small computation graph: values on the way forward, gradients on the way back."""

from collections.abc import Callable
from dataclasses import dataclass
import math
from typing import Any

from gears.explorables.base import Explorable, Number, Whole
import traitlets

LARGEST = 10  # size of an input
INPUTS = ("x", "w", "b", "y")


Node = tuple[str, str, tuple[str, ...]]  # its name, its operation, its parents


@dataclass(frozen=True)
class Operation:
    """What a node does with its parents' values.

    Args:
        written: the formula, with places for the parents.
        value: computes the node.
        slopes: the local derivatives, one for each parent.
        kink: the value of the first parent at which there is no derivative, if there is one.
    """

    written: str
    value: Callable[..., float]
    slopes: Callable[..., tuple[float, ...]]
    kink: float | None = None


OPERATIONS = {
    "multiply": Operation("{} × {}", lambda a, b: a * b, lambda a, b: (b, a)),
    "add": Operation("{} + {}", lambda a, b: a + b, lambda a, b: (1, 1)),
    "subtract": Operation("{} − {}", lambda a, b: a - b, lambda a, b: (1, -1)),
    "abs": Operation("|{}|", abs, lambda a: ((a > 0) - (a < 0),), kink=0),
    "relu": Operation("relu({})", lambda a: max(a, 0), lambda a: (int(a > 0),), kink=0),
    "squared": Operation(
        "({} − {})²", lambda a, b: (a - b) * (a - b), lambda a, b: (2 * (a - b), -2 * (a - b))
    ),
}

# In the order in which they can be computed: parents first, the loss last.
GRAPHS: dict[str, tuple[Node, ...]] = {
    "distance": (
        ("product", "multiply", ("w", "x")),
        ("prediction", "add", ("product", "b")),
        ("error", "subtract", ("y", "prediction")),
        ("loss", "abs", ("error",)),
    ),
    "twice": (
        ("product", "multiply", ("w", "x")),
        ("prediction", "add", ("product", "w")),
        ("error", "subtract", ("y", "prediction")),
        ("loss", "abs", ("error",)),
    ),
    "neuron": (
        ("product", "multiply", ("w", "x")),
        ("z", "add", ("product", "b")),
        ("output", "relu", ("z",)),
        ("loss", "squared", ("y", "output")),
    ),
}
FORWARD = 4  # steps, one for each node; one more turns round, and as many lead back
LAST = 2 * FORWARD + 1

WORDS = {
    "en": {
        "start": "Only the inputs are known: {}. ",
        "forward": "Forward, {} of {}: {} = {} = {} = {}. ",
        "done": "That is the loss. ",
        "turn": "Backward starts at the loss: it changes exactly as fast as itself, so its "
        "gradient is 1. ",
        "backward": "Backward, {} of {}: {} = {} has the gradient {}. ",
        "kink": "At {} = 0 it has a kink; 0 is taken as its derivative. ",
        "share": "{parent} gets {gradient} × {slope} = {share}",
        "added": "{parent} gets {gradient} × {slope} = {share} more, {total} in all",
        "and": ", ",
        "list": "; ",
        "stop": ". ",
        "all": "The loss and its gradients: {}.",
        "loss": "loss {}",
        "of": "{} {}",
    },
    "zh": {
        "start": "目前只知道输入：{}。",
        "forward": "前向，第 {} 步，共 {} 步：{} = {} = {} = {}。",
        "done": "这就是损失。",
        "turn": "反向从损失开始：它变多少就是多少，所以自己的梯度是 1。",
        "backward": "反向，第 {} 步，共 {} 步：{} = {} 的梯度是 {}。",
        "kink": "{} = 0 处有个折角，导数取 0。",
        "share": "{parent} 得到 {gradient} × {slope} = {share}",
        "added": "{parent} 再得到 {gradient} × {slope} = {share}，合计 {total}",
        "and": "，",
        "list": "；",
        "stop": "。",
        "all": "损失与各个梯度：{}。",
        "loss": "loss 为 {}",
        "of": "{} 为 {}",
    },
}


class Input(Number):
    """A number from -10 to 10, without a decimal point where it is whole."""

    def validate(self, obj: Explorable, value: object) -> float:
        """The number; traitlets calls this on every assignment."""
        number = super().validate(obj, value)
        return int(number) if number.is_integer() else number


class ComputationGraph(Explorable):
    """A graph of four operations, walked forward for values and backward for gradients.

    Args:
        graph: "distance" is |y − (w·x + b)|; "twice" is |y − (w·x + w)|, where w is used twice;
            "neuron" is (y − relu(w·x + b))².
        x, w, b, y: the inputs, numbers from -10 to 10. "twice" has no b.
        step: 0 knows the inputs; 1 to 4 compute a node each; 5 gives the loss its gradient 1;
            6 to 9 each hand a node's gradient on to its parents.
    """

    graph = traitlets.Enum(list(GRAPHS), default_value="distance").tag(sync=True)
    x = Input(2, -LARGEST, LARGEST).tag(sync=True)
    w = Input(3, -LARGEST, LARGEST).tag(sync=True)
    b = Input(1, -LARGEST, LARGEST).tag(sync=True)
    y = Input(4, -LARGEST, LARGEST).tag(sync=True)
    step = Whole(LAST, LAST).tag(sync=True)

    def describe(self) -> str:
        """What the current step computes, and from which numbers."""
        words, nodes = WORDS[self.language], GRAPHS[self.graph]
        numbers = values(self.graph, [self.x, self.w, self.b, self.y])
        if self.step == 0:
            used = {parent for _, _, parents in nodes for parent in parents}
            known = [f"{name} = {written(numbers[name])}" for name in INPUTS if name in used]
            return words["start"].format(words["and"].join(known)).rstrip()
        if self.step <= FORWARD:
            node = name, _, parents = nodes[self.step - 1]
            shown = factor if len(parents) > 1 else written
            with_numbers = formula(node, [shown(numbers[parent]) for parent in parents])
            said = words["forward"].format(
                self.step, FORWARD, name, formula(node), with_numbers, written(numbers[name])
            )
            return (said + (words["done"] if self.step == FORWARD else "")).rstrip()
        if self.step == FORWARD + 1:
            return words["turn"].rstrip()
        return self._backward(numbers).rstrip()

    def _backward(self, numbers: dict[str, float]) -> str:
        words, nodes = WORDS[self.language], GRAPHS[self.graph]
        node = name, kind, parents = nodes[LAST - self.step]
        before = gradients(self.graph, numbers, self.step - 1)
        after = gradients(self.graph, numbers, self.step)
        gradient = before[name]
        said = words["backward"].format(
            self.step - FORWARD - 1, FORWARD, name, formula(node), written(gradient)
        )
        if OPERATIONS[kind].kink == numbers[parents[0]]:
            said += words["kink"].format(parents[0])
        shares = [
            words["added" if before[parent] is not None else "share"].format(
                parent=parent, gradient=factor(gradient), slope=factor(slope),
                share=written(gradient * slope), total=written(after[parent]),
            )
            for parent, slope in zip(parents, local_derivatives(node, numbers), strict=True)
        ]  # fmt: skip
        said += words["list"].join(shares) + words["stop"]
        if self.step == LAST:
            known = [words["loss"].format(written(numbers["loss"]))]
            known += [
                words["of"].format(f"d{input_}", written(after[input_]))
                for input_ in INPUTS
                if input_ in after
            ]
            said += words["all"].format(words["and"].join(known))
        return said


def values(graph: str, inputs: list[float]) -> dict[str, float]:
    """The value of every node, by name, from those of x, w, b and y."""
    known = dict(zip(INPUTS, inputs, strict=True))
    for name, kind, parents in GRAPHS[graph]:
        known[name] = OPERATIONS[kind].value(*(known[parent] for parent in parents))
    return known


def local_derivatives(node: Node, numbers: dict[str, float]) -> tuple[float, ...]:
    """How fast a node changes with each of its parents."""
    _, kind, parents = node
    return OPERATIONS[kind].slopes(*(numbers[parent] for parent in parents))


def gradients(graph: str, numbers: dict[str, float], step: int) -> dict[str, Any]:
    """How fast the loss changes with each node, as far as a step knows; None where nothing is."""
    nodes = GRAPHS[graph]
    known: dict[str, Any] = {name: None for _, _, parents in nodes for name in parents}
    known["loss"] = 1 if step > FORWARD else None
    for node in reversed(nodes[LAST - step :] if step > FORWARD else ()):
        name, _, parents = node
        for parent, slope in zip(parents, local_derivatives(node, numbers), strict=True):
            known[parent] = (known[parent] or 0) + known[name] * slope
    return known


def formula(node: Node, parents: list[str] | None = None) -> str:
    """How a node is computed, from its parents' names or from what stands for them."""
    _, kind, names = node
    return OPERATIONS[kind].written.format(*(parents or names))


def written(value: float) -> str:
    """Up to four decimals, rounded as the page does it, with a real minus sign."""
    rounded = math.floor(value * 10_000 + 0.5) / 10_000
    return f"{rounded:.4f}".rstrip("0").rstrip(".").replace("-", "−")


def factor(value: float) -> str:
    """A number as it stands in a formula: in brackets if it is negative."""
    shown = written(value)
    return f"({shown})" if shown.startswith("−") else shown
