"""How an exercise is stated and an answer to it judged."""

from collections.abc import Callable, Sequence
import copy
from dataclasses import dataclass
import difflib
import inspect
from typing import Any

from gearsbook import language
import numpy as np

Text = dict[str, str]  # by language

RANDOM_SEED = 1  # the same cases on every machine: what a check says can be stored and compared

WORDS = {
    "en": {
        "passed": "✓ {name}: right, on {cases} cases.",
        "called": "called with",
        "expected": "expected",
        "came": "came",
        "hint": "hint",
        "raised": "an error, {error}",
        "array": "an array",
        "number": "a number",
        "other": "of type `{kind}`",
        "nothing": "Nothing came back: the function needs a `return`.",
        "input": "The function changed its argument {argument}. Work on new arrays: "
        "`x = x + 1` makes one, `x += 1` writes into the caller's.",
        "shape": "The shape is {came}, wanted is {expected}.",
        "dtype": "The values fit, but their dtype is {came}, wanted is {expected}.",
        "type": "The answer should be {expected}, but is {came}.",
        "unknown": "✗ {given} answers no exercise. Functions that do have names like {names}.",
    },
    "zh": {
        "passed": "✓ {name}：对，{cases} 个例子全部通过。",
        "called": "调用时",
        "expected": "应该是",
        "came": "实际是",
        "hint": "提示",
        "raised": "出错：{error}",
        "array": "数组",
        "number": "一个数",
        "other": " `{kind}` 类型",
        "nothing": "函数没有返回值：少了 `return`。",
        "input": "函数改动了参数 {argument}。请另建数组：`x = x + 1` 会新建一个，"
        "`x += 1` 却直接写进调用者的数组。",
        "shape": "形状是 {came}，应该是 {expected}。",
        "dtype": "数值都对，但数据类型是 {came}，应该是 {expected}。",
        "type": "答案应该是{expected}，现在是{came}。",
        "unknown": "✗ {given} 不对应任何练习。练习用的函数，名字类似 {names}。",
    },
}


@dataclass(frozen=True)
class Feedback:
    """What a check says, of it the hint alone, too; true if the answer passed."""

    passed: bool
    text: str
    hint: str = ""

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Mistake:
    """An answer that readers typically give, and what helps them on."""

    answer: Callable[..., Any]
    hint: Text


@dataclass(frozen=True)
class Answer:
    """What came of one call: its result, the error it stopped with, the arguments it changed."""

    came: Any
    error: str = ""
    changed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Args:
        solution: a right answer; its name is the exercise's.
        cases: makes the arguments to try, the telling ones first.
        mistakes: typical wrong answers; one that an answer always agrees with names it.
        hint: for a wrong answer of another kind; it leads and does not tell.
    """

    solution: Callable[..., Any]
    cases: Callable[[np.random.Generator], Sequence[tuple[Any, ...]]]
    mistakes: tuple[Mistake, ...]
    hint: Text

    @property
    def name(self) -> str:
        """The name of the function that answers this exercise."""
        return self.solution.__name__

    def check(self, function: Callable[..., Any]) -> Feedback:
        """Ask and judge; see `practice.check`."""
        return self.judge(self.ask(function))

    def ask(self, function: Callable[..., Any]) -> list[Answer]:
        """What a function answers to each case."""
        return [_try(function, case) for case in self._all_cases()]

    def judge(self, answers: Sequence[Answer]) -> Feedback:
        """Compare with the solution's. The answers may have been given in another process.

        Raises:
            ValueError: there are more answers than cases, or fewer.
        """
        words = WORDS[language.current()]
        cases = self._all_cases()
        for case, answer in zip(cases, answers, strict=True):
            expected = self.solution(*copy.deepcopy(case))
            hint = self._problem(answers, answer, expected)
            if hint:
                error = words["raised"].format(error=answer.error)
                lines = {
                    words["called"]: self._arguments(case),
                    words["expected"]: _show(expected),
                    words["came"]: error if answer.error else _show(answer.came),
                    words["hint"]: hint,
                }
                text = "\n".join([f"✗ {self.name}", *_aligned(lines)])
                return Feedback(False, text, hint)
        return Feedback(True, words["passed"].format(name=self.name, cases=len(cases)))

    def _problem(self, answers: Sequence[Answer], answer: Answer, expected: Any) -> str:
        """What is wrong with the answer to one case; empty if nothing is."""
        words, came = WORDS[language.current()], answer.came
        if answer.changed:
            return words["input"].format(argument=self._parameters()[answer.changed[0]])
        if not answer.error:
            if came is None:
                return words["nothing"]
            if _agree(expected, came):
                return ""
        for mistake in self.mistakes:
            if self._is(mistake, answers):
                return mistake.hint[language.current()]
        if not answer.error:
            if _kind(expected) != _kind(came):
                return words["type"].format(expected=_named(expected), came=_named(came))
            if _shape(came) not in (None, np.shape(expected)):
                return words["shape"].format(expected=np.shape(expected), came=np.shape(came))
            if _close(expected, came):
                return words["dtype"].format(expected=expected.dtype, came=came.dtype)
        return self.hint[language.current()]

    def _is(self, mistake: Mistake, answers: Sequence[Answer]) -> bool:
        """Whether the answers agree with a mistaken function's in every case."""
        for case, answer in zip(self._all_cases(), answers, strict=True):
            wrong = _try(mistake.answer, case)
            if bool(wrong.error) != bool(answer.error):
                return False
            if not answer.error and not _agree(wrong.came, answer.came):
                return False
        return True

    def _all_cases(self) -> Sequence[tuple[Any, ...]]:
        return self.cases(np.random.default_rng(RANDOM_SEED))

    def _parameters(self) -> list[str]:
        return list(inspect.signature(self.solution).parameters)

    def _arguments(self, case: tuple[Any, ...]) -> str:
        named = zip(self._parameters(), case, strict=True)
        return "\n".join(f"{name} = {_show(value)}" for name, value in named)


