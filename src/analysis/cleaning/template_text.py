"""The Indonesian words of the templates that ``dampak new`` writes."""

from __future__ import annotations

SHORT_INSTRUCTIONS = (
    "Isi atau tempel data ke lembar pertama; satu baris untuk satu orang atau satu formulir.",
    "Jangan mengubah baris judul kolom. Contoh pengisian ada di lembar Contoh.",
    "Pilih dari daftar bila ada; daftarnya juga tertulis di sebelah kanan.",
    "NIK dan nomor HP disimpan sebagai teks: tempel dengan 'Tempel nilai saja'.",
    "Nilai tes ditulis sebagai angka saja (7), bukan 7/10, yang dapat diubah Excel menjadi tanggal.",
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
