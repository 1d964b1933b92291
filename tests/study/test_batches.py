"""Labels of batches."""

from pathlib import Path

import pytest

from analysis.study.batches import batch_label, find_batch
from analysis.study.province import load_province

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
