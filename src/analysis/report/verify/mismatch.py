"""What verification finds wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analysis.words.catalogue import catalogue


class Fault(StrEnum):
    """In what way a document, or a claim, is not as it should be."""

    DOCUMENT_MISSING = "document_missing"
    NUMBER_ALTERED = "number_altered"
    VALUE_ALTERED = "value_altered"
    CLAIM_MISSING = "claim_missing"
    UNKNOWN_CLAIM = "unknown_claim"
    NUMBER_WITHOUT_CLAIM = "number_without_claim"
    PICTURE_ALTERED = "picture_altered"
    DESCRIPTION_ALTERED = "description_altered"
    TITLE_ALTERED = "title_altered"
    CONTENTS_ALTERED = "contents_altered"
    PAGE_EDGE_ALTERED = "page_edge_altered"
    CELL_ALTERED = "cell_altered"
    MARK_MISSING = "mark_missing"
    PRINTED_OTHERWISE = "printed_otherwise"
    RESULT_GONE = "result_gone"
    RESULT_CHANGED = "result_changed"
    FIGURE_DATA_CHANGED = "figure_data_changed"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One finding: the document, the fault, where (claim, cell, page, words around), expected and found."""

    document: str
    fault: Fault
    place: str
    expected: Any
    found: Any

    def message(self, language: str) -> str:
        """Return the finding in one line: where, what, what was expected, what to do."""
        words = catalogue(language)
        parts = {"expected": words.text("expected"), "found": words.text("found")}
        values = {"expected": self.expected, "found": self.found}
        tail = [f"{parts[name]}: {value}" for name, value in values.items() if value is not None]
        said = f"{self.document}, {self.place}: {words.code(self.fault)}" + (f" ({'; '.join(tail)})" if tail else "")
        return f"{said}. {words.text(self.fault, 'fault remedy')}"
