"""The static checks: each finds its defect in a small tree of this one's shape, and names it."""

from collections.abc import Callable
import json
import re
import shutil

import pytest

from tools import lint
from tools.setup import node

ROOT = lint.ROOT
EXPLORABLES = ROOT / "src" / "gearsbook" / "explorables"
TREE = {
    "src/gearsbook/__init__.py": "import yaml\n\n__all__ = [\"yaml\"]\n",
    "src/gearsbook/explorables/a_figure/view.js":
        'import { twice } from "../parts/a.js";\n\nexport default twice(1);\n',
    "src/gearsbook/explorables/parts/a.js":
        "/** @param {number} n */\nexport function twice(n) {\n  return 2 * n;\n}\n",
    "src/gearsbook_site/__init__.py": "",
    "src/gearsbook_site/mount.js": "document.title;\n",
    "tests/figures/example_figure/doubling/view.js": "export default 1;\n",
    "tests/test_it.py": "",
    "tools/site/build.py": "import yaml\n\nprint(yaml.safe_load(\"1\"))\n",
    "tools/site/pdf.js": "function fit() {}\n",
    "deploy/start.py": "",
    "notebooks/a.py": "",
    "requirements.in": "pyyaml\n",
    "requirements-book.in": "pyyaml\n",
    **{f"{room}/helper.py": "" for room in lint.ROOMS},
}  # fmt: skip
CONFIGURATIONS = (
    "pyproject.toml", "biome.jsonc", "tsconfig.json", "src/gearsbook/explorables/tsconfig.json",
    "tools/deptry.toml",
)  # fmt: skip
# gate, the file that is made wrong, what it holds then, and a word that the gate must say
DEFECTS = [
    ("style of Python", "tools/site/build.py", "import os\n", "F401"),
    ("style of Python", "tools/site/build.py", "import fcntl\n\nfcntl.flock(0, 2)\n", "TID251"),
    ("style of Python", "src/gearsbook/__init__.py", "import os\n\nos.fork()\n", "TID251"),
    ("format of Python", "tools/site/build.py", "print( 1 )\n", "build.py"),
    ("types of Python", "tools/site/build.py", "def twice(n):\n    return n\n", "no-untyped-def"),
    ("style and format of JavaScript", "tools/site/pdf.js", "function fit( ) {}\n", "format"),
    ("style and format of JavaScript", "tools/site/pdf.js", "let a = 1;\nif (a == 1) a = 2;\n",
     "noDoubleEquals"),
    ("style and format of JavaScript", "src/gearsbook/explorables/a_figure/view.js",
     "function unused() {}\n\nexport default 1;\n", "noUnusedVariables"),
    ("types of JavaScript", "tools/site/pdf.js", "/** @type {number} */\nlet a = 1;\na = \"b\";\n",
     "TS2322"),
    ("types of JavaScript", "src/gearsbook/explorables/parts/a.js",
     "export function twice(n) {\n  return 2 * n;\n}\n", "TS7006"),
    ("types of figures", "src/gearsbook/explorables/a_figure/view.js",
     'import { twice } from "../parts/a.js";\n\nexport default twice("1");\n', "TS2345"),
    ("dependencies of gearsbook", "src/gearsbook/__init__.py", "import yaml, requests\n",
     "requests"),
    ("dependencies of everything", "tests/test_it.py", "import psutil\n", "psutil"),
    ("dependencies of everything", "requirements.in", "pyyaml\npsutil\n", "psutil"),
    ("dependencies of the build", "src/gearsbook_site/__init__.py", "import docutils\n",
     "docutils"),
]  # fmt: skip


@pytest.fixture
def tree(tmp_path):
    node.CHECKERS.install()
    for path, text in TREE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    for path in CONFIGURATIONS:
        shutil.copy(ROOT / path, tmp_path / path)
    project = tmp_path / "pyproject.toml"
    names = re.compile(r"^dependencies = \[[^]]*\]", re.M)
    project.write_text(names.sub('dependencies = ["pyyaml"]', project.read_text("utf-8")), "utf-8")
    return tmp_path


def test_a_tree_without_defects_passes_every_gate(tree):
    assert dict(lint.failures(tree)) == {}


def test_every_gate_has_a_defect_that_it_finds():
    assert {gate for gate, *_ in DEFECTS} == set(lint.GATES)


@pytest.mark.parametrize(("gate", "file", "text", "word"), DEFECTS)
def test_a_defect_is_found_and_named(tree, gate, file, text, word):
    (tree / file).write_text(text, "utf-8")
    failed = dict(lint.failures(tree, [gate]))
    assert word in failed[gate]


def test_formats_are_mended_when_asked_to(tree):
    for path, text in (
        ("tools/site/build.py", "import os\nprint( 1 )\n"),
        ("tools/site/pdf.js", "function fit( ){}"),
    ):
        (tree / path).write_text(text, "utf-8")
    lint.fix(tree)
    assert (tree / "tools/site/build.py").read_text("utf-8") == "print(1)\n"
    assert (tree / "tools/site/pdf.js").read_text("utf-8") == "function fit() {}\n"


