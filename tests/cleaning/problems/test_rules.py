"""The closed list of rules."""

from analysis.cleaning.problems.rules import RULES, Rule


def test_every_rule_has_severity_deed_and_remedy():
    assert set(RULES) == set(Rule)
    assert all(text.done and text.remedy for text in RULES.values())


def test_texts_are_fixed_so_that_catalogues_can_translate_them():
    assert not [text for text in RULES.values() if "{" in text.done + text.remedy]
