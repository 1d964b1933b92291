"""Points of a test: whatever stands in the cell is read or told, never lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.sheet import Sheet
from tests.cleaning.any_cell import CELLS
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import KEY, make_context


@given(st.lists(CELLS, min_size=6, max_size=6), st.integers(0, 1))
@settings(max_examples=60, deadline=None)
def test_a_filled_score_cell_is_read_or_told_never_lost(cells, which):
    rows = by_code.quiz_form(cells)
    cleaning = clean_participants([Sheet(f"{('pretes', 'postes')[which]}.xlsx", "A", rows)], make_context(), key=KEY)
    points = cleaning.tables["scores"][("pre_points", "post_points")[which]]
    told = {problem.cell for problem in cleaning.problems if problem.column == "Skor"}
    if any(problem.rule == "score_fraction" for problem in cleaning.problems):
        assert points.isna().all(), "shares of a maximum are refused for the whole column, told once"
        return
    for row, (cell, value) in enumerate(zip(cells, points, strict=True), start=2):
        blank = isinstance(cell, str) and not cell.strip()
        assert (value == value) != (f"B{row}" in told or blank)
