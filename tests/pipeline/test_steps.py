"""The steps after the notebooks, and what an unchanged run does not wait for."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import analysis
import analysis.report
from analysis.errors import OutputError
from analysis.pipeline.deciding.jobs import DocumentsJob, JoinJob
from analysis.pipeline.records import drop_incomplete_list
from analysis.pipeline.steps import join_results, write_documents
from analysis.report.claims.guard import Part, PartFailure
from analysis.report.documents.document import Written
from tests.pipeline.projects import Project


def test_documents_are_listed_with_their_hashes_when_all_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def write(
        reports_folder: Path,
        data_folder: Path,
        languages: tuple[str, ...],
        formats: tuple[str, ...],
        failed: tuple[str, ...],
    ) -> list[Written]:
        asked.append((reports_folder, data_folder, languages, formats, failed))
        (reports_folder / "satu-2023-laporan.html").write_text("isi")
        lost = PartFailure(part=Part.TABLE, name="total", language="id", error="KeyError", place="tables.py:1 total")
        return [Written(paths={}, moved_aside=(), messages=("kop.docx",), seconds={}, failures=(lost,))]

    monkeypatch.setattr(analysis.report, "write_documents", write, raising=False)
    job = DocumentsJob(
        province="satu",
        reports_folder=tmp_path,
        data_folder=tmp_path / "data",
        languages=("id",),
        formats=("html",),
        note=tmp_path / "note.json",
        time_limit_seconds=60,
    )
    write_documents(job)

    assert asked == [(tmp_path, tmp_path / "data", ("id",), ("html",), ())]
    noted = json.loads((tmp_path / "note.json").read_text())
    assert noted["notes"] == ["kop.docx"]
    assert [part["name"] for part in noted["parts"]] == ["total"]
    digest = hashlib.sha256(b"isi").hexdigest()
    assert json.loads((tmp_path / "documents.json").read_text()) == {"satu-2023-laporan.html": digest}


def test_list_of_documents_goes_when_one_of_them_is_gone(tmp_path: Path) -> None:
    listed = tmp_path / "documents.json"
    (tmp_path / "satu-2023-laporan.html").write_text("isi")
    listed.write_text('{"satu-2023-laporan.html": "x"}')
    drop_incomplete_list(tmp_path)
    assert listed.is_file()
    (tmp_path / "satu-2023-laporan.html").unlink()
    drop_incomplete_list(tmp_path)
    assert not listed.exists()


def join_job(folder: Path) -> JoinJob:
    return JoinJob(
        province="satu",
        reports_folder=folder,
        data_folder=folder / "data",
        titles=("01_clean",),
        inputs={"raw": {}},
        state_folder=folder / ".dampak",
        time_limit_seconds=60,
    )


def test_missing_part_names_the_notebook_to_run_again(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run the notebook 01_clean again"):
        join_results(join_job(tmp_path))


def test_part_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "results" / "01_clean.parquet")
    with pytest.raises(OutputError, match="does not have the columns of the results table"):
        join_results(join_job(tmp_path))


HEAVY = {"papermill", "nbformat", "statsmodels", "pandera", "pandas", "scipy", "matplotlib", "distributed", "babel"}


def test_unchanged_run_and_help_import_no_heavy_library(finished: Project) -> None:
    program = (
        "import sys\n"
        "from analysis.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit as end:\n    code = end.code\n"
        f"print('heavy', code, sorted({HEAVY!r} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(analysis.__file__).parents[1])}
    for arguments in (["--help"], ["run", "--formats", ""]):
        output = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=finished.root,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert output.splitlines()[-1] == "heavy 0 []", output
    assert "satu: unchanged" in output
