"""What a run leaves about itself, and the report of a province that failed."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.pipeline import records
from analysis.pipeline.records import listed_documents, move_former_report


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
        "documents.json",
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


def lay(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(name)


def test_recorded_and_unfinished_documents_move_and_are_listed(tmp_path: Path) -> None:
    satu = tmp_path / "satu"
    lay(satu, "laporan.pdf", "tinjauan.pdf", "satu-2023-report.html", "satu-2023-laporan-dinas.docx", "results.parquet")
    (satu / "documents.json").write_text('{"laporan.pdf": "x", "gone.pdf": "y"}')
    (satu / "claims.json").write_text(json.dumps({"id": {"documents": {"tinjauan.pdf": "z"}}}))

    former = move_former_report(satu)

    assert former == satu / "lama"
    moved = ["laporan.pdf", "satu-2023-report.html", "tinjauan.pdf"]
    assert [path.name for path in listed_documents(former)] == moved
    assert sorted(path.name for path in satu.iterdir() if path.is_file()) == ["satu-2023-laporan-dinas.docx"]
    assert (former / "results.parquet").is_file()


def test_a_damaged_record_keeps_no_document_from_moving(tmp_path: Path) -> None:
    satu = tmp_path / "satu"
    lay(satu, "satu-2023-laporan.html", "claims.json", "documents.json")
    former = move_former_report(satu)
    assert former is not None
    assert [path.name for path in listed_documents(former)] == ["satu-2023-laporan.html"]


def test_without_a_newer_report_the_former_one_stays(tmp_path: Path) -> None:
    satu = tmp_path / "satu"
    lay(satu, "satu-2023-laporan.html", "results.parquet")
    former = move_former_report(satu)
    assert move_former_report(satu) == former
    assert [path.name for path in listed_documents(satu / "lama")] == ["satu-2023-laporan.html"]
    assert move_former_report(tmp_path / "dua") is None
