"""Reading Word back: claims are bookmarks around their runs, also after a person has edited the document."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from analysis.report.readback.reading import Reading, Statement, in_context, loose_numbers

_CLAIM = re.compile(r"c[0-9]+")
_GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")


def read_word(content: bytes) -> Reading:
    """Return what a Word report prints in its body; page edges count as furniture.

    Raises ``ValueError`` for bytes that are no Word file.
    """
    try:
        document = Document(io.BytesIO(content))
    except (BadZipFile, KeyError) as error:
        raise ValueError(f"it is no Word file ({error})") from error
    names = {style.style_id: (style.name or "") for style in document.styles}
    reading = Reading()
    for paragraph in document.element.body.iter(qn("w:p")):
        _read_paragraph(paragraph, _style_name(paragraph, names), reading)
    for text in _note_texts(document):
        reading.loose += loose_numbers(text)
    reading.pictures = list(_pictures(document))
    reading.furniture = " ".join(_edge_texts(document))
    reading.title = document.core_properties.title
    return reading


def _style_name(paragraph: Any, names: dict[str, str]) -> str:
    properties = paragraph.pPr
    style = None if properties is None else properties.pStyle
    return names.get(style.val, "") if style is not None else ""


def _read_paragraph(paragraph: Any, style: str, reading: Reading) -> None:
    whole, around, before = [], [], len(reading.statements)
    for text, claim in _pieces(paragraph):
        whole.append(text)
        if claim is None:
            around.append(text)
        else:
            around.append(_GAP)
            _state(reading, claim, text)
    words = "".join(whole).strip()
    reading.statements[before:] = in_context(reading.statements[before:], words)
    if style.lower().startswith("toc ") and "heading" not in style.lower():
        reading.contents.append(words)
        return
    if style.lower() in ("heading 1", "heading 2"):
        reading.headings.append(words)
    reading.loose += loose_numbers("".join(around))


def _state(reading: Reading, claim: str, text: str) -> None:
    """Add text to a claim; a program may have split its run into several."""
    if reading.statements and reading.statements[-1].claim == claim:
        text = reading.statements.pop().text + text
    reading.statements.append(Statement(claim, text))


def _pieces(paragraph: Any) -> Iterator[tuple[str, str | None]]:
    """Yield the paragraph's texts in order with the claim around each; results of fields are left out."""
    open_claims: dict[str, str] = {}
    depth = 0
    for element in paragraph.iter():
        if element.tag == qn("w:bookmarkStart") and _CLAIM.fullmatch(element.get(qn("w:name"), "")):
            open_claims[element.get(qn("w:id"))] = element.get(qn("w:name"))
        elif element.tag == qn("w:bookmarkEnd"):
            open_claims.pop(element.get(qn("w:id")), None)
        elif element.tag == qn("w:fldChar"):
            depth += {"begin": 1, "end": -1}.get(element.get(qn("w:fldCharType")), 0)
        elif depth == 0 and element.tag in (_TEXT, _TAB, _BREAK) and not _in_tabs(element):
            text = (element.text or "") if element.tag == _TEXT else " "
            yield text, next(iter(open_claims.values()), None)


def _in_tabs(element: Any) -> bool:
    return element.getparent().tag == qn("w:tabs")


def _pictures(document: WordDocument) -> Iterator[tuple[str, str]]:
    for drawing in document.element.body.iter(qn("wp:inline"), qn("wp:anchor")):
        blip = next(drawing.iter(qn("a:blip")), None)
        properties = drawing.find(qn("wp:docPr"))
        if blip is None:
            continue
        image = document.part.related_parts[blip.get(qn("r:embed"))]
        description = "" if properties is None else properties.get("descr", "")
        yield hashlib.sha256(image.blob).hexdigest(), description


def _note_texts(document: WordDocument) -> Iterator[str]:
    """Yield the footnotes and endnotes, of which the report writes none: every number in them was added by hand."""
    for part in document.part.related_parts.values():
        if str(part.partname).endswith(("/footnotes.xml", "/endnotes.xml")):
            for note in parse_xml(part.blob).iter(_TEXT):
                yield note.text or ""


def _edge_texts(document: WordDocument) -> Iterator[str]:
    for section in document.sections:
        for edge in (section.header, section.first_page_header, section.footer):
            yield from (paragraph.text for paragraph in edge.paragraphs)
