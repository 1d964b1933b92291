"""What a table is: evidence from the names of file and sheet, its header, and the shape of its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.lexicon import Lexicon, kinds_named_in, test_named_in
from analysis.cleaning.tables.profile import holds_clock_ranges
from analysis.study.regions import compared

NO_DATA = frozenset({"timetable", "list_of_questions", "list_of_codes"})  # rules about sheets that hold no data
LEAST_ITEM_SHARE = 0.5  # of the form's items, for a table to be the evaluation
LEAST_ITEMS = 3
_SHOWN_COLUMNS = 3
_LONGEST_LABEL = 30  # letters of a header in the evidence
_SEEN_ROWS = 400
_SCORES = frozenset({"score", "pre_score", "post_score"})
_ATTENDED = frozenset({"attendance_day", "attended", "days_total", "signature"})
_WHO = frozenset({"name", "surname", "given_name", "nik"})
_CODES = frozenset({"kode", "code", "no", "nomor", "variabel", "variable", "nama variabel", "nilai", "skor", "value"})
_MEANINGS_OF_CODES = frozenset(
    {"arti", "keterangan", "label", "makna", "meaning", "deskripsi", "description", "penjelasan", "kategori"}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a kind: the meanings of each column, items by number, what ``[files]`` says."""

    sheet: Sheet
    header: Header
    meanings: Mapping[int, tuple[str, ...]]
    numbered: Mapping[int, str]
    lexicon: Lexicon
    given: str | None

    @property
    def found(self) -> set[str]:
        """Return every meaning that a column may have."""
        return {candidate for candidates in self.meanings.values() for candidate in candidates}

    @property
    def stem(self) -> str:
        """Return the file's name without folder and ending."""
        return self.sheet.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def test(self) -> str | None:
        """Return "pre" or "post" where the name of sheet or file says it."""
        return test_named_in(self.sheet.name, self.stem, self.sheet.file)

    def values(self, index: int) -> list[object]:
        """Return the first cells of a column below the header."""
        start = self.header.first_data_row
        return [row[index] for row in self.sheet.rows[start : start + _SEEN_ROWS]]

    def worded_items(self) -> int:
        """Return how many items of the form stand in the header in words."""
        return len(self.found & set(self.lexicon.item_ids))

    def numbers(self) -> int:
        """Return how many columns number a question: P1, Q1, Soal 1."""
        return sum(any(one.startswith("item_number:") for one in candidates) for candidates in self.meanings.values())

    def most_items(self) -> int:
        """Return the number of items that the header may hold."""
        return max(self.worded_items(), len(set(self.numbered.values())), self.numbers())

    def not_understood(self) -> str:
        """Return the labels of the columns without a meaning, for a message."""
        return ", ".join(self.header.labels[index] for index, found in self.meanings.items() if not found)

    def problem(self, rule: str, value: str | None = None) -> Problem:
        """Return a problem of the whole table, at its header."""
        cell = self.sheet.address(self.header.row, 0)
        return problem(rule, self.sheet.file, sheet=self.sheet.name, cell=cell, value=value)

    def because(self, kinds: Sequence[str]) -> str:
        """Return the columns and the name that speak for the kinds, as the file prints them."""
        if self.given:
            return "[files]"
        telling = set().union(*(group for kind in kinds for group in self.lexicon.codebook.needs.get(kind, ())))
        items = set(self.lexicon.item_ids) if "evaluation" in kinds else set()
        labels = [
            shorten(self.header.labels[index], width=_LONGEST_LABEL, placeholder=" ...")
            for index, found in self.meanings.items()
            if set(found) & (telling | items) or (items and index in self.numbered)
        ]
        more = " ..." if len(labels) > _SHOWN_COLUMNS else ""
        named = self.test if "tests" in kinds else None
        parts = [", ".join(labels[:_SHOWN_COLUMNS]) + more, {"pre": "pretest", "post": "posttest"}.get(named or "", "")]
        return "; ".join(part for part in parts if part)


def kinds_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the kinds that a table's columns satisfy; attendance only where no more special kind fits."""
    found, needs = evidence.found, evidence.lexicon.codebook.needs
    items = len(evidence.lexicon.item_ids)
    if evidence.most_items() >= max(LEAST_ITEMS, LEAST_ITEM_SHARE * items):
        return ("tests",) if _prints_questions_of_a_test(evidence) else ("evaluation",)
    if "item_text" in found and not found & {"name", "nik", *_SCORES}:
        return ("evaluation",)
    special = tuple(kind for kind, groups in needs.items() if kind != "attendance" and _satisfied(found, groups))
    if special and not (found & (_ATTENDED - {"signature"}) and special == ("tests",)):
        return special
    if all(found & group for group in needs["attendance"]):
        return ("attendance", *special)
    return special


