"""All documents of one province, or of the nation, from its joined results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.cleaning.reading.files import LETTERHEAD_FILE
from analysis.errors import SourceError
from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import Finding, findings, findings_frame
from analysis.evaluation.findings.nation import national_findings
from analysis.evaluation.national import NATION
from analysis.report.claims.writer import Material
from analysis.report.content.facts import study_facts
from analysis.report.content.nation import national_facts
from analysis.report.content.nation_tables import national_figures, national_tables
from analysis.report.content.opening import open_study
from analysis.report.content.pictures import report_figures
from analysis.report.content.recalculations import recalculations
from analysis.report.content.subjects import instrument_names
from analysis.report.content.tables import report_tables
from analysis.report.disclosure.protection import protected
from analysis.report.documents.document import FORMATS, Written, write_report
from analysis.report.documents.names import Subject
from analysis.report.documents.problem_workbook import write_problem_workbook
from analysis.report.documents.writing import write_whole
from analysis.study.narrative import Narrative, load_narrative
from analysis.study.settings import Settings

RESULTS, FINDINGS = "results.parquet", "findings.csv"


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
    found = findings(study, results)
    write_findings(found, reports_folder)
    write_problem_workbook(study.problems, raw_folder, reports_folder, simulated=study.province.simulated)
    narrative = load_narrative(raw_folder)
    subject = Subject(folder=reports_folder.name, years=frozenset({study.province.year}))
    written = []
    for language in languages:
        data = replace(study, settings=Settings(language=language))
        material = study_material(
            data, results, language, reports_folder / "figures" / language, narrative=narrative, found=found
        )
        letterhead = raw_folder / LETTERHEAD_FILE
        written.append(
            write_report(
                material,
                language,
                reports_folder,
                subject=subject,
                formats=formats,
                recalculations=recalculations(results, language),
                letterhead=letterhead if letterhead.is_file() else None,
            )
        )
    return written


def study_material(
    data: StudyData,
    results: pd.DataFrame,
    language: str,
    figures_folder: Path | None,
    *,
    narrative: Narrative | None = None,
    found: Sequence[Finding] | None = None,
) -> Material:
    """Return tables, figures (drawn into the folder), findings and facts of one study in a language.

    ``found`` are its findings, drawn from the results where they are not given; without a folder nothing is drawn.
    """
    told = findings(data, results) if found is None else tuple(found)
    return Material(
        results=results,
        tables=report_tables(data, results, language),
        figures={} if figures_folder is None else report_figures(data, results, language, figures_folder),
        facts=study_facts(data, results, language, told, narrative),
        names=instrument_names(data.instrument, language),
        findings=told,
        simulated=data.province.simulated,
    )


def national_material(results: pd.DataFrame, language: str, figures_folder: Path | None) -> Material:
    """Return tables, figures (drawn into the folder), findings and facts of the nation in a language."""
    alpha = Settings().alpha
    told = national_findings(results, alpha)
    return Material(
        results=results,
        tables=national_tables(results, language),
        figures={} if figures_folder is None else national_figures(results, language, figures_folder, alpha),
        facts=national_facts(results, language, told),
        findings=told,
        simulated=bool(len(results)) and bool(results["simulated"].all()),
    )


def write_findings(found: Sequence[Finding], folder: Path) -> None:
    """Write the findings of a study, or of the nation, into its reports folder."""
    content = findings_frame(found).to_csv(index=False, lineterminator="\n")
    write_whole(folder / FINDINGS, content.encode(), Settings().language)


def _write_nation(folder: Path, results: pd.DataFrame, language: str, formats: Sequence[str]) -> Written:
    material = national_material(results, language, folder / "figures" / language)
    write_findings(material.findings, folder)
    subject = Subject(folder=NATION, years=frozenset(int(year) for year in results["year"].dropna().unique()))
    return write_report(material, language, folder, subject=subject, template="nation.md.j2", formats=formats)
