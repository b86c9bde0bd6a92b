"""What tests read from HTML without building a tree, which would take ten times as long."""

from html.parser import HTMLParser

ACTIVE = {"script", "iframe", "frame", "object", "embed", "base", "meta", "link", "form", "svg"}

Element = tuple[str, dict[str, str | None]]


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


def runs(element: Element) -> list[str]:
    """The attributes of an element that a browser would run: handlers, addresses of scripts."""
    return [
        name
        for name, value in element[1].items()
        if name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
    ]


def active(html: str) -> list[Element]:
    """The elements that run something, load something or change what others mean."""
    return [element for element in elements(html) if element[0] in ACTIVE or runs(element)]
