"""A letterhead that is none never costs a report, and none brings anything foreign into it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from analysis.report.claims.rendering import render
from analysis.report.documents.letterhead import fit_letterhead
from analysis.report.documents.word import word_document

OFFICE = "PEMERINTAH PROVINSI CONTOH"
ADDRESS = "https://contoh.example/kop"


def letterhead(path: Path, change: Callable[[Document], None] = lambda document: None) -> Path:
    document = Document()
    document.sections[0].header.paragraphs[0].text = OFFICE
    change(document)
    document.save(str(path))
    return path


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return path


def with_link(document: Document) -> None:
    header = document.sections[0].header
    found = header.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = parse_xml(
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{found}"><w:r><w:t>situs kantor</w:t></w:r></w:hyperlink>'
    )
    header.paragraphs[0]._p.append(link)


def with_outside_picture(document: Document) -> None:
    header = document.sections[0].header
    found = header.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    picture = parse_xml(
        f'<w:r {nsdecls("w")}><w:drawing><a:blip {nsdecls("a", "r")} r:link="{found}"/></w:drawing></w:r>'
    )
    header.paragraphs[0]._p.append(picture)


def with_field(instruction: str, shown: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        paragraph = document.sections[0].header.paragraphs[0]._p
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{shown}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        ):
            paragraph.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))

    return change


def with_simple_field(document: Document) -> None:
    field = f'<w:fldSimple {nsdecls("w")} w:instr="DDEAUTO cmd"><w:r><w:t>kop</w:t></w:r></w:fldSimple>'
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(field))


def with_template(document: Document) -> None:
    settings = document.settings
    found = document.part._settings_part.relate_to(
        "http://contoh.example/jahat.dotm",
        f"{RELATIONSHIP_TYPE.SETTINGS.rpartition(chr(47))[0]}/attachedTemplate",
        True,
    )
    settings.element.insert(0, parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{found}"/>'))


def written(path: Path, sample_material, sample_templates) -> tuple[bytes, str | None]:
    """Return a Word report on the letterhead, and what was noted about it."""
    fit = fit_letterhead(path, "id")
    rendered = render("sample.md.j2", sample_material(path.parent, "id"), "id", sample_templates)
    return word_document(rendered, path.parent, simulated=False, letterhead=fit.content), fit.note


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode(errors="replace") for name in package.namelist()}


def header_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "".join(text.text or "" for text in document.sections[0].header._element.iter(qn("w:t")))


def test_a_letterhead_without_anything_foreign_is_used_without_a_note(tmp_path, sample_material, sample_templates):
    content, note = written(letterhead(tmp_path / "kop.docx"), sample_material, sample_templates)
    assert note is None
    assert header_of(content) == OFFICE


@pytest.mark.parametrize(
    ("change", "foreign", "kept"),
    [
        (with_link, "contoh.example", "situs kantor"),
        (with_outside_picture, "contoh.example", OFFICE),
        (with_field('INCLUDETEXT "C:\\\\rahasia.txt"', "isi"), "INCLUDETEXT", "isi"),
        (with_field('MACROBUTTON Jalan "klik"', "klik"), "MACROBUTTON", "klik"),
        (with_simple_field, "DDEAUTO", "kop"),
        (with_template, "jahat.dotm", OFFICE),
    ],
)
def test_what_reaches_outside_stays_behind_and_is_noted(
    tmp_path, sample_material, sample_templates, change, foreign, kept
):
    path = letterhead(tmp_path / "kop.docx", change)
    assert foreign in str(parts_of(path.read_bytes())), "the fault is planted"
    content, note = written(path, sample_material, sample_templates)
    found = parts_of(content)
    assert foreign not in str(found)
    assert "External" not in "".join(text for name, text in found.items() if name.endswith(".rels"))
    assert kept in header_of(content)
    assert OFFICE in header_of(content)
    assert note is not None
    assert note.startswith("kop.docx: ")


def test_page_numbers_of_the_letterhead_stay(tmp_path, sample_material, sample_templates):
    path = letterhead(tmp_path / "kop.docx", with_field("PAGE \\* MERGEFORMAT", "1"))
    content, note = written(path, sample_material, sample_templates)
    header = Document(io.BytesIO(content)).sections[0].header._element
    assert any("PAGE" in (text.text or "") for text in header.iter(qn("w:instrText")))
    assert note is None


def with_macros(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    parts["word/vbaProject.bin"] = b"macros"


def broken_xml(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"][:200]


def without_document(parts: dict[str, bytes]) -> None:
    del parts["word/document.xml"]


def with_entities(parts: dict[str, bytes]) -> None:
    header = next(name for name in parts if name.startswith("word/header"))
    parts[header] = b'<!DOCTYPE x [<!ENTITY a "' + b"b" * 99 + b'">]>' + parts[header].partition(b"?>")[2]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("KOP SURAT"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        lambda path: path.write_bytes(letterhead(path).read_bytes()[:3000]),
        lambda path: repacked(letterhead(path), with_macros),
        lambda path: repacked(letterhead(path), broken_xml),
        lambda path: repacked(letterhead(path), without_document),
        lambda path: repacked(letterhead(path), lambda parts: parts.clear()),
        lambda path: repacked(letterhead(path), lambda parts: parts.update({"word/media/b.bin": b"0" * 51_000_000})),
    ],
    ids="text empty old half macros broken nothing bare large".split(),
)
def test_a_letterhead_that_is_none_is_noted_and_the_report_comes_without_it(
    tmp_path, sample_material, sample_templates, make
):
    path = tmp_path / "kop.docx"
    make(path)
    fit = fit_letterhead(path, "en")
    assert fit.content is None
    assert fit.note is not None
    assert fit.note.startswith("kop.docx cannot be used as a letterhead")
    content, _ = written(path, sample_material, sample_templates)
    assert OFFICE not in header_of(content)


def test_entities_of_a_letterhead_are_not_resolved(tmp_path, sample_material, sample_templates):
    path = repacked(letterhead(tmp_path / "kop.docx"), with_entities)
    content, _ = written(path, sample_material, sample_templates)
    assert "b" * 99 not in str(parts_of(content))
