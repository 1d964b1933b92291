"""Printed totals and percentages recomputed from the numbers printed beside them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from analysis.errors import ParameterError
from analysis.stats.codes import Reason
from analysis.stats.published.rounding import Printed, RoundingRule


@dataclass(frozen=True, slots=True)
class AuditedNumber:
    """A printed number against its recomputation.

    ``recomputed`` uses the printed inputs as if they were exact; ``low``/``high`` are the ends of what the
    unrounded inputs admit. ``outcome`` is reproduced, explained by rounding, or contradicted.
    """

    recomputed: float
    low: float
    high: float
    outcome: Reason


def _rounds_to(value: Fraction, printed: Printed, rule: RoundingRule) -> bool:
    low, high = printed.interval(rule)
    if low < value < high:
        return True
    if rule is RoundingRule.HALF_UP or rule is RoundingRule.CUT_OFF:
        return value == low
    if rule is RoundingRule.HALF_DOWN:
        return value == high
    return value in (low, high) and printed.units % 2 == 0


def audit_mean(parts: list[Printed], total: Printed, rule: RoundingRule) -> AuditedNumber:
    """Compare a printed total with the plain mean of the printed parts, allowing for their rounding."""
    if not parts:
        raise ParameterError("a total needs at least one part")
    exact = sum((Fraction(part.units, 10**part.decimals) for part in parts), Fraction(0)) / len(parts)
    limits = [part.interval(rule) for part in parts]
    low = sum((limit[0] for limit in limits), Fraction(0)) / len(parts)
    high = sum((limit[1] for limit in limits), Fraction(0)) / len(parts)
    total_low, total_high = total.interval(rule)
    if _rounds_to(exact, total, rule):
        outcome = Reason.REPRODUCED
    elif low < total_high and high > total_low:
        outcome = Reason.EXPLAINED_BY_ROUNDING
    else:
        outcome = Reason.CONTRADICTED
    return AuditedNumber(float(exact), float(low), float(high), outcome)


def audit_share(numerator: int, denominator: int, printed_percent: Printed, rule: RoundingRule) -> AuditedNumber:
    """Compare a printed percentage with its counts; counts are exact, so only the print can be rounded."""
    if denominator < 1:
        raise ParameterError("a percentage needs a denominator of 1 or more")
    exact = Fraction(100 * numerator, denominator)
    outcome = Reason.REPRODUCED if _rounds_to(exact, printed_percent, rule) else Reason.CONTRADICTED
    return AuditedNumber(float(exact), float(exact), float(exact), outcome)
