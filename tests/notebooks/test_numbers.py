"""Every number that a page states is proved; proved.py says what counts, and nbval evaluates."""

import ast
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys

import nbformat
from nbformat import v4
import pytest

import proved
from test_editions import every_pair
from test_notebooks import every_notebook
from tools import notebooks


@every_notebook
def test_every_number_is_in_the_page_or_has_an_expression_that_gives_it(notebook):
    assert proved.unproved(notebook) == []


@every_pair
def test_expressions_are_of_numbers_that_are_stated_and_the_same_in_both_editions(pair):
    for english, chinese in zip(*(notebook.cells for notebook in pair), strict=True):
        assert english.metadata.get("numbers") == chinese.metadata.get("numbers"), english.id
        texts = [text for cell in (english, chinese) for text, _ in proved.texts(cell)]
        stated = {number.value for text in texts for number in proved.numbers(text)}
        for number, expression in proved.expressions(english):
            assert number.value in stated, f"{english.id}: {number.written} is stated no more"
            again = isinstance(ast.parse(expression, mode="eval").body, ast.Constant)
            assert not again, f"{english.id}: {number.written} is only said again"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("about 1,114,112 or 0.299, 2.3 MB", ["1,114,112", "0.299", "2.3"]),
        ("87.5 % of 4,700 多万", ["87.5 %", "4,700 多万"]),
        ("1e-308, 6 · 10⁻¹⁵ and 0.888 · 10⁻¹⁵", ["0.888 · 10⁻¹⁵"]),
        (r"$10{,}000$ and 2.3e-8, in float64, x2.5, 3.5x", ["10,000", "2.3e-8"]),
        ("## 2.2.6 of 1998, IEEE 754: [2.1](a/784.ipynb), [section 2.3.4](#b), 2.2.4 节", []),
        ("784\n## References\n\n- *Volume* 521", ["784"]),
    ],
)
def test_which_numbers_count(text, found):
    assert [n.written for n in proved.numbers(text) if proved.counts(n)] == found


@pytest.mark.parametrize(
    ("written", "exact", "rounds"),
    [
        ("0.299", 0.2994, True),
        ("0.299", 0.2996, False),
        ("0.30", 0.2994, True),
        ("0.25", -0.245, True),
        ("87.5 %", 0.8754, True),
        ("87.5 %", 87.5, False),
        ("47 million", 47_040_000, True),
        ("4,704 万", 47_046_000, False),
        ("2.3e-8", 2.26e-8, True),
        ("0.888 · 10⁻¹⁵", 8.882e-16, True),
        ("2.2 · 10⁻¹⁶", 2.2, False),
        ("1,114,112", 1_114_111, False),
    ],
)
def test_what_a_number_is_rounded_from(written, exact, rounds):
    assert next(proved.numbers(written)).is_rounded(exact) is rounds


def test_the_kernel_that_has_run_a_page_evaluates_its_expressions(tmp_path, clean_environment):
    """Each kind that is wrong is named; what is right is not."""
    said = {"0.125": "x / 8", "0.126": "x / 8", "4.5": "missing", "5.5": "x +", "6.5": "'a'"}
    prose = v4.new_markdown_cell("", metadata={"numbers": said})
    cells = [v4.new_code_cell("x = 1", execution_count=1), prose]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "notebooks" / "page.ipynb")
    shutil.copy(notebooks.ROOT / "conftest.py", tmp_path)
    paths = f"{Path(proved.__file__).parent}{os.pathsep}{notebooks.ROOT}"
    done = subprocess.run(  # -rN: where CI is set, pytest's summary says it all a second time
        [sys.executable, "-m", "pytest", "-rN", "--nbval", "--current-env",
         "-p", "no:cacheprovider", tmp_path],
        env=clean_environment | {"PYTHONPATH": paths}, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert "1 failed, 1 passed" in done.stdout, done.stdout
    assert re.findall(r"^\w+: (\S+) is said to be ", done.stdout, re.M) == [*said][1:]
