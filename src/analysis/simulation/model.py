"""The numeric core: people, scores and answers of an imaginary province as arrays. No files, no names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from analysis.simulation.parameters import PEOPLE_PER_VILLAGE, SCALE_LEVELS, Learning, Parameters, Reaction, Size

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


_LETTERS = 26


class Topic(IntEnum):
    """Streams of random numbers: each topic has its own, so that changing one leaves the others as they were."""

    PARAMETERS = 0
    REACTION = 1
    LEARNING = 2
    DELIVERY = 3
    PLACES = 4
    WORKBOOKS = 5
    MESS = 6


def generator(seed: int, province: int, topic: Topic) -> np.random.Generator:
    """Return the generator of one topic of one province (numbered from 1)."""
    return np.random.default_rng([seed, province, int(topic)])


@dataclass(frozen=True, slots=True)
class People:
    """Who sits where: for each person the village, class and batch, and the role, all counted from 0."""

    village: Integers
    class_number: Integers
    batch: Integers
    role: Integers


def class_labels(people: People) -> NDArray[np.str_]:
    """Return the label of each person's class: lettered anew in each batch, "A2" from the second alphabet on."""
    first_class = people.class_number[np.searchsorted(people.batch, people.batch)]  # people stand in order of batches
    turns, letters = np.divmod(people.class_number - first_class, _LETTERS)
    pairs = zip(letters, turns, strict=True)
    return np.array([f"{chr(ord('A') + letter)}{turn + 1 if turn else ''}" for letter, turn in pairs])


