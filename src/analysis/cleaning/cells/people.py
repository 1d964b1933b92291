"""What a person is: role (spellings of the province), sex from the L/P column only, NIK and other numbers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.reading.sheet import cell_text
from analysis.study.regions import INVISIBLE, compared, village_words

OTHER_ROLE = "lainnya"
ZERO_SHARE_OF_DAMAGED_COLUMN = 0.5  # by chance one number in ten ends in 0
LEAST_NUMBERS_TO_JUDGE = 10


@cache
def role_spellings(province_code: str) -> Mapping[str, str]:
    """Return role ids by compared spelling, for a province (Kemendagri code)."""
    content = tomllib.loads((files("analysis.cleaning.cells") / "roles.toml").read_text(encoding="utf-8"))
    spellings = {
        compared(spelling): str(entry["id"])
        for entry in content["role"]
        if province_code in entry.get("only_in", [province_code])
        for spelling in entry["spellings"]
    }
    for word in village_words(province_code):
        spellings.setdefault(compared(word.head_title), "kepala_desa")
    return spellings


def clean_roles(values: Sequence[object], province_code: str) -> Cleaned:
    """Return role ids; an unknown role becomes ``lainnya`` and is told, a blank one is missing and told."""
    spellings = role_spellings(province_code)
    longest = max(len(spelling.split()) for spelling in spellings)

    def clean(value: object) -> tuple[object, str | None]:
        words = compared(cell_text(value)).split()
        if not words:
            return None, "role_blank"
        for count in range(min(longest, len(words)), 0, -1):
            role = spellings.get(" ".join(words[:count]))
            if role:
                return role, None
        return OTHER_ROLE, "role_unknown"

    return clean_distinct(values, clean)


_SEX = {"l": "male", "laki laki": "male", "lk": "male", "laki": "male", "pria": "male", "male": "male",
        "p": "female", "perempuan": "female", "pr": "female", "wanita": "female", "female": "female"}  # fmt: skip


_NO_TICK = frozenset({"", "-", "0", "\u2013"})


def sex_of_ticks(male: Sequence[object], female: Sequence[object]) -> Cleaned:
    """Return the sex of each row of a table with a column to tick for each; both ticked is missing and told."""
    values: list[object] = []
    broken = []
    for row, cells in enumerate(zip(male, female, strict=True)):
        is_male, is_female = (cell_text(cell) not in _NO_TICK for cell in cells)
        values.append(None if is_male == is_female else "male" if is_male else "female")
        if is_male and is_female:
            broken.append((row, "sex_unknown"))
    return Cleaned(values, broken)


def clean_sex(values: Sequence[object]) -> Cleaned:
    """Return "male" (L) or "female" (P); blanks are missing, anything else is missing and told."""

    def clean(value: object) -> tuple[object, str | None]:
        text = compared(cell_text(value))
        if not text:
            return None, None
        return (_SEX[text], None) if text in _SEX else (None, "sex_unknown")

    return clean_distinct(values, clean)


_NIK_DIGITS = 16
_MEMORY_NAMES = 200_000  # of a whole nation's participants, who stand in three tables each
_NO_LETTER = re.compile(r"[\W_]+")
_SEPARATORS = re.compile(r"[\s.\-_/']+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"x+|0+|-*|n/?a|tidak ada|belum ada", re.IGNORECASE)


def clean_nik(values: Sequence[object]) -> Cleaned:
    """Return 16 digits as text, None where the number is blank, damaged by Excel or malformed (the latter told).

    A column most of whose numbers end in 0 passed through a program that keeps 15 digits: none is used.
    """
    cleaned = clean_distinct(values, _clean_nik)
    numbers = [number for number in cleaned.values if isinstance(number, str)]
    zeros = sum(number.endswith("0") for number in numbers)
    if len(numbers) >= LEAST_NUMBERS_TO_JUDGE and zeros > ZERO_SHARE_OF_DAMAGED_COLUMN * len(numbers):
        broken = [(row, "nik_column_ends_in_zero") for row, number in enumerate(cleaned.values) if number is not None]
        return Cleaned([None] * len(values), sorted([*cleaned.broken, *broken]))
    return cleaned


def _clean_nik(value: object) -> tuple[object, str | None]:
    if isinstance(value, str) and len(value) == _NIK_DIGITS and value.isascii() and value.isdigit() and int(value):
        return value, None  # as nearly all are
    if isinstance(value, float | int):
        return None, "nik_damaged" if abs(value) >= 1e14 else "nik_malformed"
    text = cell_text(value)
    if _SCIENTIFIC.fullmatch(text):
        return None, "nik_damaged"
    digits = _SEPARATORS.sub("", text)
    if _PLACEHOLDER.fullmatch(digits):
        return None, None
    return (
        (digits, None)
        if len(digits) == _NIK_DIGITS and digits.isascii() and digits.isdigit()
        else (None, "nik_malformed")
    )


def clean_numbers_of_people(values: Sequence[object]) -> Cleaned:
    """Return declared participant numbers without separators and case; None for blanks and placeholders."""

    def clean(value: object) -> tuple[object, str | None]:
        text = _SEPARATORS.sub("", cell_text(value)).casefold()
        return (None, None) if _PLACEHOLDER.fullmatch(text) else (text, None)

    return clean_distinct(values, clean)


_TITLES = frozenset("bapak bpk ibu h hj haji hajjah drs dra ir dr prof".split())  # before a name


def clean_names(values: Sequence[object]) -> Cleaned:
    """Return names for comparison: no case, punctuation, titles or degrees; None for blanks."""
    return clean_distinct(values, lambda value: (compared_name(value), None))


def compared_name(value: object) -> str | None:
    """Return the form in which two names are compared, or None where nothing of a name is left.

    Degrees stand after the first comma, titles in front; where nothing else is left the text itself counts.
    """
    return _compared_name(value if isinstance(value, str) else cell_text(value))


@lru_cache(maxsize=_MEMORY_NAMES)
def _compared_name(text: str) -> str | None:
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    words = _NO_LETTER.sub(" ", text.partition(",")[0].casefold()).split()
    first = next((place for place, word in enumerate(words) if word not in _TITLES), None)
    return " ".join(words[first:]) if first is not None else compared(text) or None
