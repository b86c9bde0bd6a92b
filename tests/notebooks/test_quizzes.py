"""What holds for the questions of every page, and of all pages together."""

import ast
from collections import Counter
import re

from gearsbook.explorables.quiz import parse

from test_editions import every_pair
from test_notebooks import all_by_name, code_cells, every_notebook

VERDICT = re.compile(r"(?:Yes|No|Right|Wrong|Not quite|不?对|错|是的?|再想想)[.:,!。：，！]")


def questions(notebook) -> list[dict]:
    """What the quiz of a page asks."""
    (cell,) = [cell for cell in code_cells(notebook) if cell.id == "quiz"]
    return parse(ast.parse(cell.source).body[0].value.args[0].value)


def places(notebook) -> list[int]:
    """The place of the right option, for each question."""
    return [[one["right"] for one in asked["options"]].index(True) for asked in questions(notebook)]


@every_notebook
def test_feedback_gives_the_reason_and_leaves_the_verdict_to_the_quiz(notebook):
    """The quiz says "Right." before it: "Right. Yes." would be once too often."""
    for question in questions(notebook):
        for option in question["options"]:
            assert not VERDICT.match(option["feedback"]), option["feedback"]


@every_notebook
def test_right_answers_of_a_page_are_not_all_at_one_place(notebook):
    assert len(set(places(notebook))) > 1


@every_pair
def test_right_answers_are_at_the_same_places_in_both_editions(pair):
    english, chinese = map(places, pair)
    assert english == chinese


def test_each_place_has_about_a_third_of_the_right_answers():
    """A reader who always chose the middle one was right in 49 of 93 questions."""
    found = Counter(place for notebook in all_by_name().values() for place in places(notebook))
    shares = {place: count / found.total() for place, count in found.items()}
    assert all(0.3 < shares.get(place, 0) < 0.37 for place in range(3)), shares
