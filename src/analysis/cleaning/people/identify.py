"""Who stands behind each row: declared number, else NIK, else exact name, village and role. Never a guess.

People are counted in the order in which they first appear, so that nothing depends on the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.cleaning.people.doubts import Doubt, Place, RowKey, Rulings, letters_that_differ, row_key, tell_doubt
from analysis.cleaning.people.entries import Entries, shared_groups
from analysis.cleaning.tables.recognise import Column

SIMILAR_NAME_RATIO = (
    0.8  # difflib: "ani wulandari" and "anni wulandri" 0.92, two people of one village rarely above 0.6
)
LARGEST_BLOCK_PEOPLE = 200  # of one village; more is no village but a column filled in alike


@dataclass(slots=True)
class _Person:
    """A person under construction.

    ``slots`` holds the name under which the person stands in each table or test; ``is_separate`` says that a
    person decided that this row is somebody else; ``into`` names the person that this one turned out to be.
    """

    number: object
    nik: object
    name: object
    role: object
    first: tuple[int, int]
    slots: dict[tuple[object, ...], object]
    is_separate: bool = False
    into: int | None = None


@dataclass(frozen=True, slots=True)
class People:
    """``of[t][r]`` is the person (counted from 0) of row r of the t-th entries; ``identities`` one text a person.

    An identity is what the participant's code is made of; it holds personal data and is never written.
    """

    of: list[list[int]]
    identities: list[str]
    doubts: list[Doubt]


class _Finder:
    """Builds people row by row, then joins those that are certainly the same."""

    def __init__(self, everything: Sequence[Entries], rulings: Rulings) -> None:
        self.everything = everything
        self.rulings = rulings
        self.people: list[_Person] = []
        self.of_row: dict[RowKey, int] = {}
        self.doubts: list[Doubt] = []
        self.by_number: dict[object, int] = {}
        self.by_nik: dict[object, int] = {}
        self.weak: dict[tuple[object, str], list[int]] = {}
        self.scopes = shared_groups([entries.table for entries in everything if "tests" in entries.table.kinds])

    def run(self) -> People:
        of = [self._rows(number, entries) for number, entries in enumerate(self.everything)]
        self._join_decided()
        self._join()
        self._tell_similar()
        final = [[self._root(person) for person in persons] for persons in of]
        order = {person: count for count, person in enumerate(dict.fromkeys(p for row in final for p in row))}
        identities = [self._identity(self.people[person]) for person in order]
        return People([[order[person] for person in row] for row in final], identities, self.doubts)

    def _rows(self, table_number: int, entries: Entries) -> list[int]:
        scope = entries.table.group if entries.table.group in self.scopes else None
        slot = (entries.table.kinds, entries.table.test)
        found: list[int] = []
        rows = zip(entries.number, entries.nik, entries.name, entries.village, entries.role, strict=True)
        for row, (number, nik, name, village, role) in enumerate(rows):
            weak = _weak_key(name, village, scope)
            key = row_key(entries.table, row)
            is_separate = key in self.rulings.separate
            if is_separate:  # its number is another person's, or its name is
                number = nik = None
                weak = None if self.rulings.separate[key] in self._rows_of(weak) else weak
            person = None if is_separate else self._by_numbers(number, nik, entries, row)
            if person is None:
                person = len(self.people)
                self.people.append(_Person(number, nik, name, role, (table_number, row), {slot: name}, is_separate))
                if weak is not None:
                    self.weak.setdefault(weak, []).append(person)
                elif number is None and nik is None and not is_separate:
                    self._doubt("person_unidentified", (entries.table, row), None, None, None)
            else:
                self._complete(person, number, nik, name, role, weak, entries, row)
                self.people[person].slots.setdefault(slot, name)
            if number is not None:
                self.by_number.setdefault(number, person)
            if nik is not None:
                self.by_nik.setdefault(nik, person)
            self.of_row[key] = person
            found.append(person)
        return found

    def _rows_of(self, weak: tuple[object, str] | None) -> set[RowKey]:
        """Return the rows by which people of this name and place were first met."""
        persons = self.weak.get(weak, []) if weak is not None else []
        return {row_key(*self._first(person)) for person in persons}

    def _first(self, person: int) -> Place:
        table_number, row = self.people[person].first
        return self.everything[table_number].table, row

    def _doubt(
        self, rule: str, here: Place, column: Column | None, value: object, other: int | None, difference: str = ""
    ) -> None:
        """Tell a doubt about a row and the person that it may be, unless it has been decided."""
        there = None if other is None else self._first(other)
        if not self.rulings.settles(rule, here, there):
            self.doubts.append(tell_doubt(rule, here, column, value, there, difference))

    def _by_numbers(self, number: object, nik: object, entries: Entries, row: int) -> int | None:
        by_number = self.by_number.get(number) if number is not None else None
        by_nik = self.by_nik.get(nik) if nik is not None else None
        if by_number is not None and by_nik is not None and self._root(by_number) != self._root(by_nik):
            one, other = self.people[self._root(by_number)], self.people[self._root(by_nik)]
            if one.nik is None and other.number is None:
                other.into = self._root(by_number)
                one.nik = other.nik
            else:
                column = entries.table.column("nik")
                self._doubt("number_conflict", (entries.table, row), column, nik, self._root(by_nik))
        found = by_number if by_number is not None else by_nik
        if found is None:
            return None
        known = self.people[self._root(found)]
        if by_number is None and number is not None and known.number not in (None, number):
            column = entries.table.column("participant_number")
            self._doubt("number_conflict", (entries.table, row), column, number, self._root(found))
            return None
        return self._root(found)

    def _complete(
        self,
        person: int,
        number: object,
        nik: object,
        name: object,
        role: object,
        weak: tuple[object, str] | None,
        entries: Entries,
        row: int,
    ) -> None:
        known = self.people[person]
        known.number = known.number if known.number is not None else number
        known.nik = known.nik if known.nik is not None else nik
        known.role = known.role if known.role is not None else role
        if name is not None and known.name is not None and name != known.name and not _same_words(name, known.name):
            column = entries.table.column("name")
            letters = letters_that_differ(known.name, name)
            self._doubt("same_number_other_name", (entries.table, row), column, name, person, letters)
        known.name = known.name if known.name is not None else name
        if weak is not None and person not in self.weak.get(weak, ()):
            self.weak.setdefault(weak, []).append(person)

    def _root(self, person: int) -> int:
        while (into := self.people[person].into) is not None:
            person = into
        return person

    def _join_decided(self) -> None:
        for one, other in self.rulings.same:
            kept, joined = sorted((self._root(self.of_row[one]), self._root(self.of_row[other])))
            if kept != joined:
                self._merge(kept, joined)

    def _join(self) -> None:
        """Join people of one name and village where numbers and roles allow it and one way only."""
        for same in self.weak.values():
            roots = list(dict.fromkeys(self._root(person) for person in same))
            if len(roots) > 1:
                self._join_one(roots)

    def _join_one(self, roots: list[int]) -> None:
        by_role: dict[object, list[int]] = {}
        for root in roots:
            by_role.setdefault(self.people[root].role, []).append(root)
        without = by_role.pop(None, [])
        if without and len(by_role) > 1:
            first = min(root for group in by_role.values() for root in group)
            for root in without:
                self._tell("several_candidates", root, first)
        elif without:
            by_role = {"one": [*without, *(root for group in by_role.values() for root in group)]}
        for group in by_role.values():
            self._join_group(sorted(group))

    def _join_group(self, group: list[int]) -> None:
        numbers = {self.people[root].number for root in group} - {None}
        niks = {self.people[root].nik for root in group} - {None}
        if len(numbers) <= 1 and len(niks) <= 1:
            for root in group[1:]:
                if self._may_be_one(group[0], root):
                    self._merge(group[0], root)
                else:
                    self._tell("several_candidates", root, group[0])
            return
        numbered = [root for root in group if self.people[root].number is not None or self.people[root].nik is not None]
        for root in group:
            if root not in numbered:
                self._tell("several_candidates", root, numbered[0])
            elif root != numbered[0]:
                self._tell("same_name_other_number", root, numbered[0])

    def _may_be_one(self, kept: int, joined: int) -> bool:
        """Tell whether two people stand nowhere in the same table or test under different names."""
        one, other = self.people[kept].slots, self.people[joined].slots
        return all(one[slot] == other[slot] for slot in one.keys() & other.keys())

    def _merge(self, kept: int, joined: int) -> None:
        one, other = self.people[kept], self.people[joined]
        one.number = one.number if one.number is not None else other.number
        one.nik = one.nik if one.nik is not None else other.nik
        one.role = one.role if one.role is not None else other.role
        one.slots = {**other.slots, **one.slots}
        other.into = kept

    def _tell(self, rule: str, person: int, other: int) -> None:
        table, row = self._first(person)
        column = table.column("name")
        difference = ""
        if rule == "same_name_other_number":  # there the number is what may be wrong
            column = table.column("nik") or table.column("participant_number") or column
            one, two = self.people[person], self.people[other]
            difference = letters_that_differ(two.nik or two.number, one.nik or one.number)
        elif rule == "similar_name":
            difference = letters_that_differ(self.people[other].name, self.people[person].name)
        value = table.sheet.rows[table.rows[row]][column.index] if column else None
        self._doubt(rule, (table, row), column, value, other, difference)

    def _tell_similar(self) -> None:
        """Ask about people without any number whose name resembles another one's in the same village."""
        block: dict[str, list[int]] = {}
        for (_, place), persons in self.weak.items():
            block.setdefault(place, []).extend(dict.fromkeys(map(self._root, persons)))
        for place, persons in block.items():
            if len(persons) > LARGEST_BLOCK_PEOPLE or not place.startswith("village"):
                continue
            distinct = list(dict.fromkeys(persons))
            for person in distinct:
                one = self.people[person]
                if one.number is None and one.nik is None:
                    others = [other for other in distinct if self._is_open(person, other)]
                    if others:
                        self._tell("similar_name", person, others[0])

    def _is_open(self, person: int, other: int) -> bool:
        """Tell whether two people's names resemble each other and nobody has decided about them."""
        resemble = _resembles(self.people[person].name, self.people[other].name)
        return resemble and not self.rulings.settles("similar_name", self._first(person), self._first(other))

    def _identity(self, person: _Person) -> str:
        table_number, row = person.first
        entries = self.everything[table_number]
        sheet = entries.table.sheet
        if person.is_separate:
            return f"row\0{sheet.file}\0{sheet.name}\0{entries.table.rows[row]}"
        if person.number is not None:
            return f"number\0{person.number}"
        if person.nik is not None:
            return f"nik\0{person.nik}"
        if person.name is not None and entries.village[row] is not None:
            return f"name\0{person.name}\0{entries.village[row]}\0{person.role}"
        return f"row\0{sheet.file}\0{sheet.name}\0{entries.table.rows[row]}"


def _weak_key(name: object, village: object, scope: str | None) -> tuple[object, str] | None:
    """Return what rows of one person share: name and village, or name and group of files; None for too little."""
    if name is None or (village is None and scope is None):
        return None
    return (name, f"village {village}" if village is not None else f"group {scope}")


def _resembles(one: object, other: object) -> bool:
    return one != other and SequenceMatcher(None, str(one), str(other)).ratio() >= SIMILAR_NAME_RATIO


def _same_words(one: object, other: object) -> bool:
    """Tell whether two names consist of the same words, or one of the first words of the other."""
    first, second = str(one).split(), str(other).split()
    shorter, longer = sorted((first, second), key=len)
    return set(first) == set(second) or longer[: len(shorter)] == shorter


def identify(everything: Sequence[Entries], rulings: Rulings | None = None) -> People:
    """Return the person of every row of all tables, and what is in doubt about it and not yet decided."""
    return _Finder(everything, rulings or Rulings()).run()
