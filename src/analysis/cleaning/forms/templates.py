"""``dampak new``: a province folder to type or paste into, which reads back without a problem.

Each workbook has one sheet to fill in, with drop-down lists, and two that explain it: "Contoh" with filled-in
rows and "Petunjuk" with instructions and the lists. Readers leave the explaining sheets out
(:mod:`analysis.cleaning.forms.templates`), so nothing has to be deleted before the files are read.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import tomli_w
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.cleaning.forms.averages import AVERAGES_INSTRUCTIONS, DETAILS, averages_templates, is_details
from analysis.cleaning.forms.columns import Template, TemplateColumn
from analysis.cleaning.reading.files import INSTRUCTIONS_FILE
from analysis.cleaning.reading.sheet import Sheet, column_letters
from analysis.errors import OutputError, StudyError
from analysis.study.instrument import Instrument, load_instrument
from analysis.study.province import PROVINCE_FILE, check_folder_name
from analysis.study.regions import ProvinceRegion, find_province, provinces, regencies
from analysis.study.training import Training, check_training_id, load_training

NOT_DATA = "Lembar petunjuk dampak: tidak dibaca sebagai data"


def is_explanation(sheet: Sheet) -> bool:
    """Tell whether a sheet is an explaining sheet of a template: its first cell says so, whatever its name is."""
    return bool(sheet.rows and sheet.rows[0]) and str(sheet.rows[0][0]).strip() == NOT_DATA


def is_unfilled(sheet: Sheet) -> bool:
    """Tell whether a template's sheet still holds only its header and what was filled in when it was made."""
    rows = [row for row in sheet.rows[int(is_details(sheet)) :] if any(str(cell).strip() for cell in row)]
    return all(str(row[0]).strip() in _labels() and not any(str(cell).strip() for cell in row[1:]) for row in rows[1:])


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    return frozenset(label for template in averages_templates(load_instrument()) for label in template.labels)


SHORT_INSTRUCTIONS = (
    "Isi atau tempel data ke lembar pertama; satu baris untuk satu orang atau satu formulir.",
    "Jangan mengubah baris judul kolom. Contoh pengisian ada di lembar Contoh.",
    "Pilih dari daftar bila ada; daftarnya juga tertulis di sebelah kanan.",
    "NIK dan nomor HP disimpan sebagai teks: tempel dengan 'Tempel nilai saja'.",
    "Nilai tes ditulis sebagai angka saja (7), bukan 7/10, yang dapat diubah Excel menjadi tanggal.",
    "Kosongkan sel yang datanya tidak ada; jangan diisi 0.",
)

_AVERAGES_IN_SHORT = (
    "Ketik rata-rata persis seperti tercetak, dengan semua desimalnya (4,00); sel sudah diatur sebagai teks.",
    "Jangan mengubah baris judul kolom. Untuk angkatan berikutnya, salin kolom Angkatan 1 dan ganti nomornya.",
    "Isi lembar Rincian sejauh datanya ada: satu baris untuk satu angkatan, atau satu kelas.",
    "Kosongkan sel yang datanya tidak ada; jangan diisi 0.",
)