def unknown(given: object, names: list[str]) -> Feedback:
    """What is said about something that answers no exercise: the names that are nearest."""
    shown = str(getattr(given, "__name__", "")) or _show(given)
    nearest = ", ".join(difflib.get_close_matches(shown, names, n=3, cutoff=0))
    text = WORDS[language.current()]["unknown"].format(given=shown, names=nearest)
    return Feedback(False, text)


def _try(function: Callable[..., Any], case: tuple[Any, ...]) -> Answer:
    given = copy.deepcopy(case)
    came, said = None, ""
    try:
        came = function(*given)
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"
    pairs = enumerate(zip(case, given, strict=True))
    return Answer(came, said, tuple(place for place, pair in pairs if not _same(*pair)))


def _kind(value: object) -> str:
    """An array, a number, or the name of the type."""
    if isinstance(value, np.ndarray) and value.ndim:
        return "array"
    is_number = isinstance(value, int | float | np.number | np.ndarray)
    return "number" if is_number and not isinstance(value, bool) else type(value).__name__


def _named(value: object) -> str:
    """What a value is, in words."""
    words, kind = WORDS[language.current()], _kind(value)
    return words[kind] if kind in ("array", "number") else words["other"].format(kind=kind)


def _shape(value: Any) -> tuple[int, ...] | None:
    try:
        shape: tuple[int, ...] = np.shape(value)
        return shape
    except Exception:  # a ragged list has none; the reader's own class may fail at anything
        return None


def _close(expected: Any, came: Any) -> bool:
    try:
        return bool(np.allclose(expected, came, rtol=1e-5, atol=1e-8, equal_nan=True))
    except Exception:  # text, and whatever the reader's own class does when asked for numbers
        return False


def _agree(expected: Any, came: Any) -> bool:
    """Same kind, shape and dtype, and values equal but for rounding.

    The dtype counts in arrays only: a reader may give a Python number for a NumPy one.
    """
    shape = _shape(expected)
    if _kind(expected) != _kind(came) or shape is None or shape != _shape(came):
        return False
    if _kind(expected) == "array" and expected.dtype != came.dtype:
        return False
    return _close(expected, came)


def _same(before: Any, after: Any) -> bool:
    """Whether an argument is still what it was, to the last bit."""
    if isinstance(before, np.ndarray):
        same_form = before.shape == after.shape and before.dtype == after.dtype
        return bool(same_form and before.tobytes() == after.tobytes())
    return bool(before == after)


def _show(value: object) -> str:
    """A value in one line; of a large array shape and dtype."""
    if isinstance(value, np.generic):
        value = value.item()
    try:
        return " ".join(repr(value).split())
    except Exception:  # the reader's own class may fail at anything
        return f"<{type(value).__name__}>"


def _aligned(lines: dict[str, str]) -> list[str]:
    """Names and texts, the texts below each other; a Han character is two wide."""

    def width(name: str) -> int:
        return sum(2 if character > "⺀" else 1 for character in name)

    column = max(map(width, lines)) + 2
    below = "\n" + " " * (column + 2)
    return [
        f"  {name}{' ' * (column - width(name))}{text.replace(chr(10), below)}"
        for name, text in lines.items()
    ]
