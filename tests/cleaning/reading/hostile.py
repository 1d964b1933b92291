"""Hostile and broken files made by code, each with the rule of the message that it ends in ("" where it is read).

The list is the fixed corpus of the searches with random input too (``test_fuzz.py``).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import xlsxwriter
import xlwt
from xlwt import CompoundDoc

READ = ""
PEOPLE = [["Nama", "Desa", "Nilai"], ["Ani Satu", "Suka Maju", 7], ["Budi Dua", "Mekar Sari", 8.5]]
CSV = "".join(f"{';'.join(map(str, row))}\n" for row in PEOPLE).encode()
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Hostile(NamedTuple):
    """One file: its name, its bytes, and the rule of its message."""

    name: str
    content: bytes
    rule: str

    @property
    def id(self) -> str:
        """Return what tests call it."""
        return f"{self.rule or 'read'}-{self.name}"


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return stream.getvalue()


def xlsx(rows: Iterable[Iterable[object]] = PEOPLE) -> bytes:
    """Return a good workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        page = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            page.write_row(number, 0, list(row))
    return stream.getvalue()


def xls() -> bytes:
    """Return a good workbook of the older format."""
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for number, row in enumerate(PEOPLE):
        for column, value in enumerate(row):
            page.write(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_SPACES = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text", "style"))


def ods(table: str | None = None, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    """Return a workbook of LibreOffice with this table."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(value) for value in row)}</table:table-row>" for row in PEOPLE
    )
    content = (
        f"<office:document-content {_ODS_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Data">{rows if table is None else table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": mimetype, "META-INF/manifest.xml": "<manifest/>", "content.xml": content}
    return archive({name: text.encode() for name, text in parts.items()})


_WORD_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str | None = None, head: str = "") -> bytes:
    """Return a Word document with this body."""
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:tc>' for value in row)}</w:tr>"
        for row in PEOPLE
    )
    table = f"<w:tbl>{rows}</w:tbl>" if body is None else body
    return archive(
        {"word/document.xml": f"{head}<w:document {_WORD_SPACE}><w:body>{table}</w:body></w:document>".encode()}
    )


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def changed(content: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """Return an archive with bytes of one member replaced."""
    parts = parts_of(content)
    if old not in parts[member]:
        raise ValueError(f"{old!r} does not stand in {member}")
    return archive({**parts, member: parts[member].replace(old, new)})


def without(content: bytes, member: str) -> bytes:
    """Return an archive without one member."""
    return archive({name: data for name, data in parts_of(content).items() if name != member})


def pdf(text: str = "") -> bytes:
    """Return a PDF of one page with this text, or without any."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b"q Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    return content + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (table, start)
    )


def compound(stream_name: str) -> bytes:
    """Return a compound file whose stream has this name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        CompoundDoc.XlsDoc().save(str(path), bytes(5000))
        content = path.read_bytes()
    old = "Workbook".encode("utf-16-le")
    place = content.find(old)
    name = stream_name.encode("utf-16-le")
    entry = name + bytes(64 - len(name)) + (len(name) + 2).to_bytes(2, "little")
    return content[:place] + entry + content[place + 66 :]


def html(table: str) -> bytes:
    """Return a web page with this body."""
    return f"<html><head><meta charset=utf-8></head><body>{table}</body></html>".encode()


def all_hostile() -> list[Hostile]:
    """Return the whole corpus."""
    return [Hostile(*case) for family in FAMILIES for case in family()]


def _pictures() -> Iterator[tuple[str, bytes, str]]:
    starts = {
        "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
        "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "gif": b"GIF89a\x01\x00\x01\x00",
        "tif": b"II*\x00\x08\x00\x00\x00",
        "bmp": b"BM\x46\x00\x00\x00\x00\x00",
        "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
        "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1",
        "heif": b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1",
    }
    for name, start in starts.items():
        for ending in (name, "xlsx", "csv"):
            yield f"foto-{name}.{ending}", start + bytes(range(256)), "photo_file"
    yield "kosong.jpg", b"\x00", "photo_file"
    yield "kosong.heic", b"abc", "photo_file"


def _archives() -> Iterator[tuple[str, bytes, str]]:
    zipped = archive({"nilai.csv": CSV})
    for name, content in (
        ("rar", b"Rar!\x1a\x07\x01\x00" + bytes(40)),
        ("7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(40)),
        ("gz", b"\x1f\x8b\x08\x00" + bytes(40)),
        ("zip", zipped),
    ):
        for ending in (name, "xlsx", "csv", "xls"):
            yield f"kiriman-{name}.{ending}", content, "archive_file"
    yield "potong.zip", zipped[:60], "archive_file"
    yield "kosong.zip", archive({}), "archive_file"
    yield "xlsx-di-dalam.zip", archive({"nilai.xlsx": xlsx()}), "archive_file"
    yield "keluar.zip", archive({"../../nilai.csv": CSV}), "archive_file"


def _documents() -> Iterator[tuple[str, bytes, str]]:
    for ending in ("pdf", "xlsx", "csv", "docx"):
        yield f"laporan.{ending}", pdf("Nama Desa Nilai"), "pdf_text"
        yield f"pindai.{ending}", pdf(), "pdf_scanned"
    yield "potong.pdf", pdf("Nama")[:200], "pdf_scanned"
    yield "bukan.pdf", b"abc", "pdf_scanned"
    yield "teks.rtf", b"{\\rtf1\\ansi Nama}", "word_of_old_kind"
    yield "teks.csv", b"{\\rtf1\\ansi Nama}", "word_of_old_kind"
    yield "lama.doc", compound("WordDocument"), "word_of_old_kind"
    yield "lama.xls", compound("WordDocument"), "word_of_old_kind"
    yield "surat.odt", ods(mimetype="application/vnd.oasis.opendocument.text"), "word_of_old_kind"
    yield "paparan.odp", ods(mimetype="application/vnd.oasis.opendocument.presentation"), "slides_file"
    yield "paparan.ppt", compound("PowerPoint Document"), "slides_file"
    yield "paparan.pptx", archive({"ppt/presentation.xml": b"<p/>"}), "slides_file"
    yield "biner.xlsb", archive({"xl/workbook.bin": b"x"}), "binary_workbook"
    yield "biner.xlsx", archive({"xl/workbook.bin": b"x"}), "binary_workbook"
    yield "apel.numbers", archive({"Index/Document.iwa": b"x"}), "apple_numbers"
    yield "apel.pages", archive({"Index/Document.iwa": b"x"}), "apple_pages"
    yield "apel.xlsx", archive({"Index/Document.iwa": b"x"}), "apple_numbers"
    yield "sandi.xlsx", compound("EncryptedPackage"), "file_has_password"
    yield "sandi.docx", compound("EncryptedPackage"), "file_has_password"
    yield (
        "tahun2003.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        ("xml_spreadsheet"),
    )
    yield (
        "tahun2003.xml",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        ("xml_spreadsheet"),
    )
    yield "arsip.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "web_archive"
    yield "arsip.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "web_archive"
    link = json.dumps({"url": "https://docs.google.com/open?id=abc", "doc_id": "abc", "email": "a@b.id"}).encode()
    for name in ("nilai.gsheet", "nilai.gdoc", "nilai.csv", "nilai.xlsx"):
        yield name, link, "link_to_a_document"
    yield "nilai.url", b"[InternetShortcut]\nURL=https://contoh.id\n", "link_to_a_document"
    yield "nilai.lnk", b"L\x00\x00\x00\x01\x14\x02", "link_to_a_document"


def _unknown() -> Iterator[tuple[str, bytes, str]]:
    for ending in (
        "dbf",
        "sav",
        "dta",
        "rds",
        "parquet",
        "json",
        "xml",
        "md",
        "py",
        "exe",
        "db",
        "sqlite",
        "bak",
        "tmp",
    ):
        yield f"berkas.{ending}", b"\x01\x02abc", "file_type_unknown"
    yield "tanpa-akhiran", b"abc", "file_type_unknown"
    yield "pesan.eml", b"From: a@b.id\n", "file_type_unknown"


def _texts() -> Iterator[tuple[str, bytes, str]]:
    for ending in ("csv", "txt", "tsv"):
        yield f"kosong.{ending}", b"", "file_empty"
        yield f"nol.{ending}", b"Nama;Nilai\nAni\x00;7\n", "nul_bytes"
    for ending in ("xlsx", "xls", "ods", "xlsm"):
        yield f"kosong.{ending}", b"", "file_empty"
        yield f"biner.{ending}", b"\x01\x02\x03\x04" * 50, "not_a_workbook"
    yield "putih.csv", b" \r\n\t\r\n", "file_empty"
    yield "tanda.csv", b"\xef\xbb\xbf", "file_empty"
    yield "tanda16.csv", b"\xff\xfe", "file_empty"
    yield "ganjil16.csv", b"\xff\xfeN\x00O", "encoding_unknown"
    yield "ganjil32.csv", b"\xff\xfe\x00\x00N\x00\x00", "encoding_unknown"
    yield "bukan-cp1252.csv", b"Nama;Nilai\nAni\x81\x8d;7\n", "encoding_unknown"
    yield "utf8-rusak.csv", "Nama;Nilai\nCafé;7\n".encode() + b"Caf\xe9;8\n", "encoding_unknown"
    yield "petik.csv", b'Nama;Nilai\n"Ani;7\nBudi;8\n', "quotes_broken"
    yield "petik-tengah.csv", b'Nama;Nilai\n"Ani"x;7\n', "quotes_broken"
    yield "petik-diam.csv", b'Nama;Desa;Nilai\nAni;"Suka;7\nBudi;Mekar";8\nCici;Sari;9\n', "quotes_broken"
    yield "petik-akhir.csv", b'Nama;Nilai\nAni;7\nBudi;"', "quotes_broken"
    yield "sel-panjang.csv", b"Nama;Nilai\n" + b"A" * 200_000 + b";7\n", "cell_too_long"
    yield "sel-panjang-petik.csv", b'Nama;Nilai\n"' + b"A\n" * 100_000 + b'";7\n', "cell_too_long"
    yield "lebar.csv", b";" * 213_000, "cell_too_long"
    yield "lebar-koma.csv", b"a," * 100_000, "used_range_too_large"
    yield "persegi.csv", b";" * 3_900 + b"\n1;2" * 50_000, "used_range_too_large"
    yield "tinggi.csv", b"1;2\n" * 600_000, "used_range_too_large"
    yield "lima-megabita.csv", b"Nama;Nilai\n" + b"x" * 5_000_000, "cell_too_long"
    yield "sep.csv", b"sep=", READ
    yield "sep-petik.csv", b'sep="\nNama"Nilai\n', READ
    yield "campur.csv", b"Nama;Nilai\r\nAni;7\rBudi;8\n", READ
    yield "ujung-kosong.csv", CSV + b";;\r\n" * 1_000, READ
    yield "unicode.csv", "Nama;Nilai\n\u202eAni\u200b;7\n\ufeffBudi;8\n".encode(), READ
    yield "rumus.csv", b'Nama;Nilai\n"=HYPERLINK(""http://x"")";7\n@SUM(A1);8\n', READ
    yield "utf16.csv", CSV.decode().encode("utf-16"), READ
    yield "utf32.csv", CSV.decode().encode("utf-32"), READ
    yield "teks.xls", CSV.replace(b";", b"\t"), READ
    yield "teks16.xls", CSV.decode().replace(";", "\t").encode("utf-16"), READ
    yield "teks.xlsx", CSV, READ
    yield "satu.csv", b"x", READ
    yield "angka.csv", b"1e999;-1e999;nan;inf;0x10\n", READ
    yield "bertingkat.csv", b'"' * 2_001 + b"\n", "quotes_broken"


def _pages() -> Iterator[tuple[str, bytes, str]]:
    row = "<tr><td>Ani</td><td>7</td></tr>"
    table = f"<table><tr><th>Nama</th><th>Nilai</th></tr>{row}</table>"
    for ending in ("xls", "html", "xlsx", "csv"):
        yield f"halaman.{ending}", html(table), READ
        yield f"masuk.{ending}", html("<form>Masuk</form>"), "web_page_without_table"
    yield "kosong.html", html("<table></table>"), "web_page_without_table"
    yield "tanpa-akhir.html", html("<table><tr><td>Nama<td>Nilai<tr><td>Ani<td>7"), READ
    yield "bersarang.html", html("<table><tr><td>" * 15 + table + "</table>" * 15), READ
    yield "terlalu-dalam.html", html("<table><tr><td>" * 3_000), "used_range_too_large"
    yield "lebar.html", html('<table><tr><td colspan="99999999">a</td></tr></table>'), READ
    yield (
        "lebar-banyak.html",
        html("<table><tr>" + '<td colspan="4000">a</td>' * 9 + "</tr></table>"),
        ("used_range_too_large"),
    )
    yield "tinggi.html", html('<table><tr><td rowspan="99999999">a</td></tr>' + row * 3 + "</table>"), READ
    yield "persegi.html", html('<table><tr><td colspan="4000">a' + "<tr><td>1" * 20_000), "used_range_too_large"
    yield "skrip.html", html(f"<script>var a = '<table>';</script>{table}<style>td{{}}</style>"), READ
    yield "salah-skrip.html", html("<script><table><tr><td>a"), "web_page_without_table"
    yield "rusak.html", html("<table><tr><td>a</table></td></tr></table></table>"), READ
    yield "entitas.html", b'<!DOCTYPE html [<!ENTITY a "b">]><table><tr><td>&a;</td></tr></table>', READ
    yield "nol.html", html("<table><tr><td>a\x00b</td></tr></table>"), "nul_bytes"
    yield "deklarasi.html", html(f"<![??>{table}"), "file_damaged"
    yield "syarat.xls", html(f"<![if !supportMisalignedColumns]>{table}<![endif]>"), READ
    yield "utf16.xls", f"<html>{table}</html>".encode("utf-16"), READ
    yield "komentar.html", b"<!-- <html> --><table><tr><td>a</td></tr></table>" + b"<!--" * 5_000, READ
    yield "xhtml.xls", b'<?xml version="1.0"?><html><body>' + table.encode() + b"</body></html>", READ


def _word() -> Iterator[tuple[str, bytes, str]]:
    cell = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
    good = docx()
    yield "tabel.docx", good, READ
    yield "tabel.csv", good, READ
    yield "tanpa.docx", docx("<w:p><w:r><w:t>Halo</w:t></w:r></w:p>"), "word_without_table"
    yield "hampa.docx", b"", "file_empty"
    yield "rusak.docx", archive({"word/document.xml": b"<w:document>"}), "file_damaged"
    yield "entitas.docx", docx(head='<!DOCTYPE x [<!ENTITY a "b">]>'), "xml_entities"
    yield "perubahan.docx", docx(f"<w:tbl><w:tr><w:ins>{cell}</w:ins></w:tr></w:tbl>"), "word_changes_open"
    yield (
        "dihapus.docx",
        docx(f"<w:tbl><w:tr>{cell}<w:tc><w:p><w:del><w:r/></w:del></w:p></w:tc></w:tr></w:tbl>"),
        ("word_changes_open"),
    )
    yield (
        "bersarang.docx",
        docx(f"<w:tbl><w:tr><w:tc><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:tc></w:tr></w:tbl>"),
        ("word_table_in_cell"),
    )
    span = '<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc>'
    yield "lebar.docx", docx(f"<w:tbl><w:tr>{span}{cell}</w:tr></w:tbl>"), "used_range_too_large"
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="3999"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    yield "persegi.docx", docx(f"<w:tbl>{f'<w:tr>{wide}</w:tr>' * 4_000}</w:tbl>"), "used_range_too_large"
    yield "bom.docx", docx(" " * 70_000_000), "zip_bomb"
    yield "kata.docx", b"abc", "file_damaged"
    yield "tabel-kosong.docx", docx("<w:tbl/>"), "word_without_table"
    for length in range(40, len(good) - 22, max((len(good) - 62) // 6, 1)):
        yield f"potong-{length}.docx", good[:length], "file_damaged"


def _openxml() -> Iterator[tuple[str, bytes, str]]:
    good = xlsx()
    sheet, book, strings = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
    for length in range(40, len(good) - 22, (len(good) - 62) // 20):
        yield f"potong-{length}.xlsx", good[:length], "file_damaged"
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    for member, tag in (
        (sheet, b"<worksheet"),
        (book, b"<workbook"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships"),
    ):
        name = member.rsplit("/", 1)[-1].removesuffix(".xml")
        yield f"entitas-{name}.xlsx", changed(good, member, tag, entity + tag), "xml_entities"
    for member in (sheet, book):
        yield (
            f"hilang-{member.rsplit('/', 1)[-1]}.xlsx",
            without(good, member),
            ("archive_file" if member == book else "file_damaged"),
        )
    yield "tanpa-hubungan.xlsx", without(good, "xl/_rels/workbook.xml.rels"), "file_damaged"
    yield "buku-rusak.xlsx", changed(good, book, b"</sheets>", b"</shee"), "file_damaged"
    yield "lembar-rusak.xlsx", changed(good, sheet, b"</sheetData>", b"<c r="), "file_damaged"
    for address in ("XFD1048576", "XFD1000", "A1048576", "FAN2000", "ZZ200000"):
        far = f'<row r="{address.lstrip("XFDAZN")}"><c r="{address}"><v>1</v></c></row></sheetData>'.encode()
        yield f"jauh-{address}.xlsx", changed(good, sheet, b"</sheetData>", far), "used_range_too_large"
    packed = archive({book: b"<workbook/>", sheet: b" " * 60_000_000})
    yield "bom.xlsx", packed, "zip_bomb"
    yield "bom-teks.xlsx", archive({**parts_of(good), strings: b"<t>" + b"A" * 60_000_000}), "zip_bomb"
    flagged = bytearray(good)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = flagged.find(signature)
        while place >= 0:
            flagged[place + offset] |= 1
            place = flagged.find(signature, place + 4)
    yield "bersandi.xlsx", bytes(flagged), "file_has_password"
    method = bytearray(good)
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = method.find(signature)
        while place >= 0:
            method[place + offset] = 99
            place = method.find(signature, place + 4)
    yield "cara-lain.xlsx", bytes(method), "file_damaged"
    yield "makro.xlsm", archive({**parts_of(good), "xl/vbaProject.bin": b"x"}), READ
    yield "salah.xls", good, READ
    yield "salah.ods", good, READ
    yield "salah.csv", good, READ
    for value in ("NaN", "1e999", "", "abc", "-1e308", "99999999999999999999"):
        odd = changed(good, sheet, b"<v>8.5</v>", f"<v>{value}</v>".encode())
        yield f"angka-{value or 'kosong'}.xlsx", odd, READ
    yield "teks-tidak-ada.xlsx", changed(good, sheet, b'r="A2" t="s"><v>', b'r="A2" t="s"><v>9'), "file_damaged"
    yield "alamat-nol.xlsx", changed(good, sheet, b'r="A2"', b'r="A0"'), "file_damaged"
    yield "alamat-panjang.xlsx", changed(good, sheet, b'r="A2"', b'r="ZZZZZZ2"'), "used_range_too_large"
    yield "dalam.xlsx", changed(good, sheet, b"</sheetData>", b"</sheetData>" + b"<a>" * 100_000), READ


def _opendocument() -> Iterator[tuple[str, bytes, str]]:
    good = ods()
    for length in range(40, len(good) - 22, (len(good) - 62) // 6):
        yield f"potong-{length}.ods", good[:length], "file_damaged"
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    yield "ods-baik.ods", good, READ
    yield "ods-salah.xlsx", good, READ
    for rows in (100_000, 1_048_576):
        far = f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell/></table:table-row>'
        yield f"baris-jauh-{rows}.ods", ods(f"{far}<table:table-row>{cell}</table:table-row>"), "used_range_too_large"
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{cell}</table:table-row>'
    yield "kolom-jauh.ods", ods(row), "used_range_too_large"
    yield (
        "ulang.ods",
        ods(f'<table:table-row table:number-rows-repeated="900000">{cell}</table:table-row>'),
        ("used_range_too_large"),
    )
    yield (
        "entitas.ods",
        changed(good, "content.xml", b"<office:document", b'<!DOCTYPE x [<!ENTITY a "b">]><office:document'),
        ("xml_entities"),
    )
    yield "rusak.ods", changed(good, "content.xml", b"</table:table>", b"</tab"), "file_damaged"
    yield "bom.ods", archive({"content.xml": b" " * 60_000_000}), "zip_bomb"


def _binary() -> Iterator[tuple[str, bytes, str]]:
    good = xls()
    yield "xls-baik.xls", good, READ
    yield "xls-salah.xlsx", good, READ
    yield "xls-salah.csv", good, READ
    for length in (40, 300, 520, 1_100, 2_000, 4_000):
        yield f"potong-{length}.xls", good[:length], "file_damaged"
    yield "hampa.xls", COMPOUND + bytes(3_000), "file_damaged"
    yield "sektor-besar.xls", good[:30] + b"\xff\xff" + good[32:], "file_damaged"
    yield "lingkar.xls", good[:48] + (0).to_bytes(4, "little") + good[52:], "file_damaged"


FAMILIES = (_pictures, _archives, _documents, _unknown, _texts, _pages, _word, _openxml, _opendocument, _binary)