INSTRUCTIONS = """# Petunjuk pengisian

1. Buka `province.toml` dengan editor teks. Periksa tahun, pelatihan, dan nilai tertinggi tes; tulis satu blok
   `[[batch]]` untuk setiap angkatan dengan tanggal dan kabupatennya.
2. Isi atau tempel data ke buku kerja di folder ini. Satu baris untuk satu orang. Jangan mengubah baris judul kolom.
   Contoh pengisian ada di lembar Contoh; pilih dari daftar bila ada.
3. Simpan NIK dan nomor HP sebagai teks. Kolom sudah diatur sebagai teks: tempel dengan "Tempel nilai saja", karena
   Excel hanya menyimpan 15 angka dari bilangan.
4. Tulis nilai tes sebagai angka saja (7), bukan "7/10", yang dapat diubah Excel menjadi tanggal.
5. Kehadiran: H hadir, I izin, S sakit, A alpa. Jawaban evaluasi: angka pada skala formulir; kosongkan bila tidak diisi.
6. Hapus buku kerja yang tidak dipakai. Berkas tambahan boleh ditaruh di folder ini dengan nama apa pun.
7. Jalankan `dampak check` dan perbaiki sel yang disebut dalam daftar masalah.

| Berkas | Isi |
|---|---|
| `peserta.xlsx` | daftar hadir: siapa yang ikut, dari mana, dan hadir pada hari apa |
| `tes/pretes.xlsx`, `tes/postes.xlsx` | nilai pretes dan postes |
| `evaluasi.xlsx` | evaluasi akhir pelatihan, satu baris untuk satu formulir, tanpa nama |
| `tindak_lanjut.xlsx` | pelaksanaan rencana kerja tindak lanjut (RKTL) |
| `narasi.md` (bila perlu) | teks kantor sendiri untuk laporan; lihat di bawah |
| `kop.docx` (bila perlu) | kop surat kantor untuk laporan Word |

`narasi.md` ditulis sebagai alinea dan daftar biasa di bawah judul yang tetap: `# Kata pengantar`, `# Latar belakang`,
`# Tim`, `# Keberhasilan`, `# Keberlanjutan`, `# Rekomendasi`. Angkanya dikutip, tidak dihitung ulang.

Folder ini berisi data pribadi: jangan dikirim atau diunggah ke tempat umum.
"""


def province_comment(province: str) -> str:
    """Return the comment at the top of a new ``province.toml``."""
    return (
        f"# {province}: satu provinsi, satu pelatihan, satu tahun. Nama folder adalah nama studi.\n"
        "# Periksa setiap baris. Ulangi blok [[batch]] untuk setiap angkatan, misalnya:\n"
        "#   [[batch]]\n"
        '#   id = "2"\n'
        "#   first_day = 2024-02-19\n"
        "#   last_day = 2024-02-22\n"
        "#   classes = 3\n"
        '#   regencies = ["Kabupaten ..."]\n\n'
    )


DEFAULT_TRAINING = "kerja_sama_desa"
ROWS_WITH_LISTS = 1_000  # rows below the header that carry drop-down lists and formats
_ATTENDANCE_CODES = ("H", "I", "S", "A")
_STATUSES = ("selesai", "berjalan", "belum")
_DEFAULT_DAYS = 4
_CREATED = dt.datetime(2024, 1, 1)  # of every template, so that the same command writes the same bytes
_EXAMPLE_SHEET, _EXPLANATION_SHEET, _DETAILS_SHEET = "Contoh", "Petunjuk", "Rincian"
_FIRST_LIST_COLUMN = 2  # of the explaining sheet, beside the instructions
_YEAR = re.compile(r"-(20\d\d)$")
_WIDTHS = {
    "Nama": 30,
    "NIK": 20,
    "Jabatan": 24,
    "Desa": 22,
    "Kecamatan": 20,
    "Kabupaten": 30,
    "No. HP": 18,
    "INDIKATOR": 60,
}
_DEFAULT_WIDTH = 14
_FURTHER_COLUMNS = 12  # that take text too, such as those of further batches


def write_new_province(
    raw: Path, study: str, *, year: int, training: str = DEFAULT_TRAINING, averages: bool = False
) -> Path:
    """Write the folder ``raw/study`` with ``province.toml``, empty workbooks and instructions; return its path.

    The province is recognised from the folder's name ("lampung", "jawa-barat-posyandu-2024"); a year at the
    end of the name counts before ``year``. ``averages`` makes the workbooks of an office that has averages only.
    Raises StudyError for a name that may not name a study or names no province, and for an unknown training;
    OutputError where the folder exists already.
    """
    check_folder_name(study)
    check_training_id(training, f"{study}/{PROVINCE_FILE}")
    region = province_of_name(study)
    target = raw / study
    if target.exists():
        raise OutputError(f"{target}: this folder exists already; nothing was written. Choose another name.")
    named_year = _YEAR.search(study)
    content = province_content(region, int(named_year.group(1)) if named_year else year, training)
    waiting = target.with_name(f".{study}.part")
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True)
    try:
        text = f"{province_comment(region.name)}{as_blocks(content)}"
        (waiting / PROVINCE_FILE).write_bytes(text.encode("utf-8"))
        instructions = AVERAGES_INSTRUCTIONS if averages else INSTRUCTIONS
        (waiting / INSTRUCTIONS_FILE).write_bytes(instructions.encode("utf-8"))
        instrument = load_instrument()
        made = averages_templates(instrument) if averages else templates(region, instrument, load_training(training))
        for template in made:
            _write_template(waiting / template.file, template)
        waiting.rename(target)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return target


