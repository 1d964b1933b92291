"""What the source says about its own results, answered from the numbers that it publishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.audit import audit
from analysis.evaluation.published.description import means
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit
from analysis.stats.published.rounding import parse_printed
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "published.statements"
# The lower end of the category "baik" among five bands of equal width: three fifths of the scale's length.
_GOOD_FROM_SHARE = 3 / 5


def statements(data: StudyData) -> Outcome:
    """Return one row per statement of ``province.toml``; ``reason`` is reproduced, contradicted or not checkable.

    A statement with numbers is compared with the tables number by number; one in words alone is checked
    only for reactions, where a favourable word is read as "no mean below the category good".
    """
    checks: Mapping[str, Callable[[StudyData, Mapping[str, str]], Estimate]] = {
        "attendance": _attendance,
        "invited": _invited,
        "learning": _learning,
        "reaction": _reaction,
    }
    rows = []
    for statement in data.province.statements:
        check = checks.get(str(statement.about), _unknown)
        rows.append(
            Row(
                ANALYSIS,
                statement.id,
                str(statement.about),
                check(data, statement.numbers),
            )
        )
    return outcome(data.identity, rows)


def _answer(reason: Reason, estimate: float | None = None, *, assumes: str | None = None) -> Estimate:
    return Estimate(
        estimate_name=EstimateName.STATEMENT,
        unit=Unit.NONE,
        method=Method.STATEMENT_CHECK,
        status=Status.ESTIMATED,
        estimate=estimate,
        reason=reason,
        assumes=assumes,
    )


def _unknown(data: StudyData, numbers: Mapping[str, str]) -> Estimate:
    return not_estimable(EstimateName.STATEMENT, Unit.NONE, Method.STATEMENT_CHECK, Reason.NOT_CHECKABLE)


def _plain(text: str) -> str:
    """Return a printed count or percentage without thousands points and percent sign, for comparison."""
    stripped = text.removesuffix("%").strip()
    return stripped.replace(".", "") if stripped.replace(".", "").isdigit() else stripped


def _attendance(data: StudyData, numbers: Mapping[str, str]) -> Estimate:
    table = data.tables.get("published_attendance")
    if table is None or not numbers:
        return _unknown(data, numbers)
    people = table[table["unit"] == "people"]
    stated = {name: parse_printed(_plain(text)).value for name, text in numbers.items()}
    for column in ("attended", "invited"):
        if column in stated and not (people[column].dropna() == stated[column]).any():
            return _answer(Reason.CONTRADICTED, stated[column])
    audited = audit(data).results
    percent = audited[audited["subject"] == "attendance=people"]
    if "percent" in stated and len(percent):
        return _answer(Reason(str(percent["reason"].iloc[0])), float(percent["statistic"].iloc[0]))
    return _answer(Reason.REPRODUCED)


def _invited(data: StudyData, numbers: Mapping[str, str]) -> Estimate:
    table = data.tables.get("invited")
    if table is None or not numbers:
        return _unknown(data, numbers)
    agrees = all(
        int(table[column].sum()) == parse_printed(_plain(text)).value
        for column, text in numbers.items()
        if column in table.columns
    )
    return _answer(Reason.REPRODUCED if agrees else Reason.CONTRADICTED)


def _learning(data: StudyData, numbers: Mapping[str, str]) -> Estimate:
    table = data.tables.get("published_scores")
    if table is None or not numbers:
        return _unknown(data, numbers)
    printed = table[table["group"] == "all"].set_index("test")["mean_printed"]
    stated = {test: numbers.get(f"{test}test") for test in ("pre", "post")}
    compared = {test: text for test, text in stated.items() if text is not None and test in printed.index}
    if not compared:
        return _unknown(data, numbers)
    agrees = all(
        parse_printed(text).value == parse_printed(str(printed[test])).value for test, text in compared.items()
    )
    return _answer(Reason.REPRODUCED if agrees else Reason.CONTRADICTED)


def _reaction(data: StudyData, numbers: Mapping[str, str]) -> Estimate:
    found = means(data).results
    found = found[found["status"] == Status.BOUNDED]
    if found.empty:
        return _unknown(data, numbers)
    instrument = data.instrument
    edge = instrument.scale_low + _GOOD_FROM_SHARE * (instrument.scale_high - instrument.scale_low)
    smallest: pd.Series = found["estimate_low"]
    reason = Reason.REPRODUCED if float(smallest.min()) > edge else Reason.CONTRADICTED
    return _answer(
        reason,
        float(found["estimate"].min()),
        assumes=str(Assumption.FAVOURABLE_MEANS_GOOD),
    )
