"""Where people come from, whatever word stands before the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.cleaning.cells.places import (
    clean_batches,
    clean_classes,
    clean_districts,
    clean_regencies,
    clean_villages,
)
from tests.cleaning.participants.workbooks_by_code import make_context

LAMPUNG = "18"


def test_a_regency_is_one_of_the_province_or_missing():
    cleaned = clean_regencies(["Kab. Tanggamus", "TANGGAMUS", "Bogor", ""], LAMPUNG)
    assert cleaned.values == ["Tanggamus", "Tanggamus", None, None]
    assert cleaned.broken == [(2, "regency_unknown")]


def test_the_local_word_for_a_village_is_no_part_of_its_name():
    cleaned = clean_villages(["Pekon Suka Maju", "suka maju", "", "17"], LAMPUNG)
    assert cleaned.values == ["suka maju", "suka maju", None, None]
    assert cleaned.broken == [(2, "village_blank"), (3, "village_unreadable")]


def test_districts_lose_their_word_and_keep_their_capitals():
    assert clean_districts(["Kec. Wonosobo", "KECAMATAN kota agung", "Kec", ""]).values == [
        "Wonosobo", "Kota Agung", "Kec", None
    ]  # fmt: skip


@pytest.mark.parametrize("spelling", ["5", "Angkatan 5", "angkatan ke-5", "Batch V", "GELOMBANG 5", 5.0])
def test_a_batch_is_found_by_number_roman_number_and_word(spelling):
    assert clean_batches([spelling], make_context(Path()).province).values == ["5"]


def test_a_batch_is_found_by_its_own_spelling_and_else_told():
    cleaned = clean_batches(["Enam", "9", ""], make_context(Path()).province)
    assert cleaned.values == ["6", None, None]
    assert cleaned.broken == [(1, "batch_unknown")]


def test_classes_are_compared_without_their_word():
    assert clean_classes(["Kelas A", "a", "kelas ke 2", ""]).values == ["A", "A", "2", None]
