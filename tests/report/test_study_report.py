"""The reports of the shipped provinces, from their raw files to checked documents."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.cleaning.processed import bring_up_to_date
from analysis.errors import SourceError
from analysis.evaluation import published
from analysis.evaluation.data import StudyData
from analysis.report import verify_folder, write_documents
from analysis.report.figure_files import data_hash
from analysis.report.readback.web import read_web
from analysis.report.record import read_records
from analysis.report.selection import selected
from analysis.report.verify import verify_claims, verify_figures
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training

DATA = Path(__file__).parents[2] / "data"
QUESTIONS = (
    published.audit,
    published.means,
    published.concordance,
    published.batch_size,
    published.total,
    published.aspects,
    published.pairs,
    published.class_unit,
    published.change,
    published.statements,
    published.ladder,
    published.change_ladder,
)


def _results(name: str, folder: Path) -> pd.DataFrame:
    raw = DATA / "raw" / name
    cleaned = bring_up_to_date(raw, folder / "processed" / name)
    province = load_province(raw)
    study = StudyData(
        province=province,
        training=load_training(province.training),
        instrument=load_instrument(raw),
        settings=Settings(),
        tables=cleaned.tables,
        problems=cleaned.problems,
    )
    answers = [question(study).results for question in QUESTIONS]
    return pd.concat([answer for answer in answers if len(answer)], ignore_index=True)


@pytest.fixture(scope="module", params=["lampung", "gorontalo"])
def report(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    results = _results(request.param, folder)
    reports = folder / "reports" / request.param
    reports.mkdir(parents=True)
    results.to_parquet(reports / "results.parquet")
    write_documents(reports, DATA, ("id", "en"), ("html", "docx", "pdf", "xlsx"))
    return reports, pd.read_parquet(reports / "results.parquet")


def test_every_number_of_every_document_agrees_with_its_claim_and_each_claim_with_its_result(report):
    folder, results = report
    assert verify_folder(folder) == []
    for record in read_records(folder).values():
        assert verify_claims(record, results) == []
        assert record.claims


def test_the_figures_show_the_data_of_this_study(report):
    folder, results = report
    analyses = {
        "indicators": "published.means",
        "batch_size": "published.batch_size",
        "p_ranges": "published.pairs",
        "ladder": "published.ladder",
        "change": "published.change",
    }
    fresh = {}
    for name, analysis in analyses.items():
        rows = selected(results, {"analysis": analysis})
        fresh[name] = data_hash(rows[rows["contrast"].notna() | rows["status"].isin(["estimated", "bounded"])])
    for record in read_records(folder).values():
        assert record.figures
        assert verify_figures(record, fresh) == []


EXPECTED = {
    "lampung": [
        "22 dari 22 indikator naik dari angkatan ke angkatan",
        "Dari 288 undangan, 96 orang tiap angkatan",
        "66 dari 66 rata-rata tercetak dan 22 dari 22 rata-rata total",
        "Angkatan 7 dibandingkan Angkatan 5: rata-rata berbeda signifikan menurut uji Welch apa pun sebaran jawabannya "
        "(p ≤ 0,008; setelah koreksi Holm atas 3 perbandingan paling tinggi p = 0,024)",
        "6 dari 6 aspek berbeda signifikan",
        "3 dari 3 perbandingan skor total tidak dapat ditentukan dari rata-rata saja",
        "tanpa kelompok pembanding",
    ],
    "gorontalo": [
        "Rata-rata meningkat 16 poin setelah pelatihan",
        "sekurang-kurangnya 99 peserta mengikuti kedua tes",
        "efek desain 20,5",
        "0,43 (0,41 sampai 0,45",
        "Tercetak 98,8%, hasil hitung dari jumlahnya sendiri 98,4%",
        "bertentangan dengan angkanya sendiri",
    ],
}


def test_the_indonesian_report_says_what_the_data_say(report):
    folder, _ = report
    words = " ".join(read_web((folder / "laporan.html").read_bytes()).furniture.split())
    assert [sentence for sentence in EXPECTED[folder.name] if sentence not in words] == []


@pytest.mark.parametrize("name", ["laporan.html", "report.html"])
def test_no_report_claims_a_cause_or_a_proof(report, name):
    folder, _ = report
    words = read_web((folder / name).read_bytes()).furniture.lower()
    for forbidden in ("terbukti", "karena pelatihan", "pasti berdampak", "proves", "because of the training"):
        assert forbidden not in words


def test_without_results_the_report_names_what_is_missing(tmp_path):
    with pytest.raises(SourceError, match=r"results\.parquet is missing in lampung: run the notebooks"):
        write_documents(tmp_path / "lampung", DATA, ("id",), ("html",))


def test_the_letterhead_of_a_province_is_used(report, tmp_path):
    from docx import Document

    folder, _ = report
    if folder.name != "gorontalo":
        pytest.skip("one province is enough")
    data = tmp_path / "data"
    shutil.copytree(DATA / "raw" / "gorontalo", data / "raw" / "gorontalo")
    letterhead = Document()
    letterhead.sections[0].header.paragraphs[0].text = "PEMERINTAH PROVINSI GORONTALO"
    letterhead.save(str(data / "raw" / "gorontalo" / "kop.docx"))
    reports = tmp_path / "reports" / "gorontalo"
    reports.mkdir(parents=True)
    shutil.copy(folder / "results.parquet", reports)
    write_documents(reports, data, ("id",), ("docx",))
    header = Document(str(reports / "laporan.docx")).sections[0].header
    assert header.paragraphs[0].text == "PEMERINTAH PROVINSI GORONTALO"
    assert verify_folder(reports) == []
