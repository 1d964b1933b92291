"""One page links all reports and says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.notebook.folders import Folders
from analysis.pipeline.verbs.expected import Absent
from analysis.pipeline.verbs.index import write_index


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    files = {
        "data/raw/lampung/province.toml": "simulated = false",
        "data/raw/contoh-1/province.toml": "simulated = true",
        "reports/lampung/run.json": '{"state": "done"}',
        "reports/lampung/lampung-2023-laporan.html": "",
        "reports/lampung/lampung-2023-laporan.pdf": "",  # of a run that was cut short
        "reports/lampung/documents.json": '{"lampung-2023-laporan.html": "x", "lampung-2023-report.html": "gone"}',
        "reports/lampung/notebooks/id/02_batches.ipynb": "",
        "reports/contoh-1/run.json": '{"state": "failed"}',
        "reports/contoh-1/lama/contoh-1-2024-laporan.html": "",
        "reports/contoh-1/lama/documents.json": '{"contoh-1-2024-laporan.html": "x"}',
        "reports/national/run.json": '{"state": "unchanged"}',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Folders(tmp_path / "data", tmp_path / "reports")


def test_page_links_reports_and_names_failed_late_and_missing(folders: Folders) -> None:
    page = write_index(folders, Absent(late=("Bali & co",), missing=("Riau",)), "id").read_text()

    assert '<a href="lampung/lampung-2023-laporan.html">lampung-2023-laporan.html</a></td>' in page, "no other document"
    assert '<a href="lampung/notebooks/id/02_batches.ipynb">id/02_batches.ipynb</a>' in page
    assert "GAGAL" in page
    assert '<a href="contoh-1/lama/contoh-1-2024-laporan.html">' in page
    assert page.count("DATA SIMULASI") == 1
    assert "Bali &amp; co" in page
    assert "Riau" in page
    assert page.index("contoh-1") < page.index("lampung") < page.index("Nasional")


def test_page_is_not_touched_when_nothing_on_it_changes(folders: Folders) -> None:
    path = write_index(folders, Absent(), "id")
    before = path.stat().st_mtime_ns, path.stat().st_ino
    write_index(folders, Absent(), "id")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert "Reports of all provinces" in write_index(folders, Absent(), "en").read_text()


def test_page_tells_the_verdicts_of_the_main_questions(folders: Folders) -> None:
    (folders.reports / "lampung" / "findings.csv").write_text(
        "finding,verdict\n"
        "reaction_total/total/7-5,undetermined\nreaction_total/total/7-6,undetermined\n"
        "reaction_aspect/materi/7-5,always\nlearning_change/all/post-pre,fell\n"
    )
    page = write_index(folders, Absent(), "en").read_text()
    assert "Ratings between batches: not determined<br>Test scores: fell" in page
    assert page.count("Ratings between batches") == 1
    assert '<a href="lampung/findings.csv">findings.csv</a>' in page
