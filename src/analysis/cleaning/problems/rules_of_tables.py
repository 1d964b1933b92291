"""Rules about finding a table in a sheet, its columns and its rows."""

from __future__ import annotations

from analysis.cleaning.problems.problem import DOUBT, ERROR, NOTE, RuleText

TABLES = {
    "sheet_empty": RuleText(NOTE, "The sheet is empty.", "Nothing to do."),
    "items_incomplete": RuleText(
        ERROR,
        "The numbered columns are not one for each item of the form, so their numbers do not tell the items.",
        "Put the text of each question into the header, or add instrument.toml to the folder.",
    ),
    "columns_unused": RuleText(NOTE, "Columns that are not needed were not used.", "Nothing to do."),
    "test_not_named": RuleText(
        ERROR,
        "Neither column, sheet nor file name says whether this is the pretest or the posttest; it was not read.",
        "Put pretes or postes into the file name, or say so in [files] of province.toml.",
    ),
    "meaning_ambiguous": RuleText(
        DOUBT,
        "The header may mean more than one thing; the column was not used.",
        "Say in [columns] of province.toml which of these meanings it has.",
    ),
    "meaning_twice": RuleText(
        DOUBT,
        "Two columns have the same meaning; this one was not used.",
        "Rename or delete one of them, or name them in [columns] of province.toml.",
    ),
    "column_similar": RuleText(
        DOUBT,
        "The header resembles a known one but is not it; the column was not used.",
        "Correct the header or name it in [columns] of province.toml.",
    ),
    "column_setting_unknown": RuleText(
        ERROR,
        "province.toml gives this header a meaning that does not exist.",
        "Use the meaning that is suggested, or another one that a message has named.",
    ),
    "column_setting_idle": RuleText(
        DOUBT,
        "province.toml names a header that no file has; the entry was not used.",
        "Write the header as it stands in the file, or delete the entry of [columns].",
    ),
    "merged_cells": RuleText(
        NOTE,
        "Cells merged over several rows were read as if each of the rows held the value.",
        "Nothing to do.",
    ),
    "header_repeated": RuleText(NOTE, "A repeated header row was left out.", "Nothing to do."),
    "total_row": RuleText(NOTE, "A row of totals or averages was left out.", "Nothing to do."),
    "signature_row": RuleText(NOTE, "Rows of the signature block were left out.", "Nothing to do."),
    "lone_row": RuleText(
        DOUBT,
        "A row with next to nothing in it was left out.",
        "Complete the row if it is a person; delete it if not.",
    ),
    "header_of_rows": RuleText(
        NOTE,
        "The header of this table stands in several rows; they were read together.",
        "Check that no person stands in them.",
    ),
    "foreign_block": RuleText(
        DOUBT,
        "Rows that break the pattern of the data were left out as a block that is no data.",
        "If a person or form stands in them, complete its row (running number, name); else nothing.",
    ),
    "block_repeats_data": RuleText(
        NOTE,
        "A block of sums, counts or means below the data was left out and compared with the data.",
        "Nothing to do.",
    ),
    "block_differs": RuleText(
        DOUBT,
        "A row of sums, counts or means does not agree with the data that were read.",
        "Check the rows of the data and the row of sums.",
    ),
    "beside_table": RuleText(NOTE, "Rows that hold something beside the table only were left out.", "Nothing to do."),
    "columns_beside": RuleText(
        NOTE,
        "Columns beside the table, parted from it by an empty column, were not read.",
        "Remove the empty column if they belong to the table.",
    ),
    "test_without_scores": RuleText(
        ERROR,
        "The file is named as a test, but no column of scores was found; it was not read.",
        "Name the column of the points in [columns] of province.toml (score), or correct the file's name.",
    ),
    "ratings_named_test": RuleText(
        ERROR,
        "The file is named as a test, but its columns are ratings of the end evaluation; it was not read.",
        "Give the points of the test; if this is the end evaluation, say so in [files] of province.toml.",
    ),
    "named_otherwise": RuleText(
        ERROR,
        "The name says one kind of table and the columns another; it was not read.",
        "Say in [files] of province.toml what it is, or name its columns in [columns].",
    ),
    "timetable": RuleText(NOTE, "The sheet is a timetable and holds no data; it was not read.", "Nothing to do."),
    "list_of_questions": RuleText(
        NOTE,
        "The sheet lists the questions and holds no answers; it was used to understand their codes only.",
        "Nothing to do.",
    ),
    "list_of_codes": RuleText(NOTE, "The sheet explains codes and holds no data; it was not read.", "Nothing to do."),
    "running_number": RuleText(
        NOTE,
        "The column only counts the rows or submissions; it was not used to recognise people.",
        "If it is the number of each participant, name it participant_number in [columns] of province.toml.",
    ),
    "batch_of_title": RuleText(
        NOTE, "The batch or class was taken from the title above the table.", "Check the title."
    ),
    "invisible_marks": RuleText(NOTE, "Marks that nobody sees were taken out of the cells.", "Nothing to do."),
}
