"""The reference document is what its script makes."""

from docx import Document

from analysis.report.documents.word_reference import build_reference


def test_the_reference_document_is_what_its_script_makes(tmp_path):
    from analysis.report.documents.word import REFERENCE

    build_reference(tmp_path / "reference.docx")
    made, stored = Document(str(tmp_path / "reference.docx")), Document(str(REFERENCE))
    assert made.styles.element.xml == stored.styles.element.xml
    assert made.element.body.xml == stored.element.body.xml
