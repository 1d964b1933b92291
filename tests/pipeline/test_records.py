"""What a run leaves about itself, and the report of a province that failed."""

from __future__ import annotations

from pathlib import Path

from analysis.pipeline import records


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_a_record_that_a_crash_left_unreadable_is_empty(tmp_path):
    path = tmp_path / "sub" / "run.json"
    path.parent.mkdir()
    assert records.read_json(path) == {}
    records.write_json(path, {"province": "satu"})
    assert records.read_json(path) == {"province": "satu"}
    path.write_text('{"province": "sa')
    assert records.read_json(path) == {}
    assert [one.name for one in path.parent.iterdir()] == ["run.json"]


def test_a_former_report_is_moved_whole_and_stays_through_further_failures(tmp_path):
    fill(tmp_path, "results.parquet", "results.csv", "claims.json", "figures/id/a.png", "notebooks/id/01_clean.ipynb")
    former = records.move_former_report(tmp_path)
    assert sorted(path.name for path in former.iterdir()) == [
        "claims.json",
        "figures",
        "results.csv",
        "results.parquet",
    ]
    assert (tmp_path / "notebooks" / "id" / "01_clean.ipynb").is_file()
    fill(tmp_path, "claims.json")
    assert records.move_former_report(tmp_path) == former
    assert (former / "results.parquet").is_file()
    records.forget_former_report(tmp_path)
    assert not former.exists()


def test_a_province_that_never_had_a_report_has_no_former_one(tmp_path):
    assert records.move_former_report(tmp_path) is None


def test_the_last_complete_run_is_kept_and_its_hashes_take_their_place(tmp_path):
    reports, state = tmp_path / "satu", tmp_path / "state"
    fill(reports, "results.parquet", "run.json")
    fill(state, "next/satu.npz")
    records.keep_last_run(reports, state, "satu")
    assert sorted(path.name for path in (state / "last").iterdir()) == ["satu.json", "satu.npz", "satu.parquet"]
    assert not records.new_prints(state, "satu").exists()
