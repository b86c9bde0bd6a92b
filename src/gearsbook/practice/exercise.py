"""How an exercise is stated and an answer to it judged."""

from collections.abc import Callable, Sequence
from contextlib import suppress
import copy
import ctypes
from dataclasses import dataclass, replace
import difflib
import inspect
import itertools
import textwrap
import threading
from typing import Any, Literal

from gearsbook import language
import numpy as np

Text = dict[str, str]  # by language

SECONDS = 5  # for all cases together; an answer to these takes thousandths of one
TOO_LONG = "TimeoutError: stopped"  # the error of an answer that does not come by itself
LARGE = 60  # numbers in an array; of one with more a reader would see little
LONGEST = 1000  # characters of anything else that are shown
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
        "array of": "an array of shape {shape}",
        "large": "a {dtype} array of shape {shape}",
        "number": "a number",
        "other": "of type `{kind}`",
        "nothing": "Nothing came back: the function needs a `return`.",
        "nothing here": "Nothing came back here, but elsewhere something did: every way through "
        "the function needs a `return`.",
        "endless": "The function was stopped after {seconds} seconds. Does its loop ever end? "
        "Something in it has to change what the loop asks for.",
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
        "array of": "数组，形状为 {shape}",
        "large": "{dtype} 数组，形状为 {shape}",
        "number": "一个数",
        "other": " `{kind}` 类型",
        "nothing": "函数没有返回值：少了 `return`。",
        "nothing here": "这里没有返回值，别处却有：函数无论走哪一条路，都要有 `return`。",
        "endless": "函数运行了 {seconds} 秒还没有结束，只好中止。循环停得下来吗？"
        "循环条件所看的东西，循环里总要有一处去改它。",
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
    en: str
    zh: str

    @property
    def hint(self) -> Text:
        """What helps on, by language."""
        return {"en": self.en, "zh": self.zh}


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
        mistakes: typical wrong answers; a wrong answer is named by the first it agrees with.
        hint: for a wrong answer of another kind; it leads and does not tell.
        dtype: what its text says of the dtype: nothing, its kind (whole numbers), or which.
        lists: whether its text leaves open that an array is wanted, so that a list will do.
    """

    solution: Callable[..., Any]
    cases: Callable[[np.random.Generator], Sequence[tuple[Any, ...]]]
    mistakes: tuple[Mistake, ...]
    hint: Text
    dtype: Literal["any", "kind", "exact"] = "any"
    lists: bool = False

    @property
    def name(self) -> str:
        """The name of the function that answers this exercise."""
        return self.solution.__name__

    def check(self, function: Callable[..., Any]) -> Feedback:
        """Ask and judge; see `practice.check`."""
        return self.judge(self.ask(function))

    def ask(self, function: Callable[..., Any]) -> list[Answer]:
        """What a function answers to each case; it is stopped if it takes too long."""
        cases, answers = self._all_cases(), list[Answer]()

        def answer() -> None:
            for case in cases:
                answers.append(_try(function, case))

        _in_time(answer)
        return answers + [Answer(None, TOO_LONG)] * (len(cases) - len(answers))

    def judge(self, answers: Sequence[Answer]) -> Feedback:
        """Compare with the solution's. The answers may have been given in another process.

        Raises:
            ValueError: there are more answers than cases, or fewer.
        """
        words = WORDS[language.current()]
        cases = self._all_cases()
        right = [Answer(self.solution(*copy.deepcopy(case))) for case in cases]
        answers = [self._taken(answer) for answer in answers]
        for place, (case, answer, best) in enumerate(zip(cases, answers, right, strict=True)):
            hint = self._problem(answers, right, place)
            if hint:
                came = _show(answer.came)
                if answer.error:
                    came = words["raised"].format(error=answer.error)
                lines = {
                    words["called"]: self._arguments(case),
                    words["expected"]: _show(best.came),
                    words["came"]: came,
                    words["hint"]: hint,
                }
                text = "\n".join([f"✗ {self.name}", *_aligned(lines)])
                return Feedback(False, text, hint)
        return Feedback(True, words["passed"].format(name=self.name, cases=len(cases)))

    def _taken(self, answer: Answer) -> Answer:
        """A list as an array, where a list will do."""
        if self.lists and isinstance(answer.came, list | tuple):
            with suppress(Exception):  # a ragged list; the reader's own class may fail at anything
                array = np.array(answer.came)
                return replace(answer, came=array) if array.dtype.kind in "biuf" else answer
        return answer

    def _problem(self, answers: Sequence[Answer], right: Sequence[Answer], place: int) -> str:
        """What is wrong with the answer to one case; empty if nothing is."""
        words, answer, expected = WORDS[language.current()], answers[place], right[place].came
        came = answer.came
        if answer.changed:
            return words["input"].format(argument=self._parameters()[answer.changed[0]])
        if answer.error == TOO_LONG:
            return words["endless"].format(seconds=SECONDS)
        if not answer.error:
            if came is None:
                all_silent = all(other.came is None for other in answers)
                return words["nothing" if all_silent else "nothing here"]
            if self._alike(right[place], answer):
                return ""
        mistake = self._mistake(answers, right, place)
        if mistake:
            return mistake.hint[language.current()]
        if not answer.error:
            if _kind(expected) != _kind(came):
                return words["type"].format(expected=_named(expected), came=_named(came, True))
            if _shape(came) not in (None, np.shape(expected)):
                return words["shape"].format(expected=np.shape(expected), came=np.shape(came))
            counts = self.dtype != "any" and _kind(came) == "array" and came.dtype != expected.dtype
            if counts and _close(expected, came, rtol=1e-2):  # a float16 has three digits
                return words["dtype"].format(expected=expected.dtype, came=came.dtype)
        return self.hint[language.current()]

    def _mistake(
        self, answers: Sequence[Answer], right: Sequence[Answer], place: int
    ) -> Mistake | None:
        """The mistake that the answers agree with: in every case, or else wherever it shows."""
        cases, nearly = self._all_cases(), None
        for mistake in self.mistakes:
            if not self._alike(_try(mistake.answer, cases[place]), answers[place]):
                continue
            wrong = [_try(mistake.answer, case) for case in cases]
            agrees = [*map(self._alike, wrong, answers)]
            if all(agrees):
                return mistake
            shows = [not alike for alike in map(self._alike, right, wrong)]
            elsewhere = agrees.count(False)  # if often, the two agree by chance: answers are few
            if 3 * elsewhere <= sum(shows) and all(itertools.compress(agrees, shows)):
                nearly = nearly or mistake
        return nearly

    def _alike(self, one: Answer, other: Answer) -> bool:
        """The same error; or the same kind, shape, dtype if it counts, and values."""
        if one.error or other.error:
            return one.error == other.error
        expected, came = one.came, other.came
        shape, kind = _shape(expected), _kind(expected)
        if kind != _kind(came) or shape is None or shape != _shape(came):
            return False
        if kind == "array" and self.dtype != "any":  # a Python number may stand for a NumPy one
            if expected.dtype.kind != came.dtype.kind:
                return False
            if self.dtype == "exact" and expected.dtype != came.dtype:
                return False
        return _close(expected, came)

    def _all_cases(self) -> Sequence[tuple[Any, ...]]:
        return self.cases(np.random.default_rng(RANDOM_SEED))

    def _parameters(self) -> list[str]:
        return list(inspect.signature(self.solution).parameters)

    def _arguments(self, case: tuple[Any, ...]) -> str:
        starts = [f"{name} = " for name in self._parameters()]
        shown = zip(starts, case, strict=True)
        return "\n".join(start + _hung(_show(value), len(start)) for start, value in shown)


def unknown(given: object, names: list[str]) -> Feedback:
    """What is said about something that answers no exercise: the names that are nearest."""
    shown = str(getattr(given, "__name__", "")) or _show(given)
    nearest = ", ".join(difflib.get_close_matches(shown, names, n=3, cutoff=0))
    text = WORDS[language.current()]["unknown"].format(given=shown, names=nearest)
    return Feedback(False, text)


class _TooLongError(BaseException):
    """No Exception: an answer that catches these is stopped, too."""


def _in_time(work: Callable[[], None]) -> None:
    """Do some work, and stop it after SECONDS, in whatever thread and system.

    Another thread raises an error in this one. A signal would reach the main thread alone, not on
    every system, and would be taken for the reader's own interruption. The error may come at any
    line, so here nothing is called that could be cut off with a lock in its hands (as an Event's
    `set` or a thread's `join` could): who waited for that lock would wait for ever.
    """
    here, sending, ended = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Lock()
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    is_over = False

    def watch() -> None:
        while not ended.acquire(timeout=SECONDS):  # again, if a bare `except` has swallowed it
            with sending:
                if is_over:
                    return
                raise_in(here, ctypes.py_object(_TooLongError))

    ended.acquire()
    try:
        try:
            threading.Thread(target=watch, daemon=True).start()
            work()
        finally:
            while not is_over:
                try:
                    with sending:
                        is_over = True
                except _TooLongError:
                    pass
            raise_in(here, None)  # nothing arrives later
            ended.release()
    except _TooLongError:
        pass


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


def _named(value: object, with_shape: bool = False) -> str:
    """What a value is, in words."""
    words, kind = WORDS[language.current()], _kind(value)
    if isinstance(value, np.ndarray) and kind == "array" and with_shape:
        return words["array of"].format(shape=value.shape)
    return words[kind] if kind in ("array", "number") else words["other"].format(kind=kind)


def _shape(value: Any) -> tuple[int, ...] | None:
    try:
        shape: tuple[int, ...] = np.shape(value)
        return shape
    except Exception:  # a ragged list has none; the reader's own class may fail at anything
        return None


def _close(expected: Any, came: Any, rtol: float = 1e-5) -> bool:
    """Whole numbers exactly, others but for rounding."""
    try:
        if np.asarray(expected).dtype.kind in "biu":
            return bool(np.array_equal(expected, came))
        return bool(np.allclose(expected, came, rtol, atol=1e-8, equal_nan=True))
    except Exception:  # text, and whatever the reader's own class does when asked for numbers
        return False


def _same(before: Any, after: Any) -> bool:
    """Whether an argument is still what it was, but for what moving to and fro leaves of it."""
    if not isinstance(before, np.ndarray):
        return bool(before == after)
    if before.shape != after.shape or before.dtype != after.dtype:
        return False
    if before.dtype.kind != "f":
        return bool(before.tobytes() == after.tobytes())
    last_bits = 16 * float(np.finfo(before.dtype).eps)
    return bool(np.allclose(before, after, rtol=last_bits, atol=last_bits, equal_nan=True))


def _show(value: object) -> str:
    """A value; the rows of an array on lines of their own, of a large one shape and dtype."""
    if isinstance(value, np.generic):
        value = value.item()
    try:
        if not isinstance(value, np.ndarray):
            return textwrap.shorten(repr(value), LONGEST, placeholder=" …")
        if value.size > LARGE:
            large = WORDS[language.current()]["large"]
            return large.format(dtype=value.dtype, shape=value.shape)
        return "\n".join(line for line in repr(value).splitlines() if line)
    except Exception:  # the reader's own class may fail at anything
        return f"<{type(value).__name__}>"


def _hung(text: str, width: int) -> str:
    """A text with all lines but the first this far in."""
    return text.replace("\n", "\n" + " " * width)


def _aligned(lines: dict[str, str]) -> list[str]:
    """Names and texts, the texts below each other; a Han character is two wide."""

    def width(name: str) -> int:
        return sum(2 if character > "⺀" else 1 for character in name)

    column = max(map(width, lines)) + 2
    return [
        f"  {name}{' ' * (column - width(name))}{_hung(text, column + 2)}"
        for name, text in lines.items()
    ]
