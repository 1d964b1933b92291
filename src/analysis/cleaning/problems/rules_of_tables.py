"""Rules about finding a table in a sheet, its columns and its rows."""

from __future__ import annotations

from analysis.cleaning.problems.rules_of_files import DOUBT, ERROR, NOTE, PersonRule

TABLES = {
    "sheet_empty": PersonRule(NOTE, "The sheet is empty.", "Nothing to do."),
    "header_not_found": PersonRule(
        ERROR,
        "No row was recognised as a header; the sheet was not read.",
        "Give the columns usual names, or name them in [columns] of province.toml.",
    ),
    "items_incomplete": PersonRule(
        ERROR,
        "The numbered columns are not one for each item of the form, so their numbers do not tell the items.",
        "Put the text of each question into the header, or add instrument.toml to the folder.",
    ),
    "table_empty": PersonRule(
        ERROR, "The table has a header but no rows.", "Put the right file in its place or remove it."
    ),
    "columns_unused": PersonRule(NOTE, "Columns that are not needed were not used.", "Nothing to do."),
    "kind_unknown": PersonRule(
        ERROR,
        "What this table holds was not recognised; it was not read.",
        "Say in [files] of province.toml what it is, or name its columns in [columns].",
    ),
    "kind_ambiguous": PersonRule(
        ERROR,
        "The columns fit more than one kind of table; it was not read.",
        "Say in [files] of province.toml which kind it is.",
    ),
    "test_not_named": PersonRule(
        ERROR,
        "Neither column, sheet nor file name says whether this is the pretest or the posttest; it was not read.",
        "Put pretes or postes into the file name, or say so in [files] of province.toml.",
    ),
    "meaning_ambiguous": PersonRule(
        DOUBT,
        "The header may mean more than one thing; the column was not used.",
        "Say in [columns] of province.toml which of these meanings it has.",
    ),
    "meaning_twice": PersonRule(
        DOUBT,
        "Two columns have the same meaning; this one was not used.",
        "Rename or delete one of them, or name them in [columns] of province.toml.",
    ),
    "column_similar": PersonRule(
        DOUBT,
        "The header resembles a known one but is not it; the column was not used.",
        "Correct the header or name it in [columns] of province.toml.",
    ),
    "column_setting_unknown": PersonRule(
        ERROR,
        "province.toml gives this header a meaning that does not exist.",
        "Use the meaning that is suggested, or another one that a message has named.",
    ),
    "column_setting_idle": PersonRule(
        DOUBT,
        "province.toml names a header that no file has; the entry was not used.",
        "Write the header as it stands in the file, or delete the entry of [columns].",
    ),
    "merged_cells": PersonRule(
        NOTE, "Cells merged over several rows were read as if each of the rows held the value.", "Nothing to do."
    ),
    "header_repeated": PersonRule(NOTE, "A repeated header row was left out.", "Nothing to do."),
    "total_row": PersonRule(NOTE, "A row of totals or averages was left out.", "Nothing to do."),
    "signature_row": PersonRule(NOTE, "Rows of the signature block were left out.", "Nothing to do."),
    "lone_row": PersonRule(
        DOUBT,
        "A row with next to nothing in it was left out.",
        "Complete the row if it is a person; delete it if not.",
    ),
}
