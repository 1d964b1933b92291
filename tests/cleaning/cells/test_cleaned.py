"""A column is cleaned by distinct value: each is decided once, and told wherever it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.cells.cleaned import clean_distinct


@given(st.lists(st.sampled_from(["a", "b", "?"])))
def test_each_value_is_decided_once_and_told_in_every_row(values):
    asked = []

    def clean(value):
        asked.append(value)
        return (None, "unknown") if value == "?" else (value.upper(), None)

    cleaned = clean_distinct(values, clean)
    assert sorted(asked) == sorted(set(values))
    assert cleaned.values == [None if value == "?" else value.upper() for value in values]
    assert cleaned.broken == [(row, "unknown") for row, value in enumerate(values) if value == "?"]
