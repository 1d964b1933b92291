"""A notebook's session: the study that its cells ask, and the results that it leaves behind."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from IPython.display import display

from analysis.errors import OutputError, ParameterError
from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import RESULT_COLUMNS, Outcome, StudyIdentity, results_frame
from analysis.notebook.folders import NATIONAL, Folders, find_folders, results_files
from analysis.notebook.mark import MARK_TYPE, mark
from analysis.notebook.words import use_language
from analysis.study.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What ``begin`` returns: the notebook's title, the province that it handles, and what there is to ask.

    ``results`` holds the joined results of all provinces (empty columns-only table in a province's notebook).
    """

    notebook: str
    province: str
    folders: Folders
    settings: Settings
    study: StudyData | None
    results: pd.DataFrame

    @property
    def data(self) -> StudyData:
        """Return the province's definition and tables; the nation has none of its own."""
        if self.study is None:
            raise ParameterError(
                f"{self.notebook} looks at the whole nation, which has no tables of its own; ask study.results."
            )
        return self.study

    @property
    def language(self) -> str:
        """Return the language of what the notebook shows."""
        return self.settings.language


def begin(
    notebook: str,
    *,
    province: str,
    data_dir: str = "data",
    reports_dir: str = "reports",
    batches: Sequence[str | int] = (),
    alpha: float = 0.05,
    language: str = "id",
    seed: int = 20230,
    resamples: int = 9_999,
    minimum_cell: int = 5,
) -> Session:
    """Open a province (or ``"national"``) for a notebook: check the parameters, bring its tables up to date.

    ``notebook`` is the notebook's own file name without suffix, under which :func:`finish` keeps the results.

    Raises
    ------
    ParameterError
        If a parameter has a value that is not allowed.
    StudyError
        If the folder of the data or of the province is not found.
    """
    settings = Settings(
        batches=tuple(str(batch) for batch in batches),
        alpha=alpha,
        language=language,  # type: ignore[arg-type]  # checked by Settings
        seed=seed,
        resamples=resamples,
        minimum_cell=minimum_cell,
    )
    use_language(language)
    folders = find_folders(data_dir, reports_dir)
    is_nation = province == NATIONAL
    return Session(
        notebook=notebook,
        province=province,
        folders=folders,
        settings=settings,
        study=None if is_nation else _study(folders, province, settings),
        results=all_results(folders) if is_nation else no_results(),
    )


def finish(session: Session, *answers: Outcome) -> None:
    """Keep the results of a notebook in ``reports/<province>/results/<notebook>.parquet``, and mark its end.

    The file appears when it is complete. Raises ``OutputError`` when it cannot be written.
    """
    filled = [answer.results for answer in answers if len(answer.results)]
    results = pd.concat(filled, ignore_index=True) if filled else no_results()
    path = session.folders.reports_of(session.province) / "results" / f"{session.notebook}.parquet"
    write_parquet(results, path)
    sentence = f"{session.notebook} · {session.province} · {len(results)} → {path.name}"
    content = mark(session.notebook, session.province, len(results))
    display({MARK_TYPE: content, "text/plain": sentence}, raw=True)  # type: ignore[no-untyped-call]


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a table; the file appears when it is complete. Raises ``OutputError`` with the remedy."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}). Close the program that holds it open, free "
            "space on the disk or choose another folder: --reports DIR, in a notebook reports_dir."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def no_results() -> pd.DataFrame:
    """Return a results table without rows."""
    return results_frame(StudyIdentity("", "", "", 0, False), [])


def all_results(folders: Folders) -> pd.DataFrame:
    """Return the results of all provinces that have any, in the order of their folder names."""
    tables = []
    for path in results_files(folders).values():
        tables.append(pd.read_parquet(path))
        if tuple(tables[-1].columns) != RESULT_COLUMNS:
            raise OutputError(f"{path} does not have the columns of the results table; run the province again.")
    return pd.concat(tables, ignore_index=True) if tables else no_results()
