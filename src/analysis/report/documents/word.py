"""Word: pandoc's document with what pandoc leaves out: a filled table of contents, page numbers, the mark."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from analysis.report.claims.rendering import Rendered
from analysis.report.documents.pandoc import ASSETS, run_pandoc
from analysis.report.documents.word_reference import TABLE_TEXT
from analysis.words.catalogue import catalogue

REFERENCE = ASSETS / "reference.docx"
_CONTENTS_STYLES = ("toc 1", "toc 2")
_A4_TWENTIETHS = (11906, 16838)
_BULLET = Cm(0.6)  # from the edge of a box to the words of its list
_SHORT_TABLE = 8  # rows that are not worth a page break between them


def word_document(
    rendered: Rendered, folder: Path, *, simulated: bool, letterhead: bytes | None = None, epoch: int = 0
) -> bytes:
    """Return the report as a Word file; ``folder`` holds its pictures.

    ``letterhead`` (the province's ``kop.docx``, made safe) is the reference document where given: its page edges,
    header and own styles stay, styles that it lacks come from the project's reference.
    """
    with TemporaryDirectory() as scratch:
        target = Path(scratch) / "document.docx"
        reference = REFERENCE if letterhead is None else _completed(letterhead, Path(scratch))
        run_pandoc(rendered.markdown, "docx", folder, [f"--reference-doc={reference}", f"--output={target}"], epoch)
        document = Document(str(target))
    _finish(document, rendered, simulated)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _completed(letterhead: bytes, scratch: Path) -> Path:
    """Return a copy of the letterhead that has every style which the report uses."""
    document = Document(io.BytesIO(letterhead))
    own = {style.name for style in document.styles}
    for style in Document(str(REFERENCE)).styles:
        if style.name not in own:
            document.styles.element.append(copy.deepcopy(style.element))
    completed = scratch / "reference.docx"
    document.save(str(completed))
    return completed


def _finish(document: WordDocument, rendered: Rendered, simulated: bool) -> None:
    words = catalogue(rendered.language)
    document.core_properties.title = rendered.title
    document.core_properties.language = rendered.language
    _set_language(document, rendered.language)
    _fill_contents(document)
    _align_boxes(document)
    for section in document.sections:
        _set_paper(section)
        _number_pages(document, section, words.text("page", "footer"), words.text("of", "footer"))
        if simulated:
            _mark(document, section, words.text("simulated mark"))
    text_style = document.styles[TABLE_TEXT].style_id
    for table in document.element.body.iter(qn("w:tbl")):
        _finish_table(table, text_style)


def _set_language(document: WordDocument, language: str) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:
        return
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    tag = {"id": "id-ID", "en": "en-GB"}.get(language, language)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{tag}"/>'))


def _set_paper(section: Section) -> None:
    size = section._sectPr.get_or_add_pgSz()
    for name, twentieths in zip(("w:w", "w:h"), _A4_TWENTIETHS, strict=True):
        if size.get(qn(name)) is None:
            size.set(qn(name), str(twentieths))


def _field(instruction: str, result: str) -> list[Any]:
    """Return the runs of a Word field with a result to show until it is updated."""
    pieces = [("begin", None), (None, instruction), ("separate", None), ("", result), ("end", None)]
    return [_field_run(kind, text) for kind, text in pieces]


def _field_run(kind: str | None, text: str | None) -> Any:
    run = OxmlElement("w:r")
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if kind == "begin":
            mark.set(qn("w:dirty"), "true")  # Word computes the result when it opens the file
        run.append(mark)
        return run
    words = OxmlElement("w:instrText" if kind is None else "w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    return run


def _number_pages(document: WordDocument, section: Section, page: str, of: str) -> None:
    for footer in (section.footer, section.first_page_footer):
        if footer is section.first_page_footer and not section.different_first_page_header_footer:
            continue
        if any("PAGE" in (text.text or "") for text in footer._element.iter(qn("w:instrText"))):
            continue  # the letterhead numbers its pages itself
        paragraph = footer.paragraphs[0] if not footer.paragraphs[0].text else footer.add_paragraph()
        paragraph.style = document.styles["footer"]
        paragraph.alignment = 2
        paragraph.add_run(f"{page} ")
        for run in _field("PAGE", ""):
            paragraph._p.append(run)
        paragraph.add_run(f" {of} ")
        for run in _field("NUMPAGES", ""):
            paragraph._p.append(run)


def _mark(document: WordDocument, section: Section, text: str) -> None:
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    for header in headers:
        header.is_linked_to_previous = False
        mark: Paragraph = header.paragraphs[0].insert_paragraph_before(text)
        mark.style = document.styles["Simulated Mark"]


def _fill_contents(document: WordDocument) -> None:
    """Give each entry of the contents its page number, as a field that Word and LibreOffice compute on opening.

    Not inside a field of its own (TOC): LibreOffice shows such a list as it was stored, without page numbers.
    """
    styles = {document.styles[name].style_id for name in _CONTENTS_STYLES}
    entries = [
        paragraph
        for paragraph in document.element.body.iter(qn("w:p"))
        if paragraph.pPr is not None and paragraph.pPr.pStyle is not None and paragraph.pPr.pStyle.val in styles
    ]
    for entry in entries:
        link = entry.find(qn("w:hyperlink"))
        tab = OxmlElement("w:r")
        tab.append(OxmlElement("w:tab"))
        link.append(tab)
        for run in _field(f" PAGEREF {link.get(qn('w:anchor'))} \\h ", ""):
            link.append(run)
        for style in list(link.iter(qn("w:rStyle"))):
            style.getparent().remove(style)


def _align_boxes(document: WordDocument) -> None:
    """Give the items of lists in a box the box's own left edge, so that its border runs straight."""
    for paragraph in document.paragraphs:
        is_item = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
        if is_item and paragraph.style is not None and paragraph.style.name == "Box":
            edge = paragraph.style.paragraph_format.left_indent or 0
            paragraph.paragraph_format.left_indent = edge + _BULLET
            paragraph.paragraph_format.first_line_indent = -_BULLET


def _heading_groups(rows: Sequence[Any]) -> list[Any]:
    """Return the rows of one cell: each heads the rows below it."""
    return [row for row in rows if len(row.findall(qn("w:tc"))) == 1]


def _finish_table(table: Any, text_style: str) -> None:
    """Use the whole line and the text of tables, split neither a row nor a short table, drop the caption's copy.

    The heading stays with the first row, the last row with the note of the source below the table.
    """
    width = table.tblPr.find(qn("w:tblW"))
    if width is not None:
        width.set(qn("w:type"), "pct")
        width.set(qn("w:w"), "5000")
    caption = table.tblPr.find(qn("w:tblCaption"))
    for paragraph in table.iter(qn("w:p")):
        paragraph.style = text_style
    rows = list(table.iter(qn("w:tr")))
    for row in rows if len(rows) <= _SHORT_TABLE else (*rows[:2], *_heading_groups(rows), rows[-1]):
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext().val = True
    for row in rows:
        properties = row.get_or_add_trPr()
        if properties.find(qn("w:cantSplit")) is None:
            properties.insert(0, OxmlElement("w:cantSplit"))
    if caption is not None:
        table.tblPr.remove(caption)
