"""Reading Excel back: every cell by sheet and address."""

from __future__ import annotations

import datetime
import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell


def read_workbook(content: bytes) -> dict[str, dict[str, Any]]:
    """Return the filled cells of each sheet: numbers, words, dates as ISO text.

    Raises ``ValueError`` for bytes that are no workbook.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        raise ValueError(f"it is no workbook ({error})") from error
    return {name: _cells(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def _cells(rows: list[list[Any]]) -> dict[str, Any]:
    return {
        xl_rowcol_to_cell(row, column): _plain(value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value
