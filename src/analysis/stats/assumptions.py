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


def classes(counts: tuple[int, ...], ns: tuple[int, ...]) -> str:
    """Return the condition on the classes of each batch, whose people are split as equally as whole people can be."""
    sizes_of_classes = {n / count for count, n in zip(counts, ns, strict=True)}
    if len(set(counts)) == len(sizes_of_classes) == 1 and ns[0] % counts[0] == 0:
        return f"{counts[0]} classes of {ns[0] // counts[0]} people in each batch"
    return f"{', '.join(map(str, counts))} classes by batch, as equal in size as whole people allow"


def pairs(n: int) -> str:
    """Return the condition that n people took both tests."""
    return f"n = {n} pairs"


def spread(sd: float) -> str:
    """Return the condition that scores have this standard deviation."""
    return f"SD = {sd:g}"


def correlation(r: float) -> str:
    """Return the condition that pre and post scores have this correlation."""
    return f"r = {r:g}"


def detected(power: float, level: float) -> str:
    """Return the condition that an effect is found with this chance by a test at this two-sided level."""
    return f"found with probability {power:g} at level {level:.6g}"


def simultaneous(intervals: int) -> str:
    """Return the condition that so many intervals hold the truth together at their level."""
    return f"{intervals} intervals hold together"


def margin(points: float) -> str:
    """Return the condition that a change below so many points does not matter."""
    return f"smallest change that matters = {points:g} points"


def reliability(value: float) -> str:
    """Return the condition that the pretest has this reliability."""
    return f"reliability = {value:g}"


def retest_correlation(rho: float) -> str:
    """Return the condition that two tests without a training between them correlate so much."""
    return f"rho = {rho:g}"


def rescaled(pre_maximum: float, post_maximum: float) -> str:
    """Return the condition that pretest points were rescaled to the posttest's maximum."""
    return f"pretest rescaled from {pre_maximum:g} to {post_maximum:g} points"


def join(*phrases: str) -> str:
    """Join conditions to one field, leaving out empty ones."""
    return SEPARATOR.join(phrase for phrase in phrases if phrase)
