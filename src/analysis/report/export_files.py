"""The files of an export: a CSV per table, the same tables as one workbook, and a codebook."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import xlsxwriter

from analysis.evaluation.data import StudyData
from analysis.report.catalogue import catalogue
from analysis.report.writing import write_whole

WORKBOOK = "export.xlsx"
CODEBOOK = "codebook.csv"
_WIDTH = 22
# What each column means, in the words of both languages: an export travels alone.
MEANINGS = {
    "study": ("nama studi (folder data/raw)", "name of the study (folder of data/raw)"),
    "simulated": ("data simulasi, bukan orang nyata", "simulated data, not real people"),
    "regency": ("kabupaten/kota; all = seluruh studi", "regency or city; all = the whole study"),
    "dimension": ("pembagian: jabatan, jenis kelamin, angkatan, tes, kursus, jenis rencana, status",
                  "breakdown: role, sex, batch, tests, course, plan_kind, status"),
    "level": ("kelompok dalam pembagian itu", "group of the breakdown"),
    "count": ("banyaknya orang (tindak lanjut: rencana)", "number of people (of follow-up: plans)"),
    "pairs": ("orang dengan pretes dan postes", "people with pretest and posttest"),
    "pre_points_mean": ("rata-rata pretes (poin)", "mean of the pretest (points)"),
    "post_points_mean": ("rata-rata postes (poin)", "mean of the posttest (points)"),
    "change_points_mean": ("rata-rata perubahan (poin)", "mean change (points)"),
    "change_points_sd": ("simpangan baku perubahan (poin)", "standard deviation of the change (points)"),
    "item": ("butir kuesioner", "item of the questionnaire"),
    "answers": ("banyaknya jawaban", "number of answers"),
    "mean": ("rata-rata jawaban", "mean of the answers"),
    "status": ("shown; small_cell: kelompok terlalu kecil; complementary_suppression: melindungi kelompok kecil",
               "shown; small_cell: group too small; complementary_suppression: protects a small group"),
    "villages": ("desa diundang", "villages invited"),
    "people": ("orang diundang", "people invited"),
    "batch": ("angkatan; total = semua", "batch; total = all"),
    "mean_printed": ("rata-rata sebagaimana tercetak", "mean as printed"),
    "decimals": ("banyaknya desimal tercetak", "decimals as printed"),
    "test": ("pre atau post", "pre or post"),
    "group": ("kelompok sebagaimana tercetak", "group as printed"),
    "maximum": ("nilai maksimum tes", "maximum of the test"),
    "n": ("banyaknya orang sebagaimana diterbitkan", "number of people as published"),
    "n_is": ("arti n: pairs, attended, unknown", "what n is: pairs, attended, unknown"),
    "unit": ("satuan sebagaimana tercetak", "unit as printed"),
    "unit_kind": ("jenis satuan", "kind of unit"),
    "invited": ("diundang", "invited"),
    "attended": ("hadir", "attended"),
    "percent_printed": ("persen sebagaimana tercetak", "percent as printed"),
    "attended_share": ("bagian yang hadir, dihitung ulang", "share that attended, computed again"),
    "plan_kind": ("jenis rencana", "kind of plan"),
    "villages_total": ("banyaknya desa", "number of villages"),
    "villages_visited": ("desa dikunjungi", "villages visited"),
    "plans": ("rencana", "plans"),
    "plans_done": ("rencana terlaksana", "plans carried out"),
}  # fmt: skip


def write_export(tables: Mapping[str, pd.DataFrame], study: StudyData, folder: Path) -> tuple[Path, ...]:
    """Write all tables, the workbook and the codebook into ``folder``; return their paths.

    Raises OutputError where a file is open in another program.
    """
    marked = {name: _marked(table, study) for name, table in tables.items()}
    book = codebook(marked)
    contents = {f"{name}.csv": _csv(table) for name, table in marked.items()}
    contents |= {CODEBOOK: _csv(book), WORKBOOK: _workbook({**marked, "codebook": book}, study.province.simulated)}
    for name, content in contents.items():
        write_whole(folder / name, content, study.settings.language)
    return tuple(folder / name for name in contents)


def codebook(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table, column and meaning in both languages of every column of the tables."""
    lines = [(name, column, *MEANINGS[column]) for name, table in tables.items() for column in table.columns]
    return pd.DataFrame(lines, columns=["table", "column", "arti", "meaning"])


def _marked(table: pd.DataFrame, study: StudyData) -> pd.DataFrame:
    marked = table.copy()
    marked.insert(0, "study", study.province.study)
    marked.insert(1, "simulated", study.province.simulated)
    return marked


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _workbook(tables: Mapping[str, pd.DataFrame], simulated: bool) -> bytes:
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "bg_color": "#E7EEF5", "border": 1})
        for name, table in tables.items():
            page = book.add_worksheet(name)
            top = 0
            if simulated:
                mark = catalogue("id").text("simulated mark")
                page.write_string(0, 0, mark, book.add_format({"bold": True, "font_color": "#7A1F00"}))
                top = 1
            page.write_row(top, 0, list(table.columns), head)
            page.set_column(0, len(table.columns) - 1, _WIDTH)
            page.freeze_panes(top + 1, 0)
            for number, row in enumerate(table.itertuples(index=False), start=top + 1):
                page.write_row(number, 0, ["" if pd.isna(value) else value for value in row])
    return stream.getvalue()
