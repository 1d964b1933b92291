"""Notebooks keep pictures only where documents take them."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest

from analysis.pipeline.kernels.kernels import KernelKind
from analysis.pipeline.kernels.perform import LocalWorkshop
from analysis.study.settings import PICTURES_VARIABLE
from tests.pipeline.projects import make_project, run_project

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="warm kernels need Linux")


@pytest.mark.parametrize(("keeps_pictures", "seen"), [(True, "True"), (False, "None")])
def test_notebooks_keep_pictures_only_where_documents_take_them(
    tmp_path: Path, keeps_pictures: bool, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PICTURES_VARIABLE, raising=False)
    project = make_project(tmp_path, {"satu": 1.0}, ())
    look = f"import os, pathlib; folder = os.environ.get('{PICTURES_VARIABLE}'); print(folder and pathlib.Path(folder)"
    project.write_notebook("02_batches", middle=f"{look}.is_dir())")
    run_project(
        project,
        open_workshop=lambda: LocalWorkshop(KernelKind.WARM, memory_limit_bytes=None, keeps_pictures=keeps_pictures),
    )
    made = project.folders.reports_of("satu") / "notebooks" / "id" / "02_batches.ipynb"
    texts = [
        output.get("text") for cell in nbformat.read(made, as_version=4).cells for output in cell.get("outputs", [])
    ]
    assert f"{seen}\n" in texts
