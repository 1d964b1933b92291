"""Provinces and regencies: counts, codes of both schemes, spellings."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.study.regions import (
    find_province,
    find_regency,
    name_key,
    provinces,
    regencies,
    strip_village_word,
    village_words,
)


def test_there_are_38_provinces_and_514_regencies():
    assert len(provinces()) == 38
    assert len(regencies()) == 514
    assert {one.province_code for one in regencies()} == {one.code_kemendagri for one in provinces()}
    assert all(one.code_kemendagri.startswith(one.province_code + ".") for one in regencies())


def test_the_two_code_schemes_name_different_places():
    by_bps = {one.code_bps: one.name for one in regencies("18") if one.code_bps}
    by_kemendagri = {one.code_kemendagri.replace(".", ""): one.name for one in regencies("18")}
    assert (by_bps["1805"], by_kemendagri["1805"]) == ("Lampung Tengah", "Tulang Bawang")
    differing = {one.name for one in provinces() if one.code_bps != one.code_kemendagri}
    assert len(differing) == 6
    assert all(name.startswith("Papua") for name in differing)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("KAB. LAMPUNG TENGAH", "Lampung Tengah"),
        ("Kab Lampung  Tengah", "Lampung Tengah"),
        ("Kabupaten Lamteng", "Lampung Tengah"),
        ("lampura", "Lampung Utara"),
        ("TULANGBAWANG", "Tulang Bawang"),
        ("Tuba", "Tulang Bawang"),
        ("TUBABA", "Tulang Bawang Barat"),
        ("Tulang Bawang Brt.", "Tulang Bawang Barat"),
        ("KAB. TULANG BAWANG BARAT", "Tulang Bawang Barat"),
        ("Kota Metro", "Metro"),
    ],
)
def test_spellings_of_lampung(spelling, name):
    assert find_regency(spelling, "18").regency.name == name


@pytest.mark.parametrize("spelling", ["Tulang", "Tulang Bawang Bar", "Kota Tulang Bawang", "1805", "18.05", "", "Kab."])
def test_nothing_but_an_exact_name_counts(spelling):
    assert find_regency(spelling, "18").candidates == ()


def test_a_name_of_both_kinds_is_a_question():
    assert len(find_regency("Gorontalo", "75").candidates) == 2
    assert find_regency("Gorontalo", "75").regency is None
    assert find_regency("Kota Gorontalo", "75").regency.label == "Kota Gorontalo"
    assert find_regency("KAB. GORONTALO", "75").regency.label == "Kabupaten Gorontalo"
    assert find_regency("Pohuwato", "75").regency.label == "Pohuwato"
    shared = Counter(name_key(one.name) for one in regencies())
    assert sum(count > 1 for count in shared.values()) == 26


def test_a_name_that_begins_with_kota_is_found_whole_first():
    assert find_regency("KOTA BARU", "63").regency.full_name == "Kabupaten Kotabaru"
    assert find_regency("Jakarta Pusat", "31").regency.full_name == "Kota Administrasi Jakarta Pusat"


@given(st.sampled_from(regencies()), st.sampled_from(["upper", "lower", "title"]), st.booleans())
def test_every_full_name_finds_its_regency(regency, case, wide):
    text = getattr(regency.full_name, case)()
    assert find_regency(text.replace(" ", "  ") if wide else text, regency.province_code).regency == regency
    assert find_regency(regency.label, regency.province_code).regency == regency


@given(st.sampled_from(provinces()))
def test_every_province_is_found_by_its_name(province):
    assert find_province(f"PROVINSI {province.name.upper()}") == province


def test_village_words_are_stripped_only_where_they_are_used():
    assert strip_village_word("Pekon Way Nipah", "18") == "Way Nipah"
    assert strip_village_word("TIYUH  Panaragan", "18") == "Panaragan"
    assert strip_village_word("Pekon Way Nipah", "75") == "Pekon Way Nipah"
    assert strip_village_word("Desa Dulamayo", "75") == "Dulamayo"
    assert strip_village_word("Kampungbaru", "18") == "Kampungbaru"
    assert {word.head_title for word in village_words("11")} == {"Keuchik"}
