"""The flake hunt finds one."""

from nbformat.v4 import new_code_cell, new_notebook, new_output

from tools import notebooks
from tools.notebooks import flakes


def test_a_cell_that_does_not_repeat_is_named_with_its_run(tmp_path, capsys):
    stored = [new_output("stream", name="stdout", text="1\n")]
    cells = [
        new_code_cell("print(1)", id="repeats", outputs=stored, execution_count=1),
        new_code_cell("print(2)", id="differs", outputs=stored, execution_count=2),
    ]
    kernel = notebooks.read(notebooks.all_notebooks("en")[0]).metadata.kernelspec
    path = tmp_path / "page.ipynb"
    notebooks.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    assert flakes.main(1, [str(path)]) == 1
    said = capsys.readouterr().out
    assert "run 1, one thread" in said
    assert "page.ipynb::Cell 1" in said
    assert "page.ipynb::Cell 0" not in said
