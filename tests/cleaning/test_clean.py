"""Files of a province folder: recognised by their header, never ignored."""

import pytest
import xlsxwriter

from analysis.cleaning.clean import clean_province
from analysis.errors import StudyError
from tests.cleaning.participants import tables_by_code as by_code


def test_file_that_nobody_recognises_is_an_error(lampung):
    lampung.write("catatan.csv", "warna;bentuk\nmerah;bulat\n")
    problem = lampung.problems("file_unrecognised").iloc[0]
    assert (problem["severity"], problem["file"], problem["value"]) == ("error", "catatan.csv", "2 columns")
    assert "correct the header, name its columns under [columns] of province.toml" in problem["remedy"]
    assert lampung.clean().has_errors


def test_unknown_ending_is_an_error_that_says_what_can_be_read(lampung):
    lampung.write("tabel.dbf", b"\x03\x7a")
    problem = lampung.problems("file_type_unknown").iloc[0]
    assert (problem["severity"], problem["file"], problem["value"]) == ("error", "tabel.dbf", ".dbf")
    assert "save it as .xlsx or .csv" in problem["remedy"]


@pytest.mark.parametrize(
    "content",
    ["1801010101010001;a@b.id\n1801010101010002;c@d.id\n", "Ani Wulandari;Kades\nBudi Hartono;Sekdes\n"],
    ids=["numbers", "names"],
)
def test_header_of_people_is_never_shown_with_their_data(lampung, content):
    lampung.write("x.csv", content)
    assert lampung.problems("file_unrecognised")["value"].tolist() == ["2 columns"]


def test_of_an_unrecognised_header_the_known_columns_are_named(lampung):
    lampung.write("x.csv", "No;Kecamatan;Ani Wulandari\n1;Wonosobo;x\n")
    assert lampung.problems("file_unrecognised")["value"].tolist() == ["3 columns; No | Kecamatan"]


@pytest.mark.parametrize(
    ("header", "rule", "value"),
    [(";".join(["No", *[f"P{number}" for number in range(1, 21)]]), "items_incomplete", "20 of 22 items"),
     ("Nama;Skor;Akses terakhir;Modul selesai", "file_ambiguous", "tests, lms")],
)  # fmt: skip
def test_a_sheet_that_nearly_is_a_table_of_people_is_told_why_it_is_not(lampung, header, rule, value):
    lampung.write("x.csv", f"{header}\n{';'.join('4' for _ in header.split(';'))}\n")
    assert lampung.problems(rule)[["file", "cell", "value"]].to_numpy().tolist() == [["x.csv", "A1", value]]
    assert lampung.problems("file_unrecognised").empty


def test_other_files_of_the_folder_are_no_tables(lampung):
    (lampung.folder / "narasi.md").write_text("# Tim\n")
    for name in ("kop.docx", ".gitkeep", "Thumbs.db"):
        (lampung.folder / name).write_bytes(b"x")
    assert not lampung.clean().has_errors


@pytest.mark.parametrize("name", ["~$kuota.xlsx", ".~lock.kuota.csv#"])
def test_lock_file_is_skipped_and_named(lampung, name):
    (lampung.folder / name).write_bytes(b"x")
    assert lampung.problems("lock_file")["file"].tolist() == [name]
    assert [account.read_as for account in lampung.clean().account if account.file == name] == ["lock file"]
    assert not lampung.clean().has_errors


def test_empty_file_is_an_error(lampung):
    lampung.write("kuota.csv", b"")
    assert lampung.problems("file_empty")["file"].tolist() == ["kuota.csv"]
    assert "invited" not in lampung.clean().tables


def test_name_and_folder_of_a_file_are_free(lampung):
    content = (lampung.folder / "kuota.csv").read_bytes()
    (lampung.folder / "kuota.csv").rename(lampung.folder / "lama.csv")
    (lampung.folder / "lama.csv").unlink()
    lampung.write("undangan/daftar undangan.csv", content)
    assert len(lampung.clean().tables["invited"]) == 6


def test_files_section_decides_what_a_file_is(lampung):
    lampung.add('[files]\n"kuota.csv" = "kehadiran_agregat"\n')
    assert lampung.problems("file_unrecognised")["value"].iloc[0].startswith("[files]: kehadiran_agregat; 4 columns; ")


def test_files_section_with_an_unknown_table_gets_a_suggestion(lampung):
    lampung.add('[files]\n"kuota.csv" = "kouta"\n')
    assert lampung.problems("file_kind_unknown")["value"].tolist() == ["kouta (did you mean 'kuota'?)"]


def test_columns_section_gives_spellings_of_its_own(lampung):
    lampung.replace("kuota.csv", "JUMLAH PESERTA", "ORANG YANG DIPANGGIL")
    assert lampung.problems("column_missing")["value"].tolist() == ["kuota: people"]
    lampung.add('[columns]\n"orang yang dipanggil" = "people"\n')
    cleaned = lampung.clean()
    assert cleaned.tables["invited"]["people"].sum() == 288
    assert not cleaned.has_errors


def test_folder_that_does_not_exist_is_named(lampung):
    with pytest.raises(StudyError, match="there is no such province folder; known: lampung"):
        clean_province(lampung.folder.parent / "lampun")


def test_problems_stand_in_the_order_of_the_files_cells(folder_of):
    rows = by_code.spoiled(by_code.spoiled(by_code.attendance(), 3, "X", row=6), 9, "?", row=2)
    rows = by_code.spoiled(rows, 3, "Y", row=2)
    problems = folder_of({"b.xlsx": {"A": rows}, "a.xlsx": {"A": [["warna"], ["merah"]]}}).clean().problems
    places = problems[["file", "cell"]].fillna("").to_numpy().tolist()
    assert places == [["a.xlsx", ""], ["b.xlsx", "D3"], ["b.xlsx", "J3"], ["b.xlsx", "D7"]]


def test_an_error_cell_is_told_with_the_header_of_its_column(folder_of):
    folder = folder_of({})
    with xlsxwriter.Workbook(str(folder.folder / "peserta.xlsx")) as book:
        page = book.add_worksheet("Batch 5")
        for number, row in enumerate(by_code.attendance(), start=2):
            page.write_row(number, 1, row)
        page.write_formula("G5", "=VLOOKUP(1,A:A,1)", None, "#N/A")
        page.write_formula("K6", "=1/0", None, "#DIV/0!")
    problems = folder.problems("error_cell")
    columns = ["sheet", "cell", "column", "value"]
    assert problems[columns].to_numpy().tolist() == [
        ["Batch 5", "G5", "Desa", "#N/A"], ["Batch 5", "K6", "Hari 1", "#DIV/0!"],
    ]  # fmt: skip
