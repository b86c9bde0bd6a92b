"""Full-text search that finds Chinese.

Sphinx's own indexes whole words and does not split the query alike, so it finds nothing for
梯度下降. Here both sides are cut into overlapping pairs of Han characters: 梯度下降 becomes
梯度 度下 下降, and a page is found when it has them all. No dictionary is needed.
"""

import re

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

HAN = "\u3400-\u9fff"
WORD = re.compile(rf"[{HAN}]+|[A-Za-z0-9_]+")


class Chinese(SearchLanguage):
    """Latin words as they are; runs of Han characters as overlapping pairs."""

    lang = "zh"
    language_name = "Chinese"
    js_stemmer_code = "class Stemmer { stemWord(word) { return word; } }"
    # The same split for the query. Sphinx drops queries shorter than two characters unless
    # they are Han, so a single character is looked up as it is.
    js_splitter_code = rf"""
function splitQuery(query) {{
  const words = query.match(/[{HAN}]+|[A-Za-z0-9_]+/g) ?? [];
  return words.flatMap((word) =>
    word.length > 2 && /[{HAN}]/.test(word)
      ? Array.from({{ length: word.length - 1 }}, (_, i) => word.slice(i, i + 2))
      : [word]);
}}
"""

    def split(self, input: str) -> list[str]:
        """Words to index: 损失函数 and loss give 损失, 失函, 函数, 损, 失, 函, 数, loss."""
        words = []
        for word in WORD.findall(input):
            if not re.match(rf"[{HAN}]", word):
                words.append(word)
                continue
            words += [word[i : i + 2] for i in range(len(word) - 1)]
            words += list(word)  # so that a query of one character finds something too
        return words

    def stem(self, word: str) -> str:
        """Chinese has no endings to cut, and English terms in it are looked up as written."""
        return word

    def word_filter(self, word: str) -> bool:
        """Index everything but single Latin letters."""
        return len(word) > 1 or not word.isascii()


def setup(app: Sphinx) -> None:
    app.add_search_language(Chinese)
