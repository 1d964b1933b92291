"""Labels of batches, ids of classes."""

import datetime as dt
from pathlib import Path

import pytest

from analysis.study.batches import batch_in_name, batch_label, class_id, find_batch, find_batch_of_cell
from analysis.study.province import Batch, load_province

LAMPUNG = load_province(Path(__file__).parents[2] / "data" / "raw" / "lampung")


@pytest.mark.parametrize(
    "label", ["Batch-5", "batch 5", "BATCH_5", "Angkatan V", "angkatan ke-5", "Gelombang 05", "Tahap 5", "5", "Gel. 5"]
)
def test_spellings_of_batch_5(label):
    assert find_batch(label, LAMPUNG) == "5"


@pytest.mark.parametrize("label", ["Batch-8", "Batch", "Rata2 Total", "", "Angkatan LV", "55", "batches 5"])
def test_what_is_no_batch_of_the_study(label):
    assert find_batch(label, LAMPUNG) is None


def test_a_batch_of_another_study_is_still_seen_as_a_batch():
    assert batch_label("Batch-8") == "8"
    assert batch_label("Rata2 Total") is None


NAMED = LAMPUNG.model_copy(
    update={"batch": tuple(Batch(id=one) for one in ("2023-5", "A", "Angkatan I", "Gelombang 2"))}
)


@pytest.mark.parametrize(
    ("text", "whole", "cell"),
    [
        ("2023-5", "2023-5", "2023-5"),
        ("Angkatan 2023/5", "2023-5", "2023-5"),
        ("angkatan a", "A", "A"),
        ("1", None, "Angkatan I"),
        ("Angkatan 1", "Angkatan I", "Angkatan I"),
        ("II", None, "Gelombang 2"),
        ("Gel. 2", "Gelombang 2", "Gelombang 2"),
        ("Angkatan 5", None, None),
    ],
)
def test_any_text_that_people_use_names_a_batch(text, whole, cell):
    assert find_batch(text, NAMED) == whole
    assert find_batch_of_cell(text, text, NAMED) == cell


def test_an_id_that_a_spreadsheet_made_a_day_of_is_that_id_again():
    assert find_batch_of_cell(dt.datetime(2023, 5, 1), "2023-05-01 00:00:00", NAMED) == "2023-5"
    assert find_batch_of_cell(dt.datetime(2023, 6, 1), "2023-06-01 00:00:00", NAMED) is None


@pytest.mark.parametrize(
    ("name", "batch"),
    [
        ("tes_angkatan_2023-5_kelas_B", "2023-5"),
        ("Daftar hadir Gelombang 2", "Gelombang 2"),
        ("angkatan-1", "Angkatan I"),
        ("pretes batch ke-2 kelas A", "Gelombang 2"),
        ("peserta", None),
        ("angkatan baru", None),
        ("matahap 2", None),
        (None, None),
    ],
)
def test_the_batch_that_a_file_or_sheet_is_named_after(name, batch):
    assert batch_in_name(name, NAMED) == batch


def test_a_label_that_two_batches_share_names_neither():
    both = LAMPUNG.model_copy(update={"batch": (Batch(id="Tahap 2"), Batch(id="Gelombang 2"))})
    assert find_batch("Angkatan 2", both) is None
    assert find_batch("gelombang 2", both) == "Gelombang 2"


def test_a_class_is_its_batch_and_its_label():
    assert class_id("5", "A") == "5/A"
    assert class_id(None, "A") is None
    assert class_id("5", None) is None
