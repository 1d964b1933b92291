"""A section that fails says so under its own heading; everything around it stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.report.claims.claim import without_claims
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.rendering import TEMPLATES, Rendered, render
from analysis.words.catalogue import catalogue, languages

PAGE = """{% call title() %}Laporan{% endcall %}

{{ contents() }}

# {{ chapter("satu") }} Satu {#satu}

Lihat {{ ref("table", "items") }} dan {{ ref("section", "dua-b") }}.

# {{ chapter("dua") }} Dua {#dua}

{% if batches_there %}
Angka {{ label(17) }}.
{% endif %}

## {{ section("dua-a") }} A {#dua-a}

Sebelum {{ label(11) }}. {{ FAULT }} Sesudah {{ label(12) }}.

## {{ section("dua-b") }} B {#dua-b}

{% include "part.md.j2" %}

# {{ chapter("tiga") }} Tiga {#tiga}

{{ label(13) }}
"""
PART = '{% call table("items") %}Selisih{% endcall %}'
FAULT = 'pick("nothing.at.all").estimate'


def page_of(tmp_path: Path, material, page: str, part: str = PART, guard: Guard | None = None) -> Rendered:
    folder = tmp_path / "templates" / "id"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.md.j2").write_text(page.replace("batches_there", "facts.batches"), encoding="utf-8")
    (folder / "part.md.j2").write_text(part, encoding="utf-8")
    return render("page.md.j2", material, "id", tmp_path / "templates", guard)


@pytest.fixture
def material(sample_material, tmp_path):
    return sample_material(tmp_path, "id")


def words_of(rendered: Rendered) -> str:
    return " ".join(without_claims(rendered.markdown).split())


SENTENCE = catalogue("id").text("part failed")


def test_a_page_without_faults_is_the_same_under_a_guard(tmp_path, material):
    page = PAGE.replace("{{ FAULT }}", "")
    guard = Guard("id")
    assert page_of(tmp_path, material, page, guard=guard) == page_of(tmp_path, material, page)
    assert guard.failures == []


def test_a_section_that_fails_says_so_and_the_others_stand(tmp_path, material):
    guard = Guard("id")
    rendered = page_of(tmp_path, material, PAGE.replace("FAULT", FAULT), guard=guard)
    words = words_of(rendered)
    assert words.count(SENTENCE) == 1
    assert "Sebelum" not in words
    assert "Sesudah" not in words
    assert re.search(r"2\.1 A \{#dua-a\} " + re.escape(SENTENCE) + r" ## 2\.2 B", words)
    assert "Angka 17" in words, "the chapter's own text stands"
    assert words.endswith("3 Tiga {#tiga} 13")
    (failure,) = guard.failures
    assert (failure.part, failure.name, failure.error) == (Part.SECTION, "dua-a", "DesignError")
    assert "page.md.j2:17" in failure.place


def test_claims_of_a_failed_section_are_withdrawn(tmp_path, material):
    rendered = page_of(tmp_path, material, PAGE.replace("FAULT", FAULT), guard=Guard("id"))
    spans = re.findall(r"\{#(c\d+) \.claim", rendered.markdown)
    assert spans == [claim.id for claim in rendered.claims]
    assert not [claim for claim in rendered.claims if claim.value in (11, 12)]


def test_the_number_of_failed_parts_stands_before_the_contents(tmp_path, material):
    words = words_of(page_of(tmp_path, material, PAGE.replace("FAULT", FAULT), guard=Guard("id")))
    notice = catalogue("id").filled("parts failed", {"count": "1"})
    assert words.index(notice) < words.index("Daftar isi")


def test_without_a_guard_the_error_is_raised(tmp_path, material):
    with pytest.raises(Exception, match="exactly one result"):
        page_of(tmp_path, material, PAGE.replace("FAULT", FAULT))


def test_a_reference_into_a_failed_section_names_no_number(tmp_path, material):
    guard = Guard("id")
    rendered = page_of(tmp_path, material, PAGE.replace("{{ FAULT }}", ""), "{{ " + FAULT + " }}" + PART, guard=guard)
    assert "Lihat bagian laporan yang gagal disusun dan Bagian 2.2" in words_of(rendered).replace("\xa0", " ").replace(
        "[", ""
    ).replace("](#dua-b)", "")
    assert guard.names(Part.SECTION) == ("part",)


def test_a_table_that_failed_keeps_its_caption_and_its_place(tmp_path, material):
    guard = Guard("id")
    guard.attempt(Part.TABLE, "items", lambda: 1 / 0, None)
    rendered = page_of(tmp_path, replace(material, tables={}), PAGE.replace("{{ FAULT }}", ""), guard=guard)
    words = words_of(rendered).replace("\xa0", " ")
    assert f"**Tabel 2.1 Selisih** {SENTENCE}" in words
    assert "[Tabel 2.1](#items)" in words
    assert rendered.tables_used == ()
    assert guard.names(Part.SECTION) == ()


def test_a_title_that_fails_leaves_a_title(tmp_path, material):
    page = PAGE.replace("{{ FAULT }}", "").replace("title() %}Laporan", "title() %}{{ " + FAULT + " }}")
    guard = Guard("id")
    assert page_of(tmp_path, material, page, guard=guard).title == "Laporan"
    assert guard.names(Part.SECTION) == ("title",)


def test_a_page_that_cannot_be_read_is_still_a_document(tmp_path, material):
    guard = Guard("id")
    rendered = page_of(tmp_path, material, "{% if %}", guard=guard)
    assert rendered.title == "Laporan"
    assert catalogue("id").filled("parts failed", {"count": "1"}) in words_of(rendered)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("template", ["report.md.j2", "nation.md.j2"])
def test_whatever_facts_and_results_are_the_shipped_reports_come(template, language, material):
    guard = Guard(language)
    rendered = render(template, replace(material, facts=guard.basis("facts", lambda: 1 / 0)), language, guard=guard)
    assert rendered.title
    assert catalogue(language).text("part failed") in rendered.markdown


def test_every_section_and_inclusion_of_the_shipped_templates_is_under_the_guard():
    from analysis.report.claims.rendering import _environment

    environment = _environment(TEMPLATES, "id")
    for path in sorted(TEMPLATES.glob("*.md.j2")):
        source = path.read_text(encoding="utf-8")
        wanted = re.findall(r"^#{1,3} .*\{#([\w-]+)\}", source, re.MULTILINE)
        wanted += re.findall(r'{% include "(\w+)\.md\.j2"', source)
        code = environment.compile(source, name=path.name, raw=True)
        guarded = re.findall(r"guarded.{0,80}?'([\w-]+)', caller=caller", code)
        assert set(wanted) <= set(guarded), path.name


def test_notebooks_without_results_are_named_before_the_contents(tmp_path, material):
    failed = replace(material, failed_notebooks=("02_batches_answers", "04_impact"))
    rendered = page_of(tmp_path, failed, PAGE.replace("{{ FAULT }}", ""), guard=Guard("id"))
    words = words_of(rendered)
    notice = catalogue("id").filled("notebooks failed", {"names": "02_batches_answers, 04_impact"})
    assert words.index(notice) < words.index("Daftar isi")
