"""Rows of small, faultless tables, and the means to spoil one cell of them."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.study.instrument import load_instrument

Rows = list[list[object]]
NAMES = ("Ani Wulandari", "Budi Hartono", "Citra Lestari", "Dedi Kurnia", "Eka Saputra", "Fitri Handayani")
ROLES = ("Kepala Pekon", "Ketua BPD", "Ketua TP PKK", "Sekdes", "Kakon", "Kaur Keuangan")


def nik(number: int) -> str:
    return f"180601{number:09d}1"


def attendance() -> Rows:
    header: list[object] = ["No", "Nama", "NIK", "L/P", "Jabatan", "Desa", "Kecamatan", "Kabupaten", "Angkatan",
                            "Hari 1", "Hari 2", "No. HP"]  # fmt: skip
    people: Rows = [
        [number + 1, NAMES[number], nik(number), "LP"[number % 2], ROLES[number], f"Pekon Suka {'AB'[number // 4]}",
         "Kec. Wonosobo", "Kab. Tanggamus", 5 + number // 4, "H", "√", "08123456789"]
        for number in range(6)
    ]  # fmt: skip
    return [header, *people]


def quiz_form(scores: Sequence[object] = ("7 / 10", "5 / 10", "6 / 10", "8 / 10", "9 / 10", "4 / 10")) -> Rows:
    header: list[object] = ["Timestamp", "Skor", "Nama", "NIK", "Desa"]
    people: Rows = [
        [f"{13 + number}/08/2023 10:00:00", score, NAMES[number], nik(number), f"Pekon Suka {'AB'[number // 4]}"]
        for number, score in enumerate(scores)
    ]
    return [header, *people]


def evaluation() -> Rows:
    items = len(load_instrument().item_ids)
    header: list[object] = ["No", "Angkatan", *[f"P{number}" for number in range(1, items + 1)]]
    return [header, *[[row + 1, 5, *[3 + (row + item) % 3 for item in range(items)]] for row in range(6)]]


def followup() -> Rows:
    header: list[object] = ["Nama", "NIK", "Desa", "Kabupaten", "Jenis Kegiatan", "Tanggal Kunjungan", "Status",
                            "Bukti", "Kendala"]  # fmt: skip
    row: list[object] = [
        NAMES[0],
        nik(0),
        "Pekon Suka A",
        "Tanggamus",
        "antar_desa",
        "20/02/2024",
        "selesai",
        "Perdes",
        "",
    ]
    return [header, row]


def spoiled(rows: Rows, column: int, value: object, row: int = 2) -> Rows:
    changed = [list(one) for one in rows]
    changed[row][column] = value
    return changed
