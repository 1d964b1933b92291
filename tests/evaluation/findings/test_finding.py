"""The table of findings: the columns of the contract, codes alone."""

from __future__ import annotations

from analysis.evaluation.findings import FINDING_COLUMNS, Answer, Place, Topic, findings, findings_frame
from analysis.evaluation.findings.finding import key_of
from analysis.evaluation.findings.study import answers
from analysis.evaluation.outcome import rows_of

COLUMNS = (
    "finding question subject contrast verdict place estimate estimate_low estimate_high unit p_adjusted "
    "smallest_detectable n sampling_unit conditions grade settled_by addressee recommendation rows"
)


def test_the_columns_are_those_of_the_contract(gorontalo):
    frame = findings_frame(findings(gorontalo))
    assert list(frame.columns) == COLUMNS.split() == list(FINDING_COLUMNS)
    assert frame["finding"].is_unique
    assert set(frame["verdict"]) <= {str(answer) for answer in Answer}
    assert set(frame["place"]) <= {str(place) for place in Place}
    change = frame.set_index("finding").loc["learning_change/all/post-pre"]
    assert (change["verdict"], change["place"]) == ("rose", "headline")
    assert "correlation within classes at most 0.14" in change["conditions"]
    assert change["rows"].startswith("published.change all post-pre mean_change paired_t_bounds")
    assert change["recommendation"] == "publish_pairs"


def test_an_empty_study_has_findings_that_say_so(empty):
    found = findings(empty)
    assert {one.verdict for one in found if one.topic is not Topic.STATEMENTS} == {Answer.ABSENT}
    assert all(one.place is Place.ANNEX for one in found if one.topic is not Topic.STATEMENTS)


def test_every_finding_rests_on_rows_that_exist(lampung):
    results = answers(lampung)
    keys = {key_of(row) for row in rows_of(results)}
    assert all(set(one.rows) <= keys for one in findings(lampung, results))


def test_headlines_come_first(gorontalo):
    places = [list(Place).index(one.place) for one in findings(gorontalo)]
    assert places == sorted(places)
