"""``keputusan.xlsx``: what persons decided about doubts, by file and cell, read anew on every run.

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

from analysis.cleaning.files import DECISIONS_FILE
from analysis.cleaning.participant_rules import problem
from analysis.cleaning.problems import Problem, Severity
from analysis.cleaning.readers.workbooks import read_workbook
from analysis.cleaning.shapes import shape
from analysis.cleaning.sheet import Sheet, column_letters
from analysis.cleaning.tables.codebook import compared
from analysis.cleaning.tables.values import cell_text

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
    "person_unidentified": "Baris ini tidak menyebut siapa orangnya / Nothing says who this is",
    "person_twice_differs": "Orang yang sama dua kali, isinya berbeda / Same person twice with other entries",
    "number_conflict": "Dua nomor milik dua orang / Two numbers of two people",
    "same_name_other_number": "Nama sama, nomor lain / Same name, other number",
    "same_number_other_name": "Nomor sama, nama lain / Same number, other name",
    "similar_name": "Nama mirip / Similar name",
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
    reading = read_workbook(path, DECISIONS_FILE)
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
