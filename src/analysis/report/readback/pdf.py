"""Reading PDF back: numbers in the order of the text, page by page, since a PDF keeps no ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from analysis.report.formats import MINUS
from analysis.report.pictures import pixel_hash

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
        pictures = tuple(_pictures(document))
    finally:
        document.close()
    return PdfReading(tuple(pages), tuple(wrong), outline, pictures, tuple(texts))


def _outline(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, int]]:
    for item in document.get_toc(max_depth=2):
        destination = item.get_dest()
        index = None if destination is None else destination.get_index()
        yield item.get_title(), 0 if index is None else index + 1


def _pictures(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            yield pixel_hash(item.get_bitmap().to_pil())
