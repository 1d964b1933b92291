"""Printed totals and percentages recomputed."""

import pytest

from analysis.errors import ParameterError
from analysis.stats.codes import Reason
from analysis.stats.published.audit import audit_mean, audit_share
from analysis.stats.published.rounding import RoundingRule, parse_printed


@pytest.mark.parametrize(
    ("parts", "total", "outcome"),
    [
        (["3,76", "3,84", "4,40"], "4,00", Reason.REPRODUCED),
        (["3,89", "4,18", "4,46"], "4,17", Reason.EXPLAINED_BY_ROUNDING),
        (["3,89", "4,18", "4,46"], "4,19", Reason.CONTRADICTED),
        (["4,0", "4,1"], "4,05", Reason.REPRODUCED),
    ],
)
def test_totals(parts, total, outcome):
    audited = audit_mean(
        [parse_printed(part) for part in parts],
        parse_printed(total),
        RoundingRule.HALF_UP,
    )
    assert audited.outcome is outcome
    assert audited.low < audited.recomputed < audited.high


def test_a_tie_follows_the_rule_of_the_table():
    parts, total = [parse_printed("4,18"), parse_printed("4,19")], parse_printed("4,18")
    assert audit_mean(parts, total, RoundingRule.HALF_EVEN).outcome is Reason.REPRODUCED
    assert audit_mean(parts, total, RoundingRule.HALF_UP).outcome is Reason.EXPLAINED_BY_ROUNDING


@pytest.mark.parametrize(("percent", "outcome"), [("98,4", Reason.REPRODUCED), ("98,8", Reason.CONTRADICTED)])
def test_percentages_of_counts(percent, outcome):
    audited = audit_share(1956, 1988, parse_printed(percent), RoundingRule.HALF_UP)
    assert audited.outcome is outcome
    assert audited.recomputed == pytest.approx(98.39034)


def test_nothing_to_recompute_from():
    with pytest.raises(ParameterError, match="at least one part"):
        audit_mean([], parse_printed("4,00"), RoundingRule.HALF_UP)
    with pytest.raises(ParameterError, match="denominator"):
        audit_share(1, 0, parse_printed("4,00"), RoundingRule.HALF_UP)
