"""Who stands behind each row: its number, else its NIK, else its name with a place, e-mail or class. Never a guess.

Everything holds inside one batch: who took part in two stands there as two participants. People are counted in the
order in which they first appear, so that nothing depends on the key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.people.doubts import Doubt, Place, RowKey, Rulings, letters_that_differ, row_key, tell_doubt
from analysis.cleaning.people.entries import Entries, shared_groups
from analysis.cleaning.people.person import NUMBERS, Person, differences, resembles, same_words
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.tables.recognise import Column

LARGEST_BLOCK_PEOPLE = 200  # of one village or name; more is no village but a column filled in alike
_NAMING = ("name", "surname", "given_name", "nik", "participant_number", "email")
ALONE = -1  # the person of a row that says nothing or too little about who it is
_ASKED = {"number": "same_name_other_number", "nik": "same_name_other_number", "email": "same_name_other_email",
          "class": "same_name_other_class", "batch": "same_person_other_batch", "name": "similar_name"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """Who is who.

    ``of[t][r]`` is the person (counted from 0) of row r of the t-th entries, ``ALONE`` for a form that cannot be
    linked to anybody; ``identities`` one text a person, of which the participant's code is made: it holds personal
    data and is never written. ``undecided`` are people who may be somebody else in the data.
    """

    of: list[list[int]]
    identities: list[str]
    doubts: list[Doubt]
    problems: list[Problem]
    undecided: frozenset[int]


@dataclass(slots=True)
class _Finder:
    """Builds people row by row, then joins those that are certainly the same."""

    everything: Sequence[Entries]
    rulings: Rulings
    batches: Sequence[str]
    people: list[Person] = field(default_factory=list)
    of_row: dict[RowKey, int] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: set[int] = field(default_factory=set)
    holders: dict[tuple[object, ...], list[int]] = field(default_factory=dict)
    blocks: dict[tuple[object, ...], list[int]] = field(default_factory=dict)
    asked: set[tuple[str, int, int]] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)
    batches_of: dict[tuple[str, object], set[object]] = field(default_factory=dict)

    def run(self) -> People:
        tests = [entries.table for entries in self.everything if "tests" in entries.table.kinds]
        self.scopes = shared_groups(tests)
        self._count_batches()
        of = [self._rows(number, entries) for number, entries in enumerate(self.everything)]
        self._join_decided()
        for block in self.blocks.values():
            if len(block) > 1:
                self._join(block)
        self._tell_similar()
        self._tell_batches()
        roots = [[person if person == ALONE else self._root(person) for person in persons] for persons in of]
        order = {person: count for count, person in enumerate(dict.fromkeys(p for row in roots for p in row if p >= 0))}
        final = [[order.get(person, ALONE) for person in row] for row in roots]
        open_people = frozenset(order[root] for one in self.undecided if (root := self._root(one)) in order)
        return People(final, self._identities(list(order)), self.doubts, self.problems, open_people)

    def _count_batches(self) -> None:
        """Note the numbers that stand in several batches, and in which: numbers may begin anew in each."""
        for entries in self.everything:
            batch = entries.attributes["batch"]
            for kind in NUMBERS:
                for value, one in zip(entries.identifier(kind), batch, strict=True):
                    if value is not None and one is not None:
                        self.batches_of.setdefault((kind, value), set()).add(one)
        self.batches_of = {key: batches for key, batches in self.batches_of.items() if len(batches) > 1}

    def _rows(self, table_number: int, entries: Entries) -> list[int]:
        lone = _Lone()
        found = [self._row(table_number, entries, row, lone) for row in range(len(entries))]
        self.problems += lone.problems(entries)
        return found

    def _row(self, table_number: int, entries: Entries, row: int, lone: _Lone) -> int:
        told = self._new_person(table_number, entries, row)
        key = row_key(entries.table, row)
        blocks = self._block_keys(told, entries)
        if key in self.rulings.separate:  # its number is another person's, or its name is
            told.number = told.nik = None
            told.is_separate = True
            apart = self.rulings.separate[key]
            blocks = [one for one in blocks if apart not in self._rows_of(one)]
        person = None if told.is_separate else self._by_number(told, entries, row)
        if person is None:
            if not (blocks or told.has_number or told.is_separate):
                lone.add(row, told.name)
                if not entries.is_person_by_itself:
                    return ALONE
            person = len(self.people)
            self.people.append(told)
        else:
            self._complete(person, told, entries, row)
        self._enter(person, told, blocks)
        self.of_row[key] = person
        return person

    def _new_person(self, table_number: int, entries: Entries, row: int) -> Person:
        attributes = entries.attributes
        slot = (entries.table.kinds, entries.table.test)
        name, label = entries.name[row], attributes["class"][row]
        return Person(
            number=entries.number[row],
            nik=entries.nik[row],
            email=entries.email[row],
            name=name,
            village=attributes["village"][row],
            role=attributes["role"][row],
            batch=attributes["batch"][row],
            label=label,
            first=(table_number, row),
            slots={slot: (name, label)},
        )

    def _block_keys(self, told: Person, entries: Entries) -> list[tuple[object, ...]]:
        """Return what rows of one person share beside numbers: e-mail; name and village, class, or group of files."""
        keys: list[tuple[object, ...]] = []
        if told.email is not None:
            keys.append(("email", told.email))
        if told.name is None:
            return keys
        if told.village is not None:
            keys.append(("village", told.name, told.village))
        if told.batch is not None and told.label is not None:
            keys.append(("class", told.name, told.batch, told.label))
        if entries.table.group in self.scopes and "tests" in entries.table.kinds:
            keys.append(("group", told.name, entries.table.group))
        return keys

    def _enter(self, person: int, told: Person, blocks: Iterable[tuple[object, ...]]) -> None:
        for kind in NUMBERS:
            value = getattr(told, kind)
            if value is not None:
                held = self.holders.setdefault(self._number_key(kind, value, told.batch), [])
                if person not in held:
                    held.append(person)
        for key in blocks:
            block = self.blocks.setdefault(key, [])
            if person not in block:
                block.append(person)

    def _number_key(self, kind: str, value: object, batch: object) -> tuple[object, ...]:
        """Return what a number is looked up by: in a study where it stands in several batches, inside its own."""
        return (kind, value, batch if (kind, value) in self.batches_of else None)

    def _rows_of(self, key: tuple[object, ...]) -> set[RowKey]:
        """Return the rows by which the people of a block were first met."""
        return {row_key(*self._first(person)) for person in self.blocks.get(key, [])}

    def _first(self, person: int) -> Place:
        table_number, row = self.people[person].first
        return self.everything[table_number].table, row

    def _by_number(self, told: Person, entries: Entries, row: int) -> int | None:
        """Return the person whose number this row gives, None where it is nobody's yet."""
        by_number = self._holder("number", told, entries, row)
        by_nik = self._holder("nik", told, entries, row)
        if by_number is not None and by_nik is not None and by_number != by_nik:
            one, other = self.people[by_number], self.people[by_nik]
            if one.nik is None and other.number is None:
                self._merge(by_number, by_nik)
            else:
                self._doubt("number_conflict", (entries.table, row), entries.table.column("nik"), told.nik, by_nik)
        found = by_number if by_number is not None else by_nik
        if found is None:
            return None
        known = self.people[found]
        if by_number is None and told.number is not None and known.number not in (None, told.number):
            column = entries.table.column("participant_number")
            self._doubt("number_conflict", (entries.table, row), column, told.number, found)
            return None
        return found

    def _holder(self, kind: str, told: Person, entries: Entries, row: int) -> int | None:
        value = getattr(told, kind)
        if value is None:
            return None
        key = self._number_key(kind, value, told.batch)
        held = self._roots(self.holders.get(key, ()))
        column = entries.table.column("nik" if kind == "nik" else "participant_number")
        if told.batch is None and (kind, value) in self.batches_of:
            return self._holder_in_any_batch(kind, told, (entries.table, row), column)
        found = next((person for person in held if not told.is_another_than(self.people[person])), None)
        if held and found is None:
            self._doubt("same_number_other_person", (entries.table, row), column, value, held[0])
        return found

    def _holder_in_any_batch(self, kind: str, told: Person, here: Place, column: Column | None) -> int | None:
        """Return whose number it is where the row names no batch and the number stands in several; None for a doubt."""
        value = getattr(told, kind)
        keys = [(kind, value, batch) for batch in self._standing(kind, value)]
        held = self._roots(person for key in keys for person in self.holders.get(key, ()))
        fitting = [person for person in held if not told.is_another_than(self.people[person])]
        if len(fitting) > 1:
            self._doubt("several_candidates", here, column, value, min(fitting))
        return fitting[0] if len(fitting) == 1 else None

    def _standing(self, kind: str, value: object) -> list[str]:
        """Return the batches in which a number stands, in the order of the study; nothing where it is one at most."""
        standing = self.batches_of.get((kind, value))
        return [] if standing is None else [batch for batch in self.batches if batch in standing]

    def _doubt(
        self, rule: str, here: Place, column: Column | None, value: object, other: int | None, difference: str = ""
    ) -> bool:
        """Tell a doubt about a row and the person that it may be, unless it has been decided; tell whether it was."""
        there = None if other is None else self._first(other)
        if self.rulings.settles(rule, here, there):
            return False
        self.doubts.append(tell_doubt(rule, here, column, value, there, difference))
        return True

    def _complete(self, person: int, told: Person, entries: Entries, row: int) -> None:
        known = self.people[person]
        if told.name is not None and known.name is not None and not same_words(told.name, known.name):
            column = entries.table.column("name")
            letters = letters_that_differ(known.name, told.name)
            self._doubt("same_number_other_name", (entries.table, row), column, told.name, person, letters)
        known.complete(told)

    def _root(self, person: int) -> int:
        while (into := self.people[person].into) is not None:
            person = into
        return person

    def _roots(self, persons: Iterable[int]) -> list[int]:
        return list(dict.fromkeys(self._root(person) for person in persons))

    def _merge(self, kept: int, joined: int) -> None:
        self.people[kept].complete(self.people[joined])
        self.people[joined].into = kept

    def _join_decided(self) -> None:
        for one, other in self.rulings.same:
            if one not in self.of_row or other not in self.of_row:
                continue  # of a form that stands alone
            kept, joined = sorted((self._root(self.of_row[one]), self._root(self.of_row[other])))
            if kept != joined:
                self._merge(kept, joined)

    def _join(self, block: Sequence[int]) -> None:
        """Join people of one block where nothing that is recorded parts them, and one way only.

        Who fits two people that differ from each other is paired with neither, which is asked about.
        """
        roots = sorted(self._roots(block))
        if len(roots) < 2:
            return
        if len(roots) > LARGEST_BLOCK_PEOPLE:
            self._tell("several_candidates", roots[1], roots[0])
            return
        fits = {one: [two for two in roots if two != one and not self._parted(one, two)] for one in roots}
        between = [one for one, others in fits.items() if self._are_parted(others)]
        for one in between:
            self._tell("several_candidates", one, fits[one][0])
        clear = [one for one in roots if one not in between]
        for one in clear:
            for two in fits[one]:
                if two > one and two in clear and self._root(two) != self._root(one):
                    self._merge(self._root(one), self._root(two))
        self._ask(self._roots(clear))

    def _parted(self, one: int, other: int) -> list[str]:
        return differences(self.people[one], self.people[other])

    def _are_parted(self, persons: Sequence[int]) -> bool:
        return any(self._parted(one, two) for place, one in enumerate(persons) for two in persons[:place])

    def _ask(self, groups: Sequence[int]) -> None:
        """Ask about namesakes whom one record only parts; two roles, villages or names are two people."""
        for place, one in enumerate(groups):
            for other in groups[:place]:
                parting = self._parted(one, other)
                rules = {_ASKED.get(name) for name in parting}
                rule = next(iter(rules)) if len(rules) == 1 else None
                if rule == "similar_name" and not resembles(self.people[one].name, self.people[other].name):
                    continue  # two people who share an e-mail address
                if rule == "same_person_other_batch" and self._stand_alike(one, other):
                    continue  # took part twice, in whole
                if rule is not None:
                    self._tell(rule, one, other)
                    break

    def _stand_alike(self, one: int, other: int) -> bool:
        """Tell whether two people stand in the same kinds of tables and tests."""
        return bool(self.people[one].slots.keys() & self.people[other].slots.keys())

    def _tell(self, rule: str, person: int, other: int) -> None:
        if (rule, person, other) in self.asked:
            return
        self.asked.add((rule, person, other))
        table, row = self._first(person)
        column = table.column("name")
        one, two = self.people[person], self.people[other]
        difference = ""
        if rule == "same_name_other_number":  # there the number is what may be wrong
            column = table.column("nik") or table.column("participant_number") or column
            difference = letters_that_differ(two.nik or two.number, one.nik or one.number)
        elif rule == "similar_name":
            difference = letters_that_differ(two.name, one.name)
        value = table.sheet.rows[table.rows[row]][column.index] if column else None
        if self._doubt(rule, (table, row), column, value, other, difference) and rule != "same_person_other_batch":
            self.undecided.add(person)

    def _tell_similar(self) -> None:
        """Ask about people without any number whose name resembles another one's in the same village."""
        block: dict[object, list[int]] = {}
        for key, persons in self.blocks.items():
            if key[0] == "village":
                block.setdefault(key[2], []).extend(self._roots(persons))
        for persons in block.values():
            distinct = list(dict.fromkeys(persons))
            if len(persons) > LARGEST_BLOCK_PEOPLE:
                continue
            for person in distinct:
                one = self.people[person]
                if one.number is None and one.nik is None:
                    others = [other for other in distinct if self._is_open(person, other)]
                    if others:
                        self._tell("similar_name", person, others[0])

    def _is_open(self, person: int, other: int) -> bool:
        """Tell whether two people's names resemble each other and nobody has decided about them."""
        one, two = self.people[person], self.people[other]
        if None not in (one.batch, two.batch) and one.batch != two.batch:
            return False
        return resembles(one.name, two.name) and not self.rulings.settles(
            "similar_name", self._first(person), self._first(other)
        )

    def _tell_batches(self) -> None:
        """Say how many people took part in two batches, and ask about those whom two kinds of tables place apart."""
        twice: list[int] = []
        for kind, value in self.batches_of:
            keys = [(kind, value, batch) for batch in self._standing(kind, value)]
            first, *others = self._roots(person for key in keys for person in self.holders.get(key, ())) or [ALONE]
            for other in others:
                one, two = self.people[first], self.people[other]
                if one.name is not None and two.name is not None and not same_words(one.name, two.name):
                    continue  # numbers that begin anew in each batch
                if self._stand_alike(first, other):
                    twice.append(other)
                else:
                    self._tell("same_person_other_batch", other, first)
        if twice:
            table, row = self._first(twice[0])
            note = table.problem("took_part_twice", row, None)
            self.problems.append(replace(note, value=f"{len(twice)} {'person' if len(twice) == 1 else 'people'}"))

    def _identities(self, persons: Sequence[int]) -> list[str]:
        """Return a text for each person: the shortest of its texts that no other person has too."""
        for texts in (self._short, self._long):
            found = [texts(self.people[person]) for person in persons]
            counts = Counter(found)
            if len(counts) == len(found):
                return found
        return [
            text if counts[text] == 1 else self._by_row(self.people[person])
            for person, text in zip(persons, found, strict=True)
        ]

    def _short(self, person: Person) -> str:
        if person.is_separate:
            return self._by_row(person)
        for kind in NUMBERS:
            value = getattr(person, kind)
            if value is not None:
                return f"{kind}\0{value}{self._further_batch(kind, value, person.batch)}"
        if person.name is not None and person.village is not None:
            return f"name\0{person.name}\0{person.village}\0{person.role}"
        if person.email is not None:
            return f"email\0{person.email}"
        if person.name is not None and person.label is not None:
            return f"name\0{person.name}\0{person.batch}\0{person.label}"
        return self._by_row(person)

    def _further_batch(self, kind: str, value: object, batch: object) -> str:
        """Return the batch for a code of its own, "" in the first batch of a number: a NIK has one code everywhere."""
        standing = self._standing(kind, value)
        return "" if not standing or batch == standing[0] else f"\0{batch}"

    def _long(self, person: Person) -> str:
        parts = (person.batch, person.label, person.village, person.role, person.email)
        short = self._short(person)
        return short if short.startswith("row\0") else "\0".join([short, *map(str, parts)])

    def _by_row(self, person: Person) -> str:
        table_number, row = person.first
        table = self.everything[table_number].table
        return f"row\0{table.sheet.file}\0{table.sheet.name}\0{table.sheet.first_row + table.rows[row]}"


