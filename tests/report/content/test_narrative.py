"""The office's own text in the report: its words stand first, its numbers are quoted and checked like all others."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.report import verify_folder, write_documents
from analysis.report.claims.claim import Kind
from analysis.report.claims.record import read_records
from analysis.report.content.opening import open_study
from analysis.report.verify.read_back import read_web
from analysis.report.verify.verify import verify_claims
from analysis.study.settings import Settings
from report.study_questions import findings_of, results_of

RAW = Path(__file__).parents[3] / "data" / "raw"
TEXT = """# Kata pengantar
Laporan ini disusun untuk 288 peserta.

# Latar belakang
Sesuai Permendagri 96/2017.

# Tim
- Ani, S.Sos.

# Keberhasilan
Sudah ada 5 desa yang bekerja sama, *naik* 12,5% [lihat].

# Keberlanjutan
Pendampingan berlanjut sampai 2025.

# Rekomendasi
- Ditjen: tambah 2 kelas.
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("narrative")
    shutil.copytree(RAW / "gorontalo", folder / "data" / "raw" / "gorontalo")
    (folder / "data" / "raw" / "gorontalo" / "narasi.md").write_text(TEXT, encoding="utf-8")
    study, _ = open_study(folder / "data" / "raw" / "gorontalo", folder / "data" / "processed", Settings())
    made = folder / "reports" / "gorontalo"
    made.mkdir(parents=True)
    results_of(study).to_parquet(made / "results.parquet")
    write_documents(made, folder / "data", ("id", "en"), ("html", "docx", "pdf", "xlsx"))
    return made


def test_its_numbers_are_quoted_claims_and_every_document_verifies(reports):
    assert verify_folder(reports) == []
    results = pd.read_parquet(reports / "results.parquet")
    told = findings_of("gorontalo", reports.parents[1] / "data" / "processed", results)
    for record in read_records(reports).values():
        assert verify_claims(record, results, told) == []
        quoted = {claim.printed for claim in record.claims if claim.kind is Kind.QUOTED}
        assert {"288", "96/2017", "12,5%", "2025"} <= quoted


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        (
            "laporan",
            ("Rekomendasi kantor.", "Ditjen: tambah 2 kelas.", "Rekomendasi dari temuan.", "betulkan"),
        ),
        (
            "report",
            ("Recommendations of the office.", "tambah 2 kelas.", "Recommendations from the", "correct"),
        ),
    ],
)
def test_the_offices_recommendations_stand_before_ours(reports, name, headings):
    words = " ".join(read_web((reports / f"gorontalo-2023-{name}.html").read_bytes()).furniture.split())
    places = [words.find(heading, words.find(headings[0])) for heading in headings]
    assert min(places) >= 0
    assert places == sorted(places)


def test_every_part_is_in_the_report_as_it_was_written(reports):
    words = " ".join(read_web((reports / "gorontalo-2023-laporan.html").read_bytes()).furniture.split())
    for said in (
        "Laporan ini disusun untuk 288 peserta.",
        "Sesuai Permendagri 96/2017.",
        "Ani, S.Sos.",
        "Sudah ada 5 desa yang bekerja sama, naik 12,5% [lihat].",
        "Pendampingan berlanjut sampai 2025.",
    ):
        assert said in words
    assert "angkanya dikutip, tidak dihitung ulang" in words
