"""``dampak new``: a folder to type into that says what it is and reads back."""

from pathlib import Path

import openpyxl
import pytest

from analysis.cleaning.forms.templates import is_explanation, province_of_name, write_new_province
from analysis.cleaning.reading.sheet import Sheet
from analysis.errors import OutputError, StudyError
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province

WORKBOOKS = ("peserta.xlsx", "tes/pretes.xlsx", "tes/postes.xlsx", "evaluasi.xlsx", "tindak_lanjut.xlsx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_new_province(tmp_path_factory.mktemp("raw"), "jawa-timur-posyandu", year=2025)


def test_province_toml_reads_back(folder: Path) -> None:
    province = load_province(folder)
    assert (province.study, province.name, province.code, province.year) == (
        "jawa-timur-posyandu",
        "Jawa Timur",
        "35",
        2025,
    )
    assert not province.simulated
    assert province.source_of("tes/pretes.xlsx") is not None


def test_further_batches_are_added_as_the_comment_says(tmp_path: Path) -> None:
    folder = write_new_province(tmp_path, "lampung", year=2025)
    path = folder / "province.toml"
    path.write_text(path.read_text("utf-8") + '\n[[batch]]\nid = "2"\n', "utf-8")
    assert load_province(folder).batches == ("1", "2")


def test_a_year_in_the_name_counts_before_the_given_one(tmp_path: Path) -> None:
    assert load_province(write_new_province(tmp_path, "lampung-2024", year=2025)).year == 2024


@pytest.mark.parametrize(
    ("study", "name"),
    [("lampung", "Lampung"), ("papua-barat-daya", "Papua Barat Daya"), ("papua-barat-2024", "Papua Barat"),
     ("kepri", "Kepulauan Riau")],
)  # fmt: skip
def test_the_longest_province_name_counts(study: str, name: str) -> None:
    assert province_of_name(study).name == name


def test_each_workbook_has_one_empty_sheet_and_two_that_explain(folder: Path) -> None:
    for file in WORKBOOKS:
        book = openpyxl.load_workbook(folder / file)
        first, *rest = book.worksheets
        assert first.max_row == 1
        assert [sheet.title for sheet in rest] == ["Contoh", "Petunjuk"]
        assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
        for sheet in rest:
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
            assert is_explanation(Sheet(file, sheet.title, rows))
        assert not is_explanation(Sheet(file, first.title, [[cell.value for cell in first[1]]]))


def test_drop_down_lists_point_at_their_values(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "peserta.xlsx")
    sheet, lists = book["Peserta"], book["Petunjuk"]
    headers = {cell.column_letter: cell.value for cell in sheet[1]}
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        letter = str(rule.sqref).split(":")[0].rstrip("0123456789")
        area = rule.formula1.split("!")[1].replace("$", "")
        offered[headers[letter]] = [row[0].value for row in lists[area]]
    assert offered["L/P"] == ["L", "P"]
    assert offered["Hari 1"] == ["H", "I", "S", "A"]
    assert offered["Jabatan"][0] == "Kepala Desa"
    assert len(offered["Kabupaten"]) == 38
    assert "Kabupaten Pacitan" in offered["Kabupaten"]


def test_numbers_of_people_are_kept_as_text(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "peserta.xlsx")["Peserta"]
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == "NIK")
    assert sheet.column_dimensions[letter].number_format == "@"


def test_the_evaluation_asks_every_item_of_the_form(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "evaluasi.xlsx")["Evaluasi"]
    headers = [cell.value for cell in sheet[1]]
    assert headers[-22:] == [item.text_id for item in load_instrument().items]


def test_instructions_are_there(folder: Path) -> None:
    text = (folder / "PETUNJUK.md").read_text(encoding="utf-8")
    assert all(file in text for file in WORKBOOKS)


def test_the_same_command_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_new_province(tmp_path, "jawa-timur-posyandu", year=2025)
    for file in (*WORKBOOKS, "province.toml"):
        assert (folder / file).read_bytes() == (again / file).read_bytes()


def test_an_existing_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lampung").mkdir()
    with pytest.raises(OutputError, match="lampung: this folder exists already"):
        write_new_province(tmp_path, "lampung", year=2025)


@pytest.mark.parametrize(
    ("study", "message"),
    [("national", "reserved"), ("Lampung", "lower-case"), ("atlantis", "no province"), ("con", "device")],
)
def test_names_that_may_not_be_used(tmp_path: Path, study: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        write_new_province(tmp_path, study, year=2025)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_training_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="training"):
        write_new_province(tmp_path, "lampung", year=2025, training="menjahit")
