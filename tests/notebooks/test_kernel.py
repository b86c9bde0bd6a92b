"""What a reader meets in a kernel: other cells, another order, settings of their own."""

from gearsbook import kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
import pytest


def outputs(*sources: str, **environment: str):
    """What cells put out in a kernel of their own."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, allow_errors=True).execute()
    return [cell.outputs for cell in notebook.cells]


@pytest.mark.parametrize("edition", ["en", "zh"])
def test_an_assertion_that_fails_says_what_to_do(edition):
    use = f"from gearsbook import language\nlanguage.use('{edition}')"
    _, (bare,), (own,), (other,) = outputs(
        use, "assert 1 > 2", "assert 1 > 2, 'two is more'", "1 / 0"
    )
    assert (bare.ename, bare.evalue) == ("AssertionError", kernel.FAILED[edition])
    assert "assert" in "".join(bare.traceback)
    assert own.evalue == "two is more"
    assert other.evalue == "division by zero"
