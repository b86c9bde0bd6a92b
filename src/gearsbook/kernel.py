"""What a notebook of the book asks of the kernel that it runs in."""

from types import TracebackType
from typing import Any

from gearsbook import language
import numpy as np

InteractiveShell = Any  # IPython's, which gearsbook does not need outside notebooks

# Every assertion of the book holds when the cells run once, in their order. A network that is
# trained on, or a name that two cells give, makes a later one fail, and alone it says nothing.
FAILED = {
    "en": "This does not hold here. Did a cell run twice, or before another? Then choose "
    "Run > Restart Kernel and Run All Cells.",
    "zh": "这一条在这里不成立。如果有单元格运行过两次，或者没有按顺序运行，请选择 "
    "Run > Restart Kernel and Run All Cells（重启内核并运行所有单元格）。",
}

TOO_OLD = (
    "NumPy {version} is too old, the book needs NumPy 2: run `pip install 'numpy>=2'`, then "
    "restart the kernel / NumPy 太旧，本书需要 NumPy 2：请安装，再重启内核"
)


def prepare(shell: InteractiveShell) -> None:
    """Have a cell show its last value alone, rich's HTML as text, and help when an assertion fails.

    Raises:
        ImportError: NumPy is older than 2, whose types and names the book uses.
    """
    if int(np.__version__.partition(".")[0]) < 2:
        raise ImportError(TOO_OLD.format(version=np.__version__))
    shell.ast_node_interactivity = "last_expr"  # a profile may say "all"
    shell.set_custom_exc((AssertionError,), _explain)
    # Keras shows the summary of a model by rich, whose HTML no notebook of the book stores.
    formatter = shell.display_formatter.ipython_display_formatter
    formatter.for_type_by_name("rich.jupyter", "JupyterRenderable", _show_text)


def _show_text(shown: Any) -> None:
    print(shown.text, end="")


def _explain(
    shell: InteractiveShell,
    kind: type[AssertionError],
    error: AssertionError,
    traceback: TracebackType,
    tb_offset: int | None = None,
) -> None:
    if not str(error):
        error.args = (FAILED[language.current()],)
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset, running_compiled_code=True)
