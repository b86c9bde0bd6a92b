"""What the search of the book finds, and in which order.

Sphinx's own search looks up no numbers, cuts `np.zeros_like` and `(60000, 28, 28)` into pieces,
finds no Chinese, and knows of a page only whether it has a word. Here a page's words come from what
its readers see, each with a weight: a page that names a thing in its title, a heading or its prose
comes before one that only uses it.

search.js cuts a query as `words` cuts a text, so both change together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
import json
from pathlib import Path
import re

from sphinx.application import Sphinx

from . import glossary
from .addresses import short
from .chinese import HAN

PAGE = "search"

LETTER = (
    "A-Za-z0-9_\u00b2\u00b3\u00b9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u2070-\u209c"
)
THOUSANDS = re.compile(r"(?<=\d)[,_\u00a0\u202f](?=\d{3}(?!\d))")
WORD = re.compile(
    rf"(?P<han>[{HAN}]+)"
    rf"|(?P<shape>\((?:[{LETTER}]+,\s*)+[{LETTER}]*\))"  # (60000, 28, 28), (samples, features)
    r"|(?P<slice>\[[^][\n]{0,20}:[^][\n]{0,20}\])"  # [:, 14:-14]
    r"|(?P<number>\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+)"
    rf"|(?P<name>[{LETTER}]+(?:\.[A-Za-z_][{LETTER}]*)*)"  # loss, np.zeros_like
    r"|(?P<operator>[-+*/%@<>=!&|^~]+)"
)

# What a word counts for where it stands, and on the page that introduces a term of the glossary.
TEXT, CODE, OUTPUT = 3, 2, 1
NAMED, FIRST_NAMED, HEADING, TITLE, INTRODUCED = 8, 30, 40, 100, 200
MARKUP = re.compile(r"<(/?)(\w+)([^>]*)>|([^<]+)")
VOID = {"br", "hr", "img", "input", "source", "wbr"}
UNSEEN = {"script", "style", "template", "annotation"}
UNSEEN_CLASS = re.compile(r'class="(?:headerlink|katex-html|bodies)"')
INLINE = re.compile(r"(?:a|abbr|b|code|em|i|kbd|m\w*|semantics|small|span|strong|sub|sup)$")
NAMES = {"code", "dt", "strong"}
HEADINGS = {"h1": TITLE, "h2": HEADING, "h3": HEADING, "h4": HEADING}


def words(text: str) -> Iterator[str]:
    """The words of a text, as the index has them.

    A run of Han characters gives its overlapping pairs; a dotted name itself and its parts; a shape
    or a slice itself without spaces, and its parts. Numbers lose their separators of thousands.
    """
    text = THOUSANDS.sub("", text.lower().replace("\u2212", "-"))
    for match in WORD.finditer(text):
        word, kind = match[0], match.lastgroup
        if kind == "han":
            yield from (word[i : i + 2] for i in range(max(len(word) - 1, 1)))
        elif kind in ("shape", "slice"):
            yield re.sub(r"\s", "", word)
            yield from words(word[1:-1])
        else:
            yield word
            if kind == "name" and "." in word:
                yield from word.split(".")


def passages(page: str) -> Iterator[tuple[str, int]]:
    """The texts that readers see of a page, each with what a word of it counts.

    What stands in prose as a name, in bold or as code, is a text of its own, too.
    """
    article = re.search(r"<article.*?</article>", page, re.S)
    around: list[tuple[int, bool, int]] = []
    place, seen, begin = TEXT, True, 0  # of the element; where in the block its text begins
    block: list[str] = []
    for match in MARKUP.finditer(article[0] if article else ""):
        closes, tag, attributes, text = match.groups()
        if text:
            block += [unescape(text)] * seen
            continue
        if tag in VOID or attributes.endswith("/"):
            block.append(" ")
            continue
        if closes and tag in NAMES and place == TEXT:
            yield "".join(block[begin:]), NAMED
        if not INLINE.match(tag):
            yield "".join(block), place
            block.clear()
        if closes:
            place, seen, begin = around.pop()
            continue
        around.append((place, seen, begin))
        seen = seen and tag not in UNSEEN and not UNSEEN_CLASS.search(attributes)
        begin = len(block)
        if "cell_output" in attributes:
            place = OUTPUT
        elif tag == "pre" and place == TEXT:
            place = CODE
        else:
            place = HEADINGS.get(tag, place)


def index(pages: Mapping[str, str], introduced: Mapping[str, Iterable[str]]) -> str:
    """The index of an edition, as a script for its search page.

    Args:
        pages: HTML by address, in the order of the book.
        introduced: the terms that a page introduces, by its address. These pages are told from
            those that only list or summarize: they teach.
    """
    counts: dict[str, dict[int, int]] = {}
    named: set[str] = set()
    for number, (address, page) in enumerate(pages.items()):
        found: Counter[str] = Counter()
        named_here: set[str] = set()
        for text, worth in passages(page):
            for word in words(text):
                found[word] += worth
                if worth == NAMED:
                    named_here.add(word)
        teaches = address in introduced
        for word, count in found.items():
            first = FIRST_NAMED * (word in named_here - named)
            counts.setdefault(word, {})[number] = count + first if teaches else count // 4
        if teaches:
            named |= named_here
            for word in {word for term in introduced[address] for word in words(term)}:
                counts.setdefault(word, {}).setdefault(number, 0)
                counts[word][number] += INTRODUCED
    groups: dict[str, list[str]] = defaultdict(list)
    for word, places in sorted(counts.items()):
        # a page and the weight of the word there, from 0 to 4, as one number
        weights = (10 * page + min(count.bit_length(), 9) // 2 for page, count in places.items())
        groups[",".join(map(str, weights))].append(word)
    content = {
        "pages": [[address, title(page)] for address, page in pages.items()],
        "words": {places: " ".join(those) for places, those in sorted(groups.items())},
    }
    return f"findIn({json.dumps(content, ensure_ascii=False, separators=(',', ':'))});\n"


def title(page: str) -> str:
    """The heading of a page."""
    heading = re.search(r"<h1>(.*?)<a class=\"headerlink\"", page, re.S)
    return unescape(re.sub(r"<[^>]*>", "", heading[1])) if heading else ""


def of_edition(app: Sphinx, rendered: Mapping[Path, str]) -> str:
    """The index of the edition that is built: sections in their order, then all other pages."""
    language = app.config.language[:2]
    introduced: dict[str, list[str]] = {}
    for name in sorted(app.env.found_docs):
        if name.startswith("notebooks/"):
            introduced[f"{short(name)}.html"] = []
    for term in glossary.read(Path(app.srcdir, glossary.SOURCE)):
        address = f"{short(f'notebooks/{language}/{term.section}')}.html"
        introduced.get(address, []).append(term.name(language))
    texts = {page.as_posix(): text for page, text in rendered.items()}
    others = sorted(texts.keys() - introduced.keys() - {f"{PAGE}.html"})
    return index({page: texts[page] for page in (*introduced, *others)}, introduced)


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", lambda app: [(PAGE, {}, "search.html")])
