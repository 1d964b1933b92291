"""Whatever may stand in a cell."""

from __future__ import annotations

from hypothesis import strategies as st

CELLS = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.sampled_from(
        ["JUMLAH", "7 / 10", "7-Okt", "H", "√", "Kades", "3-4", "1,80205E+15", "Nama", "-", "=1", "\x00", "1.234"]
    ),
    st.integers(-10, 10**17),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
