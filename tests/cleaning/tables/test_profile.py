"""What the values of a column look like as a whole."""

from __future__ import annotations

import pytest

from analysis.cleaning.tables.profile import holds_clock_ranges, is_running


@pytest.mark.parametrize(
    ("values", "running"),
    [
        ([1, 2, 3, 4], True), (["101", "102", "103"], True), ([3, 2, 1], True), ([1, "", 2, "", 3], True),
        ([1, 2], False), ([1, 3, 5], False), (["a", "b", "c"], False), ([1, 2, 3, "x", "y"], False),
        ([5, 5, 5], False), ([*range(1, 20), 40], True), ([*range(1, 10), 40, 60], False), ([], False),
    ],
)  # fmt: skip
def test_running_numbers(values, running):
    assert is_running(values) is running


@pytest.mark.parametrize(
    ("values", "clock"),
    [
        (["08.00 - 09.30", "09.30-10.00"], True), (["08:00 s/d 09:30", "09:30 s/d selesai", "ISHOMA"], True),
        (["08.00 WIB - 09.30 WIB", "09.30 WIB \u2013 10.00 WIB"], True), (["08.00 - 09.30"], False),
        (["08.00", "09.30"], False), (["08.00 - 09.30", "09.30 - 10.00", "a", "b", "c"], False), ([], False),
    ],
)  # fmt: skip
def test_hours_of_a_timetable(values, clock):
    assert holds_clock_ranges(values) is clock
