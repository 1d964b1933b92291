"""All documents of one province, or of the nation, from its joined results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.cleaning.reading.files import LETTERHEAD_FILE
from analysis.errors import SourceError
from analysis.evaluation.data import StudyData
from analysis.evaluation.national import NATION
from analysis.report.claims.writer import Material
from analysis.report.content.facts import study_facts
from analysis.report.content.nation import national_facts
from analysis.report.content.nation_tables import national_figures, national_tables
from analysis.report.content.opening import open_study
from analysis.report.content.pictures import report_figures
from analysis.report.content.recalculations import recalculations
from analysis.report.content.tables import report_tables
from analysis.report.disclosure.protection import protected
from analysis.report.documents.document import FORMATS, Written, write_report
from analysis.report.documents.problem_workbook import write_problem_workbook
from analysis.study.narrative import Narrative, load_narrative
from analysis.study.settings import Settings

RESULTS = "results.parquet"


def write_documents(
    reports_folder: Path, data_folder: Path, languages: Sequence[str], formats: Sequence[str] = FORMATS
) -> list[Written]:
    """Write the documents of the study whose folder in the reports this is, once per language, and ``masalah.xlsx``.

    ``reports_folder`` is ``reports/<province>`` or ``reports/national`` and holds ``results.parquet``;
    ``data_folder`` holds ``raw`` and ``processed``. Raises SourceError where the results are missing, OutputError
    for a document open elsewhere.
    """
    stored = reports_folder / RESULTS
    if not stored.is_file():
        raise SourceError(f"{stored.name} is missing in {reports_folder.name}: run the notebooks of the study first.")
    results = pd.read_parquet(stored)
    if reports_folder.name == NATION:
        return [_write_nation(reports_folder, results, language, formats) for language in languages]
    results = protected(results)
    raw_folder = data_folder / "raw" / reports_folder.name
    study, _ = open_study(raw_folder, data_folder / "processed" / reports_folder.name, Settings())
    write_problem_workbook(study.problems, raw_folder, reports_folder, simulated=study.province.simulated)
    narrative = load_narrative(raw_folder)
    written = []
    for language in languages:
        data = replace(study, settings=Settings(language=language))
        material = study_material(data, results, language, reports_folder / "figures" / language, narrative)
        letterhead = raw_folder / LETTERHEAD_FILE
        written.append(
            write_report(
                material,
                language,
                reports_folder,
                formats=formats,
                recalculations=recalculations(results, language),
                letterhead=letterhead if letterhead.is_file() else None,
            )
        )
    return written


def study_material(
    data: StudyData, results: pd.DataFrame, language: str, figures_folder: Path, narrative: Narrative | None = None
) -> Material:
    """Return tables, figures (drawn into the folder) and facts of one study in a language, for whatever it has."""
    return Material(
        results=results,
        tables=report_tables(data, results, language),
        figures=report_figures(data, results, language, figures_folder),
        facts=study_facts(data, results, language, narrative),
        simulated=data.province.simulated,
    )


def _write_nation(folder: Path, results: pd.DataFrame, language: str, formats: Sequence[str]) -> Written:
    material = Material(
        results=results,
        tables=national_tables(results, language),
        figures=national_figures(results, language, folder / "figures" / language, Settings().alpha),
        facts=national_facts(results, language),
        simulated=bool(len(results)) and bool(results["simulated"].all()),
    )
    return write_report(material, language, folder, template="nation.md.j2", formats=formats)
