"""The rules that raw files may break: how grave each is, what was done, and what a person should do.

One place for all messages of participant files. ``done`` and ``remedy`` are message keys in plain English.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.cleaning.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class PersonRule:
    """What breaking a rule means: ``severity``, what was ``done``, the ``remedy``."""

    severity: Severity
    done: str
    remedy: str


_E, _D, _N = Severity.ERROR, Severity.DOUBT, Severity.NOTE

_FILES = {
    "workbook_empty": PersonRule(
        _E, "The file holds nothing and was not read.", "Put the right file in its place or remove it."
    ),
    "not_a_workbook": PersonRule(
        _E,
        "The file is not a workbook, whatever its name says, and was not read.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    "binary_workbook": PersonRule(_E, "Workbooks of type .xlsb are not read.", "Save it as .xlsx."),
    "file_damaged": PersonRule(
        _E,
        "The file is damaged or cut off and was not read.",
        "Ask for the file again, or open and save it as a new .xlsx.",
    ),
    "workbook_unreadable": PersonRule(
        _E, "The file could not be opened.", "Close it in other programs and check that you may read it."
    ),
    "file_has_password": PersonRule(
        _E,
        "The file is protected by a password and was not read.",
        "Save it without a password (File, Info, Protect Workbook).",
    ),
    "file_too_large": PersonRule(
        _E,
        "The file unpacks to more than can be a list of people and was not read.",
        "Copy the table into a new workbook and save that.",
    ),
    "zip_bomb": PersonRule(
        _E,
        "The file unpacks to a size out of all proportion and was not read.",
        "Do not trust it; ask for the file again.",
    ),
    "xml_entities": PersonRule(
        _E, "The file declares XML entities, which no office program writes, and was not read.", "Ask for it again."
    ),
    "used_range_too_large": PersonRule(
        _E,
        "A cell far outside the table makes the used range too large; the file was not read.",
        "Go to the last used cell (Ctrl+End), delete rows and columns outside the table, save.",
    ),
    "reader_out_of_memory": PersonRule(
        _E, "Reading the file needed more memory than allowed; it was not read.", "Copy the table into a new workbook."
    ),
    "reader_died": PersonRule(
        _E,
        "The reader stopped on this file, most likely for want of memory; it was not read.",
        "Copy the table into a new workbook and save that.",
    ),
    "reader_too_slow": PersonRule(
        _E, "Reading the file took too long; it was not read.", "Copy the table into a new workbook and save that."
    ),
    "file_twin": PersonRule(
        _D,
        "Most rows of this file stand in another file too; both were read.",
        "Remove one of the two files if it is a copy.",
    ),
    "hidden_sheet": PersonRule(
        _D, "A hidden sheet was not read.", "Unhide it if its rows belong to the data; delete it if not."
    ),
    "hidden_rows": PersonRule(
        _N, "Hidden rows were read like all others.", "Delete them if they do not belong to the data."
    ),
    "error_cell": PersonRule(
        _E, "The cell holds an error of a formula; it was read as blank.", "Type the value that belongs there."
    ),
    "formula_without_value": PersonRule(
        _E,
        "The formula was never calculated; the cell was read as blank.",
        "Open the file in Excel, let it calculate, and save it.",
    ),
}

_TABLES = {
    "sheet_empty": PersonRule(_N, "The sheet is empty.", "Nothing to do."),
    "header_not_found": PersonRule(
        _E,
        "No row was recognised as a header; the sheet was not read.",
        "Give the columns usual names, or name them in [columns] of province.toml.",
    ),
    "sheet_not_recognised": PersonRule(
        _D,
        "This sheet holds no table that was recognised; other sheets of the file were read.",
        "If it holds data, name its columns in [columns] of province.toml.",
    ),
    "items_incomplete": PersonRule(
        _E,
        "The numbered columns are not one for each item of the form, so their numbers do not tell the items.",
        "Put the text of each question into the header, or add instrument.toml to the folder.",
    ),
    "table_empty": PersonRule(
        _E, "The table has a header but no rows.", "Put the right file in its place or remove it."
    ),
    "columns_unused": PersonRule(_N, "Columns that are not needed were not used.", "Nothing to do."),
    "kind_unknown": PersonRule(
        _E,
        "What this table holds was not recognised; it was not read.",
        "Say in [files] of province.toml what it is, or name its columns in [columns].",
    ),
    "kind_ambiguous": PersonRule(
        _E,
        "The columns fit more than one kind of table; it was not read.",
        "Say in [files] of province.toml which kind it is.",
    ),
    "test_not_named": PersonRule(
        _E,
        "Neither column, sheet nor file name says whether this is the pretest or the posttest; it was not read.",
        "Put pretes or postes into the file name, or say so in [files] of province.toml.",
    ),
    "meaning_ambiguous": PersonRule(
        _D,
        "The header may mean more than one thing; the column was not used.",
        "Say in [columns] of province.toml what it means.",
    ),
    "meaning_twice": PersonRule(
        _D,
        "Two columns have the same meaning; this one was not used.",
        "Rename or delete one of them, or name them in [columns] of province.toml.",
    ),
    "column_similar": PersonRule(
        _D,
        "The header resembles a known one but is not it; the column was not used.",
        "Correct the header or name it in [columns] of province.toml.",
    ),
    "column_unused": PersonRule(_N, "The column is not needed and was not used.", "Nothing to do."),
    "column_needed": PersonRule(
        _E,
        "A column that this table must have was not found; it was not read.",
        "Add the column, or name it in [columns] of province.toml.",
    ),
    "column_setting_unknown": PersonRule(
        _E,
        "province.toml gives this header a meaning that does not exist.",
        "Use one of the meanings listed in the documentation.",
    ),
    "header_repeated": PersonRule(_N, "A repeated header row was left out.", "Nothing to do."),
    "total_row": PersonRule(_N, "A row of totals or averages was left out.", "Nothing to do."),
    "signature_row": PersonRule(_N, "Rows of the signature block were left out.", "Nothing to do."),
    "lone_row": PersonRule(
        _D,
        "A row with next to nothing in it was left out.",
        "Complete the row if it is a person; delete it if not.",
    ),
    "title_row": PersonRule(_N, "Rows above the header were left out.", "Nothing to do."),
}

_CELLS = {
    "score_unreadable": PersonRule(
        _E, "The score was not understood and counts as missing.", "Type the points as a number."
    ),
    "score_became_date": PersonRule(
        _E,
        "Excel turned a score such as 7 / 10 into a date; it counts as missing.",
        "Format the column as text and type the score again from the source.",
    ),
    "score_above_maximum": PersonRule(
        _E, "The score lies above the test's maximum and counts as missing.", "Correct the score or the maximum."
    ),
    "score_negative": PersonRule(_E, "The score is below zero and counts as missing.", "Correct the score."),
    "score_maximum_differs": PersonRule(
        _E,
        "The maximum differs from the rest of the tests; the score counts as missing.",
        "Correct the maximum, or give all tests on one scale.",
    ),
    "score_not_graded": PersonRule(_N, "No score was given; it counts as missing.", "Grade the test if it was taken."),
    "attempt_unfinished": PersonRule(_N, "The attempt was not finished and does not count.", "Nothing to do."),
    "decimal_undecided": PersonRule(
        _D,
        "A mark before three digits may be a decimal or a thousands mark; the value counts as missing.",
        "Write the number without a thousands mark.",
    ),
    "answer_between": PersonRule(
        _E, "The answer lies between two steps of the scale and counts as missing.", "Enter the step that was ticked."
    ),
    "answer_out_of_scale": PersonRule(
        _E,
        "The answer lies outside the scale and counts as missing.",
        "Enter the step that was ticked, or clear the cell.",
    ),
    "answer_several": PersonRule(
        _E, "More than one step was given; the answer counts as missing.", "Enter one step, or clear the cell."
    ),
    "answer_became_date": PersonRule(
        _E, "Excel turned the answer into a date; it counts as missing.", "Type the answer again from the form."
    ),
    "answer_contradicts": PersonRule(
        _E, "Number and word of the answer disagree; it counts as missing.", "Enter the step that was ticked."
    ),
    "answer_unreadable": PersonRule(
        _E, "The answer was not understood and counts as missing.", "Enter a step of the scale."
    ),
    "attendance_unknown": PersonRule(
        _E,
        "The attendance code is unknown; the person's days are not counted.",
        "Use H (present), I (excused), S (sick), A (absent).",
    ),
    "attendance_blank": PersonRule(
        _D,
        "No attendance is entered for a day that was held; the person's days are not counted.",
        "Enter H, I, S or A.",
    ),
    "attendance_became_date": PersonRule(
        _E, "The attendance cell holds a date; the person's days are not counted.", "Enter H, I, S or A."
    ),
    "role_unknown": PersonRule(
        _D, "The role is unknown and was put under 'lainnya'.", "Correct the role, or leave it if it is another one."
    ),
    "role_blank": PersonRule(_D, "The role is blank and counts as missing.", "Enter the role."),
    "sex_unknown": PersonRule(_E, "The entry is neither L nor P and counts as missing.", "Enter L or P."),
    "regency_not_found": PersonRule(
        _E, "The regency is not one of this province and counts as missing.", "Correct the spelling of the regency."
    ),
    "regency_two_kinds": PersonRule(
        _D,
        "The name is both a Kabupaten and a Kota; it counts as missing.",
        "Write Kabupaten or Kota before the name.",
    ),
    "village_blank": PersonRule(_D, "The village is blank and counts as missing.", "Enter the village."),
    "village_unreadable": PersonRule(
        _E, "The village is not a name and counts as missing.", "Enter the village's name."
    ),
    "batch_not_found": PersonRule(
        _E,
        "The batch is not named in province.toml; it counts as missing.",
        "Correct the batch, or add it to province.toml ([[batch]], spellings).",
    ),
    "nik_damaged": PersonRule(
        _D,
        "Excel kept 15 of the 16 digits; the number is not used to recognise the person.",
        "Format the column as text and type the number again.",
    ),
    "nik_malformed": PersonRule(
        _D, "The number does not have 16 digits and is not used to recognise the person.", "Correct the number."
    ),
    "nik_column_ends_in_zero": PersonRule(
        _D,
        "Most numbers of this column end in 0, as when Excel kept 15 digits; none is used to recognise people.",
        "Ask for the numbers as text.",
    ),
    "date_unreadable": PersonRule(_E, "The date was not understood and counts as missing.", "Write it as 31/12/2024."),
    "date_order_undecided": PersonRule(
        _D,
        "Day and month cannot be told apart in this file; the date counts as missing.",
        "Write the month as a word, or the date as 2024-12-31.",
    ),
    "date_impossible": PersonRule(_E, "There is no such day; the date counts as missing.", "Correct the date."),
    "count_unreadable": PersonRule(_E, "The count was not understood and counts as missing.", "Enter a whole number."),
    "plan_kind_other": PersonRule(
        _D, "The kind of plan is unknown and was put under 'lainnya'.", "Use the training's kinds of follow-up."
    ),
    "status_unknown": PersonRule(
        _E,
        "The status is unknown and counts as missing.",
        "Use: selesai, berjalan, belum (done, in progress, not started).",
    ),
    "mode_unknown": PersonRule(
        _D, "The mode of attendance is unknown and counts as missing.", "Use: luring or daring."
    ),
    "personal_text_masked": PersonRule(
        _N, "Numbers, addresses or phone numbers of people in this text were masked.", "Nothing to do."
    ),
}

_PEOPLE = {
    "person_unidentified": PersonRule(
        _D,
        "Nothing in this row says who it is; it stands for a person of its own and is paired with nobody.",
        "Enter number or name, village and role.",
    ),
    "person_twice": PersonRule(
        _N, "The same person stands here again with the same entries; the row was left out.", "Delete one of the rows."
    ),
    "person_twice_differs": PersonRule(
        _D,
        "The same person stands here again with other entries; only the first row counts.",
        "Decide in keputusan.xlsx, or correct the rows.",
    ),
    "attempt_repeated": PersonRule(
        _N, "One of several attempts; another one counts by the rule for attempts.", "Nothing to do."
    ),
    "number_conflict": PersonRule(
        _D,
        "The two numbers of this row belong to two different people; the participant number was followed.",
        "Correct one of the numbers, or decide in keputusan.xlsx.",
    ),
    "same_name_other_number": PersonRule(
        _D,
        "Same name, village and role as another row but another number; kept as two people.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "same_number_other_name": PersonRule(
        _D,
        "The same number stands with another name; kept as one person.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "similar_name": PersonRule(
        _D,
        "The name resembles that of another row of the same group; kept as two people.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "several_candidates": PersonRule(
        _D,
        "More than one person fits this row; it is paired with nobody.",
        "Enter the number, or decide in keputusan.xlsx.",
    ),
    "decision_applied": PersonRule(_N, "A decision of keputusan.xlsx was applied.", "Nothing to do."),
    "decision_stale": PersonRule(
        _E,
        "A decision of keputusan.xlsx names a row that holds something else now; it was not applied.",
        "Decide again: clear the decision, run, and fill in the new case.",
    ),
    "decision_unknown": PersonRule(
        _E, "The decision is none of the choices; it was not applied.", "Pick one from the list."
    ),
}

PARTICIPANT_RULES: dict[str, PersonRule] = {**_FILES, **_TABLES, **_CELLS, **_PEOPLE}


def problem(
    rule: str,
    file: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """Return the problem of breaking ``rule`` at a place; KeyError for a rule that does not exist."""
    found = PARTICIPANT_RULES[rule]
    return Problem(
        severity=found.severity,
        file=file,
        rule=rule,
        done=found.done,
        remedy=found.remedy,
        sheet=sheet,
        cell=cell,
        column=column,
        value=value,
    )
