"""Which rows below a header are data: data end where the pattern of their cells breaks.

Totals, repeated headers, signatures and remarks are known by their words. Frequency tables, sums, legends and notes
below or between the data are known by what they lack: the running number, who somebody is, most of the filled
columns, or numbers of the same size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.ledger import Ledger, any_cell
from analysis.cleaning.tables.pattern import Layout, Pattern, pattern_of
from analysis.study.regions import compared

_TOTAL = re.compile(
    r"(sub ?|grand ?)?(jumlah|total|jml|rata rata|rerata|rata2|mean|average|overall average|rata rata keseluruhan"
    r"|median|modus|simpangan baku|standar deviasi|standard deviation|std dev|varians|persentase|prosentase|persen"
    r"|(nilai |skor )?(tertinggi|terendah|maksimum|minimum|maksimal|minimal))"
    r"( (total|akhir|peserta|keseluruhan|seluruh|semua|hadir|nilai|skor|kelas|kabupaten|kab|desa|laki laki|perempuan"
    r"|l|p)( .*)?)?"
)
_SIGNATURE = re.compile(
    r"(mengetahui|menyetujui|mengesahkan|tanda tangan|ttd|panitia|ketua panitia|ketua pelaksana|pelaksana|"
    r"penanggung ?jawab|koordinator|kepala dinas|kepala bidang|kepala balai|pejabat pembuat|an kepala|a n kepala|"
    r"dibuat oleh|disusun oleh|petugas|fasilitator kelas|nip)( .*)?"
    r"|.* (januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember) 20\d\d"
)
_LARGEST_STEP = 20.0  # from one running number to the next where people were struck off the list
MOST_SIGNATORIES = 3  # side by side in a signature block
_FOOTNOTE = re.compile(r"(catatan|keterangan|ket|sumber|note|data diolah|source)( .*)?")


def is_signature(words: str) -> bool:
    """Tell whether the compared words of a cell begin or belong to a signature block."""
    return bool(_SIGNATURE.fullmatch(words))


def is_footnote(words: str) -> bool:
    """Tell whether the compared words of a cell begin a remark or name a source."""
    return bool(_FOOTNOTE.fullmatch(words))


def enter_rows(ledger: Ledger, layout: Layout) -> None:
    """Enter every row below the header that is no data.

    A row with at least half of the header's columns filled is data unless its first text names a total; the
    sparse rows are judged by their texts. A signature block begins at a signature row below which no row is
    certainly data; everything below belongs to it, such as two names side by side.
    """
    sheet, header = ledger.sheet, ledger.header
    labels = [compared(header.labels[column]) for column in layout.columns]
    enough = max(2, (len(labels) + 1) // 2)
    reasons: dict[int, str] = {}
    certain = header.first_data_row - 1  # the last row that is certainly data
    is_whole = layout.columns == tuple(range(len(header.labels)))
    for row in range(header.first_data_row, len(sheet.rows)):
        values = sheet.rows[row] if is_whole else layout.inside(sheet.rows[row])
        reason = _reason(values, labels, enough)
        if reason == "blank_row" and any_cell(sheet.rows[row]) and not any_cell(values):
            reason = "beside_table"
        if reason is not None:
            reasons[row] = reason
        elif _is_certain(values, enough):
            certain = row
    last = len(sheet.rows) - 1
    block = next((row for row, reason in reasons.items() if row > certain and reason == "signature_row"), last + 1)
    for row in range(block + 1, last + 1):
        if reasons.get(row) in (None, "lone_row"):
            reasons[row] = "signature_row"
    for row in [row for row, reason in reasons.items() if reason == "signature_row" and row < block]:
        reasons[row] = "lone_row"
    for row in _foreign_rows(sheet, header, layout, reasons):
        reasons[row] = "foreign_block"
    for row, reason in reasons.items():
        ledger.put(row, reason)


def _foreign_rows(sheet: Sheet, header: Header, layout: Layout, reasons: dict[int, str]) -> list[int]:
    """Return the rows without a reason that break the pattern of the data."""
    kept = [row for row in range(header.first_data_row, len(sheet.rows)) if row not in reasons]
    block = _first_block(kept)
    pattern = pattern_of([sheet.rows[row] for row in block], layout)
    if pattern is None:
        return []
    has_gaps = len(block) < len(kept)
    fitting = set(_fitting(sheet, kept, len(block), pattern)) if has_gaps else _ends(sheet, kept, pattern)
    if not fitting:
        return []
    first, last = min(fitting), max(fitting)
    before = [row for row in kept if row < first and pattern.is_nobody(sheet.rows[row])]
    after = [row for row in kept if row > last]
    between = _breaks_between([row for row in kept if row <= last], fitting) if has_gaps else []
    return [*before, *between, *after]


def _ends(sheet: Sheet, kept: Sequence[int], pattern: Pattern) -> set[int]:
    """Return the first and the last row that fit the pattern: without gaps the rows between them are data."""
    first = next((row for row in kept if pattern.fits(sheet.rows[row])), None)
    last = next((row for row in reversed(kept) if pattern.fits(sheet.rows[row])), None)
    return {row for row in (first, last) if row is not None}


def _fitting(sheet: Sheet, kept: Sequence[int], first_block: int, pattern: Pattern) -> Iterator[int]:
    """Yield the rows that fit the pattern; below a gap a row must be nearly full or go on with the running numbers."""
    largest, before = 0.0, 0.0
    for place, row in enumerate(kept):
        values = sheet.rows[row]
        if not pattern.fits(values):
            continue
        number = pattern.running_number(values)
        if place >= first_block and not _goes_on(number, largest):
            may_stand = number is None or number in (1, before + 1) or bool(pattern.identity)
            if not (may_stand and pattern.is_full(values)):
                continue
        largest, before = max(largest, number or 0.0), number or before
        yield row


def _goes_on(number: float | None, largest: float) -> bool:
    return number is not None and largest < number <= largest + _LARGEST_STEP


def _breaks_between(kept: Sequence[int], fitting: set[int]) -> list[int]:
    """Return the rows between data that break the pattern, from a gap on until a row fits again."""
    foreign: list[int] = []
    for before, row in zip([kept[0] if kept else 0, *kept], kept, strict=False):
        is_suspect = row > before + 1 or (bool(foreign) and foreign[-1] == before)
        if is_suspect and row not in fitting:
            foreign.append(row)
    return foreign


def _first_block(kept: Sequence[int]) -> Sequence[int]:
    """Return the rows up to the first gap, all of them where there are too few to tell anything."""
    for place in range(1, len(kept)):
        if kept[place] > kept[place - 1] + 1 and place >= 3:
            return kept[:place]
    return kept


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
        return "number_only" if len(texts) == 1 else None
    if len(texts) > 1 and _is_numbered(values):
        return None
    if _TOTAL.fullmatch(words[0]):
        return "total_row"
    if any(is_signature(word) for word in words):
        return "signature_row"
    if is_footnote(words[0]):
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


_TOLD = ("total_row", "header_repeated", "lone_row")
_BLOCKS = ("signature_row", "beside_table")


def told_rows(ledger: Ledger) -> list[Problem]:
    """Return one problem per row left out for a reason that a person may dispute; blocks are told once."""
    sheet = ledger.sheet
    rows = sorted((row, reason) for reason in _TOLD for row in ledger.rows_of(reason))
    told = [_at(sheet, reason, row, f"row {sheet.first_row + row + 1}") for row, reason in rows]
    for reason in _BLOCKS:
        block = ledger.rows_of(reason)
        if block:
            told.append(_at(sheet, reason, block[0], row_numbers(sheet, block)))
    if ledger.header.height > 1:
        header = list(range(ledger.header.row, ledger.header.first_data_row))
        told.append(_at(sheet, "header_of_rows", ledger.header.row, row_numbers(sheet, header)))
    return told


def row_numbers(sheet: Sheet, rows: Sequence[int]) -> str:
    """Return the first and last of some rows as a spreadsheet numbers them."""
    first, last = sheet.first_row + rows[0] + 1, sheet.first_row + rows[-1] + 1
    return f"rows {first} to {last}" if first < last else f"row {first}"


def _at(sheet: Sheet, rule: str, row: int, value: str) -> Problem:
    return problem(rule, sheet.file, sheet=sheet.name, cell=sheet.address(row, 0), value=value)
