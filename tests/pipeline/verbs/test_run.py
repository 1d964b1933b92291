"""What stands around a run: a new project, the formats asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import OutputError, ParameterError
from analysis.pipeline.verbs.run import checked_formats, new_project


def test_init_never_writes_into_a_folder_with_content(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(OutputError, match="is not empty"):
        new_project(tmp_path)


def test_formats_keep_their_order_and_may_be_none() -> None:
    assert checked_formats("pdf, html,pdf") == ("pdf", "html")
    assert checked_formats("") == ()
    with pytest.raises(ParameterError, match="allowed: html, docx, pdf, xlsx"):
        checked_formats("doc")
