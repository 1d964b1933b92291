"""Dates: the order of day and month is decided once for a file; what cannot be told is missing and said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.cells.dates import Order, clean_dates, decide_order

DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=5), st.booleans())
def test_a_file_that_tells_its_order_is_read_back(days, day_first):
    form = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    texts = [day.strftime(form) for day in days]
    order = decide_order(texts)
    if any(day.day > 12 for day in days):
        assert order == Order(day_first, is_assumed=False)
        assert [value.date() for value in clean_dates(texts, day_first=order.day_first).values] == days
    else:
        assert order.day_first
        assert order.is_assumed == any(day.day != day.month for day in days)


def test_an_order_that_nothing_tells_is_the_indonesian_one_and_assumed():
    order = decide_order(["3/4/2024", "5/5/2024"])
    assert order == Order(True, is_assumed=True)
    cleaned = clean_dates(["3/4/2024", "5/5/2024"], day_first=order.day_first)
    assert cleaned.values == [dt.datetime(2024, 4, 3), dt.datetime(2024, 5, 5)]
    assert decide_order(["13/1/2024", "1/13/2024"]) == Order(True, is_assumed=True)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-29T08:30", dt.datetime(2024, 2, 29, 8, 30)),
        ("Senin, 7 Oktober 2024 13.05 WIB", dt.datetime(2024, 10, 7, 13, 5)),
        ("7-Okt-2024", dt.datetime(2024, 10, 7)),
        ("October 7, 2024 12:00 am", dt.datetime(2024, 10, 7, 0, 0)),
        ("20/8/23 1:15:09 PM", dt.datetime(2023, 8, 20, 13, 15, 9)),
    ],
)
def test_dates_as_people_and_forms_write_them(text, moment):
    assert clean_dates([text], day_first=True).values == [moment]


@pytest.mark.parametrize(
    ("value", "rule"),
    [("31/02/2024", "date_impossible"), ("7 Foo 2024", "date_unreadable"), (45206, "date_unreadable"), ("-", None)],
)
def test_what_is_no_date_is_missing_and_told(value, rule):
    cleaned = clean_dates([value], day_first=True)
    assert cleaned.values == [None]
    assert cleaned.broken == ([(0, rule)] if rule else [])
