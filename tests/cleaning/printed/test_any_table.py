"""Whatever stands in the cells of a published table, cleaning ends, accounts for each row and keeps the contract."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cleaning.clean import load_context
from analysis.cleaning.printed.schemas import check_table
from analysis.cleaning.reading.process import read_file
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.registry import KINDS, recognise

RAW = Path(__file__).parents[3] / "data" / "raw"
FILES = [
    (path.parent.name, path.name) for path in [*sorted(RAW.glob("[lg]*/*_agregat.csv")), RAW / "lampung/kuota.csv"]
]
ODD = st.one_of(
    st.sampled_from(
        ["", "0", "5,41", "4.18", "JUMLAH", "Batch-8", "Pretest", "TUBABA", "1.988", "98,8%", "-1", "INDIKATOR"]
    ),
    st.text(max_size=5),
    st.integers(-5, 10**6),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
)


@pytest.mark.parametrize(("province", "file"), FILES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_spoiled_cells_never_break_the_contract(province, file, data):
    context = load_context(RAW / province)
    sheet = read_file(RAW / province / file, file).sheets[0]
    rows = [list(row) for row in sheet.rows]
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.integers(0, len(rows) - 1))
        rows[row][data.draw(st.integers(0, len(rows[0]) - 1))] = data.draw(ODD)
    recognised = recognise(Sheet(file, None, rows), context)
    if recognised.found is None:
        assert recognised.problems
        return
    cleaning = next(kind for kind in KINDS if kind is recognised.kind).clean([recognised.found], context)
    assert [account.rows_in for account in cleaning.accounts] == [len(rows)]
    for name, table in cleaning.tables.items():
        check_table(name, table, context)
