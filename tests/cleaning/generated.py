"""Folders of an imaginary study made by code, and what may be done to them without changing what they say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import xlsxwriter

from analysis.study.instrument import load_instrument

Cells = list[object]
ITEMS = load_instrument().item_ids
ROLES = ("Kepala Desa", "Ketua BPD", "Ketua TP PKK", "Sekdes")
GIVEN = ("Ani", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi", "Indah", "Joko")
FAMILY = ("Lestari", "Santosa", "Wijaya", "Hartono", "Kurnia", "Saputra", "Pratiwi", "Nugraha")
PROVINCE = """
name = "Lampung"
code = "18"
training = "kerja_sama_desa"
year = 2024
test_maximum = 100
batch = [{ id = "1" }, { id = "2" }]
source = [{ file = "*", description = "made by a test" }]
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """One table to be written: its file without ending, titles, header and rows, rows below, how it is written."""

    stem: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    above: tuple[tuple[object, ...], ...] = ()
    below: tuple[tuple[object, ...], ...] = ()
    ending: str = ".csv"
    separator: str = ";"
    loose: frozenset[str] = field(default_factory=frozenset)  # headers that nothing depends on

    def all_rows(self) -> list[Cells]:
        """Return the whole sheet as a rectangle."""
        rows = [*self.above, self.header, *self.rows, *self.below]
        width = max(map(len, rows))
        return [[*row, *[""] * (width - len(row))] for row in rows]


