"""A workbook of one table, and its cells as another program reads them."""

import io

import openpyxl

from analysis.report.claims.tables import Column, ReportTable


def table_of(title, *rows):
    columns = (Column(heading="Nama", meaning="apa", align="left"), Column(heading="Nilai", meaning="berapa"))
    return ReportTable(name="t", title=title, columns=columns, rows=rows)


def opened(book):
    return openpyxl.load_workbook(io.BytesIO(book.content))
