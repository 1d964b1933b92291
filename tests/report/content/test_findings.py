"""Which recommendations are made, and which works stand behind the methods that ran."""

from __future__ import annotations

import pandas as pd
import pytest
from analysis.report.content.findings import (
    RULES,
    Addressee,
    Advice,
    Evidence,
    Finding,
    findings,
    recommendations,
)

from analysis.report.claims.rendering import TEMPLATES
from analysis.words.catalogue import catalogue, languages
from report.study_questions import results_of


def evidence(results: pd.DataFrame, **known: object) -> Evidence:
    given = {"alpha": 0.05, "file_errors": 0, "statements": 0, "has_attendance": True, **known}
    return Evidence(results=results, **given)  # type: ignore[arg-type]


def advised(results: pd.DataFrame, **known: object) -> list[str]:
    return [str(rule.advice) for rule in recommendations(evidence(results, **known))]


def test_a_contradicted_percentage_is_to_be_corrected(gorontalo, lampung):
    assert "correct_percent" in advised(results_of(gorontalo))
    assert "correct_percent" not in advised(results_of(lampung))


def test_no_recommendation_rests_on_differences_of_published_means(lampung):
    """They are undetermined with the class as the unit, whatever they are with people as units."""
    results = results_of(lampung)
    without = results[~results["analysis"].isin(["published.total", "published.aspects", "published.pairs"])]
    assert advised(results) == advised(without)


def difference(p_adjusted: float | None, method: str = "welch_t_class_means") -> pd.DataFrame:
    row = {
        "analysis": "reaction.aspects",
        "subject": "total",
        "contrast": "7-5",
        "estimate_name": "mean_difference",
        "estimate": 0.9,
        "p_value": 0.001,
        "p_adjusted": p_adjusted,
        "assumes": None,
        "method": method,
        "status": "estimated",
        "reason": None,
    }
    return pd.DataFrame([row])


def test_batches_are_looked_into_only_after_adjustment_with_the_class_as_unit():
    assert "compare_batches" in advised(difference(0.01))
    assert "compare_batches" not in advised(difference(0.20))
    assert "compare_batches" not in advised(difference(None))
    assert "compare_batches" not in advised(difference(0.01, method="welch_t_persons"))


def test_the_missing_comparison_group_keeps_its_place_among_five():
    many = advised(difference(0.01), file_errors=3, has_attendance=False)
    assert len(many) == 5
    assert many[-1] == "plan_comparison"


def test_every_advice_has_one_rule():
    assert [rule.advice for rule in RULES] == list(Advice)


def test_a_comparison_group_is_a_finding_only_where_it_gave_a_result():
    compared = {
        "analysis": "learning.comparison",
        "subject": "group",
        "estimate_name": "difference_in_change",
        "method": "class_jackknife_within_groups_satterthwaite",
        "status": "estimated",
    }
    row = difference(None).iloc[[0]].assign(**compared)
    assert "comparison" in findings(evidence(row))
    assert "comparison" not in findings(evidence(row.assign(status="suppressed")))
    assert "comparison" not in findings(evidence(difference(0.01)))


@pytest.mark.parametrize("language", languages())
def test_every_finding_and_every_recommendation_has_words(language):
    summary = (TEMPLATES / language / "summary.md.j2").read_text("utf-8")
    assert [finding for finding in Finding if f'finding == "{finding}"' not in summary] == []
    advised = (TEMPLATES / language / "recommendations.md.j2").read_text("utf-8")
    assert [advice for advice in Advice if f'advice == "{advice}"' not in advised] == []


@pytest.mark.parametrize("language", languages())
def test_every_addressee_has_words(language):
    assert [addressee for addressee in Addressee if not catalogue(language).has(addressee, "addressee")] == []
