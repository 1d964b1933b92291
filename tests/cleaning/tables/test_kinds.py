"""What a kind of table promises: every row kept or dropped for a reason, a header whole or not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.ledger import SheetAccount
from analysis.errors import SourceError


@given(
    st.integers(0, 9),
    st.dictionaries(st.sampled_from(["total_row", "blank_row"]), st.integers(1, 9)),
    st.integers(-3, 3),
)
def test_an_account_that_loses_a_row_is_refused(kept, dropped, lost):
    total = kept + sum(dropped.values()) + lost
    if lost:
        with pytest.raises(SourceError, match="a row was lost"):
            SheetAccount("a.csv", None, "peserta", total, kept, dropped)
    else:
        assert SheetAccount("a.csv", None, "peserta", total, kept, dropped).rows_kept == kept


def test_a_header_is_whole_without_missing_and_doubled_columns():
    assert Header(0, 1, ("a",), 0, {"a": 0}, unknown=(3,)).is_whole
    assert not Header(0, 1, ("a",), 0, {"a": 0}, missing=("b",)).is_whole
    assert not Header(0, 1, ("a",), 0, {"a": 0}, twice=("a",)).is_whole
