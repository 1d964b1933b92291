"""From a province folder to tidy tables: read, correct, recognise, clean, check, account for every row."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.cleaning.definitions import (
    apply_corrections,
    column_entry_problems,
    complete_scores,
    file_entry_problems,
    narrative_problems,
)
from analysis.cleaning.forms.averages import details_problem, is_details
from analysis.cleaning.forms.templates import is_explanation, is_unfilled
from analysis.cleaning.people.participants import PARTICIPANTS, is_impersonal
from analysis.cleaning.problems.decisions import Case
from analysis.cleaning.problems.problem import Problem, Severity, problems_frame
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.provenance import Provenance, provenance_of
from analysis.cleaning.reading.copies import without_copies
from analysis.cleaning.reading.files import raw_files
from analysis.cleaning.reading.process import read_file
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.registry import KINDS, Recognition, recognise
from analysis.cleaning.tables.evidence import NO_DATA
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.invisible import without_invisible_marks
from analysis.cleaning.tables.kinds import Context, Found
from analysis.cleaning.tables.ledger import SheetAccount, joined, unread_account
from analysis.cleaning.tables.lexicon import lexicon_of
from analysis.cleaning.tables.parts import parts_of
from analysis.cleaning.tables.recognise import explained_questions
from analysis.errors import DampakError, SourceError
from analysis.study.instrument import load_instrument
from analysis.study.province import Province, load_province
from analysis.study.training import load_training

NOT_READ = "not read"
LOCK_FILE = "lock file"
EMPTY_SHEET = "empty sheet"
EXPLANATION = "explaining sheet"
UNFILLED = "template not filled in"
COPY = "copy of another file"
DECLARED = "declared as no data"
DETAILS_BESIDE = "details beside averages"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A study's tidy tables by name, the problem list, the account of every sheet, and where it came from.

    ``cases`` are the doubts that persons have to decide, with what the rows hold: never written into results.
    """

    study: str
    tables: Mapping[str, pd.DataFrame]
    problems: pd.DataFrame
    account: tuple[SheetAccount, ...]
    provenance: Provenance
    cases: tuple[Case, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Tell whether a problem of severity error is open."""
        return bool((self.problems["severity"] == Severity.ERROR).any())


def load_context(folder: Path) -> Context:
    """Return the definitions of the study in ``folder``; StudyError where one has a fault."""
    province = load_province(folder)
    return Context(folder, province, load_training(province.training), load_instrument(folder))


def clean_province(folder: Path) -> Cleaned:
    """Return the tidy tables of a province folder (``data/raw/<province>``) without writing anything.

    Every file is read as what its header says; what cannot be read, was changed or is in doubt stands in
    ``problems``. Raises StudyError where a definition has a fault, SourceError where a table breaks the
    contract of processed tables or the program has a fault.
    """
    context = load_context(folder)
    with hiding_raw_values(context.province.study):
        return _clean(folder, context)


def _clean(folder: Path, context: Context) -> Cleaned:
    sheets, problems, accounts = _read_all(folder, context.province)
    sheets, left_out = _without_templates(sheets)
    accounts += left_out
    problems += [details_problem(one.file, one.sheet) for one in left_out if one.read_as == DETAILS_BESIDE]
    sheets, copies, told = without_copies(sheets)
    accounts += [unread_account(sheet, COPY) for sheet in copies]
    problems += told
    sheets, notes = apply_corrections(
        sheets, context.province.corrections, lambda sheet, column: _may_show(sheet, column, context)
    )
    problems += column_entry_problems(context, sheets)
    sheets, told = without_invisible_marks(sheets)
    problems += told
    sheets, declared = _without_declared(sheets, context.province)
    accounts += declared
    context = replace(context, questions=_questions(sheets, context))
    recognition = _Recognising(context)
    sheets = tuple(part for sheet in sheets for part in parts_of(sheet, recognition.header_of))
    found, faults, unread = _recognise_all(sheets, recognition)
    problems = _with_headers(problems, found)
    problems += [*notes, *faults, *narrative_problems(folder)]
    accounts += unread
    tables: dict[str, pd.DataFrame] = {}
    cases: tuple[Case, ...] = ()
    for kind in KINDS:
        cleaning = kind.clean(found.get(kind.name, []), context)
        tables |= cleaning.tables
        problems += cleaning.problems
        accounts += cleaning.accounts
        cases += cleaning.cases
    tables = complete_scores(tables, context.province)
    _check_tables(tables, context)
    ordered = sorted(joined(accounts), key=lambda account: (account.file, account.sheet or ""))
    counted = tuple(_with_doubts(account, ordered, problems) for account in ordered)
    has_people = "participants" in tables or "responses" in tables
    provenance = provenance_of(folder, has_people=has_people, simulated=context.province.simulated)
    return Cleaned(context.province.study, tables, problems_frame(problems), counted, provenance, cases)


def _read_all(folder: Path, province: Province) -> tuple[tuple[Sheet, ...], list[Problem], list[SheetAccount]]:
    """Return all sheets of all raw files, with the problems and accounts of files that could not be read."""
    files = raw_files(folder)
    problems = file_entry_problems(province, files.tables)
    problems += [problem("lock_file", file) for file in files.locks]
    problems += files.problems()
    accounts = [SheetAccount(file, None, LOCK_FILE) for file in files.locks]
    sheets: list[Sheet] = []
    for file in files.tables:
        reading = read_file(folder / file, file)
        problems += reading.problems
        sheets += reading.sheets
        if not reading.sheets:
            accounts.append(SheetAccount(file, None, NOT_READ))
    return tuple(sheets), problems, accounts


def _without_templates(sheets: tuple[Sheet, ...]) -> tuple[tuple[Sheet, ...], list[SheetAccount]]:
    """Return the sheets that may hold data, and accounts of what templates explain or leave open."""
    templates = {sheet.file for sheet in sheets if is_explanation(sheet)}
    pairs = [(sheet, _read_as_template(sheet, templates)) for sheet in sheets]
    accounts = [unread_account(sheet, reason) for sheet, reason in pairs if reason is not None]
    return tuple(sheet for sheet, reason in pairs if reason is None), accounts


def _read_as_template(sheet: Sheet, templates: set[str]) -> str | None:
    """Return what a sheet is in a template where it holds no table, else None."""
    if is_explanation(sheet):
        return EXPLANATION
    if sheet.file in templates and is_unfilled(sheet):
        return UNFILLED
    return DETAILS_BESIDE if is_details(sheet) else None


def _without_declared(sheets: tuple[Sheet, ...], province: Province) -> tuple[tuple[Sheet, ...], list[SheetAccount]]:
    """Return the sheets that may hold data, and accounts of those that ``[files]`` declares to hold none."""
    declared = [province.setting_of(sheet.file, sheet.name).is_no_data for sheet in sheets]
    pairs = list(zip(sheets, declared, strict=True))
    return (
        tuple(sheet for sheet, is_no_data in pairs if not is_no_data),
        [unread_account(sheet, DECLARED) for sheet, is_no_data in pairs if is_no_data],
    )


def _questions(sheets: Sequence[Sheet], context: Context) -> dict[str, str]:
    """Return what lists of questions among the sheets explain: the item of each code."""
    lexicon = lexicon_of(context)
    return {code: item for sheet in sheets for code, item in explained_questions(sheet, lexicon).items()}


class _Recognising:
    """What sheets are, each recognised once: to part them into tables, and to read them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[int, tuple[Sheet, Recognition]] = {}  # by identity of the sheet, which is kept alive

    def of(self, sheet: Sheet) -> Recognition:
        """Return what a sheet is."""
        if id(sheet) not in self._known:
            self._known[id(sheet)] = (sheet, recognise(sheet, self._context))
        return self._known[id(sheet)][1]

    def header_of(self, sheet: Sheet) -> Header | None:
        """Return the header of a sheet that some kind of table can read, None for any other."""
        found = self.of(sheet).found if not _is_empty(sheet) else None
        return None if found is None else found.header


def _with_doubts(account: SheetAccount, accounts: Sequence[SheetAccount], problems: Sequence[Problem]) -> SheetAccount:
    """Return an account with the number of its errors and doubts; those of a whole file stand at its first sheet."""
    first = next(one for one in accounts if one.file == account.file)
    here = [
        one
        for one in problems
        if one.file == account.file and (one.sheet == account.sheet or (one.sheet is None and account is first))
    ]
    counts = {severity: sum(one.severity == severity for one in here) for severity in (Severity.ERROR, Severity.DOUBT)}
    return account.knowing({"errors": counts[Severity.ERROR], "doubts": counts[Severity.DOUBT]})


def _recognise_all(
    sheets: tuple[Sheet, ...], recognition: _Recognising
) -> tuple[dict[str, list[Found]], list[Problem], list[SheetAccount]]:
    """Return the sheets of each kind of table, and problems and accounts of those that are not read.

    A strange sheet beside one that is read (a remark in a workbook) is a doubt; alone in its file an error.
    """
    found: dict[str, list[Found]] = {}
    problems: list[Problem] = []
    accounts: list[SheetAccount] = []
    results = [(sheet, recognition.of(sheet)) for sheet in sheets if not _is_empty(sheet)]
    read = {sheet.file for sheet, result in results if result.found is not None}
    for sheet in sheets:
        if _is_empty(sheet):
            accounts.append(unread_account(sheet, EMPTY_SHEET))
            if all(_is_empty(other) for other in sheets if other.file == sheet.file):
                problems.append(problem("file_empty", sheet.file))
    for sheet, result in results:
        if result.kind is not None and result.found is not None:
            found.setdefault(result.kind.name, []).append(result.found)
            continue
        rules = {told.rule for told in result.problems}
        accounts.append(unread_account(sheet, next(iter(rules)) if len(rules) == 1 and rules <= NO_DATA else NOT_READ))
        problems += [_beside_read(told) if sheet.file in read else told for told in result.problems]
    return found, problems, accounts


def _with_headers(problems: Sequence[Problem], found: Mapping[str, Sequence[Found]]) -> list[Problem]:
    """Return the problems with the header of the column of each cell that was told before its table was known."""
    tables = [one for kind in found.values() for one in kind]
    named = []
    for told in problems:
        table = next((one for one in tables if _holds(one.sheet, told)), None)
        is_lone_cell = told.rule in ("error_cell", "formula_without_value") and told.cell is not None
        header = _header_above(table, str(told.cell)) if table and is_lone_cell else None
        named.append(replace(told, column=header) if header else told)
    return named


def _holds(sheet: Sheet, told: Problem) -> bool:
    """Tell whether the cell of a problem stands on a sheet, or on this part of it."""
    if (sheet.file, sheet.name) != (told.file, told.sheet) or told.cell is None:
        return False
    return 0 <= sheet.place(told.cell)[0] < len(sheet.rows)


def _header_above(table: Found, cell: str) -> str | None:
    """Return what the header prints above a cell, None where the cell does not stand below it."""
    row, column = table.sheet.place(cell)
    cells = table.sheet.rows[table.header.label_row]
    return cell_text(cells[column]) or None if row > table.header.label_row and 0 <= column < len(cells) else None


def _may_show(sheet: Sheet, column: int, context: Context) -> bool:
    """Tell whether values of a column may be shown: of a published table, or a known column about no person."""
    kind = recognise(sheet, context).kind
    return kind is not None and (kind.name != PARTICIPANTS or is_impersonal(sheet, column, context))


def _beside_read(told: Problem) -> Problem:
    """Return an unrecognised sheet's problem as the doubt that it is in a file of which another sheet is read."""
    if told.rule != "file_unrecognised":
        return told
    return problem("sheet_unrecognised", told.file, sheet=told.sheet, value=told.value)


def _is_empty(sheet: Sheet) -> bool:
    return not any(str(cell).strip() for row in sheet.rows for cell in row)


def _check_tables(tables: Mapping[str, pd.DataFrame], context: Context) -> None:
    from analysis.cleaning.printed.schemas import check_table  # its library takes most of a second to import

    for name, table in tables.items():
        check_table(name, table, context)


_PACKAGE = Path(__file__).parents[1]


@contextmanager
def hiding_raw_values(study: str) -> Iterator[None]:
    """Turn an unforeseen error into a SourceError that names study, error and line.

    Messages of other libraries often quote the value that they stumbled over, and a failed notebook keeps them.
    """
    try:
        yield
    except DampakError:
        raise
    except Exception as error:
        raise SourceError(
            f"{study}: cleaning stopped at {_place(error)} ({type(error).__name__}). This is a fault of the program: "
            "report it with this line; what the error says may quote raw data and is not shown."
        ) from None


def _place(error: Exception) -> str:
    """Return the innermost place in this package that an error passed through, such as "cleaning/rows.py line 12"."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    return f"{Path(frames[-1].filename).relative_to(_PACKAGE).as_posix()} line {frames[-1].lineno}"
