"""Reading text tables (CSV and its relatives): encodings, separators and quotes as offices produce them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from analysis.cleaning.reading.findings import MOST_COLUMNS, MOST_ROWS, Finding, RawSheet, Refused, rectangle

SEPARATORS = ("\t", ";", "|", ",")  # order of preference where two fit equally well
LARGEST_TEXT_BYTES = 150_000_000  # 134,000 participants in 30 columns are about 0.04e9
LONGEST_CELL = 100_000  # characters: Excel holds 32,767
_COLUMNS_THAT_TELL = 6
_LINES_JUDGED = 2_000  # of a text, to find its separator
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_text_table(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    """Return the one sheet of a text table; every cell is text exactly as it stands.

    Read are UTF-8 (with or without byte order mark), UTF-16, UTF-32 and, with a note, Windows-1252; the separators
    tab, ``;``, ``|`` and ``,``; quoted cells. Raises Refused where the text cannot be read as it was meant.
    """
    text, findings = decoded(path)
    rows = rectangle(_rows(text))
    return [RawSheet(None, rows, 0, 0, ())], findings


def decoded(path: Path) -> tuple[str, list[Finding]]:
    """Return the text of a file, with a note where its encoding had to be assumed; raises Refused where it has none."""
    if path.stat().st_size > LARGEST_TEXT_BYTES:
        raise Refused(Finding("file_too_large", value=f"{path.stat().st_size / 1e6:.0f} MB"))
    content = path.read_bytes()
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), _utf16_by_nuls(content))
    if encoding is None and b"\0" in content:
        raise Refused(Finding("nul_bytes", value=f"byte {content.index(0)}"))
    findings: list[Finding] = []
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        text = _decode_windows(content, encoding, error.start)
        findings.append(Finding("encoding_assumed", value="Windows-1252 (Latin-1)"))
    if encoding is not None and encoding.startswith(("utf-16", "utf-32")):
        findings.append(Finding("encoding_assumed", value=encoding[:6].upper()))
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise Refused(Finding("nul_bytes"))
    if not text.strip():
        raise Refused(Finding("file_empty"))
    return text, findings


def _utf16_by_nuls(content: bytes) -> str | None:
    """Return the UTF-16 flavour of a file without byte order mark, seen from zeros at every second byte."""
    if len(content) < 4 or len(content) % 2:
        return None
    even, odd = content[0::2].count(0), content[1::2].count(0)
    most = 0.4 * len(content)  # of len/2 bytes each: at least 80 % are zero in Latin-letter text
    if odd >= most and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= most and not odd else None


def _decode_windows(content: bytes, encoding: str | None, first_fault: int) -> str:
    """Return a text of no declared encoding as Windows-1252.

    A text with whole letters of UTF-8 and a fault is damaged UTF-8, of which Windows-1252 would make other letters.
    """
    if encoding is not None:
        raise Refused(Finding("encoding_unknown", value=encoding))
    rest = content.decode("utf-8", "ignore")
    if any(ord(letter) > 127 for letter in rest):
        raise Refused(Finding("encoding_unknown", value=f"byte {first_fault}"))
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused(Finding("encoding_unknown", value=f"byte {error.start}")) from None


def _rows(text: str) -> list[list[str]]:
    """Return the cells of a text; a first line ``sep=;`` (a hint of Excel) is kept as an empty row."""
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"')
    if hint.casefold().startswith("sep=") and len(hint) == 5:
        return [[""], *_parse(rest, hint[4], 1)]
    return _parse(text, separator_of(text), 0)


def _parse(text: str, separator: str, above: int) -> list[list[str]]:
    """Return the cells of a text, ``above`` lines of which were taken off; messages name the line of the file."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    of_several_lines: list[tuple[int, int]] = []  # row, and the line where it begins
    line = 1  # where the row begins that is read next
    try:
        for row in reader:
            if reader.line_num > line:
                of_several_lines.append((len(rows), line + above))
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Refused(Finding("used_range_too_large", cell=f"A{line + above}"))
            rows.append(row or [""])
            line = reader.line_num + 1
    except csv.Error as error:
        if "limit" in str(error):
            raise Refused(Finding("cell_too_long", cell=f"A{line + above}")) from None
        line += above + _lines_to_open_quote(text, separator, line)
        raise Refused(Finding("quotes_broken", cell=f"A{line}")) from None
    _refuse_swallowed_rows(rows, of_several_lines, separator)
    return rows or [[""]]


def _lines_to_open_quote(text: str, separator: str, line: int) -> int:
    """Return how many lines below ``line``, where a row begins, the quotation mark opens that is not closed."""
    record = "".join(list(io.StringIO(text, newline=""))[line - 1 :])
    end = rf"(?:{re.escape(separator)}|\r\n|\r|\n|\Z)"
    cell = re.compile(rf'(?:"(?:[^"]++|"")*+"|[^"{re.escape(separator)}\r\n][^{re.escape(separator)}\r\n]*+|){end}')
    place = 0
    while place < len(record) and (found := cell.match(record, place)):
        place = found.end()
    return max(sum(1 for _ in io.StringIO(record[: place + 1], newline="")) - 1, 0)


def _refuse_swallowed_rows(
    rows: Sequence[Sequence[str]], of_several_lines: Sequence[tuple[int, int]], separator: str
) -> None:
    """Refuse a table one cell of which holds whole further rows: the quotation mark before it was never closed.

    Such a cell holds as many separators as its lines would have as rows. Text of people may do so by chance where
    the separator is a comma and the table is narrow.
    """
    if not of_several_lines:
        return
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    is_telling = separator != "," or usual >= _COLUMNS_THAT_TELL
    for number, line in of_several_lines:
        row = rows[number]
        breaks = sum(len(cell.splitlines()) - 1 for cell in row if cell)
        separators = len(row) - 1 + sum(cell.count(separator) for cell in row)
        if usual > 1 and separators == (breaks + 1) * (usual - 1) and (is_telling or len(row) != usual):
            raise Refused(Finding("quotes_broken", cell=f"A{line}"))


def separator_of(text: str) -> str:
    """Return the separator that cuts most lines into the same number (above one) of cells."""
    judged = "\n".join(text.splitlines()[:_LINES_JUDGED]) if len(text) > 1_000_000 else text
    scores = {separator: _evenness(judged, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] > 0 else ","


def _evenness(text: str, separator: str) -> float:
    """Return the share of non-empty lines that have the most common number of cells, if that is above one."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        widths = Counter(len(row) for row in reader if any(cell.strip() for cell in row))
    except csv.Error:
        return 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    return max(several.values(), default=0) / max(sum(widths.values()), 1)
