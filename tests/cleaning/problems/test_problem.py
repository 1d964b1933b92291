"""The problem list stands in the order in which a person goes through the files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.problems.problem import COLUMNS, Problem, Severity, problems_frame


def problem(file, cell, sheet=None):
    return Problem(severity=Severity.NOTE, file=file, sheet=sheet, cell=cell, rule="r", done="d", remedy="m")


IN_ORDER = [
    problem("a.csv", None),
    problem("a.csv", "B2"),
    problem("a.csv", "A10"),
    problem("b.xlsx", None, "Satu"),
    problem("b.xlsx", "Z1", "Satu"),
    problem("b.xlsx", "AA1", "Satu"),
]


@given(st.permutations(IN_ORDER))
def test_files_sheets_rows_and_columns_ascend_and_wholes_come_first(problems):
    frame = problems_frame(problems)
    assert tuple(frame.columns) == COLUMNS
    assert [
        None if cell is None else cell for cell in frame["cell"].astype(object).where(frame["cell"].notna(), None)
    ] == [one.cell for one in IN_ORDER]
    assert frame["file"].tolist() == [one.file for one in IN_ORDER]


def test_an_address_that_is_none_stands_with_the_whole_file():
    assert problems_frame([problem("a.csv", "B1"), problem("a.csv", "baris dua")])["cell"].tolist() == [
        "baris dua",
        "B1",
    ]


def test_a_list_without_problems_has_its_columns():
    assert tuple(problems_frame([]).columns) == COLUMNS
