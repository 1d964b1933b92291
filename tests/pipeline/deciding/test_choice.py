"""A province gets the notebooks whose data it has; what it has is noted, and looked at again when its inputs change."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from analysis.notebook.kinds import NEEDS, DataKind
from analysis.pipeline.deciding.choice import chosen_notebooks, depend_on_data, look_job, noted_kinds
from analysis.pipeline.deciding.inputs import Inputs
from analysis.pipeline.deciding.plan import Notebook
from analysis.pipeline.records import drop_outdated_notebooks, kept_kinds, write_json
from analysis.pipeline.summary import print_summary
from analysis.pipeline.verbs.expected import Absent
from analysis.pipeline.verbs.index import write_index
from tests.pipeline.projects import Project, run_project

RAW = Path(__file__).parents[3] / "data" / "raw"
TITLES = ("01_clean", *NEEDS)


def notebooks() -> list[Notebook]:
    return [Notebook(title, Path(f"{title}.ipynb"), "digest") for title in TITLES]


def inputs(raw: str = "a") -> Inputs:
    return Inputs(raw={"tes.csv": raw}, code="code", versions={})


def test_only_the_notebooks_with_data_run_and_the_others_say_what_they_need() -> None:
    choice = chosen_notebooks(notebooks(), frozenset({DataKind.SCORES}))
    assert [notebook.title for notebook in choice.notebooks] == ["01_clean", "03_prepost_scores"]
    assert choice.left_out == {title: kind for title, kind in NEEDS.items() if kind is not DataKind.SCORES}


def test_all_run_where_nobody_knows_what_a_province_has() -> None:
    choice = chosen_notebooks(notebooks(), None)
    assert [notebook.title for notebook in choice.notebooks] == list(TITLES)
    assert choice.left_out == {}


def test_a_note_holds_for_the_inputs_that_it_was_made_from(tmp_path: Path) -> None:
    folders = Project(tmp_path).folders
    job = look_job("satu", folders, inputs(), 60)
    assert noted_kinds(job) is None
    write_json(job.note, {"inputs": job.digest, "kinds": ["scores"]})
    assert noted_kinds(job) == {DataKind.SCORES}
    assert noted_kinds(look_job("satu", folders, inputs("b"), 60)) is None


def test_notebooks_that_everybody_gets_need_no_look() -> None:
    assert depend_on_data(notebooks())
    assert not depend_on_data(notebooks()[:1])


def test_what_is_not_run_any_more_goes_and_everything_else_stays(tmp_path: Path) -> None:
    kept = [
        "notebooks/id/01_clean.ipynb",
        "notebooks/id/catatan.ipynb",
        "results/02_answers.parquet",
        "results.parquet",
    ]
    gone = ["notebooks/en/02_answers.ipynb", "notebooks/id/02_former.ipynb", "results/02_former.parquet"]
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    drop_outdated_notebooks(tmp_path, ["01_clean"], ["02_answers"])
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == sorted(kept)


@pytest.fixture(scope="module")
def averages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """A project of one province that prints the means of its tests, after a run of notebooks without statistics."""
    project = Project(tmp_path_factory.mktemp("averages"))
    shutil.copytree(RAW / "gorontalo", project.folders.raw_of("gorontalo"))
    for title in ("01_clean", "02_batches_answers", "03_prepost_averages", "03_prepost_scores"):
        project.write_notebook(title)
    summary, _ = run_project(project)
    assert summary.exit_code == 0, [each.failures for each in summary.provinces]
    printed = io.StringIO()
    print_summary(summary, Console(file=printed))
    return project, printed.getvalue()


def test_a_run_writes_the_rows_of_the_notebooks_that_it_leaves_out_in_the_old_order(
    averages: tuple[Project, str],
) -> None:
    reports = averages[0].folders.reports / "gorontalo"
    assert {path.stem for path in reports.glob("notebooks/id/*.ipynb")} == {"01_clean", "03_prepost_averages"}
    results = pd.read_parquet(reports / "results.parquet")
    rooms = [analysis.partition(".")[0] for analysis in results["analysis"]]
    assert rooms == ["reaction", *["reaction"] * 9, *["learning"] * 10, "reaction"]
    assert set(results.loc[1:19, "reason"]) == {"no_such_data"}
    assert list(results["subject"].iloc[[0, -1]]) == ["01_clean", "03_prepost_averages"]


def test_summary_record_and_index_say_why(averages: tuple[Project, str]) -> None:
    project, printed = averages
    assert "02_batches_answers did not run, as there are no responses: gorontalo" in printed
    record = json.loads((project.folders.reports / "gorontalo" / "run.json").read_text())
    assert record["left_out"] == {
        "02_batches_answers": {"needs": "responses", "reason": "no_such_data"},
        "03_prepost_scores": {"needs": "scores", "reason": "no_such_data"},
    }
    page = write_index(project.folders, Absent(), "en").read_text()
    assert "Not run, for want of data: 02_batches_answers (single responses to the end evaluation), 03_pre" in page


def test_an_unchanged_run_looks_at_nothing_and_still_says_why(averages: tuple[Project, str]) -> None:
    project, _ = averages
    note = kept_kinds(project.folders.reports / ".dampak", "gorontalo")
    before = note.read_bytes()

    def never() -> None:
        raise AssertionError("the workshop was opened")

    summary, printed = run_project(project, open_workshop=never)  # type: ignore[arg-type]
    assert "tables" not in printed
    assert note.read_bytes() == before
    assert summary.provinces[0].left_out == {"02_batches_answers": "responses", "03_prepost_scores": "scores"}
