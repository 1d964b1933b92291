"""Rules of participant files: each name once, each with what was done and what to do."""

from __future__ import annotations

import pytest

from analysis.cleaning.problems.participant_rules import PARTICIPANT_RULES, problem
from analysis.cleaning.problems.rules_of_cells import CELLS
from analysis.cleaning.problems.rules_of_files import FILES
from analysis.cleaning.problems.rules_of_people import PEOPLE
from analysis.cleaning.problems.rules_of_tables import TABLES


def test_no_two_parts_name_the_same_rule():
    assert len(PARTICIPANT_RULES) == len(FILES) + len(TABLES) + len(CELLS) + len(PEOPLE)


@pytest.mark.parametrize("rule", PARTICIPANT_RULES)
def test_a_problem_carries_what_its_rule_says_and_where_it_is(rule):
    told = problem(rule, "a.xlsx", sheet="A", cell="B2", column="Nama", value="…")
    expected = PARTICIPANT_RULES[rule]
    assert (told.severity, told.done, told.remedy) == (expected.severity, expected.done, expected.remedy)
    assert (told.file, told.sheet, told.cell, told.column, told.value) == ("a.xlsx", "A", "B2", "Nama", "…")
    assert told.done.endswith(".")
    assert told.remedy.endswith(".")


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        problem("no_such_rule", "a.xlsx")
