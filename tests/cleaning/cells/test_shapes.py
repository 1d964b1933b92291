"""A person's name, number or address in the wrong column is told by its shape, never shown or kept."""

from __future__ import annotations

import pytest

from analysis.cleaning.cells.shapes import mask_personal, shape
from analysis.study.instrument import load_instrument
from tests.cleaning.participants import tables_by_code as by_code

SECRETS = (
    *by_code.NAMES,
    "Zainal Arifin",
    *map(by_code.nik, range(7)),
    "0812-3456-7890",
    "08123456789",
    "ani@contoh.id",
)


def _shown(problems):
    return " ".join(str(one.value) for one in problems)


def _free_of_secrets(text):
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []


@pytest.mark.parametrize("column", [3, 4, 7, 8, 9])
@pytest.mark.parametrize("value", [by_code.nik(6), "0812-3456-7890", "ani@contoh.id", "Eka Saputra, S.Pd."])
def test_what_tells_a_person_is_hidden_in_every_column(clean, column, value):
    _, problems = clean({"peserta.xlsx": {"A": by_code.spoiled(by_code.attendance(), column, value)}})
    assert [one.cell for one in problems if one.value] != []
    assert _free_of_secrets(_shown(problems))


def test_a_row_whose_cells_moved_is_told_without_them(clean):
    rows = by_code.attendance()
    rows[2] = ["", *rows[2][:-1]]
    rows[3] = [*rows[3][1:], ""]
    _, problems = clean({"peserta.xlsx": {"A": rows}})
    assert len(problems) > 8
    assert _free_of_secrets(_shown(problems))


def test_names_below_a_wrong_header_are_told_by_shape(clean):
    rows = by_code.attendance()
    rows[0][1], rows[0][4] = rows[0][4], rows[0][1]
    _, problems = clean({"peserta.xlsx": {"A": rows}})
    assert [one.value for one in problems if one.rule == "role_unknown"] == [shape(name) for name in by_code.NAMES]


def test_a_nik_typed_as_a_score_is_hidden(clean):
    _, problems = clean({"pretes.xlsx": {"A": by_code.spoiled(by_code.quiz_form(), 1, by_code.nik(1))}})
    assert ("score_above_maximum", "[number]") in [(one.rule, one.value) for one in problems]
    assert _free_of_secrets(_shown(problems))


def test_a_respondent_named_as_an_answer_is_hidden(clean):
    rows: list[list[object]] = [["No", "Indikator", "Zainal Arifin", "R2"]]
    rows += [[number, item.text_id, 5, 4] for number, item in enumerate(load_instrument().items, start=1)]
    rows[3][3] = "Zainal Arifin"
    _, problems = clean({"evaluasi.xlsx": {"Angkatan 5": rows}})
    found = [(one.cell, one.column, one.value) for one in problems]
    assert found == [("D4", load_instrument().items[2].text_id, "2 words, 12 letters")]


def test_people_named_in_free_text_are_masked_in_table_and_message(clean):
    rows = by_code.followup()
    rows[1][7] = "SK Ani Wulandari, S.Pd."
    rows[1][8] = "budi  HARTONO sakit, hubungi 0812-3456-7890 atau ani@contoh.id"
    cleaning, problems = clean({"peserta.xlsx": {"A": by_code.attendance()}, "rktl.xlsx": {"A": rows}})
    followup = cleaning.tables["followup"].iloc[0]
    assert followup["evidence"] == "SK [name], S.Pd."
    assert followup["obstacle"] == "[name] sakit, hubungi [number] atau [e-mail address]"
    told = [(one.rule, one.cell) for one in problems if one.rule != "columns_unused"]
    assert told == [("personal_text_masked", "H2"), ("personal_text_masked", "I2")]
    assert _free_of_secrets(_shown(problems) + cleaning.tables["followup"].to_csv())


@pytest.mark.parametrize("text", ["2024-08-13 10:00:00", "13/08/2023 10:00", "98,4 %", "Peraturan Nomor 12 Tahun 2024"])
def test_dates_and_short_numbers_are_no_secret(text):
    assert mask_personal(text, {"ani", "sakit"}) == text