@dataclass(slots=True)
class _Lone:
    """The rows of one table that say too little about who they are: with a name only, or with nothing."""

    named: list[int] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)

    def add(self, row: int, name: object) -> None:
        (self.nameless if name is None else self.named).append(row)

    def problems(self, entries: Entries) -> list[Problem]:
        """Return one problem for each of the two, with the count of its rows."""
        table = entries.table
        column = table.column("name")
        if not any(table.column(meaning) for meaning in _NAMING) and table.kinds == ("followup",):
            return []  # plans by regency name nobody, as the contract of follow-up allows
        told = [("person_unidentified", None, self.nameless), ("name_alone", column, self.named)]
        found = []
        for rule, where, rows in told:
            if rows:
                place = table.problem(rule, rows[0], where)
                found.append(replace(place, value=counted(len(rows), "row")))
        return found


def identify(everything: Sequence[Entries], rulings: Rulings | None = None, *, batches: Sequence[str] = ()) -> People:
    """Return the person of every row of all tables, and what is in doubt about it and not yet decided.

    Parameters
    ----------
    everything
        The entries of all tables of people, in the order in which people are met.
    rulings
        What persons decided about doubts.
    batches
        Ids of the study's batches in their order: of a person who took part in two, the first has the plain code.
    """
    return _Finder(everything, rulings or Rulings(), batches).run()
