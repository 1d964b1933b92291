"""What kind of table a sheet of people or forms is, and what each of its columns means.

The kind follows from names, header and the shape of the values together; what contradicts itself is refused with both
pieces of evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet, column_letters
from analysis.cleaning.tables.evidence import Evidence, contradiction, kinds_of, questions_by_code
from analysis.cleaning.tables.headers import Header, find_header
from analysis.cleaning.tables.lexicon import Lexicon
from analysis.cleaning.tables.profile import is_running
from analysis.study.regions import compared

_SEEN_ROWS = 400
_NUMBER_LABEL = re.compile(r"0*([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Column:
    """One used column: ``index`` in ``sheet.rows``, the header as printed, its meaning (field or item id)."""

    index: int
    header: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the header of a sheet says: its kinds (more than one for a combined list), why, and its columns."""

    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    problems: list[Problem]
    because: str = ""


def recognise(sheet: Sheet, header: Header, lexicon: Lexicon, given_kind: str | None) -> Recognised:
    """Return kinds and columns of a table; no kinds where it is unknown or contradicts itself, which is told."""
    meanings = {
        index: _by_values(sheet, header, index, lexicon.candidates(label))
        for index, label in enumerate(header.labels)
        if label
    }
    evidence = Evidence(sheet, header, meanings, _numbered_items(header, meanings, lexicon), lexicon, given_kind)
    kinds = (given_kind,) if given_kind else kinds_of(evidence)
    told = contradiction(evidence, kinds)
    if told is None and len(kinds) != 1 and kinds != ("attendance", "tests"):
        told = evidence.problem("file_ambiguous" if kinds else "file_unrecognised", ", ".join(kinds) or None)
    if told is not None:
        return Recognised((), (), [told])
    return _columns(_without_empty_twins(evidence), kinds)


def explained_questions(sheet: Sheet, lexicon: Lexicon) -> dict[str, str]:
    """Return the items that a list of questions explains, by their code; nothing for a sheet that is no such list."""
    header = find_header(sheet, lexicon.candidates)
    if header is None:
        return {}
    meanings = {index: lexicon.candidates(label) for index, label in enumerate(header.labels) if label}
    evidence = Evidence(sheet, header, meanings, {}, lexicon, None)
    told = contradiction(evidence, kinds_of(evidence))
    return questions_by_code(evidence) if told is not None and told.rule == "list_of_questions" else {}


def _by_values(sheet: Sheet, header: Header, index: int, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the meanings of a header that the values below it allow."""
    if "submission" in candidates and "participant_number" in candidates:
        values = [row[index] for row in sheet.rows[header.first_data_row :][:_SEEN_ROWS]]
        return ("submission",) if is_running(values) else ("participant_number",)
    return candidates


def _numbered_items(header: Header, meanings: Mapping[int, tuple[str, ...]], lexicon: Lexicon) -> dict[int, str]:
    """Return item ids of columns P1..Pn (or 1..n) by index, only where exactly all items of the form are there."""
    named = {
        index: int(candidate.split(":")[1])
        for index, found in meanings.items()
        for candidate in found
        if candidate.startswith("item_number:")
    }
    bare = {
        index: int(match.group(1))
        for index, label in enumerate(header.labels)
        if label and (match := _NUMBER_LABEL.fullmatch(label))
    }
    wanted = list(range(1, len(lexicon.item_ids) + 1))
    for numbers in (named, bare):
        if sorted(numbers.values()) == wanted:
            return {index: lexicon.item_ids[number - 1] for index, number in numbers.items()}
    return {}


def _without_empty_twins(evidence: Evidence) -> Evidence:
    """Return the evidence without blank columns that mean what a filled one means, such as a form's unused "Name"."""
    blank = {index for index in evidence.meanings if all(value == "" for value in evidence.values(index))}
    filled = {one for index, found in evidence.meanings.items() if index not in blank for one in found}
    kept = {
        index: () if index in blank and set(found) & filled else found for index, found in evidence.meanings.items()
    }
    return replace(evidence, meanings=kept)


def _columns(evidence: Evidence, kinds: tuple[str, ...]) -> Recognised:
    sheet, header, lexicon = evidence.sheet, evidence.header, evidence.lexicon
    columns: list[Column] = []
    problems: list[Problem] = []
    unused: list[int] = []
    taken: set[str] = set()
    for index, label in enumerate(header.labels):
        if not label:
            continue
        numbered = evidence.numbered if "evaluation" in kinds else {}
        fitting = (numbered[index],) if index in numbered else _fitting(evidence.meanings[index], kinds, lexicon)
        rule = similar = None
        if len(fitting) > 1:
            rule = "meaning_ambiguous"
        elif not fitting:
            similar = lexicon.similar(label) if not evidence.meanings[index] and kinds != ("tests",) else None
            rule = "column_similar" if similar else None
            if rule is None:
                unused.append(index)
        elif fitting[0] in taken and not _several(fitting[0], lexicon):
            rule = "meaning_twice"
        else:
            columns.append(Column(index, label, fitting[0]))
            taken.add(fitting[0])
        if rule:
            cell = sheet.address(header.label_row, index)
            value = " / ".join(fitting) if rule == "meaning_ambiguous" else similar or None
            problems.append(problem(rule, sheet.file, sheet=sheet.name, cell=cell, column=label, value=value))
    problems += _running(evidence, columns)
    if unused:
        problems.append(_unused(sheet, header, unused))
    return Recognised(kinds, tuple(columns), problems, evidence.because(kinds))


def _running(evidence: Evidence, columns: Sequence[Column]) -> list[Problem]:
    """Return a note for each column whose header may be a person's number and whose values count the rows."""
    candidates = {column.index: evidence.lexicon.candidates(column.header) for column in columns}
    sheet, header = evidence.sheet, evidence.header
    return [
        problem(
            "running_number",
            sheet.file,
            sheet=sheet.name,
            cell=sheet.address(header.label_row, column.index),
            column=column.header,
        )
        for column in columns
        if column.meaning == "submission" and "participant_number" in candidates[column.index]
    ]


def _fitting(candidates: Sequence[str], kinds: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    fitting = []
    for candidate in candidates:
        if candidate.startswith("item_number:"):
            continue
        field = lexicon.codebook.fields.get(candidate)
        is_item = candidate in lexicon.item_ids and "evaluation" not in kinds
        if not is_item and (field is None or field.kinds is None or field.kinds & set(kinds)):
            fitting.append(candidate)
    return tuple(fitting)


def _several(meaning: str, lexicon: Lexicon) -> bool:
    field = lexicon.codebook.fields.get(meaning)
    return field is not None and field.several


def _unused(sheet: Sheet, header: Header, unused: Sequence[int]) -> Problem:
    """Return one note for all columns without use; a column is named by its letters (headers may be questions)."""
    letters = [column_letters(sheet.first_column + index) for index in unused]
    shown = f"{letters[0]} to {letters[-1]}" if len(letters) > 2 else ", ".join(letters)
    cell = sheet.address(header.label_row, unused[0])
    value = f"{counted(len(letters), 'column')}: {shown}"
    return problem("columns_unused", sheet.file, sheet=sheet.name, cell=cell, value=value)


def is_same_header(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two headers name the same columns, as the header of each page of a long list does."""
    first, second = ([compared(label) for label in labels if label] for labels in (one, other))
    return len(set(first) & set(second)) >= 0.8 * max(len(first), len(second), 1)
