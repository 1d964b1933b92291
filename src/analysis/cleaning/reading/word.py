"""Tables of Word documents (.docx), read only where what stands in them can be told without doubt.

Text of changes that nobody accepted, and tables inside cells, have more than one reading: such a document is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from analysis.cleaning.reading.findings import MOST_COLUMNS, Finding, Range, RawSheet, Refused, rectangle
from analysis.cleaning.reading.scan import opened, refuse_bombs
from analysis.cleaning.reading.xlsx import parse_xml

LARGEST_DOCUMENT_BYTES = 60_000_000
_DOCUMENT = "word/document.xml"
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"})
_NOT_SHOWN = frozenset({"instrText", "delText", "txbxContent", "Fallback"})
_PARTING = frozenset({"tab", "br", "cr", "p"})


def read_document(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    """Return each table of a document as a sheet of texts with merged cells; raises Refused where it has none."""
    with opened(path) as archive:
        refuse_bombs(archive)
        if archive.getinfo(_DOCUMENT).file_size > LARGEST_DOCUMENT_BYTES:
            raise Refused(Finding("file_too_large"))
        root = parse_xml(archive.read(_DOCUMENT))
    tables = [element for element in root.iter() if _name(element) == "tbl" and _text(element)]
    if not tables:
        raise Refused(Finding("word_without_table"))
    if any(_name(inner) in _CHANGES for table in tables for inner in table.iter()):
        raise Refused(Finding("word_changes_open"))
    if any(_name(inner) == "tbl" and inner is not table for table in tables for inner in table.iter()):
        raise Refused(Finding("word_table_in_cell"))
    sheets = []
    for number, table in enumerate(tables, start=1):
        name = None if len(tables) == 1 else f"Tabel {number}"
        rows, merged = _cells(table)
        sheets.append(RawSheet(name, rectangle(rows, name), 0, 0, merged))
    return sheets, []


def _cells(table: ElementTree.Element) -> tuple[list[list[str]], tuple[Range, ...]]:
    """Return the texts of a table in its grid, and its merged cells."""
    rows: list[list[str]] = []
    merged: list[Range] = []
    reaching: dict[int, int] = {}  # by first column: the place in ``merged`` of the cell that goes on below
    for number, row in enumerate(_inside(table, "tr")):
        cells = [""] * _value(row, ("trPr", "gridBefore"), 0)
        for cell in _inside(row, "tc"):
            column, wide = len(cells), _value(cell, ("tcPr", "gridSpan"), 1)
            going_on = _find(cell, ("tcPr", "vMerge"))
            if going_on is not None and _attribute(going_on, "val") != "restart" and column in reaching:
                first, left, _, right = merged[reaching[column]]
                merged[reaching[column]] = (first, left, number, right)
                text = ""
            else:
                text = _text(cell)
                reaching.pop(column, None)
                if going_on is not None or wide > 1:
                    reaching[column] = len(merged)
                    merged.append((number, column, number, column + wide - 1))
            cells += [text, *[""] * (wide - 1)]
        rows.append(cells)
    return rows, tuple(one for one in merged if one[:2] != one[2:])


def _inside(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the rows of a table or the cells of a row, those inside content controls included."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "customXml", "smartTag"}:
            yield from _inside(child, name)


def _text(cell: ElementTree.Element) -> str:
    """Return the text that a cell or a table shows, with single blanks."""
    parts: list[str] = []
    waiting = [cell]
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if name in _NOT_SHOWN or (name == "r" and _is_hidden(element)):
            continue
        if name in _PARTING:
            parts.append(" ")
        elif name == "t":
            parts.append(element.text or "")
        elif name == "noBreakHyphen":
            parts.append("-")
        waiting.extend(reversed(element))
    return " ".join("".join(parts).split())


def _is_hidden(run: ElementTree.Element) -> bool:
    hidden = _find(run, ("rPr", "vanish"))
    return hidden is not None and _attribute(hidden, "val") not in {"0", "false"}


def _find(element: ElementTree.Element, path: tuple[str, ...]) -> ElementTree.Element | None:
    found: ElementTree.Element | None = element
    for step in path:
        found = next((child for child in found if _name(child) == step), None) if found is not None else None
    return found


def _value(element: ElementTree.Element, path: tuple[str, ...], usual: int) -> int:
    found = _find(element, path)
    text = _attribute(found, "val") if found is not None else None
    return min(int(text), MOST_COLUMNS) if text and text.isdecimal() and len(text) < 9 else usual


def _attribute(element: ElementTree.Element, name: str) -> str | None:
    return next((value for key, value in element.items() if _name_of(key) == name), None)


def _name(element: ElementTree.Element) -> str:
    return _name_of(element.tag)


def _name_of(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
