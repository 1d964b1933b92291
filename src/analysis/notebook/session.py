"""A notebook's session: the study that its cells ask, and the results that it leaves behind."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from IPython.display import display
from matplotlib.axes import Axes

from analysis.cleaning.clean import Cleaned
from analysis.cleaning.provenance import Provenance, require_one_key
from analysis.cleaning.tables.ledger import SheetAccount
from analysis.errors import DampakError, OutputError, ParameterError
from analysis.evaluation.bands import band_edges
from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, StudyIdentity, results_frame
from analysis.figures.style import Words
from analysis.notebook.display import Screen
from analysis.notebook.folders import NATIONAL, Folders, find_folders, province_folders
from analysis.notebook.kinds import FOR_A_PROVINCE, NEEDS, DataKind, counterpart, is_for
from analysis.notebook.questions import kinds_of
from analysis.report.content.accounts import row_classes
from analysis.report.content.opening import open_study
from analysis.report.content.subjects import figure_words, level_words
from analysis.study.settings import Settings
from analysis.words.catalogue import Catalogue, catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What ``begin`` returns: the notebook's title, the province that it handles, and what there is to ask.

    ``account`` says what each raw file was read as; ``studies`` holds only the one province. In a notebook of
    the nation ``studies`` holds every province that can be read, ``account`` which those are. ``screen`` is what its
    cells show on, ``kinds`` what a province has of the data that not every province has.
    """

    notebook: str
    province: str
    folders: Folders
    settings: Settings
    studies: tuple[StudyData, ...]
    account: pd.DataFrame
    kinds: frozenset[DataKind]
    screen: Screen

    @property
    def data(self) -> StudyData:
        """Return the province's definition and tables; the nation has none of its own."""
        if self.province == NATIONAL:
            raise ParameterError(
                f"{self.notebook} looks at the whole nation, which has no tables of its own; ask study.studies."
            )
        return self.studies[0]

    @property
    def language(self) -> str:
        """Return the language of what the notebook shows."""
        return self.settings.language

    @property
    def words(self) -> Words:
        """Return the words of the figures in the notebook's language."""
        return figure_words(self.language, self.data.instrument)

    @property
    def guide(self) -> pd.DataFrame:
        """Return what each notebook answers, what data it needs, and whether this province has them."""
        words = catalogue(self.language)
        rows = [
            (
                title,
                words.text(title, "notebook"),
                words.text(NEEDS.get(title, "any"), "notebook needs"),
                words.text("yes" if is_for(title, self.kinds) else "no", "notebook here"),
            )
            for title in FOR_A_PROVINCE
        ]
        return pd.DataFrame(rows, columns=["notebook", "answers", "needs", "here"])

    @property
    def items_by_aspect(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the questionnaire's items by aspect, in the order of the form."""
        instrument = self.data.instrument
        return {aspect.id: tuple(item.id for item in instrument.items_of(aspect.id)) for aspect in instrument.aspects}

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Return the ids of the questionnaire's items in the order of the form."""
        return self.data.instrument.item_ids

    @property
    def level_labels(self) -> dict[int, str]:
        """Return the words of each level of the scale, lowest first, in the notebook's language."""
        return dict(sorted(level_words(self.data.instrument, self.language).items()))

    @property
    def thresholds(self) -> dict[str, float | None]:
        """Return the thresholds of the training's guide by the share that they belong to."""
        guide = self.data.training.guide
        return {
            "attended/registered": guide.attendance_share_minimum,
            "forms/attended": guide.forms_returned_share_minimum,
        }

    @property
    def band_edges(self) -> tuple[float, ...]:
        """Return the edges of the rating categories of the questionnaire's scale."""
        return band_edges(self.data.instrument.scale_low, self.data.instrument.scale_high)


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
        language=language,
        seed=seed,
        resamples=resamples,
        minimum_cell=minimum_cell,
    )
    folders = find_folders(data_dir, reports_dir)
    kinds: frozenset[DataKind] = frozenset()
    if province == NATIONAL:
        studies, account = open_all_studies(folders, settings)
    else:
        study, cleaned = _opened(folders, province, settings)
        studies, account, kinds = (study,), account_frame(cleaned.account, language), kinds_of(study)
    is_dark = province != NATIONAL and not is_for(notebook, kinds)
    if is_dark:
        Screen(language).say(elsewhere(notebook, province, kinds, language))
    session = Session(
        notebook=notebook,
        province=province,
        folders=folders,
        settings=settings,
        studies=studies,
        account=account,
        kinds=kinds,
        screen=Screen(language, is_dark),
    )
    _begun[:] = [session]
    return session


