"""The two editions say the same: same pages, same cells, same code, same numbers."""

import ast
from pathlib import Path
import re

import pytest
import yaml

import build
import notebooks

ENGLISH = notebooks.all_notebooks("en")
HAN = "\u3400-\u9fff"


@pytest.fixture(
    params=ENGLISH, ids=lambda path: path.relative_to(notebooks.NOTEBOOKS / "en").as_posix()
)
def pair(request):
    """One notebook in both editions."""
    return notebooks.read(request.param), notebooks.read(notebooks.translation_of(request.param))


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


def test_cells_are_the_same_in_kind_order_and_tags(pair):
    english, chinese = (
        [(cell.id, cell.cell_type, cell.metadata.get("tags", [])) for cell in notebook.cells]
        for notebook in pair
    )
    assert english == chinese


def masked(source: str) -> str:
    """Code without the values of its strings: what both editions must share."""
    tree = ast.parse(re.sub(r"^\s*[%!].*$", "", source, flags=re.M))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def test_code_is_the_same_but_for_strings_and_comments(pair):
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        if english.cell_type == "code":
            assert masked(english.source) == masked(chinese.source), english.id


def numbers(text: str) -> list[str]:
    """The numbers that a text shows, thousands separators dropped."""
    return re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", text))


def printed(cell) -> str:
    """What a cell prints, as text."""
    parts = []
    for output in cell.get("outputs", ()):
        parts += [output.get("text", ""), *output.get("traceback", ())]
        parts.append(output.get("data", {}).get("text/plain", ""))
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(map(str, parts)))


def test_outputs_show_the_same_numbers(pair):
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        if "nbval-ignore-output" not in english.metadata.get("tags", ()):
            assert numbers(printed(english)) == numbers(printed(chinese)), english.id


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


def test_the_chinese_edition_knows_every_english_cell_as_it_is_now(pair):
    moved = notebooks.moved_cells(*pair)
    assert not moved, (
        f"the English cells {', '.join(moved)} changed: bring the Chinese ones up to date, "
        "then run tools/translated.py"
    )


def chinese_prose() -> dict[str, str]:
    pages = {
        f"{path.name}: {cell.id}": cell.source
        for path in notebooks.all_notebooks("zh")
        for cell in notebooks.read(path).cells
        if cell.cell_type == "markdown"
    }
    return pages | {
        path.name: path.read_text("utf-8") for path in Path(build.ROOT, "book/zh").glob("*.md")
    }


def without_code(text: str) -> str:
    text = re.sub(r"^(`{3,})(?!\{).*?^\1", "", text, flags=re.M | re.S)
    return re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]+`|\]\([^)]*\)|<[^>]+>", "", text, flags=re.S)


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
    ],
)
def test_chinese_is_set_as_chinese(rule, pattern):
    for where, text in chinese_prose().items():
        found = re.search(pattern, without_code(text))
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
