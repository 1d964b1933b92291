"""Which raw cells changed, told from hashes alone."""

from __future__ import annotations

from pathlib import Path

from analysis.pipeline.deciding.changes import changed_cells, fingerprint, load_prints, save_prints
from analysis.pipeline.records import hash_key

KEY = "0123456789abcdef"


def prints(folder: Path, text: str, key: str = KEY) -> dict:
    (folder / "tes.csv").write_text(text)
    return fingerprint(folder, ["tes.csv", "province.toml"], key)


def test_changed_cells_are_named_as_an_office_program_shows_them(tmp_path: Path) -> None:
    before = prints(tmp_path, "nama;pra;pasca\na;40;60\nb;50;70\n")
    now = prints(tmp_path, "nama;pra;pasca\na;40;61\nb;50;70\n")
    assert changed_cells(before, now) == {"tes.csv": "C2"}


def test_many_changes_are_counted_and_new_rows_said(tmp_path: Path) -> None:
    before = prints(tmp_path, "a;b\n" + "1;2\n" * 4)
    now = prints(tmp_path, "a;b\n" + "3;4\n" * 5)
    assert changed_cells(before, now) == {"tes.csv": "A2, B2, A3, B3, A4, and 3 more cells, 5 x 2 cells became 6 x 2"}


def test_unchanged_and_new_files_are_not_mentioned(tmp_path: Path) -> None:
    now = prints(tmp_path, "a;b\n1;2\n")
    assert changed_cells(now, now) == {}
    assert changed_cells({}, now) == {}


def test_kept_hashes_come_back_and_hold_no_value(tmp_path: Path) -> None:
    now = prints(tmp_path, "nama;pra\nSiti Rahmawati;40\n")
    save_prints(now, tmp_path / "kept.npz")
    assert changed_cells(load_prints(tmp_path / "kept.npz"), now) == {}
    assert b"Siti" not in (tmp_path / "kept.npz").read_bytes()
    assert load_prints(tmp_path / "none.npz") == {}


def test_hashes_depend_on_the_key_of_the_folder(tmp_path: Path) -> None:
    first = prints(tmp_path, "a;b\n1;2\n")
    second = prints(tmp_path, "a;b\n1;2\n", "fedcba9876543210")
    assert first["tes.csv"][""][1, 0] != second["tes.csv"][""][1, 0]
    assert len(hash_key(tmp_path)) == 16
    assert hash_key(tmp_path) == hash_key(tmp_path)