@dataclass(frozen=True, slots=True)
class Scores:
    """Test scores in points; NaN where a person did not sit the test."""

    pre: Floats
    post: Floats


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers 1..5 (people, items), 0 where blank or not returned; who returned a form, who was careless."""

    levels: NDArray[np.int8]
    returned: Flags
    careless: Flags


@dataclass(frozen=True, slots=True)
class Conduct:
    """Delivery: days present (people, days), whose village was visited later, whose plan was carried out, who used
    the learning system."""

    present: Flags
    visited: Flags
    done: Flags
    used_lms: Flags


@dataclass(frozen=True, slots=True)
class SimulatedStudy:
    """All arrays of one imaginary province; rows are people in the order of villages and roles."""

    people: People
    answers: Answers
    scores: Scores
    conduct: Conduct


def draw_people(size: Size) -> People:
    """Return who sits where: villages spread evenly over the classes, classes over the batches, in order."""
    village_class = np.arange(size.villages) * size.classes // size.villages
    class_batch = np.arange(size.classes) * len(size.batches) // size.classes
    village = np.repeat(np.arange(size.villages), PEOPLE_PER_VILLAGE)
    class_number = village_class[village]
    role = np.tile(np.arange(PEOPLE_PER_VILLAGE), size.villages)
    return People(village, class_number, class_batch[class_number], role)


def _level_effect(rng: np.random.Generator, group: Integers, share: float) -> Floats:
    """Return a normal effect of variance ``share`` that all members of a group have in common."""
    return np.sqrt(share) * rng.standard_normal(int(group[-1]) + 1)[group]


def draw_answers(people: People, reaction: Reaction, attended: Flags, rng: np.random.Generator) -> Answers:
    """Return 1-5 answers of everybody who attended and returned the form."""
    count, items = people.village.size, len(reaction.item_mean)
    aspect = np.asarray(reaction.aspect_of_item)
    person = (
        _level_effect(rng, people.class_number, reaction.class_share)
        + _level_effect(rng, people.village, reaction.village_share)
        + np.sqrt(reaction.person_share) * rng.standard_normal(count)
    )
    aspects = np.sqrt(reaction.aspect_share) * rng.standard_normal((count, int(aspect.max()) + 1))
    mean = np.asarray(reaction.item_mean) + np.asarray(reaction.batch_shift)
    own = np.sqrt(1 - reaction.shared)
    levels = np.empty((count, items), dtype=np.int8)
    for item in range(items):  # one item at a time keeps 134,000 people x 22 items small in memory
        latent = mean[people.batch, item] + person + aspects[:, aspect[item]] + own * rng.standard_normal(count)
        levels[:, item] = 1 + np.searchsorted(np.asarray(reaction.cuts), latent)
    careless = rng.random(count) < reaction.careless_share
    level = 1 + np.searchsorted(np.cumsum(reaction.careless_levels)[:-1], rng.random(count), side="right")
    levels[careless] = level[careless, None]
    levels[(rng.random((count, items)) < reaction.blank_share) & ~careless[:, None]] = 0
    returned = attended & (rng.random(count) >= reaction.unreturned_share)
    levels[~returned] = 0
    return Answers(levels, returned, careless & returned)


def draw_scores(people: People, learning: Learning, attended: Flags, rng: np.random.Generator) -> Scores:
    """Return pre and post scores of everybody who attended, with drop-out after the pretest."""
    count = people.village.size
    first = _test_deviation(people, learning, rng)
    second = _test_deviation(people, learning, rng)
    r = learning.correlation
    pre = _points(learning.pre_mean + learning.pre_sd * first, learning.maximum)
    gain = np.asarray(learning.gain)[people.batch]
    latent_post = learning.pre_mean + gain + learning.post_sd * (r * first + np.sqrt(1 - r * r) * second)
    post = _points(latent_post, learning.maximum)
    missed_pre = rng.random(count) < learning.pre_missed_share
    left = (rng.random(count) < dropout_probability(pre, learning)) & ~missed_pre
    return Scores(np.where(attended & ~missed_pre, pre, np.nan), np.where(attended & ~left, post, np.nan))


def _test_deviation(people: People, learning: Learning, rng: np.random.Generator) -> Floats:
    own = np.sqrt(1 - learning.class_share - learning.village_share)
    return (
        _level_effect(rng, people.class_number, learning.class_share)
        + _level_effect(rng, people.village, learning.village_share)
        + own * rng.standard_normal(people.village.size)
    )


def _points(latent: Floats, maximum: int) -> Floats:
    return np.clip(np.floor(latent + 0.5), 0, maximum)


def dropout_probability(pre_points: Floats, learning: Learning) -> Floats:
    """Return the probability to leave before the posttest, given the pre score in points."""
    log_odds = learning.dropout_intercept + learning.dropout_slope * (pre_points - learning.maximum / 2)
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def draw_conduct(people: People, parameters: Parameters, rng: np.random.Generator) -> Conduct:
    """Return attendance by day and what followed the training."""
    delivery, size = parameters.delivery, parameters.size
    count = people.village.size
    absent = rng.random(count) < delivery.absent_share
    present = (rng.random((count, size.days)) >= delivery.day_missed_share) & ~absent[:, None]
    attended = present.any(axis=1)
    visited = (rng.random(size.villages) < delivery.visited_share)[people.village] & attended
    probability = 1 / (1 + np.exp(-np.asarray(delivery.done_log_odds)))
    done = visited & (rng.random(count) < probability[people.batch])
    return Conduct(present, visited, done, attended & (rng.random(count) < delivery.lms_share))


def draw_study(parameters: Parameters, seed: int, province: int = 1) -> SimulatedStudy:
    """Return one imaginary province; the same seed and number give the same arrays on every system."""
    people = draw_people(parameters.size)
    conduct = draw_conduct(people, parameters, generator(seed, province, Topic.DELIVERY))
    attended = np.asarray(conduct.present.any(axis=1))
    answers = draw_answers(people, parameters.reaction, attended, generator(seed, province, Topic.REACTION))
    scores = draw_scores(people, parameters.learning, attended, generator(seed, province, Topic.LEARNING))
    return SimulatedStudy(people, answers, scores, conduct)


def levels_of_scale() -> Integers:
    """Return the levels of the answer scale, 1 to 5."""
    return np.arange(1, SCALE_LEVELS + 1)
