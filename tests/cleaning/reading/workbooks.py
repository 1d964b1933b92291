"""Small workbooks of one sheet with number formats, in each format that is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from odf import number, style, table, text
from odf.opendocument import OpenDocumentSpreadsheet

Cell = tuple[object, str]  # value and number format
Rows = Sequence[Sequence[Cell]]


def write_with_xlsxwriter(path: Path, rows: Rows) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Data")
        for row, cells in enumerate(rows):
            for column, (value, code) in enumerate(cells):
                page.write(row, column, value, book.add_format({"num_format": code}))
    return path


def write_with_openpyxl(path: Path, rows: Rows) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Data"
    for row, cells in enumerate(rows, start=1):
        for column, (value, code) in enumerate(cells, start=1):
            page.cell(row, column, value).number_format = code
    book.save(path)
    return path


def write_without_addresses(path: Path, rows: Rows) -> Path:
    """Write an .xlsx whose rows and cells do not say where they stand, as some exports do."""
    import re

    write_with_openpyxl(path, rows)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'(<(?:row|c)\b[^>]*?) r="[A-Z]*\d+"', rb"\1", parts[sheet])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def write_with_xlwt(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for row, cells in enumerate(rows):
        for column, (value, code) in enumerate(cells):
            page.write(row, column, value, xlwt.easyxf(num_format_str=code))
    book.save(str(path))
    return path


def write_with_odfpy(path: Path, rows: Rows) -> Path:
    document = OpenDocumentSpreadsheet()
    styles: dict[str, object] = {}
    page = table.Table(name="Data")
    for cells in rows:
        row = table.TableRow()
        for value, code in cells:
            if code not in styles and code != "General":
                styles[code] = _style(document, f"s{len(styles)}", code)
            row.addElement(_cell(value, code, styles.get(code)))
        page.addElement(row)
    document.spreadsheet.addElement(page)
    document.save(str(path))
    return path


def _style(document: OpenDocumentSpreadsheet, name: str, code: str) -> object:
    decimals = len(code.strip("%").partition(".")[2])
    kind = number.PercentageStyle if code.endswith("%") else number.NumberStyle
    shown = kind(name=f"n{name}")
    shown.addElement(number.Number(decimalplaces=str(decimals), minintegerdigits="1"))
    document.automaticstyles.addElement(shown)
    made = style.Style(name=name, family="table-cell", datastylename=f"n{name}")
    document.automaticstyles.addElement(made)
    return made


def _cell(value: object, code: str, made: object) -> object:
    options = {} if made is None else {"stylename": made}
    if isinstance(value, str):
        cell = table.TableCell(valuetype="string", **options)
        cell.addElement(text.P(text=value))
        return cell
    return table.TableCell(valuetype="percentage" if code.endswith("%") else "float", value=str(value), **options)


WRITERS: dict[str, tuple[str, Callable[[Path, Rows], Path]]] = {
    "xlsxwriter": ("a.xlsx", write_with_xlsxwriter),
    "openpyxl": ("a.xlsx", write_with_openpyxl),
    "without addresses": ("a.xlsx", write_without_addresses),
    "xlwt": ("a.xls", write_with_xlwt),
    "odfpy": ("a.ods", write_with_odfpy),
}
