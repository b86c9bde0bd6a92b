"""Checks of the exercises: they tell right from wrong, name the mistake, and never raise."""

import contextlib
import functools
import inspect
import re
from string import Formatter
import threading
from types import SimpleNamespace

from gearsbook import language, practice
from gearsbook.practice import exercise as engine
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
import pytest

from tools import notebooks
from tools.notebooks import grade
from waiting import until

EXERCISES = list(practice.EXERCISES.values())
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)


def said(answer) -> dict[str, str]:
    """What an answer hears in each language; it must not pass."""
    words = {}
    for spoken in language.LANGUAGES:
        language.use(spoken)
        feedback = practice.check(answer)
        assert not feedback, f"{spoken}: {feedback!r}"
        words[spoken] = repr(feedback)
    return words


def named(exercise, function):
    """The function under the name by which a reader would define it."""
    renamed = lambda *arguments: function(*arguments)  # noqa: E731
    renamed.__name__ = exercise.name
    return renamed


def takes_an_array(exercise):
    return isinstance(exercise.cases(np.random.default_rng(0))[0][0], np.ndarray)


def gives_an_array(exercise):
    arguments = exercise.cases(np.random.default_rng(0))[0]
    return isinstance(exercise.solution(*arguments), np.ndarray)


@every_exercise
def test_the_solution_passes(exercise):
    for spoken in language.LANGUAGES:
        language.use(spoken)
        feedback = practice.check(exercise.solution)
        assert feedback, spoken
        assert repr(feedback).startswith(f"✓ {exercise.name}"), spoken


@every_exercise
def test_the_untouched_stub_fails_and_hears_why(exercise):
    for spoken, words in said(named(exercise, lambda *_: None)).items():
        assert engine.WORDS[spoken]["nothing"] in words


@every_exercise
def test_three_or_more_typical_mistakes_are_each_named(exercise):
    assert len(exercise.mistakes) >= 3
    for number, mistake in enumerate(exercise.mistakes):
        for spoken, words in said(named(exercise, mistake.answer)).items():
            assert mistake.hint[spoken] in words, f"mistake {number}"


@every_exercise
def test_hints_lead_without_giving_the_answer_away(exercise):
    """No hint holds a line of the solution's code."""
    body = inspect.getsource(exercise.solution).split("return ")[1].strip()
    for hint in (exercise.hint, *(mistake.hint for mistake in exercise.mistakes)):
        assert set(hint) == set(language.LANGUAGES)
        assert all(len(text) >= 5 for text in hint.values())
        assert all(body not in text for text in hint.values())


@pytest.mark.parametrize("exercise", [*filter(takes_an_array, EXERCISES)], ids=lambda e: e.name)
def test_an_answer_that_changes_its_input_is_told_so(exercise):
    def meddle(first, *others):
        answer = exercise.solution(first, *others)
        first += 1
        return answer

    argument = next(iter(inspect.signature(exercise.solution).parameters))
    for spoken, words in said(named(exercise, meddle)).items():
        assert engine.WORDS[spoken]["input"].format(argument=argument) in words


@pytest.mark.parametrize("exercise", [*filter(gives_an_array, EXERCISES)], ids=lambda e: e.name)
def test_a_wrong_dtype_and_a_wrong_shape_are_told_apart(exercise):
    def halves(*x):
        return exercise.solution(*x).astype("float16")

    if exercise.dtype != "any":
        for spoken, words in said(named(exercise, halves)).items():
            assert "float16" in words or exercise.hint[spoken] in words
    for words in said(named(exercise, lambda *x: exercise.solution(*x)[None])).values():
        assert re.search(r"\(1, [\d, ]+\)", words)


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("prepare", 3, {"en": "be an array, but is a number.", "zh": "应该是数组，现在是一个数。"}),
        ("prepare", [3], {"en": "an array, but is of type `list`.", "zh": "现在是 `list` 类型。"}),
    ],
)
def test_what_kind_of_answer_is_wanted_is_said_in_the_readers_language(exercise, answer, words):
    heard = said(named(practice.EXERCISES[exercise], lambda *_: answer))
    assert all(words[spoken] in heard[spoken] for spoken in words), heard


class Awkward:
    """Fails at whatever it is asked."""

    def __repr__(self):
        raise RuntimeError("no repr")

    def __array__(self, *_, **__):
        raise RuntimeError("no array")

    def __eq__(self, other):
        raise RuntimeError("not comparable")

    __hash__ = None


def endless(*arguments):
    return endless(*arguments)


def leave(*_):
    raise SystemExit(3)


