"""The scan of an .xls workbook ([MS-XLS]): error cells, uncalculated formulas, hidden rows; the reader tells none."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from analysis.cleaning.readers.compound import read_stream
from analysis.cleaning.readers.findings import Finding
from analysis.cleaning.shapes import counted
from analysis.cleaning.sheet import column_letters

_BOF, _EOF, _BOUND_SHEET, _FORMULA, _BOOLERR, _ROW = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205, 0x0208
_IN_CHARACTERS_OF_TWO_BYTES = 0x01
_HIDDEN_ROW = 0x20
_UNICODE_VERSION = 0x0600  # BIFF8
_NO_RESULT_KIND = 3  # of a formula: no number, text, truth or error
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def scan_binary(data: bytes) -> list[Finding]:
    """Return the findings of a workbook; none where its records cannot be followed (the reader then refuses it).

    An empty result of a formula is stored like the result of one that was never calculated. Where another formula of
    the workbook has a result, a program has calculated it, and the empty one is an answer.
    """
    stream = read_stream(data, ("Workbook", "Book"))
    if stream is None:
        return []
    findings: list[Finding] = []
    never: list[Finding] = []
    is_calculated = False
    try:
        is_unicode = struct.unpack_from("<H", stream, 4)[0] == _UNICODE_VERSION
        for kind, content in _records(stream, 0):
            if kind == _BOUND_SHEET and content[4] == 0:  # a visible sheet
                start = struct.unpack_from("<I", content)[0]
                name = _name(content, is_unicode)
                records = list(_records(stream, start))
                findings.extend(_scan_sheet(name, records))
                empty, count = _empty_formulas(name, records)
                never.extend(empty)
                is_calculated = is_calculated or count > len(empty)
    except (struct.error, IndexError, UnicodeDecodeError):
        return []
    return findings if is_calculated else findings + never


def _empty_formulas(name: str, records: Sequence[tuple[int, bytes]]) -> tuple[list[Finding], int]:
    """Return the formulas of a sheet without a stored result, and how many formulas it has."""
    formulas = [content for kind, content in records if kind == _FORMULA]
    places = [
        struct.unpack_from("<HH", content)
        for content in formulas
        if content[6] == _NO_RESULT_KIND and content[12:14] == b"\xff\xff"
    ]
    found = [Finding("formula_without_value", name, f"{column_letters(column)}{row + 1}") for row, column in places]
    return found, len(formulas)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, without those of what is embedded in it."""
    depth = 0
    place = start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _name(content: bytes, is_unicode: bool) -> str:
    length = content[6]
    if not is_unicode:
        return content[7 : 7 + length].decode("cp1252")
    if content[7] & _IN_CHARACTERS_OF_TWO_BYTES:
        return content[8 : 8 + 2 * length].decode("utf-16-le")
    return content[8 : 8 + length].decode("latin-1")


def _scan_sheet(name: str, records: Sequence[tuple[int, bytes]]) -> Iterator[Finding]:
    hidden: list[int] = []
    for kind, content in records:
        if kind == _ROW and struct.unpack_from("<H", content, 12)[0] & _HIDDEN_ROW:
            hidden.append(struct.unpack_from("<H", content)[0] + 1)
        error = _error_of(kind, content)
        if error is not None:
            row, column = struct.unpack_from("<HH", content)
            yield Finding("error_cell", name, f"{column_letters(column)}{row + 1}", error)
    if hidden:
        yield Finding("hidden_rows", name, f"A{min(hidden)}", counted(len(hidden), "row"))


def _error_of(kind: int, content: bytes) -> str | None:
    """Return the error that a cell or the result of a formula holds, None for any other record."""
    if kind == _BOOLERR and content[7] == 1:
        return _ERRORS.get(content[6], "#ERROR")
    if kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
        return _ERRORS.get(content[8], "#ERROR")
    return None
