"""The report of a province that failed moves away whole, whatever its documents are called; a person's files stay."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.pipeline.records import listed_documents, move_former_report


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
