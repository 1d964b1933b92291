"""What each raw file was read as, and why, in one line a file: what a person must know before any result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.cleaning.tables.ledger import SheetAccount
from analysis.words.catalogue import Catalogue
from analysis.words.formats import print_value

CONTEXT = "account"
LEAST_ALIKE = 3  # files that were read alike, for one line about all of them
_COUNTS = ("people", "forms", "batches", "classes", "pretests", "posttests")
_MEANS = {"pretests": "pretest_mean", "posttests": "posttest_mean"}
_ORDINARY = ("header", "title_row", "blank_row", "total_row", "signature_row", "footnote_row", "column_numbers",
             "section_heading", "header_repeated")  # fmt: skip


def account_lines(accounts: Sequence[SheetAccount], words: Catalogue) -> list[str]:
    """Return one line for each table that was read or left out; files that were read alike share one.

    Parameters
    ----------
    accounts
        What cleaning made of each sheet, in the order of files.
    words
        The catalogue of the language of the lines.

    Returns
    -------
    list of str
        Such as "tes.xlsx: read as tests because of: Skor; pretest. 288 people, 281 pretests (mean 61,2), 0 doubts".
    """
    groups: dict[tuple[object, ...], list[SheetAccount]] = {}
    for account in accounts:
        groups.setdefault(_kind(account), []).append(account)
    lines = []
    for account in accounts:
        alike = groups[_kind(account)]
        if len(alike) < LEAST_ALIKE:
            lines.append(f"{_name(account)}: {_said(account, account.facts, account.rows_kept, words)}")
        elif account is alike[0]:
            kept = sum(one.rows_kept for one in alike)
            said = _said(account, _sums(alike), kept, words)
            names = words.filled("{first} to {last} ({count} tables)", _ends(alike), CONTEXT)
            lines.append(f"{names}: {said}")
    return lines


def row_classes(account: SheetAccount, words: Catalogue) -> str:
    """Return the classes of a sheet's rows: "rows 1-5 title, 6-7 header, 8-295 people"."""
    parts = [
        f"{first}-{last} {words.text(name, CONTEXT)}" if first < last else f"{first} {words.text(name, CONTEXT)}"
        for name, first, last in account.rows
    ]
    return words.filled("rows {spans}", {"spans": ", ".join(parts)}, CONTEXT) if parts else ""


def _kind(account: SheetAccount) -> tuple[object, ...]:
    """Return what accounts have in common that share a line: what they were read as, and why, without any doubt."""
    trouble = account.facts.get("errors", 0) + account.facts.get("doubts", 0)
    if trouble or not account.rows_kept:
        return (account.file, account.sheet, account.rows)
    return (account.read_as, account.because, tuple(sorted(account.facts)), "classes" in account.facts)


def _ends(alike: Sequence[SheetAccount]) -> dict[str, str]:
    return {"first": _name(alike[0]), "last": _name(alike[-1]), "count": str(len(alike))}


def _name(account: SheetAccount) -> str:
    return ", ".join(part for part in (account.file, account.sheet) if part)


def _sums(alike: Sequence[SheetAccount]) -> dict[str, float]:
    """Return facts of several tables: counts added up, means of all, the most batches and classes of one."""
    facts = {name: sum(one.facts.get(name, 0) for one in alike) for name in alike[0].facts}
    for name in ("batches", "classes", "maximum"):
        if name in facts:
            facts[name] = max(one.facts.get(name, 0) for one in alike)
    for count, mean in _MEANS.items():
        if facts.get(count):
            facts[mean] = sum(one.facts.get(count, 0) * one.facts.get(mean, 0) for one in alike) / facts[count]
    return facts


def _said(account: SheetAccount, facts: Mapping[str, float], kept: int, words: Catalogue) -> str:
    read_as = words.text(account.read_as, "read_as") if words.has(account.read_as, "read_as") else account.read_as
    if not account.rows_kept and not facts.get("people") and not facts.get("forms"):
        return f"{read_as}{_trouble(facts, words)}"
    because = words.filled("because of {evidence}", {"evidence": account.because}, CONTEXT) if account.because else ""
    read = words.filled("read as {kind}", {"kind": read_as}, CONTEXT)
    counts = [_count(name, facts, words) for name in _COUNTS if facts.get(name)]
    if not counts:
        counts = [words.filled("{count} rows", {"count": str(kept)}, CONTEXT)]
    left = [
        f"{count} {words.text(reason, 'dropped') if words.has(reason, 'dropped') else reason}"
        for reason, count in account.dropped.items()
        if reason not in _ORDINARY
    ]
    return f"{' '.join(filter(None, (read, because)))}; {', '.join([*counts, *left])}{_trouble(facts, words)}"


def _count(name: str, facts: Mapping[str, float], words: Catalogue) -> str:
    text = words.filled(f"{{count}} {name}", {"count": f"{facts[name]:.0f}"}, CONTEXT)
    mean = facts.get(_MEANS.get(name, ""))
    if mean is None:
        return text
    shown = print_value(mean, "decimal1", words.language)
    return f"{text} ({words.filled('mean {mean}', {'mean': shown}, CONTEXT)})"


def _trouble(facts: Mapping[str, float], words: Catalogue) -> str:
    parts = [
        words.filled(f"{{count}} {name}", {"count": f"{facts.get(name, 0):.0f}"}, CONTEXT)
        for name in ("errors", "doubts")
        if name == "doubts" or facts.get(name)
    ]
    return f", {', '.join(parts)}"
