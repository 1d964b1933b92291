"""All documents of one province, or of the nation, from its joined results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.cleaning.reading.files import LETTERHEAD_FILE
from analysis.errors import SourceError
from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import Finding, findings, findings_frame
from analysis.evaluation.findings.nation import national_findings
from analysis.evaluation.national import NATION
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.writer import Figure, Material
from analysis.report.content.facts import study_facts
from analysis.report.content.nation import national_facts
from analysis.report.content.nation_tables import FOREST, national_figures, national_tables
from analysis.report.content.opening import open_study
from analysis.report.content.pictures import report_figures
from analysis.report.content.recalculations import recalculations
from analysis.report.content.subjects import instrument_names
from analysis.report.content.tables import report_tables
from analysis.report.disclosure.protection import protected
from analysis.report.documents.document import FORMATS, Written, write_report
from analysis.report.documents.names import Subject
from analysis.report.documents.problem_workbook import FILE as PROBLEM_WORKBOOK
from analysis.report.documents.problem_workbook import write_problem_workbook
from analysis.report.documents.workbook import RECALCULATION
from analysis.report.documents.writing import write_whole
from analysis.study.narrative import Narrative, load_narrative
from analysis.study.settings import Settings

RESULTS, FINDINGS = "results.parquet", "findings.csv"


def write_documents(
    reports_folder: Path,
    data_folder: Path,
    languages: Sequence[str],
    formats: Sequence[str] = FORMATS,
    failed_notebooks: Sequence[str] = (),
) -> list[Written]:
    """Write the documents of the study whose folder in the reports this is, once per language, and ``masalah.xlsx``.

    ``reports_folder`` is ``reports/<province>`` or ``reports/national`` and holds ``results.parquet``;
    ``data_folder`` holds ``raw`` and ``processed``. Parts that fail are left out and listed in what is returned;
    ``failed_notebooks`` have no results, and the documents say so. Raises SourceError where the results are missing,
    OutputError for a document open elsewhere.
    """
    stored = reports_folder / RESULTS
    if not stored.is_file():
        raise SourceError(f"{stored.name} is missing in {reports_folder.name}: run the notebooks of the study first.")
    results = pd.read_parquet(stored)
    if reports_folder.name == NATION:
        return [_write_nation(reports_folder, results, language, formats, failed_notebooks) for language in languages]
    results = protected(results)
    raw_folder = data_folder / "raw" / reports_folder.name
    study, _ = open_study(raw_folder, data_folder / "processed" / reports_folder.name, Settings())
    common = Guard(Settings().language)
    found = common.basis("findings", lambda: findings(study, results))
    common.attempt(Part.DOCUMENT, FINDINGS, lambda: write_findings(found, reports_folder), None)
    is_simulated = study.province.simulated
    problem_list = partial(write_problem_workbook, study.problems, raw_folder, reports_folder, simulated=is_simulated)
    common.attempt(Part.DOCUMENT, PROBLEM_WORKBOOK, problem_list, None)
    narrative = common.basis("narrative", lambda: load_narrative(raw_folder))
    subject = Subject(folder=reports_folder.name, years=frozenset({study.province.year}))
    letterhead = raw_folder / LETTERHEAD_FILE
    written = []
    for language in languages:
        data, guard = replace(study, settings=Settings(language=language)), common.speaking(language)
        figures_folder = reports_folder / "figures" / language
        material = study_material(
            data, results, language, figures_folder, narrative=narrative, found=found, guard=guard
        )
        computed_again = partial(recalculations, results, language)
        written.append(
            write_report(
                replace(material, failed_notebooks=tuple(failed_notebooks)),
                language,
                reports_folder,
                subject=subject,
                formats=formats,
                recalculations=guard.attempt(Part.SHEET, RECALCULATION, computed_again, []),
                letterhead=letterhead if letterhead.is_file() else None,
                guard=guard,
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
    found: tuple[Finding, ...] | None = None,
    guard: Guard | None = None,
) -> Material:
    """Return tables, figures (drawn into the folder), findings and facts of one study in a language.

    ``found`` are its findings, drawn from the results where they are not given; without a folder nothing is drawn.
    ``guard`` notes the parts that fail; without one the first error is raised.
    """
    guard = guard or Guard(language, is_strict=True)
    told = findings(data, results) if found is None else found
    return Material(
        results=results,
        tables=report_tables(data, results, language, guard),
        figures={} if figures_folder is None else report_figures(data, results, language, figures_folder, guard),
        facts=guard.basis("facts", lambda: study_facts(data, results, language, told, narrative, guard)),
        names=guard.basis("names", lambda: instrument_names(data.instrument, language)),
        findings=told,
        simulated=data.province.simulated,
    )


def national_material(
    results: pd.DataFrame, language: str, figures_folder: Path | None, guard: Guard | None = None
) -> Material:
    """Return tables, figures (drawn into the folder), findings and facts of the nation in a language.

    ``guard`` notes the parts that fail; without one the first error is raised.
    """
    guard = guard or Guard(language, is_strict=True)
    alpha = Settings().alpha
    told = guard.basis("findings", lambda: national_findings(results, alpha))
    figures: dict[str, Figure] = {}
    if figures_folder is not None:
        draw = partial(national_figures, results, language, figures_folder, alpha)
        figures = guard.attempt(Part.FIGURE, FOREST, draw, figures)
    return Material(
        results=results,
        tables=national_tables(results, language, guard),
        figures=figures,
        facts=guard.basis("facts", lambda: national_facts(results, language, told)),
        findings=told,
        simulated=bool(len(results)) and bool(results["simulated"].all()),
    )


def write_findings(found: Sequence[Finding], folder: Path) -> None:
    """Write the findings of a study, or of the nation, into its reports folder; those of an earlier run go first."""
    (folder / FINDINGS).unlink(missing_ok=True)
    content = findings_frame(found).to_csv(index=False, lineterminator="\n")
    write_whole(folder / FINDINGS, content.encode(), Settings().language)


def _write_nation(
    folder: Path, results: pd.DataFrame, language: str, formats: Sequence[str], failed_notebooks: Sequence[str]
) -> Written:
    guard = Guard(language)
    material = national_material(results, language, folder / "figures" / language, guard)
    guard.attempt(Part.DOCUMENT, FINDINGS, lambda: write_findings(material.findings, folder), None)
    return write_report(
        replace(material, failed_notebooks=tuple(failed_notebooks)),
        language,
        folder,
        subject=Subject(folder=NATION, years=frozenset(int(year) for year in results["year"].dropna().unique())),
        template="nation.md.j2",
        formats=formats,
        guard=guard,
    )
