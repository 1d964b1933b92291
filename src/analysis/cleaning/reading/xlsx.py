"""The scan of an .xlsx archive: used range, error cells, hidden sheets and rows, number formats of a column."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.reading.findings import Finding, Refused, Scan, refuse_sizes
from analysis.cleaning.reading.sheet import column_letters

_NEAR_COLUMNS = 26  # whose addresses have one letter
_CHUNK_BYTES = 16_000_000
_SHEET_TYPE = re.compile(r"/(worksheet|chartsheet|dialogsheet)$")

_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c\b([^>/]*)>\s*<(?:\w+:)?f\b(.*?)</(?:\w+:)?c>", re.DOTALL)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_FAR_ADDRESS = re.compile(rb'r="[A-Z][A-Z]')  # ten times faster to look for
_FAR_CELL = re.compile(rb'\br="([A-Z]{2,})\d+"[^>]*>\s*<')  # a filled cell right of column Z
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
    # Up to column Z nobody looked how far the cells go: the sheet is measured again once it is read.
    refuse_sizes(last_row - first_row + 1, last_column if last_column > _NEAR_COLUMNS else 1, name)
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
    columns = max((_column_number(letters) for letters in far), default=_NEAR_COLUMNS)
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


# Codes of the numbers that a workbook does not define itself (ECMA-376 part 1, 18.8.30); the rest shows no decimals.
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
             14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
             20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
             41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 49: "@"}  # fmt: skip
GENERAL = "General"
_STYLE = re.compile(rb'\bs="(\d+)"')
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')


def built_in_code(number: int) -> str:
    """Return the code of a number format that every workbook has without defining it."""
    return _BUILT_IN.get(number, GENERAL)


def kept_codes(codes: Mapping[int, str], holding: str) -> dict[int, str]:
    """Return the codes that are not "General" and hold a text."""
    return {number: code for number, code in codes.items() if code != GENERAL and holding in code}


def openxml_formats(archive: zipfile.ZipFile, sheet: str, column: int, holding: str) -> dict[int, str]:
    """Return the format code of the cells of one column by row, both from 0; see :func:`formats.column_codes`."""
    styles = kept_codes(dict(enumerate(_style_codes(archive))), holding)
    member = next((member for name, member, _ in _sheets(archive) if name == sheet), None)
    if not styles or member is None:
        return {}
    wanted = {str(number).encode(): code for number, code in styles.items()}
    letters = column_letters(column).encode()
    cell = re.compile(rb'<(?:\w+:)?c\b((?:[^>]*?\s)?r="%s(\d+)"[^>]*)>' % letters)
    codes: dict[int, str] = {}
    last_row = -1
    for chunk in _chunks(archive, member):
        if not _ROW_CELLS.search(chunk):
            found, last_row = _codes_by_position(chunk, column, wanted, last_row)
            codes |= found
        for attributes, row in cell.findall(chunk):
            style = _STYLE.search(attributes)
            if style is not None and style.group(1) in wanted:
                codes[int(row) - 1] = wanted[style.group(1)]
    return codes


def _style_codes(archive: zipfile.ZipFile) -> list[str]:
    """Return the format code of each cell style of a workbook."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    own: dict[int, str] = {}
    styles: list[str] = []
    root = parse_xml(archive.read("xl/styles.xml"))
    for part in root:
        name = part.tag.rsplit("}", 1)[-1]
        if name == "numFmts":
            own |= {int(one.get("numFmtId", "0")): one.get("formatCode", GENERAL) for one in part}
        elif name == "cellXfs":
            numbers = [int(one.get("numFmtId", "0")) for one in part]
            styles = [own.get(number, built_in_code(number)) for number in numbers]
    return styles


def _codes_by_position(chunk: bytes, column: int, wanted: Mapping[bytes, str], row: int) -> tuple[dict[int, str], int]:
    """Return the codes of a column where cells follow each other without an address, and the last row."""
    codes: dict[int, str] = {}
    place = 0
    for kind, attributes in _ROW_OR_CELL.findall(chunk):
        if kind == b"row":
            number = _ROW_NUMBER.search(attributes)
            row, place = int(number.group(1)) - 1 if number else row + 1, 0
            continue
        style = _STYLE.search(attributes)
        if place == column and style is not None and style.group(1) in wanted:
            codes[row] = wanted[style.group(1)]
        place += 1
    return codes, row
