"""The key of a study: published only where it is simulated, named by its fingerprint, never mixed."""

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.cleaning.clean import clean_province
from analysis.cleaning.people.key import KEY_VARIABLE, fingerprint, load_key
from analysis.cleaning.provenance import require_one_key
from analysis.errors import SourceError
from analysis.study.province import load_province
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import write_xlsx

PUBLISHED = bytes(range(32))


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "key"))
    made = tmp_path / "lampung"
    made.mkdir()
    (made / "province.toml").write_text(
        'name = "Lampung"\ncode = "18"\ntraining = "kerja_sama_desa"\nyear = 2023\ntest_maximum = 10\n'
        'batch = [{ id = "5" }, { id = "6" }]\nsource = [{ file = "*", description = "made by a test" }]\n',
        encoding="utf-8",
    )
    (made / "kunci.txt").write_text(PUBLISHED.hex())
    write_xlsx(made / "peserta.xlsx", {"A": by_code.attendance()})
    return made


def add(folder: Path, toml: str) -> None:
    path = folder / "province.toml"
    path.write_text(toml + path.read_text("utf-8"), encoding="utf-8")


def test_a_published_key_of_a_real_study_is_not_used(folder):
    used = clean_province(folder).provenance.settings["key"]
    assert used == fingerprint(load_key()) != fingerprint(PUBLISHED)


def test_a_published_key_of_a_simulated_study_is_used(folder):
    add(folder, "simulated = true\n")
    assert clean_province(folder).provenance.settings["key"] == fingerprint(PUBLISHED)


def test_codes_of_two_keys_are_not_joined(folder, tmp_path, monkeypatch):
    one = clean_province(folder).provenance
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "another"))
    other = clean_province(folder).provenance
    require_one_key({"lampung": one, "gorontalo": one, "aceh": replace(one, settings={})})
    with pytest.raises(SourceError, match=f"lampung: {one.settings['key']}.*cannot be joined"):
        require_one_key({"lampung": one, "gorontalo": other})


def test_which_attempt_counts_is_a_setting_of_the_province(folder):
    first, *rest = by_code.quiz_form()[1:]
    later = ["20/08/2023 10:00:00", "9 / 10", *first[2:]]
    write_xlsx(folder / "pretes.xlsx", {"A": [by_code.quiz_form()[0], first, later, *rest]})
    assert 7 in clean_province(folder).tables["scores"]["pre_points"].tolist()
    path = folder / "province.toml"
    path.write_text(path.read_text("utf-8") + '[attempts]\npretest = "last"\n', encoding="utf-8")
    assert load_province(folder).attempts.pretest == "last"
    points = clean_province(folder).tables["scores"]["pre_points"].tolist()
    assert 7 not in points
    assert points.count(9) == 2


def test_the_key_is_made_once_and_is_private(tmp_path, monkeypatch):
    path = tmp_path / "config" / "key"
    monkeypatch.setenv("DAMPAK_KEY_FILE", str(path))
    key = load_key()
    assert load_key() == key
    assert path.stat().st_mode & 0o077 == 0
    assert len(fingerprint(key)) == 8
    path.write_text("ab")
    with pytest.raises(SourceError, match="shorter than 32 bytes"):
        load_key()
