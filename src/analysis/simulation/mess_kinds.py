"""The kinds of mess: for each the column, what stands there instead, and the rule that it must break.

Stated here on its own, not taken from :mod:`analysis.cleaning`, so that comparing both is a check.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from analysis.cleaning.problems.problem import Severity
from analysis.simulation.sheets import ErrorCell, Row, SheetPlan

Change = Callable[[SheetPlan, Row, str], object]


@dataclass(frozen=True, slots=True)
class CellMess:
    """One kind of mess in single cells.

    ``tables`` are the beginnings of file names it fits; ``column`` the canonical name ("item" any answer,
    "day" any day of attendance); ``change`` returns the new value; ``fits`` says which present values qualify.
    """

    kind: str
    rule: str | None
    tables: tuple[str, ...]
    column: str
    change: Change
    fits: Callable[[object], bool] = lambda value: value not in (None, "")


def _constant(value: object) -> Change:
    return lambda sheet, row, column: value


def _text(edit: Callable[[str], object]) -> Change:
    return lambda sheet, row, column: edit(str(row[sheet.index(column)]))


def damaged_number(nik: str) -> int:
    """Return a NIK as Excel keeps a number: fifteen digits and a zero."""
    return int(f"{nik[:15]}0")


def misspelled(name: str) -> str:
    """Return a name as another hand would write it: the last vowel of the first word doubled with an h."""
    first, _, rest = name.partition(" ")
    return f"{first}h {rest}".strip()


def _points(value: str) -> int:
    return int(value.split("/")[0].split(",")[0])


def _maximum(value: str) -> int:
    return int(value.split("/")[1])


def _is_form_score(value: object) -> bool:
    return isinstance(value, str) and " / " in value and _points(value) >= 1


def _looks_like_a_date(value: object) -> bool:
    """Tell whether Excel takes a score such as "7 / 10" for a day and a month."""
    return _is_form_score(value) and _maximum(str(value)) <= 12 and _points(str(value)) <= 28


def _as_excel_date(value: str) -> dt.date:
    """Return the date that Excel makes of "7 / 10": the seventh of October."""
    points, maximum = (int(part) for part in value.split("/"))
    return dt.date(2024, maximum, points)


def _abbreviated(value: str) -> str:
    return value.replace("Kabupaten ", "KAB. ").upper()


def _above(value: str) -> str:
    return f"{_maximum(value) + 2} / {_maximum(value)}"


def _first_digits(value: str) -> str:
    return f"{value[0]},{value[1:6]}E+15"


_PEOPLE = ("peserta",)
_FORMS = ("tes/",)
_ANSWERS = ("evaluasi",)
_FOLLOWUP = ("tindak_lanjut",)


def _is_kabupaten(value: object) -> bool:
    return isinstance(value, str) and value.startswith("Kabupaten")


def _is(allowed: object) -> Callable[[object], bool]:
    return lambda value: value == allowed


PEOPLE_KINDS = (
    CellMess("role_abbreviated", None, _PEOPLE, "role", _constant("Sekdes"), _is("Sekretaris Desa")),
    CellMess("role_acting_head", None, _PEOPLE, "role", _constant("Pj. Kades"), _is("Kepala Desa")),
    CellMess("role_local_head", None, _PEOPLE, "role", _constant("KAKAM"), _is("Kepala Kampung")),
    CellMess("role_with_office", None, _PEOPLE, "role", _constant("Kaur Keuangan"), _is("Sekretaris Desa")),
    CellMess("role_council_member", None, _PEOPLE, "role", _constant("Anggota BPD"), _is("Ketua BPD")),
    CellMess("role_unknown", "role_unknown", _PEOPLE, "role", _constant("Operator Sistem")),
    CellMess("role_blank", "role_blank", _PEOPLE, "role", _constant(None)),
    CellMess("sex_in_words", None, _PEOPLE, "sex", _constant("Laki-laki"), _is("L")),
    CellMess("sex_unknown", "sex_unknown", _PEOPLE, "sex", _constant("X")),
    CellMess("attendance_tick", None, _PEOPLE, "day", _constant("\u221a"), _is("H")),
    CellMess("attendance_v", None, _PEOPLE, "day", _constant("v"), _is("H")),
    CellMess("attendance_one", None, _PEOPLE, "day", _constant(1), _is("H")),
    CellMess("attendance_sick", None, _PEOPLE, "day", _constant("S"), _is("A")),
    CellMess("attendance_no_word", None, _PEOPLE, "day", _constant("TK"), _is("A")),
    CellMess("attendance_dash", None, _PEOPLE, "day", _constant("-"), _is("A")),
    CellMess("attendance_alpa", None, _PEOPLE, "day", _constant("alpa"), _is("A")),
    CellMess("attendance_unknown", "attendance_unknown", _PEOPLE, "day", _constant("?")),
    CellMess("attendance_blank", "attendance_blank", _PEOPLE, "day", _constant(None)),
    CellMess("attendance_date", "attendance_became_date", _PEOPLE, "day", _constant(dt.date(2024, 1, 1))),
    CellMess("nik_number", "nik_damaged", _PEOPLE, "nik", _text(damaged_number)),
    CellMess("nik_scientific", "nik_damaged", _PEOPLE, "nik", _text(_first_digits)),
    CellMess("nik_short", "nik_malformed", _PEOPLE, "nik", _text(lambda nik: nik[:15])),
    CellMess("nik_spaced", None, _PEOPLE, "nik", _text(lambda nik: f"{nik[:6]} {nik[6:12]} {nik[12:]}")),
    CellMess("name_with_titles", None, _PEOPLE, "name", _text(lambda name: f"H. {name}, S.Pd.")),
    CellMess("name_in_capitals", None, _PEOPLE, "name", _text(lambda name: f" {name.upper()} ")),
    CellMess("regency_abbreviated", None, _PEOPLE, "regency", _text(_abbreviated), _is_kabupaten),
    CellMess("regency_blanks", None, _PEOPLE, "regency", _text(lambda name: name.replace(" ", "  ")), _is_kabupaten),
    CellMess("regency_unknown", "regency_unknown", _PEOPLE, "regency", _constant("Kab. Contoh Tenggah")),
    CellMess("regency_ambiguous", "regency_two_kinds", _PEOPLE, "regency", _constant("Contoh Pesisir"),
             _is("Kabupaten Contoh Pesisir")),
    CellMess("village_without_word", None, _PEOPLE, "village", _text(lambda name: name.split(" ", 1)[1])),
    CellMess("village_in_capitals", None, _PEOPLE, "village", _text(str.upper)),
    CellMess("village_blank", "village_blank", _PEOPLE, "village", _constant(None)),
    CellMess("village_number", "village_unreadable", _PEOPLE, "village", _constant("12")),
)  # fmt: skip

SCORE_KINDS = (
    CellMess("score_comma", None, _FORMS, "score", _text(lambda value: f"{_points(value)},0"), _is_form_score),
    CellMess("score_date", "score_became_date", _FORMS, "score", _text(_as_excel_date), _looks_like_a_date),
    CellMess("score_words", "score_unreadable", _FORMS, "score", _constant("tujuh"), _is_form_score),
    CellMess("score_above", "score_above_maximum", _FORMS, "score", _text(_above),
             _is_form_score),
    CellMess("score_negative", "score_negative", _FORMS, "score", _text(lambda value: f"-1 / {_maximum(value)}"),
             _is_form_score),
    CellMess("score_other_maximum", "score_maximum_differs", _FORMS, "score",
             _text(lambda value: f"{_points(value)} / {_maximum(value) + 5}"), _is_form_score),
    CellMess("score_not_graded", "score_not_graded", _FORMS, "score", _constant("-"),
             lambda value: isinstance(value, str) and value.endswith(",00")),
    CellMess("test_name_misspelled", "same_number_other_name", _FORMS, "name", _text(misspelled)),
)  # fmt: skip

ANSWER_KINDS = (
    CellMess("answer_word", None, _ANSWERS, "item", _constant("baik"), _is(4)),
    CellMess("answer_words", None, _ANSWERS, "item", _constant("sangat baik"), _is(5)),
    CellMess("answer_text_number", None, _ANSWERS, "item", _constant("3"), _is(3)),
    CellMess("answer_cleared", None, _ANSWERS, "item", _constant(None)),
    CellMess("answer_zero", "answer_out_of_scale", _ANSWERS, "item", _constant(0)),
    CellMess("answer_six", "answer_out_of_scale", _ANSWERS, "item", _constant(6)),
    CellMess("answer_range", "answer_several", _ANSWERS, "item", _constant("3-4")),
    CellMess("answer_between", "answer_between", _ANSWERS, "item", _constant("4,5")),
    CellMess("answer_contradiction", "answer_contradicts", _ANSWERS, "item", _constant("5 = baik")),
    CellMess("answer_scribble", "answer_unreadable", _ANSWERS, "item", _constant("bagus sekali!!")),
    CellMess("answer_date", "answer_became_date", _ANSWERS, "item", _constant(dt.date(2024, 4, 3))),
    CellMess("answer_formula_error", "error_cell", _ANSWERS, "item", _constant(ErrorCell("#REF!"))),
    CellMess("batch_in_words", None, _ANSWERS, "batch", _text(lambda number: f"Angkatan {number}")),
    CellMess("batch_unknown", "batch_unknown", _ANSWERS, "batch", _constant("99")),
)

FOLLOWUP_KINDS = (
    CellMess("month_spelling", None, _FOLLOWUP, "visited_on", _constant("12 Nopember 2024")),
    CellMess("month_short", None, _FOLLOWUP, "visited_on", _constant("9 Agt 2024")),
    CellMess("date_impossible", "date_impossible", _FOLLOWUP, "visited_on", _constant("31 Februari 2024")),
    CellMess("date_words", "date_unreadable", _FOLLOWUP, "agreed_on", _constant("menyusul")),
    CellMess("status_unknown", "status_unknown", _FOLLOWUP, "followup_status", _constant("entahlah")),
    CellMess("plan_kind_unknown", "plan_kind_unknown", _FOLLOWUP, "plan_kind", _constant("Gotong royong")),
    CellMess("modules_words", "not_a_number", ("lms",), "modules_done", _constant("banyak")),
)

CELL_KINDS = (*PEOPLE_KINDS, *SCORE_KINDS, *ANSWER_KINDS, *FOLLOWUP_KINDS)


_ERRORS = (
    "sex_unknown", "attendance_unknown", "attendance_became_date", "regency_unknown", "village_unreadable",
    "score_became_date", "score_unreadable", "score_above_maximum", "score_negative", "score_maximum_differs",
    "answer_out_of_scale", "answer_several", "answer_between", "answer_contradicts", "answer_unreadable",
    "answer_became_date", "batch_unknown", "date_impossible", "date_unreadable", "status_unknown", "not_a_number",
    "file_unrecognised", "error_cell",
)  # fmt: skip
_DOUBTS = (
    "role_unknown", "role_blank", "attendance_blank", "nik_damaged", "nik_malformed", "regency_two_kinds",
    "village_blank", "plan_kind_unknown", "person_twice_differs", "same_number_other_name", "same_name_other_number",
    "similar_name", "hidden_sheet",
)  # fmt: skip
_NOTES = (
    "score_not_graded", "signature_row", "total_row", "header_repeated", "lock_file", "person_twice",
    "attempt_unfinished", "attempt_repeated", "header_of_rows",
)  # fmt: skip

SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(_ERRORS, Severity.ERROR),
    **dict.fromkeys(_DOUBTS, Severity.DOUBT),
    **dict.fromkeys(_NOTES, Severity.NOTE),
}
