"""Forms: their batch and class, and what is told of them."""

from __future__ import annotations

from analysis.study.instrument import load_instrument
from tests.cleaning.people.small_studies import clean, told

ITEMS = [f"P{number}" for number in range(1, len(load_instrument().item_ids) + 1)]


def _forms(*rows: tuple[object, ...], header: tuple[str, ...] = ()):
    body = [[place, *row, *[3 + place % 3] * len(ITEMS)] for place, row in enumerate(rows)]
    return {"evaluasi.csv": [["No", *header, *ITEMS], *body]}


def test_the_sole_batch_is_assigned_and_told_once():
    cleaned = clean(_forms((), (), ()), batches=["4"])
    assert cleaned.tables["responses"]["batch"].tolist() == ["4"] * 3
    assert told(cleaned, "batch_sole") == [("batch_sole", "in batch 4; 3 rows")]
    assert told(cleaned) == []


def test_with_several_batches_forms_without_one_count_for_none_and_are_told():
    cleaned = clean(_forms((), (), ()), batches=["4", "5"])
    assert cleaned.tables["responses"]["batch"].isna().all()
    assert told(cleaned) == [("batch_not_named", "3 of 3 forms")]


def test_classes_of_forms_are_those_of_their_batch():
    rows = [("5", "A"), ("6", "A"), ("6", "Kelas B")]
    responses = clean(_forms(*rows, header=("Angkatan", "Kelas"))).tables["responses"]
    assert responses["class_id"].tolist() == ["5/A", "6/A", "6/B"]
    assert responses["class_label"].tolist() == ["A", "A", "Kelas B"]


def test_a_batch_that_is_not_of_the_study_is_told_in_its_cell_only():
    cleaned = clean(_forms(("5", "A"), ("9", "A"), header=("Angkatan", "Kelas")))
    assert told(cleaned) == [("batch_not_found", "9")]
    assert cleaned.tables["responses"]["class_id"].isna().tolist() == [False, True]
