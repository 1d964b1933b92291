"""The scan of an .ods archive: error cells, merged cells, number formats, entities, passwords."""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from xml.etree import ElementTree
from xml.parsers import expat

from analysis.cleaning.reading.findings import Finding, Range, Refused, Scan
from analysis.cleaning.reading.sheet import column_letters
from analysis.cleaning.reading.xlsx import GENERAL, kept_codes, parse_xml

LARGEST_CONTENT_BYTES = 400_000_000
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="\d{5,}"')  # 10,000 rows and more in one
# Of a cell: a column's style may be repeated over the whole sheet.
_COLUMNS_REPEATED = re.compile(rb'table-cell\b[^>]*number-columns-repeated="\d{4,}"')
_ERROR_TEXT = re.compile(r"^(#[A-ZÄ/0-9]+[!?]?|Err:\d+)$")
_TABLE = re.compile(rb"<\w+:table(?=[\s>/])([^>]*)>")
_ROW = re.compile(rb"<\w+:table-row(?=[\s>/])([^>]*)>")
_CELL = re.compile(rb"<\w+:(?:covered-)?table-cell(?=[\s>/])([^>]*)>")
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_SPANNED = re.compile(rb'number-(?:rows|columns)-spanned="(?!1")')
_NUMBER_OF = {
    name: re.compile(rb'number-%s="(\d+)"' % name.encode())
    for name in ("rows-repeated", "columns-repeated", "rows-spanned", "columns-spanned")
}
_ERROR_HINT = re.compile(rb">(?:#[A-Z/0-9]+[!?]?|Err:\d+)<")


def scan_opendocument(archive: zipfile.ZipFile) -> Scan:
    """Return findings and merged cells, which the reader does not give for this format.

    Raises Refused where the file is protected or damaged.
    """
    names = archive.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Refused(Finding("file_has_password"))
    if archive.getinfo("content.xml").file_size > LARGEST_CONTENT_BYTES:
        raise Refused(Finding("file_too_large"))
    data = archive.read("content.xml")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused(Finding("xml_entities"))
    _refuse_malformed(data)
    if _has_far_cell(data, _ROWS_REPEATED, b":table>") or _has_far_cell(data, _COLUMNS_REPEATED, b":table-row>"):
        raise Refused(Finding("used_range_too_large"))
    findings = _error_cells(data) if _ERROR_HINT.search(data) else []
    return Scan(findings, set(), _merged_cells(data) if _SPANNED.search(data) else {})


