"""Words of headers: compared without case and signs, each with the fields that it may mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.tables.codebook import compared, load_codebook


@given(st.text())
def test_what_is_compared_already_stays(text):
    once = compared(text)
    assert compared(once) == once
    assert compared(text.upper()) == compared(text.upper().lower()) or not text.isascii()


def test_case_signs_and_blanks_do_not_count():
    assert compared("  No.  HP/WA ") == compared("no hp wa") == "no hp wa"


def test_every_spelling_leads_to_fields_that_exist():
    book = load_codebook()
    assert {name for names in book.spellings.values() for name in names} <= set(book.fields)
    assert {name for groups in book.needs.values() for group in groups for name in group} <= set(book.fields)


def test_a_pattern_counts_only_where_no_spelling_does():
    book = load_codebook()
    (day,) = book.candidates("hari 3")
    assert book.fields[day].several
    assert book.candidates("kata yang tidak ada") == ()
