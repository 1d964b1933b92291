"""The closed list of rules."""

from analysis.cleaning.problems.rules import ALIASES, RULES, problem


def test_every_rule_has_severity_deed_and_remedy():
    assert all(text.done and text.remedy for text in RULES.values())


def test_texts_are_fixed_so_that_catalogues_can_translate_them():
    assert not [text for text in RULES.values() if "{" in text.done + text.remedy]


def test_codes_of_before_stay_valid_and_mean_the_code_that_is_kept():
    assert not set(ALIASES) & set(RULES)
    assert {problem(code, "a.csv").rule for code in ALIASES} <= set(RULES)
