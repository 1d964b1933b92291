"""The national report: groups of one training and year, from one province to enough for a mean."""

import re

import pytest

from analysis.report import verify_folder, write_documents
from analysis.report.claims.claim import without_claims
from analysis.report.claims.rendering import render
from analysis.report.content.advice import MOST_FINDINGS, MOST_RECOMMENDATIONS
from analysis.report.content.nation import groups_of
from analysis.report.documents.all import national_material
from analysis.report.verify.read_back import read_web
from analysis.words.catalogue import catalogue, languages
from tests.report.content.nation_studies import another, results_of


def words_of(results, language="id"):
    material = national_material(results, language, None)
    plain = without_claims(render("nation.md.j2", material, language).markdown)
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", plain).split())


def test_two_provinces_of_two_trainings_stand_apart_and_have_no_mean(lampung, gorontalo):
    said = words_of(results_of([lampung, gorontalo]))
    for sentence in (
        "tersedia: 1 (Lampung). Sebanyak 288 orang dari 72 desa diundang. Jumlah yang hadir tidak",
        "Sebanyak 1.988 orang dari 497 desa diundang. Dari mereka, 1.956 hadir. Di Gorontalo nilai rata-rata naik 16 "
        "poin pada skala sampai 100 setelah pelatihan (+15 sampai +17 menurut pembulatan sumber).",
        "Di bawah lima provinsi tidak ada rata-rata nasional.",
        "Tanpa kelompok pembanding, penyebab perubahan nilai tidak dapat disimpulkan",
        "beserta jumlah pasangan nilainya (Lampung).",
    ):
        assert sentence in said


def test_six_provinces_have_extremes_a_mean_and_a_range(six):
    said = words_of(results_of(six))
    assert "terentang dari −8,0% dari nilai tertinggi tes (P A) sampai 20,0% (P F)" in said
    assert "Rata-rata antarprovinsi tanpa bobot adalah 10,7%" in said
    assert "Karena 6 provinsi hanya memublikasikan rata-rata, atau nilai tanpa kelas, " in said
    assert "rata-rata gabungannya terletak antara" in said
    assert "kumpulkan nilai" not in said


def test_a_fall_is_not_called_a_rise(gorontalo):
    said = words_of(results_of([another(gorontalo, "turun", "55")]))
    assert "turun 8 poin pada skala sampai 100" in said
    assert "naik" not in said.partition("Pendahuluan")[0]


def test_a_simulated_province_carries_its_mark_and_gives_no_advice_about_real_ones(gorontalo, lampung):
    results = results_of([gorontalo, another(gorontalo, "tiruan", "90", simulated=True)])
    groups = groups_of(results, "id")
    assert [group.simulated for group in groups] == [False, True]
    assert "2023 (DATA SIMULASI / SIMULATED DATA)" in words_of(results)


def test_many_groups_stay_within_seven_findings_and_five_recommendations(gorontalo):
    studies = [another(gorontalo, f"p-{year}", "79", year=year) for year in range(2015, 2024)]
    results = results_of(studies)
    for language in languages():
        material = national_material(results, language, None)
        markdown = render("nation.md.j2", material, language).markdown
        summary = markdown.partition("{#ringkasan}")[2].partition("{#pendahuluan}")[0]
        # the bullets about groups, the pointer to the other groups, and the one about causes
        assert summary.count("\n- ") - 1 <= MOST_FINDINGS
        assert len(material.facts.recommendations) <= MOST_RECOMMENDATIONS


def test_a_nation_without_any_data_is_readable():
    said = words_of(results_of([]))
    assert "Nilai pretes dan postes tidak tersedia dari provinsi mana pun" in said
    assert "Tidak ada provinsi dengan data." in said


@pytest.mark.parametrize("language", languages())
def test_the_mean_of_provinces_has_words(language):
    assert catalogue(language).has("synthesis: mean", "measure")


def test_all_formats_in_both_languages_agree_with_their_claims(six, lampung, tmp_path):
    folder = tmp_path / "national"
    folder.mkdir()
    results_of([*six, lampung]).to_parquet(folder / "results.parquet")
    write_documents(folder, tmp_path, ("id", "en"))
    assert verify_folder(folder) == []
    page = " ".join(read_web((folder / "national-2023-report.html").read_bytes()).furniture.split())
    for chapter in ("1 Executive summary", "3 Methods", "4 Results", "5 Closing", "A Annex", "Figure 4.1"):
        assert chapter in page
    assert re.findall(r"\b(tidak|dengan|adalah|provinsi|setelah)\b", page.partition("References")[0]) == []
