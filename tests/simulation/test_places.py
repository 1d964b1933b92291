"""Names and numbers of imaginary people: different from each other, resembling nobody."""

import difflib
import re
from itertools import combinations

import pytest

from analysis.simulation.model import draw_people
from analysis.simulation.parameters import Size
from analysis.simulation.places import NAMES, draw_persons, draw_places, person_name, village_name


def syllables(word: str) -> list[str]:
    return re.findall("..", word.replace(" ", "").casefold())


def test_any_two_people_differ_in_three_syllables_and_villages_in_two() -> None:
    numbers = [(17 + 271_829 * k) % NAMES for k in range(150)]
    for name, distance in ((person_name, 3), (village_name, 2)):
        for first, second in combinations([syllables(name(number)) for number in numbers], 2):
            assert sum(a != b for a, b in zip(first, second, strict=True)) >= distance


def test_names_do_not_resemble_each_other() -> None:
    names = [person_name((271_829 * k) % NAMES) for k in range(200)]
    assert max(difflib.SequenceMatcher(None, a, b).ratio() for a, b in combinations(names, 2)) < 0.85


@pytest.mark.parametrize("villages", [17, 72, 880, 12_000])
def test_people_of_a_province_can_be_told_apart_by_fifteen_digits(villages: int) -> None:
    size = Size(villages=villages)
    places = draw_places(size, 1, 1)
    persons = draw_persons(places, draw_people(size).role, 1, 1)
    assert len({person.nik[:15] for person in persons}) == len(persons) == size.people
    assert len({person.name for person in persons}) == size.people
    assert len({place.name for place in places}) == villages
    assert all(re.fullmatch(r"99\d{13}[1-9]", person.nik) for person in persons)


def test_the_small_regency_of_the_shipped_province_has_four_villages() -> None:
    """Its role cells hold four people each, so that disclosure control has something to suppress."""
    names = [place.regency.name for place in draw_places(Size(), 2023, 1)]
    assert names.count("Contoh Barat Daya") == 4
    assert len(set(names)) == 6


def test_a_birth_day_above_forty_says_woman() -> None:
    size = Size()
    persons = draw_persons(draw_places(size, 1, 1), draw_people(size).role, 1, 1)
    assert all((int(person.nik[6:8]) > 40) == (person.sex == "P") for person in persons)
    assert {person.sex for person in persons} == {"L", "P"}
