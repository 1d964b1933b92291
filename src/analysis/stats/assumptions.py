"""The conditions under which a result holds, as plain English phrases that catalogues translate.

The ``assumes`` field of an estimate joins phrases by ``"; "``. A :class:`Condition` is one phrase with its numbers;
it is written and read here alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Self

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
    GUIDE_CLASSES = "classes are as large as the guide says"
    EQUAL_UNITS = "all classes are of equal size, and so are all villages"
    CLASSES_EXCHANGEABLE = "classes would be exchangeable without a difference between batches"
    CLASSES_WITHOUT_EFFECT = "classes have no effect of their own"
    PLACE_AND_DATE_IN_BATCH = "hotel, date and trainers of a batch cannot be told from the batch"
    PROPORTIONAL_ODDS = "one odds ratio describes every cut of the scale"
    EQUAL_COVARIANCES = "all pairs of items have the same covariance"
    SAME_MIX = "both batches have the mix of the people they have in common"
    FAVOURABLE_MEANS_GOOD = "a favourable word means at least the category good"
    POINTWISE = "each interval holds by itself, not all of them together"
    MIRRORED_CLASSES = "without a change the changes of a class are as likely mirrored"
    EQUAL_SLOPES = "pre and post are related by one straight line, equally steep in both groups"
    DIFFERENT_PEOPLE = "the forms are of different people, none took both tests"
    ANY_LINKING = "for any correlation between the tests and any number of people who took both"
    NEVER_IMPACT = "activity in the learning system is not an effect of the training"


class Phrase(StrEnum):
    """Conditions with a number (or a code) in them: the key of the catalogues, a placeholder for each."""

    N = "n = {n}"
    PER_BATCH = "n = {n} in each batch"
    BY_BATCH = "n = {n} by batch"
    SCALE = "answers are whole numbers from {low} to {high}"
    ROUNDED = "rounding rule {rounding_rule}"
    CLASSES = "{classes} classes of {size} people in each batch"
    CLASSES_BY_BATCH = "{classes} classes by batch, as equal in size as whole people allow"
    DETECTED = "found with probability {power} at level {level}"
    SIMULTANEOUS = "{intervals} intervals hold together"
    PAIRS = "n = {n} pairs"
    SPREAD = "SD = {sd}"
    CORRELATION = "r = {r}"
    MARGIN = "smallest change that matters = {margin} points"
    RELIABILITY = "reliability = {reliability}"
    RETEST_CORRELATION = "rho = {rho}"
    RESCALED = "pretest rescaled from {pre} to {post} points"
    CLASS_CORRELATION = "correlation within classes at most {icc}"
    CLASS_SIZE = "classes of {size} people"


_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# What a placeholder stands for: numbers as English prints them, several joined by a comma, or a code.
_CAPTURE = r"[-+]?[0-9][0-9.e+-]*(?:, [0-9][0-9.e+-]*)*|[a-z_]+"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a phrase, and the values of its placeholders in their order, as English writes them.

    >>> Condition.parse("n = 96 in each batch")
    Condition(phrase='n = {n} in each batch', values=(('n', '96'),))
    """

    phrase: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, phrase: Phrase, values: Mapping[str, object]) -> Self:
        """Return a condition from a phrase and its values; numbers are written as ``g`` prints them."""
        return cls(str(phrase), tuple((name, _written(value)) for name, value in values.items()))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the condition that a text writes; one that no phrase fits is a phrase of its own."""
        for phrase, pattern in _patterns():
            found = pattern.fullmatch(text)
            if found:
                return cls(phrase, tuple(found.groupdict().items()))
        return cls(text)

    def __str__(self) -> str:
        given = dict(self.values)
        return _PLACEHOLDER.sub(lambda found: given[found.group(1)], self.phrase)


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


@lru_cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(phrase), re.compile(_as_pattern(phrase))) for phrase in sorted(Phrase, key=len, reverse=True))


def _as_pattern(phrase: str) -> str:
    pieces = _PLACEHOLDER.split(phrase)
    return "".join(
        re.escape(piece) if place % 2 == 0 else f"(?P<{piece}>{_CAPTURE})" for place, piece in enumerate(pieces)
    )


def parse(assumes: str | None) -> tuple[Condition, ...]:
    """Return the conditions of an ``assumes`` field, in order."""
    return tuple(Condition.parse(text) for text in (assumes or "").split(SEPARATOR) if text)


def without(assumes: str | None, condition: str) -> str:
    """Return an ``assumes`` field without one of its conditions."""
    return join(*(str(one) for one in parse(assumes) if str(one) != condition))


def exchanged(assumes: str | None, condition: str, other: str) -> str:
    """Return an ``assumes`` field with one of its conditions replaced by another, in its place."""
    return join(*(other if str(one) == condition else str(one) for one in parse(assumes)))


def per_batch(n: int) -> str:
    """Return the condition that each batch had n people."""
    return str(Condition.of(Phrase.PER_BATCH, {"n": n}))


def sizes(ns: tuple[int, ...]) -> str:
    """Return the condition on the number of people of each batch, in one phrase."""
    if len(set(ns)) == 1:
        return per_batch(ns[0])
    return str(Condition.of(Phrase.BY_BATCH, {"n": ", ".join(map(str, ns))}))


def scale(low: int, high: int) -> str:
    """Return the condition that answers are whole numbers of a scale."""
    return str(Condition.of(Phrase.SCALE, {"low": low, "high": high}))


def rounded(rule: str) -> str:
    """Return the condition on how the source rounded; ``rule`` is a rounding rule's code."""
    return str(Condition.of(Phrase.ROUNDED, {"rounding_rule": rule}))


