"""Subjects of results in words, in each language; what no catalogue knows stands as it is."""

from __future__ import annotations

import pytest

from analysis.report.content.subjects import (
    capitalised,
    contrast_in_words,
    instrument_names,
    level_words,
    subject_in_words,
)
from analysis.study.instrument import load_instrument
from analysis.words.catalogue import languages


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("batch=5", "Angkatan 5"),
        ("regency=Kota Metro", "Kota Metro"),
        ("folder-yang-tidak-dikenal", "Folder-yang-tidak-dikenal"),
    ],
)
def test_a_subject_in_indonesian(subject, said):
    assert capitalised(subject_in_words(subject, "id")) == said


@pytest.mark.parametrize("language", languages())
def test_parts_of_a_subject_are_said_one_after_the_other(language):
    parts = ["materi_1", "batch=5"]
    assert subject_in_words("|".join(parts), language) == ", ".join(subject_in_words(part, language) for part in parts)


@pytest.mark.parametrize("language", languages())
def test_items_aspects_and_levels_have_their_own_words(language):
    instrument = load_instrument()
    names = instrument_names(instrument, language)
    assert set(names) == {*instrument.item_ids, *(aspect.id for aspect in instrument.aspects)}
    assert all(subject_in_words(name, language) == words for name, words in names.items())
    assert list(level_words(instrument, language)) == [label.value for label in instrument.scale_labels]
    assert len(set(level_words(instrument, language).values())) == 5


def test_names_of_another_form_come_first():
    assert subject_in_words("materi_1", "id", {"materi_1": "Butir sendiri"}) == "Butir sendiri"


def test_a_pair_of_batches_stands_as_it_is_and_a_pair_of_things_in_words():
    assert contrast_in_words("7-5", "id") == "7-5"
    assert contrast_in_words("post-pre", "id") != "post-pre"
