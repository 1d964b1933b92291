"""Answers of single forms: turned where items stand below each other, named by the questions."""

from __future__ import annotations

from analysis.study.instrument import load_instrument


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
