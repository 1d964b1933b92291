"""Chapters, tables and figures are numbered, and can be referred to ahead."""

from analysis.report.claims.claim import without_claims
from analysis.report.claims.rendering import render


def test_tables_and_figures_are_numbered_by_chapter_and_can_be_referred_to_ahead(
    tmp_path, sample_material, sample_templates
):
    page = render("sample.md.j2", sample_material(tmp_path, "id"), "id", sample_templates)
    words = without_claims(page.markdown)
    assert "[Tabel\N{NO-BREAK SPACE}2.1](#items)" in words
    assert ": Tabel\N{NO-BREAK SPACE}2.1 Selisih rata-rata Angkatan 7 dan 5 {#items}" in words
    assert page.alt_texts == {"means": "Garis naik dari Angkatan 5 ke Angkatan 7."}
    assert page.title == "Laporan Evaluasi Pelatihan"
    assert page.claims_before_contents == 4
    assert {claim.place for claim in page.claims} == {"text", "table:items"}
