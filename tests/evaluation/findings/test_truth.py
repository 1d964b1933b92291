"""Sixty planted worlds get the verdicts that they must get, and no false one.

The verdicts are exact: of the change, of each pair of batches (the widest first), of the comparison with the untrained.
Some are false alarms (``null`` and ``mixed batches`` with seed 3, which share their answers; ``comparison group`` with
seed 2): the level allows them, and ``docs/null_worlds.md`` measures how often.
"""

from __future__ import annotations

import pytest

from analysis.evaluation.findings import FOUND, Answer, Place, Topic
from evaluation.findings.planted_worlds import CASES, SEEDS, WORLDS, findings_of, root_verdicts, study_of

VERDICTS = {
    "null": (
        "not_found not_found not_found not_found",
        "not_found not_found not_found not_found",
        "equivalent differs_up not_found not_found",
        "not_found not_found not_found not_found",
    ),
    "rise": (
        "rose differs_up differs_up differs_up",
        "rose not_found not_found not_found",
        "rose differs_up differs_up not_found",
        "rose not_found not_found not_found",
    ),
    "fall": (
        "fell differs_down differs_down not_found",
        "fell not_found not_found not_found",
        "fell not_found not_found not_found",
        "fell differs_down not_found not_found",
    ),
    "equivalence": (
        "equivalent not_found not_found not_found",
        "equivalent not_found not_found not_found",
        "equivalent not_found not_found not_found",
        "equivalent not_found not_found not_found",
    ),
    "mixed batches": (
        "not_found not_found not_found not_found",
        "not_found not_found not_found not_found",
        "not_found differs_up not_found not_found",
        "not_found not_found not_found not_found",
    ),
    "few classes": (
        "rose differs_up differs_up not_found",
        "rose differs_up not_found not_found",
        "rose not_found not_found not_found",
        "rose not_found not_found not_found",
    ),
    "unequal classes": (
        "rose differs_up differs_up not_found",
        "rose differs_up not_found not_found",
        "rose differs_up not_found not_found",
        "not_found differs_up differs_up not_found",  # one class dominates: few degrees of freedom remain
    ),
    "classes not recorded": (
        "rose differs_up differs_up undetermined",
        "rose differs_up undetermined undetermined",
        "rose differs_up differs_up undetermined",
        "rose undetermined undetermined not_found",
    ),
    "no classes, no gain": (
        "undetermined not_found undetermined undetermined",
        "not_found not_found not_found undetermined",
        "not_found undetermined undetermined undetermined",
        "undetermined undetermined not_found undetermined",
    ),
    "one batch": (
        "rose",
        "rose",
        "rose",
        "rose",
    ),
    "comparison group": (
        "rose not_found not_found not_found differs_up",
        "rose differs_down not_found not_found differs_up",
        "rose not_found not_found not_found differs_up",
        "rose not_found not_found not_found differs_up",
    ),
    "averages, likeness of .05": (
        "rose differs_up differs_up differs_up",
        "rose differs_up differs_up differs_up",
        "rose differs_up differs_up differs_up",
        "rose differs_up differs_up differs_up",
    ),
    "averages, likeness of .14": (
        "undetermined undetermined undetermined undetermined",
        "undetermined undetermined undetermined undetermined",
        "undetermined undetermined undetermined undetermined",
        "undetermined undetermined undetermined undetermined",
    ),
    "tiny": (
        "not_found not_attainable",
        "not_found not_attainable",
        "not_found not_attainable",
        "not_found not_attainable",
    ),
    "large": (
        "rose differs_up differs_up differs_up",
        "rose differs_up differs_up not_found",
        "rose differs_up differs_up differs_up",
        "rose differs_up differs_up differs_up",
    ),
}


DOWN, UP = frozenset([Answer.FELL, Answer.DIFFERS_DOWN]), frozenset([Answer.ROSE, Answer.DIFFERS_UP])
ROOTS = (Topic.LEARNING_CHANGE, Topic.REACTION_TOTAL)


def test_there_are_sixty_worlds():
    assert len(CASES) == 60


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_a_planted_world_gets_its_verdicts(name, seed):
    assert root_verdicts(findings_of(name, seed)) == VERDICTS[name][SEEDS.index(seed)]


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_nothing_is_called_absent_that_is_there(name, seed):
    tables = study_of(name, seed).tables
    absent = {finding.topic for finding in findings_of(name, seed) if finding.verdict is Answer.ABSENT}
    assert (Topic.LEARNING_CHANGE in absent) is not bool({"scores", "published_scores"} & set(tables))
    assert (Topic.REACTION_MEANS in absent) is not bool({"responses", "published_means"} & set(tables))
    assert (Topic.COMPARISON_GROUP in absent) is (WORLDS[name].compared_gain is None)
    assert (Topic.ATTENDANCE in absent) is ("participants" not in tables)


def planted_sign(name: str, topic: Topic) -> int:
    """Return the planted direction of the change or of the batches, 0 where none or several are planted."""
    world = WORLDS[name]
    if topic in (Topic.REACTION_TOTAL, Topic.REACTION_ASPECT, Topic.REACTION_ITEM, Topic.REACTION_PAIR):
        return int(world.step > 0) - int(world.step < 0)
    gains = {int(gain > 0) - int(gain < 0) for gain in world.gains[: world.batches]}
    return gains.pop() if len(gains) == 1 else 0


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_no_finding_has_the_wrong_direction(name, seed):
    told = (*ROOTS, Topic.REACTION_ASPECT, Topic.REACTION_ITEM, Topic.LEARNING_GROUP, Topic.LEARNING_COMPARISON)
    for finding in findings_of(name, seed):
        sign = planted_sign(name, finding.topic) if finding.topic in told else 0
        if finding.is_found and sign:
            assert finding.verdict in (UP if sign > 0 else DOWN), finding.id


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_the_direction_of_a_finding_is_that_of_its_interval(name, seed):
    for finding in findings_of(name, seed):
        if finding.is_found and finding.topic is not Topic.REACTION_ITEM:
            assert (finding.estimate_low > 0) is (finding.verdict in UP), finding.id
            assert (finding.estimate_high < 0) is (finding.verdict in DOWN), finding.id


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_what_is_found_is_found_after_every_adjustment(name, seed):
    alpha = study_of(name, seed).settings.alpha
    for finding in findings_of(name, seed):
        assert not finding.is_found or finding.p_adjusted < alpha, finding.id
        assert (finding.place is Place.HEADLINE) is (finding.topic in ROOTS and finding.verdict in FOUND), finding.id


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_beside_every_change_that_was_not_found_stands_what_would_have_been(name, seed):
    for finding in findings_of(name, seed):
        if finding.topic in ROOTS and finding.verdict is Answer.NOT_FOUND:
            assert finding.smallest_detectable > 0, finding.id


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_findings_have_names_of_their_own_and_rows_that_exist(name, seed):
    found = findings_of(name, seed)
    assert len({finding.id for finding in found}) == len(found)
    assert all(finding.rows for finding in found if finding.verdict not in (Answer.ABSENT,) and finding.n)
