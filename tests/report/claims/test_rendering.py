import re

import pytest

from analysis.errors import DesignError, ParameterError
from analysis.report.claims.claim import Kind, without_claims
from analysis.report.claims.rendering import render
from analysis.report.claims.writer import Material


def _render(tmp_path, text, material, language="id"):
    folder = tmp_path / "templates" / language
    folder.mkdir(parents=True)
    (folder / "page.md.j2").write_text(text, encoding="utf-8")
    return render("page.md.j2", material, language, tmp_path / "templates")


@pytest.fixture
def bare(sample_results):
    return Material(results=sample_results, facts={"province": "Lampung", "batch": 5, "year": "2023"})


TOTAL = 'pick("reaction.items", "total")'


def test_a_number_of_a_result_becomes_a_claim_that_knows_its_source(tmp_path, bare):
    page = _render(tmp_path, f"Rata-rata {{{{ num({TOTAL}, 'estimate', 'decimal2') }}}}.", bare)
    (claim,) = page.claims
    assert page.markdown == 'Rata-rata [4\\.39]{#c1 .claim value="4.387"}.'.replace("\\.", ",")
    assert (claim.kind, claim.value, claim.format, claim.printed) == (Kind.RESULT, 4.387, "decimal2", "4,39")
    assert claim.source == {
        "study": "lampung",
        "training": "kerja_sama_desa",
        "year": "2023",
        "analysis": "reaction.items",
        "subject": "total",
        "contrast": None,
        "estimate_name": "mean",
        "method": "welch_t_bounds",
        "sampling_unit": None,
        "effect_name": None,
        "columns": ["estimate"],
    }
    assert len(claim.data_hash) == 64


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        (f"between({TOTAL}, 'estimate', 'range2')", "4,31 sampai 4,46"),
        (f"p({TOTAL})", "p = 0,020"),
        ("p(pick('published.pairs', 'metode_1'))", "p 0,020 sampai 0,251"),
        ("tally('published.pairs', verdict='always')", "2"),
        ("reprint(tally('published.pairs', verdict='never'), 'none_first')", "Tidak satu pun"),
        ("label(facts.batch)", "5"),
        ("label('2023-09-14', 'date')", "14 September 2023"),
        ("quoted('UU 6/2014, pasal 92-93: 98,8%')", "UU 6/2014, pasal 92-93: 98,8%"),
        ("code('verdict', 'always')", "signifikan, apa pun sebaran jawabannya"),
        ("assumes(pick('published.pairs', 'materi_1')) | join('; ')", "n = 96"),
        ("facts.province", "Lampung"),
    ],
)
def test_what_the_functions_print(tmp_path, bare, expression, printed):
    page = _render(tmp_path, f"{{{{ {expression} }}}}", bare)
    assert without_claims(page.markdown).replace("\N{NO-BREAK SPACE}", " ") == printed


def test_every_number_of_a_quotation_is_listed_as_quoted(tmp_path, bare):
    page = _render(tmp_path, "{{ quoted('hadir 1.956 dari 1.988 (98,8%)') }}", bare)
    assert [(claim.kind, claim.printed) for claim in page.claims] == [
        (Kind.QUOTED, "1.956"),
        (Kind.QUOTED, "1.988"),
        (Kind.QUOTED, "98,8%"),
    ]


@pytest.mark.parametrize(
    ("expression", "error", "message"),
    [
        ("facts.batch", ParameterError, "prints 5 as it is"),
        (f"{TOTAL}['estimate']", ParameterError, "prints .*4.387.* as it is"),
        ("facts.year", ParameterError, "'2023' holds a digit that is no claim"),
        (f"num({TOTAL}, 'effect', 'decimal2')", ParameterError, "has no effect; say in words why"),
        ("between(pick('published.pairs', 'materi_1'), 'estimate', 'range2')", ParameterError, "has no limits"),
        ("pick('published.pairs')", DesignError, "exactly one result with analysis = 'published.pairs'.* has 3"),
        ("pick('learning.change')", DesignError, "has 0"),
        ("ref('table', 'nowhere')", ParameterError, "'nowhere', which it does not contain"),
        ("label(1.5, 'decimal7')", ParameterError, "no number format 'decimal7'"),
    ],
)
def test_a_template_cannot_print_what_nobody_checks(tmp_path, bare, expression, error, message):
    with pytest.raises(error, match=message):
        _render(tmp_path, "# {{ chapter('a') }} A {#a}\n{{ " + expression + " }}", bare)


def test_words_of_the_study_print_as_they_are_whatever_signs_they_hold(tmp_path, sample_results):
    odd = Material(results=sample_results, facts={"name": "*Tulang_Bawang* [x](y) `z` <b> #a $c$ ~d~ | e"})
    page = _render(tmp_path, "{{ facts.name }}", odd)
    assert without_claims(page.markdown) == odd.facts["name"]


def test_claims_are_numbered_in_reading_order_and_discarded_ones_fall_away(tmp_path, bare):
    text = "{% set later = label(7) %}{% set never = label(6) %}{{ label(5) }} {{ later }} {{ later }}"
    page = _render(tmp_path, text, bare)
    assert [(claim.id, claim.printed) for claim in page.claims] == [("c1", "5"), ("c2", "7"), ("c3", "7")]
    assert re.findall(r"#(c\d+)", page.markdown) == ["c1", "c2", "c3"]


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


def test_a_figure_without_a_description_is_refused(tmp_path, sample_material):
    with pytest.raises(ParameterError, match="'means' needs a description"):
        _render(tmp_path, "{% call figure('means', '') %}x{% endcall %}", sample_material(tmp_path, "id"))
