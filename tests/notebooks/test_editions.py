"""The two editions say the same: same pages, same cells, same code, same numbers."""

import ast
from collections.abc import Iterable
import functools
from pathlib import Path
import re

import pytest
import yaml

from every import of_every
from gearsbook_site.chinese import HAN
from markup import without_chinese_books
from tools import notebooks
from tools.notebooks.cells import MAGIC, tree
from tools.site import build

ENGLISH = notebooks.all_notebooks("en")


@functools.cache
def pairs():
    """Every notebook in both editions."""
    return {
        path.relative_to(notebooks.NOTEBOOKS / "en").as_posix(): (
            notebooks.read(path),
            notebooks.read(notebooks.translation_of(path)),
        )
        for path in ENGLISH
    }


every_pair = of_every(pairs)


def test_both_editions_have_the_same_pages():
    for folder in (notebooks.NOTEBOOKS, build.ROOT / "book"):
        pages = [
            {
                path.relative_to(folder / edition)
                for path in (folder / edition).rglob("*")
                if path.suffix in (".ipynb", ".md") and ".ipynb_checkpoints" not in path.parts
            }
            for edition in build.EDITIONS
        ]
        assert pages[0] == pages[1]


def test_the_contents_name_every_page_and_no_other():
    listed = set(re.findall(r"^.*(?:root|file): *(\S+)", build.contents("en"), re.M))
    there = {
        path.relative_to(build.ROOT).with_suffix("").as_posix()
        for folder in ("book/en", "notebooks/en")
        for path in (build.ROOT / folder).rglob("*")
        if path.suffix in (".ipynb", ".md") and ".ipynb_checkpoints" not in path.parts
    }
    assert listed == there


@every_pair
def test_cells_are_the_same_in_kind_order_and_tags(pair):
    english, chinese = (
        [(cell.id, cell.cell_type, cell.metadata.get("tags", [])) for cell in notebook.cells]
        for notebook in pair
    )
    assert english == chinese


def masked(cell) -> str:
    """A cell's code without the values of its strings: what both editions must share.

    What a cell writes to a file is code like any other; IPython's lines have to be equal.
    """
    code = tree(cell)
    for node in ast.walk(code):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return "\n".join([*MAGIC.findall(cell.source), ast.dump(code)])


@every_pair
def test_code_is_the_same_but_for_strings_and_comments(pair):
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        if english.cell_type == "code":
            assert masked(english) == masked(chinese), english.id


def numbers(text: str) -> list[str]:
    """The numbers that a text shows, thousands separators dropped."""
    return re.findall(r"\d+(?:\.\d+)?", joined(text))


def printed(cell) -> str:
    """What a cell prints, as text."""
    parts = []
    for output in cell.get("outputs", ()):
        parts += [output.get("text", ""), *output.get("traceback", ())]
        parts.append(output.get("data", {}).get("text/plain", ""))
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(map(str, parts)))


@every_pair
def test_outputs_show_the_same_numbers(pair):
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        if "nbval-ignore-output" not in english.metadata.get("tags", ()):
            assert numbers(printed(english)) == numbers(printed(chinese)), english.id


@every_pair
def test_prose_formulas_are_the_same(pair):
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        if english.cell_type == "markdown":
            displayed = [
                re.findall(r"\$\$.*?\$\$", cell.source, re.S) for cell in (english, chinese)
            ]
            without_words = [
                [re.sub(r"\\text\{.*?\}|\s", "", tex) for tex in formulas] for formulas in displayed
            ]
            assert without_words[0] == without_words[1], english.id


@every_pair
def test_formulas_in_a_line_of_prose_are_the_same(pair):
    """Those that stand in one edition stand in the other, however often."""
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        if english.cell_type == "markdown" and english.id != "loss-md":  # there, Chinese says $p$
            inline = [
                {re.sub(r"\\text\{.*?\}|\s", "", tex) for tex in INLINE.findall(cell.source)}
                for cell in (english, chinese)
            ]
            assert inline[0] == inline[1], english.id


