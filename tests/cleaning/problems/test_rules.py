"""The closed list of rules."""

import pytest

from analysis.cleaning.problems.rules import ALIASES, RULES, problem
from analysis.cleaning.problems.rules_of_arrivals import ARRIVALS
from analysis.cleaning.problems.rules_of_cells import CELLS
from analysis.cleaning.problems.rules_of_definitions import DEFINITIONS
from analysis.cleaning.problems.rules_of_files import FILES, TEXT_FILES
from analysis.cleaning.problems.rules_of_people import PEOPLE
from analysis.cleaning.problems.rules_of_printed import PRINTED
from analysis.cleaning.problems.rules_of_tables import TABLES


def test_every_rule_has_severity_deed_and_remedy():
    assert all(text.done and text.remedy for text in RULES.values())


def test_no_two_parts_name_the_same_rule():
    parts = (FILES, TEXT_FILES, ARRIVALS, DEFINITIONS, TABLES, CELLS, PEOPLE, PRINTED)
    assert len(RULES) == sum(len(part) for part in parts)


@pytest.mark.parametrize("rule", RULES)
def test_a_problem_carries_what_its_rule_says_and_where_it_is(rule):
    told = problem(rule, "a.xlsx", sheet="A", cell="B2", column="Nama", value="…")
    expected = RULES[rule]
    assert (told.severity, told.done, told.remedy) == (expected.severity, expected.done, expected.remedy)
    assert (told.file, told.sheet, told.cell, told.column, told.value) == ("a.xlsx", "A", "B2", "Nama", "…")


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        problem("no_such_rule", "a.xlsx")


def test_texts_are_fixed_so_that_catalogues_can_translate_them():
    assert not [text for text in RULES.values() if "{" in text.done + text.remedy]


def test_codes_of_before_stay_valid_and_mean_the_code_that_is_kept():
    assert not set(ALIASES) & set(RULES)
    assert {problem(code, "a.csv").rule for code in ALIASES} <= set(RULES)