# The session of this kernel, which ``show`` shows on: the last one begun, none before the first.
_begun: list[Session] = []


def show(
    *things: Outcome | pd.DataFrame | Axes | list[Axes],
    subjects: Sequence[str] | None = None,
    quantities: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
) -> None:
    """Show outcomes, tables or figures, one below the other, in the language that ``begin`` chose.

    ``subjects`` limits outcomes to these subjects, with all suppositions that stand behind them ("total" also shows
    "total|n=288"; an entry that ends in "=" stands for all that begin so), ``quantities`` to these names of estimates,
    ``units`` to these sampling units; where none of the rows is chosen, that is said. What data the study does not have
    is said once; the other cells that need them stay empty. Outcomes that cannot be answered for another reason stand
    together in one table that says why. A notebook for data that the province does not have shows nothing. Raises
    :class:`ParameterError` for anything else than an outcome, a table, or Axes of one figure.
    """
    screen = _begun[0].screen if _begun else Screen()
    screen.show(*things, subjects=subjects, quantities=quantities, units=units)


def elsewhere(notebook: str, province: str, kinds: Collection[DataKind], language: str) -> str:
    """Return the sentence that a province does not have what a notebook needs, and which notebook to open."""
    words = catalogue(language)
    other = counterpart(notebook, kinds)
    parts = {"province": province, "needs": words.text(NEEDS[notebook], "notebook needs")}
    if other is None:
        return words.filled("{province} has no {needs}", parts)
    return words.filled("{province} has no {needs}: open {notebook}", {**parts, "notebook": other})


def open_all_studies(folders: Folders, settings: Settings) -> tuple[tuple[StudyData, ...], pd.DataFrame]:
    """Return every province that can be read, and an account of all: those that cannot be read say why.

    One faulty province must not keep the nation from the others, nor vanish from it unsaid. Raises SourceError
    where the people of real provinces were coded with different keys.
    """
    studies: list[StudyData] = []
    provenances: dict[str, Provenance] = {}
    lines: list[tuple[str, bool, str | None]] = []
    for name in province_folders(folders):
        try:
            study, cleaned = _opened(folders, name, settings)
        except DampakError as error:
            lines.append((name, False, str(error)))
        else:
            studies.append(study)
            if not study.province.simulated:
                provenances[name] = cleaned.provenance
            lines.append((name, True, None))
    require_one_key(provenances)
    return tuple(studies), pd.DataFrame(lines, columns=["study", "included", "reason"])


def _opened(folders: Folders, name: str, settings: Settings) -> tuple[StudyData, Cleaned]:
    return open_study(folders.raw_of(name), folders.processed_of(name), settings)


def _in_words(reason: str, words: Catalogue) -> str:
    return words.text(reason, "dropped") if words.has(reason, "dropped") else reason


def account_frame(accounts: Sequence[SheetAccount], language: str) -> pd.DataFrame:
    """Return what each sheet was read as and why, with its rows by what became of them and by class, as a table."""
    words = catalogue(language)
    rows = [
        (
            account.file,
            account.sheet,
            account.read_as,
            account.rows_in,
            account.rows_kept,
            ", ".join(f"{_in_words(reason, words)}: {count}" for reason, count in account.dropped.items()) or None,
            account.because or None,
            row_classes(account, words) or None,
        )
        for account in accounts
    ]
    columns = ["file", "sheet", "read_as", "rows_in", "rows_kept", "rows_dropped", "because", "row_classes"]
    return pd.DataFrame(rows, columns=columns)


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


# A notebook without an output of this type did not reach its end, whatever its last cell looks like.
MARK_TYPE = "application/vnd.dampak.finished+json"


def mark(notebook: str, province: str, rows: int) -> dict[str, object]:
    """Return the mark's content: the notebook's title, the province that it handled, the rows it wrote."""
    return {"notebook": notebook, "province": province, "rows": rows}
