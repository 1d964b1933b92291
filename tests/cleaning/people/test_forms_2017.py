"""Real form exports with reference values computed in R; skipped where they are not at hand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from scipy import stats

from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.process import read_file
from analysis.study.province import AttemptRule
from tests.cleaning.participants.workbooks_by_code import KEY, make_context

REPOSITORY = Path(__file__).resolve().parents[3]


def _folder() -> Path | None:
    named = os.environ.get("DAMPAK_FORMS_2017")
    beside = [parent / "shared" / "data" / "forms_2017" for parent in REPOSITORY.parents[:2]]
    return next((path for path in ([Path(named)] if named else beside) if path.is_dir()), None)


@pytest.fixture(scope="module")
def cleaning(tmp_path_factory):
    folder = _folder()
    if folder is None:
        pytest.skip("the form exports of 2017 are not at hand (set DAMPAK_FORMS_2017 to their folder)")
    raw = tmp_path_factory.mktemp("raw") / "tes"
    raw.mkdir()
    for path in sorted(folder.glob("*.csv")):
        shutil.copy(path, raw)
    sheets = [sheet for path in sorted(raw.glob("*.csv")) for sheet in read_file(path, f"tes/{path.name}").sheets]
    attempts = AttemptRule(pretest="last", posttest="last")
    return clean_participants(sheets, make_context(test_maximum=29.0, year=2017), key=KEY, attempts=attempts)


def test_pairs_agree_with_the_reference(cleaning):
    scores = cleaning.tables["scores"]
    pre, post = scores["pre_points"].notna(), scores["post_points"].notna()
    assert len(scores) == 153
    assert ((pre & post).sum(), (pre & ~post).sum(), (post & ~pre).sum()) == (115, 21, 17)


def test_the_change_agrees_with_the_reference(cleaning):
    paired = cleaning.tables["scores"].dropna()
    test = stats.ttest_rel(paired["post_points"], paired["pre_points"])
    assert test.statistic == pytest.approx(11.98052, abs=5e-6)
    assert (paired["post_points"] - paired["pre_points"]).mean() == pytest.approx(4.452174, abs=5e-7)


def test_every_row_is_accounted_for_and_repeats_are_told(cleaning):
    assert sum(account.rows_in - account.dropped["header"] for account in cleaning.accounts) == 290
    repeated = [problem for problem in cleaning.problems if problem.rule == "attempt_repeated"]
    assert len(repeated) == sum(account.dropped.get("attempt_repeated", 0) for account in cleaning.accounts)
    assert sum(problem.file.endswith("Pre Test MI.csv") for problem in repeated) == 20
