"""Which notebook is for which data, and where a province of the other kind is sent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.notebook.kinds import FOR_A_PROVINCE, NEEDS, DataKind, counterpart, is_for, place_in_results

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def test_the_notebooks_for_a_province_are_those_that_are_shipped():
    shipped = {path.stem for path in NOTEBOOKS.glob("*.ipynb")}
    assert shipped == {*FOR_A_PROVINCE, "05_national"}


@pytest.mark.parametrize("title", NEEDS)
def test_a_notebook_is_for_those_who_have_its_data_and_the_other_takes_the_rest(title):
    (other,) = (each for each in NEEDS if each != title and each[:2] == title[:2])
    assert is_for(title, {NEEDS[title]})
    assert not is_for(title, set(DataKind) - {NEEDS[title]})
    assert counterpart(title, set(DataKind)) == other
    assert counterpart(title, set(DataKind) - {NEEDS[other]}) is None


def test_every_other_notebook_is_for_everybody():
    assert all(is_for(title, ()) for title in ("00_start", "01_clean", "04_impact", "07_my_own"))


def test_rows_of_results_keep_their_order_whatever_the_files_are_called():
    mixed = ["04_impact", "02_mine", "03_prepost_averages", "02_batches_answers", "03_prepost_scores", "01_clean"]
    assert sorted([*mixed, "02_batches_averages"], key=place_in_results) == [
        "01_clean",
        "02_batches_averages",
        "02_batches_answers",
        "02_mine",
        "03_prepost_scores",
        "03_prepost_averages",
        "04_impact",
    ]


def test_a_run_learns_what_notebooks_need_without_pandas():
    program = "import sys, analysis.notebook.kinds, analysis.pipeline.deciding.choice; print('pandas' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "False"
