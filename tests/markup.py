"""What tests read from HTML and Markdown without building a tree, which takes ten times as long.

What is stored in a notebook is held against what may stand there, letter by letter. Python, a
browser and JupyterLab do not agree on what odd HTML means, so no parser decides.
"""

from html.parser import HTMLParser
import re

Element = tuple[str, dict[str, str | None]]

OUTPUT = re.compile(
    r"</?(?:code|details|li|p|summary|ul)>|</div>|"
    r"""<div class="gears-explorable" data-figure="\w+" data-state='[^'<>]*'>"""
)
NOT_IN_PROSE = re.compile(
    r"""
      <(?!U\d)[a-z/!?]                      # HTML, an address in brackets; `<U3` is a dtype
    | !\[                                   # a picture: cells draw them
    | \]\((?!https?://|[\w./\#-]+\))        # a link that leads neither to the web nor to a page
    | \]:                                   # the address of a link that stands apart from it
    | (?:[\])`]|^|:::|~~~)[ ]*\{(?!(?:admonition|figure-of|glossary-of-terms)\})
                                            # another directive, an attribute
    | \{[\w:-]+\}`                          # a role
    | \{[{%]                                # what Jinja would replace
    | \\(?:href|html|includegraphics|require|url)   # an address in a formula
    | \A---                                 # settings of the page
    """,
    re.X | re.I | re.M,
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(html: str) -> list[Element]:
    """Every element with its attributes, in the order of the text."""
    tags = _Tags()
    tags.feed(html)
    return tags.found


def without_chinese_books(page: str) -> str:
    """The list of references without the books of Chinese readers: the other edition has none."""
    return re.sub(r"^\*\*中文书\*\*$.*?(?=^## )", "", page, flags=re.M | re.S)


def runs(element: Element) -> list[str]:
    """The attributes of an element that a browser would run: handlers, pages, addresses of code."""
    return [
        name
        for name, value in element[1].items()
        if name.startswith("on")
        or name == "srcdoc"
        # a browser passes over blanks and control characters in front of and inside of a scheme
        or re.match(
            r"(?:javascript|vbscript|data:(?!image/))", re.sub(r"[\0- ]", "", value or ""), re.I
        )
    ]


def foreign_in_output(html: str) -> list[str]:
    """What a stored output has besides the text and the elements of our figures."""
    return re.findall("<.{0,40}", OUTPUT.sub("", html), re.S)


def foreign_in_prose(markdown: str) -> list[str]:
    """What a text has besides prose, links and the book's directives."""
    return [markdown[found.start() :][:40] for found in NOT_IN_PROSE.finditer(markdown)]
