"""Files of a province folder: recognised by their header, never ignored."""

import pytest

from analysis.cleaning.clean import clean_province
from analysis.errors import StudyError


def test_file_that_nobody_recognises_is_an_error(lampung):
    lampung.write("catatan.csv", "warna;bentuk\nmerah;bulat\n")
    problem = lampung.problems("file_unrecognised").iloc[0]
    assert (problem["severity"], problem["file"], problem["value"]) == ("error", "catatan.csv", "warna | bentuk")
    assert "correct the header, or name the file under [files]" in problem["remedy"]
    assert lampung.clean().has_errors


def test_unknown_ending_is_an_error_too(lampung):
    lampung.write("foto.jpg", b"\xff\xd8")
    assert lampung.problems("file_unrecognised")["value"].tolist() == [".jpg"]


def test_header_of_people_is_never_shown_with_their_data(lampung):
    lampung.write("x.csv", "1801010101010001;a@b.id\n1801010101010002;c@d.id\n")
    assert lampung.problems("file_unrecognised")["value"].tolist() == ["2 columns"]


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


def test_file_without_source_is_an_error(lampung):
    (lampung.folder / "kuota_2.csv").write_text("x")
    assert lampung.problems("source_missing")["file"].tolist() == ["kuota_2.csv"]


def test_source_without_file_is_an_error(lampung):
    (lampung.folder / "kuota.csv").unlink()
    problem = lampung.problems("source_without_file").iloc[0]
    assert (problem["file"], problem["value"]) == ("province.toml", "kuota.csv")


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
    assert lampung.problems("file_unrecognised")["value"].iloc[0].startswith("kehadiran_agregat: ")


def test_files_section_with_an_unknown_table_gets_a_suggestion(lampung):
    lampung.add('[files]\n"kuota.csv" = "kouta"\n')
    assert lampung.problems("file_kind_unknown")["value"].tolist() == ["kouta (did you mean 'kuota'?)"]


def test_columns_section_gives_spellings_of_its_own(lampung):
    lampung.replace("kuota.csv", "JUMLAH PESERTA", "ORANG YANG DIPANGGIL")
    assert lampung.problems("column_missing")["value"].tolist() == ["kuota: people"]
    lampung.add('[columns]\n"orang yang dipanggil" = "people"\n')
    assert lampung.clean().tables["invited"]["people"].sum() == 288


def test_folder_that_does_not_exist_is_named(lampung):
    with pytest.raises(StudyError, match="there is no such province folder; known: lampung"):
        clean_province(lampung.folder.parent / "lampun")


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
