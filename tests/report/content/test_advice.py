"""Which recommendations are made, to whom, and how many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.evaluation.findings import Addressee, Advice, Answer, Finding, Grade, Place, Question, Topic, findings
from analysis.evaluation.subject import Subject
from analysis.report.content.advice import MOST_RECOMMENDATIONS, recommendations
from analysis.words.catalogue import catalogue, languages
from report.study_questions import results_of


def lacking(advice: Advice, topic: Topic = Topic.ATTENDANCE) -> Finding:
    return Finding(
        topic=topic, question=Question.DELIVERY, subject=Subject.of("all"), contrast=None, verdict=Answer.ABSENT,
        place=Place.ANNEX, grade=Grade.NOTHING, addressee=Addressee.PROVINCE, recommendation=advice,
    )  # fmt: skip


def advised(study) -> list[str]:
    return [str(one.advice) for one in recommendations(findings(study, results_of(study)))]


def test_a_contradicted_percentage_is_to_be_corrected(gorontalo, lampung):
    assert "correct_percent" in advised(gorontalo)
    assert "correct_percent" not in advised(lampung)


def test_no_recommendation_rests_on_undetermined_differences_of_published_means(lampung):
    found = findings(lampung, results_of(lampung))
    assert {one.verdict for one in found if one.topic is Topic.REACTION_TOTAL} == {Answer.UNDETERMINED}
    assert "compare_batches" not in advised(lampung)


def test_batches_are_looked_into_where_a_difference_was_found(lampung):
    total = next(one for one in findings(lampung, results_of(lampung)) if one.topic is Topic.REACTION_TOTAL)
    found = replace(total, verdict=Answer.DIFFERS_UP, recommendation=Advice.COMPARE_BATCHES)
    (made,) = recommendations([found])
    assert (made.advice, made.section) == (Advice.COMPARE_BATCHES, "skor-total")


def test_the_most_urgent_come_first_each_once_and_the_comparison_group_keeps_its_place_among_five():
    many = [lacking(advice) for advice in reversed(Advice)] * 2
    made = recommendations(many)
    assert len(made) == MOST_RECOMMENDATIONS
    assert [one.advice for one in made] == [*list(Advice)[:4], Advice.PLAN_COMPARISON]
    assert recommendations([]) == ()


@pytest.mark.parametrize("advice", list(Advice))
def test_every_advice_names_the_section_that_shows_why(advice):
    (made,) = recommendations([lacking(advice)])
    assert made.section
    assert made.addressee is Addressee.PROVINCE


@pytest.mark.parametrize("language", languages())
def test_every_addressee_has_words(language):
    assert [addressee for addressee in Addressee if not catalogue(language).has(addressee, "addressee")] == []
