"""Processed tables: written whole, read back while nothing changed, never stale."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from analysis.cleaning import processed
from analysis.cleaning.processed import bring_up_to_date, read_processed, write_processed
from analysis.cleaning.provenance import code_fingerprint
from analysis.cleaning.tables.ledger import SheetAccount
from analysis.cleaning.write import write_atomically
from analysis.errors import OutputError, SourceError, StudyError
from tests.cleaning.participants import tables_by_code as by_code


@pytest.fixture
def target(tmp_path):
    return tmp_path / "processed" / "lampung"


def forbid_cleaning(monkeypatch):
    def clean(_folder):
        raise AssertionError("cleaned again")

    monkeypatch.setattr(processed, "clean_province", clean)


def test_what_was_written_is_read_back_unchanged(gorontalo, target):
    cleaned = gorontalo.clean()
    write_processed(cleaned, target)
    again = read_processed(target)
    assert again.tables.keys() == cleaned.tables.keys()
    for name, table in cleaned.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)
    pd.testing.assert_frame_equal(again.problems, cleaned.problems)
    assert (again.account, again.provenance, again.study) == (cleaned.account, cleaned.provenance, "gorontalo")


def test_the_problem_of_an_empty_cell_reads_back_as_it_was_made(folder_of, target):
    folder = folder_of({"peserta.xlsx": {"A": by_code.spoiled(by_code.attendance(), 4, "")}}).folder
    fresh = bring_up_to_date(folder, target).problems
    assert fresh["rule"].tolist() == ["role_blank"]
    pd.testing.assert_frame_equal(bring_up_to_date(folder, target).problems, fresh)


def test_nothing_is_cleaned_twice(lampung, target, monkeypatch):
    bring_up_to_date(lampung.folder, target)
    forbid_cleaning(monkeypatch)
    assert len(bring_up_to_date(lampung.folder, target).tables["published_means"]) == 88


@pytest.mark.parametrize(
    "change",
    [
        lambda lampung, target: lampung.replace("kuota.csv", "19;76", "18;76"),
        lambda lampung, target: lampung.replace("province.toml", "year = 2023", "year = 2024"),
        lambda lampung, target: lampung.write("baru.csv", "a;b\n1;2\n"),
        lambda lampung, target: (target / "invited.parquet").unlink(),
        lambda lampung, target: (target / "invited.parquet").write_bytes(b"x"),
        lambda lampung, target: (target / "problems.csv").write_bytes(b"x"),
        lambda lampung, target: (target / "provenance.json").write_text("{", encoding="utf-8"),
        lambda lampung, target: (target / "provenance.json").write_text("[]", encoding="utf-8"),
    ],
)
def test_any_change_cleans_again(lampung, target, monkeypatch, change):
    bring_up_to_date(lampung.folder, target)
    change(lampung, target)
    forbid_cleaning(monkeypatch)
    with pytest.raises(AssertionError, match="cleaned again"):
        bring_up_to_date(lampung.folder, target)


def test_a_change_that_keeps_time_and_size_is_seen(lampung, target):
    bring_up_to_date(lampung.folder, target)
    path = lampung.folder / "kuota.csv"
    stat = path.stat()
    lampung.folder.joinpath("kuota.csv").write_bytes(path.read_bytes().replace(b"19;76", b"18;76"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert bring_up_to_date(lampung.folder, target).has_errors


def test_code_and_versions_are_part_of_provenance(lampung, target, monkeypatch):
    bring_up_to_date(lampung.folder, target)
    record = json.loads((target / "provenance.json").read_text(encoding="utf-8"))
    assert record["code"] == code_fingerprint()
    assert {"python", "pandas", "pyarrow"} <= record["versions"].keys()
    assert set(record["files"]) == {"evaluasi_agregat.csv", "kuota.csv", "province.toml"}
    assert all(len(digest) == 64 for digest in record["files"].values())
    record["code"] = "0" * 64
    (target / "provenance.json").write_text(json.dumps(record), encoding="utf-8")
    forbid_cleaning(monkeypatch)
    with pytest.raises(AssertionError, match="cleaned again"):
        bring_up_to_date(lampung.folder, target)


def test_table_that_is_no_longer_made_is_deleted(lampung, target):
    bring_up_to_date(lampung.folder, target)
    (lampung.folder / "kuota.csv").unlink()
    bring_up_to_date(lampung.folder, target)
    assert sorted(path.name for path in target.iterdir()) == [
        "problems.csv",
        "provenance.json",
        "published_means.parquet",
    ]


def test_fault_of_a_definition_is_raised_although_tables_exist(lampung, target):
    bring_up_to_date(lampung.folder, target)
    lampung.replace("province.toml", "year = 2023", "yaer = 2023")
    with pytest.raises(StudyError, match="did you mean 'year'"):
        bring_up_to_date(lampung.folder, target)


def test_output_that_another_program_holds_open_is_named_with_the_remedy(lampung, target, monkeypatch):
    def held(_source, _target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(OutputError, match=r"\.parquet: cannot be written, another program holds it open.*close it"):
        write_processed(lampung.clean(), target)
    assert [path.name for path in target.iterdir()] == []


def test_old_table_that_another_program_holds_open_is_named(lampung, target):
    cleaned = lampung.clean()
    (target / "old.parquet").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"old\.parquet: cannot be deleted, .*close it and repeat"):
        write_processed(cleaned, target)


def test_failed_write_leaves_the_former_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def broken(temporary):
        temporary.write_text("half", encoding="utf-8")
        raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        write_atomically(path, broken)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_folder_that_is_a_file_cannot_be_written_to(tmp_path):
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(tmp_path / "a" / "b.txt", lambda path: path.write_text("x"))


def test_a_lost_row_is_refused():
    with pytest.raises(SourceError, match=r"x\.csv: 5 rows were read, but 3 kept and \{'empty': 1\} dropped"):
        SheetAccount("x.csv", None, "kuota", 5, 3, {"empty": 1})


def test_reading_back_imports_neither_pandera_nor_statistics(lampung, target):
    bring_up_to_date(lampung.folder, target)
    code = (
        "import sys; from pathlib import Path; from analysis.cleaning.processed import bring_up_to_date;"
        f"bring_up_to_date(Path({str(lampung.folder)!r}), Path({str(target)!r}));"
        "print([name for name in ('pandera', 'scipy', 'statsmodels', 'papermill') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"
