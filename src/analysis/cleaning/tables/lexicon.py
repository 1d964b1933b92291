"""What headers mean in one province: the codebook, the province's own spellings, the items of its form."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.cleaning.tables.codebook import Codebook, compared, load_codebook
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
