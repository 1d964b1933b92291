"""The scan of an .ods archive: error cells, hidden sheets, entities, passwords."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree

from analysis.cleaning.readers.findings import Finding, Refused
from analysis.cleaning.sheet import column_letters

LARGEST_CONTENT_BYTES = 400_000_000
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="\d{5,}"')  # 10,000 rows and more in one
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="\d{4,}"')
_ERROR_TEXT = re.compile(r"^(#[A-ZÄ/0-9]+[!?]?|Err:\d+)$")
_ERROR_HINT = re.compile(rb">(?:#[A-Z/0-9]+[!?]?|Err:\d+)<")


def scan_opendocument(archive: zipfile.ZipFile) -> tuple[list[Finding], set[str]]:
    """Return findings and the hidden sheets' names; raises Refused where the file is protected or damaged."""
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
    return (_error_cells(data) if _ERROR_HINT.search(data) else []), set()


def _has_far_cell(data: bytes, repeated: re.Pattern[bytes], end_tag: bytes) -> bool:
    """Tell whether a value stands in or behind a long repetition, before what it repeats in ends."""
    for match in repeated.finditer(data):
        end = data.find(end_tag, match.end())
        if data.find(b"value-type", match.end(), end if end >= 0 else len(data)) >= 0:
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
