"""The scan of an .xls workbook ([MS-XLS] in a compound file, [MS-CFB]): errors, formulas, hidden rows, formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.reading.findings import Finding
from analysis.cleaning.reading.sheet import column_letters
from analysis.cleaning.reading.xlsx import built_in_code, kept_codes

_END_OF_CHAIN = 0xFFFFFFFA  # this and above mark the end of a chain or no sector at all
_HEADER_FAT_ENTRIES = 109
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes | None:
    """Return the first stream of these names; None where the file has none or is not what it says."""
    try:
        return _read_stream(data, names)
    except (struct.error, IndexError, UnicodeDecodeError):
        return None  # damaged: the reader of the workbook says so


def stream_names(data: bytes) -> set[str]:
    """Return the names of the streams of a compound file; none where its directory is damaged."""
    try:
        size, first_directory = _sector_bytes(data), struct.unpack_from("<I", data, 48)[0]
        directory = _joined(data, _allocation_table(data, size), first_directory, size, offset=size)
        return {name for name, kind, _, _ in _entries(directory) if kind == _STREAM}
    except (struct.error, IndexError, UnicodeDecodeError):
        return set()


def has_whole_chains(data: bytes) -> bool:
    """Tell whether every chain of sectors that a reader of workbooks follows has an end.

    The reader behind this scan goes round in a circle for ever, and takes memory with each round.
    """
    try:
        size = _sector_bytes(data)
        table = _allocation_table(data, size)
        directory, small = (struct.unpack_from("<I", data, place)[0] for place in (48, 60))
        entries = _entries(_joined(data, table, directory, size, offset=size))
        starts = [small, *(start for _, kind, start, _ in entries if kind == _ROOT)]
        for start in starts:
            _joined(data, table, start, size, offset=size)
        return _read_stream(data, ("Workbook", "Book")) is not None
    except (struct.error, IndexError, UnicodeDecodeError):
        return False


def _read_stream(data: bytes, names: tuple[str, ...]) -> bytes | None:
    size = _sector_bytes(data)
    first_directory, cutoff, first_small = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    table = _allocation_table(data, size)
    entries = _entries(_joined(data, table, first_directory, size, offset=size))
    found = next((entry for name in names for entry in entries if entry[0] == name and entry[1] == _STREAM), None)
    if found is None:
        return None
    _, _, start, length = found
    if length >= cutoff:
        return _joined(data, table, start, size, offset=size)[:length]
    root = next((entry for entry in entries if entry[1] == _ROOT), None)
    if root is None:
        return None
    small = _numbers(_joined(data, table, first_small, size, offset=size))
    return _joined(_joined(data, table, root[2], size, offset=size), small, start, 64, offset=0)[:length]


def _sector_bytes(data: bytes) -> int:
    """Return the size of a sector, 512 or 4096; IndexError for any other, which no file has."""
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise IndexError
    return 1 << shift


def _allocation_table(data: bytes, size: int) -> list[int]:
    """Return the sector that follows each sector."""
    sectors = list(struct.unpack_from(f"<{_HEADER_FAT_ENTRIES}I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        numbers = _numbers(data[size * (following + 1) : size * (following + 2)])
        sectors += numbers[:-1]
        following = numbers[-1]
    if following < _END_OF_CHAIN:  # further than the header says
        raise IndexError
    used = [sector for sector in sectors if sector < _END_OF_CHAIN]
    return [number for sector in used for number in _numbers(data[size * (sector + 1) : size * (sector + 2)])]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _joined(data: bytes, table: list[int], start: int, size: int, *, offset: int) -> bytes:
    """Return the sectors of a chain; IndexError for one that runs in a circle or out of the file."""
    sectors: list[int] = []
    sector = start
    while sector < _END_OF_CHAIN:
        if len(sectors) > len(table):
            raise IndexError
        sectors.append(sector)
        sector = table[sector]
    return b"".join(data[offset + size * sector : offset + size * (sector + 1)] for sector in sectors)


def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
    """Return name, type, first sector and length of each entry of the directory."""
    entries = []
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        name_bytes, kind = struct.unpack_from("<HB", directory, place + 64)
        start, length = struct.unpack_from("<II", directory, place + 116)
        name = directory[place : place + max(name_bytes - 2, 0)].decode("utf-16-le")
        entries.append((name, kind, start, length))
    return entries


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


_FORMAT, _XF = 0x041E, 0x00E0
# Records of one cell begin with row, column and style; two hold a row of cells.
_CELLS = frozenset({_FORMULA, 0x0203, 0x027E})  # formula, number, packed number
_PACKED_CELLS = 0x00BD


def binary_formats(data: bytes, sheet: str, column: int, holding: str) -> dict[int, str]:
    """Return the format code of the numbers of one column by row, both from 0; see :func:`formats.column_codes`."""
    stream = read_stream(data, ("Workbook", "Book"))
    if stream is None:
        return {}
    try:
        is_unicode = struct.unpack_from("<H", stream, 4)[0] == _UNICODE_VERSION
        records = list(_records(stream, 0))
        styles = kept_codes(dict(enumerate(_style_codes(records, is_unicode))), holding)
        starts = {
            _name(content, is_unicode): struct.unpack_from("<I", content)[0]
            for kind, content in records
            if kind == _BOUND_SHEET
        }
        if not styles or sheet not in starts:
            return {}
        cells = _styles_of_column(_records(stream, starts[sheet]), column)
        return {row: styles[style] for row, style in cells if style in styles}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _style_codes(records: Sequence[tuple[int, bytes]], is_unicode: bool) -> list[str]:
    """Return the format code of each cell style."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    for kind, content in records:
        if kind == _FORMAT:
            own[struct.unpack_from("<H", content)[0]] = _format_code(content, is_unicode)
        elif kind == _XF:
            numbers.append(struct.unpack_from("<H", content, 2)[0])
    return [own.get(number, built_in_code(number)) for number in numbers]


def _format_code(content: bytes, is_unicode: bool) -> str:
    if not is_unicode:
        return content[3 : 3 + content[2]].decode("cp1252")
    length, options = struct.unpack_from("<HB", content, 2)
    if options & _IN_CHARACTERS_OF_TWO_BYTES:
        return content[5 : 5 + 2 * length].decode("utf-16-le")
    return content[5 : 5 + length].decode("latin-1")


def _styles_of_column(records: Iterator[tuple[int, bytes]], column: int) -> Iterator[tuple[int, int]]:
    """Yield row and style of each number in a column."""
    for kind, content in records:
        if kind in _CELLS:
            row, place, style = struct.unpack_from("<HHH", content)
            if place == column:
                yield row, style
        elif kind == _PACKED_CELLS:
            row, first = struct.unpack_from("<HH", content)
            last = struct.unpack_from("<H", content, len(content) - 2)[0]
            if first <= column <= last:
                yield row, struct.unpack_from("<H", content, 4 + 6 * (column - first))[0]
