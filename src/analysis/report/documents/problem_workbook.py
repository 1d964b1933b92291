"""``masalah.xlsx``: the problem list for people who use Excel, in Indonesian, each row linking to its cell.

A value is what stands in a cell, or, where that must not be shown or is not enough, phrases of a closed list ("2
words, 13 letters; 1 letter differs; compare with peserta.xlsx, Angkatan 5, B95"): those are in the catalogues
under the context ``value``, with placeholders for what varies.
"""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.report.documents.sheets import row_points
from analysis.report.documents.writing import write_whole
from analysis.words.catalogue import Catalogue, catalogue

CONTEXT = "value"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NUMBER = r"[0-9][0-9.,]*"
_ANYTHING = r".+"  # a place, or names of columns


def value_in_words(value: str, words: Catalogue) -> str:
    """Return a problem's value with its phrases translated; what is no phrase stays as it stands in the cell."""
    return "; ".join(_part_in_words(part, words) for part in value.split("; "))


def _part_in_words(part: str, words: Catalogue) -> str:
    whole = _phrase(part, words)
    if whole is not None:
        return whole
    atoms = [_phrase(atom, words) for atom in part.split(", ")]
    found = [atom for atom in atoms if atom is not None]
    return ", ".join(found) if len(found) == len(atoms) else part


def _phrase(text: str, words: Catalogue) -> str | None:
    """Return one phrase in words, None for a text that is none."""
    if words.has(text, CONTEXT):
        return words.text(text, CONTEXT)
    for pattern, key in _patterns(words.language):
        matched = pattern.fullmatch(text)
        if matched:
            parts = {name: _filled(name, found, words) for name, found in matched.groupdict().items()}
            return words.filled(key, parts, CONTEXT)
    return None


def _filled(name: str, found: str, words: Catalogue) -> str:
    if name != "columns":
        return found
    return ", ".join(words.text(one, "column") if words.has(one, "column") else one for one in found.split(", "))


@lru_cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    keys = sorted(key for context, key in catalogue(language).messages if context == CONTEXT)
    return tuple((re.compile(_as_pattern(key)), key) for key in keys if _PLACEHOLDER.search(key))


def _as_pattern(key: str) -> str:
    pieces = _PLACEHOLDER.split(key)
    return "".join(
        re.escape(piece) if place % 2 == 0 else f"(?P<{piece}>{_ANYTHING if piece in _TEXTS else _NUMBER})"
        for place, piece in enumerate(pieces)
    )


_TEXTS = frozenset({"place", "columns", "first", "last"})


FILE = "masalah.xlsx"
LANGUAGE = "id"  # whoever corrects the files of an Indonesian office reads this list
_WIDTHS = {
    "severity": 20, "file": 28, "sheet": 18, "cell": 8, "column": 20, "value": 30, "rule": 28, "done": 46, "remedy": 46,
}  # fmt: skip
_CODES = ("severity", "rule", "done", "remedy")
_COLOURS = {"error": "#F8D7DA", "doubt": "#FFF1D6", "note": "#FFFFFF"}
_MOST_LINKS = 65_000  # Excel takes 65,530 in a sheet
_LONGEST_LINK = 2_000  # letters; Excel takes 2,079


def write_problem_workbook(
    problems: pd.DataFrame, raw_folder: Path, reports_folder: Path, *, simulated: bool = False
) -> Path:
    """Write ``masalah.xlsx`` into a province's reports and return its path.

    ``problems`` is the problem list of cleaning, ``raw_folder`` the folder that its files lie in. Raises
    OutputError where the file is open in another program.
    """
    target = reports_folder / FILE
    write_whole(target, problem_workbook(problems, raw_folder, reports_folder, simulated=simulated), LANGUAGE)
    return target


def problem_workbook(
    problems: pd.DataFrame, raw_folder: Path, reports_folder: Path, *, simulated: bool = False
) -> bytes:
    """Return the workbook's bytes: sorted by file, sheet and row as the list is, links relative to the reports."""
    words = catalogue(LANGUAGE)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        page = book.add_worksheet(words.text("problem list"))
        top = _write_top(book, page, problems, words, simulated)
        link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        styles = {
            name: book.add_format({"text_wrap": True, "valign": "top", "bg_color": colour, "border": 1,
                                   "border_color": "#D9D9D9"})
            for name, colour in _COLOURS.items()
        }  # fmt: skip
        base = Path(os.path.relpath(raw_folder.resolve(), reports_folder.resolve())).as_posix()
        for number, record in enumerate(problems.to_dict("records")):
            _write_problem(page, top + number, record, styles[str(record["severity"])], words)
            target = _link(base, record)
            if number < _MOST_LINKS and len(target) <= _LONGEST_LINK and _is_in(raw_folder, record):
                shown = str(record["file"]) if pd.isna(record["cell"]) else str(record["cell"])
                column = list(_WIDTHS).index("file" if pd.isna(record["cell"]) else "cell")
                page.write_url(top + number, column, target, link, shown)
        if len(problems):
            page.autofilter(top - 1, 0, top + len(problems) - 1, len(_WIDTHS) - 1)
    return stream.getvalue()


def _write_top(
    book: xlsxwriter.Workbook, page: Worksheet, problems: pd.DataFrame, words: Catalogue, simulated: bool
) -> int:
    """Write how many there are of each severity, the mark and the headings; return the first row of the list."""
    counts = problems["severity"].value_counts()
    parts = [f"{words.text(name, 'severity')}: {int(counts.get(name, 0))}" for name in _COLOURS]
    page.write_string(0, 0, " · ".join(parts), book.add_format({"bold": True}))
    if simulated:
        mark = words.text("simulated mark")
        page.write_string(1, 0, mark, book.add_format({"bold": True, "font_color": "#7A1F00"}))
        page.set_header(f"&C&B{mark}")
    head = book.add_format({"bold": True, "bg_color": "#E7EEF5", "border": 1, "text_wrap": True})
    for index, (name, width) in enumerate(_WIDTHS.items()):
        page.set_column(index, index, width)
        page.write_string(2, index, words.text(name, "column"), head)
    page.freeze_panes(3, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    return 3


def _write_problem(page: Worksheet, row: int, record: Mapping[Hashable, Any], style: Format, words: Catalogue) -> None:
    texts = [_in_words(name, record[name], words) for name in _WIDTHS]
    page.set_row(row, row_points(zip(texts, _WIDTHS.values(), strict=True)))
    for index, text in enumerate(texts):
        page.write_string(row, index, text, style)


def _in_words(name: str, value: Any, words: Catalogue) -> str:
    text = "" if pd.isna(value) else str(value)
    if name == "value":
        return value_in_words(text, words)
    return words.text(text, name) if name in _CODES else text


def _link(base: str, record: Mapping[Hashable, Any]) -> str:
    """Return the target of a problem's cell; a text file has no cells to point at."""
    file = str(record["file"]).replace("%", "%25").replace("#", "%23")
    target = f"external:{base}/{file}"
    if pd.isna(record["sheet"]) or pd.isna(record["cell"]):
        return target
    sheet = str(record["sheet"]).replace("'", "''")
    return f"{target}#'{sheet}'!{record['cell']}"


def _is_in(raw_folder: Path, record: Mapping[Hashable, Any]) -> bool:
    """Tell whether there is something to open: a missing source names a file that is not there."""
    return (raw_folder / str(record["file"])).is_file()
