"""Adding open cases to ``keputusan.xlsx``: rows are appended, nothing that stands in the file is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cleaning.decisions import DOUBTS_IN_WORDS, HEADERS, LABELS, SHEET, Case, read_decisions
from analysis.cleaning.files import DECISIONS_FILE
from analysis.cleaning.template_sheets import NOT_DATA
from analysis.cleaning.write import write_atomically
from analysis.errors import OutputError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from analysis.cleaning.clean import Cleaned

ROWS_WITH_LISTS = 20_000  # rows below the header that offer the choices
_WIDTHS = {"text": 60, "other_text": 60, "rule_in_words": 44, "choice": 32, "note": 40, "file": 26, "other_file": 26}
_DEFAULT_WIDTH = 14
_LOCKS = (f"~${DECISIONS_FILE}", f".~lock.{DECISIONS_FILE}#")  # of Excel, of LibreOffice
_INSTRUCTIONS_SHEET = "Petunjuk"
_INSTRUCTIONS = (
    NOT_DATA,
    "",
    "Isi kolom Keputusan dengan memilih dari daftar, lalu simpan, tutup, dan jalankan lagi. Kolom Catatan bebas diisi.",
    "benar: program sudah benar. Bila orang yang sama tercatat dua kali dengan isi berbeda: baris inilah yang dipakai.",
    "hapus: baris ini tidak dipakai.",
    "orang yang sama: kedua baris milik satu orang.",
    "orang berbeda: kedua baris milik dua orang.",
    "Program hanya menambah baris di bawah dan tidak pernah mengubah baris yang ada. Jangan mengubah kolom lain.",
    "Berkas ini dapat memuat nama orang: jangan dibagikan.",
    "",
    "Fill the column Decision by choosing from its list, save, close, and run again. The column Note is yours.",
    "correct: what the program did is right. Where one person stands twice with other entries: this row counts.",
    "drop: this row is not used.",
    "same person: both rows belong to one person.",
    "different person: the rows belong to two people.",
    "The program only adds rows below and never changes a row that is there. Do not change the other columns.",
    "This file may hold people's names: do not share it.",
)


def extend_decisions(cleaned: Cleaned, folder: Path) -> int:
    """Append the open cases that ``folder/keputusan.xlsx`` does not list yet; return how many there were.

    The file is made at the first case. Raises OutputError where it is open in another program, or is there
    but cannot be understood (then nothing is lost by appending to it blindly).
    """
    path = folder / DECISIONS_FILE
    known = read_decisions(folder)
    new = [case for case in dict.fromkeys(cleaned.cases) if case not in known.listed]
    if not new:
        return 0
    unreadable = [one for one in known.problems if one.rule != "decision_unknown"]
    if unreadable:
        raise OutputError(
            f"{path}: {len(new)} new cases cannot be added, since its sheet {SHEET!r} or the header of that sheet was "
            "changed or damaged. Restore the header, or rename the file; a new one is then made."
        )
    _refuse_open(path)
    book = _opened(path)
    _append(book[SHEET], new)
    write_atomically(path, book.save)
    return len(new)


def _refuse_open(path: Path) -> None:
    lock = next((name for name in _LOCKS if (path.parent / name).exists()), None)
    if lock is not None:
        raise OutputError(
            f"{path}: open in another program ({lock} lies beside it); close it and repeat. Where no program has it "
            f"open, delete {lock}."
        )


def _opened(path: Path) -> Workbook:
    import openpyxl  # only where there is something to write

    if path.is_file():
        return openpyxl.load_workbook(path)
    return _new_book()


def _new_book() -> Workbook:
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = SHEET
    for index, (name, header) in enumerate(HEADERS.items(), start=1):
        cell = page.cell(1, index, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E7EEF5")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(name, _DEFAULT_WIDTH)
    page.freeze_panes = "A2"
    offered = DataValidation(type="list", formula1=f'"{",".join(LABELS.values())}"', allow_blank=True)
    offered.errorTitle, offered.error = "Keputusan / Decision", "Pilih dari daftar / Choose from the list"
    letter = get_column_letter(1 + list(HEADERS).index("choice"))
    offered.add(f"{letter}2:{letter}{ROWS_WITH_LISTS}")
    page.add_data_validation(offered)
    explanation = book.create_sheet(_INSTRUCTIONS_SHEET)
    explanation.column_dimensions["A"].width = 110
    for row, line in enumerate(_INSTRUCTIONS, start=1):
        explanation.cell(row, 1, line)
    return book


def _append(page: Worksheet, cases: Sequence[Case]) -> None:
    """Write each case below everything that stands in the sheet, in the columns that the header names."""
    headers = {str(cell.value): cell.column for cell in page[1] if cell.value}
    row = 1 + max(number for number, cells in enumerate(page.values, start=1) if any(cells))
    for number, case in enumerate(cases, start=row):
        for name, text in _texts(case).items():
            column = headers.get(HEADERS[name])
            if column is not None and text:
                cell = page.cell(number, column)
                cell.value = text
                cell.data_type = "s"  # a text that begins with "=" is no formula


def _texts(case: Case) -> dict[str, str]:
    other = case.other
    return {
        "file": case.here.file,
        "sheet": case.here.sheet or "",
        "cell": case.here.cell,
        "rule_in_words": DOUBTS_IN_WORDS.get(case.rule, case.rule),
        "text": case.here.text,
        "other_file": other.file if other else "",
        "other_sheet": (other.sheet or "") if other else "",
        "other_cell": other.cell if other else "",
        "other_text": other.text if other else "",
        "rule": case.rule,
    }
