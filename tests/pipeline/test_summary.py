"""What a run did: its exit code, a line a province, and where to look."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from analysis.pipeline.summary import Failure, ProvinceSummary, RunSummary, State, print_json, print_summary

FAILED = ProvinceSummary(
    province="dua",
    state=State.FAILED,
    failures=[Failure(job="dua/id/01_clean", error="ValueError: x", cell=3, kept=Path("failed/01_clean.ipynb"))],
    former_report=Path("dua/lama"),
)
DONE = ProvinceSummary(province="satu", state=State.DONE, ran=["a", "b"], unchanged=["c"])


@pytest.mark.parametrize(
    ("provinces", "was_stopped", "code"),
    [([DONE], False, 0), ([DONE, FAILED], False, 1), ([DONE, FAILED], True, 130), ([], False, 0)],
)
def test_the_exit_code_tells_how_the_run_ended(provinces, was_stopped, code):
    summary = RunSummary(provinces=provinces, seconds=1.0, was_stopped=was_stopped)
    assert summary.exit_code == summary.as_json()["exit_code"] == code


def printed(print_it, summary):
    said = io.StringIO()
    print_it(summary, Console(file=said, force_terminal=False, width=30))
    return said.getvalue()


def test_every_failure_is_told_with_its_cell_and_where_it_is_kept():
    lines = printed(print_summary, RunSummary(provinces=[DONE, FAILED], seconds=2.0, late=["tiga"])).splitlines()
    assert lines == [
        "satu: done; 2 ran, 1 unchanged, 0 failed",
        "dua: failed; 0 ran, 0 unchanged, 1 failed",
        "dua/id/01_clean, cell [3]: ValueError: x",
        "    the failed notebook: failed/01_clean.ipynb",
        "    the former report of dua: dua/lama",
        "late: tiga",
        "2.0 s",
    ]


def test_a_program_reads_the_same(tmp_path):
    content = json.loads(printed(print_json, RunSummary(provinces=[FAILED], seconds=2.0, index=tmp_path)))
    assert content["provinces"][0]["failures"][0]["cell"] == 3
    assert content["index"] == str(tmp_path)
