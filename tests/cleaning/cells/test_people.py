"""What a person is: role, sex, numbers and names, each from its own column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.cells.people import (
    LEAST_NUMBERS_TO_JUDGE,
    OTHER_ROLE,
    clean_nik,
    clean_numbers_of_people,
    clean_roles,
    clean_sex,
    compared_name,
)

LAMPUNG = "18"


def test_a_role_is_found_at_the_beginning_of_what_is_written():
    cleaned = clean_roles(["Kepala Desa Sukamaju", "Tukang Kebun", ""], LAMPUNG)
    assert cleaned.values == ["kepala_desa", OTHER_ROLE, None]
    assert cleaned.broken == [(1, "role_unknown"), (2, "role_blank")]


def test_the_head_of_a_village_has_the_title_of_the_province():
    assert clean_roles(["Kepala Pekon"], LAMPUNG).values == ["kepala_desa"]


def test_sex_is_what_its_column_says_and_nothing_else():
    cleaned = clean_sex(["L", "perempuan", "", "L/P"])
    assert cleaned.values == ["male", "female", None, None]
    assert cleaned.broken == [(3, "sex_unknown")]


@pytest.mark.parametrize(
    ("value", "number", "rule"),
    [
        ("1806 0112 3456 7891", "1806011234567891", None),
        (1806011234567890, None, "nik_damaged"),
        ("1,80601E+15", None, "nik_damaged"),
        ("180601", None, "nik_malformed"),
        ("xxxx", None, None),
    ],
)
def test_a_nik_is_sixteen_digits_as_text_or_missing(value, number, rule):
    cleaned = clean_nik([value])
    assert cleaned.values == [number]
    assert cleaned.broken == ([(0, rule)] if rule else [])


def test_a_column_whose_numbers_end_in_zero_is_used_nowhere():
    numbers = [f"180601{place:09d}0" for place in range(LEAST_NUMBERS_TO_JUDGE)]
    assert clean_nik(numbers[1:]).values == numbers[1:]
    cleaned = clean_nik(numbers)
    assert cleaned.values == [None] * len(numbers)
    assert {rule for _, rule in cleaned.broken} == {"nik_column_ends_in_zero"}


def test_participant_numbers_lose_separators_and_placeholders():
    assert clean_numbers_of_people(["P-01/A", "p 01 a", "xxx", "-"]).values == ["p01a", "p01a", None, None]


@given(st.sampled_from(["Siti Rahma", "Made Wira"]), st.sampled_from(["", "Hj. ", "Bpk ", "Drs. H. "]),
       st.sampled_from(["", ", S.E.", ", M.Si"]))  # fmt: skip
def test_titles_and_degrees_tell_no_two_people_apart(name, title, degree):
    assert compared_name(f"{title}{name.upper()}{degree}") == name.casefold()


def test_a_name_that_is_a_title_is_kept():
    assert compared_name("Haji") == "haji"
    assert compared_name(" ") is None
