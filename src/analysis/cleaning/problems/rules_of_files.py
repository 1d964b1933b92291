"""Rules about whole files: those that cannot be read, and what becomes of their sheets."""

from __future__ import annotations

from analysis.cleaning.problems.problem import DOUBT, ERROR, NOTE, RuleText

FILES = {
    "not_a_workbook": RuleText(
        ERROR,
        "The file is not a workbook, whatever its name says, and was not read.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    "binary_workbook": RuleText(ERROR, "Workbooks of type .xlsb are not read.", "Save it as .xlsx."),
    "file_damaged": RuleText(
        ERROR,
        "The file is damaged or cut off and was not read.",
        "Ask for the file again, or open and save it as a new .xlsx.",
    ),
    "file_has_password": RuleText(
        ERROR,
        "The file is protected by a password and was not read.",
        "Save it without a password (File, Info, Protect Workbook).",
    ),
    "file_too_large": RuleText(
        ERROR,
        "The file unpacks to more than can be a list of people and was not read.",
        "Copy the table into a new workbook and save that.",
    ),
    "zip_bomb": RuleText(
        ERROR,
        "The file unpacks to a size out of all proportion and was not read.",
        "Do not trust it; ask for the file again.",
    ),
    "xml_entities": RuleText(
        ERROR,
        "The file declares XML entities, which no office program writes, and was not read.",
        "Ask for it again.",
    ),
    "used_range_too_large": RuleText(
        ERROR,
        "A cell far outside the table makes the used range too large; the file was not read.",
        "Go to the last used cell (Ctrl+End), delete rows and columns outside the table, save.",
    ),
    "reader_out_of_memory": RuleText(
        ERROR,
        "Reading the file needed more memory than allowed; it was not read.",
        "Copy the table into a new workbook.",
    ),
    "reader_died": RuleText(
        ERROR,
        "The reader stopped on this file, most likely for want of memory; it was not read.",
        "Copy the table into a new workbook and save that.",
    ),
    "reader_too_slow": RuleText(
        ERROR,
        "Reading the file took too long; it was not read.",
        "Copy the table into a new workbook and save that.",
    ),
    "file_twin": RuleText(
        DOUBT,
        "Most rows of this table stand in another file or sheet too; both were read.",
        "If one of the two is a copy, take it out of the folder; forms without names count twice until then.",
    ),
    "rows_of_twin": RuleText(
        NOTE,
        "These rows repeat people of a table that holds most of the same rows; one row of each person counts.",
        "If this table is a copy, take it out of the folder.",
    ),
    "hidden_sheet": RuleText(
        DOUBT, "A hidden sheet was not read.", "Unhide it if its rows belong to the data; delete it if not."
    ),
    "hidden_rows": RuleText(
        NOTE, "Hidden rows were read like all others.", "Delete them if they do not belong to the data."
    ),
    "error_cell": RuleText(
        ERROR,
        "The cell holds an error of a formula; it was read as blank.",
        "Type the value that belongs there.",
    ),
    "formula_without_value": RuleText(
        ERROR,
        "The formula was never calculated; the cell was read as blank.",
        "Open the file in Excel, let it calculate, and save it.",
    ),
}

# As text files and their tables have it.
TEXT_FILES = {
    "file_empty": RuleText(
        ERROR,
        "the file was not read",
        "the file is empty: send it again or delete it",
    ),
    "file_unreadable": RuleText(
        ERROR,
        "the file was not read",
        "open the file in its program and save it again",
    ),
    "file_unrecognised": RuleText(
        ERROR,
        "the file was not read",
        "no table has this header: correct the header, name its columns under [columns] of province.toml, or "
        "take the file out of the folder if it holds no data",
    ),
    "file_type_unknown": RuleText(
        ERROR,
        "the file was not read",
        "files of this type are not read: save it as .xlsx or .csv, or take it out of the folder",
    ),
    "file_ambiguous": RuleText(
        ERROR,
        "the file was not read",
        "the header fits several tables: name the file under [files] of province.toml",
    ),
    "file_kind_unknown": RuleText(
        ERROR,
        "the file was not read",
        "[files] of province.toml names a table that does not exist: correct the name",
    ),
    "sheet_unrecognised": RuleText(
        DOUBT,
        "the sheet was not read",
        "no table has this header: if it holds data, correct the header or name its columns under [columns] "
        "of province.toml",
    ),
    "excel_named_as_text": RuleText(
        NOTE,
        "the file was read",
        "this is an Excel file with the ending of a text file: rename it to .xlsx (or .xls)",
    ),
    "nul_bytes": RuleText(
        ERROR,
        "the file was not read",
        "this is not a text file: save it again as CSV UTF-8",
    ),
    "encoding_assumed": RuleText(
        NOTE,
        "the file was read in this encoding",
        "check letters with accents; save as CSV UTF-8 to be sure",
    ),
    "encoding_unknown": RuleText(
        ERROR,
        "the file was not read",
        "the encoding is not known: save it again as CSV UTF-8",
    ),
    "quotes_broken": RuleText(
        ERROR,
        "the file was not read",
        "a quotation mark is not closed: correct this line",
    ),
    "lock_file": RuleText(
        NOTE,
        "the file was skipped",
        "an office program has the file open: close it",
    ),
}
