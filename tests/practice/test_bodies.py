"""The bodies among which the site's readers choose: they are what is said of them."""

import ast
from collections import Counter
import sys

from gearsbook import practice
from gearsbook.practice import gradient
import numpy as np
import pytest

from gearsbook_site import bodies

QUESTIONS = bodies.questions()


def written(name: str, body: bodies.Body):
    """The function that a reader would write with this body, beside what its page defines."""
    module = sys.modules[practice.EXERCISES[name].solution.__module__]
    page = {**vars(module), "central_differences": gradient._measured}
    code = "\n    ".join([QUESTIONS[name].head, *body.code.split("\n")])
    exec(compile(code, name, "exec"), page)
    return page[name]


def test_every_exercise_but_the_one_that_shows_its_bugs_has_a_question():
    assert set(practice.EXERCISES) - set(QUESTIONS) == {"mended_training"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_body_passes_and_each_other_hears_the_hint_that_is_said_to_it(name):
    """Three mistakes, no two bodies alike, and none that its names or its comments give away."""
    asked = QUESTIONS[name].bodies
    assert len({body.code for body in asked}) == len(asked) == 4
    assert [body.hint for body in asked].count(None) == 1
    for body in asked:
        with np.errstate(all="ignore"):
            feedback = practice.check(written(name, body))
        assert feedback.hint == (body.hint or {"en": ""})["en"], body.code
        assert bool(feedback) is (body.hint is None)
        used = {node.id for node in ast.walk(ast.parse(body.code)) if isinstance(node, ast.Name)}
        assert not any(other.startswith("_") and other[1:] for other in used), body.code
        assert "#" not in body.code
        assert max(map(len, body.code.split("\n"))) <= 88


def test_each_place_has_about_a_quarter_of_the_right_bodies():
    places = Counter([b.hint for b in asked.bodies].index(None) for asked in QUESTIONS.values())
    assert all(0.2 < places[place] / len(QUESTIONS) < 0.3 for place in range(4)), places


def test_every_edit_is_of_a_mistake_and_every_right_body_of_an_exercise():
    trees = [ast.parse(path.read_text("utf-8")) for path in bodies.PRACTICE.glob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    answers = {ast.unparse(call.args[0]) for call in calls if call.args}
    assert set(bodies.EDITS) <= answers
    assert set(bodies.RIGHT) <= set(practice.EXERCISES)


def test_an_edit_that_fits_no_line_is_refused_by_name(monkeypatch):
    monkeypatch.setitem(bodies.EDITS, "_momentum(_late)", ("velocity = 3", ""))
    with pytest.raises(
        ValueError, match=r"_momentum\(_late\): the right body has no 'velocity = 3'"
    ):
        bodies.questions.__wrapped__()