INLINE = re.compile(r"(?<!\$)\$([^$\n]+)\$(?!\$)")
UNITS = {"million": 6, "billion": 9, "万": 4, "亿": 8}
# What one edition says in words, or of its own readers: the numbers that stand in the other only.
IN_WORDS = {
    "data-md": {1990, 90}, "evaluate-md": {100}, "pitfall-scale-read": {255}, "gaps": {17e6},
    "reader-read": {100}, "fair-md": {128}, "size-read": {26e6}, "postcode-read": {10000},
    "near-read": {0.5}, "text-md": {1960, 60}, "ascii-read": {128}, "bytes-read": {25e6},
    "pitfall-degrees-md": {14},
    "lines-md": {100e6}, "times": {20, 25}, "quiz": {10000},
}  # fmt: skip


def stated(text: str) -> set[float]:
    """The numbers of two or more digits in a text; 1.88 亿 and 188 million are one."""
    found = re.findall(r"(\d+(?:\.\d+)?)(?:[\s多]*([万亿]|[mb]illion))?", joined(text))
    return {
        round(float(digits) * 10 ** UNITS.get(unit, 0), 9)
        for digits, unit in found
        if unit or len(digits) > 1
    }


def joined(text: str) -> str:
    """A text without the separators of thousands."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def written_by_hand(cell) -> str:
    """What an author wrote for readers: prose, or the strings, comments and texts of a picture."""
    if cell.cell_type == "markdown":
        return cell.source
    about = cell.metadata.get("mystnb", {})
    return " ".join(
        [
            *re.findall(r"#.*|\"[^\"]*\"|\'[^\']*\'", cell.source),
            about.get("image", {}).get("alt", ""),
            about.get("figure", {}).get("caption", ""),
        ]
    )


@every_pair
def test_prose_captions_and_alternative_texts_state_the_same_numbers(pair):
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        odd = stated(written_by_hand(english)) ^ stated(written_by_hand(chinese))
        assert odd <= IN_WORDS.get(english.id, set()), f"{english.id}: {odd}"


@pytest.mark.parametrize("name", [path.name for path in Path(build.ROOT, "book/en").glob("*.md")])
def test_pages_that_are_no_notebooks_state_the_same_numbers(name):
    pages = [
        Path(build.ROOT, "book", edition, name).read_text("utf-8") for edition in build.EDITIONS
    ]
    assert stated(pages[0]) == stated(without_chinese_books(pages[1]))


@every_pair
def test_chinese_prose_is_chinese(pair):
    """A cell that was left in English would pass for a translation elsewhere."""
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        if english.cell_type == "markdown":
            words = re.findall(r"[A-Za-z]{2,}", without_code(english.source))
            share = len(re.findall(f"[{HAN}]", chinese.source)) / max(1, len(words))
            assert share > 0.5, f"{english.id}: {share:.2f} Han characters for an English word"


@every_pair
def test_the_chinese_edition_knows_every_english_cell_as_it_is_now(pair):
    moved = notebooks.moved_cells(*pair)
    assert not moved, (
        f"the English cells {', '.join(moved)} changed: bring the Chinese ones up to date, "
        "then run `make translated`"
    )


UNKNOWN = "\ufffc"  # where a text has code, a formula or a value


@functools.cache
def chinese_prose() -> dict[str, str]:
    """All that Chinese readers are told, wherever it is written, by its place."""
    told = {
        f"{path.name}: {cell.id}": told_in(cell)
        for path in notebooks.all_notebooks("zh")
        for cell in notebooks.read(path).cells
    }
    pages = [*Path(build.ROOT, "book/zh").glob("*.md"), build.ROOT / "README.zh-CN.md"]
    told |= {path.name: path.read_text("utf-8") for path in pages}
    for path in (build.ROOT / "src").rglob("*.py"):  # hints to mistakes, what is printed
        told[str(path)] = apart(strings(ast.parse(path.read_text("utf-8"))))
    for path in (build.ROOT / "src").rglob("words.js"):
        told[str(path)] = apart(strings_of_script(path.read_text("utf-8")))
    for term in yaml.safe_load((build.ROOT / "book" / "glossary.yml").read_text("utf-8")):
        names = [term["zh"], *term.get("also", {}).get("zh", ())]
        told[f"glossary: {term['zh']}"] = apart([*names, term["definition"]["zh"]])
    return told


def told_in(cell) -> str:
    """A cell's prose; of code its strings, as a quiz, its comments, and what is said of it."""
    if cell.cell_type == "markdown":
        return cell.source
    about = cell.metadata.get("mystnb", {})
    said = [about.get("image", {}).get("alt", ""), about.get("figure", {}).get("caption", "")]
    return apart([*strings(tree(cell)), *re.findall("#.*", cell.source), *said])


