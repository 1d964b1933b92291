"""A small report to test the machinery with: a few result rows, one table, one figure, two languages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure as Picture

from analysis.evaluation.outcome import Row, StudyIdentity, results_frame
from analysis.report.claims.tables import Cell, Column, ReportTable, ResultColumn, group_row, result_table
from analysis.report.claims.writer import Figure, Material
from analysis.report.content.pictures import pixel_hash
from analysis.report.documents.document import write_report
from analysis.report.documents.names import Subject
from analysis.report.documents.workbook import Recalculation
from analysis.stats.codes import EstimateName, Method, Status, Unit, Verdict
from analysis.stats.result import Estimate

TEMPLATES = Path(__file__).with_name("templates")
STUDY = StudyIdentity("lampung", "Lampung", "kerja_sama_desa", 2023, False)

ITEMS = {
    "materi_1": (0.21, 0.0004, 0.0312),
    "materi_2": (0.33, 0.00001, 0.0004),
    "metode_1": (0.08, 0.02, 0.2512),
}
LABELS = {
    "id": ("Kesesuaian materi dengan kebutuhan", "Kejelasan materi (unsur P1)", "Kesesuaian metode"),
    "en": ("Material fits the need", "Clarity of the material (item P1)", "Method fits the content"),
}
HEADINGS = {
    "id": ("Indikator", "Selisih", "Rentang nilai p", "Peserta"),
    "en": ("Indicator", "Difference", "Range of p", "Participants"),
}


def results() -> pd.DataFrame:
    """Return three bounded differences between batches and one mean."""
    bounded = [
        Row(
            "published.pairs",
            item,
            "7-5",
            Estimate(
                estimate_name=EstimateName.MEAN_DIFFERENCE,
                unit=Unit.SCALE_POINTS,
                method=Method.WELCH_T_BOUNDS,
                status=Status.BOUNDED,
                estimate=difference,
                p_low=low,
                p_high=high,
                verdict=Verdict.ALWAYS if high < 0.05 else Verdict.UNDETERMINED,
                n=1956,
                assumes="n = 96",
            ),
        )
        for item, (difference, low, high) in ITEMS.items()
    ]
    mean = Estimate(
        estimate_name=EstimateName.MEAN,
        unit=Unit.SCALE_POINTS,
        method=Method.WELCH_T_BOUNDS,
        status=Status.ESTIMATED,
        estimate=4.387,
        estimate_low=4.31,
        estimate_high=4.46,
        interval_level=0.95,
        p_value=0.0196,
        n=1988,
    )
    return results_frame(STUDY, [*bounded, Row("reaction.items", "total", None, mean)])


def table(language: str, rows: int = 1) -> ReportTable:
    """Return the table of the differences, its rows repeated to any length."""
    frame = results().query("analysis == 'published.pairs'")
    heading = HEADINGS[language]
    made = result_table(
        "items",
        heading[0],
        frame,
        [(Column(heading=heading[0], meaning=heading[0], width=40, align="left"), LABELS[language])],
        [
            ResultColumn(
                fields=("estimate",), format="signed2", column=Column(heading=heading[1], meaning=heading[1], width=12)
            ),
            ResultColumn(
                fields=("p_low", "p_high"),
                format="p_range_cell",
                column=Column(heading=heading[2], meaning=heading[2], width=26),
            ),
            ResultColumn(
                fields=("n",), format="count", column=Column(heading=heading[3], meaning=heading[3], width=14)
            ),
        ],
    )
    return replace(made, rows=(group_row("Materi", 4), *(made.rows * rows)))


def picture(folder: Path) -> Figure:
    """Draw a picture into a folder and return it as a figure of the report."""
    path = folder / "means.png"
    drawing = Picture(figsize=(6.4, 2.6), dpi=150)
    axes = drawing.add_subplot()
    axes.plot([5, 6, 7], [4.1, 4.2, 4.39], color="#0072B2", marker="o")
    drawing.savefig(path)
    return Figure(name="means", path=path, pixel_hash=pixel_hash(path), data_hash="a" * 64)


def material(folder: Path, language: str, *, simulated: bool = False, rows: int = 1) -> Material:
    """Return what the sample report is made of; its picture is drawn into ``folder``."""
    return Material(
        results=results(),
        tables={"items": table(language, rows)},
        figures={"means": picture(folder)},
        facts={"province": "Lampung", "batches": (5, 6, 7), "level": 0.05, "held_on": ("2023-09-12", "2023-09-15")},
        simulated=simulated,
    )


@pytest.fixture
def sample_results() -> pd.DataFrame:
    return results()


@pytest.fixture
def sample_material() -> Callable[..., Material]:
    """Return the function ``(folder, language, simulated=False, rows=1) -> Material``."""
    return material


@pytest.fixture
def sample_templates() -> Path:
    return TEMPLATES


RECALCULATION = Recalculation(
    title="N-gain",
    inputs={
        "pre": ("Pretes", Cell(value=63, format="count")),
        "post": ("Postes", Cell(value=79, format="count")),
        "maximum": ("Maksimum", Cell(value=100, format="count")),
    },
    formula="=({post}-{pre})/({maximum}-{pre})",
    result=Cell(value=16 / 37, format="decimal2"),
)


@pytest.fixture(scope="session")
def written_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample report in all formats: Indonesian, and English marked as simulated."""
    folder = tmp_path_factory.mktemp("report")
    for language in ("id", "en"):
        write_report(
            material(folder, language, simulated=language == "en", rows=25),
            language,
            folder,
            subject=Subject(folder="lampung", years=frozenset({2023})),
            template="sample.md.j2",
            templates=TEMPLATES,
            recalculations=[RECALCULATION],
        )
    return folder


@pytest.fixture
def report_copy(written_report: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample report that a test may damage."""
    for path in written_report.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path
