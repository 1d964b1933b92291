"""Numbers in text: which mark is the decimal mark is decided for the whole column; counts are whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.reading.sheet import cell_text

_PLAIN = re.compile(r"[+-]?\d+")
_MARKED = re.compile(r"[+-]?\d+(?:[.,]\d+)+")
_ONE_MARK = re.compile(r"([+-]?\d+)([.,])(\d+)")


@dataclass(frozen=True, slots=True)
class DecimalMark:
    """The decimal mark of a column: "," or ".", None where nothing tells; how many texts tell each."""

    mark: str | None
    comma_evidence: int
    point_evidence: int


def decide_decimal_mark(texts: Iterable[str]) -> DecimalMark:
    """Return the decimal mark of a column.

    A mark tells by standing before other than three digits, after a leading zero, or last of two kinds; a
    mark of thousands tells by standing twice. A mark before exactly three digits tells nothing.
    """
    evidence = {",": 0, ".": 0}
    for text in texts:
        if not _MARKED.fullmatch(text):
            continue
        mark = _telling_mark(text)
        if mark is not None:
            evidence[mark] += 1
    if evidence[","] and evidence["."]:
        return DecimalMark(None, evidence[","], evidence["."])
    mark = next((mark for mark, count in evidence.items() if count), None)
    return DecimalMark(mark, evidence[","], evidence["."])


def _telling_mark(text: str) -> str | None:
    marks = [character for character in text if character in ",."]
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return "." if marks[0] == "," else ","
    whole, _, digits = re.split(r"([.,])", text)
    is_decimal = len(digits) != 3 or whole.lstrip("+-").startswith("0") or len(whole.lstrip("+-")) > 3
    return marks[0] if is_decimal else None


def read_number(text: str, mark: str | None) -> tuple[float | None, str | None]:
    """Return a number and None, or None and the rule broken ("number" for no number, "decimal_undecided").

    ``mark`` is the column's decimal mark where it is known; a text that tells its own needs none.
    """
    if _PLAIN.fullmatch(text):
        return float(text), None
    if not _MARKED.fullmatch(text):
        return None, "number"
    own = _telling_mark(text) or mark
    if own is None:
        return None, "decimal_undecided"
    other = "," if own == "." else "."
    plain = text.replace(other, "")
    if plain.count(own) > 1:
        return None, "number"
    return float(plain.replace(own, ".")), None


MOST_DAYS = 366  # of one training
MOST_MODULES = 10_000  # of one course


def clean_counts(values: Sequence[object], largest: int) -> Cleaned:
    """Return counts up to ``largest``; blanks and "-" are missing, anything else is missing and told."""

    def clean(value: object) -> tuple[object, str | None]:
        text = cell_text(value)
        if not text or text == "-":
            return None, None
        number, _ = read_number(text, None)
        if number is None or not number.is_integer() or not 0 <= number <= largest:
            return None, "not_a_number"
        return int(number), None

    return clean_distinct(values, clean)
