"""A group hidden in one table of people is hidden in all of them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evaluation import delivery, learning
from analysis.evaluation.outcome import Row, StudyIdentity, results_frame
from analysis.report.content.tables import report_tables
from analysis.report.disclosure.protection import protected
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit
from analysis.stats.result import Estimate
from analysis.study.settings import Settings

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


def _hidden_by_dimension(results: pd.DataFrame) -> dict[str, dict[str, set[str]]]:
    """Return, by dimension and analysis, the groups that the analysis does not show."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in results.to_dict("records"):
        for part in str(row["subject"]).split("|"):
            name, equals, value = part.partition("=")
            if equals and name in ("role", "sex", "regency", "batch"):
                groups = found.setdefault(name, {}).setdefault(str(row["analysis"]), set())
                groups |= {value} if row["status"] == Status.SUPPRESSED else set()
    return found


@pytest.mark.parametrize("minimum", [5, 20, 60])
def test_no_total_gives_a_hidden_group_of_people_away(contoh_study, minimum):
    """The attack: all shown groups of one breakdown are taken from the total, in every analysis of the people."""
    study = replace(contoh_study, settings=Settings(minimum_cell=minimum, resamples=199))
    questions = (learning.matching, learning.subgroups, learning.alternatives, delivery.delivery)
    results = protected(pd.concat([question(study).results for question in questions], ignore_index=True))
    people = study.tables["participants"]
    hidden = _hidden_by_dimension(results)
    assert any(hidden["role"].values())
    for dimension, by_analysis in hidden.items():
        sizes = people[dimension].astype(str).value_counts()
        assert len({frozenset(groups) for groups in by_analysis.values()}) == 1, "one answer for all analyses"
        groups = next(iter(by_analysis.values()))
        assert {str(group) for group, size in sizes.items() if size < minimum} <= groups
        if groups:
            rest = int(sizes[sorted(groups)].sum())
            assert len(groups) > 1, f"{dimension}: a single hidden group is the total minus the others"
            assert rest >= minimum, f"{dimension}: the hidden groups together are only {rest}"


def test_a_small_regency_of_the_invitations_is_not_the_total_minus_the_others(lampung):
    sizes = {"A": 40, "B": 12, "C": 4}
    rows = [(regency, size // 4, size) for regency, size in sizes.items()]
    invited = pd.DataFrame(rows, columns=["regency", "villages", "people"])
    study = replace(lampung, tables={"invited": invited})
    table = report_tables(study, results_frame(STUDY, []), "id")["invited"]
    assert [row[0].value for row in table.rows if row[2].value is None] == ["B", "C"]
    assert [row[1].hidden for row in table.rows] == [False, True, True]
