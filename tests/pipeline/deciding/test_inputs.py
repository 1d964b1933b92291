"""What decides that something runs again: contents, never times and places."""

from __future__ import annotations

import os
import shutil

import pytest

from analysis.pipeline.deciding.inputs import national_inputs, province_inputs, raw_digests


@pytest.fixture
def folder(tmp_path):
    raw = tmp_path / "raw" / "satu"
    (raw / "tes").mkdir(parents=True)
    (raw / "province.toml").write_text("name = 'Satu'")
    (raw / "tes" / "a.csv").write_text("a;b")
    return raw


def test_a_change_that_keeps_time_and_size_is_a_change(folder):
    before = province_inputs(folder).deciding()
    path = folder / "tes" / "a.csv"
    times = path.stat()
    path.write_text("a;c")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = province_inputs(folder).deciding()
    assert {kind for kind in before if before[kind] != after[kind]} == {"raw"}


def test_time_place_locks_and_hidden_files_do_not_count(folder, tmp_path):
    before = province_inputs(folder).deciding()
    os.utime(folder / "tes" / "a.csv", (1, 1))
    for name in ("~$a.xlsx", ".DS_Store", ".git/config"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    moved = shutil.copytree(folder, tmp_path / "elsewhere")
    assert province_inputs(moved).deciding() == before


def test_names_of_files_count_with_forward_slashes(folder):
    assert set(raw_digests(folder)) == {"province.toml", "tes/a.csv"}


def test_the_nation_runs_again_for_any_province_and_for_who_is_expected(folder, tmp_path):
    expected = tmp_path / "sasaran.csv"
    first = national_inputs({"satu": folder}, expected)
    expected.write_text("province")
    second = national_inputs({"satu": folder}, expected)
    (folder / "b.csv").touch()
    third = national_inputs({"satu": folder}, expected)
    assert first.expected == "" != second.expected == third.expected
    assert first.provinces == second.provinces != third.provinces
    assert third.as_record({"05_national": "d"})["notebooks"] == {"05_national": "d"}
