"""Raw folders of imaginary provinces: the same bytes every time, marked as simulated, nobody's data."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine

from analysis.errors import OutputError, ParameterError, StudyError
from analysis.simulation.defaults import draw_parameters
from analysis.simulation.mess import Mess
from analysis.simulation.mess_kinds import CELL_KINDS, SEVERITIES
from analysis.simulation.parameters import Size
from analysis.simulation.simulate import SHIPPED_VILLAGES, simulate, write_province, write_shipped_province
from analysis.study.province import load_province

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "raw" / "contoh"


@pytest.fixture(scope="module")
def contoh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shipped_province(tmp_path_factory.mktemp("raw"))


def truth(folder: Path) -> dict:
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


DECISIONS = "keputusan.xlsx"  # written by runs beside the raw files, never shipped


def files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != DECISIONS
    }


def unpacked(path: Path) -> object:
    """Return a file's bytes; of a workbook its parts, since versions of zlib pack the same parts differently."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return [(part.filename, part.date_time, package.read(part)) for part in package.infolist()]


def cells(folder: Path) -> dict[tuple[str, str | None], list[list[object]]]:
    """Return the rows of every sheet, counted from the first row of the file, by file and sheet."""
    found: dict[tuple[str, str | None], list[list[object]]] = {}
    for name, path in files(folder).items():
        if path.suffix == ".csv":
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            found[name, None] = [line.split(";") for line in lines]
        elif path.suffix == ".xlsx" and not path.name.startswith("~$"):
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            for sheet in book.sheet_names:
                found[name, sheet] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return found


def at(rows: list[list[object]], cell: str) -> object:
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return rows[int(number) - 1][column - 1]


def test_the_shipped_province_is_what_the_command_writes(contoh: Path) -> None:
    assert list(files(contoh)) == list(files(SHIPPED))
    for name, path in files(contoh).items():
        assert unpacked(path) == unpacked(SHIPPED / name), name
    assert sum(path.stat().st_size for path in files(SHIPPED).values()) < 1_500_000


def test_the_same_seed_writes_the_same_bytes(contoh: Path, tmp_path: Path) -> None:
    again = write_shipped_province(tmp_path)
    assert all(path.read_bytes() == (again / name).read_bytes() for name, path in files(contoh).items())


def test_another_seed_writes_other_people(tmp_path: Path) -> None:
    first, second = simulate(1, 17, 1, tmp_path / "a"), simulate(1, 17, 2, tmp_path / "b")
    assert truth(first[0])["parameters"] != truth(second[0])["parameters"]
    assert (first[0] / "lms.csv").read_bytes() != (second[0] / "lms.csv").read_bytes()


def test_a_workbook_written_row_by_row_holds_the_same_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = simulate(1, 24, 3, tmp_path / "memory")[0]
    monkeypatch.setattr("analysis.simulation.sheets._IN_MEMORY_ROWS", 0)
    large = simulate(1, 24, 3, tmp_path / "rows")[0]
    assert cells(small) == cells(large)


def test_folders_are_numbered_and_marked_as_simulated(tmp_path: Path) -> None:
    folders = simulate(2, 17, 1, tmp_path)
    assert [folder.name for folder in folders] == ["contoh-1", "contoh-2"]
    for number, folder in enumerate(folders, start=1):
        province = load_province(folder)
        assert province.simulated
        assert province.name == f"Provinsi Contoh {number}"
        assert province.invited_people == 68


def test_shipped_province_has_three_batches_of_three_classes(contoh: Path) -> None:
    province = load_province(contoh)
    assert province.batches == ("5", "6", "7")
    assert [batch.classes for batch in province.batch] == [3, 3, 3]
    assert [batch.participants for batch in province.batch] == [96, 96, 96]
    assert len((contoh / "kunci.txt").read_text().strip()) == 64


def test_every_kind_of_mess_stands_in_the_shipped_province(contoh: Path) -> None:
    content = truth(contoh)
    planted = {entry["kind"] for entry in [*content["problems"], *content["variants"]]}
    assert {kind.kind for kind in CELL_KINDS} <= planted
    assert {entry["rule"] for entry in content["problems"]} == set(SEVERITIES)


def test_addresses_of_planted_cells_hold_what_was_planted(contoh: Path) -> None:
    """Kinds with one fixed replacement are found, letter by letter, at the address that truth.json gives."""
    expected = {"role_unknown": "Operator Sistem", "sex_unknown": "X", "attendance_unknown": "?", "answer_zero": 0,
                "answer_six": 6, "answer_range": "3-4", "answer_between": "4,5", "score_words": "tujuh",
                "score_negative": "-1 / 10", "date_impossible": "31 Februari 2024", "modules_words": "banyak",
                "total_inside": "JUMLAH", "average_at_foot": "Overall average", "role_blank": "",
                "header_inside": "No", "month_spelling": "12 Nopember 2024"}  # fmt: skip
    sheets = cells(contoh)
    content = truth(contoh)
    seen = {}
    for entry in [*content["problems"], *content["variants"]]:
        if entry["kind"] in expected:
            seen[entry["kind"]] = at(sheets[entry["file"], entry["sheet"]], entry["cell"])
            assert seen[entry["kind"]] == expected[entry["kind"]], entry
    assert seen.keys() == expected.keys()


