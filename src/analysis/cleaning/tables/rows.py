"""Which rows below a header are data: totals, repeated headers, signatures and blanks are left out and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.cleaning.problems.participant_rules import problem
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.codebook import compared
from analysis.cleaning.tables.headers import Header

_TOTAL = re.compile(
    r"(sub ?|grand ?)?(jumlah|total|jml|rata rata|rerata|rata2|mean|average|overall average|rata rata keseluruhan)"
    r"( (total|akhir|peserta|keseluruhan|seluruh|semua|hadir|nilai|kelas|kabupaten|kab|desa|laki laki|perempuan|l|p)"
    r"( .*)?)?"
)
_SIGNATURE = re.compile(
    r"(mengetahui|menyetujui|mengesahkan|tanda tangan|ttd|panitia|ketua panitia|ketua pelaksana|pelaksana|"
    r"penanggung ?jawab|koordinator|kepala dinas|kepala bidang|kepala balai|pejabat pembuat|an kepala|a n kepala|"
    r"dibuat oleh|disusun oleh|petugas|fasilitator kelas|nip)( .*)?"
    r"|.* (januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember) 20\d\d"
)
MOST_SIGNATORIES = 3  # side by side in a signature block
_FOOTNOTE = re.compile(r"(catatan|keterangan|ket|sumber|note|data diolah|source)( .*)?")


@dataclass(frozen=True, slots=True)
class DataRows:
    """The rows of a table that are data, the count of every other row by reason, and what is to be told."""

    kept: list[int]
    dropped: dict[str, int]
    problems: list[Problem]


def data_rows(sheet: Sheet, header: Header) -> DataRows:
    """Return the data rows of the table below ``header``; every row of the sheet is kept or counted.

    A row with at least half of the header's columns filled is data unless its first text names a total; the
    sparse rows are judged by their texts. A signature block begins at a signature row below which no row is
    certainly data; everything below belongs to it, such as two names side by side.
    """
    labels = [compared(label) for label in header.labels]
    width = sum(1 for label in labels if label)
    enough = max(2, (width + 1) // 2)
    reasons: dict[int, str] = {}
    kept: list[int] = []
    last = header.first_data_row - 1  # the last row that is certainly data
    for row in range(header.first_data_row, len(sheet.rows)):
        values = sheet.rows[row]
        reason = _reason(values, labels, enough)
        if reason is None:
            kept.append(row)
            last = row if _is_certain(values, enough) else last
        else:
            reasons[row] = reason
    block = next((row for row, reason in reasons.items() if row > last and reason == "signature_row"), len(sheet.rows))
    reasons |= {row: "signature_row" for row in kept if row > block}
    kept = [row for row in kept if row < block]
    for row, reason in reasons.items():
        if reason == "lone_row" and row > block:
            reasons[row] = "signature_row"
        elif reason == "signature_row" and row < block:
            reasons[row] = "lone_row"
    dropped = Counter(reasons.values())
    dropped["header"] = header.height
    dropped["title_row"] = header.row
    return DataRows(kept, {name: count for name, count in dropped.items() if count}, _told(sheet, header, reasons))


def _is_certain(values: list[object], enough: int) -> bool:
    """Tell whether a row is too full for a signature block, or begins with a running number."""
    return len(values) - values.count("") >= min(enough, MOST_SIGNATORIES + 1) or _is_numbered(values)


def _is_numbered(values: list[object]) -> bool:
    return cell_text(next((value for value in values if value != ""), "")).isdigit()


def _reason(values: list[object], labels: list[str], enough: int) -> str | None:
    """Return why a row is no data, or None where it is."""
    filled = len(values) - values.count("")
    if filled >= enough:
        first = next((value for value in values if isinstance(value, str) and value.strip()), None)
        if first is None:
            return "column_numbers" if _are_column_numbers(values) else None
        word = compared(first)
        if word and not word[0].isdigit() and _TOTAL.fullmatch(word):
            return "total_row"
        if word in labels and _repeats_header(values, labels):
            return "header_repeated"
        return "column_numbers" if _are_column_numbers(values) else None
    return _reason_of_sparse(values)


def _reason_of_sparse(values: list[object]) -> str | None:
    texts = [text for text in (compared(cell_text(value)) for value in values if value != "") if text]
    if not texts:
        return "blank_row"
    words = [text for text in texts if not text.replace(" ", "").isdigit()]
    if not words:
        return "blank_row" if len(texts) == 1 else None
    if len(texts) > 1 and _is_numbered(values):
        return None
    if _TOTAL.fullmatch(words[0]):
        return "total_row"
    if any(_SIGNATURE.fullmatch(word) for word in words):
        return "signature_row"
    if _FOOTNOTE.fullmatch(words[0]):
        return "footnote_row"
    return "lone_row" if len(texts) == 1 else None


def _are_column_numbers(values: list[object]) -> bool:
    """Tell a row "1 2 3 4" or "(1) (2) (3)" below a header from data."""
    first = next((value for value in values if value != ""), None)
    if first not in (1, "1", "(1)", "1."):
        return False
    numbers = [compared(cell_text(value)) for value in values if value != ""]
    return len(numbers) >= 4 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _repeats_header(values: list[object], labels: list[str]) -> bool:
    texts = [compared(cell_text(value)) for value in values]
    filled = [(text, label) for text, label in zip(texts, labels, strict=True) if text]
    return sum(1 for text, label in filled if text == label) >= max(2, (len(filled) + 1) // 2)


_TOLD = {"total_row", "header_repeated", "lone_row"}


def _told(sheet: Sheet, header: Header, reasons: Mapping[int, str]) -> list[Problem]:
    """Return one problem per row left out for a reason that a person may dispute; blocks are told once."""
    problems = [
        problem(
            reason, sheet.file, sheet=sheet.name, cell=sheet.address(row, 0), value=f"row {sheet.first_row + row + 1}"
        )
        for row, reason in sorted(reasons.items())
        if reason in _TOLD
    ]
    signature = [row for row, reason in sorted(reasons.items()) if reason == "signature_row"]
    if signature:
        first, last = sheet.first_row + signature[0] + 1, sheet.first_row + signature[-1] + 1
        rows = f"rows {first} to {last}" if first < last else f"row {first}"
        problems.append(
            problem("signature_row", sheet.file, sheet=sheet.name, cell=sheet.address(signature[0], 0), value=rows)
        )
    return problems
