"""Where people come from: regency by exact alias, village without its local word, batch and class."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.reading.sheet import cell_text
from analysis.study.batches import find_batch_of_cell
from analysis.study.province import Province
from analysis.study.regions import compared, find_regency, strip_village_word

_CLASS_WORD = re.compile(r"^kelas(?: ke)? ?")


def clean_regencies(values: Sequence[object], province_code: str) -> Cleaned:
    """Return the labels that tables carry ("Tanggamus"); unknown and ambiguous spellings are missing and told."""

    def clean(value: object) -> tuple[object, str | None]:
        text = cell_text(value)
        if not text:
            return None, None
        match = find_regency(text, province_code)
        if match.regency is not None:
            return match.regency.label, None
        return None, "regency_two_kinds" if match.candidates else "regency_unknown"

    return clean_distinct(values, clean)


def clean_villages(values: Sequence[object], province_code: str) -> Cleaned:
    """Return village names for comparison, without the local word for a village; blanks are missing and told."""

    def clean(value: object) -> tuple[object, str | None]:
        text = cell_text(value)
        if not text:
            return None, "village_blank"
        name = compared(strip_village_word(text, province_code))
        return (name, None) if any(character.isalpha() for character in name) else (None, "village_unreadable")

    return clean_distinct(values, clean)


def clean_districts(values: Sequence[object]) -> Cleaned:
    """Return district names in capitals at word starts, without "Kec."; blanks are missing."""

    def clean(value: object) -> tuple[object, str | None]:
        words = compared(cell_text(value)).split()
        while len(words) > 1 and words[0] in ("kecamatan", "kec", "distrik"):
            words = words[1:]
        return " ".join(word.capitalize() for word in words) or None, None

    return clean_distinct(values, clean)


def clean_batches(values: Sequence[object], province: Province) -> Cleaned:
    """Return ids of the province's batches; others are missing and told."""

    def clean(value: object) -> tuple[object, str | None]:
        text = cell_text(value)
        if not text:
            return None, None
        found = find_batch_of_cell(value, text, province)
        return (found, None) if found else (None, "batch_unknown")

    return clean_distinct(values, clean)


def clean_classes(values: Sequence[object]) -> Cleaned:
    """Return labels of classes in capitals without the word "kelas"; blanks are missing."""

    def clean(value: object) -> tuple[object, str | None]:
        return _CLASS_WORD.sub("", compared(cell_text(value))).upper() or None, None

    return clean_distinct(values, clean)
