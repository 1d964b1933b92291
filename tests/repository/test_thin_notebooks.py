"""The shipped notebooks stay thin: parameters, then one or two verbs a cell, with their outputs stored."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from analysis.words.catalogue import catalogue

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
SHIPPED = sorted(FOLDER.glob("*.ipynb"))
LARGEST_BYTES = 400_000
PARAMETER_NAMES = {
    "province",
    "data_dir",
    "reports_dir",
    "batches",
    "alpha",
    "language",
    "seed",
    "resamples",
    "minimum_cell",
}
# papermill reads a parameter by a pattern that knows one "=" a line, also in the comment.
PARAMETER_LINE = re.compile(r"^(\w+): (str|int|float|bool|list\[\w+\]) = [^=#]+  # [^=]+$")
STATEMENTS_REFUSED = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.AsyncFor,
    ast.comprehension,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.Try,
    ast.With,
    ast.AsyncWith,
    ast.AugAssign,
)
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
PATH_LITERAL = re.compile(r"[/\\]|\.(csv|xlsx?|ods|parquet|toml|json|html|docx|pdf|png)$")


def faults_of_code(source: str) -> list[str]:
    """What a cell does that belongs in the package."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [f"is not plain Python ({error.msg})"]
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, STATEMENTS_REFUSED):
            faults.append(type(node).__name__)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC):
            faults.append(f"arithmetic: {ast.unparse(node)}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and PATH_LITERAL.search(node.value):
            faults.append(f"path: {node.value}")
    return faults


def faults_of_parameters(source: str) -> list[str]:
    """Lines of the parameters cell that papermill or a reader would not understand."""
    faults = []
    for line in source.splitlines():
        match = PARAMETER_LINE.match(line)
        if match is None:
            faults.append(f"not 'name: type = value  # what it is': {line}")
        elif match[1] not in PARAMETER_NAMES:
            faults.append(f"unknown parameter {match[1]}")
    return faults or ([] if source.strip() else ["no parameters"])


def faults_of_outputs(cell: nbformat.NotebookNode) -> list[str]:
    """A cell that was not executed, or failed when its outputs were stored."""
    if not cell.source.strip():
        return ["is empty"]
    faults = [f"stored error {output.ename}" for output in cell.outputs if output.output_type == "error"]
    return faults + (["was not executed"] if cell.execution_count is None else [])


def faults_of_notebook(notebook: nbformat.NotebookNode) -> list[str]:
    """Everything in which a notebook is not thin or not complete."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    faults = [] if len(tagged) == 1 else [f"{len(tagged)} cells are tagged 'parameters'"]
    for number, cell in enumerate(cells, start=1):
        found = faults_of_parameters(cell.source) if cell in tagged else faults_of_code(cell.source)
        faults += [f"code cell {number}: {fault}" for fault in found + faults_of_outputs(cell)]
    if not any(cell.outputs for cell in cells):
        faults.append("no outputs are stored")
    return faults


def empty_sections(notebook: nbformat.NotebookNode) -> list[str]:
    """The headings below which no cell shows anything but a sentence that something is absent."""
    shown: dict[str, bool] = {}
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0]
            shown[heading] = False
        elif cell.cell_type == "code" and heading:
            shown[heading] |= any(is_shown(output) for output in cell.outputs)
    return [heading for heading, is_filled in shown.items() if not is_filled]


def is_shown(output: nbformat.NotebookNode) -> bool:
    """Whether a cell shows a table or a figure that says something; the mark of the end is neither."""
    data = output.get("data", {})
    return "image/png" in data or "<td" in data.get("text/html", "")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_section_of_a_shipped_notebook_is_empty(path):
    assert empty_sections(nbformat.read(path, as_version=4)) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_cell_of_a_shipped_notebook_asks_for_rows_that_are_not_there(path):
    words = catalogue("id")
    none_chosen = words.text("none of {n} rows is about {chosen}").partition("{")[0]
    stored = path.read_text(encoding="utf-8")
    assert words.text("no rows") not in stored
    assert none_chosen not in stored


@pytest.mark.parametrize(
    "html", [[], ["<p>There are no answers.</p>"], ["<table><thead></thead><tbody></tbody></table>"]]
)
def test_a_section_that_shows_nothing_is_found(html):
    outputs = [nbformat.v4.new_output("display_data", {"text/html": text}) for text in html]
    notebook = notebook_with("show(study)", outputs=outputs)
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell("## Jawaban"))
    assert empty_sections(notebook) == ["## Jawaban"]
    notebook.cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/html": "<tr><td>1</td></tr>"})]
    assert empty_sections(notebook) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_notebook_is_thin_and_complete(path):
    assert faults_of_notebook(nbformat.read(path, as_version=4)) == []
    assert path.stat().st_size < LARGEST_BYTES


def notebook_with(code: str, **changes) -> nbformat.NotebookNode:
    """A notebook of two executed code cells, of which the second holds ``code``."""
    parameters = nbformat.v4.new_code_cell(
        'province: str = "lampung"  # folder in data/raw\nbatches: list[int] = []  # none named means all',
        metadata={"tags": ["parameters"]},
        execution_count=1,
    )
    shown = nbformat.v4.new_output("stream", text="22 indicators\n")
    code_cell = nbformat.v4.new_code_cell(code, execution_count=2, outputs=[shown])
    code_cell.update(changes)
    return nbformat.v4.new_notebook(cells=[parameters, code_cell])


def test_a_thin_notebook_is_accepted():
    code = "from analysis.notebook import begin\n\nstudy = begin(province, batches=batches)\nstudy.totals"
    assert faults_of_notebook(notebook_with(code)) == []


@pytest.mark.parametrize(
    "code",
    [
        "def helper(): ...",
        "class Helper: ...",
        "for row in rows: show(row)",
        "while True: show(1)",
        "if rows: show(rows)",
        "show([row for row in rows])",
        "show(a if b else c)",
        "try:\n    show(1)\nfinally:\n    show(2)",
        "with options: show(1)",
        "show(lambda: 1)",
        "show(post - pre)",
        "total += 1",
        'show("data/raw")',
        'show("tables.csv")',
        "%matplotlib inline",
    ],
)
def test_a_cell_that_does_the_package_s_work_is_found(code):
    assert len(faults_of_notebook(notebook_with(code))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"execution_count": None},
        {"outputs": []},
        {"outputs": [nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])]},
        {"metadata": {"tags": ["parameters"]}},
    ],
)
def test_a_notebook_without_its_outputs_is_found(changes):
    assert faults_of_notebook(notebook_with("show(study)", **changes)) != []


@pytest.mark.parametrize(
    "source",
    [
        'province = "lampung"  # no type',
        'province: str = "lampung"',
        "alpha: float = 0.05  # 0.05 means 1 - alpha = 95 %",
        "alfa: float = 0.05  # a name of its own",
        "alpha: float = 0.05 / 2  # computed = twice",
        "",
    ],
)
def test_a_parameter_that_papermill_would_not_see_is_found(source):
    assert faults_of_parameters(source) != []
