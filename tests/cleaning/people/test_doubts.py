"""What is asked about instead of decided."""

from __future__ import annotations

from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.people.one_study import FILES


def test_the_same_name_with_another_number_stays_two_people_and_is_asked_about(clean):
    form = by_code.spoiled(by_code.quiz_form(), 3, by_code.nik(77))
    cleaning, problems = clean({"peserta.xlsx": FILES["peserta.xlsx"], "pretes.xlsx": {"A": form}})
    assert (
        len(set(cleaning.tables["scores"]["participant_id"]) - set(cleaning.tables["participants"]["participant_id"]))
        == 1
    )
    assert ("same_name_other_number", "pretes.xlsx", "D3") in [(one.rule, one.file, one.cell) for one in problems]


def test_a_misspelled_name_without_number_is_asked_about_and_not_merged(clean):
    form = by_code.spoiled(by_code.spoiled(by_code.quiz_form(), 3, ""), 2, "Budi Hartonno")
    cleaning, problems = clean({"peserta.xlsx": FILES["peserta.xlsx"], "pretes.xlsx": {"A": form}})
    strangers = set(cleaning.tables["scores"]["participant_id"]) - set(
        cleaning.tables["participants"]["participant_id"]
    )
    assert len(strangers) == 1
    assert [(one.rule, one.cell) for one in problems if one.severity == "doubt"] == [("similar_name", "C3")]
