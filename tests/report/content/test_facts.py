"""Reports of studies that lack something: each renders in both languages and names what is missing."""

from __future__ import annotations

import re

import pytest

from analysis.evaluation.findings import findings
from analysis.report.content.advice import MOST_FINDINGS, MOST_RECOMMENDATIONS, recommendations, summary_topics
from analysis.words.catalogue import languages
from report.study_questions import words_of
from report.study_variants import OF_GORONTALO, OF_LAMPUNG

VARIANTS = [("lampung", name) for name in OF_LAMPUNG] + [("gorontalo", name) for name in OF_GORONTALO]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("variant", VARIANTS, ids=" ".join)
def test_a_report_renders_whatever_is_missing(variants, variant, language):
    data, results = variants[variant]
    words = words_of(data, language, results)
    found = findings(data, results)
    assert len(summary_topics(found)) <= MOST_FINDINGS
    assert 0 < len(recommendations(found)) <= MOST_RECOMMENDATIONS
    assert re.findall(r"\b(?:nan|None(?! of the)|NA)\b", words) == []
    # A province of averages has no comparison group: no report of it is without the sentence.
    assert {"id": "tidak ada kelompok pembanding", "en": "there is no comparison group"}[language] in words


@pytest.mark.parametrize(
    ("variant", "sentences"),
    [
        (("lampung", "no table at all"), ["Tidak ada hasil yang dapat dihitung", "Penilaian peserta tidak dipublikas"]),
        (("lampung", "nobody invited is known"), ["Jumlah peserta per angkatan tidak diketahui"]),
        (("lampung", "one batch"), ["Perbandingan antarangkatan tidak dapat dihitung: kurang dari dua angkatan"]),
        (("lampung", "batches in reverse"), ["berselisih −0,63 poin", "Angkatan 5 dibanding Angkatan 7"]),
        (("lampung", "declared sizes"), ["90 sampai 102 orang tiap angkatan", "7 dibanding Angkatan 5:** tidak dapat"]),
        (("gorontalo", "scores alone"), ["jumlah yang hadir tidak diketahui, perubahan itu tidak dapat diuji"]),
        (("gorontalo", "attendance alone"), ["Nilai pretes dan postes tidak dipublikasikan"]),
        (
            ("gorontalo", "scores fall"),
            ["turun 16 poin setelah pelatihan (−17 sampai −15 menurut pembulatan sumber)"],
        ),
        (("gorontalo", "scores stay"), ["Tidak ada jumlah pasangan yang membuat perubahan itu signifikan"]),
        (("gorontalo", "scores of one batch"), ["Angkatan 1: Nilai rata-rata"]),
        (("gorontalo", "pairs are published"), ["Dengan 1.500 pasangan nilai"]),
        (("gorontalo", "few pairs"), ["Apakah perubahan itu signifikan tidak dapat ditentukan dari rata-rata saja"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_report_says_what_is_missing(variants, variant, sentences):
    data, results = variants[variant]
    words = words_of(data, "id", results)
    assert [sentence for sentence in sentences if sentence not in words] == []


def test_no_report_calls_a_fall_a_rise(variants):
    data, results = variants[("gorontalo", "scores fall")]
    words = words_of(data, "id", results)
    assert re.findall(r"\b(naik \S+ poin|meningkat setelah|[Kk]enaikan itu)", words) == []
