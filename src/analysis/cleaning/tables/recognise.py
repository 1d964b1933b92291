"""Recognising a sheet: what headers mean in one province, the kind of the table, and what each column means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.participant_rules import problem
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import Sheet, column_letters
from analysis.cleaning.tables.codebook import Codebook, compared, load_codebook
from analysis.cleaning.tables.headers import Header
from analysis.study.instrument import Instrument

_ITEM_NUMBER = re.compile(r"(?:p|q|butir|item|pertanyaan|pernyataan|indikator|soal) ?0*([1-9][0-9]?)")
_LEADING_NUMBER = re.compile(r"^(?:p|q)? ?[0-9]{1,2}[.): -]+\s*(?=\D)", re.IGNORECASE)
_BRACKETS = re.compile(r"\[([^\]]+)\]")
_SIMILAR = 0.86  # difflib ratio: "kabupten" and "kabupaten" 0.94, "kecamatan" and "kelamin" 0.63


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Meanings of headers: ``own`` maps compared headers of province.toml, ``items`` compared item texts to ids."""

    codebook: Codebook
    own: Mapping[str, str]
    items: Mapping[str, str]
    item_ids: tuple[str, ...]

    def candidates(self, label: str) -> tuple[str, ...]:
        """Return every meaning of a header: a field's or an item's id, ``item_number:7`` for "P7"."""
        header = compared(label)
        if header in self.own:
            return (self.own[header],)
        item = self.item(label)
        if item is not None:
            return (item,)
        found = self.codebook.candidates(header)
        number = _ITEM_NUMBER.fullmatch(header)
        return (*found, f"item_number:{number.group(1)}") if number else found

    def item(self, label: object) -> str | None:
        """Return the item whose text a label is: whole, without its number, or inside square brackets."""
        if not isinstance(label, str):
            return None
        bracket = _BRACKETS.search(label)
        tries = [label, _LEADING_NUMBER.sub("", label), *([bracket.group(1)] if bracket else [])]
        return next((self.items[key] for text in tries if (key := compared(text)) in self.items), None)

    def known(self, label: str) -> bool:
        """Tell whether a header has a meaning."""
        return bool(self.candidates(label))

    def similar(self, label: str) -> str | None:
        """Return the known spelling that an unknown header resembles, or None."""
        header = compared(label)
        if len(header) < 4:
            return None
        close = difflib.get_close_matches(header, _long_spellings(self.codebook_keys()), n=1, cutoff=_SIMILAR)
        return close[0] if close else None

    def codebook_keys(self) -> frozenset[str]:
        """Return all spellings of the codebook in their compared form."""
        return frozenset(self.codebook.spellings)

    def is_personal(self, meaning: str | None) -> bool:
        """Tell whether values of this meaning may be shown by their shape only."""
        field = self.codebook.fields.get(meaning or "")
        return field is not None and field.personal


@cache
def _long_spellings(keys: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(key for key in keys if len(key) >= 4))


def build_lexicon(instrument: Instrument, columns: Mapping[str, str]) -> Lexicon:
    """Return the lexicon of a province; of its own ``columns`` those count whose meaning participant files have."""
    codebook = load_codebook()
    items: dict[str, str] = {}
    for item in instrument.items:
        for text in (item.id, item.text_id, item.text_en, *item.spellings):
            items.setdefault(compared(text), item.id)
    meanings = {*codebook.fields, *instrument.item_ids}
    own = {compared(header): meaning for header, meaning in columns.items() if meaning in meanings}
    return Lexicon(codebook, own, items, instrument.item_ids)


