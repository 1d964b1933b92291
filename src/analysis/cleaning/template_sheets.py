"""Sheets of the templates that explain and hold no data: how readers know them."""

from __future__ import annotations

from analysis.cleaning.sheet import Sheet

NOT_DATA = "Lembar petunjuk dampak: tidak dibaca sebagai data"


def is_explanation(sheet: Sheet) -> bool:
    """Tell whether a sheet is an explaining sheet of a template: its first cell says so, whatever its name is."""
    return bool(sheet.rows and sheet.rows[0]) and str(sheet.rows[0][0]).strip() == NOT_DATA


def is_unfilled(sheet: Sheet) -> bool:
    """Tell whether a template's sheet still holds its header only."""
    return sum(any(str(cell).strip() for cell in row) for row in sheet.rows) <= 1
