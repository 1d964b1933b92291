"""Studies in memory, built from the shipped raw files by a reader that is independent of the cleaning code."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

# Small matrices: one thread is several times faster than many. Before numpy is first imported.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import pandas as pd
import pytest

from analysis.evaluation.data import StudyData
from analysis.report.content.opening import open_study
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training

RAW = Path(__file__).parents[1] / "data" / "raw"


def printed_rows() -> list[list[str]]:
    """Return the four printed numbers of each indicator, found by their look alone."""
    lines = (RAW / "lampung" / "evaluasi_agregat.csv").read_text("utf-8").splitlines()
    found = [re.findall(r"\d,\d\d", line) for line in lines]
    return [numbers for numbers in found if len(numbers) == 4]


def study(name: str, tables: dict[str, pd.DataFrame]) -> StudyData:
    province = load_province(RAW / name)
    return StudyData(province, load_training(province.training), load_instrument(), Settings(), tables, pd.DataFrame())


@pytest.fixture(scope="session")
def lampung() -> StudyData:
    items = load_instrument().item_ids
    rows = [
        (item, batch, text, 2)
        for item, numbers in zip(items, printed_rows(), strict=True)
        for batch, text in zip(("5", "6", "7", "total"), numbers, strict=True)
    ]
    invited = pd.DataFrame(
        {
            "regency": [
                "Lampung Tengah",
                "Lampung Utara",
                "Pesawaran",
                "Tanggamus",
                "Tulang Bawang",
                "Tulang Bawang Barat",
            ],
            "villages": [11, 13, 7, 19, 18, 4],
            "people": [44, 52, 28, 76, 72, 16],
        }
    )
    means = pd.DataFrame(rows, columns=["item", "batch", "mean_printed", "decimals"])
    return study("lampung", {"published_means": means, "invited": invited})


@pytest.fixture(scope="session")
def gorontalo() -> StudyData:
    scores = pd.DataFrame(
        {"test": ["pre", "post"], "group": "all", "mean_printed": ["63", "79"], "maximum": 100.0,
         "n": pd.array([None, None], dtype="Int64"), "n_is": "unknown"}
    )  # fmt: skip
    attendance = pd.DataFrame(
        {
            "unit": ["people", "women"],
            "invited": pd.array([1988, None], dtype="Int64"),
            "attended": pd.array([1956, 982], dtype="Int64"),
            "percent_printed": ["98,8%", None],
        }
    )
    return study("gorontalo", {"published_scores": scores, "published_attendance": attendance})


@pytest.fixture(scope="session")
def empty() -> StudyData:
    """A study without a single table."""
    return study("lampung", {})


@pytest.fixture
def without_total(lampung: StudyData) -> StudyData:
    """Lampung as if no totals were printed."""
    means = lampung.tables["published_means"]
    return replace(lampung, tables={**lampung.tables, "published_means": means[means["batch"] != "total"]})


@pytest.fixture(scope="session")
def contoh_study(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    """The shipped imaginary province, cleaned from its workbooks."""
    raw = tmp_path_factory.mktemp("raw") / "contoh"
    shutil.copytree(RAW / "contoh", raw)
    return open_study(raw, tmp_path_factory.mktemp("processed") / "contoh", Settings())[0]
