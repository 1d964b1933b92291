"""Batches and classes: told once with a count where they are not known, too many, or too large."""

from __future__ import annotations

import pytest

from analysis.errors import StudyError
from tests.cleaning.people.small_studies import clean_files, told


def _tests(batches: str, labels: str) -> dict[str, list[list[object]]]:
    rows: list[list[object]] = [["No Peserta", "Angkatan", "Kelas", "Pretes", "Postes"]]
    for number, (batch, label) in enumerate(zip(batches, labels, strict=True)):
        rows.append([f"P{number}", batch.strip(), label.strip(), 3, 6])
    return {"tes.csv": rows}


def test_letters_begin_anew_in_each_batch():
    cleaned = clean_files(_tests("556677", "ABABAB"), batches=["5", "6", "7"])
    people = cleaned.tables["participants"]
    assert people["class_id"].nunique() == 6
    assert set(people["class_label"]) == {"A", "B"}
    assert told(cleaned) == []


def test_a_label_is_kept_as_it_was_written():
    rows = [["No Peserta", "Angkatan", "Kelas", "Nilai"], ["P1", "5", "Kelas a", 3], ["P2", "5", " A ", 4]]
    people = clean_files({"pretest.csv": rows}).tables["participants"]
    assert people["class_id"].tolist() == ["5/A", "5/A"]
    assert people["class_label"].tolist() == ["Kelas a", "A"]


@pytest.mark.parametrize(
    ("batches", "labels", "expected"),
    [
        ("55 6", "ABAB", [("batch_not_named", "1 of 4 people"), ("class_without_batch", "1 of 4 people")]),
        ("5566", "AB A", [("class_missing", "1 of 4 people")]),
        ("    ", "    ", [("batch_not_named", "4 of 4 people")]),
    ],
)
def test_what_is_not_known_is_a_doubt_with_its_count(batches, labels, expected):
    assert told(clean_files(_tests(batches, labels))) == expected


def test_the_sole_batch_is_assigned_and_told_as_a_note():
    cleaned = clean_files(_tests("   ", "ABC"), batches=["5"])
    assert cleaned.tables["participants"]["class_id"].tolist() == ["5/A", "5/B", "5/C"]
    assert told(cleaned) == []
    assert told(cleaned, "batch_sole") == [("batch_sole", "in batch 5; 3 rows")]


def test_the_number_of_classes_is_compared_with_what_is_declared():
    declared = ["id = '5'\nclasses = 3", "id = '6'\nclasses = 2"]
    cleaned = clean_files(_tests("5566", "ABAB"), batches=declared)
    assert told(cleaned) == [
        ("classes_differ_from_declared", "in batch 5; people: 2 classes; province.toml: 3"),
    ]


@pytest.mark.parametrize(("size", "rules"), [(48, []), (49, ["class_too_large"])])
def test_a_class_far_above_the_guide_is_a_doubt(size, rules):
    cleaned = clean_files(_tests("5" * size, "A" * size), batches=["5"])
    assert [rule for rule, _ in told(cleaned)] == rules


@pytest.mark.parametrize("label", ["2023-5", "A", "Angkatan I", "Gelombang 2", "I/2024"])
def test_any_text_that_people_use_names_a_batch(label):
    cleaned = clean_files(_tests("55", "AB") | {"tes.csv": [
        ["No Peserta", "Angkatan", "Kelas", "Pretes", "Postes"], ["P1", label, "A", 3, 6], ["P2", label, "B", 4, 7],
    ]}, batches=[label, "lain"])  # fmt: skip
    assert set(cleaned.tables["participants"]["batch"]) == {label}
    assert set(cleaned.tables["participants"]["class_id"]) == {f"{label}/A", f"{label}/B"}
    assert told(cleaned) == []


def test_a_file_may_be_given_its_batch_and_class():
    rows = [["No Peserta", "Nilai"], ["P1", 3], ["P2", 4]]
    cleaned = clean_files(
        {"nilai pretest.csv": rows}, more='[files]\n"nilai pretest.csv" = {batch = "6", class = "Kelas B"}\n'
    )
    assert cleaned.tables["participants"]["class_id"].tolist() == ["6/B", "6/B"]
    assert told(cleaned) == []


def test_a_file_given_a_batch_that_is_none_is_refused():
    with pytest.raises(StudyError, match=r"'tes.csv': batch '9' is none of '5', '6'"):
        clean_files(_tests("5", "A"), more='[files]\n"tes.csv" = {batch = "9"}\n')
