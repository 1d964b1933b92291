"""The questionnaire: 22 indicators, and what a province's own form must hold."""

from collections import Counter
from pathlib import Path

import pytest

from analysis.errors import StudyError
from analysis.study.instrument import load_instrument

OWN = """
id = "form"
title_id = "Formulir"
title_en = "Form"
scale_low = 1
scale_high = 2
scale = [{value = 1, label_id = "tidak", label_en = "no"}, {value = 2, label_id = "ya", label_en = "yes"}]
[[aspect]]
id = "isi"
name_id = "Isi"
name_en = "Content"
heading = "ISI"
[[item]]
id = "isi_1"
aspect = "isi"
text_id = "Isinya jelas"
text_en = "The content is clear"
"""


def test_the_22_indicators_stand_in_six_aspects():
    instrument = load_instrument()
    assert Counter(item.aspect for item in instrument.items) == {
        "materi": 3, "metode": 5, "fasilitator": 6, "media": 2, "fasilitas": 3, "suasana": 3
    }  # fmt: skip
    assert [aspect.id for aspect in instrument.aspects] == list(Counter(item.aspect for item in instrument.items))
    assert (instrument.scale_low, instrument.scale_high) == (1, 5)
    assert instrument.item_ids[0] == "materi_1"
    assert instrument.item_ids[-1] == "suasana_3"


def test_ids_count_inside_their_aspect():
    instrument = load_instrument()
    for aspect in instrument.aspects:
        ids = [item.id for item in instrument.items_of(aspect.id)]
        assert ids == [f"{aspect.id}_{i + 1}" for i in range(len(ids))]


def test_indonesian_texts_stand_in_the_shipped_form():
    form = (Path(__file__).parents[2] / "data/raw/lampung/evaluasi_agregat.csv").read_text("utf-8-sig")
    cells = {cell for line in form.splitlines() for cell in line.split(";")}
    instrument = load_instrument()
    assert {item.text_id for item in instrument.items} <= cells
    assert {aspect.heading for aspect in instrument.aspects} <= cells
    assert {f"{label.value} = {label.label_id}" for label in instrument.scale_labels} <= cells


def test_direction_of_the_facilities_block_is_said_to_be_assumed():
    facilities = next(aspect for aspect in load_instrument().aspects if aspect.id == "fasilitas")
    assert facilities.label == "Masalah atau kesulitan dalam kegiatan training"
    assert "diandaikan positif" in facilities.note_id
    assert "assumed" in facilities.note_en


def test_a_province_may_bring_its_own_form(tmp_path):
    (tmp_path / "instrument.toml").write_text(OWN, encoding="utf-8")
    assert load_instrument(tmp_path).item_ids == ("isi_1",)


def test_folder_without_its_own_form_uses_the_22_indicators(tmp_path):
    assert load_instrument(tmp_path) == load_instrument()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('aspect = "isi"', 'aspect = "materi"', "item 'isi_1': aspect 'materi' is not defined; allowed"),
        ("scale_high = 2", "scale_high = 1", "scale_low 1 must lie below scale_high 1"),
        ("scale_high = 2", "scale_high = 3", "each value from 1 to 3 needs one"),
        ("text_en", "text_eng", "unknown key 'item 1, text_eng' (did you mean 'text_en'?)"),
        ("scale_low = 1", "scale_low = 1.5", "key 'scale_low': found 1.5 (number)"),
    ],
)
def test_fault_of_an_own_form_is_named(tmp_path, old, new, message):
    (tmp_path / "instrument.toml").write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(StudyError) as error:
        load_instrument(tmp_path)
    assert message in str(error.value)
