"""A province's letterhead (``kop.docx``) made safe: what is no Word file is not used, what reaches outside is cut.

A report is passed on. So nothing of a letterhead may fetch a file or run something where it is opened: relationships
to places outside, fields other than page numbers, embedded objects and macros stay behind.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from analysis.report.claims.rendering import Rendered
from analysis.report.documents.word import word_document
from analysis.words.catalogue import catalogue

_MOST_BYTES, _MOST_PARTS = 50_000_000, 2_000  # unpacked
_TYPES = "[Content_Types].xml"
_MAIN = "wordprocessingml.document.main+xml"
_MACROS = re.compile("macroEnabled|vbaProject", re.IGNORECASE)
# Kinds of relationships, by the end of their name, that a letterhead may have within its own file.
_OWN = frozenset(
    "officeDocument core-properties extended-properties custom-properties styles settings webSettings fontTable theme "
    "header footer image numbering footnotes endnotes font thumbnail stylesWithEffects".split()
)
# Fields that show where a page is; any other may read a file, run a command or ask a person.
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FOREIGN = tuple(
    qn(f"w:{name}") for name in ("object", "altChunk", "subDoc", "control", "mailMerge", "attachedTemplate")
)


class Unfit(StrEnum):
    """Why a file cannot be a letterhead."""

    NO_WORD_FILE = "no word file"
    MACROS = "macros"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A letterhead as it may be used: None where it is unfit; ``note`` says what was not taken over, and why."""

    content: bytes | None
    note: str | None = None


def fit_letterhead(path: Path, language: str) -> Letterhead:
    """Return what of a letterhead may be used. Faults are told in the note, none is raised."""
    words = catalogue(language)
    try:
        found = _safe(path.read_bytes())
        if not isinstance(found, Unfit):
            content, was_cut = found
            _try_out(content, language)
            note = words.filled("letterhead cut", {"file": path.name}) if was_cut else None
            return Letterhead(content, note)
    except Exception:  # whatever a broken file does to its readers: the report comes without it, and the note says so
        found = Unfit.NO_WORD_FILE
    why = words.text(found, "letterhead")
    return Letterhead(None, words.filled("letterhead unfit", {"file": path.name, "why": why}))


def _try_out(content: bytes, language: str) -> None:
    """Write a short document on the letterhead; raises whatever stands against it."""
    page = Rendered(language=language, title="", markdown="", claims=())
    with TemporaryDirectory() as scratch:
        word_document(page, Path(scratch), simulated=True, letterhead=content)


def _safe(content: bytes) -> tuple[bytes, bool] | Unfit:
    """Return a Word file without what reaches outside, and whether there was any; or why it is unfit."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return Unfit.NO_WORD_FILE
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        infos = package.infolist()
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
            return Unfit.TOO_LARGE
        parts = {info.filename: package.read(info) for info in infos}
    types = parts.get(_TYPES, b"").decode(errors="replace")
    if _MACROS.search(types) or any(_MACROS.search(name) for name in parts):
        return Unfit.MACROS
    if _MAIN not in types:
        return Unfit.NO_WORD_FILE
    was_cut = _forget(parts, "_rels/.rels", _outside(parts, "_rels/.rels"))
    for name in [each for each in parts if each.endswith(".xml") and each != _TYPES]:
        was_cut |= _cut(parts, name)
    return _packed(parts), was_cut


def _packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return written.getvalue()


def _cut(parts: dict[str, bytes], name: str) -> bool:
    """Cut what reaches outside from one part of the package; return whether there was any."""
    relations = posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
    outside = _outside(parts, relations)
    root = parse_xml(parts[name])
    before = etree.tostring(root)
    for element in list(root.iter(*_FOREIGN)):
        _remove(element)
    for element in [each for each in root.iter() if any(value in outside for value in _references(each))]:
        _without_reference(element, outside)
    _keep_page_fields(root)
    changed = etree.tostring(root) != before
    if changed:
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _forget(parts, relations, outside) or changed


def _outside(parts: dict[str, bytes], relations: str) -> frozenset[str]:
    """Return the ids of relationships that lead outside the file, or to parts that a letterhead has no need of."""
    if relations not in parts:
        return frozenset()
    return frozenset(
        each.get("Id")
        for each in parse_xml(parts[relations])
        if each.get("TargetMode") == "External" or str(each.get("Type")).rpartition("/")[2] not in _OWN
    )


def _forget(parts: dict[str, bytes], relations: str, ids: frozenset[str]) -> bool:
    if not ids:
        return False
    root = parse_xml(parts[relations])
    gone = [each for each in root if each.get("Id") in ids]
    for each in gone:
        root.remove(each)
    parts[relations] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return any(each.get("TargetMode") == "External" for each in gone)


def _references(element: Any) -> Iterator[str]:
    """Return the ids of relationships that an element refers to."""
    return (value for name, value in element.attrib.items() if str(name).startswith(_RELATIONS))


def _without_reference(element: Any, outside: frozenset[str]) -> None:
    """Keep the words of a link, and a picture that the file holds itself; remove what only stands elsewhere."""
    for name in [key for key, value in element.attrib.items() if key.startswith(_RELATIONS) and value in outside]:
        del element.attrib[name]
    if element.tag == qn("w:hyperlink"):
        _unwrap(element)
    elif not any(True for _ in _references(element)):
        around = next(element.iterancestors(qn("w:drawing"), qn("w:pict")), element)
        _remove(around)


def _unwrap(element: Any) -> None:
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _remove(element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _keep_page_fields(root: Any) -> None:
    """Turn fields into the text that they show, but for page numbers."""
    for field in list(root.iter(qn("w:fldSimple"))):
        if not _is_page_field(field.get(qn("w:instr"), "")):
            _unwrap(field)
    open_fields: list[tuple[list[Any], list[str]]] = []
    for element in list(root.iter(qn("w:fldChar"), qn("w:instrText"))):
        is_begin = element.get(qn("w:fldCharType")) == "begin"
        if is_begin:
            open_fields.append(([], []))
        if not open_fields:
            _remove(element)
            continue
        marks, instruction = open_fields[-1]
        marks.append(element)
        if element.tag == qn("w:instrText"):
            instruction.append(element.text or "")
        if element.get(qn("w:fldCharType")) == "end":
            open_fields.pop()
            _settle(marks, instruction)
    for marks, _ in open_fields:
        _settle(marks, [])


def _settle(marks: list[Any], instruction: list[str]) -> None:
    if not _is_page_field("".join(instruction)):
        for mark in marks:
            _remove(mark)


def _is_page_field(instruction: str) -> bool:
    return instruction.split()[:1] != [] and instruction.split()[0].upper() in _PAGE_FIELDS
