"""Forms: their batch and class, and what is told of them."""

from __future__ import annotations

from analysis.study.instrument import load_instrument
from tests.cleaning.people.small_studies import clean_files, told


def test_an_evaluation_with_items_below_each_other_is_turned(clean):
    items = load_instrument().items
    rows: list[list[object]] = [["No", "Indikator", "R1", "R2"]]
    rows += [[number + 1, item.text_id, 5, "baik"] for number, item in enumerate(items)]
    cleaning, problems = clean({"evaluasi.xlsx": {"Angkatan 5": rows}})
    responses = cleaning.tables["responses"]
    assert responses["batch"].tolist() == ["5", "5"]
    assert responses[list(load_instrument().item_ids)].to_numpy().tolist() == [[5] * len(items), [4] * len(items)]
    assert problems == []


def test_question_texts_name_the_items(clean):
    items = load_instrument().items
    header = ["Timestamp", *[f"{number + 1}. {item.text_id}" for number, item in enumerate(items)]]
    cleaning, _ = clean({"form.xlsx": {"Form": [header, ["13/08/2023 10:00:00", *[4] * len(items)]]}})
    assert cleaning.tables["responses"].iloc[0][[item.id for item in items]].tolist() == [4] * len(items)


ITEMS = [f"P{number}" for number in range(1, len(load_instrument().item_ids) + 1)]


def _forms(*rows: tuple[object, ...], header: tuple[str, ...] = ()):
    body = [[place, *row, *[3 + place % 3] * len(ITEMS)] for place, row in enumerate(rows)]
    return {"evaluasi.csv": [["No", *header, *ITEMS], *body]}


def test_the_sole_batch_is_assigned_and_told_once():
    cleaned = clean_files(_forms((), (), ()), batches=["4"])
    assert cleaned.tables["responses"]["batch"].tolist() == ["4"] * 3
    assert told(cleaned, "batch_sole") == [("batch_sole", "in batch 4; 3 rows")]
    assert told(cleaned) == []


def test_with_several_batches_forms_without_one_count_for_none_and_are_told():
    cleaned = clean_files(_forms((), (), ()), batches=["4", "5"])
    assert cleaned.tables["responses"]["batch"].isna().all()
    assert told(cleaned) == [("batch_not_named", "3 of 3 forms")]


def test_classes_of_forms_are_those_of_their_batch():
    rows = [("5", "A"), ("6", "A"), ("6", "Kelas B")]
    responses = clean_files(_forms(*rows, header=("Angkatan", "Kelas"))).tables["responses"]
    assert responses["class_id"].tolist() == ["5/A", "6/A", "6/B"]
    assert responses["class_label"].tolist() == ["A", "A", "Kelas B"]


def test_a_batch_that_is_not_of_the_study_is_told_in_its_cell_only():
    cleaned = clean_files(_forms(("5", "A"), ("9", "A"), header=("Angkatan", "Kelas")))
    assert told(cleaned) == [("batch_unknown", "9")]
    assert cleaned.tables["responses"]["class_id"].isna().tolist() == [False, True]
