"""What the reports of the shipped provinces must say, with every number taken from the results."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.words.catalogue import languages
from analysis.words.formats import print_value
from report.study_questions import results_of, words_of

PHRASES = {
    "id": {
        "size": "Laporan ini memakai {size} orang per angkatan",
        "next": "jadi di bawah {next} hanya {size} yang cocok",
        "power": "menghasilkan {power} dari semua nilai yang mungkin tercetak",
        "rising": "Nilai semua {items} indikator lebih tinggi pada tiap angkatan yang lebih akhir",
        "holm": "nilai p {holm} setelah koreksi Holm atas {comparisons} perbandingan",
        "7-5": "semua {always} indikator berbeda signifikan apa pun sebaran jawabannya.",
        "7-6": "{always} dari {items} indikator berbeda signifikan apa pun sebaran jawabannya, dan {open} tidak dapat "
        "ditentukan.",
        "6-5": "tidak satu pun dari {items} indikator berbeda signifikan apa pun sebaran jawabannya, {open} tidak "
        "dapat ditentukan, dan {never} tidak",
        "rounding": "{explained} total berbeda sedikit, dan pembulatan menjelaskan semuanya",
        "change": "Selisihnya {change} poin setelah pelatihan",
        "enough": "{enough} pasangan sudah cukup",
        "design": "efek desain {design} (memperhitungkan pembulatan; {exact} pada nilai tercetak)",
        "gain": "N-gain, yaitu bagian dari ruang kenaikan yang tercapai, adalah {gain}",
        "attendance": "Sumber mencetak {printed}, tetapi dari jumlahnya sendiri kehadiran adalah {counted}",
    },
    "en": {
        "size": "This report uses {size} people per batch",
        "next": "so below {next} only {size} fits",
        "power": "can give {power} of all values that may be printed",
        "rising": "The means of all {items} indicators are higher in each later batch",
        "holm": "p {holm} after Holm's adjustment over {comparisons} comparisons",
        "7-5": "all {always} indicators differ significantly whatever the distribution of the answers.",
        "7-6": "{always} of {items} indicators differ significantly whatever the distribution of the answers, and "
        "{open} are not determined.",
        "6-5": "none of the {items} indicators differ significantly whatever the distribution of the answers, {open} "
        "are not determined, and {never} do not",
        "rounding": "{explained} totals differ a little, which rounding explains",
        "change": "The difference is {change} points after the training",
        "enough": "{enough} pairs are enough",
        "design": "design effect of {design} (over the rounding; {exact} at the printed values)",
        "gain": "N-gain, the share of the possible rise that was reached, is {gain}",
        "attendance": "The source prints {printed}, but by its own counts attendance is {counted}",
    },
}


def one(results: pd.DataFrame, analysis: str, column: str = "estimate", **where: str) -> float:
    """Return one number of the one row that fits."""
    rows = results[results["analysis"] == analysis]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0][column]


def said(language: str, key: str, **numbers: tuple[float, str]) -> str:
    """Return a required sentence with its numbers printed."""
    printed = {name: print_value(value, form, language) for name, (value, form) in numbers.items()}
    return PHRASES[language][key].format(**printed)


@pytest.mark.parametrize("language", languages())
def test_lampung_says_what_its_results_say(lampung, language):
    results = results_of(lampung)
    assert one(results, "published.concordance", subject="rising") == len(lampung.instrument.item_ids)
    size = one(results, "published.batch_size", subject="batch")
    pairs = results[(results["analysis"] == "published.pairs") & results["subject"].isin(lampung.instrument.item_ids)]
    audit = results[(results["analysis"] == "published.audit") & (results["contrast"] == "total")]
    power = one(results, "published.batch_size", subject=f"n={int(size)}", estimate_name="reachable_share")
    following = one(results, "published.batch_size", "estimate_high", subject="rule=half_up")
    holm = one(results, "published.total", "p_adjusted", subject="total", contrast="7-5")
    comparisons = (results["analysis"] == "published.total").sum()
    explained = (audit["reason"] == "explained_by_rounding").sum()
    wanted = [
        said(language, "size", size=(size, "count")),
        said(language, "next", next=(following, "count"), size=(size, "count")),
        said(language, "power", power=(power, "percent1")),
        said(language, "rising", items=(len(lampung.instrument.item_ids), "count")),
        said(language, "holm", holm=(holm, "p_most"), comparisons=(comparisons, "count")),
        said(language, "rounding", explained=(explained, "count")),
    ]
    for contrast, rows in pairs.groupby("contrast"):
        counts = rows["verdict"].value_counts()
        numbers = {"always": "always", "open": "undetermined", "never": "never"}
        given = {name: (counts.get(code, 0), "count") for name, code in numbers.items()}
        wanted.append(said(language, str(contrast), items=(len(rows), "count"), **given))
    words = words_of(lampung, language, results).replace("\N{NO-BREAK SPACE}", " ")
    assert [sentence for sentence in wanted if sentence not in words] == []


@pytest.mark.parametrize("language", languages())
def test_gorontalo_says_what_its_results_say(gorontalo, language):
    results = results_of(gorontalo)
    change = {"analysis": "published.change", "estimate_name": "mean_change"}
    percent = {"analysis": "published.audit", "subject": "attendance=people"}
    wanted = [
        said(language, "change", change=(one(results, **change, subject="all"), "signed0")),
        said(language, "enough", enough=(one(results, "published.change", subject="all|enough"), "count")),
        said(
            language,
            "design",
            design=(one(results, **change, column="breakdown_design_effect", subject="all"), "decimal1"),
            exact=(one(results, **change, column="breakdown_design_effect", subject="all|printed"), "decimal2"),
        ),
        said(language, "gain", gain=(one(results, "published.change", subject="all|gain"), "decimal2")),
        said(
            language,
            "attendance",
            printed=(one(results, **percent), "percentage1"),
            counted=(one(results, **percent, column="statistic"), "percentage1"),
        ),
    ]
    words = words_of(gorontalo, language, results).replace("\N{NO-BREAK SPACE}", " ")
    assert [sentence for sentence in wanted if sentence not in words] == []
