"""A located table: a cell that is merged over rows counts for each of them."""

from __future__ import annotations

import xlsxwriter

from analysis.cleaning.people.participants import clean_participants
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import KEY, make_context


def test_a_cell_merged_over_several_people_counts_for_each_of_them(reader, tmp_path):
    path = tmp_path / "peserta.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Batch 5")
        for number, row in enumerate(by_code.attendance(), start=3):
            page.write_row(number, 1, row)
        page.merge_range("B1:M1", "DAFTAR HADIR")
        page.merge_range("G5:G8", "Pekon Suka A")
        page.merge_range("G9:G10", "Pekon Suka B")
        page.merge_range("B13:D14", "Ketua Panitia")
    sheets, _ = reader.read(path, "peserta.xlsx")
    cleaning = clean_participants(sheets, make_context(), key=KEY)
    assert cleaning.tables["participants"]["village"].value_counts().tolist() == [4, 2]
    told = [(one.rule, one.cell, one.value) for one in cleaning.problems]
    assert told == [("merged_cells", "G5", "2 cells"), ("signature_row", "B13", "row 13")]