LEAST_ITEM_SHARE = 0.5  # of the form's items, for a table to be the evaluation
_NUMBER_LABEL = re.compile(r"0*([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Column:
    """One used column: ``index`` in ``sheet.rows``, the header as printed, its meaning (field or item id)."""

    index: int
    header: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the header of a sheet says: its kinds (more than one for a combined list) and its columns."""

    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    problems: list[Problem]


def recognise(sheet: Sheet, header: Header, lexicon: Lexicon, given_kind: str | None) -> Recognised:
    """Return kinds and columns of a table; without kinds where it is unknown or ambiguous (a problem says so)."""
    meanings = {index: lexicon.candidates(label) for index, label in enumerate(header.labels) if label}
    numbered = _numbered_items(header, meanings, lexicon)
    kinds = (given_kind,) if given_kind else _kinds(meanings, numbered, lexicon)
    if len(kinds) != 1 and kinds != ("attendance", "tests"):
        rule = "kind_ambiguous" if kinds else "kind_unknown"
        place = sheet.address(header.row, 0)
        return Recognised(
            (), (), [problem(rule, sheet.file, sheet=sheet.name, cell=place, value=", ".join(kinds) or None)]
        )
    if kinds == ("evaluation",) and not numbered and any(_is_number(found) for found in meanings.values()):
        place = sheet.address(header.row, 0)
        found = sum(_is_number(candidates) for candidates in meanings.values())
        value = f"{found} of {len(lexicon.item_ids)} items"
        return Recognised((), (), [problem("items_incomplete", sheet.file, sheet=sheet.name, cell=place, value=value)])
    return _columns(sheet, header, lexicon, kinds, meanings, numbered)


def _is_number(candidates: Sequence[str]) -> bool:
    return any(candidate.startswith("item_number:") for candidate in candidates)


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


def _kinds(meanings: Mapping[int, tuple[str, ...]], numbered: Mapping[int, str], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the kinds that a table's columns satisfy; attendance only where no more special kind fits."""
    found = {candidate for candidates in meanings.values() for candidate in candidates}
    items = {candidate for candidate in found if candidate in lexicon.item_ids} | set(numbered.values())
    numbers = sum(_is_number(candidates) for candidates in meanings.values())
    if max(len(items), numbers) >= max(3, LEAST_ITEM_SHARE * len(lexicon.item_ids)):
        return ("evaluation",)
    if "item_text" in found and not found & {"name", "nik", "score", "pre_score", "post_score"}:
        return ("evaluation",)
    special = tuple(
        kind for kind, groups in lexicon.codebook.needs.items() if kind != "attendance" and _satisfied(found, groups)
    )
    attended = found & {"attendance_day", "attended", "days_total"}
    if special and not (attended and special == ("tests",)):
        return special
    if all(found & group for group in lexicon.codebook.needs["attendance"]):
        return ("attendance", *special)
    return special


def _satisfied(found: set[str], groups: Sequence[frozenset[str]]) -> bool:
    """Tell whether each group has a field of its own: one "Status" is not both status and kind of a follow-up."""
    return all(found & group for group in groups) and len(found & frozenset().union(*groups)) >= len(groups)


def _columns(
    sheet: Sheet,
    header: Header,
    lexicon: Lexicon,
    kinds: tuple[str, ...],
    meanings: Mapping[int, tuple[str, ...]],
    numbered: Mapping[int, str],
) -> Recognised:
    columns: list[Column] = []
    problems: list[Problem] = []
    unused: list[int] = []
    taken: set[str] = set()
    for index, label in enumerate(header.labels):
        if not label:
            continue
        fitting = (numbered[index],) if index in numbered else _fitting(meanings[index], kinds, lexicon)
        rule = similar = None
        if len(fitting) > 1:
            rule = "meaning_ambiguous"
        elif not fitting:
            similar = lexicon.similar(label) if not meanings[index] and kinds != ("tests",) else None
            rule = "column_similar" if similar else None
            if rule is None:
                unused.append(index)
        elif fitting[0] in taken and not _several(fitting[0], lexicon):
            rule = "meaning_twice"
        else:
            columns.append(Column(index, label, fitting[0]))
            taken.add(fitting[0])
        if rule:
            cell = sheet.address(header.row + header.height - 1, index)
            value = " / ".join(fitting) if rule == "meaning_ambiguous" else similar or None
            problems.append(problem(rule, sheet.file, sheet=sheet.name, cell=cell, column=label, value=value))
    if unused:
        problems.append(_unused(sheet, header, unused))
    return Recognised(kinds, tuple(columns), problems)


def _fitting(candidates: Sequence[str], kinds: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    fitting = []
    for candidate in candidates:
        if candidate.startswith("item_number:"):
            continue
        field = lexicon.codebook.fields.get(candidate)
        if field is None or field.kinds is None or field.kinds & set(kinds):
            fitting.append(candidate)
    return tuple(fitting)


def _several(meaning: str, lexicon: Lexicon) -> bool:
    field = lexicon.codebook.fields.get(meaning)
    return field is not None and field.several


def _unused(sheet: Sheet, header: Header, unused: Sequence[int]) -> Problem:
    """Return one note for all columns without use; a column is named by its letters (headers may be questions)."""
    letters = [column_letters(sheet.first_column + index) for index in unused]
    shown = f"{letters[0]} to {letters[-1]}" if len(letters) > 2 else ", ".join(letters)
    cell = sheet.address(header.row + header.height - 1, unused[0])
    value = f"{counted(len(letters), 'column')}: {shown}"
    return problem("columns_unused", sheet.file, sheet=sheet.name, cell=cell, value=value)


_PRETEST = re.compile(r"\b(pre ?tests?|pre ?tes|tes awal|test awal)\b")
_POSTTEST = re.compile(r"\b(post? ?tests?|post? ?tes|tes akhir|test akhir)\b")


def test_named_in(*names: str | None) -> str | None:
    """Return "pre" or "post" from the first name that says one of them and not the other."""
    for name in names:
        words = compared(name or "")
        is_pre, is_post = bool(_PRETEST.search(words)), bool(_POSTTEST.search(words))
        if is_pre != is_post:
            return "pre" if is_pre else "post"
    return None


def name_without_test(stem: str) -> str:
    """Return what a file's name says beside pretest or posttest: files that agree in it belong together."""
    words = compared(stem)
    return " ".join(_POSTTEST.sub(" ", _PRETEST.sub(" ", words)).split())


_BATCH = re.compile(r"\b(?:batch|angkatan|gelombang|tahap)(?: ke)? ?([a-z0-9]+)\b")
_CLASS = re.compile(r"\bkelas(?: ke)? ?([a-z0-9]+)\b")


def batch_named_in(name: str | None) -> str | None:
    """Return the word after "angkatan", "batch", "gelombang" or "tahap" in a name."""
    match = _BATCH.search(compared(name or ""))
    return match.group(1) if match else None


def class_named_in(name: str | None) -> str | None:
    """Return the word after "kelas" in a name, in capitals."""
    match = _CLASS.search(compared(name or ""))
    return match.group(1).upper() if match else None