def _refuse_malformed(data: bytes) -> None:
    """Refuse content that is no XML: the reader of this format would look for its end for ever."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        raise Refused(Finding("file_damaged")) from error


def _merged_cells(data: bytes) -> dict[str, tuple[Range, ...]]:
    """Return the merged ranges of each sheet; only rows that hold one are looked at cell by cell."""
    merged: dict[str, list[Range]] = defaultdict(list)
    tables = list(_TABLE.finditer(data))
    for table, following in zip(tables, [*tables[1:], None], strict=True):
        end = following.start() if following else len(data)
        named = _NAME.search(table.group(1))
        name = unescape(named.group(1).decode()) if named else ""
        rows = list(_ROW.finditer(data, table.end(), end))
        starts = [row.start() for row in rows]
        above = [0]
        for row in rows:
            above.append(above[-1] + _number(row.group(1), "rows-repeated"))
        places = {bisect_right(starts, spanned.start()) - 1 for spanned in _SPANNED.finditer(data, table.end(), end)}
        for place in sorted(places - {-1}):
            row_end = starts[place + 1] if place + 1 < len(rows) else end
            merged[name] += _merged_in_row(data[rows[place].end() : row_end], above[place])
    return {name: tuple(ranges) for name, ranges in merged.items()}


def _merged_in_row(row: bytes, number: int) -> list[Range]:
    ranges: list[Range] = []
    column = 0
    for cell in _CELL.finditer(row):
        high, wide = (_number(cell.group(1), name) for name in ("rows-spanned", "columns-spanned"))
        if high > 1 or wide > 1:
            ranges.append((number, column, number + high - 1, column + wide - 1))
        column += _number(cell.group(1), "columns-repeated")
    return ranges


def _number(attributes: bytes, name: str) -> int:
    found = _NUMBER_OF[name].search(attributes)
    return int(found.group(1)) if found else 1


def _has_far_cell(data: bytes, repeated: re.Pattern[bytes], end_tag: bytes) -> bool:
    """Tell whether a value stands in or behind a long repetition, before what it repeats in ends."""
    for match in repeated.finditer(data):
        end = data.find(end_tag, match.end())
        if data.find(b"value-type", match.start(), end if end >= 0 else len(data)) >= 0:
            return True
    return False


def _error_cells(data: bytes) -> list[Finding]:
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise Refused(Finding("file_damaged")) from error
    findings: list[Finding] = []
    for table in root.iter():
        if _local(table.tag) != "table":
            continue
        row_number = 1
        for row in table.iter():
            if _local(row.tag) != "table-row":
                continue
            findings.extend(_errors_of_row(row, _attribute(table, "name") or "", row_number))
            row_number += int(_attribute(row, "number-rows-repeated") or 1)
    return findings


def _errors_of_row(row: ElementTree.Element, sheet: str, row_number: int) -> list[Finding]:
    findings: list[Finding] = []
    column = 0
    for cell in row:
        if _local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        text = "".join(cell.itertext()).strip()
        if _attribute(cell, "formula") and _ERROR_TEXT.match(text):
            findings.append(Finding("error_cell", sheet, f"{column_letters(column)}{row_number}", text))
        column += int(_attribute(cell, "number-columns-repeated") or 1)
    return findings


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _attribute(element: ElementTree.Element, name: str) -> str | None:
    return next((value for key, value in element.items() if _local(key) == name), None)


_MOST_REPEATED_ROWS = 10_000  # of rows that hold a value
_COLUMN = re.compile(rb"<\w+:table-column(?=[\s/>])([^>]*)>")
_STYLE_NAME = re.compile(rb'\btable:style-name="([^"]*)"')
_DEFAULT_STYLE = re.compile(rb'\btable:default-cell-style-name="([^"]*)"')
_NUMERIC = re.compile(rb'value-type="(float|percentage|currency)"')
_NUMBER_STYLES = {"number-style": "", "currency-style": "", "percentage-style": "%"}


def opendocument_formats(archive: zipfile.ZipFile, sheet: str, column: int, holding: str) -> dict[int, str]:
    """Return the format code of the numbers of one column by row, both from 0; see :func:`formats.column_codes`.

    The styles of this format are turned into the codes of the others. A cell of type percentage without a style shows
    a percent sign and nobody knows how many decimals: its code is "%".
    """
    data = archive.read("content.xml")
    numbered = dict(enumerate(_style_codes(archive, data).items()))
    kept = kept_codes({number: code for number, (_, code) in numbered.items()}, holding)
    styles = {numbered[number][0].encode(): code for number, code in kept.items()}
    if not styles and b'value-type="percentage"' not in data:
        return {}
    table = next((span for name, span in _tables(data) if name == sheet), None)
    return {} if table is None else _codes_of_column(data[table[0] : table[1]], column, styles)


def _tables(data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    tables = list(_TABLE.finditer(data))
    for table, following in zip(tables, [*tables[1:], None], strict=True):
        named = _NAME.search(table.group(1))
        span = (table.end(), following.start() if following else len(data))
        yield unescape(named.group(1).decode()) if named else "", span


def _style_codes(archive: zipfile.ZipFile, content: bytes) -> dict[str, str]:
    """Return the format code of each cell style that has one, its own or that of the style it is made from."""
    parts = [content, archive.read("styles.xml")] if "styles.xml" in archive.namelist() else [content]
    formats: dict[str, str] = {}
    styles: dict[str, tuple[str | None, str | None]] = {}
    for part in parts:
        for element in parse_xml(part).iter():
            kind, name = _local(element.tag), _attribute(element, "name") or ""
            if kind in _NUMBER_STYLES:
                formats.setdefault(name, _format_code(element, _NUMBER_STYLES[kind]))
            elif kind == "style" and _attribute(element, "family") == "table-cell":
                found = _attribute(element, "data-style-name"), _attribute(element, "parent-style-name")
                styles.setdefault(name, found)
    return {name: code for name in styles if (code := _inherited(name, styles, formats)) != GENERAL}


def _inherited(name: str, styles: Mapping[str, tuple[str | None, str | None]], formats: Mapping[str, str]) -> str:
    for _ in range(len(styles)):
        own, parent = styles.get(name, (None, None))
        if own is not None or parent is None:
            return formats.get(own or "", GENERAL)
        name = parent
    return GENERAL


def _format_code(element: ElementTree.Element, sign: str) -> str:
    """Return a number style as a format code; "General" where it does not fix the decimals."""
    number = next((child for child in element if _local(child.tag) == "number"), None)
    decimals = None if number is None else _attribute(number, "decimal-places")
    if number is None or decimals is None or not decimals.isdigit():
        return sign or GENERAL
    if (_attribute(number, "min-decimal-places") or decimals) != decimals:
        return sign or GENERAL
    count = min(int(decimals), 15)
    return f"0{'.' if count else ''}{'0' * count}{sign}"


def _codes_of_column(table: bytes, column: int, styles: Mapping[bytes, str]) -> dict[int, str]:
    """Return the codes of the numbers of a column: of the cell's style, else of its row's, else of its column's."""
    usual = _default_of_column(table, column)
    codes: dict[int, str] = {}
    above = 0
    rows = list(_ROW.finditer(table))
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        repeated = _number(row.group(1), "rows-repeated")
        cells = table[row.end() : following.start() if following else len(table)]
        attributes = _cell_at(cells, column)
        if attributes is not None and (kind := _NUMERIC.search(attributes)):
            named = _STYLE_NAME.search(attributes) or _DEFAULT_STYLE.search(row.group(1))
            code = styles.get(named.group(1) if named else usual, "%" if kind.group(1) == b"percentage" else "")
            if code:
                codes |= dict.fromkeys(range(above, above + min(repeated, _MOST_REPEATED_ROWS)), code)
        above += repeated
    return codes


def _default_of_column(table: bytes, column: int) -> bytes:
    place = 0
    for found in _COLUMN.finditer(table):
        place += _number(found.group(1), "columns-repeated")
        if column < place:
            named = _DEFAULT_STYLE.search(found.group(1))
            return named.group(1) if named else b""
    return b""


def _cell_at(cells: bytes, column: int) -> bytes | None:
    """Return the attributes of the cell in a column, None where the row ends before it."""
    place = 0
    for cell in _CELL.finditer(cells):
        place += _number(cell.group(1), "columns-repeated")
        if column < place:
            return cell.group(1)
    return None