AWKWARD = {
    "too few parameters": lambda: 1,
    "an awkward object": lambda *_: Awkward(),
    "a list of one": lambda *_: [Awkward()],
    "text": lambda *_: "text",
    "a dictionary": lambda *_: {"a": 1},
    "a generator": lambda *_: (x for x in "generator"),
    "objects": lambda *_: np.array([None, "x"], dtype=object),
    "a ragged list": lambda *_: [1, [2, 3]],
    "nan": lambda *_: np.nan,
    "a huge number": lambda *_: 10**400,
    "endless": endless,
    "an exit": leave,
}


@every_exercise
def test_nothing_that_an_answer_does_raises(exercise):
    def verdict(answer):
        try:
            return bool(practice.check(named(exercise, answer)))
        except (Exception, SystemExit) as error:
            return error

    assert {name: verdict(AWKWARD[name]) for name in AWKWARD} == dict.fromkeys(AWKWARD, False)


def test_every_sentence_has_the_same_gaps_in_both_languages():
    """So it can be said in the other language of whatever answer it was said of in the one."""
    gaps = [
        {name: {gap for _, gap, _, _ in Formatter().parse(text)} for name, text in words.items()}
        for words in engine.WORDS.values()
    ]
    assert gaps[0] == gaps[1]


@given(st.one_of(st.none(), st.integers(), st.text(), st.lists(st.integers())))
def test_what_is_no_exercise_is_answered_with_names_that_are(anything):
    feedback = practice.check(anything)
    assert not feedback
    assert sum(name in repr(feedback) for name in practice.EXERCISES) >= 3


def test_not_even_an_awkward_object_in_place_of_a_function_raises():
    assert not practice.check(Awkward())


def test_a_misspelt_name_is_answered_with_the_right_one():
    for name in practice.EXERCISES:
        misspelt = SimpleNamespace(name=name[1:])
        assert name in repr(practice.check(named(misspelt, len)))


@pytest.mark.parametrize("made", [lambda f: lambda *given: f(*given), functools.partial])
def test_an_answer_without_a_name_of_its_own_has_the_one_it_is_bound_to(made):
    name = "dimmed"
    reader = {"practice": practice, name: made(practice.EXERCISES[name].solution)}
    assert eval(f"practice.check({name})", reader)


def an_exercise(solution, *cases, mistakes=(), **stated):
    hint = dict.fromkeys(language.LANGUAGES, "the general hint")
    return engine.Exercise(solution, lambda rng: cases, mistakes, hint, **stated)


def a_mistake(answer, hint):
    return engine.Mistake(answer, en=hint, zh=hint)


def test_a_ragged_answer_where_a_listed_mistake_is_a_list_does_not_raise():
    listed = a_mistake(lambda x: [x, x, x], "one number")
    exercise = an_exercise(lambda x: 3 * x, (1,), (2,), mistakes=(listed,))
    assert "one number" in repr(exercise.check(lambda x: [x, x, x]))
    assert "one number" not in repr(exercise.check(lambda x: [x, [x, x]]))


@pytest.mark.parametrize(
    ("dtype", "passing"),
    [("any", ["int64", "int32", "float64"]), ("kind", ["int64", "int32"]), ("exact", ["int64"])],
)
def test_the_dtype_counts_as_far_as_the_exercise_states_it(dtype, passing):
    exercise = an_exercise(lambda x: 3 * x, (np.array([1, 2]),), dtype=dtype)
    dtypes = ("int64", "int32", "float64")
    assert [d for d in dtypes if exercise.check(lambda x, d=d: (3 * x).astype(d))] == passing


def test_whole_numbers_are_compared_exactly_and_others_but_for_rounding():
    assert not an_exercise(lambda n: n, (10**9,)).check(lambda n: n + 1)
    assert not an_exercise(lambda n: np.array([n]), (10**9,)).check(lambda n: np.array([n + 1.0]))
    assert an_exercise(lambda x: x, (0.3,)).check(lambda x: x + 1e-12)


def test_a_list_does_only_where_no_array_is_asked_for():
    for lists in (False, True):
        exercise = an_exercise(lambda x: 2 * x, (np.array([1, 2]),), lists=lists)
        assert bool(exercise.check(lambda x: [2 * n for n in x])) == lists


def test_a_mistake_is_named_also_by_an_answer_that_makes_it_only_where_it_shows():
    mistake = a_mistake(lambda n: max(n, 1), "one at least")
    exercise = an_exercise(lambda n: n, (3,), (0,), (-1,), (-2,), (7,), mistakes=(mistake,))
    assert exercise.check(lambda n: max(n, 1)).hint == "one at least"
    assert exercise.check(lambda n: max(n, 1) + (n == 7)).hint == "one at least"  # and 7, too
    assert exercise.check(lambda n: max(n, 5)).hint == "the general hint"
    assert exercise.check(lambda n: 1).hint == "the general hint"  # it fails elsewhere first
    assert exercise.check(lambda n: 1 if n < 1 else 2 * n).hint == "the general hint"


