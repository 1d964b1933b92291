"""What changed between two runs, and why."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.evaluation.outcome import Row, StudyIdentity, results_frame
from analysis.pipeline.deciding.changes import (
    cause_of,
    changed_cells,
    compare_results,
    fingerprint,
    load_prints,
    save_prints,
)
from analysis.pipeline.records import hash_key
from analysis.stats.codes import EstimateName, Method, Status, Unit
from analysis.stats.result import Estimate

IDENTITY = StudyIdentity("lampung", "Lampung", "kerja_sama_desa", 2023, False)


def results(**means: float | None) -> pd.DataFrame:
    rows = [
        Row(
            "reaction.items",
            subject,
            None,
            Estimate(
                estimate_name=EstimateName.MEAN,
                unit=Unit.SCALE_POINTS,
                method=Method.WELCH_T_BOUNDS,
                status=Status.ESTIMATED,
                estimate=mean,
            ),
        )
        for subject, mean in means.items()
    ]
    return results_frame(IDENTITY, rows)


def test_only_values_that_differ_are_listed_with_old_new_and_cause() -> None:
    changes = compare_results(results(a=4.1, b=4.2, c=None), results(a=4.1, b=4.25, c=None), "raw file x changed")
    assert changes[["subject", "column", "old", "new", "cause"]].to_numpy().tolist() == [
        ["b", "estimate", "4.2", "4.25", "raw file x changed"]
    ]


def test_results_that_came_or_went_are_one_row_each() -> None:
    changes = compare_results(results(a=1.0), results(b=1.0), "code changed")
    assert changes[["subject", "column", "new"]].to_numpy().tolist() == [
        ["b", "row", "added"],
        ["a", "row", "removed"],
    ]


def test_a_value_that_became_unknown_is_a_change() -> None:
    changes = compare_results(results(a=1.0), results(a=None), "")
    assert changes[["old", "new"]].to_numpy().tolist() == [["1.0", ""]]


def test_results_with_the_same_key_are_compared_in_their_order() -> None:
    twice = pd.concat([results(a=1.0), results(a=2.0)], ignore_index=True)
    other = pd.concat([results(a=1.0), results(a=3.0)], ignore_index=True)
    assert compare_results(twice, other, "")[["number", "old", "new"]].to_numpy().tolist() == [["2", "2.0", "3.0"]]


def test_first_run_changed_nothing() -> None:
    assert compare_results(None, results(a=1.0), "").empty


def test_cause_names_files_cells_notebooks_results_code_and_versions() -> None:
    before = {
        "raw": {"a.csv": "1", "b.csv": "1"},
        "notebooks": {"02_batches": "1"},
        "provinces": {"bali": "1"},
        "code": "1",
        "versions": {"numpy": "2.4"},
    }
    now = {
        "raw": {"a.csv": "2", "c.csv": "1"},
        "notebooks": {"02_batches": "2"},
        "provinces": {"bali": "2"},
        "code": "2",
        "versions": {"numpy": "2.5"},
    }
    assert cause_of(before, now, {"a.csv": "C4"}) == (
        "raw file a.csv changed (C4); raw file b.csv removed; raw file c.csv added; data of bali changed; "
        "notebook 02_batches changed; code changed; version of numpy 2.4 to 2.5"
    )


def test_same_inputs_have_no_recorded_cause() -> None:
    assert cause_of({"code": "1"}, {"code": "1"}, {}) == "nothing that is recorded"


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
