"""The key makes codes of people and villages; no result depends on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.evaluation import delivery, learning, reaction
from analysis.evaluation.behaviour.followup import behaviour
from analysis.evaluation.behaviour.link import link
from analysis.evaluation.data import StudyData
from analysis.report.content.opening import open_study
from analysis.study.settings import Settings

RAW = Path(__file__).parents[2] / "data" / "raw"
QUESTIONS = [
    *(getattr(learning, name) for name in learning.__all__),
    *(getattr(reaction, name) for name in reaction.__all__),
    delivery.delivery,
    behaviour,
    link,
]


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> tuple[StudyData, StudyData]:
    made = []
    for key in ("11" * 32, "e7" * 32):
        root = tmp_path_factory.mktemp("key")
        shutil.copytree(RAW / "contoh", root / "contoh", ignore=shutil.ignore_patterns("keputusan.xlsx"))
        (root / "contoh" / "kunci.txt").write_text(key)
        made.append(open_study(root / "contoh", root / "processed", Settings(resamples=199))[0])
    return made[0], made[1]


def test_tables_differ_in_nothing_but_codes(studies):
    one, other = studies
    assert set(one.tables) == set(other.tables)
    pd.testing.assert_frame_equal(one.problems, other.problems)
    for name, table in one.tables.items():
        codes = [column for column in ("participant_id", "village") if column in table]
        pd.testing.assert_frame_equal(table.drop(columns=codes), other.tables[name].drop(columns=codes))
    assert not set(one.tables["participants"]["participant_id"]) & set(other.tables["participants"]["participant_id"])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_results_are_identical_under_two_keys(studies, question):
    one, other = (question(study).results for study in studies)
    assert len(one)
    pd.testing.assert_frame_equal(one, other, check_exact=True)
