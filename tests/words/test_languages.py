"""A third language is a folder of catalogues and one of templates: a made-up one, English in capitals."""

import re
import shutil

import pandas as pd
import pytest
from babel.messages.pofile import read_po, write_po

from analysis.report.claims.rendering import TEMPLATES, render
from analysis.report.documents.all import national_material, study_material
from analysis.report.documents.document import write_report
from analysis.report.documents.names import Subject
from analysis.report.verify.read_back import read_web
from analysis.report.verify.verify import verify_folder
from analysis.study.settings import Settings
from analysis.words import languages as known
from report.study_questions import results_of

NEW = "jv"  # has number and month names of its own in the locale data
_WORD = re.compile(r"\{[a-z_]+\}|[^{]+")


def _loud(text: str) -> str:
    return "".join(part if part.startswith("{") else part.upper() for part in _WORD.findall(text))


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    """Return the templates of the shipped languages and of one more, whose catalogues are in place meanwhile."""
    folder = tmp_path_factory.mktemp("language")
    shutil.copytree(TEMPLATES, folder / "templates")
    shutil.copytree(TEMPLATES / "en", folder / "templates" / NEW)
    shutil.copytree(known.CATALOGUES, folder / "catalogues")
    (folder / "catalogues" / NEW).mkdir()
    for path in sorted((known.CATALOGUES / "en").glob("*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=NEW)
        for message in catalogue:
            if message.id and message.context != "file":
                message.string = _loud(str(message.string))
        if path.name == "report.po":
            catalogue.get("report", "file").string = f"report-{NEW}"
            catalogue.add("Content", string="BAHAN", context="definition")
        with (folder / "catalogues" / NEW / path.name).open("wb") as stream:
            write_po(stream, catalogue)
    patch = pytest.MonkeyPatch()
    patch.setattr(known, "CATALOGUES", folder / "catalogues")
    yield folder / "templates"
    patch.undo()


def test_a_province_is_reported_in_it_in_all_formats(templates, lampung, tmp_path):
    assert known.languages() == ("id", "en", NEW)
    assert Settings(language=NEW).language == NEW
    results = results_of(lampung)
    material = study_material(lampung, results, NEW, tmp_path / "figures")
    subject = Subject(folder="lampung", years=frozenset({2023}))
    written = write_report(material, NEW, tmp_path, subject=subject, templates=templates)
    assert sorted(path.name for path in written.paths.values()) == [
        f"lampung-2023-report-{NEW}.{ending}" for ending in ("docx", "html", "pdf", "xlsx")
    ]
    assert verify_folder(tmp_path) == []
    page = (tmp_path / f"lampung-2023-report-{NEW}.html").read_bytes()
    assert f'lang="{NEW}"'.encode() in page
    words = read_web(page).furniture
    assert "TABLE\N{NO-BREAK SPACE}5.1" in words
    assert "BAHAN" in words, "the texts of definitions are translated by the catalogue"
    assert "Facilitator" in words, "what the catalogue does not know keeps its English text"


def test_the_nation_is_reported_in_it(templates, gorontalo):
    from analysis.evaluation import national

    questions = (national.participation, national.provinces, national.synthesis)
    results = pd.concat([question([gorontalo]).results for question in questions], ignore_index=True)
    material = national_material(results, NEW, None)
    assert "VILLAGES INVITED" in render("nation.md.j2", material, NEW, templates).markdown.upper()
