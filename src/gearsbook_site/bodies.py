"""The bodies of a function among which the site's readers find the right one.

An exercise has its solution, and typical mistakes with a hint for each. All are read from the
source and none is run, for the book is built without NumPy. A mistake that another function of the
package makes cannot be read by itself; it is shown as an edit of the right body.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
import functools
import hashlib
from pathlib import Path
import re
import textwrap

PRACTICE = Path(__file__).parents[1] / "gearsbook" / "practice"
MOST = 3  # mistakes of an exercise

# Right bodies as the page writes them, where the package has a shorter way or one of its own.
RIGHT = {
    "grey": """\
weights = np.array([0.2126, 0.7152, 0.0722], "float32")
return (images @ weights)[..., np.newaxis]""",
    "product_by_loop": """\
result = np.empty(len(x), dtype=np.result_type(x, y))
for place in range(len(x)):
    result[place] = x[place] * y[place]
return result""",
    "walk_downhill": """\
for _ in range(steps):
    x = x - rate * (2 * x - 4)
return x""",
    "wrong_entry": """\
gaps = np.abs(central_differences(function, at) - claimed)
return np.unravel_index(gaps.argmax(), at.shape)""",
}

# By the source of a mistake: what it replaces in the right body, and by what.
EDITS = {
    "lambda gradient, x: _sigmoid(x) * (1 - _sigmoid(x))": ("gradient * ", ""),
    "lambda gradient, x: gradient + _sigmoid(x) * (1 - _sigmoid(x))": ("gradient *", "gradient +"),
    "lambda x, rate, steps: _walk(x, rate, steps, lambda x: 4 - 2 * x)": ("2 * x - 4", "4 - 2 * x"),
    "lambda x, rate, steps: _walk(x, rate, steps, lambda x: 2 * x)": ("(2 * x - 4)", "2 * x"),
    "lambda x, y: _filled(x.copy(), x, y)": (
        "np.empty(len(x), dtype=np.result_type(x, y))", "x.copy()"),
    "lambda x, y: _filled(y.copy(), x, y)": (
        "np.empty(len(x), dtype=np.result_type(x, y))", "y.copy()"),
    "lambda x, y: _filled(np.zeros(len(x)), x, y)": (
        "np.empty(len(x), dtype=np.result_type(x, y))", "np.zeros(len(x))"),
    "lambda points, centre, angle: (points - centre) @ _turn(angle)": (" + centre", ""),
    "lambda points, centre, angle: (points - centre) @ _turn(-angle) + centre": (
        "[[cos, sin], [-sin, cos]]", "[[cos, -sin], [sin, cos]]"),
    "lambda points, centre, angle: (points - centre) @ _turn(np.radians(angle)) + centre": (
        "(angle)", "(np.radians(angle))"),
    "lambda corners: 2 * triangle_area(corners)": ("(a * d - b * c) / 2", "a * d - b * c"),
    "lambda corners: abs(triangle_area(corners))": ("(a * d", "abs(a * d"),
    "lambda corners: -triangle_area(corners)": ("a * d - b * c", "b * c - a * d"),
    "lambda X, y, w: X.T @ (_probabilities(X, w) - y)": (" / len(y)", ""),
    "lambda X, y, w: X.T @ (y - _probabilities(X, w)) / len(y)": ("(p - y)", "(y - p)"),
    "lambda function, at, claimed: int(np.abs(_measured(function, at) - claimed).argmax())": (
        "np.unravel_index(gaps.argmax(), at.shape)", "gaps.argmax()"),
    "lambda function, at, claimed: _index((_measured(function, at) - claimed).argmax(), at)": (
        "np.abs(central_differences(function, at) - claimed)",
        "central_differences(function, at) - claimed"),
    "lambda function, at, claimed: _index(np.abs(claimed).argmax(), at)": (
        "central_differences(function, at) - claimed", "claimed"),
    "lambda images: grey(images[..., ::-1])": (
        "[0.2126, 0.7152, 0.0722]", "[0.0722, 0.7152, 0.2126]"),
    "lambda images: grey(images)[..., 0]": (
        "(images @ weights)[..., np.newaxis]", "images @ weights"),
    "_momentum(lambda v, w, push, m: (m * v + push, w + m * v + push))": (
        "- learning_rate", "+ learning_rate"),
    "_momentum(lambda v, w, push, m: (-m * v - push, w - m * v - push))": (
        "= momentum", "= -momentum"),
    "_momentum(_late)": (
        "velocity = momentum * velocity - learning_rate * gradient\n    w = w + velocity",
        "w = w + velocity\n    velocity = momentum * velocity - learning_rate * gradient"),
    "_rmsprop(_fading, lambda average: np.sqrt(average) + 1e-07)": (
        "np.sqrt(mean_square + 1e-7)", "(np.sqrt(mean_square) + 1e-7)"),
    "_rmsprop(_fading, lambda average: average + 1e-07)": ("np.sqrt", ""),
    "_rmsprop(lambda old, new, rho: rho * old + new, lambda a: np.sqrt(a + 1e-07))": (
        "(1 - rho) * ", ""),
    "lambda images, train_images: _standardised(images, images)": (
        "train_images.reshape(len(train_images), ", "images.reshape(len(images), "),
    "partial(_standardised, spread_of_constants=0.0)": (
        "np.where(constant, 1, train_rows.std(axis=0))", "train_rows.std(axis=0)"),
    "partial(_standardised, divides=False)": (
        "(rows - train_rows.mean(axis=0)) / np.where(constant, 1, train_rows.std(axis=0))",
        "rows - train_rows.mean(axis=0)"),
    "partial(_epoch, targets_follow=False)": (
        "targets[chosen]", "targets[start : start + batch_size]"),
    "partial(_epoch, whole_batches=True)": ("len(samples),", "len(samples) - batch_size + 1,"),
    "partial(_epoch, factor=1)": ("learning_rate * 2", "learning_rate"),
    "partial(_network, stable=False)": ("logits - logits.max(axis=1, keepdims=True)", "logits"),
    "partial(_network, axis=0)": ("axis=1", "axis=0"),
    "partial(_network, relu=False)": ("np.maximum(x @ W1 + b1, 0)", "x @ W1 + b1"),
}  # fmt: skip


@dataclass(frozen=True)
class Body:
    """Lines of code, and by language the hint to the mistake in them if there is one."""

    code: str
    hint: dict[str, str] | None = None


@dataclass(frozen=True)
class Question:
    """The line that begins the function, and bodies for it."""

    head: str
    bodies: tuple[Body, ...]


@functools.cache
def questions() -> dict[str, Question]:
    """For each exercise whose mistakes are written out one by one, by its name, what is asked.

    Raises:
        ValueError: an edit fits no line of its solution.
    """
    sources = [path.read_text(encoding="utf-8") for path in sorted(PRACTICE.glob("*.py"))]
    return dict(one for source in sources for one in _Module(source).questions())


class _Module:
    """A module of exercises."""

    def __init__(self, source: str) -> None:
        self.lines, self.tree = source.split("\n"), ast.parse(source)
        functions = [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]
        self.functions = {function.name: function for function in functions}

    def questions(self) -> Iterator[tuple[str, Question]]:
        for call in ast.walk(self.tree):
            given = {word.arg: word.value for word in getattr(call, "keywords", ())}
            if not {"solution", "mistakes"} <= set(given):
                continue
            solution = self.functions[ast.unparse(given["solution"])]
            right = RIGHT.get(solution.name) or self._body(solution)
            shown = [
                Body(code, _hint(mistake))
                for mistake in ast.iter_child_nodes(given["mistakes"])
                if isinstance(mistake, ast.Call) and (code := self._shown(mistake, solution, right))
            ]
            if wrong := shown[:MOST]:
                place = hashlib.blake2s(solution.name.encode()).digest()[-1] % (len(wrong) + 1)
                head = f"def {solution.name}({ast.unparse(solution.args)}):"
                bodies = (*wrong[:place], Body(right), *wrong[place:])
                yield solution.name, Question(head, bodies)

    def _shown(self, mistake: ast.Call, solution: ast.FunctionDef, right: str) -> str | None:
        """The body with a mistake; None if other functions of the package make it."""
        answer, name = mistake.args[0], ast.unparse(mistake.args[0])
        if name in EDITS:
            old, new = EDITS[name]
            if old not in right:
                raise ValueError(f"{name}: the right body has no {old!r}: mend EDITS in {__file__}")
            return right.replace(old, new)
        function = self.functions.get(name, answer)
        if isinstance(function, ast.Name | ast.Attribute):  # as sum and np.prod
            return f"return {name}({ast.unparse(solution.args)})"
        if not isinstance(function, ast.FunctionDef | ast.Lambda):
            return None
        names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
        same = ast.unparse(function.args) == ast.unparse(solution.args)
        return self._body(function) if same and not names & set(self.functions) else None

    def _body(self, function: ast.FunctionDef | ast.Lambda) -> str:
        """As it is written, from the margin."""
        if isinstance(function, ast.FunctionDef):
            lines = function.body[bool(ast.get_docstring(function)) :]
            if isinstance(lines[0], ast.With):  # NumPy's warnings silenced
                lines = lines[0].body
            text = textwrap.dedent(
                "\n".join(self.lines[lines[0].lineno - 1 : lines[-1].end_lineno])
            )
            return re.sub(r" +# .*", "", text)  # what is said of a mistake is its hint
        returned = self._written(function.body)
        first_line, _, rest = returned.partition("\n")
        if not rest or first_line.endswith(("(", "[", "{")):
            return f"return {first_line}\n{textwrap.dedent(rest)}".rstrip()
        lines_of_it = textwrap.dedent(" " * function.body.col_offset + returned)
        return f"return (\n{textwrap.indent(lines_of_it, '    ')}\n)"

    def _written(self, node: ast.expr) -> str:
        """What ast.get_source_segment gives, which splits the whole source into lines each time."""
        lines = [line.encode() for line in self.lines[node.lineno - 1 : node.end_lineno]]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"\n".join(lines).decode()


def _hint(mistake: ast.Call) -> dict[str, str]:
    """By language what is said to a mistake."""
    return {str(word.arg): ast.literal_eval(word.value) for word in mistake.keywords}