def _prints_questions_of_a_test(evidence: Evidence) -> bool:
    """Tell a test that prints its questions beside the points from a form of satisfaction."""
    is_worded = evidence.worded_items() >= LEAST_ITEM_SHARE * len(evidence.lexicon.item_ids)
    return bool(evidence.found & _SCORES) and not is_worded


def _satisfied(found: set[str], groups: Sequence[frozenset[str]]) -> bool:
    """Tell whether each group has a field of its own: one "Status" is not both status and kind of a follow-up."""
    return all(found & group for group in groups) and len(found & frozenset().union(*groups)) >= len(groups)


def contradiction(evidence: Evidence, kinds: tuple[str, ...]) -> Problem | None:
    """Return the problem of a table whose pieces of evidence contradict each other or that holds no data, or None."""
    if evidence.given is None:
        no_data = _no_data(evidence, kinds)
        if no_data is not None:
            return evidence.problem(no_data)
    named = evidence.test or ("tests" if evidence.given == "tests" else None)
    shown = {"pre": "pretest", "post": "posttest"}.get(named or "", named or "")
    if kinds == ("evaluation",):
        return _about_evaluation(evidence, shown if evidence.given is None else "")
    if kinds == ("tests",) and not evidence.found & _SCORES:
        return evidence.problem("test_without_scores", f"{shown}; {evidence.not_understood()}".strip("; "))
    if kinds == ("attendance",) and evidence.given is None:
        return _about_attendance(evidence, shown)
    return None


def _about_evaluation(evidence: Evidence, test: str) -> Problem | None:
    if test and evidence.most_items():
        return evidence.problem("ratings_named_test", f"{test}; {evidence.most_items()} items")
    if not evidence.numbered and not evidence.worded_items() and evidence.numbers():
        return evidence.problem("items_incomplete", f"{evidence.numbers()} of {len(evidence.lexicon.item_ids)} items")
    if evidence.given and not (evidence.most_items() or "item_text" in evidence.found):
        return evidence.problem("named_otherwise", f"evaluation; {evidence.not_understood()}".strip("; "))
    return None


def _about_attendance(evidence: Evidence, test: str) -> Problem | None:
    """Return the contradiction of a list of people whose file or sheet speaks of another kind only."""
    if evidence.found & _ATTENDED:
        return None
    codebook = evidence.lexicon.codebook
    named = kinds_named_in(evidence.sheet.name, codebook) or kinds_named_in(evidence.stem, codebook)
    if test or named == {"tests"}:
        return evidence.problem("test_without_scores", f"{test or 'test'}; {evidence.not_understood()}".strip("; "))
    if named and "attendance" not in named:
        return evidence.problem(
            "named_otherwise", f"{', '.join(sorted(named))}; {evidence.not_understood()}".strip("; ")
        )
    return None


def _no_data(evidence: Evidence, kinds: tuple[str, ...]) -> str | None:
    """Return the rule that says why a sheet is no data: a timetable, a list of questions, a list of codes."""
    if evidence.found & (_WHO | _SCORES):
        return None
    if any(holds_clock_ranges(evidence.values(index)) for index in evidence.meanings):
        return "timetable"
    labels = {compared(label) for label in evidence.header.labels if label}
    if kinds == ("evaluation",) and "item_text" in evidence.found and not evidence.numbers():
        return "list_of_questions" if _has_no_answers(evidence) else None
    if not kinds and len(labels) <= 4 and labels & _CODES and labels & _MEANINGS_OF_CODES:
        return "list_of_codes"
    return None


def _has_no_answers(evidence: Evidence) -> bool:
    """Tell whether the columns beside the questions hold codes and words only."""
    for index in evidence.meanings:
        if "item_text" in evidence.meanings[index] or compared(evidence.header.labels[index]) in _CODES:
            continue
        if any(isinstance(value, int | float) or str(value).strip().isdigit() for value in evidence.values(index)):
            return False
    return True


def questions_by_code(evidence: Evidence) -> dict[str, str]:
    """Return the items that a list of questions explains, by their code: {"P3": "materi_1"}."""
    texts = [index for index, found in evidence.meanings.items() if "item_text" in found]
    codes = [index for index in evidence.meanings if compared(evidence.header.labels[index]) in _CODES]
    if not texts or not codes:
        return {}
    pairs = zip(evidence.values(codes[0]), evidence.values(texts[0]), strict=True)
    return {str(code): item for code, text in pairs if (item := evidence.lexicon.item(text)) is not None and str(code)}
