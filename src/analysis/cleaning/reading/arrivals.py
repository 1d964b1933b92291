"""What a file is, by its content: what office programs, telephones and messengers send, whatever its name says."""

from __future__ import annotations

import codecs
import lzma
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from analysis.cleaning.reading.findings import Finding, Refused
from analysis.cleaning.reading.xls import stream_names

# What reading a damaged archive raises; a password raises RuntimeError.
DAMAGE = (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, OSError, ValueError, zlib.error, lzma.LZMAError)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_START_BYTES = 4_096  # of a file, which tell what it is
_BLANK = b" \t\r\n\0"  # zeros too: an .xml in UTF-16 begins like that


class FileKind(StrEnum):
    """The kinds of files that are read; each is what its content is, and ends in one of :data:`ENDINGS`."""

    OPENXML = "xlsx"
    BINARY = "xls"
    OPENDOCUMENT = "ods"
    HTML = "html"
    WORD = "docx"
    TEXT = "csv"


ENDINGS = {
    FileKind.OPENXML: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    FileKind.BINARY: (".xls", ".xlt"),
    FileKind.OPENDOCUMENT: (".ods", ".ots"),
    FileKind.HTML: (".html", ".htm"),
    FileKind.WORD: (".docx", ".docm"),
    FileKind.TEXT: (".csv", ".txt", ".tsv", ".tab"),
}
WORKBOOK_ENDINGS = tuple(
    ending for kind in (FileKind.OPENXML, FileKind.BINARY, FileKind.OPENDOCUMENT) for ending in ENDINGS[kind]
)
READ_ENDINGS = frozenset(ending for endings in ENDINGS.values() for ending in endings)

# What is never a table, by its first bytes, and by its ending where these do not tell.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")  # at byte 8 of a file of telephones
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_BY_ENDING = {
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".heic", ".heif", ".gif", ".tif", ".tiff", ".bmp", ".webp"), "photo_file"
    ),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "archive_file"),
    **dict.fromkeys((".gsheet", ".gdoc", ".gform", ".gslides", ".url", ".webloc", ".lnk"), "link_to_a_document"),
    **dict.fromkeys((".doc", ".odt", ".rtf", ".wps"), "word_of_old_kind"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "slides_file"),
    **dict.fromkeys((".mht", ".mhtml"), "web_archive"),
    ".webp": "photo_file",
    ".pdf": "pdf_scanned",
    ".xlsb": "binary_workbook",
    ".numbers": "apple_numbers",
    ".pages": "apple_pages",
}
_SPREADSHEET_OF_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_WEB_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<div", b"<script")
_ODF_KINDS = {b"text": "word_of_old_kind", b"presentation": "slides_file"}


def kind_of(path: Path) -> FileKind:
    """Return what a file is; raises Refused where it is nothing that can hold a table, with the rule that says so."""
    ending = path.suffix.casefold()
    with path.open("rb") as stream:
        start = stream.read(_START_BYTES)
    if not start:
        raise Refused(Finding("file_empty"))
    if start.startswith(_ZIP):
        return _kind_of_archive(path, ending)
    if start.startswith(COMPOUND):
        return _kind_of_compound(path)
    rule = _never_a_table(path, start)
    if rule is not None:
        raise Refused(Finding(rule))
    if _is_web_page(start):
        return FileKind.HTML
    if ending in ENDINGS[FileKind.TEXT] or (ending in WORKBOOK_ENDINGS and _is_text(start)):
        return FileKind.TEXT
    raise Refused(_unknown(ending))


def ending_finding(path: Path, kind: FileKind) -> Finding | None:
    """Return what is to be told of a file whose name ends like another kind's."""
    ending = path.suffix.casefold()
    if ending in ENDINGS[kind]:
        return None
    is_text = ending in ENDINGS[FileKind.TEXT] and kind in (FileKind.OPENXML, FileKind.BINARY)
    return Finding("excel_named_as_text" if is_text else "ending_wrong", value=f"{ending} → .{kind}")


def is_compound(path: Path) -> bool:
    """Tell whether a file is a compound file, as .xls is."""
    with path.open("rb") as stream:
        return stream.read(len(COMPOUND)) == COMPOUND


