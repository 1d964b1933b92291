"""The report of a province with single scores: tables, figures and sentences about people, suppressed where small."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.evaluation import behaviour, delivery, learning, published, reaction
from analysis.report.claims.record import read_records
from analysis.report.content.opening import open_study
from analysis.report.content.pictures import FIGURES, data_hash
from analysis.report.documents.all import write_documents
from analysis.report.verify.read_back import read_web
from analysis.report.verify.verify import verify_claims, verify_figures, verify_folder
from analysis.study.settings import Settings
from report.study_questions import findings_of

DATA = Path(__file__).parents[3] / "data"
QUESTIONS = (
    published.means,
    published.total,
    published.change,
    published.statements,
    published.ladder,
    reaction.items,
    learning.matching,
    learning.change,
    learning.effects,
    learning.gain,
    learning.subgroups,
    learning.batches,
    learning.alternatives,
    learning.comparison,
    learning.confrontation,
    delivery.delivery,
    behaviour.behaviour,
    behaviour.link,
)
DRAWN = ("attrition", "subgroup_forest", "tipping_point", "batch_shares", "followup_shares")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    study, _ = open_study(DATA / "raw" / "contoh", folder / "processed", Settings(resamples=999))
    results = pd.concat([question(study).results for question in QUESTIONS], ignore_index=True)
    reports = folder / "reports" / "contoh"
    reports.mkdir(parents=True)
    results.to_parquet(reports / "results.parquet")
    write_documents(reports, DATA, ("id", "en"), ("html", "docx", "pdf", "xlsx"))
    return reports, pd.read_parquet(reports / "results.parquet")


def words_of(folder: Path, name: str) -> str:
    return " ".join(read_web((folder / name).read_bytes()).furniture.split())


def test_every_number_of_every_format_and_language_agrees_with_its_claim_and_its_result(report):
    folder, results = report
    assert verify_folder(folder) == []
    told = findings_of("contoh", folder.parents[1] / "processed", results)
    for record in read_records(folder).values():
        assert verify_claims(record, results, told) == []


def test_the_figures_of_people_are_drawn_from_this_study(report):
    folder, results = report
    fresh = {
        name: data_hash(results[results["analysis"] == analysis].reset_index(drop=True))
        for name, (analysis, _) in FIGURES.items()
    }
    for record in read_records(folder).values():
        assert set(DRAWN) <= {figure.name.removesuffix(".png") for figure in record.figures}
        assert verify_figures(record, fresh) == []


EXPECTED = {
    "contoh-2024-laporan.html": (
        "256 orang mengikuti kedua tes",
        "1,54 poin",
        "menyebut pembagi tiap ukuran",
        "pada tidak satu pun dari 3 perbandingan, perubahannya berbeda signifikan setelah koreksi Holm",
        "11,4% postes mencapai nilai tertinggi",
        "Sebagian boleh jadi regresi ke rata-rata",
        "aktif di sistem belajar. Angka ini menunjukkan keaktifan, bukan hasil pelatihan",
        "Korelasi tidak berarti sebab-akibat",
        "tidak dapat dihubungkan",
    ),
    "contoh-2024-report.html": (
        "256 people took both tests",
        "names the divisor of each size",
        "in none of the 3 comparisons the changes differ significantly",
        "11.4% of the posttests reached the highest possible score",
        "This figure shows activity, not a result of the training",
        "Correlation does not mean cause and effect",
    ),
}


@pytest.mark.parametrize("name", list(EXPECTED))
def test_the_report_says_what_the_data_say(report, name):
    words = words_of(report[0], name)
    assert [sentence for sentence in EXPECTED[name] if sentence not in words] == []


@pytest.mark.parametrize("name", list(EXPECTED))
def test_no_sentence_makes_the_training_the_cause(report, name):
    words = words_of(report[0], name).lower()
    for forbidden in ("karena pelatihan", "akibat pelatihan", "terbukti", "because of the training", "due to the"):
        assert forbidden not in words


def test_small_groups_keep_their_line_and_show_that_they_are_suppressed(report):
    folder, results = report
    hidden = results[(results["analysis"] == "learning.subgroups") & (results["status"] == "suppressed")]
    assert set(hidden["subject"]) == {"role=bpd", "role=lainnya"}
    assert hidden[["estimate", "n", "clusters"]].isna().all(axis=None)
    page = (folder / "contoh-2024-laporan.html").read_text(encoding="utf-8")
    for table in ("subgroups", "delivery_groups"):
        start = page.index(f'id="{table}"')
        assert "disembunyikan" in page[start : page.index("</table>", start)]


def test_a_copy_without_a_number_of_people_is_found_out(report, tmp_path):
    folder, _ = report
    copy = tmp_path / "contoh"
    shutil.copytree(folder, copy)
    page = copy / "contoh-2024-laporan.html"
    page.write_text(page.read_text(encoding="utf-8").replace("+1,54", "+1,45", 1), encoding="utf-8")
    assert verify_folder(copy) != []
