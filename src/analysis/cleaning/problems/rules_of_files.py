"""What breaking a rule of participant files means."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.cleaning.problems.problem import Severity


@dataclass(frozen=True, slots=True)
class PersonRule:
    """What breaking a rule means: ``severity``, what was ``done``, the ``remedy``."""

    severity: Severity
    done: str
    remedy: str


ERROR, DOUBT, NOTE = Severity.ERROR, Severity.DOUBT, Severity.NOTE


FILES = {
    "workbook_empty": PersonRule(
        ERROR, "The file holds nothing and was not read.", "Put the right file in its place or remove it."
    ),
    "not_a_workbook": PersonRule(
        ERROR,
        "The file is not a workbook, whatever its name says, and was not read.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    "binary_workbook": PersonRule(ERROR, "Workbooks of type .xlsb are not read.", "Save it as .xlsx."),
    "file_damaged": PersonRule(
        ERROR,
        "The file is damaged or cut off and was not read.",
        "Ask for the file again, or open and save it as a new .xlsx.",
    ),
    "workbook_unreadable": PersonRule(
        ERROR, "The file could not be opened.", "Close it in other programs and check that you may read it."
    ),
    "file_has_password": PersonRule(
        ERROR,
        "The file is protected by a password and was not read.",
        "Save it without a password (File, Info, Protect Workbook).",
    ),
    "file_too_large": PersonRule(
        ERROR,
        "The file unpacks to more than can be a list of people and was not read.",
        "Copy the table into a new workbook and save that.",
    ),
    "zip_bomb": PersonRule(
        ERROR,
        "The file unpacks to a size out of all proportion and was not read.",
        "Do not trust it; ask for the file again.",
    ),
    "xml_entities": PersonRule(
        ERROR, "The file declares XML entities, which no office program writes, and was not read.", "Ask for it again."
    ),
    "used_range_too_large": PersonRule(
        ERROR,
        "A cell far outside the table makes the used range too large; the file was not read.",
        "Go to the last used cell (Ctrl+End), delete rows and columns outside the table, save.",
    ),
    "reader_out_of_memory": PersonRule(
        ERROR,
        "Reading the file needed more memory than allowed; it was not read.",
        "Copy the table into a new workbook.",
    ),
    "reader_died": PersonRule(
        ERROR,
        "The reader stopped on this file, most likely for want of memory; it was not read.",
        "Copy the table into a new workbook and save that.",
    ),
    "reader_too_slow": PersonRule(
        ERROR, "Reading the file took too long; it was not read.", "Copy the table into a new workbook and save that."
    ),
    "file_twin": PersonRule(
        DOUBT,
        "Most rows of this table stand in another file or sheet too; both were read.",
        "If one of the two is a copy, take it out of the folder; forms without names count twice until then.",
    ),
    "rows_of_twin": PersonRule(
        NOTE,
        "These rows repeat people of a table that holds most of the same rows; one row of each person counts.",
        "If this table is a copy, take it out of the folder.",
    ),
    "hidden_sheet": PersonRule(
        DOUBT, "A hidden sheet was not read.", "Unhide it if its rows belong to the data; delete it if not."
    ),
    "hidden_rows": PersonRule(
        NOTE, "Hidden rows were read like all others.", "Delete them if they do not belong to the data."
    ),
    "error_cell": PersonRule(
        ERROR, "The cell holds an error of a formula; it was read as blank.", "Type the value that belongs there."
    ),
    "formula_without_value": PersonRule(
        ERROR,
        "The formula was never calculated; the cell was read as blank.",
        "Open the file in Excel, let it calculate, and save it.",
    ),
}
