"""Storing the notebooks' outputs: complete, without what changes from run to run, never half."""

import nbformat
import pytest

from update_notebooks import LARGEST_BYTES, main

new_code_cell = nbformat.v4.new_code_cell


def write(path, *sources):
    cells = [new_code_cell(source, metadata={"tags": ["kept"], "collapsed": True}) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"widgets": {}}), path)


def test_outputs_are_stored_without_volatile_metadata(tmp_path):
    path = tmp_path / "small.ipynb"
    write(path, "import os\nprint(os.path.basename(os.getcwd()))")
    assert main([str(path)]) == 0
    (cell,) = nbformat.read(path, as_version=4).cells
    assert cell.outputs[0].text == f"{tmp_path.name}\n"
    assert cell.metadata == {"tags": ["kept"]}
    stored = nbformat.read(path, as_version=4).metadata
    assert stored["language_info"] == {"name": "python"}
    assert set(stored) == {"kernelspec", "language_info"}


@pytest.mark.parametrize(
    ("source", "message"),
    [("raise ValueError('no such batch')", "no such batch"), (f"print('x' * {LARGEST_BYTES})", "more than 400,000")],
)
def test_a_notebook_that_fails_or_grows_too_large_stays_as_it_was(tmp_path, capsys, source, message):
    path = tmp_path / "refused.ipynb"
    write(path, source)
    before = path.read_bytes()
    assert main([str(path)]) == 1
    assert path.read_bytes() == before
    assert message in capsys.readouterr().out
    assert [entry.name for entry in tmp_path.iterdir()] == ["refused.ipynb"]
