"""Published averages that arrive as numbers of a spreadsheet, whose printed decimals nobody tells: refused."""

import pytest

from analysis.cleaning.clean import load_context
from analysis.cleaning.printed.evaluation_means import KIND
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.registry import recognise


def test_a_number_is_refused_with_the_remedy_and_text_is_read(lampung):
    context = load_context(lampung.folder)
    rows = [
        ["INDIKATOR", "Batch-5", "Batch-6", "Batch-7", "Rata2 Total"],
        ["Materinya relevan dengan kebutuhan peserta", 3.89, 4.18, 4.46, 4.17],
        ["Materinya relevan dengan tujuan pelatihan", "3,76", "3,84", 4, "4,00"],
    ]
    recognised = recognise(Sheet("nilai.xlsx", "Hasil", rows, first_row=2, first_column=1), context)
    cleaning = KIND.clean([recognised.found], context)
    means = cleaning.tables["published_means"]
    assert means["mean_printed"].tolist() == ["3,76", "3,84", "4,00"]
    refused = [problem for problem in cleaning.problems if problem.rule == "mean_not_text"]
    assert sorted((problem.cell, problem.value) for problem in refused) == [
        ("C4", "3.89"), ("D4", "4.18"), ("E4", "4.46; 2 cells"), ("F4", "4.17"),
    ]  # fmt: skip
    assert {problem.severity for problem in refused} == {"error"}
    assert "format the cell as text and type it as printed" in refused[0].remedy


@pytest.mark.parametrize(
    ("rows", "table", "cells"),
    [([["Tes", "Rata-rata", "Maksimum"], ["Pretes", 63.5, 100], ["Postes", "79,0", 100]], "published_scores", ["B2"]),
     ([["Unit", "Diundang", "Hadir", "Persen"], ["Peserta", 100, 98, 0.98]], "published_attendance", ["D2"])],
)  # fmt: skip
def test_averages_of_tests_and_percents_are_refused_alike_and_counts_are_read(lampung, rows, table, cells):
    context = load_context(lampung.folder)
    recognised = recognise(Sheet("angka.xlsx", "A", rows), context)
    cleaning = recognised.kind.clean([recognised.found], context)
    assert [problem.cell for problem in cleaning.problems if problem.rule == "mean_not_text"] == cells
    assert len(cleaning.tables[table]) == 1


def test_cells_are_named_where_they_stand_in_the_sheet(lampung):
    context = load_context(lampung.folder)
    rows = [["INDIKATOR", "Batch-5"], ["Konsumsi memuaskan", "5,41"]]
    recognised = recognise(Sheet("nilai.xlsx", "Hasil", rows, first_row=2, first_column=1), context)
    impossible = [p for p in KIND.clean([recognised.found], context).problems if p.rule == "mean_impossible"]
    assert [(problem.cell, problem.value) for problem in impossible] == [("C4", "5,41")]


@pytest.mark.parametrize("number", ["19700101", "19700101 199001 1 001", "081200000000"])
def test_a_signature_block_is_folded_without_its_names(read, number):
    table = [["Kabupaten", "Desa", "Peserta"], ["Tanggamus", 4, 16], ["Pesawaran", 4, 16], ["JUMLAH", 8, 32]]
    block = [["Kota Agung, 3 Maret 2024"], ["Kepala Dinas"], [""], ["Rahmat Hidayat"], ["", number]]
    cleaned = read({"kuota.csv": [*table, [""], *block]})
    (account,) = cleaned.account
    assert account.rows == (("header", 1, 1), ("data", 2, 3), ("total", 4, 4), ("note", 6, 7), ("note", 9, 10))
    assert cleaned.problems["rule"].tolist() == ["signature_row"]
    assert "Rahmat" not in cleaned.problems.to_csv()
    assert cleaned.tables["invited"]["people"].tolist() == [16, 16]


def test_a_header_of_two_rows_of_a_published_table_is_read_and_told(read):
    header = [["Kabupaten", "Jumlah", ""], ["", "Desa", "Peserta"]]
    cleaned = read({"kuota.csv": [*header, ["Tanggamus", 4, 16], ["JUMLAH", 4, 16]]})
    assert cleaned.tables["invited"].to_numpy().tolist() == [["Tanggamus", 4, 16]]
    assert cleaned.problems["rule"].tolist() == ["header_of_rows"]
