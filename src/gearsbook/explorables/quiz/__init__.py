"""Questions with an answer to every option, the wrong ones too."""

import re

from gearsbook.explorables.figure import Figure, State

# One quiz as its author writes it:
#
#     ? The question, `code` in backquotes.
#     + The right option. | What is said to a reader who chose it.
#     - A wrong option. | Why not.
CONTINUED = re.compile(r"\n\s+(?![?+-] )")
CONTINUED_CHINESE = re.compile(r"(?<=[⺀-￿])\n\s+(?=[⺀-￿])")  # no space between Han characters
LINE = re.compile(r"^(?P<kind>[?+-]) (?P<text>[^|]+?)(?: \| (?P<feedback>.+))?$")


class Quiz(Figure):
    """Some questions, each with options of which one is right.

    Args:
        text: the quiz in lines: `? question`, `+ right option | feedback`,
            `- wrong option | feedback`. An indented line goes on with the one before.

    `chosen` has for each question the place of the option that the reader chose, or -1.
    """

    questions = State([])
    chosen = State([])

    def __init__(self, text: str, **options: object) -> None:
        """Read the quiz.

        Raises:
            ValueError: the text breaks a rule; the message names the line or question.
        """
        questions = parse(text)
        super().__init__(questions=questions, **{"chosen": [-1] * len(questions), **options})

    def __repr__(self) -> str:
        return f"Quiz({len(self.questions)} questions)"


def parse(text: str) -> list[dict]:
    """The questions of a quiz.

    Returns:
        For each question its "text" and its "options"; for each option "text", "feedback" and
        whether it is "right".

    Raises:
        ValueError: a line that is neither question nor option, an option without feedback, a
            question with fewer than two options or not exactly one right one.
    """
    questions: list[dict] = []
    for line in CONTINUED.sub(" ", CONTINUED_CHINESE.sub("", text.strip())).splitlines():
        match = LINE.match(line.strip())
        if not match:
            raise ValueError(f"quiz line {line!r}: it must start with '? ', '+ ' or '- '")
        if match["kind"] == "?":
            questions.append({"text": match["text"], "options": []})
            continue
        if not questions:
            raise ValueError(f"quiz line {line!r}: no question stands before this option")
        if not match["feedback"]:
            raise ValueError(f"quiz line {line!r}: the option needs feedback, after ' | '")
        option = {"text": match["text"], "feedback": match["feedback"]}
        questions[-1]["options"].append(option | {"right": match["kind"] == "+"})
    for question in questions:
        right = sum(option["right"] for option in question["options"])
        if right != 1 or len(question["options"]) < 2:
            raise ValueError(
                f"quiz question {question['text']!r}: it has {len(question['options'])} options, "
                f"{right} of them right; it must have two or more, exactly one of them right"
            )
    if not questions:
        raise ValueError("the quiz is empty: start a line with '? '")
    return questions
