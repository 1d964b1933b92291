"""Imaginary places and people: names that nobody bears, numbers that nobody has.

Names are words of a code over 29 syllables of q, x, v, z, w and f: person names are six syllables of which
any two names differ in three, village names five of which any two differ in two, so that no two people
resemble each other unless a near-duplicate is planted. NIKs begin with 99, which is no province, phones
with 0000, and e-mail addresses end in example.invalid (RFC 2606).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from analysis.errors import ParameterError
from analysis.simulation.model import Integers, Topic, generator
from analysis.simulation.parameters import PEOPLE_PER_VILLAGE, Size
from analysis.study.regions import EXAMPLE_PROVINCE_CODE, Regency, VillageWord, regencies, village_words

_SYLLABLES = [consonant + vowel for consonant in "qxvzwf" for vowel in "aiueo"][:29]  # a prime number of them
_PRIME = 29
_DATA = 4  # syllables that are free; the rest are checks
NAMES = _PRIME**_DATA  # 707,281 different names
_STRIDE = 271_829  # spreads neighbouring numbers over the names; no factor in common with NAMES
_VILLAGES_PER_DISTRICT = 10
_LARGEST_DISTRICT = 249  # villages; their people must differ in three digits of the NIK
_DISTRICTS = 99
_REGENCY_SHARES = np.array([0.16, 0.20, 0.12, 0.24, 0.06, 0.22])  # one small one, as it happens
_VILLAGES_PER_FURTHER_REGENCY = 40
_FIRST_BIRTHDAY, _BIRTHDAYS = dt.date(1960, 1, 1), 14_600  # 1960 to 1999
_FEMALE_SHARE = (0.12, 0.20, 0.85, 0.35)  # by role


def _word(number: int, syllables: int) -> str:
    """Return a code word: the values of a polynomial over 29 elements whose coefficients are ``number``."""
    coefficients = [number // _PRIME**power % _PRIME for power in range(_DATA)]
    values = (sum(c * point**power for power, c in enumerate(coefficients)) % _PRIME for point in range(syllables))
    return "".join(_SYLLABLES[value] for value in values)


def person_name(number: int) -> str:
    """Return the name of a person by number (below :data:`NAMES`), such as "Qavuxi Zewofa"."""
    word = _word(number, 6)
    return f"{word[:6].capitalize()} {word[6:].capitalize()}"


def village_name(number: int) -> str:
    """Return the name of a village by number."""
    return _word(number, 5).capitalize()


@dataclass(frozen=True, slots=True)
class Place:
    """One village: its name without the local word, district, regency, and the words that its regency uses."""

    name: str
    district: str
    regency: Regency
    words: VillageWord


@dataclass(frozen=True, slots=True)
class Person:
    """One imaginary person; ``sex`` is L or P."""

    name: str
    nik: str
    sex: str
    phone: str
    email: str


def draw_places(size: Size, seed: int, province: int) -> list[Place]:
    """Return the villages in order; each class draws from all regencies, so that batches share them."""
    rng = generator(seed, province, Topic.PLACES)
    known = regencies(EXAMPLE_PROVINCE_CODE)
    words = {word.code_kemendagri: word for word in village_words(EXAMPLE_PROVINCE_CODE)}
    count = min(len(known), max(len(_REGENCY_SHARES), size.villages // _VILLAGES_PER_FURTHER_REGENCY))
    shares = np.concatenate([_REGENCY_SHARES, np.full(count - len(_REGENCY_SHARES), 0.15)])
    shares = shares / shares.sum()
    edges = np.round(np.cumsum(shares) * size.villages).astype(int)
    regency_of = np.searchsorted(edges, rng.permutation(size.villages), side="right")
    if size.villages > 0 and np.bincount(regency_of).max() > _DISTRICTS * _LARGEST_DISTRICT:
        raise ParameterError(f"villages = {size.villages}: more than the numbers of people can tell apart; use fewer.")
    first = int(rng.integers(NAMES))
    districts = [_district_numbers(int(total)) for total in np.bincount(regency_of, minlength=count)]
    seen = [0] * count
    places = []
    for village, index in enumerate(regency_of.tolist()):
        regency = known[index]
        district = int(districts[index][seen[index]])
        seen[index] += 1
        name = village_name((first + village * _STRIDE) % NAMES)
        places.append(Place(name, f"{regency.name} {district:02d}", regency, words[regency.code_kemendagri]))
    return places


def _district_numbers(villages: int) -> Integers:
    """Return the district number (from 1) of each village of a regency."""
    count = min(_DISTRICTS, max(1, villages // _VILLAGES_PER_DISTRICT))
    return 1 + np.arange(villages) * count // max(villages, 1)


def draw_persons(places: list[Place], role: Integers, seed: int, province: int) -> list[Person]:
    """Return one person per village and role, in that order; all NIKs of a province differ in 15 digits."""
    rng = generator(seed, province, Topic.WORKBOOKS)
    count = role.size
    if count > NAMES:
        raise ParameterError(f"{count} people: at most {NAMES} have a name of their own. Use fewer villages.")
    female = rng.random(count) < np.asarray(_FEMALE_SHARE)[role]
    birthdays = rng.integers(_BIRTHDAYS, size=count)
    last = rng.integers(1, 10, size=count)  # never 0, which is what Excel makes of the sixteenth digit
    first = int(rng.integers(NAMES))
    serials: dict[str, int] = {}
    persons = []
    for number in range(count):
        place = places[number // PEOPLE_PER_VILLAGE]
        area = place.regency.code_kemendagri.replace(".", "") + place.district[-2:]
        serials[area] = serials.get(area, -1) + 1
        born = _FIRST_BIRTHDAY + dt.timedelta(days=int(birthdays[number]))
        day = born.day + 40 * bool(female[number])
        nik = f"{area}{day:02d}{born:%m%y}{serials[area]:03d}{last[number]}"
        name = person_name((first + number * _STRIDE) % NAMES)
        persons.append(
            Person(name, nik, "P" if female[number] else "L", f"0000 {number // 10_000:04d} {number % 10_000:04d}",
                   f"{name.replace(' ', '.').casefold()}@example.invalid")
        )  # fmt: skip
    return persons
