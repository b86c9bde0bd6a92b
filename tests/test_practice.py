"""Checks of the exercises: they tell right from wrong, name the mistake, and never raise."""

import inspect
import re

from gears import language, practice
from gears.practice import exercise as engine
from hypothesis import given, settings
from hypothesis import strategies as st
import numpy as np
import pytest

import collect
import notebooks

EXERCISES = list(practice.EXERCISES.values())
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)


@pytest.fixture(autouse=True, params=language.LANGUAGES)
def spoken(request):
    language.use(request.param)
    yield request.param
    language.use("en")


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
    feedback = practice.check(exercise.solution)
    assert feedback
    assert repr(feedback).startswith(f"✓ {exercise.name}")


@every_exercise
def test_the_untouched_stub_fails_and_hears_why(exercise, spoken):
    feedback = practice.check(named(exercise, lambda *_: None))
    assert not feedback
    assert engine.WORDS[spoken]["nothing"] in repr(feedback)


@every_exercise
def test_three_or_more_typical_mistakes_are_each_named(exercise, spoken):
    assert len(exercise.mistakes) >= 3
    for mistake in exercise.mistakes:
        feedback = practice.check(named(exercise, mistake.answer))
        assert not feedback
        assert mistake.hint[spoken] in repr(feedback)


@every_exercise
def test_hints_lead_without_giving_the_answer_away(exercise):
    """No hint holds a line of the solution's code."""
    body = inspect.getsource(exercise.solution).split("return ")[1].strip()
    for hint in (exercise.hint, *(mistake.hint for mistake in exercise.mistakes)):
        assert set(hint) == set(language.LANGUAGES)
        assert all(len(text) >= 5 for text in hint.values())
        assert all(body not in text for text in hint.values())


@pytest.mark.parametrize("exercise", [*filter(takes_an_array, EXERCISES)], ids=lambda e: e.name)
def test_an_answer_that_changes_its_input_is_told_so(exercise, spoken):
    def meddle(first, *others):
        answer = exercise.solution(first, *others)
        first += 1
        return answer

    argument = next(iter(inspect.signature(exercise.solution).parameters))
    feedback = practice.check(named(exercise, meddle))
    assert engine.WORDS[spoken]["input"].format(argument=argument) in repr(feedback)


@pytest.mark.parametrize("exercise", [*filter(gives_an_array, EXERCISES)], ids=lambda e: e.name)
def test_a_wrong_dtype_and_a_wrong_shape_are_told_apart(exercise, spoken):
    halves = practice.check(named(exercise, lambda *x: exercise.solution(*x).astype("float16")))
    taller = practice.check(named(exercise, lambda *x: exercise.solution(*x)[None]))
    assert "float16" in repr(halves) or exercise.hint[spoken] in repr(halves)
    assert re.search(r"\(1, [\d, ]+\)", repr(taller))


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


@every_exercise
@pytest.mark.parametrize(
    "answer",
    [
        lambda: "too few parameters",
        lambda *_: Awkward(),
        lambda *_: [Awkward()],
        lambda *_: "text",
        lambda *_: {"a": 1},
        lambda *_: (x for x in "generator"),
        lambda *_: np.array([None, "x"], dtype=object),
        lambda *_: [1, [2, 3]],
        lambda *_: np.nan,
        lambda *_: 10**400,
        endless,
        leave,
    ],
)
def test_nothing_that_an_answer_does_raises(exercise, answer):
    assert not practice.check(named(exercise, answer))


@settings(deadline=None)  # what is said counts, not how busy the machine is
@given(st.one_of(st.none(), st.integers(), st.text(), st.lists(st.integers())))
def test_what_is_no_exercise_is_answered_with_names_that_are(anything):
    feedback = practice.check(anything)
    assert not feedback
    assert sum(name in repr(feedback) for name in practice.EXERCISES) >= 3


def test_not_even_an_awkward_object_in_place_of_a_function_raises():
    assert not practice.check(Awkward())


@every_exercise
def test_a_misspelt_name_is_answered_with_the_right_one(exercise):
    function = named(exercise, exercise.solution)
    function.__name__ = exercise.name[1:]
    assert exercise.name in repr(practice.check(function))


def test_a_ragged_answer_where_a_listed_mistake_is_a_list_does_not_raise():
    def triple(x):
        return 3 * x

    listed = engine.Mistake(lambda x: [x, x, x], dict.fromkeys(language.LANGUAGES, "one number"))
    hint = dict.fromkeys(language.LANGUAGES, "three times")
    exercise = engine.Exercise(triple, lambda rng: [(1,), (2,)], (listed,), hint)
    assert "one number" in repr(exercise.check(lambda x: [x, x, x]))
    assert "one number" not in repr(exercise.check(lambda x: [x, [x, x]]))


def test_no_two_exercises_share_a_name():
    exercises = [exercise for page in practice._PAGES for exercise in page.EXERCISES]
    assert len(exercises) == len(practice.EXERCISES)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_notebooks_state_each_exercise_with_a_stub_that_fails_and_a_solution_that_passes(exercise):
    for edition in ("en", "zh"):
        verdicts = []
        for path in notebooks.all_notebooks(edition):
            for cell in notebooks.read(path).cells:
                if cell.cell_type == "code" and exercise.name in collect.CHECK.findall(cell.source):
                    hidden = "solution" in cell.metadata.get("tags", ())
                    verdicts.append((hidden, cell.outputs[-1]["data"]["text/plain"][0]))
        assert verdicts == [(False, "✗"), (True, "✓")], edition
