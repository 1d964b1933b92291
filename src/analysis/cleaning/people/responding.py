"""The table ``responses``: one row a returned form, one column an item, all steps of the scale kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.cells.answers import answer_cleaner, clean_answers
from analysis.cleaning.cells.shapes import counted, mask_personal, shape
from analysis.cleaning.people.entries import Values, batch_of_sheet, place_facts, read_places
from analysis.cleaning.people.placing import placing_problems
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.kinds import Context
from analysis.cleaning.tables.ledger import Ledger, SheetAccount, any_cell
from analysis.cleaning.tables.lexicon import Lexicon
from analysis.cleaning.tables.table import Table
from analysis.study.batches import class_id
from analysis.study.regions import compared

_READ = ("batch", "class", "class_label", "village", "regency")  # of a form, as its row says them
_PLACES = ("batch", "class_id", "class_label", "village", "regency")
LEAST_ITEMS_BELOW_EACH_OTHER = 3
SEARCHED_ROWS = 120  # a form with titles above it and headings between its items


@dataclass(frozen=True, slots=True)
class Forms:
    """Returned forms of one table: places and answers by column name, and the rows left out by reason."""

    columns: dict[str, Values]
    problems: list[Problem]
    account: SheetAccount


def forms_in_rows(table: Table, context: Context) -> Forms:
    """Return the forms of a table with a respondent in each row; a form without any answer is left out."""
    problems: list[Problem] = []
    places = read_places(table, context, problems)
    columns: dict[str, Values] = {name: places[name] for name in _READ}
    for item in context.instrument.item_ids:
        column = table.column(item)
        if column is None:
            columns[item] = [None] * len(table.rows)
            continue
        values = table.values(column)
        cleaned = clean_answers(values, context.instrument)
        problems.extend(table.problem(rule, row, column, values[row]) for row, rule in cleaned.broken)
        columns[item] = cleaned.values
    problems.extend(_place_problems(table, places, context))
    items = [columns[item] for item in context.instrument.item_ids]
    told = {problem.cell for problem in problems}
    empty = {row for row, answers in enumerate(zip(*items, strict=True)) if not any(one is not None for one in answers)}
    empty = {row for row in empty if not any(table.cell(row, column) in told for column in table.columns)}
    kept = {name: [value for row, value in enumerate(values) if row not in empty] for name, values in columns.items()}
    folded = in_other_words(problems)
    if folded is not problems and not any(one is not None for item in items for one in item):
        nothing: dict[str, Values] = {name: [] for name in kept}
        return Forms(nothing, folded, table.account.without({"answers_in_other_words": len(table.rows)}))
    account = table.account.without({"form_without_answers": len(empty)})
    return Forms(kept, folded, account.knowing(_facts(kept)))


def _facts(columns: dict[str, Values]) -> dict[str, float | None]:
    """Return what a person should know of returned forms: forms, batches and classes."""
    return {"forms": len(columns["batch"]), **place_facts(columns["batch"], columns["class"])}


LEAST_WORDED_ANSWERS = 10
LEAST_OF_A_WORD = 3  # times that a word stands, for it to be one of a scale
MOST_WORDS = 15  # of one scale and its spellings


def in_other_words(problems: list[Problem]) -> list[Problem]:
    """Return the problems with one instead of many about answers in the words of another scale."""
    unread = [one for one in problems if one.rule == "answer_unreadable" and any(map(str.isalpha, one.value or ""))]
    counts = Counter(str(one.value) for one in unread)
    words = [word for word, count in counts.most_common() if count >= LEAST_OF_A_WORD]
    worded = [one for one in unread if one.value in words]
    if len(worded) < LEAST_WORDED_ANSWERS or len(words) > MOST_WORDS:
        return problems
    first = worded[0]
    value = f"{counted(len(worded), 'cell')}; {', '.join(words)}"
    told = problem("answers_in_other_words", first.file, sheet=first.sheet, cell=first.cell, value=value)
    left = {id(one) for one in worded}
    return [told, *(one for one in problems if id(one) not in left)]


def _place_problems(table: Table, places: dict[str, Values], context: Context) -> list[Problem]:
    """Return what is in doubt about batches and classes of a table's forms, each with its count."""
    count = len(table.rows)
    record = {row: {"batch": places["batch"][row], "class": places["class"][row]} for row in range(count)}
    return placing_problems(record, {row: (table, row) for row in range(count)}, "forms", context)


