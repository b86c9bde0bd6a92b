"""Before each solution the reader may choose: which body of the function is right?

Who reads the site has no kernel to try an answer in. Each body opens to what is said of it: the
hint to its mistake, which `practice.check` would give. It needs no script.
"""

from html import escape
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from .bodies import Body, Question, questions
from .chinese import DOTS, has_han

WORDS = {
    "en": {
        "question": "<strong>Which body is right?</strong> ",
        "choose": "Choose one for {head}",
        "right": "<strong>✓ Right.</strong> ",
        "passes": "It passes `practice.check`.",
        "wrong": "<strong>✗ Not quite.</strong> ",
    },
    "zh": {
        "question": "<strong>哪个函数体是对的？</strong>",
        "choose": "选一个：{head}",
        "right": "<strong>✓ 对。</strong>",
        "passes": "它能通过 `practice.check`。",
        "wrong": "<strong>✗ 再想想。</strong>",
    },
}
CODE = '<code translate="no">{}</code>'


def stressed(stars: re.Match[str]) -> str:
    """What stands between stars, as HTML."""
    dots = f' class="{DOTS}"' if has_han(stars[1]) else ""
    return f"<em{dots}>{stars[1]}</em>"


def marked(text: str) -> str:
    """A text as HTML: what stands in backquotes is code, and between stars is stressed."""
    pieces = re.split("`([^`]+)`", escape(text))
    pieces[1::2] = map(CODE.format, pieces[1::2])
    pieces[::2] = [re.sub(r"\*+([^*]+)\*+", stressed, piece) for piece in pieces[::2]]
    return "".join(pieces)


def as_html(question: Question, language: str) -> str:
    """The question, and each body with what is said of it folded below."""
    words = WORDS[language]

    def folded(body: Body) -> str:
        verdict = words["wrong" if body.hint else "right"]
        said = marked(body.hint[language] if body.hint else words["passes"])
        return (
            f"<li><details><summary>{CODE.format(escape(body.code))}</summary>\n"
            f"<p>{verdict}{said}</p></details></li>\n"
        )

    choose = words["choose"].format(head=CODE.format(escape(question.head)))
    return (
        f'<div class="bodies"><p>{words["question"]}{choose}</p>\n'
        f'<ol type="A">\n{"".join(map(folded, question.bodies))}</ol></div>\n'
    )


class Questions(SphinxPostTransform):
    """The question of an exercise before its solution."""

    default_priority = 190  # before myst-nb folds solutions

    def run(self, **_: object) -> None:
        """Change the page."""
        for cell in list(self.document.findall(nodes.container)):
            metadata: dict[str, list[str]] = cell.get("cell_metadata", {})
            if "solution" not in metadata.get("tags", ()):
                continue
            names = re.findall(r"^def (\w+)", cell.astext(), re.M)
            for name in questions().keys() & set(names):
                html = as_html(questions()[name], self.config.language[:2])
                cell.parent.insert(cell.parent.index(cell), nodes.raw("", html, format="html"))


def setup(app: Sphinx) -> None:
    app.add_post_transform(Questions)
