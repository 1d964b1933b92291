"""The closed list of rules that a raw file can break, each with its severity, what is done and the remedy.

A problem carries the code of its rule and the texts of this table; the report's catalogues translate them.
What was found, and what was expected beside it ("72 ≠ 71", "TUBABA → ?"), stands in the problem's ``value``
in signs rather than words, so that the problem list reads alike in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.cleaning.problems.problem import Problem, Severity
from analysis.cleaning.reading.sheet import Sheet


class Rule(StrEnum):
    """Codes of the rules, in sections by topic."""

    # files
    FILE_EMPTY = "file_empty"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNRECOGNISED = "file_unrecognised"
    FILE_TYPE_UNKNOWN = "file_type_unknown"
    FILE_AMBIGUOUS = "file_ambiguous"
    FILE_KIND_UNKNOWN = "file_kind_unknown"
    SHEET_UNRECOGNISED = "sheet_unrecognised"
    EXCEL_NAMED_AS_TEXT = "excel_named_as_text"
    NUL_BYTES = "nul_bytes"
    ENCODING_ASSUMED = "encoding_assumed"
    ENCODING_UNKNOWN = "encoding_unknown"
    QUOTES_BROKEN = "quotes_broken"
    LOCK_FILE = "lock_file"
    SOURCE_MISSING = "source_missing"
    SOURCE_WITHOUT_FILE = "source_without_file"
    FILES_ENTRY_WITHOUT_FILE = "files_entry_without_file"
    CORRECTION_APPLIED = "correction_applied"
    CORRECTION_OUTDATED = "correction_outdated"
    # the office's own text
    NARRATIVE_NOT_TEXT = "narrative_not_text"
    NARRATIVE_TOO_LONG = "narrative_too_long"
    NARRATIVE_LINE_TOO_LONG = "narrative_line_too_long"
    NARRATIVE_HEADING_UNKNOWN = "narrative_heading_unknown"
    NARRATIVE_HEADING_TWICE = "narrative_heading_twice"
    NARRATIVE_WITHOUT_HEADING = "narrative_without_heading"
    NARRATIVE_NOT_PLAIN = "narrative_not_plain"
    # columns and rows of any table
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    COLUMNS_SWAPPED = "columns_swapped"
    COLUMN_UNKNOWN = "column_unknown"
    ROW_SHIFTED = "row_shifted"
    ROW_LAYOUT = "row_layout"
    ROW_TWICE = "row_twice"
    ROW_WITHOUT_VALUES = "row_without_values"
    TABLE_WITHOUT_ROWS = "table_without_rows"
    NOT_A_NUMBER = "not_a_number"
    VALUE_MISSING = "value_missing"
    DECIMAL_POINT = "decimal_point"
    MEAN_NOT_TEXT = "mean_not_text"
    SUM_DIFFERS = "sum_differs"
    PUBLISHED_DIFFERS = "published_differs"
    REGENCY_UNKNOWN = "regency_unknown"
    REGENCY_AMBIGUOUS = "regency_ambiguous"
    # averages of the evaluation
    BATCH_UNKNOWN = "batch_unknown"
    BATCH_MISSING = "batch_missing"
    INDICATOR_UNKNOWN = "indicator_unknown"
    INDICATOR_TWICE = "indicator_twice"
    INDICATOR_MISSING = "indicator_missing"
    INDICATOR_IN_OTHER_ASPECT = "indicator_in_other_aspect"
    MEAN_IMPOSSIBLE = "mean_impossible"
    TOTAL_UNEXPLAINED = "total_unexplained"
    TOTAL_IMPOSSIBLE = "total_impossible"
    SCALE_DIFFERS = "scale_differs"
    # averages of the tests
    TEST_UNKNOWN = "test_unknown"
    TEST_MAXIMUM_UNKNOWN = "test_maximum_unknown"
    # counts
    PART_ABOVE_WHOLE = "part_above_whole"
    PEOPLE_PER_VILLAGE = "people_per_village"
    PERCENT_DIFFERS = "percent_differs"
    PLAN_KIND_UNKNOWN = "plan_kind_unknown"


@dataclass(frozen=True, slots=True)
class RuleText:
    """Severity of a broken rule, what the program did about it, and what a person can do."""

    severity: Severity
    done: str
    remedy: str


_ERROR, _DOUBT, _NOTE = Severity.ERROR, Severity.DOUBT, Severity.NOTE
_NOT_READ = "the file was not read"
_NOT_USED = "the value was not used"
_ROW_NOT_USED = "the row was not used"
_KEPT = "kept as printed"
_NOTHING = "nothing needs to be done"
_PASSAGE_LEFT_OUT = "the passage is not in the report"
_FIXED_HEADINGS = "use a fixed heading: Kata pengantar, Latar belakang, Tim, Keberhasilan, Keberlanjutan, Rekomendasi"

RULES: dict[Rule, RuleText] = {
    Rule.FILE_EMPTY: RuleText(_ERROR, _NOT_READ, "the file is empty: send it again or delete it"),
    Rule.FILE_UNREADABLE: RuleText(_ERROR, _NOT_READ, "open the file in its program and save it again"),
    Rule.FILE_UNRECOGNISED: RuleText(
        _ERROR,
        _NOT_READ,
        "no table has this header: correct the header, name its columns under [columns] of province.toml, or take the "
        "file out of the folder if it holds no data",
    ),
    Rule.FILE_TYPE_UNKNOWN: RuleText(
        _ERROR, _NOT_READ, "files of this type are not read: save it as .xlsx or .csv, or take it out of the folder"
    ),
    Rule.FILE_AMBIGUOUS: RuleText(
        _ERROR, _NOT_READ, "the header fits several tables: name the file under [files] of province.toml"
    ),
    Rule.FILE_KIND_UNKNOWN: RuleText(
        _ERROR, _NOT_READ, "[files] of province.toml names a table that does not exist: correct the name"
    ),
    Rule.SHEET_UNRECOGNISED: RuleText(
        _DOUBT,
        "the sheet was not read",
        "no table has this header: if it holds data, correct the header or name its columns under [columns] of "
        "province.toml",
    ),
    Rule.EXCEL_NAMED_AS_TEXT: RuleText(
        _NOTE, "the file was read", "this is an Excel file with the ending of a text file: rename it to .xlsx (or .xls)"
    ),
    Rule.NUL_BYTES: RuleText(_ERROR, _NOT_READ, "this is not a text file: save it again as CSV UTF-8"),
    Rule.ENCODING_ASSUMED: RuleText(
        _NOTE, "the file was read in this encoding", "check letters with accents; save as CSV UTF-8 to be sure"
    ),
    Rule.ENCODING_UNKNOWN: RuleText(_ERROR, _NOT_READ, "the encoding is not known: save it again as CSV UTF-8"),
    Rule.QUOTES_BROKEN: RuleText(_ERROR, _NOT_READ, "a quotation mark is not closed: correct this line"),
    Rule.LOCK_FILE: RuleText(_NOTE, "the file was skipped", "an office program has the file open: close it"),
    Rule.SOURCE_MISSING: RuleText(
        _ERROR, "the file was read", "province.toml does not say where the file comes from: add a [[source]]"
    ),
    Rule.SOURCE_WITHOUT_FILE: RuleText(
        _ERROR,
        "the entry was not used",
        "a [[source]] names a file that is not there: add the file or correct the name",
    ),
    Rule.FILES_ENTRY_WITHOUT_FILE: RuleText(
        _ERROR, "the entry was not used", "[files] names a file that is not there: correct the name or delete the entry"
    ),
    Rule.CORRECTION_APPLIED: RuleText(_NOTE, "a known error of the source was corrected", _NOTHING),
    Rule.CORRECTION_OUTDATED: RuleText(
        _ERROR,
        "the correction was not applied",
        "the cell no longer holds the known error: delete its [[correction]], or correct the cell's address",
    ),
    Rule.NARRATIVE_NOT_TEXT: RuleText(_ERROR, _NOT_READ, "this is not a text in UTF-8: save it again as UTF-8"),
    Rule.NARRATIVE_TOO_LONG: RuleText(
        _ERROR, _NOT_READ, "the text holds more than 1 MB: shorten it, or look whether a picture was pasted as text"
    ),
    Rule.NARRATIVE_LINE_TOO_LONG: RuleText(
        _ERROR,
        _PASSAGE_LEFT_OUT,
        "a line holds more than 20,000 characters: break it into paragraphs, or look whether a picture was pasted as "
        "text",
    ),
    Rule.NARRATIVE_HEADING_UNKNOWN: RuleText(_ERROR, _PASSAGE_LEFT_OUT, _FIXED_HEADINGS),
    Rule.NARRATIVE_HEADING_TWICE: RuleText(_ERROR, _PASSAGE_LEFT_OUT, "the heading stands twice: join both passages"),
    Rule.NARRATIVE_WITHOUT_HEADING: RuleText(_ERROR, _PASSAGE_LEFT_OUT, _FIXED_HEADINGS),
    Rule.NARRATIVE_NOT_PLAIN: RuleText(
        _ERROR, "the line is not in the report", "no table, picture or web code: write sentences or a list"
    ),
    Rule.COLUMN_MISSING: RuleText(_ERROR, _NOT_READ, "a column is missing: add it, or name it under [columns]"),
    Rule.COLUMN_TWICE: RuleText(_ERROR, _NOT_READ, "a column stands twice: delete or rename one of them"),
    Rule.COLUMNS_SWAPPED: RuleText(_ERROR, _KEPT, "the values look as if two columns were swapped: check the header"),
    Rule.COLUMN_UNKNOWN: RuleText(
        _DOUBT, "the column was not used", "no rule knows this column: name it under [columns], or delete it"
    ),
    Rule.ROW_SHIFTED: RuleText(_NOTE, "the cells of the row were moved under their columns", _NOTHING),
    Rule.ROW_LAYOUT: RuleText(_ERROR, _ROW_NOT_USED, "the cells do not stand under their columns: correct the row"),
    Rule.ROW_TWICE: RuleText(_ERROR, "none of the rows was used", "the row stands twice: delete one of them"),
    Rule.ROW_WITHOUT_VALUES: RuleText(_NOTE, _ROW_NOT_USED, _NOTHING),
    Rule.TABLE_WITHOUT_ROWS: RuleText(_ERROR, "the table stays empty", "below the header are no rows: add them"),
    Rule.NOT_A_NUMBER: RuleText(_ERROR, _NOT_USED, "this is not a number: correct the cell"),
    Rule.VALUE_MISSING: RuleText(_ERROR, "the value is missing", "the cell is empty: fill it in"),
    Rule.DECIMAL_POINT: RuleText(_NOTE, "read as a decimal point", "write a decimal comma like the other cells"),
    Rule.MEAN_NOT_TEXT: RuleText(
        _ERROR,
        _NOT_USED,
        "the format of these numbers does not tell the printed decimals: format the cells as 0,00 if two decimals were "
        "printed, or format the cell as text and type it as printed (4,00)",
    ),
    Rule.SUM_DIFFERS: RuleText(_ERROR, _KEPT, "the rows do not add up to the printed sum: check rows and sum"),
    Rule.PUBLISHED_DIFFERS: RuleText(
        _ERROR, _KEPT, "the table contradicts [published] in province.toml: correct one of them"
    ),
    Rule.REGENCY_UNKNOWN: RuleText(
        _ERROR, _ROW_NOT_USED, "no regency of the province has this name: correct the spelling"
    ),
    Rule.REGENCY_AMBIGUOUS: RuleText(
        _DOUBT, "kept under the printed name", "several regencies have this name: write Kabupaten or Kota before it"
    ),
    Rule.BATCH_UNKNOWN: RuleText(
        _ERROR, _NOT_USED, "the study has no such batch: add a [[batch]] to province.toml, or correct the label"
    ),
    Rule.BATCH_MISSING: RuleText(
        _ERROR, "the batch has no averages", "a batch of province.toml has no column: add it, or delete the [[batch]]"
    ),
    Rule.INDICATOR_UNKNOWN: RuleText(
        _ERROR, _ROW_NOT_USED, "the questionnaire has no such indicator: correct the text, or bring an instrument.toml"
    ),
    Rule.INDICATOR_TWICE: RuleText(_ERROR, "none of the rows was used", "the indicator stands twice: delete one row"),
    Rule.INDICATOR_MISSING: RuleText(_ERROR, "the indicator has no averages", "the indicator is missing: add its row"),
    Rule.INDICATOR_IN_OTHER_ASPECT: RuleText(
        _DOUBT, "read under the aspect of the questionnaire", "the indicator stands under another aspect: check the row"
    ),
    Rule.MEAN_IMPOSSIBLE: RuleText(
        _ERROR, _NOT_USED, "no answers on the scale have this average: correct the cell from the source"
    ),
    Rule.TOTAL_UNEXPLAINED: RuleText(
        _DOUBT, _KEPT, "no rounding of the batches gives this total: check the row, or batches of unequal size"
    ),
    Rule.TOTAL_IMPOSSIBLE: RuleText(
        _ERROR, _KEPT, "the total lies outside all batches, whatever their sizes: correct the row from the source"
    ),
    Rule.SCALE_DIFFERS: RuleText(
        _ERROR, _KEPT, "the printed scale is not the questionnaire's: check it, or bring an instrument.toml"
    ),
    Rule.TEST_UNKNOWN: RuleText(_ERROR, _ROW_NOT_USED, "the test is neither pretes nor postes: correct the label"),
    Rule.TEST_MAXIMUM_UNKNOWN: RuleText(
        _ERROR, "the maximum stays empty", "the test's maximum is not known: add test_maximum to province.toml"
    ),
    Rule.PART_ABOVE_WHOLE: RuleText(
        _ERROR, _ROW_NOT_USED, "a part is larger than its whole: check the cells, or whether columns are swapped"
    ),
    Rule.PEOPLE_PER_VILLAGE: RuleText(
        _DOUBT, _KEPT, "the people are not the number per village of the training's guide: check the row"
    ),
    Rule.PERCENT_DIFFERS: RuleText(
        _NOTE, "the printed and the recomputed percent were both kept", "tell the source: its percent is not its counts"
    ),
    Rule.PLAN_KIND_UNKNOWN: RuleText(
        _DOUBT, "counted under 'lainnya'", "the training has no such kind of follow-up: correct the label"
    ),
}


def file_problem(rule: Rule, file: str, value: str | None = None, cell: str | None = None) -> Problem:
    """Return the problem of a whole file (or of one place of an unreadable file)."""
    text = RULES[rule]
    return Problem(
        severity=text.severity, file=file, rule=rule, done=text.done, remedy=text.remedy, value=value, cell=cell
    )


def cell_problem(
    rule: Rule, sheet: Sheet, row: int | None, column: int | None, *, name: str | None = None, value: str | None = None
) -> Problem:
    """Return the problem of one cell, row or table of a sheet.

    ``row`` and ``column`` count inside ``sheet.rows``; a row's problem stands at its first column, a table's
    (``row`` None) nowhere. ``name`` is the column's name as the file or the table prints it.
    """
    text = RULES[rule]
    return Problem(
        severity=text.severity,
        file=sheet.file,
        sheet=sheet.name,
        cell=None if row is None else sheet.address(row, column or 0),
        column=name,
        value=value,
        rule=rule,
        done=text.done,
        remedy=text.remedy,
    )
