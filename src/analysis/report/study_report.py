"""The report of one study: its definition and joined results in, the documents of each language out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import SourceError
from analysis.report.document import Written, write_report
from analysis.report.figure_files import draw_figures
from analysis.report.published_tables import contrasts_table, means_table
from analysis.report.subjects import instrument_names
from analysis.report.writer import Material
from analysis.study.instrument import Instrument, load_instrument
from analysis.study.province import Province, load_province
from analysis.study.settings import Settings
from analysis.study.training import Training, load_training

_HEADLINE, _ALL_PAIRS = ("published.total", "published.aspects"), ("published.pairs",)


def write_documents(
    reports_folder: Path, data_folder: Path, languages: Sequence[str], formats: Sequence[str]
) -> list[Written]:
    """Write the documents of the study that ``reports_folder`` is named after, in each language.

    Reads its joined results (``results.parquet``) and its definition (``data/raw/<study>``). Raises
    :class:`SourceError` where the results are missing, :class:`OutputError` for a document open elsewhere.
    """
    stored = reports_folder / "results.parquet"
    if not stored.is_file():
        raise SourceError(f"{stored.name} is missing in {reports_folder.name}: run the notebooks of the study first.")
    results = pd.read_parquet(stored)
    raw = data_folder / "raw" / reports_folder.name
    province = load_province(raw)
    letterhead = raw / "kop.docx"
    written = []
    for language in languages:
        material = study_material(
            results, province, load_instrument(raw), load_training(province.training), language, reports_folder
        )
        written.append(
            write_report(
                material,
                language,
                reports_folder,
                formats=formats,
                letterhead=letterhead if letterhead.is_file() else None,
            )
        )
    return written


def study_material(
    results: pd.DataFrame,
    province: Province,
    instrument: Instrument,
    training: Training,
    language: str,
    reports_folder: Path,
) -> Material:
    """Return what the report of a study is made of, its figures drawn into ``figures/<language>``."""
    settings = Settings()
    names = instrument_names(instrument, language)
    by_aspect = {aspect.id: tuple(item.id for item in instrument.items_of(aspect.id)) for aspect in instrument.aspects}
    tables = [
        means_table(results, language, names, by_aspect),
        contrasts_table("headline", results, language, names, _HEADLINE),
        contrasts_table("pairs", results, language, names, _ALL_PAIRS),
    ]
    return Material(
        results=results,
        tables={table.name: table for table in tables if table is not None},
        figures=draw_figures(results, instrument, settings, language, reports_folder / "figures" / language),
        facts=_facts(province, instrument, training, settings, language) | {"names": names},
        simulated=province.simulated,
    )


def _facts(
    province: Province, instrument: Instrument, training: Training, settings: Settings, language: str
) -> dict[str, Any]:
    def own(thing: Any, name: str) -> Any:
        return getattr(thing, f"{name}_{language}", None) or getattr(thing, f"{name}_en")

    return {
        "province": province.name,
        "year": province.year,
        "batches": province.batches,
        "training": own(training, "title"),
        "programme": own(training, "programme"),
        "objective": own(training, "objective"),
        "legal_basis": [(basis.citation, own(basis, "about")) for basis in training.legal_basis],
        "class_size": training.guide.class_size,
        "alpha": settings.alpha,
        "scale": (instrument.scale_low, instrument.scale_high),
        "statements": {statement.id: statement for statement in province.statement},
        "sources": list(dict.fromkeys(source.description for source in province.source)),
    }
