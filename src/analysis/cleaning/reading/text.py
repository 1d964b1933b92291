"""Reading text tables (CSV and its relatives): encodings, separators and quotes as offices produce them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import Rule, file_problem
from analysis.cleaning.reading.readers import Reading
from analysis.cleaning.reading.sheet import Sheet

SEPARATORS = ("\t", ";", "|", ",")  # order of preference where two fit equally well
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class _Unreadable(Exception):
    """A text file that cannot be read; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def read_text(path: Path, file: str) -> Reading:
    """Return the one sheet of a text table; every cell is text exactly as it stands.

    Read are UTF-8 (with or without byte order mark), UTF-16 and, with a note, Windows-1252; the separators
    tab, ``;``, ``|`` and ``,``; quoted cells. ``file`` is the name inside the province folder.
    """
    try:
        text, notes = _decode(path.read_bytes(), file)
        rows = _rows(text, file)
    except _Unreadable as unreadable:
        return Reading((), (unreadable.problem,))
    except OSError as error:
        return Reading((), (file_problem(Rule.FILE_UNREADABLE, file, error.strerror),))
    width = max(map(len, rows))
    padded: list[list[object]] = [[*row, *[""] * (width - len(row))] for row in rows]
    return Reading((Sheet(file, None, padded),), notes)


def _decode(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file, with a note where its encoding had to be assumed."""
    if content.startswith((_ZIP, _OLE)):
        raise _Unreadable(file_problem(Rule.EXCEL_NAMED_AS_TEXT, file, "xlsx" if content.startswith(_ZIP) else "xls"))
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), _utf16_by_nuls(content))
    if encoding is None and b"\0" in content:
        raise _Unreadable(file_problem(Rule.NUL_BYTES, file, f"byte {content.index(0)}"))
    notes: tuple[Problem, ...] = ()
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text, notes = _decode_windows(content, file, encoding)
    if encoding is not None and encoding.startswith("utf-16"):
        notes = (file_problem(Rule.ENCODING_ASSUMED, file, "UTF-16"),)
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise _Unreadable(file_problem(Rule.NUL_BYTES, file))
    if not text.strip():
        raise _Unreadable(file_problem(Rule.FILE_EMPTY, file))
    return text, notes


def _utf16_by_nuls(content: bytes) -> str | None:
    """Return the UTF-16 flavour of a file without byte order mark, seen from zeros at every second byte."""
    if len(content) < 4 or len(content) % 2:
        return None
    even, odd = content[0::2].count(0), content[1::2].count(0)
    most = 0.4 * len(content)  # of len/2 bytes each: at least 80 % are zero in Latin-letter text
    if odd >= most and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= most and not odd else None


def _decode_windows(content: bytes, file: str, encoding: str | None) -> tuple[str, tuple[Problem, ...]]:
    if encoding is None:
        try:
            return content.decode("cp1252"), (file_problem(Rule.ENCODING_ASSUMED, file, "Windows-1252 (Latin-1)"),)
        except UnicodeDecodeError as error:
            raise _Unreadable(file_problem(Rule.ENCODING_UNKNOWN, file, f"byte {error.start}")) from None
    raise _Unreadable(file_problem(Rule.ENCODING_UNKNOWN, file, encoding))


def _rows(text: str, file: str) -> list[list[str]]:
    """Return the cells of a text; a first line ``sep=;`` (a hint of Excel) is kept as an empty row."""
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"')
    if hint.casefold().startswith("sep=") and len(hint) == 5:
        return [[""], *_parse(rest, hint[4], file)]
    return _parse(text, separator_of(text), file)


def _parse(text: str, separator: str, file: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [row or [""] for row in reader] or [[""]]
    except csv.Error:
        raise _Unreadable(file_problem(Rule.QUOTES_BROKEN, file, cell=f"A{max(reader.line_num, 1)}")) from None


def separator_of(text: str) -> str:
    """Return the separator that cuts most lines into the same number (above one) of cells."""
    scores = {separator: _evenness(text, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] > 0 else ","


def _evenness(text: str, separator: str) -> float:
    """Return the share of non-empty lines that have the most common number of cells, if that is above one."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        widths = Counter(len(row) for row in reader if any(cell.strip() for cell in row))
    except csv.Error:
        return 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    return max(several.values(), default=0) / max(sum(widths.values()), 1)
