"""Imaginary provinces have regencies of their own, which never mix with real ones."""

from pathlib import Path

import pytest

from analysis.errors import StudyError
from analysis.study.province import load_province
from analysis.study.regions import EXAMPLE_PROVINCE_CODE, find_regency, provinces, regencies, strip_village_word

PROVINCE = """
name = "{name}"
code = "{code}"
training = "kerja_sama_desa"
year = 2024
simulated = {simulated}
[[batch]]
id = "1"
[[source]]
file = "*"
description = "contoh"
"""


def written(folder: Path, name: str = "Provinsi Contoh 1", code: str = "99", simulated: str = "true") -> Path:
    target = folder / "contoh-1"
    target.mkdir()
    (target / "province.toml").write_text(PROVINCE.format(name=name, code=code, simulated=simulated), encoding="utf-8")
    return target


def test_real_lists_do_not_know_them() -> None:
    assert EXAMPLE_PROVINCE_CODE not in {province.code_kemendagri for province in provinces()}
    assert not any(regency.name.startswith("Contoh") for regency in regencies())
    assert find_regency("Kabupaten Contoh Tengah").candidates == ()


def test_a_name_is_not_taken_for_its_beginning() -> None:
    assert find_regency("KAB. CONTOH BARAT", "99").regency.code_kemendagri == "99.04"
    assert find_regency("Kab Contoh Barat Daya", "99").regency.code_kemendagri == "99.05"


def test_a_name_that_is_kabupaten_and_kota_is_a_question() -> None:
    assert find_regency("Contoh Pesisir", "99").regency is None
    assert find_regency("Kota Contoh Pesisir", "99").regency.code_kemendagri == "99.71"


def test_local_words_for_a_village_are_stripped() -> None:
    assert strip_village_word("Tiyuh Qaxuvi", "99") == "Qaxuvi"


def test_an_imaginary_province_is_read(tmp_path: Path) -> None:
    assert load_province(written(tmp_path)).simulated


def test_an_imaginary_province_must_be_marked(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="add simulated = true"):
        load_province(written(tmp_path, simulated="false"))


def test_an_imaginary_code_with_a_real_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="imaginary provinces, which are called 'Provinsi Contoh 1'"):
        load_province(written(tmp_path, name="Lampung"))