def strings(code: ast.Module) -> list[str]:
    """The strings in some code."""
    found, parts = [], set()
    for node in ast.walk(code):  # an f-string comes before its parts
        if isinstance(node, ast.JoinedStr):
            parts |= set(map(id, node.values))
            texts = (getattr(part, "value", "") for part in node.values)
            found.append("".join(t if isinstance(t, str) else UNKNOWN for t in texts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [node.value] * (id(node) not in parts)
    return found


def strings_of_script(script: str) -> list[str]:
    """The strings in some JavaScript."""
    quoted = re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', script)
    return [re.sub(r"\$\{[^}]*\}", UNKNOWN, one or other) for one, other in quoted]


def apart(texts: Iterable[str]) -> str:
    """Those texts that are Chinese, each line a paragraph."""
    lines = (line for text in texts for line in text.splitlines())
    return "\n\n".join(line for line in lines if re.search(f"[{HAN}]", line))


def without_code(text: str) -> str:
    text = re.sub(r"^(`{3,})(?!\{).*?^\1", "", text, flags=re.M | re.S)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]+`", UNKNOWN, text, flags=re.S)
    return re.sub(r"\]\([^)]*\)|<[^>]+>", "", text)


# Each thing has one word. A word that was dropped for another, and where it means something else.
DROPPED = {
    "折角": "", "磁带": "", "记录器": "", "影片": "", "片子": "", "真实值": "", "去处": "",
    "加没": "", "加掉": "", "平均数": "", "砍掉": "", "沉默": "", "期待的回答": "", "弯得最": "",
    "条轴": "", "根轴": "", "每样本": "", "分数": "百分数", "死掉的单元": "", "挪动参数": "",
    "one-hot": "",
}  # fmt: skip


@pytest.mark.parametrize("word", DROPPED)
def test_no_word_is_used_that_was_dropped_for_another(word):
    for where, text in chinese_prose().items():
        said = without_code(text).replace(DROPPED[word] or UNKNOWN, "")
        found = re.search(f".{{,9}}{word}.{{,9}}", said, re.I)
        assert not found, f"{where}: {word} has another name in this book: …{found and found[0]}…"


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        (
            "no line break between two Han characters: it would show as a space",
            rf"[{HAN}，。；：、]\n[{HAN}]",
        ),
        ("full-width punctuation after Han characters", rf"[{HAN}][,;!?](?:\s|$)"),
        (
            "a space between Han characters and Latin letters or digits",
            rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]",
        ),
        (
            "大了三倍 is four times as much: say 成了三倍, or 缩到三分之一",
            r"[大小多少长短高低快慢]了?\s?(?!一倍)[\d,二两三四五六七八九十百千几]+\s?倍",
        ),
        ("28 × 28, with no dot between numbers", r"\d ?· ?\d"),
        ("no blank before a bracket of full width", rf"[{HAN}] （"),
        ("、 between authors", r"[A-Z]\. ?[A-Z][\w-]+(?:,| and| &) [A-Z]\."),
    ],
)
def test_chinese_is_set_as_chinese(rule, pattern):
    for where, text in chinese_prose().items():
        found = re.search(f".{{,9}}(?:{pattern}).{{,9}}", without_code(text))
        assert not found, f"{where}: {rule}: …{found and found[0]!r}…"


def test_the_chinese_configuration_changes_only_what_exists():
    """A misspelt key would silently leave the English value in place."""
    english = yaml.safe_load((build.ROOT / "_config.yml").read_text("utf-8"))
    chinese = yaml.safe_load((build.ROOT / "book/zh/config.yml").read_text("utf-8"))

    def keys(tree: dict, prefix: str = "") -> set[str]:
        return {
            key
            for name, value in tree.items()
            for key in (
                {prefix + name}
                | (keys(value, prefix + name + ".") if isinstance(value, dict) else set())
            )
        }

    new = keys(chinese) - keys(english)
    assert {key for key in new if "interface_words" not in key} == set()
