"""Which regency a cell of a table means."""

from __future__ import annotations

from analysis.cleaning.kinds import Context
from analysis.cleaning.rows import Ledger
from analysis.cleaning.rules import Rule
from analysis.study.loading import suggestion
from analysis.study.regions import find_regency, regencies


def regency_of(ledger: Ledger, row: int, name: str, context: Context) -> str | None:
    """Return the label of the regency in a row's named column, None (reported) where there is none.

    A spelling that several regencies share is a question for a person: it is reported and kept as printed.
    """
    text = ledger.text(row, name)
    if not text:
        ledger.report(Rule.VALUE_MISSING, row, name)
        return None
    match = find_regency(text, context.province.code)
    if match.regency is not None:
        return match.regency.label
    if match.candidates:
        ledger.report(
            Rule.REGENCY_AMBIGUOUS, row, name, f"{text} → {' / '.join(x.full_name for x in match.candidates)}?"
        )
        return text
    known = [regency.name for regency in regencies(context.province.code)]
    ledger.report(Rule.REGENCY_UNKNOWN, row, name, f"{text}{suggestion(text.title(), known)}")
    return None
