"""Who is expected and has not sent data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.notebook.folders import Folders
from analysis.pipeline.verbs.expected import absent_studies, read_expected

TODAY = dt.date(2024, 2, 1)


def folders(tmp_path: Path, text: str) -> Folders:
    raw = tmp_path / "data" / "raw"
    (raw / "lampung").mkdir(parents=True)
    (raw / "lampung" / "province.toml").write_text('name = "Lampung"\ntraining = "kerja_sama_desa"\nyear = 2023\n')
    (raw / "sasaran.csv").write_text(text, encoding="utf-8-sig")
    return Folders(tmp_path / "data", tmp_path / "reports")


def test_late_and_missing_studies_are_told_apart(tmp_path: Path) -> None:
    found = absent_studies(
        folders(
            tmp_path,
            "province;training;year;villages;participants;due\n"
            "LAMPUNG;kerja_sama_desa;2023;94;288;2023-12-01\n"
            "Bali;kerja_sama_desa;2023;10;40;31/01/2024\n"
            "Riau;kerja_sama_desa;2023;10;40;2024-03-01\n",
        ),
        TODAY,
    )
    assert found.late == ("Bali, kerja_sama_desa, 2023 (2024-01-31)",)
    assert found.missing == ("Riau, kerja_sama_desa, 2023 (2024-03-01)",)


def test_another_year_of_a_province_does_not_count(tmp_path: Path) -> None:
    found = absent_studies(
        folders(tmp_path, "province,training,year,due\nLampung,kerja_sama_desa,2024,2024-03-01\n"), TODAY
    )
    assert len(found.missing) == 1


def test_without_the_file_nobody_is_expected(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    found = absent_studies(Folders(tmp_path / "data", tmp_path / "reports"), TODAY)
    assert (found.late, found.missing) == ((), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("province,year,due\nBali,2023,2024-01-01\n", "line 1: no column training"),
        ("province,training,year,due\nBali,t,2023,besok\n", "line 2, column due: found 'besok'"),
        ("province,training,year,due\nBali,t,23 M,2024-01-01\n", "line 2, column year: found '23 M'"),
        ("province,training,year,due\nBali,t,2023,2024-01-01\n,t,2023,2024-01-01\n", "line 3: province is empty"),
    ],
)
def test_broken_lists_name_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "sasaran.csv"
    path.write_text(text)
    with pytest.raises(SourceError, match=message):
        read_expected(path)
