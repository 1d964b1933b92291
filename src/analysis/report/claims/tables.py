"""Tables of a report: typed cells with their origin, the same for Markdown and for a worksheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from analysis.errors import ParameterError
from analysis.report.claims.claim import Claims, Kind, content_hash, row_key
from analysis.stats.codes import Status
from analysis.words.catalogue import catalogue
from analysis.words.formats import print_value

_BREAKS = re.compile(r"[ /-]")  # where programs may end a line
DASH = "\N{EN DASH}"
# Letters that fit a line of a table on A4 in the widest of the report's types, and a column's padding in letters.
_LINE, _PADDING = 100, 3
_SHORT = 16  # letters of a heading or text that stays on one line where there is room


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: a value with the format that prints it and its origin, or words (``format`` "text").

    ``value`` None prints a dash, or the word for ``hidden``: suppressed to protect a small group; ``strong``
    marks the heading row of a group.
    """

    value: Any
    format: str = "text"
    kind: Kind = Kind.LABEL
    source: Mapping[str, Any] = field(default_factory=dict)
    data_hash: str | None = None
    strong: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: heading in the report's language, letters wide in a worksheet, what it means (data dictionary)."""

    heading: str
    meaning: str
    width: int = 10
    align: Literal["left", "right"] = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table by name (also its anchor and worksheet); ``title`` heads its worksheet."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ParameterError(
                    f"Table {self.name!r}, row {number}: {len(row)} cells for {len(self.columns)} columns."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumn:
    """A column filled from the results table: ``fields`` one column, or two (low, high) for a range format."""

    fields: tuple[str, ...]
    format: str
    column: Column


def words(text: str | None, *, strong: bool = False) -> Cell:
    """Return a cell of words; digits in it count as labels."""
    return Cell(value=text, strong=strong)


def group_row(text: str, width: int) -> tuple[Cell, ...]:
    """Return the row that heads a group of rows: its name, then ``width`` - 1 empty cells."""
    return (words(text, strong=True), *(words("") for _ in range(width - 1)))


def result_cell(row: pd.Series, fields: Sequence[str], format_name: str) -> Cell:
    """Return the cell that prints one or two columns of a result row; a missing value prints a dash."""
    values = [row[name] for name in fields]
    if any(pd.isna(value) for value in values):
        return Cell(value=None, format=format_name, hidden=row["status"] == Status.SUPPRESSED)
    numbers = [value.item() if hasattr(value, "item") else value for value in values]
    return Cell(
        value=numbers[0] if len(numbers) == 1 else tuple(numbers),
        format=format_name,
        kind=Kind.RESULT,
        source={**row_key(row), "columns": list(fields)},
        data_hash=content_hash(row),
    )


def result_table(
    name: str,
    title: str,
    results: pd.DataFrame,
    leading: Sequence[tuple[Column, Sequence[str]]],
    columns: Sequence[ResultColumn],
) -> ReportTable:
    """Return a table with one row per result row: leading columns of words, then columns of results.

    ``leading`` gives each column of words with one text per result row, in the order of ``results``.
    """
    rows = []
    for place, (_, row) in enumerate(results.iterrows()):
        names = [words(texts[place]) for _, texts in leading]
        rows.append((*names, *(result_cell(row, made.fields, made.format) for made in columns)))
    headings = (*(column for column, _ in leading), *(made.column for made in columns))
    return ReportTable(name=name, title=title, columns=headings, rows=tuple(rows))


def absent_text(cell: Cell, language: str) -> str:
    """Return what a cell without a value prints."""
    return catalogue(language).text("suppressed cell") if cell.hidden else DASH


def markdown_cell(cell: Cell, claims: Claims, place: str) -> Markup:
    """Return a cell as Markdown, its number registered as a claim of that place."""
    if cell.value is None:
        return Markup(absent_text(cell, claims.language))
    if cell.format == "text":
        text = claims.quote(str(cell.value), kind=cell.kind, place=place)
    else:
        text = claims.state(
            cell.value, cell.format, kind=cell.kind, source=cell.source, data_hash=cell.data_hash, place=place
        )
    return Markup(f"**{text}**") if cell.strong and text else text


def markdown_table(table: ReportTable, claims: Claims, caption: Markup) -> Markup:
    """Return a pandoc pipe table with its caption; the dashes of the second line carry the column widths."""
    # The caption is set before the table because claims are numbered in the order in which they are read.
    heading = [claims.quote(column.heading, kind=Kind.LABEL, place=f"heading:{table.name}") for column in table.columns]
    widths = column_widths(table, claims.language)
    rules = [_rule(column, width) for column, width in zip(table.columns, widths, strict=True)]
    lines = [f"| {' | '.join(heading)} |", f"|{'|'.join(rules)}|"]
    place = f"table:{table.name}"
    lines += [f"| {' | '.join(markdown_cell(cell, claims, place) for cell in row)} |" for row in table.rows]
    return Markup("\n".join([f": {caption} {{#{escape_anchor(table.name)}}}", "", *lines]))


def column_widths(table: ReportTable, language: str) -> list[int]:
    """Return the room of each column in letters of a printed line, from what stands in it.

    Every column has room for its longest word, and for its short texts where the line allows. What is left goes to
    columns whose texts need more, in proportion to what they lack; where nothing lacks, the line is filled in
    proportion to the texts (as browsers set tables).
    """
    printed = [_column_texts(table, place, language) for place in range(len(table.columns))]
    unbroken = [_longest_word([heading, *texts]) + _PADDING for heading, texts in printed]
    short = [
        max([narrow, *(len(text) + _PADDING for text in texts if len(text) <= _SHORT)])
        for narrow, (_, texts) in zip(unbroken, printed, strict=True)
    ]
    least = short if sum(short) <= _LINE else unbroken
    most = [
        max(narrow, _heading_room(heading), *(len(text) + _PADDING for text in texts))
        for narrow, (heading, texts) in zip(least, printed, strict=True)
    ]
    if sum(most) <= _LINE:
        return [round(wide * _LINE / sum(most)) for wide in most]
    room, lack = max(0, _LINE - sum(least)), sum(most) - sum(least)
    return [narrow + (room * (wide - narrow) // lack if lack else 0) for narrow, wide in zip(least, most, strict=True)]


def _heading_room(heading: str) -> int:
    """Return the letters for a heading: a long one takes two lines, so that it does not hold its column wide."""
    return max(len(heading) // 2, min(len(heading), _SHORT)) + _PADDING


def _column_texts(table: ReportTable, place: int, language: str) -> tuple[str, list[str]]:
    """Return the heading and the printed cells of a column; a number and its range do not break."""
    rows = [row for row in table.rows if not heads_a_group(row)]  # what heads a group has the whole line
    return table.columns[place].heading, [_printed(row[place], language) for row in rows]


def _longest_word(texts: Sequence[str]) -> int:
    return max(len(word) for text in texts for word in _BREAKS.split(text))


def heads_a_group(row: Sequence[Cell]) -> bool:
    """Return whether a row only names the rows below it."""
    return len(row) > 1 and all(cell.value == "" for cell in row[1:])


def _printed(cell: Cell, language: str) -> str:
    if cell.value is None:
        return absent_text(cell, language)
    if cell.format == "text":
        return str(cell.value)
    return print_value(cell.value, cell.format, language).replace(" ", "\N{NO-BREAK SPACE}")


def _rule(column: Column, width: int) -> str:
    dashes = "-" * max(3, width)
    return f"{dashes}:" if column.align == "right" else f":{dashes}"


def escape_anchor(name: str) -> str:
    """Return a name as an anchor of a document."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
