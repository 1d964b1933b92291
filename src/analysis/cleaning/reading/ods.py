"""The scan of an .ods archive: error cells, merged cells, entities, passwords."""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections import defaultdict
from html import unescape
from xml.etree import ElementTree

from analysis.cleaning.reading.findings import Finding, Range, Refused, Scan
from analysis.cleaning.reading.sheet import column_letters

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
    if _has_far_cell(data, _ROWS_REPEATED, b":table>") or _has_far_cell(data, _COLUMNS_REPEATED, b":table-row>"):
        raise Refused(Finding("used_range_too_large"))
    findings = _error_cells(data) if _ERROR_HINT.search(data) else []
    return Scan(findings, set(), _merged_cells(data) if _SPANNED.search(data) else {})


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
