"""Right answers of every style pass; wrong ones fail, and hear what fits them.

`answers.txt` has them: `# name` begins an exercise, `+` a right answer, `-` a wrong one, and
`?` is a piece of the hint to the wrong one before it. An answer is the function's body, or the
expression that it returns; its further lines are indented.
"""

from pathlib import Path
import re

from gearsbook import language, practice
from gearsbook.practice import exercise as engine
import pytest

ANSWERS = Path(__file__).with_name("answers.txt").read_text("utf-8")
EXERCISES = {block.split("\n", 1)[0]: block for block in re.split(r"^# ", ANSWERS, flags=re.M)[1:]}
IMPORTS = "import functools, itertools, math, operator\nimport numpy as np\n"


def answer(name: str, body: str):
    """The function whose body this is."""
    if "return " not in body:
        body = f"return ({body})"
    parameters = ", ".join(practice.EXERCISES[name]._parameters())
    indented = "\n ".join(body.split("\n"))
    functions: dict = {}
    exec(f"{IMPORTS}def {name}({parameters}):\n {indented}", functions)
    return functions[name]


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # overflow, and division by zero
def test_right_answers_pass_and_wrong_ones_hear_what_fits(name, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 1)
    language.use("en")
    hint, surprises = "", []
    for mark, text in re.findall(r"^([-+?]) (.*(?:\n  .*)*)", EXERCISES[name], flags=re.M):
        if mark == "?":
            surprises += [] if text in hint else [f"{text!r} is not in {hint!r}"]
            continue
        feedback = practice.check(answer(name, text.replace("\n  ", "\n")))
        hint = feedback.hint
        surprises += [] if bool(feedback) == (mark == "+") else [f"{mark} {text}\n{feedback}"]
    assert not surprises, "\n".join(surprises)


def test_five_right_answers_and_five_wrong_ones_are_tried_for_each_exercise():
    marks = {name: re.findall(r"^[-+] ", text, flags=re.M) for name, text in EXERCISES.items()}
    assert marks.keys() == practice.EXERCISES.keys()
    assert [name for name, m in marks.items() if min(m.count("+ "), m.count("- ")) < 5] == []
