"""A group hidden in one table of people is hidden in all of them."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.outcome import Row, StudyIdentity, results_frame
from analysis.report.content.protection import protected
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit
from analysis.stats.result import Estimate

STUDY = StudyIdentity("contoh", "Contoh", "kerja_sama_desa", 2024, True)


def shown(analysis: str, subject: str, people: int) -> Row:
    return Row(
        analysis,
        subject,
        None,
        Estimate(
            estimate_name=EstimateName.COUNT, unit=Unit.PEOPLE, method=Method.COMPLETE_COUNT, status=Status.ESTIMATED,
            estimate=float(people), n=people,
        ),
    )  # fmt: skip


def hidden(analysis: str, subject: str, reason: Reason) -> Row:
    return Row(
        analysis,
        subject,
        None,
        Estimate(
            estimate_name=EstimateName.COUNT, unit=Unit.PEOPLE, method=Method.COMPLETE_COUNT, status=Status.SUPPRESSED,
            reason=reason,
        ),
    )  # fmt: skip


def test_what_one_analysis_hides_another_about_the_same_people_hides_too():
    results = results_frame(
        STUDY,
        [
            hidden("learning.subgroups", "role=lainnya", Reason.SMALL_CELL),
            hidden("learning.subgroups", "role=bpd", Reason.COMPLEMENTARY_SUPPRESSION),
            shown("learning.matching", "role=bpd|both", 62),
            shown("learning.matching", "role=lkd|both", 65),
            shown("delivery", "role=lainnya", 6),
            shown("learning.matching", "both", 254),
        ],
    )
    answer = protected(results)
    assert answer["status"].tolist() == ["suppressed"] * 3 + ["estimated", "suppressed", "estimated"]
    assert answer["reason"].tolist()[2] == "complementary_suppression"
    assert answer["reason"].tolist()[4] == "small_cell"
    assert answer.loc[[2, 4], ["estimate", "n"]].isna().all(axis=None)
    assert (answer.dtypes == results.dtypes).all()


def test_few_plans_of_a_regency_do_not_hide_its_people():
    results = results_frame(
        STUDY,
        [
            hidden("behaviour", "regency=Pesisir", Reason.SMALL_CELL),
            shown("learning.matching", "regency=Pesisir|both", 33),
        ],
    )
    assert protected(results)["status"].tolist() == ["suppressed", "estimated"]


def test_results_without_hidden_groups_stay_as_they_are():
    results = results_frame(STUDY, [shown("learning.matching", "role=bpd|both", 62)])
    pd.testing.assert_frame_equal(protected(results), results)
