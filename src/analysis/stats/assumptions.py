"""The conditions under which a result holds, as plain English phrases that catalogues translate.

The ``assumes`` field of an estimate joins phrases by ``"; "``. Phrases that carry a number are made by the
functions here, so that one pattern recognises them.
"""

from __future__ import annotations

from enum import StrEnum

SEPARATOR = "; "


class Assumption(StrEnum):
    """Conditions without a number of their own."""

    PEOPLE_INDEPENDENT = "people answered independently of each other"
    CLASSES_INDEPENDENT = "classes are independent of each other"
    EVERYONE_ANSWERED = "everyone answered every item"
    EQUAL_BATCHES = "the batches are of equal size"
    INVITED_ONE_BATCH = "all invited people belonged to one batch"
    SINGLE_PEAKED = "answers rise to one most frequent level and fall after it"
    NONE_BUT_PRINTED = "nothing but what is printed"
    PAIRS_ARE_ATTENDED = "everyone who attended took both tests"
    AT_PRINTED_VALUES = "the means are exactly as printed"
    VILLAGES_AGREE = "all people of a village change alike"
    CLASSES_AGREE = "all people of a class change alike"
    FAVOURABLE_MEANS_GOOD = "a favourable word means at least the category good"


def per_batch(n: int) -> str:
    """Return the condition that each batch had n people."""
    return f"n = {n} in each batch"


def sizes(ns: tuple[int, ...]) -> str:
    """Return the condition on the number of people of each batch, in one phrase."""
    return per_batch(ns[0]) if len(set(ns)) == 1 else "n = " + ", ".join(map(str, ns)) + " by batch"


def scale(low: int, high: int) -> str:
    """Return the condition that answers are whole numbers of a scale."""
    return f"answers are whole numbers from {low} to {high}"


def rounded(rule: str) -> str:
    """Return the condition on how the source rounded; ``rule`` is a rounding rule's code."""
    return f"rounding rule {rule}"


def classes(number: int, size: int) -> str:
    """Return the condition on the number and size of classes in each batch."""
    return f"{number} classes of {size} people in each batch"


def pairs(n: int) -> str:
    """Return the condition that n people took both tests."""
    return f"n = {n} pairs"


def spread(sd: float) -> str:
    """Return the condition that scores have this standard deviation."""
    return f"SD = {sd:g}"


def correlation(r: float) -> str:
    """Return the condition that pre and post scores have this correlation."""
    return f"r = {r:g}"


def join(*phrases: str) -> str:
    """Join conditions to one field, leaving out empty ones."""
    return SEPARATOR.join(phrase for phrase in phrases if phrase)