def item_column(sheet: Sheet, lexicon: Lexicon) -> int | None:
    """Return the column that holds item texts below each other, None where no column does."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    counts = [sum(1 for row in sheet.rows[:SEARCHED_ROWS] if lexicon.item(row[column])) for column in range(width)]
    best = max(range(width), key=lambda column: counts[column], default=None)
    return best if best is not None and counts[best] >= LEAST_ITEMS_BELOW_EACH_OTHER else None


def holds_single_answers(sheet: Sheet, lexicon: Lexicon, column: int) -> bool:
    """Tell a table of single answers from one of printed averages: most filled cells are whole steps."""
    cells = [
        cell_text(value)
        for row in sheet.rows
        if lexicon.item(row[column])
        for value in row[column + 1 :]
        if value != ""
    ]
    whole = sum(1 for text in cells if text.isdigit())
    return bool(cells) and whole >= 0.5 * len(cells)


def forms_in_columns(sheet: Sheet, column: int, context: Context, lexicon: Lexicon) -> Forms:
    """Return the forms of a sheet with an item in each row and a respondent in each column."""
    clean = answer_cleaner(context.instrument)
    rows = {}
    for number, row in enumerate(sheet.rows):
        item = lexicon.item(row[column])
        if item is None or item in rows:
            continue
        rows[item] = number
    respondents = [
        other
        for other in range(column + 1, len(sheet.rows[0]))
        if any(cell_text(sheet.rows[row][other]) for row in rows.values())
    ]
    columns: dict[str, Values] = {name: [None] * len(respondents) for name in _READ}
    columns["batch"], problems = _batch_of_all(sheet, len(respondents), context)
    item_rows = set(rows.values())
    others = {compared(cell) for number, row in enumerate(sheet.rows) if number not in item_rows for cell in row}
    for item in context.instrument.item_ids:
        answers: Values = []
        for other in respondents:
            value = sheet.rows[rows[item]][other] if item in rows else ""
            answer, rule = clean(cell_text(value) if isinstance(value, bool) else value)
            answers.append(answer)
            if rule:
                place = sheet.address(rows[item], other)
                text = cell_text(value)
                shown = shape(value) if compared(text) in others else mask_personal(text)
                printed = cell_text(sheet.rows[rows[item]][column])
                problems.append(problem(rule, sheet.file, sheet=sheet.name, cell=place, column=printed, value=shown))
        columns[item] = answers
    return Forms(columns, in_other_words(problems), _account_of_items(sheet, item_rows).knowing(_facts(columns)))


def _account_of_items(sheet: Sheet, items: set[int]) -> SheetAccount:
    """Return the account of a sheet whose rows are items: what stands above them is title and header."""
    first, last = min(items, default=len(sheet.rows)), max(items, default=0)
    header = max((row for row in range(first) if any_cell(sheet.rows[row])), default=0)
    ledger = Ledger(sheet, Header(header, first - header if items else 1, (), header), "evaluation")
    for row in range(first, len(sheet.rows)):
        if row not in items:
            ledger.put(row, _reason_beside_items(sheet, row, last))
    return ledger.account()


def _reason_beside_items(sheet: Sheet, row: int, last: int) -> str:
    if not any_cell(sheet.rows[row]):
        return "blank_row"
    return "section_heading" if row < last else "footnote_row"


def _batch_of_all(sheet: Sheet, count: int, context: Context) -> tuple[Values, list[Problem]]:
    """Return the batch of each form of a sheet that is named after it, or that belongs to the study's only batch."""
    province = context.province
    named = batch_of_sheet(sheet, province)
    if named is not None or len(province.batches) > 1 or not count:
        return [named] * count, []
    sole = province.batches[0]
    value = f"in batch {sole}; {counted(count, 'form')}"
    return [sole] * count, [problem("batch_sole", sheet.file, sheet=sheet.name, value=value)]


def responses_table(
    forms: Sequence[Forms], items: Sequence[str], village_code: Callable[[object, object], str]
) -> pd.DataFrame:
    """Return all forms as one table; respondents are numbered in the order of files and rows."""
    names = (*_PLACES, *items)
    columns = {name: [value for one in forms for value in one.columns[name]] for name in (*_READ, *items)}
    columns["class_id"] = list(map(class_id, columns["batch"], columns.pop("class")))
    count = len(columns["batch"])
    columns["village"] = [
        village_code(regency, village) if village else None
        for regency, village in zip(columns["regency"], columns["village"], strict=True)
    ]
    frame = pd.DataFrame(columns, columns=list(names))
    frame.insert(0, "respondent_id", [f"r{number:06d}" for number in range(1, count + 1)])
    return frame.astype({**dict.fromkeys(("respondent_id", *_PLACES), "str"), **dict.fromkeys(items, "Int64")})
