"""Answers that another process gave are judged like those that a function gives here."""

import json

from gearsbook import practice
from gearsbook.practice import plain
from gearsbook.practice.exercise import Answer
import numpy as np
import pytest

EXERCISES = list(practice.EXERCISES.values())


class Awkward:
    """Fails at whatever it is asked."""

    def __repr__(self):
        raise RuntimeError("no repr")

    def __array__(self, *_, **__):
        raise RuntimeError("no array")


def meddle(first, *_):
    if isinstance(first, np.ndarray):
        first += 1


ODD = [
    lambda *_: None,
    lambda *_: "text",
    lambda *_: np.nan,
    lambda *_: np.True_,
    lambda *_: np.array(3),
    lambda *_: np.zeros((0, 3), "uint8"),
    lambda *_: (1, (2, 3)),  # ragged
    lambda *_: {"a": 1},
    lambda *_: Awkward(),
    lambda *_: [Awkward()],
    lambda *_: 1 / 0,
    meddle,
]


def handed_over(answers):
    return plain.read(plain.write(answers))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_an_answer_that_was_handed_over_is_told_the_same(exercise):
    for function in (exercise.solution, *(m.answer for m in exercise.mistakes), *ODD):
        answers = exercise.ask(function)
        here, there = exercise.judge(answers), exercise.judge(handed_over(answers))
        assert (there.passed, there.hint) == (here.passed, here.hint)


@pytest.mark.parametrize(
    "value", [10**5000, 1j, np.array([None]), np.zeros(2, "f4,i2"), {1}, len], ids=type
)
def test_what_no_exercise_asks_for_is_handed_over_as_the_name_of_its_type(value):
    (answer,) = handed_over([Answer(value)])
    assert type(answer.came).__name__ == type(value).__name__
    assert vars(answer.came) == {}


FORGED = [
    "",
    "1",
    "null",
    '"passed"',
    "[1]",
    "[[1]]",
    '[[1, "", 7]]',
    '[[1, "", ["a"]]]',
    "[[1, null, []]]",
    "[[[], [], []]]",
    '[[{}, "", []]]',
    '[[{"array": 1}, "", []]]',
    '[[{"array": ["|O8", [1], "AAAAAAAAAAA="]}, "", []]]',
    '[[{"array": ["<f8", [1000000000000], "AAAAAAAAAAA="]}, "", []]]',
    '[[{"array": ["<f8", [-1], "AAAAAAAAAAA="]}, "", []]]',
    '[[{"array": ["<f8", [1], "not base64"]}, "", []]]',
    '[[{"scalar": ["<f8", [], 1]}, "", []]]',
    '[[{"list": 1}, "", []]]',
    '[[{"other": "__import__(\'os\')"}, "", []]]',
    '[[{"pickle": "gASVAA=="}, "", []]]',
    "[" * 10**5,
]


@pytest.mark.parametrize("text", FORGED, ids=lambda text: text[:60] or "nothing")
def test_what_is_no_answer_is_refused(text):
    with pytest.raises((ValueError, TypeError, KeyError, RecursionError)):
        plain.read(text)


def test_too_few_answers_do_not_pass():
    exercise = practice.EXERCISES["last_column_kept"]
    answers = exercise.ask(exercise.solution)
    for wrong in (answers[:-1], [*answers, answers[0]]):
        with pytest.raises(ValueError, match=r"zip\(\)"):
            exercise.judge(wrong)


def test_the_bytes_of_an_array_arrive_in_their_order_and_dtype():
    for value in (np.arange(6).reshape(2, 3).T, np.float32(0.1), np.array(["a", "bc"])):
        (answer,) = handed_over([Answer(value)])
        assert np.array_equal(answer.came, value)
        assert answer.came.dtype == value.dtype
    assert json.loads(plain.write([Answer(None, "E: x", (0, 2))])) == [[None, "E: x", [0, 2]]]
