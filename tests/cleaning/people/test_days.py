"""Days that cannot be, told once a column."""

from __future__ import annotations

import pytest

from tests.cleaning.people.small_studies import clean_files, told

HEADER = ["No Peserta", "Jenis Kegiatan", "Tanggal Kesepakatan", "Tanggal Kunjungan", "Status"]


def _plans(*days: tuple[str, str]):
    rows = [HEADER, *[[f"P{n}", "antar_desa", *pair, "selesai"] for n, pair in enumerate(days)]]
    return {"tindak lanjut.csv": rows}


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        ([("20 Maret 2024", "14 Agustus 2024")] * 3, []),
        ([("20 Maret 2024", "20 Maret 2024")], []),
        ([("20 Maret 2024", "14 Agustus 2024"), ("20 Maret 2024", "14 Januari 2024")], ["visit_before_agreement"]),
        ([("20 Maret 2023", "14 Agustus 2024")] * 2, ["date_outside_training"]),
        ([("20 Maret 2024", "14 Agustus 2042")] * 2, ["date_outside_training"]),
    ],
)
def test_plans_and_visits(days, rules):
    cleaned = clean_files(_plans(*days), batches=["5"])
    assert [rule for rule, _ in told(cleaned)] == rules
    assert cleaned.tables["followup"]["visited_on"].notna().all()


def test_the_count_stands_with_the_first_date():
    found = told(clean_files(_plans(*[("20 Maret 2023", "14 Agustus 2024")] * 4), batches=["5"]))
    assert found == [("date_outside_training", "20 Maret 2023; 4 rows")]


@pytest.mark.parametrize(("year", "rules"), [("2024", []), ("2023", ["date_outside_training"])])
def test_a_test_lies_in_the_year_of_the_training(year, rules):
    rows = [["Timestamp", "No Peserta", "Skor"], *[[f"{13 + n}/08/{year} 10:00:00", f"P{n}", 5] for n in range(3)]]
    assert [rule for rule, _ in told(clean_files({"pretest.csv": rows}, batches=["5"]))] == rules


def test_declared_days_reach_beyond_the_year():
    batch = "id = '5'\nfirst_day = 2023-11-20\nlast_day = 2024-01-12"
    rows = [["Timestamp", "No Peserta", "Skor"], ["21/11/2023 10:00:00", "P1", 5], ["22/11/2023 10:00:00", "P2", 6]]
    assert told(clean_files({"pretest.csv": rows}, batches=[batch])) == []
