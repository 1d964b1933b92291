"""Folders of small studies from text tables, cleaned whole: what a test asks is what an office would see."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.cleaning.clean import Cleaned, clean_province

Rows = Sequence[Sequence[object]]


def clean_files(files: Mapping[str, Rows], *, batches: Sequence[str] = ("5", "6"), more: str = "") -> Cleaned:
    """Write the files of a study in Lampung and return what cleaning makes of them.

    ``batches`` are ids, or the whole inside of a [[batch]] table; ``more`` stands at the end of province.toml.
    """
    blocks = "".join(f"[[batch]]\n{batch if '=' in batch else f'id = {batch!r}'}\n" for batch in batches)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "lampung-2024"
        folder.mkdir()
        (folder / "province.toml").write_text(
            'name = "Lampung"\ncode = "18"\ntraining = "kerja_sama_desa"\nyear = 2024\ntest_maximum = 10\n'
            f'{blocks}[[source]]\nfile = "*"\ndescription = "made by a test"\n{more}',
            encoding="utf-8",
        )
        for file, rows in files.items():
            with (folder / file).open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, delimiter=";").writerows(rows)
        return clean_province(folder)


def told(cleaned: Cleaned, *rules: str) -> list[tuple[str, str]]:
    """Return rule and value of what is told, of these rules or of everything but notes."""
    wanted = cleaned.problems[
        cleaned.problems["rule"].isin(rules) if rules else cleaned.problems["severity"].ne("note")
    ]
    return [(str(one.rule), str(one.value)) for one in wanted.itertuples()]


def pairs(cleaned: Cleaned) -> list[tuple[float, float]]:
    """Return pretest and posttest of everybody with both, sorted: what no order and no code decides."""
    scores = cleaned.tables["scores"].dropna(subset=["participant_id", "pre_points", "post_points"])
    return sorted(zip(scores["pre_points"].tolist(), scores["post_points"].tolist(), strict=True))
