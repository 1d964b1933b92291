"""The cells of the shipped notebooks, run in this process on a study in memory."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest

import analysis.notebook
from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome
from analysis.notebook import session as sessions
from analysis.notebook.display import Screen
from analysis.notebook.folders import Folders
from analysis.notebook.kinds import is_for
from analysis.notebook.questions import kinds_of
from analysis.notebook.session import Session, account_frame

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@lru_cache
def cells_of(title: str) -> tuple[str, ...]:
    """Return the code cells of a shipped notebook."""
    cells = nbformat.read(NOTEBOOKS / f"{title}.ipynb", as_version=4).cells
    return tuple(cell.source for cell in cells if cell.cell_type == "code")


def session_of(study: StudyData, title: str) -> Session:
    """Return what ``begin`` returns for a study whose files are not there."""
    kinds = kinds_of(study)
    language = study.settings.language
    return Session(
        notebook=title,
        province=study.province.study,
        folders=Folders(Path("data"), Path("reports")),
        settings=study.settings,
        studies=(study,),
        account=account_frame([], language),
        kinds=kinds,
        screen=Screen(language, is_dark=not is_for(title, kinds)),
    )


def run_cells(study: StudyData, title: str, patch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Run a notebook on a study, and return the results that it hands to ``finish``."""
    session = session_of(study, title)
    handed: list[Outcome] = []
    patch.setattr(analysis.notebook, "begin", lambda *_, **__: session)
    patch.setattr(analysis.notebook, "finish", lambda _, *answers: handed.extend(answers))
    patch.setattr(sessions, "_begun", [session])
    names: dict[str, Any] = {}
    try:
        for number, cell in enumerate(cells_of(title)):
            exec(compile(cell, f"{title}[{number}]", "exec"), names)
    finally:
        plt.close("all")
    filled = [answer.results for answer in handed if len(answer.results)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()
