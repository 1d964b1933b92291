"""Which batch a label means ("Batch-5", "Angkatan V" and "gelombang 5" are all batch "5"), and ids of its classes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.study.province import Batch, Province
from analysis.study.regions import name_key

_WORD = r"(?:batch|angkatan|gelombang|gel|akt|tahap)"
_LABEL = re.compile(rf"^{_WORD}\b\W*(?:ke\b\W*)?(\w.*)$", re.IGNORECASE)
_WORD_IN_NAME = re.compile(rf"(?<![^\W_]){_WORD}(?![^\W_])[\W_]*(?:ke(?![^\W_])[\W_]*)?", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_SHAPE = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_REMEMBERED = 64  # studies whose spellings are kept


def batch_label(text: str) -> str | None:
    """Return what follows the word for a batch ("5" for "Batch-5"), None where the text does not name a batch."""
    match = _LABEL.match(" ".join(text.replace("_", " ").split()))
    return match.group(1).strip() if match else None


def find_batch(text: str, province: Province) -> str | None:
    """Return the id of the study's batch that ``text`` means (spellings, ids, Roman numerals), or None.

    A text without the word for a batch must be an id or a spelling as a whole.
    """
    known = _spellings(province.batch)
    if (whole := name_key(text)) in known.written:
        return known.written[whole]
    label = batch_label(text)
    return None if label is None else _by_label(label, known)


def find_batch_of_cell(value: object, text: str, province: Province) -> str | None:
    """Return the batch that a cell of a column of batches means, or None.

    There "V" and "05" are batch "5" without the word, and a day that a spreadsheet made of "2023-5" is that id again.

    Parameters
    ----------
    value
        The raw cell.
    text
        The cell as text with single blanks.
    province
        The study whose batches are meant.
    """
    if isinstance(value, dt.date):
        text = f"{value.year}-{value.month}"
    return find_batch(text, province) or _by_label(text, _spellings(province.batch))


def batch_in_name(name: str | None, province: Province) -> str | None:
    """Return the batch that the name of a file or sheet says ("tes angkatan 2023-5 kelas A"), None where it says none.

    What follows the word for a batch must begin with an id or a spelling, the longest first.
    """
    if not name:
        return None
    known = _spellings(province.batch)
    for match in _WORD_IN_NAME.finditer(name):
        parts = re.findall(r"[^\W_]+", name[match.end() :])
        for count in range(len(parts), 0, -1):
            label = "".join(parts[:count])
            found = known.written.get(name_key(f"{match.group()}{label}")) or _by_label(label, known)
            if found is not None:
                return found
    return None


def class_id(batch: object, label: object) -> str | None:
    """Return the id of a class, unique in a study: "5/A" for class A of batch 5; None where either is not known.

    Letters begin anew in each batch, so a label alone names no class.
    """
    return f"{batch}/{label}" if batch is not None and label is not None else None


@dataclass(frozen=True, slots=True)
class _Spellings:
    """Ids of batches by the key of what is written in province.toml, and by what follows the word for a batch."""

    written: Mapping[str, str]
    labels: Mapping[str, str]


def _by_label(label: str, known: _Spellings) -> str | None:
    keys = (name_key(label), name_key(_arabic(label)), name_key(label).lstrip("0"))
    return next((known.labels[key] for key in keys if key in known.labels), None)


@lru_cache(maxsize=_REMEMBERED)
def _spellings(batches: tuple[Batch, ...]) -> _Spellings:
    """Return what names the batches; a label that two of them share ("2" of "Tahap 2", "Gelombang 2") names none."""
    written = {name_key(text): batch.id for batch in batches for text in (batch.id, *batch.spellings)}
    labels: dict[str, set[str]] = {}
    for batch in batches:
        for text in (batch.id, *batch.spellings):
            label = batch_label(text) or text
            for key in {name_key(label), name_key(_arabic(label))}:
                labels.setdefault(key, set()).add(batch.id)
    alone = {key: next(iter(ids)) for key, ids in labels.items() if len(ids) == 1}
    return _Spellings(written, {**alone, **written})


def _arabic(text: str) -> str:
    """Return a Roman numeral below 90 in digits, any other text unchanged."""
    if not text or not _ROMAN_SHAPE.fullmatch(text):
        return text
    values = [_ROMAN[letter] for letter in text.upper()]
    following = [*values[1:], 0]
    return str(sum(-one if one < after else one for one, after in zip(values, following, strict=True)))
