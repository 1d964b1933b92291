"""Real form exports reproduce the values that R printed for them; skipped where they are not at hand."""

import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.stats.codes import Effect, SamplingUnit
from analysis.stats.gain import individual_gains
from analysis.stats.matching import match_ids, pair_scores
from analysis.stats.paired import mean_change
from analysis.stats.paired_effects import standardised_change
from analysis.stats.signflip import ordinary_wilcoxon_p, signed_ranks
from analysis.stats.synthesis import synthesise

MAXIMUM = 29


def _folder() -> Path | None:
    named = os.environ.get("DAMPAK_FORMS_2017")
    parents = Path(__file__).resolve().parents
    places = [Path(named)] if named else [parent / "shared" / "data" / "forms_2017" for parent in parents]
    return next((place for place in places if place.is_dir()), None)


FOLDER = _folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="the forms of 2017 are not beside this checkout")


def _read(test: str) -> pd.DataFrame:
    """Return one row per form: class, name and number as compared, points; the all-blank row is one of the 153."""
    frames = []
    for path in sorted(FOLDER.glob(f"Soal {test} Test *.csv")):
        raw = pd.read_csv(path, dtype=str, usecols=[0, 1, 2, 3], header=0, names=["time", "score", "name", "number"])
        raw["class_id"] = re.search(r"Test (.+)\.csv", path.name)[1]
        frames.append(raw)
    forms = pd.concat(frames, ignore_index=True)
    forms["points"] = forms["score"].str.split("/").str[0].astype(float)
    forms["number"] = forms["number"].fillna("").str.replace(r"\D", "", regex=True)
    forms["name"] = forms["name"].fillna("").str.lower().str.replace(r"[^a-z]", "", regex=True)
    return forms


def _by_student(forms: pd.DataFrame, numbers: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Return the last attempt of each typed number; a blank number is looked up by name in the class.

    Where the number found so was typed by another name as well, that is another person who mistyped it.
    """
    repeats = (forms["number"] != "") & forms["number"].duplicated(keep="last")
    forms = forms[~repeats].copy()
    keys = zip(forms["class_id"], forms["name"], strict=True)
    found = [numbers.get(key, f"without number: {key}") for key in keys]
    forms["student"] = forms["number"].where(forms["number"] != "", pd.Series(found, index=forms.index))
    is_mistyped = forms["student"].duplicated(keep=False) & (forms["number"] != "")
    forms.loc[is_mistyped, "student"] = "mistyped: " + forms["student"]
    return forms.set_index("student")


@pytest.fixture(scope="module")
def forms():
    pre, post = _read("Pre"), _read("Post")
    numbered = pd.concat([pre, post]).query("number != '' and name != ''")
    numbers = dict(zip(zip(numbered["class_id"], numbered["name"], strict=True), numbered["number"], strict=True))
    return _by_student(pre, numbers), _by_student(post, numbers)


@pytest.fixture(scope="module")
def pairs(forms):
    pre, post = forms
    both = list(match_ids(list(pre.index), list(post.index)).both)
    return pair_scores(pre.loc[both, "points"], post.loc[both, "points"], classes=pre.loc[both, "class_id"])


def test_people_and_pairs(forms):
    pre, post = forms
    ids = match_ids(list(pre.index), list(post.index))
    assert (len(ids.both), len(ids.pre_only), len(ids.post_only)) == (115, 21, 17)


def test_paired_t(pairs):
    change = mean_change(pairs, unit=SamplingUnit.PERSON)
    assert change.statistic == pytest.approx(11.98052, abs=5e-6)
    assert change.p_value == pytest.approx(6.6475e-22, rel=1e-4)
    assert (change.estimate, change.estimate_low, change.estimate_high) == pytest.approx(
        (4.452174, 3.716002, 5.188346), abs=5e-7
    )
    effect = standardised_change(pairs, Effect.D_Z, unit=SamplingUnit.PERSON)
    assert effect.effect == pytest.approx(1.117190, abs=5e-7)


def test_wilcoxon_and_gain(pairs):
    ranks = signed_ranks(pairs.change)
    assert ranks[ranks > 0].sum() == 5758
    assert ordinary_wilcoxon_p(pairs.change) == pytest.approx(6.4377e-17, rel=1e-4)
    assert np.nanmean(individual_gains(pairs, MAXIMUM)) == pytest.approx(0.3017147, abs=5e-8)


def test_the_classes_differ(pairs):
    by_class = [pairs.change[pairs.classes == label] for label in range(7)]
    h, p_value = stats.kruskal(*by_class)
    assert (h, p_value) == (pytest.approx(32.13982, abs=5e-6), pytest.approx(1.53407e-5, rel=1e-5))
    assert mean_change(pairs).clusters == 7


def test_the_synthesis_of_the_class_gains(pairs):
    by_class = [pairs.change[pairs.classes == label] for label in range(7)]
    errors = [change.std(ddof=1) / np.sqrt(change.size) for change in by_class]
    pooled = synthesise([change.mean() for change in by_class], errors)
    assert (pooled.estimate, pooled.tau2) == pytest.approx((4.550518, 3.779142), abs=5e-6)
    assert pooled.i2 == pytest.approx(0.84518, abs=5e-6)


def test_a_missing_test_written_as_zero_gives_the_wrong_answer(forms):
    pre, post = forms
    everyone = sorted(set(pre.index) | set(post.index))
    wrong = pair_scores(pre["points"].reindex(everyone).fillna(0), post["points"].reindex(everyone).fillna(0))
    assert mean_change(wrong, unit=SamplingUnit.PERSON).statistic == pytest.approx(4.7465, abs=5e-5)
