"""One run at a time in a reports folder that can be written."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from analysis.errors import OutputError
from analysis.pipeline.guard import only_run
from tests.pipeline.projects import Project, run_project, states


def test_half_written_files_of_a_killed_run_are_removed(project: Project) -> None:
    leftovers = [
        project.folders.reports / "satu" / ".results.csv.1.part",
        project.folders.reports / "satu" / "results" / ".02_batches.parquet.1.part",
        project.folders.reports / "satu" / "notebooks" / "id" / ".02_batches.1-1.part.ipynb",
    ]
    for path in leftovers:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("separuh")
    with only_run(project.folders.reports / ".dampak"):
        assert not any(path.exists() for path in leftovers)


def test_second_run_on_the_same_folder_says_who_is_at_work(project: Project) -> None:
    state = project.folders.reports / ".dampak"
    program = "import sys; from pathlib import Path; from analysis.pipeline.guard import only_run\n"
    program += "with only_run(Path(sys.argv[1])):\n    print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        with pytest.raises(OutputError, match=rf"another run is at work in .*process {other.pid} on "):
            run_project(project)
        other.kill()
    summary, _ = run_project(project, provinces=("satu",))
    assert states(summary)["satu"] == "done"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="changes the user of a forked process")
def test_read_only_reports_folder_is_refused_before_anything_runs() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        child = os.fork()
        if child == 0:
            if os.geteuid() == 0:
                os.setuid(65534)  # root may write everywhere
            try:
                with only_run(Path(folder) / "reports" / ".dampak"):
                    os._exit(1)
            except OutputError as error:
                os._exit(0 if "cannot be written (Permission denied)" in str(error) else 2)
            except BaseException:
                os._exit(3)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        Path(folder).chmod(0o755)


def test_reports_folder_that_cannot_be_made_is_refused(project: Project) -> None:
    project.folders.reports.write_text("a file stands here")
    with pytest.raises(OutputError, match=r"reports folder .* cannot be written .*--reports DIR"):
        run_project(project)
