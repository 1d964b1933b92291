"""Files that came twice: "Salinan dari ...", "Copy of ...", "... (1)" and the same export under another name.

What a file holds decides, never its name alone. A copy is left out, so that nobody's form counts twice; the same rows
under names that claim different things (pretest and posttest, two batches) are a fault that a person must mend.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet

LEAST_ROWS = 3  # with their header: two lists of one person may be alike by chance
_MARK_BEFORE = re.compile(r"(?:salinan|copy|kopi|duplikat)(?: dari| of)?[ _-]+")
_MARK_BEHIND = re.compile(r"[ _-]*(?:\(\d+\)|[ _-](?:copy|salinan|kopi)(?: ?\d+)?|[ _-]copy \(\d+\))")
_GROUP = re.compile(
    r"(?<![a-z])(batch|angkatan|gelombang|tahap|kelas|class)[ _-]*(?:ke[ _-]*)?"
    r"(\d+|(?<=[ _-])[a-z0-9]{1,4}(?![a-z0-9]))"
)
_PRE = re.compile(r"pre[ _-]?tes|tes[ _-]?awal|test[ _-]?awal")
_POST = re.compile(r"pos(?:t)?[ _-]?tes|tes[ _-]?akhir|test[ _-]?akhir")
_WORDS = {"angkatan": "batch", "gelombang": "batch", "tahap": "batch", "class": "kelas"}


def without_copies(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], list[Sheet], list[Problem]]:
    """Return the sheets that count, the copies that are left out, and what is to be told of both.

    A sheet is a copy where all its rows stand in another one in the same order, or, where the names differ only by
    a mark of copying, where all its rows stand there at all: the later export of a form holds the earlier one.
    """
    copies: dict[int, Problem] = {}
    problems: list[Problem] = []
    for first, second in _alike(sheets):
        if first in copies or second in copies:
            continue
        if _contradict(sheets[first], sheets[second]):
            problems.append(_told("file_same_content", sheets[second], sheets[first]))
            continue
        kept, left = sorted((first, second), key=lambda place: _rank(sheets[place]))
        copies[left] = _told("file_copy", sheets[left], sheets[kept])
    counting = tuple(sheet for place, sheet in enumerate(sheets) if place not in copies)
    return counting, [sheets[place] for place in sorted(copies)], [*problems, *copies.values()]


def plain_name(name: str) -> str:
    """Return a file's or sheet's name in small letters without folder, ending and marks of copying.

    Examples
    --------
    >>> plain_name("Salinan dari Evaluasi (1).xlsx")
    'evaluasi'
    """
    stem = name.casefold().rsplit("/", 1)[-1]
    stem = re.sub(r"\.[a-z]{3,4}$", "", stem).strip()
    while shorter := _without_mark(stem):
        stem = shorter
    return stem


def _without_mark(stem: str) -> str:
    """Return a name without one mark of copying, "" where it has none."""
    if found := _MARK_BEFORE.match(stem):
        return stem[found.end() :].strip()
    behind = next((found for found in _MARK_BEHIND.finditer(stem) if found.end() == len(stem) and found.start()), None)
    return stem[: behind.start()].strip() if behind else ""


def _alike(sheets: Sequence[Sheet]) -> list[tuple[int, int]]:
    """Return each two sheets of which one is a copy of the other by its rows."""
    same_size: dict[tuple[int, int], list[int]] = defaultdict(list)
    same_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    filled = [_filled_rows(sheet) for sheet in sheets]
    for place, sheet in enumerate(sheets):
        if len(filled[place]) >= LEAST_ROWS:
            same_size[len(filled[place]), len(sheet.rows[0])].append(place)
            same_name[plain_name(sheet.file), plain_name(sheet.name or "")].append(place)
    equal = [pair for places in same_size.values() for pair in combinations(places, 2)]
    found = {pair for pair in equal if filled[pair[0]] == filled[pair[1]]}
    for places in same_name.values():
        found |= {pair for pair in combinations(places, 2) if _is_within(*(filled[place] for place in pair))}
    return sorted(found)


def _filled_rows(sheet: Sheet) -> list[tuple[object, ...]]:
    return [tuple(row) for row in sheet.rows if any(cell != "" for cell in row)]


def _is_within(one: Sequence[tuple[object, ...]], other: Sequence[tuple[object, ...]]) -> bool:
    """Tell whether all rows of the shorter one stand in the longer one, under the same first row."""
    shorter, longer = sorted((one, other), key=len)
    return shorter[0] == longer[0] and not Counter(shorter) - Counter(longer)


def _rank(sheet: Sheet) -> tuple[int, int, int, str]:
    """Return what makes a sheet the one that counts: more rows, a name that says more, one without marks of copying."""
    names = (sheet.file, sheet.name or "")
    marks = sum(len(name.rsplit("/", 1)[-1]) - len(plain_name(name)) for name in names)
    return -len(_filled_rows(sheet)), -len(_claims(sheet)), marks, sheet.file


def _contradict(one: Sheet, other: Sheet) -> bool:
    first, second = _claims(one), _claims(other)
    return bool(first and second) and first != second


def _claims(sheet: Sheet) -> set[str]:
    """Return what the names of a file and its sheet claim: a test, a batch, a class."""
    text = f"{sheet.file} {sheet.name or ''}".casefold()
    groups = {f"{_WORDS.get(word, word)} {label}" for word, label in _GROUP.findall(text)}
    tests = {test for test, named in (("pre", _PRE), ("post", _POST)) if named.search(text)}
    return groups | tests


def _told(rule: str, sheet: Sheet, other: Sheet) -> Problem:
    named = ", ".join(part for part in (other.file, other.name) if part)
    value = f"{counted(len(_filled_rows(sheet)), 'row')}; {named}"
    return problem(rule, sheet.file, sheet=sheet.name, value=value)
