"""The reports of the shipped provinces, from their raw files to checked documents."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.cleaning.processed import bring_up_to_date
from analysis.errors import SourceError
from analysis.evaluation import national
from analysis.evaluation.data import StudyData
from analysis.report import verify_folder, write_documents
from analysis.report.claims.record import read_records
from analysis.report.content.facts import study_facts
from analysis.report.content.pictures import FIGURES, data_hash
from analysis.report.content.tables import report_tables
from analysis.report.verify.read_back import read_web
from analysis.report.verify.verify import verify_claims, verify_figures
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training
from report.study_questions import findings_of, results_of

DATA = Path(__file__).parents[3] / "data"
QUESTIONS_OF_THE_NATION = (national.participation, national.provinces, national.synthesis)


def _results(name: str, folder: Path, data: Path = DATA) -> pd.DataFrame:
    raw = data / "raw" / name
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
    return results_of(study)


@pytest.fixture(scope="module", params=["lampung", "gorontalo", "contoh"])
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
    told = findings_of(folder.name, folder.parents[1] / "processed" / folder.name, results)
    for record in read_records(folder).values():
        assert verify_claims(record, results, told) == []
        assert record.claims


def test_the_figures_show_the_data_of_this_study(report):
    folder, results = report
    fresh = {
        name: data_hash(results[results["analysis"] == analysis].reset_index(drop=True))
        for name, (analysis, _) in FIGURES.items()
    }
    if folder.name == "contoh":
        assert "effects" in read_records(folder)["id"].figures[0].name
    for record in read_records(folder).values():
        assert record.figures
        assert verify_figures(record, fresh) == []


EXPECTED = {
    "contoh": [
        "DATA SIMULASI / SIMULATED DATA",
        "Penilaian Angkatan 7 0,90 poin lebih tinggi daripada Angkatan 5 (+0,60 sampai +1,19; p = 0,003 setelah "
        "koreksi), dengan kelas sebagai satuan",
        "Angkatan 7 dibanding Angkatan 6: tidak ditemukan perbedaan yang signifikan (+0,52 poin",
        "poin atau lebih akan ditemukan dengan peluang delapan puluh persen",
        "Nilai rata-rata naik 1,54 poin setelah pelatihan",
        "dengan kelas sebagai satuan (9 kelas)",
        "adalah 6,02 pada pretes dan 7,56 pada postes",
        "18 dari 22 indikator berbeda antarangkatan pada uji permutasi (Kruskal-Wallis dengan permutasi kelas, setelah "
        "koreksi maxT",
        "Menurut anggaran galat pertanyaan utama, 18 tetap signifikan",
        "Bila peserta dianggap saling bebas, semua 22 indikator akan dianggap signifikan sebelum koreksi. Cara itu "
        "mengabaikan kelas, sehingga tidak menjadi dasar kesimpulan",
        "memuat selisih skor total tanpa formulir itu",
        "Hotel, tanggal, dan pelatih tiap angkatan ikut terkandung dalam perbedaan seperti itu",
        "Bila peserta dianggap saling bebas, selang perubahannya",
        "Keragaman antarkelas: korelasi perubahan dalam kelas",
        "Keragaman antarangkatan: rata-rata perubahan terletak antara",
        "rencana tindak lanjut yang statusnya diketahui",
        "Tanpa kelompok pembanding, penyebab perubahan tidak dapat disimpulkan",
    ],
    "lampung": [
        "Nilai semua 22 indikator lebih tinggi pada tiap angkatan yang lebih akhir (orangnya berbeda, jadi bukan "
        "kemajuan)",
        "Laporan ini memakai 96 orang tiap angkatan",
        "Semua 66 rata-rata tercetak dapat dihasilkan oleh 96 jawaban bilangan bulat. Akan tetapi, ukuran itu dapat "
        "menghasilkan 96,0% dari semua nilai",
        "ukuran itu menghasilkan 100,0% dari semua nilai. Jadi, rata-rata saja tidak membuktikan apa pun",
        "Ukuran itu menghasilkan pula semua 22 total",
        "jadi di bawah 148 hanya 96 yang cocok",
        "bahwa mereka terbagi rata atas 3 angkatan adalah asumsi laporan ini, bukan pernyataan sumber",
        "Angkatan 7 dibanding Angkatan 5: selisih +0,63 poin; bila peserta saling bebas nilai p ≤ 0,008, setelah "
        "koreksi Holm nilai p ≤ 0,024. Apakah itu signifikan tidak dapat ditentukan dari rata-rata saja. Bila peserta "
        "menjawab saling bebas dan n = 96 orang tiap angkatan, perbedaan rata-rata itu signifikan menurut uji Welch "
        "apa pun sebaran jawabannya (nilai p ≤ 0,024 setelah koreksi Holm atas 3 perbandingan)",
        "Angkatan 7 dibanding Angkatan 6: rata-rata tercetak berselisih +0,43 poin; apakah itu signifikan tidak dapat",
        "semua 6 aspek berbeda signifikan apa pun sebaran jawabannya. Setelah koreksi Holm atas semua aspek, semua 6 "
        "tetap signifikan",
        "Bila peserta menjawab saling bebas dan sebelum koreksi, semua 22 indikator berbeda signifikan apa pun "
        "sebaran jawabannya. Setelah "
        "koreksi Holm atas 22 indikator tidak satu pun bertahan (batas nilai p yang terkecil ≤ 0,064)",
        "Untuk 16 dari 22 indikator, kesimpulan itu gugur karena jumlah kelasnya sedikit saja",
        "Kesimpulan yang paling tahan pun lalu gugur bila korelasi dalam kelas melebihi 0,006",
        "jumlah kelas yang sedikit saja menggugurkannya untuk tidak satu pun dari 22 indikator",
        "Dengan kelas sebagai satuan, kesimpulan tentang semua 22 indikator tidak dapat ditentukan",
        "10 dari 22 indikator berbeda signifikan apa pun sebaran jawabannya, dan 12 tidak dapat ditentukan.",
        "tidak satu pun dari 22 indikator berbeda signifikan apa pun sebaran jawabannya, 18 tidak dapat "
        "ditentukan, dan 4 tidak",
        "16 dari 22 total sama dengan rata-rata angkatannya yang dihitung ulang. Sebanyak 6 total berbeda sedikit, dan "
        "pembulatan menjelaskan semuanya",
        "Bila tiap angkatan berisi 288 orang, yaitu seluruh undangan, dan peserta menjawab saling bebas, 2 dari 3 "
        "perbandingan skor total signifikan",
        "1 didukung angkanya (dengan aturan yang dipakai)",
        "tidak dapat diperiksa dari yang dipublikasikan",
        "tidak ada kelompok pembanding",
    ],
    "gorontalo": [
        "Nilai rata-rata 63 pada pretes dan 79 pada postes",
        "Nilai rata-rata naik 16 poin setelah pelatihan (+15 sampai +17 menurut pembulatan sumber)",
        "bila semua yang hadir mengikuti kedua tes, yaitu 1.956 pasangan nilai, dan korelasi dalam kelas berisi 32 "
        "orang paling besar 0,14",
        "99 pasangan sudah cukup agar perubahan itu signifikan apa pun sebaran nilai dan apa pun korelasi",
        "efek desain 20,5 (memperhitungkan pembulatan; 23,47 pada nilai tercetak)",
        "adalah 0,43 (0,41 sampai 0,45 menurut pembulatan)",
        "Sumber mencetak 98,8%, tetapi dari jumlahnya sendiri kehadiran adalah 98,4%",
        "gugur bila korelasi dalam kelas melebihi 0,59",
        "diperlukan 99 kelas (3.168 orang). Itu lebih banyak daripada 1.956 orang yang hadir",
        "bertentangan dengan angkanya sendiri",
        "penyebab perubahan tidak dapat disimpulkan",
    ],
}


YEARS = {"lampung": 2023, "gorontalo": 2023, "contoh": 2024}


def test_the_indonesian_report_says_what_the_data_say(report):
    folder, _ = report
    words = " ".join(
        read_web((folder / f"{folder.name}-{YEARS[folder.name]}-laporan.html").read_bytes()).furniture.split()
    )
    assert [sentence for sentence in EXPECTED[folder.name] if sentence not in words] == []


INDONESIAN = r"\b(tidak|dengan|dari|adalah|bila|rata-rata|peserta|setelah)\b"
ENGLISH = r"\b(the|with|means|batch|significant|published|only|after|people)\b"


@pytest.mark.parametrize(("name", "foreign"), [("laporan", ENGLISH), ("report", INDONESIAN)])
def test_no_word_of_the_other_language_is_left_outside_quotations(report, name, foreign):
    folder, _ = report
    sources = r"(?s)(Sumber data\.|Sources\.).*?(Gambaran umum|The training)"
    works = r"(?s)(Rujukan|References)\..*"
    words = " ".join(
        read_web((folder / f"{folder.name}-{YEARS[folder.name]}-{name}.html").read_bytes()).furniture.split()
    )
    words = re.sub(works, "", re.sub(sources, "", words))
    for statement in load_province(DATA / "raw" / folder.name).statements:
        words = words.replace(statement.text, "")
    assert re.findall(foreign, words, flags=re.IGNORECASE) == []


@pytest.mark.parametrize("name", ["laporan", "report"])
def test_no_report_claims_a_cause_or_a_proof(report, name):
    folder, _ = report
    words = read_web((folder / f"{folder.name}-{YEARS[folder.name]}-{name}.html").read_bytes()).furniture.lower()
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
    header = Document(str(reports / "gorontalo-2023-laporan.docx")).sections[0].header
    assert header.paragraphs[0].text == "PEMERINTAH PROVINSI GORONTALO"
    assert verify_folder(reports) == []


def test_the_nation_has_a_report_too(tmp_path, lampung, gorontalo):
    results = pd.concat(
        [
            question([lampung, gorontalo]).results
            for question in (national.participation, national.provinces, national.synthesis)
        ],
        ignore_index=True,
    )
    folder = tmp_path / "national"
    folder.mkdir()
    results.to_parquet(folder / "results.parquet")
    write_documents(folder, DATA, ("id", "en"), ("html",))
    assert verify_folder(folder) == []
    words = " ".join(read_web((folder / "nasional-2023-laporan.html").read_bytes()).furniture.split())
    assert "1.956" in words
    assert "Di bawah lima provinsi tidak ada rata-rata nasional" in words


def _with_participants(sizes: dict[str, int], data: Path) -> None:
    """Copy Lampung's raw files to ``data`` and state the number of people of each batch."""
    shutil.copytree(DATA / "raw" / "lampung", data / "raw" / "lampung")
    stated = data / "raw" / "lampung" / "province.toml"
    text = stated.read_text(encoding="utf-8")
    for batch, size in sizes.items():
        text = text.replace(f'id = "{batch}"', f'id = "{batch}"\nparticipants = {size}')
    stated.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        # 90 people cannot give every printed mean of batch 5, so its total score has no contrast; 7-6 has one.
        (
            {"5": 90, "6": 96, "7": 102},
            ("90 to 102 people per batch", "Batch 7 against Batch 5: cannot be computed:"),
        ),
        (
            {"5": 5, "6": 5, "7": 5},
            ("5 people per batch", "cannot be computed: the mean cannot come from so many answers"),
        ),
    ],
)
def test_stated_sizes_that_do_not_fit_the_means_are_said_to_be_so(sizes, said, tmp_path):
    data, reports = tmp_path / "data", tmp_path / "reports" / "lampung"
    _with_participants(sizes, data)
    reports.mkdir(parents=True)
    _results("lampung", tmp_path, data).to_parquet(reports / "results.parquet")
    write_documents(reports, data, ("id", "en"), ("html",))
    words = re.sub(r"\s+", " ", read_web((reports / "lampung-2023-report.html").read_bytes()).furniture)
    for part in said:
        assert part in words
    assert verify_folder(reports) == []


def test_the_worksheets_of_pairs_of_batches_are_named_after_the_pair(lampung):
    titles = [table.title for table in report_tables(lampung, results_of(lampung), "id").values()]
    assert [title for title in titles if title.startswith("Indikator, ")] == [
        "Indikator, 7 dibanding 5",
        "Indikator, 7 dibanding 6",
        "Indikator, 6 dibanding 5",
    ]


@pytest.mark.parametrize(("language", "begins"), [("id", ("Laporan", "Berita")), ("en", ("Report on", "News"))])
def test_a_source_is_described_in_the_language_of_the_report(lampung, gorontalo, language, begins):
    for study, begin in zip((lampung, gorontalo), begins, strict=True):
        described = [text for _, text, _ in study_facts(study, results_of(study), language, ()).about.sources]
        assert len(described) == 2
        assert all(text.startswith(begin) for text in described)