def test_a_damaged_number_lost_its_last_digit(contoh: Path) -> None:
    entry = next(one for one in truth(contoh)["problems"] if one["kind"] == "nik_number")
    value = at(cells(contoh)[entry["file"], entry["sheet"]], entry["cell"])
    assert isinstance(value, float)
    assert f"{value:.0f}".endswith("0")
    assert len(f"{value:.0f}") == 16


def test_each_cell_has_at_most_one_problem(contoh: Path) -> None:
    content = truth(contoh)
    places = [(one["file"], one["sheet"], one["cell"]) for one in [*content["problems"], *content["variants"]]]
    assert len(places) == len(set(places))


def test_mess_can_be_left_out(tmp_path: Path) -> None:
    size = Size(villages=SHIPPED_VILLAGES)
    counts = {}
    for mess in Mess:
        target = tmp_path / f"contoh-{mess}"
        write_province(target, draw_parameters(size, 1), 1, 1, mess=mess)
        counts[mess] = len(truth(target)["problems"])
    assert {one["rule"] for one in truth(tmp_path / "contoh-none")["problems"]} == {"signature_row"}
    assert counts[Mess.NONE] < counts[Mess.LIGHT] < counts[Mess.FULL]


def test_a_test_of_twenty_points_has_no_scores_that_became_dates(tmp_path: Path) -> None:
    parameters = draw_parameters(Size(), 1)
    longer = replace(parameters.learning, maximum=20, pre_mean=10.0, pre_sd=4.0, post_sd=4.0)
    target = tmp_path / "contoh-1"
    write_province(target, replace(parameters, learning=longer), 1, 1)
    planted = {one["kind"]: one for one in truth(target)["problems"]}
    assert "score_date" not in planted
    above = planted["score_above"]
    assert at(cells(target)[above["file"], above["sheet"]], above["cell"]) == "22 / 20"


def test_mess_grows_with_the_province(tmp_path: Path) -> None:
    small, large = simulate(1, 72, 4, tmp_path / "s")[0], simulate(1, 720, 4, tmp_path / "l")[0]
    assert len(truth(large)["problems"]) > 5 * len(truth(small)["problems"])


def test_people_drawn_are_people_listed(tmp_path: Path) -> None:
    target = tmp_path / "contoh-1"
    write_province(target, draw_parameters(Size(), 9), 9, 1, mess=Mess.NONE)
    drawn, sheets = truth(target)["drawn"], cells(target)
    niks = {kind: set() for kind in ("peserta", "pretes", "postes")}
    for (file, _), rows in sheets.items():
        for kind, found in niks.items():
            if kind in file:
                found |= {str(value) for row in rows for value in row if re.fullmatch(r"99\d{14}", str(value))}
    assert len(niks["peserta"]) == drawn["people"] == 288
    assert len(niks["pretes"] & niks["postes"]) == drawn["pairs"]
    assert len(niks["pretes"] - niks["postes"]) == drawn["pre_only"]
    assert len(niks["postes"] - niks["pretes"]) == drawn["post_only"]


def test_no_data_look_like_a_real_persons(contoh: Path) -> None:
    texts = [str(value) for rows in cells(contoh).values() for row in rows for value in row]
    digits = [text for text in texts if re.fullmatch(r"[\d ]{15,}", text)]
    assert digits
    assert all(text.startswith("99") for text in digits)
    addresses = [text for text in texts if "@" in text]
    assert addresses
    assert all(text.endswith("@example.invalid") for text in addresses)
    phones = [text for text in texts if re.fullmatch(r"0[\d ]{9,}", text)]
    assert phones
    assert all(text.startswith("0000 ") for text in phones)


def test_an_existing_folder_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "contoh-2").mkdir()
    with pytest.raises(OutputError, match="contoh-2: this folder exists already"):
        simulate(2, 17, 1, tmp_path)
    assert not (tmp_path / "contoh-1").exists()


@pytest.mark.parametrize(
    ("provinces", "villages", "seed", "message"),
    [(0, 72, 1, "provinces = 0"), (1, 16, 1, "villages = 16"), (1, 72, -1, "seed = -1")],
)
def test_numbers_that_are_not_allowed(tmp_path: Path, provinces: int, villages: int, seed: int, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        simulate(provinces, villages, seed, tmp_path)


def test_a_folder_name_that_names_no_study_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="national"):
        write_province(tmp_path / "national", draw_parameters(Size(), 1), 1, 1)