def test_a_way_through_the_function_without_a_return_is_told_from_none_at_all():
    exercise = an_exercise(lambda n: n, (3,), (0,))
    for spoken in language.LANGUAGES:
        language.use(spoken)
        assert exercise.check(lambda n: n or None).hint == engine.WORDS[spoken]["nothing here"]


def test_an_array_is_shown_in_rows_and_a_large_one_by_shape_and_dtype():
    rows = an_exercise(lambda table: table, (np.arange(4).reshape(2, 2),))
    assert repr(rows.check(lambda table: table[0])).splitlines() == [
        "✗ <lambda>",
        "  called with  table = array([[0, 1],",
        "                              [2, 3]])",
        "  expected     array([[0, 1],",
        "                      [2, 3]])",
        "  came         array([0, 1])",
        "  hint         The shape is (2,), wanted is (2, 2).",
    ]
    large = an_exercise(lambda x: x, (np.zeros((3, 30), "uint8"),))
    assert "x = a uint8 array of shape (3, 30)\n" in repr(large.check(lambda x: 1))
    number = an_exercise(lambda x: x, (1,))
    assert number.check(lambda x: np.array([1])).hint == (
        "The answer should be a number, but is an array of shape (1,)."
    )


def test_an_argument_measured_in_place_and_put_back_has_not_changed():
    exercise = an_exercise(lambda x: x[0] ** 2, (np.array([0.3, 0.7]),))

    def moved(x, back):
        x[0] += 1e-5
        x[0] -= 2e-5
        x[0] += back
        return x[0] ** 2

    assert exercise.check(lambda x: moved(x, 1e-5))
    assert "changed its argument x" in exercise.check(lambda x: moved(x, 1.1e-5)).hint


def forever(_):
    while True:
        pass


def stubborn(_):
    swallowed = 0
    while swallowed < 2:
        try:
            while True:
                pass
        except:  # noqa: E722
            swallowed += 1


def catching(_):
    while True:
        with contextlib.suppress(Exception):
            forever(_)


@pytest.mark.parametrize("endless", [forever, catching, stubborn])
@pytest.mark.parametrize("in_main_thread", [True, False])
def test_an_endless_loop_is_stopped_and_hears_why(endless, in_main_thread, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 0.05)
    exercise, heard = an_exercise(lambda n: n, (3,), (0,)), []

    def answer(n):
        return n or endless(n)  # the first case is right

    def ask():
        heard.append(exercise.check(answer).hint)

    thread = threading.Thread(target=ask)
    thread.run() if in_main_thread else thread.start()
    if not in_main_thread:
        thread.join()
    if endless is stubborn:  # it ends by itself at the second try, with nothing to show for it
        assert heard == [engine.WORDS["en"]["nothing here"]]
    else:
        assert heard == [engine.WORDS["en"]["endless"].format(seconds=0.05)]


def test_the_readers_own_interruption_passes_through_and_nothing_stops_what_comes_after(
    monkeypatch,
):
    monkeypatch.setattr(engine, "SECONDS", 0.05)
    exercise, before = an_exercise(lambda n: n, (3,)), threading.active_count()

    def interrupted(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exercise.check(interrupted)
    until(lambda: threading.active_count() == before, "somebody is there who would stop it")


def test_an_answer_that_ends_just_when_it_would_be_stopped_leaves_nobody_behind(monkeypatch):
    """The error comes while everything is being put away: 300 times at another place."""
    before = threading.active_count()
    exercise = an_exercise(lambda n: n, (200,))
    for micros in range(300):
        monkeypatch.setattr(engine, "SECONDS", micros / 1e6)
        exercise.check(lambda n: sum(1 for _ in range(n)))
    until(lambda: threading.active_count() == before, "somebody is there who would stop it")


def test_no_two_exercises_share_a_name():
    exercises = [exercise for page in practice._PAGES for exercise in page.EXERCISES]
    assert len(exercises) == len(practice.EXERCISES)


@pytest.mark.parametrize("edition", language.LANGUAGES)
def test_notebooks_state_each_exercise_with_a_stub_that_fails_and_a_solution_that_passes(edition):
    verdicts = {name: [] for name in practice.EXERCISES}
    for path in notebooks.all_notebooks(edition):
        for cell in notebooks.read(path).cells:
            names = grade.CHECK.findall(cell.source) if cell.cell_type == "code" else ()
            for name in set(names) & set(verdicts):
                hidden = "solution" in cell.metadata.get("tags", ())
                verdicts[name].append((hidden, cell.outputs[-1]["data"]["text/plain"][0]))
    right = [(False, "✗"), (True, "✓")]
    assert {name: found for name, found in verdicts.items() if found != right} == {}
