"""Which batch a label means: "Batch-5", "Angkatan V" and "gelombang 5" are all batch "5"."""

from __future__ import annotations

import re

from analysis.study.province import Province
from analysis.study.regions import name_key

_LABEL = re.compile(r"^(?:batch|angkatan|gelombang|gel|tahap)\b\W*(?:ke\b\W*)?(\w.*)$", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_SHAPE = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)


def batch_label(text: str) -> str | None:
    """Return what follows the word for a batch ("5" for "Batch-5"), None where the text does not name a batch."""
    match = _LABEL.match(" ".join(text.replace("_", " ").split()))
    return match.group(1).strip() if match else None


def find_batch(text: str, province: Province) -> str | None:
    """Return the id of the study's batch that ``text`` means (spellings, ids, Roman numerals), or None."""
    key = name_key(text)
    for batch in province.batch:
        if key in {name_key(spelling) for spelling in (batch.id, *batch.spellings)}:
            return batch.id
    label = batch_label(text)
    if label is None:
        return None
    wanted = {name_key(label), name_key(_arabic(label)), name_key(label).lstrip("0")}
    return next((batch for batch in province.batches if name_key(batch) in wanted), None)


def _arabic(text: str) -> str:
    """Return a Roman numeral below 90 in digits, any other text unchanged."""
    if not text or not _ROMAN_SHAPE.fullmatch(text):
        return text
    values = [_ROMAN[letter] for letter in text.upper()]
    following = [*values[1:], 0]
    return str(sum(-one if one < after else one for one, after in zip(values, following, strict=True)))
