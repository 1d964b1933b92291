"""``keputusan.xlsx``: what persons decided about doubts, by file and cell; code only appends open cases.

The file may hold names and stays in the raw folder, untracked. Nothing in it is keyed: addresses are the
same on every machine. A decision names what its rows held when the case was opened; where they hold
something else now, it is not applied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cleaning.cells.shapes import shape
from analysis.cleaning.forms.templates import NOT_DATA
from analysis.cleaning.problems.problem import Problem, Severity
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.files import DECISIONS_FILE
from analysis.cleaning.reading.process import read_file
from analysis.cleaning.reading.sheet import Sheet, cell_text, column_letters
from analysis.cleaning.write import write_atomically
from analysis.errors import OutputError
from analysis.study.regions import compared

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from analysis.cleaning.clean import Cleaned


SHEET = "Keputusan"
LONGEST_TEXT = 1_000  # letters of a row that a case shows


class Choice(StrEnum):
    """What a person may decide about a case."""

    CORRECT = "correct"
    DROP = "drop"
    SAME_PERSON = "same_person"
    DIFFERENT_PERSON = "different_person"


LABELS = {
    Choice.CORRECT: "benar / correct",
    Choice.DROP: "hapus / drop",
    Choice.SAME_PERSON: "orang yang sama / same person",
    Choice.DIFFERENT_PERSON: "orang berbeda / different person",
}
# What a person reads about each doubt; the codes stand in the last column.
DOUBTS_IN_WORDS = {
    "person_twice_differs": "Orang yang sama dua kali, isinya berbeda / Same person twice with other entries",
    "number_conflict": "Dua nomor milik dua orang / Two numbers of two people",
    "same_name_other_number": "Nama sama, nomor lain / Same name, other number",
    "same_number_other_name": "Nomor sama, nama lain / Same number, other name",
    "similar_name": "Nama mirip / Similar name",
    "same_person_other_batch": "Orang yang sama di angkatan lain / Same person in another batch",
    "same_name_other_class": "Nama sama, kelas lain / Same name, other class",
    "same_name_other_email": "Nama sama, surel lain / Same name, other e-mail",
    "same_number_other_person": "Nomor sama, orang lain / Same number, other person",
    "attribute_differs": "Dua berkas berbeda tentang orang yang sama / Two files differ about one person",
    "several_candidates": "Lebih dari satu orang cocok / More than one person fits",
}
# Headers by what stands below them; code finds its columns by these words, so columns may be moved.
HEADERS = {
    "file": "Berkas / File",
    "sheet": "Lembar / Sheet",
    "cell": "Sel / Cell",
    "rule_in_words": "Masalah / Doubt",
    "text": "Isi baris / Row",
    "other_file": "Berkas lain / Other file",
    "other_sheet": "Lembar lain / Other sheet",
    "other_cell": "Sel lain / Other cell",
    "other_text": "Isi baris lain / Other row",
    "choice": "Keputusan / Decision",
    "note": "Catatan / Note",
    "rule": "Kode / Code",
}
_NEEDED = tuple(name for name in HEADERS if name not in ("rule_in_words", "note"))


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row of a raw file: ``cell`` is an address in it, ``text`` what it holds (personal: never printed)."""

    file: str
    sheet: str | None
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A doubt that a person must decide: the rule, the row, and the row that it may belong to."""

    rule: str
    here: RowPlace
    other: RowPlace | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person chose for a case, and the address of the choice in ``keputusan.xlsx``."""

    case: Case
    choice: Choice
    cell: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a folder, every case that its file lists already, and what is wrong with the file."""

    made: tuple[Decision, ...] = ()
    listed: frozenset[Case] = frozenset()
    problems: tuple[Problem, ...] = ()
    digest: str | None = None


def row_text(cells: Sequence[object]) -> str:
    """Return what a row holds as one line, without control characters, as a case shows and compares it."""
    line = " | ".join(text for cell in cells if (text := cell_text(cell)))
    return "".join(character for character in line if character.isprintable())[:LONGEST_TEXT].strip()


def read_decisions(folder: Path) -> Decisions:
    """Return what ``keputusan.xlsx`` of a province folder decides; nothing where there is no such file.

    ``digest`` is the SHA-256 of the filled rows, None where no row is filled: open cases change no result.
    """
    path = folder / DECISIONS_FILE
    if not path.is_file():
        return Decisions()
    reading = read_file(path, DECISIONS_FILE)
    faults = tuple(one for one in reading.problems if one.severity is Severity.ERROR)
    sheet = next((sheet for sheet in reading.sheets if sheet.name == SHEET), None)
    if sheet is None:
        return Decisions(problems=faults or (problem("decisions_unreadable", DECISIONS_FILE),))
    columns = _columns(sheet)
    missing = [HEADERS[name] for name in _NEEDED if name not in columns]
    if missing:
        fault = problem("decisions_unreadable", DECISIONS_FILE, sheet=SHEET, column=", ".join(missing))
        return Decisions(problems=(*faults, fault))
    return _rows(sheet, columns, faults)


def decisions_digest(folder: Path) -> str | None:
    """Return the SHA-256 of what ``keputusan.xlsx`` decides, None where it decides nothing."""
    return read_decisions(folder).digest


def _columns(sheet: Sheet) -> dict[str, int]:
    names = {compared(header): name for name, header in HEADERS.items()}
    labels = [compared(cell_text(value)) for value in sheet.rows[0]] if sheet.rows else []
    return {names[label]: index for index, label in enumerate(labels) if label in names}


def _rows(sheet: Sheet, columns: dict[str, int], faults: tuple[Problem, ...]) -> Decisions:
    made: list[Decision] = []
    listed: set[Case] = set()
    problems = list(faults)
    filled: list[str] = []
    choices = _choices()
    for number, cells in enumerate(sheet.rows[1:], start=1):
        texts = {name: cell_text(cells[index]) for name, index in columns.items()}
        if not texts["file"]:
            continue
        case = _case(texts)
        listed.add(case)
        chosen = texts["choice"]
        if not chosen:
            continue
        filled.append(f"{case!r}{chosen}")
        cell = f"{column_letters(sheet.first_column + columns['choice'])}{sheet.first_row + number + 1}"
        choice = choices.get(compared(chosen))
        if choice is None:
            problems.append(
                problem("decision_unknown", DECISIONS_FILE, sheet=SHEET, cell=cell, column=HEADERS["choice"],
                        value=shape(chosen))
            )  # fmt: skip
        else:
            made.append(Decision(case, choice, cell))
    digest = hashlib.sha256("\0".join(sorted(filled)).encode()).hexdigest() if filled else None
    return Decisions(tuple(made), frozenset(listed), tuple(problems), digest)


def _case(texts: dict[str, str]) -> Case:
    here = RowPlace(texts["file"], texts["sheet"] or None, texts["cell"], texts["text"])
    other = RowPlace(texts["other_file"], texts["other_sheet"] or None, texts["other_cell"], texts["other_text"])
    return Case(texts["rule"], here, other if other.file else None)


def _choices() -> dict[str, Choice]:
    """Return choices by every spelling that counts: the whole label, or either language of it."""
    found: dict[str, Choice] = {}
    for choice, label in LABELS.items():
        for text in (label, *label.split(" / "), choice.value):
            found[compared(text)] = choice
    return found


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
