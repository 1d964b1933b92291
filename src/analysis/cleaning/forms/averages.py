"""``dampak new --averages``: workbooks for an office that has averages only, and why more than averages helps."""

from __future__ import annotations

from analysis.cleaning.forms.columns import Template, TemplateColumn
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet
from analysis.study.instrument import Instrument

DETAILS = "Lembar rincian dampak: n, simpangan baku, dan jumlah jawaban"
TESTS = ("Pretest", "Posttest")

AVERAGES_INSTRUCTIONS = """# Petunjuk pengisian: kantor yang hanya memiliki rata-rata

1. Buka `province.toml` dengan editor teks. Periksa tahun, pelatihan, dan nilai tertinggi tes; tulis satu blok
   `[[batch]]` untuk setiap angkatan.
2. Ketik rata-rata persis seperti tercetak, dengan semua desimalnya: `4,00`, bukan `4`. Sel sudah diatur sebagai teks.
   Untuk angkatan berikutnya, tambahkan kolom `Angkatan 2`, `Angkatan 3`, dan seterusnya.
3. Isi lembar Rincian sejauh datanya ada: n, simpangan baku, pembaginya, dan jumlah jawaban, per angkatan dan bila
   mungkin per kelas. Lembar Petunjuk di setiap buku kerja menjelaskan gunanya.
4. Hapus buku kerja yang tidak dipakai. Jalankan `dampak check` dan perbaiki sel yang disebut dalam daftar masalah.

| Berkas | Isi |
|---|---|
| `evaluasi_agregat.xlsx` | rata-rata evaluasi akhir per indikator dan angkatan |
| `tes_agregat.xlsx` | rata-rata pretes dan postes |
| `kehadiran_agregat.xlsx` | jumlah orang yang diundang dan hadir |

Jangan menulis nama orang dalam buku kerja ini.
"""

_WHY = (
    "Mengapa lebih dari rata-rata?",
    "n (jumlah yang menjawab): selisih 0,10 dari 20 jawaban bisa kebetulan, dari 200 jawaban jarang. Tanpa n,",
    "jumlah itu harus diduga dari daftar hadir, dan kesimpulan menjadi bersyarat.",
    "Simpangan baku: menunjukkan seberapa beragam jawaban. Tanpa simpangan baku hanya dapat dihitung batas terburuk",
    "dan terbaik, sehingga banyak perbandingan berakhir dengan 'belum dapat disimpulkan'.",
    "Pembagi: tulis n-1 (STDEV, STDEV.S, SPSS) atau n (STDEV.P); keduanya memberi angka yang berbeda.",
    "Jumlah jawaban per pilihan: dari jumlah ini rata-rata dan simpangan baku dapat dihitung ulang dengan tepat.",
    "Per kelas: peserta satu kelas belajar bersama fasilitator yang sama, sehingga kelaslah satuan yang saling bebas.",
    "Angka per kelas memungkinkan uji yang memperhitungkan hal itu; rata-rata angkatan saja tidak.",
)
_WHY_OF_TESTS = (
    "Pasangan: jumlah orang yang mengikuti pretes dan postes. Hanya merekalah yang menunjukkan perubahan.",
    "Simpangan baku perubahan atau korelasi pretes-postes: salah satunya cukup untuk menghitung selang perubahan.",
)
_COLUMN_OF_MEANS = TemplateColumn("Rata-rata", "4,18")
_N = TemplateColumn("n", "32")
_SD = TemplateColumn("Simpangan baku", "0,62")
_DIVISOR = TemplateColumn("Pembagi", "n-1", ("n-1", "n"))
_GROUP = (TemplateColumn("Angkatan", "1"), TemplateColumn("Kelas", "A"))


def is_details(sheet: Sheet) -> bool:
    """Tell whether a sheet tells more than averages: its first cell says so, whatever its name is."""
    return bool(sheet.rows and sheet.rows[0]) and str(sheet.rows[0][0]).strip() == DETAILS


def details_problem(file: str, sheet: str | None) -> Problem:
    """Return the note about a sheet that tells more than averages, which nothing uses yet."""
    return problem("averages_not_used", file, sheet=sheet)


def averages_templates(instrument: Instrument) -> tuple[Template, ...]:
    """Return the workbooks of a folder of averages: of the evaluation, of the tests, of attendance."""
    items = tuple(item.text_id for item in instrument.items)
    steps = range(instrument.scale_low, instrument.scale_high + 1)
    counts = tuple(TemplateColumn(f"Jumlah jawaban {step}", "8") for step in steps)
    of_items = (TemplateColumn("INDIKATOR", items[0]), *_GROUP, _COLUMN_OF_MEANS, _N, _SD, _DIVISOR, *counts)
    return (
        Template(
            "evaluasi_agregat.xlsx",
            "Rata-rata",
            (TemplateColumn("INDIKATOR", items[0]), TemplateColumn("Angkatan 1", "4,18")),
            labels=items,
            details=of_items,
            notes=_WHY,
        ),
        Template(
            "tes_agregat.xlsx",
            "Tes",
            (TemplateColumn("Tes", TESTS[0]), TemplateColumn("Kelompok", "Angkatan 1"),
             TemplateColumn("Rata-rata", "6,34"), TemplateColumn("Maksimum", "10"), TemplateColumn("n", "96"),
             TemplateColumn("Pasangan", "90")),
            labels=TESTS,
            details=(*_GROUP, *_of_test("pretes"), *_of_test("postes"), _DIVISOR, TemplateColumn("Pasangan", "90"),
                     TemplateColumn("Simpangan baku perubahan", "1,20"), TemplateColumn("Korelasi", "0,55")),
            notes=(*_WHY, *_WHY_OF_TESTS),
        ),
        Template(
            "kehadiran_agregat.xlsx",
            "Kehadiran",
            (TemplateColumn("Unit", "Peserta"), TemplateColumn("Diundang", "288"), TemplateColumn("Hadir", "280"),
             TemplateColumn("Persen", "97,2%")),
        ),
    )  # fmt: skip


def _of_test(test: str) -> tuple[TemplateColumn, ...]:
    return (
        TemplateColumn(f"n {test}", "32"),
        TemplateColumn(f"Rata-rata {test}", "6,34"),
        TemplateColumn(f"Simpangan baku {test}", "1,42"),
        TemplateColumn(f"Lulus {test} (persen)", "75"),
    )
