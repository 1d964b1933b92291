"""A study from its folders: definition, tables brought up to date, problem list."""

from __future__ import annotations

from pathlib import Path

from analysis.cleaning.clean import Cleaned
from analysis.cleaning.processed import bring_up_to_date
from analysis.evaluation.data import StudyData, split_comparison
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training


def open_study(raw_folder: Path, processed_folder: Path, settings: Settings) -> tuple[StudyData, Cleaned]:
    """Return a province with its tables brought up to date, and what cleaning did.

    ``raw_folder`` is ``data/raw/<province>``. Raises StudyError for a faulty definition, ParameterError for
    batches that the study does not have.
    """
    province = load_province(raw_folder)
    settings.batches_of(province)
    cleaned = bring_up_to_date(raw_folder, processed_folder)
    tables, comparison = split_comparison(cleaned.tables, province)
    study = StudyData(
        province=province,
        training=load_training(province.training),
        instrument=load_instrument(raw_folder),
        settings=settings,
        tables=tables,
        problems=cleaned.problems,
        comparison=comparison,
    )
    return study, cleaned
