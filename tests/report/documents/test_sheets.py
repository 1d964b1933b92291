"""Rows of a worksheet are as high as their words need."""

import pytest

from analysis.report.documents.sheets import LINE_POINTS, row_points


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ([], 1),
        ([("", 10)], 1),
        ([("satu dua", 10)], 1),
        ([("satu dua tiga", 10)], 2),
        ([("satu", 10), ("satu dua tiga empat lima", 10)], 3),
        ([("katayangpanjangsekali", 10)], 2),
        ([("error: the file must be corrected", 30)], 1),  # narrow letters
        ([("MMMMMMMMMMMM", 10)], 2),
    ],
)
def test_the_row_with_most_lines_decides(texts, lines):
    assert row_points(texts) == lines * LINE_POINTS
