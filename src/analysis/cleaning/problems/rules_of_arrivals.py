"""What breaking a rule about the kind of a file means: each kind that cannot be read has its own remedy."""

from __future__ import annotations

from analysis.cleaning.problems.rules_of_files import ERROR, NOTE, PersonRule

_NOT_READ = "The file was not read."

ARRIVALS = {
    "ending_wrong": PersonRule(
        NOTE,
        "The name ends like another kind of file; it was read as what it holds.",
        "Rename the file if the ending confuses other programs.",
    ),
    "macros_left_out": PersonRule(NOTE, "The workbook holds macros; it was read without them.", "Nothing to do."),
    "chart_sheet": PersonRule(
        NOTE, "The sheet holds a chart or macros and no cells; it was not read.", "Nothing to do."
    ),
    "cell_too_long": PersonRule(
        ERROR,
        "A cell holds more text than any table; the file was not read.",
        "Look whether a quotation mark in this line is not closed, or shorten the cell.",
    ),
    "archive_file": PersonRule(
        ERROR,
        "Packed files (.zip, .rar, .7z) are not read.",
        "Unpack it and put the files it holds into the folder; then take the packed file out.",
    ),
    "link_to_a_document": PersonRule(
        ERROR,
        "The file is only a link to a document on the internet.",
        "Open the document in the browser, choose File, Download, Microsoft Excel (.xlsx), and put that file here.",
    ),
    "photo_file": PersonRule(
        ERROR,
        "Pictures are not read.",
        "Ask the sender for the table as .xlsx or .csv; else type it into the workbook that dampak new makes.",
    ),
    "pdf_scanned": PersonRule(
        ERROR,
        "The PDF holds pictures of pages and no text; it was not read.",
        "Ask for the workbook it was printed from; else type the table into the workbook that dampak new makes.",
    ),
    "pdf_text": PersonRule(
        ERROR,
        "Tables in a PDF lose their columns when they are read, so the file was not read.",
        "Ask for the workbook it was printed from; else copy the table into a workbook and compare it with the PDF.",
    ),
    "apple_numbers": PersonRule(
        ERROR, "Files of Apple Numbers are not read.", "In Numbers choose File, Export To, Excel, and send that file."
    ),
    "apple_pages": PersonRule(
        ERROR, "Files of Apple Pages are not read.", "In Pages choose File, Export To, Word, and send that file."
    ),
    "word_of_old_kind": PersonRule(
        ERROR, "Text documents of this kind are not read.", "Open it in Word or LibreOffice and save it as .docx."
    ),
    "word_without_table": PersonRule(
        ERROR, "The Word document holds no table and was not read.", "Take it out of the folder if it holds no data."
    ),
    "word_changes_open": PersonRule(
        ERROR,
        "A table of the Word document holds changes that nobody accepted, which has two readings; it was not read.",
        "Accept or reject all changes (Review), save it and put it here again.",
    ),
    "word_table_in_cell": PersonRule(
        ERROR,
        "A table of the Word document stands inside a cell of another; the document was not read.",
        "Copy the tables one by one into sheets of a workbook.",
    ),
    "slides_file": PersonRule(ERROR, "Slides are not read.", "Copy the table into a workbook and save it as .xlsx."),
    "xml_spreadsheet": PersonRule(
        ERROR,
        "The file is an XML spreadsheet of 2003 and was not read.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    "web_archive": PersonRule(
        ERROR, "Web pages saved as one file are not read.", "Open it in Excel and save it as .xlsx."
    ),
    "web_page_without_table": PersonRule(
        ERROR,
        "The file is a web page without a table, often the page of a sign-in; it was not read.",
        "Sign in, download the table again, and put that file here.",
    ),
    "link_followed": PersonRule(
        NOTE,
        "The file is a link to a file elsewhere, which was read.",
        "Put the file itself here before you send the folder.",
    ),
    "link_not_followed": PersonRule(
        ERROR,
        "This is a link to a folder, or to nothing; nothing was read.",
        "Put the files themselves here, or delete the link.",
    ),
    "no_plain_file": PersonRule(
        ERROR, "This is no file that can be read (a pipe or a device).", "Take it out of the folder."
    ),
    "folder_unreadable": PersonRule(
        ERROR, "The folder could not be opened; nothing in it was read.", "Check that you may open it."
    ),
    "folder_empty": PersonRule(NOTE, "The folder holds no file.", "Put the files in, or delete the folder."),
    "file_copy": PersonRule(
        NOTE,
        "All rows of this file stand in another file too, of which it is a copy; it was not read.",
        "Take the copy out of the folder.",
    ),
    "file_same_content": PersonRule(
        ERROR,
        "Two files of different names hold the same rows; both were read.",
        "One of them is another's content under a wrong name: put the right file in its place, or take it out.",
    ),
    "averages_not_used": PersonRule(
        NOTE,
        "What this sheet tells beside the averages (n, standard deviations, counts) is not used yet.",
        "Nothing to do.",
    ),
}  # fmt: skip