def classes(counts: tuple[int, ...], ns: tuple[int, ...]) -> str:
    """Return the condition on the classes of each batch, whose people are split as equally as whole people can be."""
    sizes = {n / count for count, n in zip(counts, ns, strict=True)}
    if len(set(counts)) == len(sizes) == 1 and ns[0] % counts[0] == 0:
        return str(Condition.of(Phrase.CLASSES, {"classes": counts[0], "size": ns[0] // counts[0]}))
    return str(Condition.of(Phrase.CLASSES_BY_BATCH, {"classes": ", ".join(map(str, counts))}))


def pairs(n: int) -> str:
    """Return the condition that n people took both tests."""
    return str(Condition.of(Phrase.PAIRS, {"n": n}))


def spread(sd: float) -> str:
    """Return the condition that scores have this standard deviation."""
    return str(Condition.of(Phrase.SPREAD, {"sd": sd}))


def correlation(r: float) -> str:
    """Return the condition that pre and post scores have this correlation."""
    return str(Condition.of(Phrase.CORRELATION, {"r": r}))


def detected(power: float, level: float) -> str:
    """Return the condition that an effect is found with this chance by a test at this two-sided level."""
    return str(Condition.of(Phrase.DETECTED, {"power": power, "level": level}))


def simultaneous(intervals: int) -> str:
    """Return the condition that so many intervals hold the truth together at their level."""
    return str(Condition.of(Phrase.SIMULTANEOUS, {"intervals": intervals}))


def margin(points: float) -> str:
    """Return the condition that a change below so many points does not matter."""
    return str(Condition.of(Phrase.MARGIN, {"margin": points}))


def reliability(value: float) -> str:
    """Return the condition that the pretest has this reliability."""
    return str(Condition.of(Phrase.RELIABILITY, {"reliability": value}))


def retest_correlation(rho: float) -> str:
    """Return the condition that two tests without a training between them correlate so much."""
    return str(Condition.of(Phrase.RETEST_CORRELATION, {"rho": rho}))


def rescaled(pre_maximum: float, post_maximum: float) -> str:
    """Return the condition that pretest points were rescaled to the posttest's maximum."""
    return str(Condition.of(Phrase.RESCALED, {"pre": pre_maximum, "post": post_maximum}))


def class_correlation(icc: float, size: int) -> str:
    """Return the condition on the likeness within classes of a size at which a result of people still holds."""
    return join(
        str(Condition.of(Phrase.CLASS_CORRELATION, {"icc": icc})), str(Condition.of(Phrase.CLASS_SIZE, {"size": size}))
    )


def join(*phrases: str) -> str:
    """Join conditions to one field, leaving out empty ones."""
    return SEPARATOR.join(phrase for phrase in phrases if phrase)