def province_of_name(study: str) -> ProvinceRegion:
    """Return the province that a folder name begins with, the longest first; StudyError where none does."""
    words = study.split("-")
    for count in range(len(words), 0, -1):
        region = find_province(" ".join(words[:count]))
        if region is not None:
            return region
    known = ", ".join(re.sub(r"[^a-z]+", "-", one.name.casefold()).strip("-") for one in provinces())
    raise StudyError(f"folder {study!r}: it begins with the name of no province. Begin it with one of: {known}.")


def province_content(region: ProvinceRegion, year: int, training: str) -> dict[str, object]:
    """Return the content of a new ``province.toml``: one batch, to be repeated."""
    return {
        "name": region.name,
        "code": region.code_kemendagri,
        "training": training,
        "year": year,
        "test_maximum": 10,
        "batch": [{"id": "1"}],
        "source": [{"file": "*", "description": f"Dinas PMD {region.name}"}],
    }


def as_blocks(content: Mapping[str, object]) -> str:
    """Return ``province.toml`` with a [[...]] block for each table of a list, so that further blocks can be added."""
    plain = {key: value for key, value in content.items() if not isinstance(value, list)}
    lists = {key: value for key, value in content.items() if isinstance(value, list)}
    blocks = [f"\n[[{key}]]\n{tomli_w.dumps(one)}" for key, value in lists.items() for one in value]
    return tomli_w.dumps(plain) + "".join(blocks)


def templates(region: ProvinceRegion, instrument: Instrument, training: Training) -> tuple[Template, ...]:
    """Return the workbooks of a new folder; regencies and roles are offered as drop-down lists."""
    places = tuple(one.full_name for one in regencies(region.code_kemendagri))
    regency = TemplateColumn("Kabupaten", places[0] if places else "Kabupaten ...", places)
    role_names = tuple(role.name_id for role in training.roles)
    name = TemplateColumn("Nama", "nama lengkap tanpa gelar")
    number = TemplateColumn("NIK", "16 angka, sebagai teks")
    role = TemplateColumn("Jabatan", role_names[0], role_names)
    village = TemplateColumn("Desa", "nama desa")
    who = (TemplateColumn("No", "1"), name, number, role, village, regency)
    batch = (TemplateColumn("Angkatan", "1"), TemplateColumn("Kelas", "A"))
    days = tuple(TemplateColumn(f"Hari {day + 1}", "H", _ATTENDANCE_CODES) for day in range(_attended_days(training)))
    steps = tuple(str(step) for step in range(instrument.scale_low, instrument.scale_high + 1))
    items = tuple(TemplateColumn(item.text_id, steps[-1], steps) for item in instrument.items)
    kinds = tuple(kind.name_id for kind in training.followup_kinds)
    score = TemplateColumn("Nilai", "7")
    return (
        Template("peserta.xlsx", "Peserta", (
            who[0], name, number, TemplateColumn("L/P", "P", ("L", "P")), role, village,
            TemplateColumn("Kecamatan", "nama kecamatan"), regency, TemplateColumn("No. HP", "sebagai teks"), *batch,
            *days, TemplateColumn("Ket.", "catatan"))),
        Template("tes/pretes.xlsx", "Pretes", (*who, score)),
        Template("tes/postes.xlsx", "Postes", (*who, score)),
        Template("evaluasi.xlsx", "Evaluasi", (who[0], *batch, village, regency, *items)),
        Template("tindak_lanjut.xlsx", "Tindak Lanjut", (
            *who, TemplateColumn("Jenis Tindak Lanjut", kinds[0] if kinds else "jenis", kinds),
            TemplateColumn("Tanggal Kesepakatan", "8 Februari 2024"),
            TemplateColumn("Tanggal Kunjungan", "12 Agustus 2024"),
            TemplateColumn("Status Pelaksanaan", _STATUSES[0], _STATUSES),
            TemplateColumn("Bukti", "nama dokumen"), TemplateColumn("Kendala", "bila ada"))),
    )  # fmt: skip


