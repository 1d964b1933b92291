"""Subjects and contrasts are read back as what was written, whatever a province calls its batches."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ParameterError
from analysis.evaluation.subject import Contrast, Part, Subject, part_values

NAMES = st.text(st.sampled_from("A5-|= \\xé"), min_size=1, max_size=8).map(str.strip).filter(bool)
BATCHES = NAMES.filter(lambda name: not name.startswith("-") and not name.endswith("-"))


@given(BATCHES, BATCHES)
def test_a_contrast_of_any_two_batches_reads_back(later, earlier):
    assert Contrast.parse(str(Contrast(later, earlier))) == Contrast(later, earlier)


def test_usual_contrasts_keep_their_form():
    assert str(Contrast("7", "5")) == "7-5"
    assert Contrast.parse("post-pre") == Contrast("post", "pre")
    assert str(Contrast("2024-1", "2023-5")) == "2024-1--2023-5"


@pytest.mark.parametrize("text", ["all", "5", "-", "5-", "a-b-c"])
def test_what_contrasts_nothing_is_no_contrast(text):
    assert Contrast.read(text) is None
    with pytest.raises(ParameterError, match="no contrast of two things"):
        Contrast.parse(text)


@given(st.lists(st.tuples(st.sampled_from(["batch", "role", "sd"]), NAMES.filter(lambda n: "\\" not in n)), min_size=1))
def test_a_subject_with_any_values_reads_back(parts):
    subject = Subject.of(*parts)
    assert Subject.parse(str(subject)) == subject


def test_the_parts_of_a_subject():
    subject = Subject.of("total", ("sd", 0.6))
    assert str(subject) == "total|sd=0.6"
    assert subject.head == Part("total")
    assert subject.detail == "sd=0.6"
    assert subject.value("sd") == "0.6"
    assert subject.value("n") is None
    assert str(subject.narrowed(("n", 96))) == "total|sd=0.6|n=96"


def test_values_of_a_column_of_subjects():
    column = pd.Series(["batch=5|both", "both"], index=[3, 7])
    found = part_values(column, "batch")
    assert found.to_dict()[3] == "5"
    assert found.isna().to_dict() == {3: False, 7: True}
