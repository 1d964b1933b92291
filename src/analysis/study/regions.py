"""Provinces and regencies: both code schemes side by side, names, spellings, local words for a village.

Codes mean different places in the two schemes ("1805" is Lampung Tengah in BPS codes and, without its dot,
Tulang Bawang in Kemendagri codes), so tables are joined on names. ``regencies.csv`` holds the BPS code only
where a source at hand gives it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from analysis.errors import StudyError, suggestion

_KIND = re.compile(r"^(kabupaten|kab|kota)\b[.\s]*(administrasi\b|adm\b\.?)?\s*", re.IGNORECASE)
EXAMPLE_PROVINCE_CODE = "99"  # imaginary provinces: no Kemendagri code begins with it
_EXAMPLE_NAME = re.compile(r"Provinsi Contoh [1-9]\d*")
_PROVINCE = re.compile(r"^(provinsi|propinsi|prov|prop)\b[.\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ProvinceRegion:
    """A province of Indonesia; codes are two digits in either scheme; ``villages`` counts its desa in 2025."""

    code_kemendagri: str
    code_bps: str
    name: str
    villages: int


@dataclass(frozen=True, slots=True)
class Regency:
    """A regency (``kind`` "Kabupaten") or city ("Kota"); ``code_bps`` is None where it is not at hand."""

    province_code: str
    code_kemendagri: str
    code_bps: str | None
    kind: str
    name: str

    @property
    def full_name(self) -> str:
        """Return the name with its kind, such as "Kabupaten Tulang Bawang"."""
        return f"{self.kind} {self.name}"

    @property
    def label(self) -> str:
        """Return the name that tables carry: with its kind only where the province has two of this name."""
        twins = [one for one in regencies(self.province_code) if one.name == self.name]
        return self.name if len(twins) == 1 else self.full_name


@dataclass(frozen=True, slots=True)
class RegencyMatch:
    """What a spelling may mean: no candidate (unknown), one (``regency``), or several (a question for a person)."""

    candidates: tuple[Regency, ...]

    @property
    def regency(self) -> Regency | None:
        """Return the regency where exactly one is meant."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class VillageWord:
    """The local word for a village and the title of its head, in a province or one of its regencies."""

    code_kemendagri: str
    village_word: str
    head_title: str


