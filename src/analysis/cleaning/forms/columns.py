"""What a workbook of ``dampak new`` is made of: columns, rows that are filled in already, sheets beside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: its printed header, an example, and the values that its drop-down list offers (none: free)."""

    header: str
    example: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """One workbook: its path in the folder, the name of the sheet to fill in, its columns.

    ``labels`` stand in the first column already; ``details`` are the columns of a second sheet to fill in where more is
    known; ``notes`` are further lines of the explaining sheet.
    """

    file: str
    sheet: str
    columns: tuple[TemplateColumn, ...]
    labels: tuple[str, ...] = ()
    details: tuple[TemplateColumn, ...] = ()
    notes: tuple[str, ...] = ()
