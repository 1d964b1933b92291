"""The name of a document says the study, its year and what it is; former names are recognised as documents too."""

import pytest

from analysis.errors import ParameterError
from analysis.evaluation.national import NATION
from analysis.report.documents import names
from analysis.report.documents.names import DOCUMENTS, Subject, documents_in
from analysis.words.languages import languages


def _name(folder: str, years: set[int], language: str) -> str:
    return Subject(folder=folder, years=frozenset(years)).file_name(language, "pdf")


@pytest.mark.parametrize(
    ("folder", "years", "indonesian", "english"),
    [
        ("lampung", {2023}, "lampung-2023-laporan.pdf", "lampung-2023-report.pdf"),
        ("lampung-posyandu-2024", {2024}, "lampung-posyandu-2024-laporan.pdf", "lampung-posyandu-2024-report.pdf"),
        ("jambi-2024", {2025}, "jambi-2024-2025-laporan.pdf", "jambi-2024-2025-report.pdf"),
        (NATION, {2023}, "nasional-2023-laporan.pdf", "national-2023-report.pdf"),
        (NATION, {2023, 2024}, "nasional-laporan.pdf", "national-report.pdf"),
        (NATION, set(), "nasional-laporan.pdf", "national-report.pdf"),
    ],
)
def test_a_name_says_study_year_and_kind(folder, years, indonesian, english):
    assert _name(folder, years, "id") == indonesian
    assert _name(folder, years, "en") == english


@pytest.mark.parametrize("folder", ["lampung", "lampung-2023", NATION])
def test_every_name_that_is_made_is_recognised_whatever_its_year(folder, tmp_path):
    made = Subject(folder=folder, years=frozenset({2023})).file_names()
    assert len(made) == len(languages()) * sum(map(len, DOCUMENTS.values()))
    later = Subject(folder=folder, years=frozenset({2031})).file_names()
    unnamed = {"laporan.html", "report.docx"}
    for name in (*made, *later, *unnamed):
        (tmp_path / name).touch()
    assert {path.name for path in documents_in(tmp_path, folder)} == made | later | unnamed


@pytest.mark.parametrize(
    "name",
    [
        "lampung-2023-laporan (suntingan 2026-01-02 08.00).docx",
        "lampung-2023-laporan-dinas.docx",
        "lampung-2023-laporan.docx.bak",
        "lampung-posyandu-2023-laporan.docx",
        "nasional-2023-laporan.docx",
        "laporan dinas.docx",
        "masalah.xlsx",
        "results.csv",
    ],
)
def test_what_a_person_or_another_step_made_is_no_document(name, tmp_path):
    (tmp_path / name).touch()
    assert list(documents_in(tmp_path, "lampung")) == []


def test_another_kind_of_document_is_one_line(monkeypatch, tmp_path):
    monkeypatch.setitem(names.DOCUMENTS, "nation", ("png",))  # any word of the catalogues serves
    subject = Subject(folder="lampung", years=frozenset({2023}))
    assert subject.file_name("id", "png", "nation") == "lampung-2023-nasional.png"
    assert {"lampung-2023-nasional.png", "lampung-2023-national.png"} <= subject.file_names()


def test_two_languages_may_not_call_a_document_alike(monkeypatch):
    monkeypatch.setattr(names, "languages", lambda: ("id", "en", "en"))
    with pytest.raises(ParameterError, match=r"Two documents would be called lampung-2023-report\.html"):
        Subject(folder="lampung", years=frozenset({2023})).file_names()