def _read(name: str) -> list[dict[str, str]]:
    text = (files("analysis.study") / "regions" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def provinces() -> tuple[ProvinceRegion, ...]:
    """Return the 38 provinces in the order of their Kemendagri codes."""
    return tuple(
        ProvinceRegion(
            row["code_kemendagri"],
            row["code_bps"],
            row["name"],
            int(row["villages_2025"]),
        )
        for row in _read("provinces.csv")
    )


@cache
def regencies(province_code: str | None = None) -> tuple[Regency, ...]:
    """Return the 514 regencies and cities, or those of one province (Kemendagri code).

    The regencies of imaginary provinces (code 99) are returned only where that code is asked for.
    """
    file = "example_regencies.csv" if province_code == EXAMPLE_PROVINCE_CODE else "regencies.csv"
    everything = (
        Regency(
            row["province_code"],
            row["code_kemendagri"],
            row["code_bps"] or None,
            row["kind"],
            row["name"],
        )
        for row in _read(file)
    )
    return tuple(one for one in everything if province_code in (None, one.province_code))


# Marks that print nothing: zero-width blanks and joiners, marks of direction, soft hyphens.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NO_LETTER = re.compile(r"[\W_]+")
_MEMORY_TEXTS = 20_000  # headers, roles, places: what recurs; names do not, and fall out again


def compared(text: object) -> str:
    """Return the words by which two texts are compared: no case, no punctuation, single blanks."""
    return _compared(str(text))


@lru_cache(maxsize=_MEMORY_TEXTS)
def _compared(text: str) -> str:
    plain = text if text.isascii() else INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _NO_LETTER.sub(" ", plain.casefold()).strip()


def name_key(text: object) -> str:
    """Return what two spellings of one name share: its compared words, written together."""
    return compared(text).replace(" ", "")


@cache
def _aliases() -> dict[str, frozenset[str]]:
    """Return the codes that each alias may mean, by the alias's key."""
    found: dict[str, set[str]] = {}
    for row in _read("aliases.csv"):
        found.setdefault(name_key(row["alias"]), set()).add(row["code_kemendagri"])
    return {key: frozenset(codes) for key, codes in found.items()}


def find_province(text: str) -> ProvinceRegion | None:
    """Return the province of an exact name or alias ("Prov. NTB"), or None."""
    key = name_key(_PROVINCE.sub("", " ".join(text.split())))
    codes = _aliases().get(key, frozenset())
    return next(
        (one for one in provinces() if name_key(one.name) == key or one.code_kemendagri in codes),
        None,
    )


def find_regency(text: str, province_code: str | None = None) -> RegencyMatch:
    """Return what a spelling of a regency may mean, inside one province where its code is given.

    Only exact names and aliases count, the whole text before the text without "Kab."/"Kota"; a name that is
    both a Kabupaten and a Kota, without either word, has two candidates.
    """
    whole = " ".join(text.split())
    known = regencies(province_code)
    found = _exact(whole, known)
    kind = _KIND.match(whole)
    if found or kind is None:
        return RegencyMatch(found)
    wanted = "Kota" if kind.group(1).casefold() == "kota" else "Kabupaten"
    return RegencyMatch(tuple(one for one in _exact(whole[kind.end() :], known) if one.kind == wanted))


def _exact(text: str, known: tuple[Regency, ...]) -> tuple[Regency, ...]:
    key = name_key(text)
    codes = _aliases().get(key, frozenset())
    return tuple(one for one in known if name_key(one.name) == key or one.code_kemendagri in codes)


@cache
def village_words(province_code: str) -> tuple[VillageWord, ...]:
    """Return the local words for a village that are used in a province; "Desa" where no other is at hand."""
    file = "example_regencies.csv" if province_code == EXAMPLE_PROVINCE_CODE else "village_words.csv"
    rows = [VillageWord(row["code_kemendagri"], row["village_word"], row["head_title"]) for row in _read(file)]
    found = tuple(one for one in rows if one.code_kemendagri.split(".")[0] == province_code)
    return found or (VillageWord(province_code, "Desa", "Kepala Desa"),)


def strip_village_word(text: str, province_code: str) -> str:
    """Return a village's name without its local word, longest first, stripped only where that word is used."""
    name = " ".join(text.split())
    words = {word.village_word for word in village_words(province_code)} | {"Desa"}
    for word in sorted(words, key=len, reverse=True):
        if name.casefold().startswith(word.casefold() + " "):
            return name[len(word) + 1 :]
    return name


def check_province(code: str, name: str, shown: str) -> None:
    """Raise StudyError, naming the file ``shown``, where code and name are not one province, real or imaginary."""
    if code == EXAMPLE_PROVINCE_CODE:
        if not _EXAMPLE_NAME.fullmatch(name):
            raise StudyError(
                f"{shown}: key 'name': found {name!r}; code {code!r} is for imaginary provinces, which are called "
                "'Provinsi Contoh 1' and so on. Correct the name or the code."
            )
        return
    region = next((one for one in provinces() if one.code_kemendagri == code), None)
    if region is None:
        named = find_province(name)
        remedy = f"{named.name} has {named.code_kemendagri!r}" if named else "see regions/provinces.csv"
        raise StudyError(f"{shown}: key 'code': {code!r} is no Kemendagri code of a province; {remedy}.")
    if name != region.name:
        names = [one.name for one in provinces()]
        hint = "" if name in names else suggestion(name, names)
        raise StudyError(
            f"{shown}: key 'name': found {name!r}{hint}; code {code!r} is {region.name!r}. Correct one of them."
        )
