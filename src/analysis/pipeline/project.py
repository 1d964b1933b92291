"""``dampak init``: an empty project folder with the notebooks."""

from __future__ import annotations

import shutil
from pathlib import Path

from analysis.errors import OutputError
from analysis.pipeline.command import shipped_notebooks


def new_project(folder: Path) -> list[Path]:
    """Make a folder with ``data/raw`` and a copy of the shipped notebooks; return the notebooks.

    Raises ``OutputError`` if the folder holds something already or cannot be written.
    """
    source = shipped_notebooks()
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(f"{folder} is not empty. Name a new folder.")
        (folder / "data" / "raw").mkdir(parents=True)
        (folder / "notebooks").mkdir()
        return [
            Path(shutil.copyfile(path, folder / "notebooks" / path.name)) for path in sorted(source.glob("*.ipynb"))
        ]
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror or error}). Name another folder.") from error
