"""The scan of an .xlsx archive: used range, error cells, formulas without a value, hidden sheets and rows."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.reading.findings import Finding, Refused, Scan

LARGEST_RECTANGLE_CELLS = 20_000_000  # 134,000 participants in 30 columns are 4 million
_CHUNK_BYTES = 16_000_000
_SHEET_TYPE = re.compile(r"/(worksheet|chartsheet|dialogsheet)$")

_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c\b([^>/]*)>\s*<(?:\w+:)?f\b(.*?)</(?:\w+:)?c>", re.DOTALL)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_FAR_ADDRESS = re.compile(rb'r="[A-Z][A-Z]')  # ten times faster to look for
_FAR_CELL = re.compile(rb'\br="([A-Z]{2,3})\d+"[^>]*>\s*<')  # a filled cell right of column Z
_ROW_CELLS = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})(\d+)"[^>/]*>\s*<')


def scan_openxml(archive: zipfile.ZipFile) -> Scan:
    """Return findings and the hidden sheets' names; raises Refused for sheets that cannot be held in memory."""
    findings: list[Finding] = []
    hidden: set[str] = set()
    for name, member, state in _sheets(archive):
        if state != "visible":
            hidden.add(name)
            findings.append(Finding("hidden_sheet", name))
        elif member is not None:
            findings.extend(_scan_sheet(archive, name, member))
    return Scan(findings, hidden, {})


def parse_xml(data: bytes) -> ElementTree.Element:
    """Return a small XML part as a tree; raises Refused where it is damaged or declares entities."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused(Finding("xml_entities"))
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise Refused(Finding("file_damaged")) from error


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str | None, str]]:
    """Yield name, member and state of each sheet; the member of charts is None."""
    names = set(archive.namelist())
    targets: dict[str, str] = {}
    if "xl/_rels/workbook.xml.rels" in names:
        for relation in parse_xml(archive.read("xl/_rels/workbook.xml.rels")):
            if _SHEET_TYPE.search(relation.get("Type", "")):
                targets[relation.get("Id", "")] = posixpath.normpath(
                    posixpath.join("/xl", relation.get("Target", ""))
                ).lstrip("/")
    for element in parse_xml(archive.read("xl/workbook.xml")).iter():
        if element.tag.rsplit("}", 1)[-1] != "sheet":
            continue
        relation_id = next((value for key, value in element.items() if key.endswith("}id")), "")
        member = targets.get(relation_id)
        is_sheet = member in names and member is not None and "chartsheet" not in member
        yield element.get("name", ""), member if is_sheet else None, element.get("state", "visible")


def _scan_sheet(archive: zipfile.ZipFile, name: str, member: str) -> list[Finding]:
    findings: list[Finding] = []
    hidden_rows: list[int] = []
    last_row = last_column = 0
    first_row = 0
    for chunk in _chunks(archive, member):
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise Refused(Finding("xml_entities", name))
        if b't="e"' in chunk:
            findings.extend(_error_cells(name, chunk))
        if b"<f" in chunk or b":f" in chunk:
            findings.extend(_formulas_without_value(name, chunk))
        if b"hidden=" in chunk:
            hidden_rows.extend(int(row) for row in _HIDDEN_ROW.findall(chunk))
        columns, first, last = _extent(chunk)
        last_column = max(last_column, columns)
        first_row = first_row or first
        last_row = max(last_row, last)
    cells = (last_row - first_row + 1) * last_column
    if cells > LARGEST_RECTANGLE_CELLS:
        raise Refused(Finding("used_range_too_large", name, value=f"{cells:,} cells"))
    if hidden_rows:
        findings.append(Finding("hidden_rows", name, f"A{min(hidden_rows)}", counted(len(hidden_rows), "row")))
    return findings


def _chunks(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Yield a member in pieces that end before a row, so that no cell is cut in two."""
    rest = b""
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK_BYTES):
            rest += piece
            cut = max(rest.rfind(b"<row"), rest.rfind(b":row "))
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _extent(chunk: bytes) -> tuple[int, int, int]:
    """Return the last column (from 1) and the first and last row that hold a value in a piece of a sheet."""
    far = set(_FAR_CELL.findall(chunk)) if _FAR_ADDRESS.search(chunk) else set()
    columns = max((_column_number(letters) for letters in far), default=26)
    first = _ROW_CELLS.search(chunk)
    if first is None:
        return 0, 0, 0
    last_value = max(chunk.rfind(b"</v>"), chunk.rfind(b":v>"), chunk.rfind(b"</is>"))
    start = max(chunk.rfind(b"<row", 0, max(last_value, 0)), chunk.rfind(b":row ", 0, max(last_value, 0)), 0)
    last = [int(row) for _, row in _ROW_CELLS.findall(chunk, start)]
    return columns, int(first.group(2)), max(last, default=int(first.group(2)))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cell_address(attributes: bytes) -> str | None:
    match = _ADDRESS.search(attributes)
    return (match.group(1) + match.group(2)).decode() if match else None


def _error_cells(name: str, chunk: bytes) -> Iterator[Finding]:
    for attributes, content in _ERROR_CELL.findall(chunk):
        value = _VALUE.search(content)
        yield Finding("error_cell", name, _cell_address(attributes), value.group(1).decode() if value else "#ERROR")


def _formulas_without_value(name: str, chunk: bytes) -> Iterator[Finding]:
    for attributes, content in _FORMULA_CELL.findall(chunk):
        value = _VALUE.search(content)
        is_text = b't="str"' in attributes  # a formula whose result is the empty text has a value: ""
        if (value is None or not value.group(1)) and not is_text:
            yield Finding("formula_without_value", name, _cell_address(attributes))
