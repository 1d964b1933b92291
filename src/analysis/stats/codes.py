"""Closed lists of the codes that results carry; the report's catalogues translate each of them.

A code is added here first, then to every catalogue (a test compares the two).
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How much the data determine: a value, a range, nothing, or a value that must not be shown."""

    ESTIMATED = "estimated"
    BOUNDED = "bounded"
    NOT_ESTIMABLE = "not_estimable"
    SUPPRESSED = "suppressed"


class Verdict(StrEnum):
    """What a p-value range says at the chosen level, for every distribution the averages admit."""

    ALWAYS = "always"
    NEVER = "never"
    UNDETERMINED = "undetermined"


class Alternative(StrEnum):
    """The alternative hypothesis of a test."""

    TWO_SIDED = "two_sided"
    GREATER = "greater"
    LESS = "less"


class Adjustment(StrEnum):
    """How p-values of a family were adjusted."""

    HOLM = "holm"
    HOLM_UPPER_BOUND = "holm_upper_bound"


class SamplingUnit(StrEnum):
    """What was sampled independently under the assumptions of the method."""

    PERSON = "person"
    VILLAGE = "village"
    CLASS = "class"
    INDICATOR = "indicator"
    PROVINCE = "province"


class Unit(StrEnum):
    """The unit of an estimate."""

    SCALE_POINTS = "scale_points"
    TEST_POINTS = "test_points"
    SHARE = "share"
    PEOPLE = "people"
    VILLAGES = "villages"
    NONE = "none"


class EstimateName(StrEnum):
    """What was estimated."""

    MEAN_DIFFERENCE = "mean_difference"
    MEAN = "mean"
    MEAN_CHANGE = "mean_change"


class Statistic(StrEnum):
    """The test statistic that was computed."""

    T = "t"


class Effect(StrEnum):
    """The effect-size metric."""

    COHENS_D = "cohens_d"


class Method(StrEnum):
    """The procedure that really ran, with its options spelled out in the catalogues."""

    WELCH_T_BOUNDS = "welch_t_bounds"


class Reason(StrEnum):
    """Why something is not estimable, suppressed or only bounded."""

    MEANS_ONLY = "means_only"
    REPRODUCED = "reproduced"
    EXPLAINED_BY_ROUNDING = "explained_by_rounding"
    CONTRADICTED = "contradicted"
