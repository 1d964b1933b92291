"""``dampak verify``: documents against their claims, and claims against results computed afresh."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich.console import Console

from analysis.errors import OutputError, StudyError
from analysis.evaluation.findings import Finding, findings
from analysis.evaluation.findings.nation import national_findings
from analysis.notebook.folders import NATIONAL, Folders, province_folders
from analysis.pipeline.records import joined_files
from analysis.pipeline.verbs.run import RunOptions, run_options
from analysis.report.claims.record import CLAIMS_FILE, read_records
from analysis.report.content.nation_tables import national_figure_hashes
from analysis.report.content.opening import open_study
from analysis.report.content.pictures import figure_hashes
from analysis.report.disclosure.protection import protected
from analysis.report.verify.mismatch import Mismatch
from analysis.report.verify.verify import verify_claims, verify_figures, verify_file, verify_folder
from analysis.study.settings import Settings


def verify_command(folders: Folders, places: Sequence[str], language: str) -> int:
    """Verify provinces or files (all reports where none is named), print what is wrong, return the exit code."""
    console = Console()
    files = [Path(place) for place in places if Path(place).is_file()]
    named = [place for place in places if not Path(place).is_file()]
    reported = sorted(path.parent for path in folders.reports.glob(f"*/{CLAIMS_FILE}")) if files else []
    found: dict[str, list[Mismatch]] = {str(path): verify_file(path, reported) for path in files}
    provinces = _reported(folders, named) if named or not places else []
    fresh = _fresh_results(folders, provinces) if provinces else {}
    for province in provinces:
        found[province] = verify_province(folders, province, fresh[province])
    for name, mismatches in found.items():
        _print(console, name, mismatches, language)
    return 1 if any(found.values()) else 0


def _reported(folders: Folders, named: Sequence[str]) -> list[str]:
    known = [*province_folders(folders), NATIONAL]
    unknown = [name for name in named if name not in known]
    if unknown:
        raise StudyError(f"{', '.join(unknown)} is neither a file nor a province; known: {', '.join(known)}.")
    reported = [name for name in (named or known) if (folders.reports_of(name) / CLAIMS_FILE).is_file()]
    missing = sorted(set(named) - set(reported))
    if missing or not reported:
        raise StudyError(
            f"no report of {', '.join(missing) or 'any province'} in {folders.reports}: run dampak run first."
        )
    return reported


def _fresh_results(folders: Folders, provinces: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return the results of each province, computed again by its notebooks in a folder that nobody else uses."""
    with tempfile.TemporaryDirectory(prefix="dampak-verify-") as temporary:
        again = Folders(folders.data, Path(temporary) / "reports")
        names = tuple(name for name in provinces if name != NATIONAL)
        summary = run_options(RunOptions(folders=again, provinces=names, formats=""), Console(quiet=True))
        failures = [failure for each in summary.provinces for failure in each.failures if each.province in provinces]
        if failures:
            raise OutputError(f"the results cannot be computed again: {failures[0].job}: {failures[0].error}")
        return {name: pd.read_parquet(joined_files(again.reports_of(name))[0]) for name in provinces}


def verify_province(folders: Folders, province: str, fresh: pd.DataFrame) -> list[Mismatch]:
    """Return what differs: documents from claims, claims and figures from results and findings computed afresh."""
    folder, shown = folders.reports_of(province), protected(fresh)
    told = _fresh_findings(folders, province, shown)
    figures = figure_hashes(shown) | national_figure_hashes(shown)
    found = verify_folder(folder)
    for record in read_records(folder).values():
        found += verify_claims(record, shown, told)
        found += verify_figures(record, figures)
    return found


def _fresh_findings(folders: Folders, province: str, shown: pd.DataFrame) -> tuple[Finding, ...]:
    if province == NATIONAL:
        return national_findings(shown, Settings().alpha)
    study, _ = open_study(folders.raw_of(province), folders.processed_of(province), Settings())
    return findings(study, shown)


def _print(console: Console, name: str, mismatches: Sequence[Mismatch], language: str) -> None:
    console.print(f"{name}: {len(mismatches) or 'no'} mismatches", markup=False, highlight=False, soft_wrap=True)
    for each in mismatches:
        console.print(f"  {each.message(language)}", markup=False, highlight=False, soft_wrap=True)