def test_what_failed_is_named_at_the_end_and_the_exit_code_says_so(monkeypatch, capsys):
    monkeypatch.setattr(lint, "failures", lambda: [("types of Python", "a.py:1: error")])
    with pytest.raises(SystemExit, match="Not as it should be: types of Python"):
        lint.main([])
    assert "---- types of Python\na.py:1: error" in capsys.readouterr().out


def test_the_checkers_of_javascript_are_locked_with_hashes_and_without_a_registry():
    lock = json.loads((node.CHECKERS.sources / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
        assert "hasInstallScript" not in entry, name  # and would not be run
    wanted = json.loads((node.CHECKERS.sources / "package.json").read_text("utf-8"))
    assert lock["packages"][""]["devDependencies"] == wanted["devDependencies"]


def unused_exports(modules: dict[str, str], tests: str) -> list[str]:
    """What a module exports and no other module imports and no test names."""
    unused = []
    for name, text in modules.items():
        others = "".join(other for path, other in modules.items() if path != name)
        imported = re.findall(r"\w+", "".join(re.findall(r"import \{([^}]*)\} from", others)))
        named = {*imported, *re.findall(r"\w+", tests)}
        exported = re.findall(
            r"^export (?:const|let|class|(?:async )?function\*?) (\w+)", text, re.M
        )
        unused += [f"{name}: {export}" for export in exported if export not in named]
    return unused


def test_what_a_figure_exports_somebody_takes():
    modules = {
        path.relative_to(EXPLORABLES).as_posix(): path.read_text("utf-8")
        for path in EXPLORABLES.rglob("*.js")
    }
    takers = (*(ROOT / "tests").rglob("*.py"), *EXPLORABLES.rglob("*.py"))
    assert unused_exports(modules, "".join(path.read_text("utf-8") for path in takers)) == []


def test_an_export_that_nobody_takes_is_found():
    modules = {
        "a.js": "export const taken = 1;\nexport function* tested() {}\nexport class Lost {}\n",
        "b.js": 'import {\n  taken,\n} from "./a.js";\nexport default taken;\n',
    }
    assert unused_exports(modules, "compute('a', 'tested')") == ["a.js: Lost"]


READS_A_CANVAS = re.compile(r"\b(?:getImageData|toDataURL|toBlob|convertToBlob|readPixels)\b")


def test_no_figure_reads_a_canvas():
    """Browsers that protect their users give noise instead: a figure draws from its data."""
    modules = [*EXPLORABLES.rglob("*.js"), *(ROOT / "src" / "gearsbook_site").glob("[!k]*.js")]
    assert [path for path in modules if READS_A_CANVAS.search(path.read_text("utf-8"))] == []
    assert READS_A_CANVAS.search("const copy = pen.getImageData(0, 0, 1, 1);")


def only_posix(text: str) -> list[str]:
    """The lines that look for a program where no Windows has it."""
    place = re.compile(r"\bbin\W{1,5}(?:python|pip|uv|jupyter)")
    return [line for line in text.splitlines() if place.search(line) and "Scripts" not in line]


def test_what_runs_everywhere_names_no_folder_of_posix_alone():
    sources = [path for top in ("tools", "src") for path in (ROOT / top).rglob("*.py")]
    found = {path.name: only_posix(path.read_text("utf-8")) for path in sources}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert only_posix('VENV / "bin" / "python"\nVENV / "Scripts" if nt else VENV / "bin"\n')
    assert only_posix('run(".venv/bin/jupyter")')


def untyped_exports(text: str) -> list[str]:
    """The functions that a module exports with a parameter, but without its type."""
    exported = re.compile(
        r"((?:^/\*\*(?:(?!\*/).)*\*/\n)?)^export (?:async )?function\*? (\w+)\((?!\))", re.M | re.S
    )
    return [name for documentation, name in exported.findall(text) if "@param" not in documentation]


def test_exported_functions_say_the_types_of_their_parameters():
    assert in_modules(untyped_exports, "**/*.js") == {}


def test_an_exported_function_without_types_is_found():
    typed = "/** @param {number} n */\nexport function twice(n) {}\nexport function none() {}\n"
    assert untyped_exports(typed) == []
    assert untyped_exports(typed + "/** Half. */\nexport function half(n) {}\n") == ["half"]


def too_long(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line) > 120]


def listens(text: str) -> list[str]:
    """Where a figure's own module listens to keys or pointers."""
    kinds = re.compile(r"""addEventListener\(\s*["'](?:key|pointer|mouse|touch)\w+""")
    return kinds.findall(text)


def in_modules(check: Callable[[str], list[str]], pattern: str) -> dict[str, list[str]]:
    """What a check finds in modules, by their names."""
    found = {
        path.relative_to(EXPLORABLES).as_posix(): check(path.read_text("utf-8"))
        for path in EXPLORABLES.glob(pattern)
    }
    return {name: lines for name, lines in found.items() if lines}


def test_figures_leave_keys_and_pointers_to_the_parts_and_have_no_long_lines():
    assert in_modules(too_long, "*/*.js") == {}
    assert in_modules(listens, "*/view.js") == {}


def test_a_figure_that_listens_to_keys_itself_or_has_a_long_line_is_found():
    line = f"// {'x' * 118}"
    assert too_long(f"a;\n{line}\nb;") == [line]
    assert listens("pad.addEventListener(\n  'keydown', move);") != []
    assert listens('field.addEventListener("blur", show);') == []
