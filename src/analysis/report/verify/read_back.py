"""Reading documents back before they are compared with their claims: web, Word, PDF and Excel."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from zipfile import BadZipFile

import pypdfium2
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdfium2 import raw
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from analysis.report.content.pictures import pixel_hash
from analysis.words.formats import MINUS

_NEAR = 30  # letters of context around a number that has no claim


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed claim as found: its id, its text, the machine-readable value beside it, the words around it."""

    claim: str
    text: str
    value: str | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class Loose:
    """A number that stands in no claim: the digits, and the words around them."""

    digits: str
    context: str


@dataclass(slots=True)
class Reading:
    """A document as read: claims in order, loose numbers, pictures as (SHA-256 of file, description), its mark."""

    statements: list[Statement] = field(default_factory=list)
    repeated: list[Statement] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    title: str | None = None
    furniture: str = ""


def in_context(statements: Sequence[Statement], block: str) -> list[Statement]:
    """Return the statements of one block of text with the words around each, so that a person finds them."""
    placed, start = [], 0
    for statement in statements:
        at = block.find(statement.text, start)
        start = max(start, at + len(statement.text))
        near = block[max(0, at - _NEAR) : at + len(statement.text) + _NEAR] if at >= 0 else block[: 2 * _NEAR]
        placed.append(replace(statement, context=" ".join(near.split())))
    return placed


def loose_numbers(text: str) -> list[Loose]:
    """Return each run of digits of a text that holds no claims, with its surroundings."""
    plain = " ".join(text.split())
    return [
        Loose(found.group(), plain[max(0, found.start() - _NEAR) : found.end() + _NEAR].strip())
        for found in re.finditer(r"[0-9]+(?:[.,][0-9]+)*", plain)
    ]


# A number with its sign and percent; in a PDF nothing else tells +0,21 from 0,21.
_TOKEN = re.compile(rf"(?<![0-9])[+{MINUS}]?[0-9]+(?:[.,][0-9]+)*%?")


@dataclass(frozen=True, slots=True)
class PdfReading:
    """A PDF as read: numbers by page without the page edge, pages whose edge is wrong, outline, pictures, text.

    ``outline`` holds (title, page number) in order; ``pictures`` the hashes of their pixels.
    """

    pages: tuple[tuple[str, ...], ...]
    wrong_edges: tuple[int, ...]
    outline: tuple[tuple[str, int], ...]
    pictures: tuple[str, ...]
    texts: tuple[str, ...]


def tokens(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in order, each with its sign and percent sign."""
    return tuple(_TOKEN.findall(text))


def read_pdf(content: bytes, page_word: str, of_word: str) -> PdfReading:
    """Return what a PDF report prints; its page edge says ``page_word`` 2 ``of_word`` 37.

    Raises ``ValueError`` for bytes that are no PDF.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"it is no PDF ({error})") from error
    try:
        texts, pages, wrong = [], [], []
        for number in range(1, len(document) + 1):
            text = " ".join(document[number - 1].get_textpage().get_text_bounded().split())
            rest, edge, tail = text.rpartition(f"{page_word} {number} {of_word} {len(document)}")
            if not edge:
                wrong.append(number)
                tail = text
            texts.append(f"{rest} {tail}")
            pages.append(tokens(f"{rest} {tail}"))
        outline = tuple(_outline(document))
        pictures = tuple(_pictures_in_pdf(document))
    finally:
        document.close()
    return PdfReading(tuple(pages), tuple(wrong), outline, pictures, tuple(texts))


def _outline(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, int]]:
    for item in document.get_toc(max_depth=2):
        destination = item.get_dest()
        index = None if destination is None else destination.get_index()
        yield item.get_title(), 0 if index is None else index + 1


def _pictures_in_pdf(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            yield pixel_hash(item.get_bitmap().to_pil())


_UNSEEN = frozenset({"style", "script", "title"})
# Where text of one block ends and that of another begins.
_BLOCKS = frozenset("p li td th h1 h2 h3 h4 h5 h6 caption figcaption div nav section main body table tr ul ol".split())
_GAP = "\N{OBJECT REPLACEMENT CHARACTER}"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self._claim: tuple[str, str | None, bool] | None = None
        self._claimed: list[str] = []
        self._around: list[str] = []
        self._block: list[str] = []  # all words since the last block began
        self._placed = 0
        self._unseen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins: a claim, a picture, something unseen, or a block of words."""
        given = dict(attrs)
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "data":
            repeated = "data-claim" in given
            self._claim = (given.get("data-claim") or given.get("id") or "", given.get("value"), repeated)
            self._claimed = []
        elif tag == "img":
            # pandoc repeats the description for screen readers: both must say the same
            alt, label = given.get("alt") or "", given.get("aria-label")
            description = alt if label in (None, alt) else f"{alt} / {label}"
            self.reading.pictures.append((_embedded_hash(given.get("src") or ""), description))
        elif tag in _BLOCKS:
            self.close_block()

    def handle_endtag(self, tag: str) -> None:
        """Keep what ended: a claim with its printed text, or a block of words."""
        if tag == self._unseen:
            self._unseen = None
        elif tag == "data" and self._claim is not None:
            name, value, repeated = self._claim
            statement = Statement(name, "".join(self._claimed), value)
            (self.reading.repeated if repeated else self.reading.statements).append(statement)
            self._claim = None
            self._around.append(_GAP)
        elif tag in _BLOCKS:
            self.close_block()

    def handle_data(self, data: str) -> None:
        if self._unseen == "title":
            self.reading.title = (self.reading.title or "") + data
        elif self._unseen is None:
            (self._around if self._claim is None else self._claimed).append(data)
            self._block.append(data)
            self.reading.furniture += data

    def close_block(self) -> None:
        self.reading.loose += loose_numbers("".join(self._around))
        said = self.reading.statements
        said[self._placed :] = in_context(said[self._placed :], "".join(self._block))
        self._placed, self._around, self._block = len(said), [], []


def _embedded_hash(source: str) -> str:
    _, found, encoded = source.partition(";base64,")
    return hashlib.sha256(base64.b64decode(encoded)).hexdigest() if found else ""


def read_web(content: bytes) -> Reading:
    """Return what an HTML report prints."""
    page = _Page()
    page.feed(content.decode("utf-8"))
    page.close()
    page.close_block()
    return page.reading


_CLAIM = re.compile(r"c[0-9]+")
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
    reading.pictures = list(_pictures_in_word(document))
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


def _pictures_in_word(document: WordDocument) -> Iterator[tuple[str, str]]:
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


def read_workbook(content: bytes) -> dict[str, dict[str, Any]]:
    """Return the filled cells of each sheet: numbers, words, dates as ISO text.

    Raises ``ValueError`` for bytes that are no workbook.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        raise ValueError(f"it is no workbook ({error})") from error
    return {name: _cells(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def _cells(rows: list[list[Any]]) -> dict[str, Any]:
    return {
        xl_rowcol_to_cell(row, column): _plain(value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value
