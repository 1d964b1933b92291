"""What province.toml declares, against what is there: sources, spellings, corrections."""

import pytest

from tests.cleaning.participants import tables_by_code as by_code


def test_file_without_source_is_an_error(lampung):
    (lampung.folder / "kuota_2.csv").write_text("x")
    assert lampung.problems("source_missing")["file"].tolist() == ["kuota_2.csv"]


def test_source_without_file_is_an_error(lampung):
    (lampung.folder / "kuota.csv").unlink()
    problem = lampung.problems("source_without_file").iloc[0]
    assert (problem["file"], problem["value"]) == ("province.toml", "kuota.csv")


def test_files_section_with_a_file_that_is_not_there_gets_a_suggestion(lampung):
    lampung.add('[files]\n"kouta.csv" = "kuota"\n')
    problem = lampung.problems("files_entry_without_file").iloc[0]
    assert (problem["severity"], problem["file"]) == ("error", "province.toml")
    assert problem["value"] == "kouta.csv (did you mean 'kuota.csv'?)"


@pytest.mark.parametrize(
    ("entry", "rule", "severity", "value"),
    [('"Desa" = "vilage"', "column_setting_unknown", "error", "vilage (did you mean 'village'?)"),
     ('"Dessa Asal" = "village"', "column_setting_idle", "doubt", "village")],
)  # fmt: skip
def test_columns_section_that_cannot_work_is_told(lampung, entry, rule, severity, value):
    lampung.add(f"[columns]\n{entry}\n")
    problem = lampung.problems(rule).iloc[0]
    assert (problem["severity"], problem["file"]) == (severity, "province.toml")
    assert (problem["column"], problem["value"]) == (entry.split('"')[1], value)


def test_known_error_of_the_source_is_corrected_and_said(lampung):
    lampung.add(
        '[[correction]]\nfile = "evaluasi_agregat.csv"\ncell = "B17"\nexpected = "3,89"\ncorrected = "3,98"\n'
        'reason = "salah ketik"\n'
    )
    note = lampung.problems("correction_applied").iloc[0]
    assert (note["cell"], note["value"], note["severity"]) == ("B17", "3,89 → 3,98: salah ketik", "note")
    assert lampung.clean().tables["published_means"]["mean_printed"].iloc[0] == "3,98"


@pytest.mark.parametrize("cell", ["B17", "B99", "ZZ1"])
def test_correction_fails_once_the_source_is_corrected(lampung, cell):
    lampung.add(
        f'[[correction]]\nfile = "evaluasi_agregat.csv"\ncell = "{cell}"\nexpected = "9,99"\ncorrected = "3,98"\n'
        'reason = "salah ketik"\n'
    )
    problem = lampung.problems("correction_outdated").iloc[0]
    assert (problem["severity"], problem["cell"]) == ("error", cell)
    assert problem["value"].endswith("≠ 9,99")
    assert lampung.clean().tables["published_means"]["mean_printed"].iloc[0] == "3,89"


def test_correction_of_a_file_that_is_not_there_is_an_error(lampung):
    lampung.add('[[correction]]\nfile = "x.csv"\ncell = "A1"\nexpected = "1"\ncorrected = "2"\nreason = "r"\n')
    assert lampung.problems("correction_outdated")["value"].tolist() == ["x.csv A1"]


def test_a_corrected_name_or_number_is_told_by_its_shape(folder_of):
    folder = folder_of({"peserta.xlsx": {"A": by_code.attendance()}})
    corrections = [("B3", "Budi Hartono", "Budi Hartanto"), ("C4", by_code.nik(2), by_code.nik(8)), ("I3", "5", "6"),
                   ("B5", "Salah", "Dodi Kurnia")]  # fmt: skip
    for cell, expected, corrected in corrections:
        folder.add(
            f'[[correction]]\nfile = "peserta.xlsx"\ncell = "{cell}"\nexpected = "{expected}"\n'
            f'corrected = "{corrected}"\nreason = "bukan {expected}"\n'
        )
    problems = folder.clean().problems
    assert problems[["rule", "cell", "value"]].to_numpy().tolist() == [
        ["correction_applied", "B3", "2 words, 11 letters → 2 words, 12 letters"],
        ["correction_applied", "I3", "5 → 6: bukan 5"],
        ["correction_applied", "C4", "16 digits, last 1 → 16 digits, last 1"],
        ["correction_outdated", "B5", "2 words, 10 letters ≠ 1 word, 5 letters"],
    ]
