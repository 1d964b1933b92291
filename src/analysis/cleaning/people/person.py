"""A person under construction, and what parts two of them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

NUMBERS = ("number", "nik")  # what is meant to name one person
SIMILAR_NAME_RATIO = (
    0.8  # difflib: "ani wulandari" and "anni wulandri" 0.92, two people of one village rarely above 0.6
)
Slot = tuple[object, ...]  # kinds of a table and its test


@dataclass(slots=True)
class Person:
    """A person under construction: what rows say, None where none does yet.

    ``label`` is the class inside ``batch``. ``first`` is the table and row by which the person was met. ``slots``
    holds name and class under which the person stands in each table or test; ``is_separate`` says that somebody
    decided that this row is another person; ``into`` names the person that this one turned out to be.
    """

    number: object
    nik: object
    email: object
    name: object
    village: object
    role: object
    batch: object
    label: object
    first: tuple[int, int]
    slots: dict[Slot, tuple[object, object]]
    is_separate: bool = False
    into: int | None = None

    @property
    def has_number(self) -> bool:
        """Tell whether a number names this person."""
        return self.number is not None or self.nik is not None

    def complete(self, other: Person) -> None:
        """Take over what is not known yet; nothing that is known is replaced."""
        for name in _RECORDED:
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))
        self.slots = {**other.slots, **self.slots}

    def is_another_than(self, known: Person) -> bool:
        """Tell whether a row gives a known person's number but certainly is somebody else.

        Its name is another one and so is its class, village or role; or that person stands in the same table in
        another class, as where numbers begin anew in each class.
        """
        if any(_differ(said[1], known.slots[slot][1]) for slot, said in self.slots.items() if slot in known.slots):
            return True
        if self.name is None or known.name is None or same_words(self.name, known.name):
            return False
        parted = any(_differ(getattr(self, name), getattr(known, name)) for name in ("label", "village", "role"))
        return parted and not resembles(self.name, known.name)


_RECORDED = ("number", "nik", "email", "name", "village", "role", "batch", "label")
_PARTING = {"number": "number", "nik": "nik", "email": "email", "village": "village", "role": "role", "batch": "batch",
            "label": "class"}  # fmt: skip


def differences(one: Person, other: Person) -> list[str]:
    """Return what is recorded of two people and differs; nothing where they may be one.

    Letters of classes begin anew in each batch, so classes are compared inside one only.
    """
    found = [word for name, word in _PARTING.items() if _differ(getattr(one, name), getattr(other, name))]
    if "batch" in found and "class" in found:
        found.remove("class")
    shared = one.slots.keys() & other.slots.keys()
    is_named_otherwise = one.name is not None and other.name is not None and not same_words(one.name, other.name)
    if is_named_otherwise or any(one.slots[slot][0] != other.slots[slot][0] for slot in shared):
        found.append("name")
    return found


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def resembles(one: object, other: object) -> bool:
    """Tell whether two different names may be spellings of one."""
    return one != other and SequenceMatcher(None, str(one), str(other)).ratio() >= SIMILAR_NAME_RATIO


def same_words(one: object, other: object) -> bool:
    """Tell whether two names consist of the same words, or one of the first words of the other."""
    if one == other:
        return True
    first, second = str(one).split(), str(other).split()
    shorter, longer = sorted((first, second), key=len)
    return set(first) == set(second) or longer[: len(shorter)] == shorter