def base(rng: random.Random) -> list[Plan]:
    """Return an attendance list, both tests and the evaluation of 2 batches with 2 classes of 4 villages' people."""
    people = []
    for batch in ("1", "2"):
        for place in range(8):
            for role in ROLES:
                name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {chr(65 + len(people) % 26)}{len(people)}"
                people.append((name, role, f"Sukamaju {batch}{place}", "Tanggamus", batch, "AB"[place // 4]))
    attendance = tuple(
        (number, *person, *["H" if rng.random() < 0.9 else "A" for _ in range(3)])
        for number, person in enumerate(people, start=1)
    )
    who = ("No", "Nama", "Jabatan", "Desa", "Kabupaten", "Angkatan", "Kelas")
    tests = []
    for stem, low in (("pretes", 40), ("postes", 60)):
        rows = tuple(
            (number, *person, rng.randrange(low, low + 35))
            for number, person in enumerate(people, start=1)
        )  # fmt: skip
        tests.append(Plan(stem, (*who, "Nilai"), rows))
    forms = tuple(
        (number, "12"[number % 2], "AB"[number // 2 % 2], *[rng.randrange(3, 6) for _ in ITEMS])
        for number in range(1, 41)
    )
    numbered = tuple(f"P{number}" for number in range(1, len(ITEMS) + 1))
    return [
        Plan("daftar hadir", (*who, "Hari 1", "Hari 2", "Hari 3"), attendance),
        *tests,
        Plan("evaluasi", ("No", "Angkatan", "Kelas", *numbered), forms),
    ]


Change = Callable[[Plan, random.Random], list[Plan]]


def permute_rows(plan: Plan, rng: random.Random) -> list[Plan]:
    rows = list(plan.rows)
    rng.shuffle(rows)
    return [replace(plan, rows=tuple((number, *row[1:]) for number, row in enumerate(rows, start=1)))]


SPELLINGS = {
    "No": ("NO.", "No. Urut", "Nomor"), "Nama": ("NAMA LENGKAP", "Nama Peserta", "nama"),
    "Jabatan": ("Jabatan Peserta", "UNSUR", "jabatan"), "Desa": ("Nama Desa", "DESA / PEKON", "Asal Desa"),
    "Kabupaten": ("KAB.", "Kabupaten/Kota", "Nama Kabupaten"), "Angkatan": ("Batch", "GELOMBANG", "Angkatan ke-"),
    "Kelas": ("KELAS", "Nama Kelas"), "Nilai": ("Skor", "NILAI TES", "Score", "Total poin"),
    "Hari 1": ("H1", "Kehadiran Hari 1", "HARI KE-1"), "Hari 2": ("H2", "HARI KE-2"), "Hari 3": ("H3", "Day 3"),
    "P7": ("P07", "Q7", "Pertanyaan 7", "Butir 7"),
}  # fmt: skip


def rename_headers(plan: Plan, rng: random.Random) -> list[Plan]:
    header = tuple(
        rng.choice(SPELLINGS[one]) if one in SPELLINGS and rng.random() < 0.6 else one for one in plan.header
    )
    return [replace(plan, header=header)]


TITLES = (("DAFTAR PESERTA PELATIHAN",), ("PROVINSI LAMPUNG TAHUN 2024",), ("Tempat", ": Hotel Contoh"), ("",),
          ("Pelatihan : Kerja Sama Desa",), ("REKAPITULASI",))  # fmt: skip


def add_titles(plan: Plan, rng: random.Random) -> list[Plan]:
    return [replace(plan, above=(*rng.sample(TITLES, rng.randrange(1, 5)), *plan.above))]


def add_blank_rows(plan: Plan, rng: random.Random) -> list[Plan]:
    rows = list(plan.rows)
    for _ in range(rng.randrange(1, 4)):
        rows.insert(rng.randrange(1, len(rows)), ("",) * len(plan.header))
    return [replace(plan, rows=tuple(rows))]


def add_signature(plan: Plan, rng: random.Random) -> list[Plan]:
    below = (("",), ("", "", "", f"Bandar Lampung, {rng.randrange(1, 28)} Maret 2024"), ("", "", "", "Ketua Panitia,"),
             ("",), ("", "", "", "Rahmat Contoh"), ("", "", "", "NIP 19700101 199001 1 001"))  # fmt: skip
    return [replace(plan, below=(*plan.below, *below))]


def add_sums(plan: Plan, rng: random.Random) -> list[Plan]:
    """Sums, means or counts of the answers or points below the table, with or without a gap."""
    first = next((place for place, one in enumerate(plan.header) if one in ("Nilai", "P1")), None)
    gap = rng.choice(((), (("",),)))
    if first is None:
        counts = (("Jumlah hadir", *[""] * 6, *["57"] * 3), ("Persentase", *[""] * 6, *["89%"] * 3))
        return [replace(plan, below=(*gap, *counts))]
    filled = [row for row in plan.rows if any(cell != "" for cell in row)]
    measured = [column for column in zip(*(row[first:] for row in filled), strict=True) if isinstance(column[0], int)]
    columns = [[int(str(cell)) for cell in column] for column in measured]
    blanks = [""] * (first - 1)
    means = [f"{sum(column) / len(column):.2f}".replace(".", ",") for column in columns]
    rows: list[tuple[object, ...]] = [("Rata-rata", *blanks, *means)]
    if rng.random() < 0.5:
        rows.insert(0, ("Jumlah", *blanks, *[sum(column) for column in columns]))
    if first == 3 and rng.random() < 0.7:
        counts = [(label, *blanks, *[column.count(step) for column in columns]) for label, step in
                  (("Cukup", 3), ("Baik", 4), ("Sangat baik", 5))]  # fmt: skip
        rows = [*counts, *rows]
    return [replace(plan, below=(*gap, *rows))]


def add_legend(plan: Plan, _rng: random.Random) -> list[Plan]:
    legend = (
        ("",),
        ("Keterangan:",),
        ("H = Hadir, I = Izin, S = Sakit, A = Alpa",),
        ("1 = sangat rendah ... 5 = sangat baik",),
    )
    return [replace(plan, below=(*plan.below, *legend))]


def add_frequencies(plan: Plan, _rng: random.Random) -> list[Plan]:
    """A small table of its own below the data."""
    rows = (("",), ("REKAP",), ("Jabatan", "Jumlah"), ("Kepala Desa", 16), ("Ketua BPD", 16), ("Jumlah", 32))
    return [replace(plan, below=(*plan.below, *rows))]


def split_file(plan: Plan, rng: random.Random) -> list[Plan]:
    cut = rng.randrange(len(plan.rows) // 3, 2 * len(plan.rows) // 3)
    return [
        replace(plan, stem=f"{plan.stem} bagian 1", rows=plan.rows[:cut]),
        replace(plan, stem=f"{plan.stem} bagian 2", rows=plan.rows[cut:]),
    ]


def other_format(plan: Plan, rng: random.Random) -> list[Plan]:
    ending, separator = rng.choice(((".xlsx", ";"), (".csv", ","), (".tsv", "\t"), (".xlsx", ";")))
    return [replace(plan, ending=ending, separator=separator)]


def unknown_column(plan: Plan, rng: random.Random) -> list[Plan]:
    """A column that nobody knows, whose cells are words of the codebook."""
    label = rng.choice(("Konfirmasi", "Status Undangan", "Info", "Ukuran Kaos", "Verifikasi"))
    word = rng.choice(("Hadir", "Pretest", "Desa", "No", "Pre", "H", "P", "L"))
    rows = tuple((*row, word if number != 2 else "Tidak") for number, row in enumerate(plan.rows))
    return [replace(plan, header=(*plan.header, label), rows=rows)]


def two_header_rows(plan: Plan, _rng: random.Random) -> list[Plan]:
    """Days or questions below a label that spans them."""
    first = next((place for place, one in enumerate(plan.header) if one in ("Hari 1", "P1")), None)
    if first is None:
        return [plan]
    upper = (*plan.header[:first], "Kehadiran" if plan.header[first] == "Hari 1" else "Pernyataan")
    lower = (*[""] * first, *plan.header[first:])
    return [replace(plan, above=(*plan.above, upper), header=lower)]


SAFE: tuple[Change, ...] = (
    permute_rows, rename_headers, add_titles, add_blank_rows, add_signature, add_sums, add_legend, add_frequencies,
    split_file, other_format, unknown_column, two_header_rows,
)  # fmt: skip


def write(plans: list[Plan], folder: Path) -> Path:
    """Write the tables and their province.toml into a folder."""
    folder.mkdir(parents=True)
    (folder / "province.toml").write_text(PROVINCE, encoding="utf-8")
    for plan in plans:
        path = folder / f"{plan.stem}{plan.ending}"
        if plan.ending == ".xlsx":
            with xlsxwriter.Workbook(str(path)) as book:
                page = book.add_worksheet("Lembar1")
                for number, row in enumerate(plan.all_rows()):
                    page.write_row(number, 0, row)
        else:
            lines = (plan.separator.join(_quoted(cell, plan.separator) for cell in row) for row in plan.all_rows())
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _quoted(cell: object, separator: str) -> str:
    text = str(cell)
    return f'"{text}"' if separator in text else text


def signature(tables: dict[str, pd.DataFrame]) -> dict[str, object]:
    """Return what a folder says, whatever the order of its rows: counts, sums and groups."""
    people, scores, forms = tables["participants"], tables["scores"], tables["responses"]
    return {
        "people": len(people),
        "by batch": people["batch"].value_counts().to_dict(),
        "by class": people["class_id"].value_counts().to_dict(),
        "roles": people["role"].value_counts().to_dict(),
        "days": int(people["days_attended"].sum()),
        "pre": (int(scores["pre_points"].count()), float(scores["pre_points"].sum())),
        "post": (int(scores["post_points"].count()), float(scores["post_points"].sum())),
        "change": float((scores["post_points"] - scores["pre_points"]).pow(2).sum()),
        "forms": len(forms),
        "answers": {item: int(forms[item].sum()) for item in ITEMS},
        "forms by class": forms["class_id"].value_counts().to_dict(),
    }
