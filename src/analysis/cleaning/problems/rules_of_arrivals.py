"""What breaking a rule about the kind of a file means: each kind that cannot be read has its own remedy."""

from __future__ import annotations

from analysis.cleaning.problems.problem import ERROR, NOTE, RuleText

_NOT_READ = "The file was not read."

ARRIVALS = {
    "ending_wrong": RuleText(
        NOTE,
        "The name ends like another kind of file; it was read as what it holds.",
        "Rename the file if the ending confuses other programs.",
    ),
    "macros_left_out": RuleText(NOTE, "The workbook holds macros; it was read without them.", "Nothing to do."),
    "chart_sheet": RuleText(
        NOTE, "The sheet holds a chart or macros and no cells; it was not read.", "Nothing to do."
    ),
    "cell_too_long": RuleText(
        ERROR,
        "A cell holds more text than any table; the file was not read.",
        "Look whether a quotation mark in this line is not closed, or shorten the cell.",
    ),
    "archive_file": RuleText(
        ERROR,
        "Packed files (.zip, .rar, .7z) are not read.",
        "Unpack it and put the files it holds into the folder; then take the packed file out.",
    ),
    "link_to_a_document": RuleText(
        ERROR,
        "The file is only a link to a document on the internet.",
        "Open the document in the browser, choose File, Download, Microsoft Excel (.xlsx), and put that file "
        "here.",
    ),
    "photo_file": RuleText(
        ERROR,
        "Pictures are not read.",
        "Ask the sender for the table as .xlsx or .csv; else type it into the workbook that dampak new makes.",
    ),
    "pdf_scanned": RuleText(
        ERROR,
        "The PDF holds pictures of pages and no text; it was not read.",
        "Ask for the workbook it was printed from; else type the table into the workbook that dampak new "
        "makes.",
    ),
    "pdf_text": RuleText(
        ERROR,
        "Tables in a PDF lose their columns when they are read, so the file was not read.",
        "Ask for the workbook it was printed from; else copy the table into a workbook and compare it with "
        "the PDF.",
    ),
    "apple_numbers": RuleText(
        ERROR,
        "Files of Apple Numbers are not read.",
        "In Numbers choose File, Export To, Excel, and send that file.",
    ),
    "apple_pages": RuleText(
        ERROR,
        "Files of Apple Pages are not read.",
        "In Pages choose File, Export To, Word, and send that file.",
    ),
    "word_of_old_kind": RuleText(
        ERROR,
        "Text documents of this kind are not read.",
        "Open it in Word or LibreOffice and save it as .docx.",
    ),
    "word_without_table": RuleText(
        ERROR,
        "The Word document holds no table and was not read.",
        "Take it out of the folder if it holds no data.",
    ),
    "word_changes_open": RuleText(
        ERROR,
        "A table of the Word document holds changes that nobody accepted, which has two readings; it was not "
        "read.",
        "Accept or reject all changes (Review), save it and put it here again.",
    ),
    "word_table_in_cell": RuleText(
        ERROR,
        "A table of the Word document stands inside a cell of another; the document was not read.",
        "Copy the tables one by one into sheets of a workbook.",
    ),
    "slides_file": RuleText(ERROR, "Slides are not read.", "Copy the table into a workbook and save it as .xlsx."),
    "xml_spreadsheet": RuleText(
        ERROR,
        "The file is an XML spreadsheet of 2003 and was not read.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    "web_archive": RuleText(
        ERROR, "Web pages saved as one file are not read.", "Open it in Excel and save it as .xlsx."
    ),
    "web_page_without_table": RuleText(
        ERROR,
        "The file is a web page without a table, often the page of a sign-in; it was not read.",
        "Sign in, download the table again, and put that file here.",
    ),
    "link_followed": RuleText(
        NOTE,
        "The file is a link to a file elsewhere, which was read.",
        "Put the file itself here before you send the folder.",
    ),
    "link_not_followed": RuleText(
        ERROR,
        "This is a link to a folder, or to nothing; nothing was read.",
        "Put the files themselves here, or delete the link.",
    ),
    "no_plain_file": RuleText(
        ERROR, "This is no file that can be read (a pipe or a device).", "Take it out of the folder."
    ),
    "folder_unreadable": RuleText(
        ERROR, "The folder could not be opened; nothing in it was read.", "Check that you may open it."
    ),
    "folder_empty": RuleText(NOTE, "The folder holds no file.", "Put the files in, or delete the folder."),
    "file_copy": RuleText(
        NOTE,
        "All rows of this file stand in another file too, of which it is a copy; it was not read.",
        "Take the copy out of the folder.",
    ),
    "file_same_content": RuleText(
        ERROR,
        "Two files of different names hold the same rows; both were read.",
        "One of them is another's content under a wrong name: put the right file in its place, or take it "
        "out.",
    ),
    "averages_not_used": RuleText(
        NOTE,
        "What this sheet tells beside the averages (n, standard deviations, counts) is not used yet.",
        "Nothing to do.",
    ),
}  # fmt: skip