def _unknown(ending: str) -> Finding:
    if ending in READ_ENDINGS:
        return Finding("file_damaged" if ending in ENDINGS[FileKind.WORD] else "not_a_workbook")
    return Finding(_BY_ENDING.get(ending, "file_type_unknown"), value=ending or None)


def _never_a_table(path: Path, start: bytes) -> str | None:
    """Return the rule that names a picture, a PDF, an archive or a document of another program."""
    if start.startswith(b"%PDF"):
        return "pdf_text" if _has_text(path) else "pdf_scanned"
    is_webp = start.startswith(b"RIFF") and start[8:12] == b"WEBP"
    if is_webp or start.startswith(_PICTURES) or (start[4:8] == b"ftyp" and start[8:12] in _PICTURE_BRANDS):
        return "photo_file"
    if start.startswith(_ARCHIVES):
        return "archive_file"
    if start.startswith(b"{\\rtf"):
        return "word_of_old_kind"
    if _SPREADSHEET_OF_2003 in start:
        return "xml_spreadsheet"
    if start[:400].lstrip(_BLANK).lower().startswith(b"mime-version:"):
        return "web_archive"
    is_link = start.lstrip(_BLANK).startswith(b"{") and b"docs.google.com" in start
    return "link_to_a_document" if is_link else None


def _has_text(path: Path) -> bool:
    """Tell whether one of the first pages of a PDF holds text; one that cannot be opened holds none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        try:
            pages = (document[number].get_textpage().get_text_range() for number in range(min(len(document), 3)))
            return any(text.strip() for text in pages)
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError):
        return False


def _is_web_page(start: bytes) -> bool:
    text = start
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if start.startswith(mark):
            text = start[: len(start) // 2 * 2].decode(encoding, "ignore").encode("utf-8")
    text = text.removeprefix(codecs.BOM_UTF8).lstrip(_BLANK).lower()
    if text.startswith((b"<?xml", b"<!--")):
        return b"<html" in text or b"<table" in text
    return text.startswith(_WEB_PAGES)


def _is_text(start: bytes) -> bool:
    """Tell whether a file may be text: no control characters but those of lines, tabs and pages."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        return True
    zeros = start.count(0)
    if zeros:  # UTF-16 without a mark: every second byte
        return min(start[0::2].count(0), start[1::2].count(0)) == 0 and zeros >= 0.4 * len(start)
    return not set(start) & {*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F}


def _kind_of_archive(path: Path, ending: str) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype") if "mimetype" in names else b""
    except (*DAMAGE, RuntimeError):
        if ending in READ_ENDINGS - set(ENDINGS[FileKind.TEXT]):
            raise Refused(Finding("file_damaged")) from None
        raise Refused(Finding(_BY_ENDING.get(ending, "archive_file"))) from None
    if "xl/workbook.xml" in names:
        return FileKind.OPENXML
    if "word/document.xml" in names:
        return FileKind.WORD
    if "content.xml" in names:
        found = next((rule for word, rule in _ODF_KINDS.items() if mimetype.strip().endswith(word)), None)
        if found is None:
            return FileKind.OPENDOCUMENT
        raise Refused(Finding(found))
    raise Refused(Finding(_rule_of_archive(names, ending)))


def _rule_of_archive(names: set[str], ending: str) -> str:
    if any(name.endswith("workbook.bin") for name in names):
        return "binary_workbook"
    if "ppt/presentation.xml" in names:
        return "slides_file"
    if any(name.endswith(".iwa") for name in names) or "Index.zip" in names:
        return "apple_pages" if ending == ".pages" else "apple_numbers"
    return "archive_file"


def _kind_of_compound(path: Path) -> FileKind:
    """Return the kind of a compound file; one whose directory cannot be followed is left to the scan of .xls."""
    names = stream_names(path.read_bytes())
    if "EncryptedPackage" in names:
        raise Refused(Finding("file_has_password"))
    if "WordDocument" in names and not names & {"Workbook", "Book"}:
        raise Refused(Finding("word_of_old_kind"))
    if "PowerPoint Document" in names:
        raise Refused(Finding("slides_file"))
    return FileKind.BINARY