def _attended_days(training: Training) -> int:
    return training.guide.days or _DEFAULT_DAYS


def _write_template(path: Path, template: Template) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": _CREATED})
    page = book.add_worksheet(template.sheet)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top", "bg_color": "#E7EEF5"})
    text = book.add_format({"num_format": "@"})
    _write_columns(page, template.columns, template.labels, head, text, row=0)
    if template.details:
        details = book.add_worksheet(_DETAILS_SHEET)
        details.write_string(0, 0, DETAILS)
        _write_columns(details, template.details, (), head, text, row=2)
    _write_example(book.add_worksheet(_EXAMPLE_SHEET), template, head)
    _add_lists(page, _write_explanation(book.add_worksheet(_EXPLANATION_SHEET), template, head))
    book.close()


def _write_columns(
    page: Worksheet, columns: Sequence[TemplateColumn], labels: Sequence[str], head: Format, text: Format, *, row: int
) -> None:
    """Write the header of a sheet to fill in and the labels below it; every cell takes text."""
    for index, column in enumerate(columns):
        page.set_column(index, index, _WIDTHS.get(column.header, _DEFAULT_WIDTH), text)
        page.write_string(row, index, column.header, head)
    page.set_column(len(columns), len(columns) + _FURTHER_COLUMNS, _DEFAULT_WIDTH, text)
    page.write_column(row + 1, 0, list(labels), text)
    page.freeze_panes(row + 1, 0)


def _write_example(page: Worksheet, template: Template, head: Format) -> None:
    page.write_string(0, 0, NOT_DATA)
    for row, columns in ((2, template.columns), (5, template.details)):
        for index, column in enumerate(columns):
            page.set_column(index, index, _WIDTHS.get(column.header, _DEFAULT_WIDTH))
            page.write_string(row, index, column.header, head)
            page.write_string(row + 1, index, column.example)


def _write_explanation(page: Worksheet, template: Template, head: Format) -> dict[int, str]:
    """Write instructions and lists; return the range of each column's list by the position of the column.

    Lists stand in cells because Excel takes no more than 255 characters of them otherwise.
    """
    page.set_column(0, 0, 90)
    page.write_column(0, 0, [NOT_DATA, "", *(_AVERAGES_IN_SHORT if template.notes else SHORT_INSTRUCTIONS)])
    page.write_column(len(_AVERAGES_IN_SHORT) + 3, 0, list(template.notes))
    ranges: dict[int, str] = {}
    written: dict[tuple[str, ...], str] = {}
    for index, column in enumerate(template.columns):
        if column.allowed and column.allowed not in written:
            at = _FIRST_LIST_COLUMN + len(written)
            page.set_column(at, at, _WIDTHS.get(column.header, _DEFAULT_WIDTH))
            page.write_string(0, at, column.header if column.header in _WIDTHS else "Daftar", head)
            page.write_column(1, at, list(column.allowed))
            letters = column_letters(at)
            written[column.allowed] = f"={_EXPLANATION_SHEET}!${letters}$2:${letters}${len(column.allowed) + 1}"
        if column.allowed:
            ranges[index] = written[column.allowed]
    return ranges


def _add_lists(page: Worksheet, ranges: Mapping[int, str]) -> None:
    """Add the drop-down lists; another value is warned of, not refused, since lists never foresee everything."""
    for index, source in ranges.items():
        page.data_validation(1, index, ROWS_WITH_LISTS, index, {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "Tidak ada dalam daftar",
            "error_message": "Nilai ini tidak ada dalam daftar. Tetap dipakai?",
        })  # fmt: skip
