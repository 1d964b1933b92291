"""Executes the shipped notebooks and stores their outputs, which are the reference of the regression tests.

``python run.py regression-update [NOTEBOOK ...]`` calls it; without a name it takes every notebook in
``notebooks`` and ``tests/notebooks``. A notebook that fails, or would grow too large to be stored, is left
as it was, and the exit code says so.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[1]
LARGEST_BYTES = 400_000
SECONDS_PER_CELL = 600
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
KEPT_CELL_METADATA = ("tags",)


class NotebookRefusedError(Exception):
    """The notebook cannot be stored; the text says why."""


def execute(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Run all cells in a fresh kernel that starts in ``folder``, as JupyterLab does."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name=KERNEL["name"],
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise NotebookRefusedError(f"a cell failed:\n{error}") from error


def strip_volatile(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs from run to run or from machine to machine and says nothing about the results."""
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in KEPT_CELL_METADATA if key in cell.metadata}
        )


def store(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Replace ``path`` in one step, so that it is never half written."""
    nbformat.validate(notebook)
    content = (nbformat.writes(notebook).rstrip("\n") + "\n").encode("utf-8")
    if len(content) > LARGEST_BYTES:
        raise NotebookRefusedError(
            f"it would have {len(content):,} bytes, more than {LARGEST_BYTES:,}: show fewer or smaller figures"
        )
    part = path.with_suffix(".part")
    part.write_bytes(content)
    os.replace(part, path)


def update(path: Path) -> None:
    """Execute one notebook and store it with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    execute(notebook, path.parent)
    strip_volatile(notebook)
    store(notebook, path)


def main(names: list[str]) -> int:
    """Update the named notebooks (none: all) and return the exit code."""
    folders = (ROOT / "notebooks", ROOT / "tests" / "notebooks")
    paths = [Path(name).resolve() for name in names] or sorted(p for f in folders for p in f.glob("*.ipynb"))
    refused = 0
    for path in paths:
        try:
            update(path)
        except NotebookRefusedError as error:
            refused += 1
            print(f"{path.name}: left as it was, {error}", flush=True)
        else:
            print(f"{path.name}: stored, {path.stat().st_size:,} bytes", flush=True)
    return 1 if refused or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
