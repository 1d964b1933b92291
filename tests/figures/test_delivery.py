"""Plans carried out by each group, shares of each batch, and what is withheld."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import figures
from analysis.evaluation import behaviour, delivery
from evaluation.learners import participants, study

EVERYBODY = participants()


def test_plans_of_each_group_are_drawn_and_few_plans_are_withheld(words):
    kinds = ["antar_desa"] * 40 + ["pihak_ketiga"] * 30 + ["lainnya"] * 2
    plans = pd.DataFrame(
        {
            "participant_id": EVERYBODY["participant_id"][:72],
            "plan_kind": kinds,
            "status": (["done", "planned"] * 36),
        }
    )
    results = behaviour.behaviour(study({"participants": EVERYBODY, "followup": plans})).results
    ax = figures.followup_shares(results, words=words)
    marks = {y: x for line in ax.lines if line.get_marker() == "o" for x, y in line.get_xydata()}
    points = [marks[y] for y in sorted(marks)]
    shares = results[(results["contrast"] == "done/plans") & results["estimate"].notna()]["estimate"]
    assert points == pytest.approx((100 * shares.astype(float)).tolist())
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert any(words.text("suppressed") in " ".join(label.split()) for label in labels)


def test_shares_of_every_batch_and_the_threshold_of_the_guide(contoh_study, words):
    results = delivery.delivery(contoh_study).results
    ax = figures.batch_shares(results, thresholds={"attended/registered": 0.9}, words=words)
    bars = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert [list(line.get_xdata()) for line in bars] == [[90.0, 90.0]]
