"""The short lists: status, verdict, units, statistics, effects."""

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

    # Reaction
    STEP_DOWN_MAXT = "step_down_maxt"
    STEP_DOWN_MAXT_TIMES_PAIRS = "step_down_maxt_times_pairs"


class SamplingUnit(StrEnum):
    """What was sampled independently under the assumptions of the method."""

    PERSON = "person"
    VILLAGE = "village"
    CLASS = "class"
    INDICATOR = "indicator"
    PROVINCE = "province"

    # Learning, delivery and behaviour
    COMPLETE_COUNT = "complete_count"


class Unit(StrEnum):
    """The unit of an estimate."""

    SCALE_POINTS = "scale_points"
    TEST_POINTS = "test_points"
    SHARE = "share"
    PEOPLE = "people"
    VILLAGES = "villages"
    NONE = "none"
    TEST_SHARE = "test_share"
    ITEMS = "items"
    PAIRS = "pairs"
    CLASSES = "classes"
    PERCENT = "percent"
    INDEX_POINTS = "index_points"

    # Reaction
    RATIO = "ratio"

    # Learning, delivery and behaviour
    STANDARD_DEVIATIONS = "standard_deviations"
    PLANS = "plans"
    FORMS = "forms"
    DAYS = "days"
    PERCENT_OF_MAXIMUM = "percent_of_maximum"


class Statistic(StrEnum):
    """The test statistic that was computed."""

    T = "t"
    FRIEDMAN_CHI_SQUARED = "friedman_chi_squared"

    # Reaction
    KRUSKAL_WALLIS_H = "kruskal_wallis_h"
    WELCH_F = "welch_f"
    JONCKHEERE_TERPSTRA_J = "jonckheere_terpstra_j"
    LIKELIHOOD_RATIO = "likelihood_ratio"

    # Learning, delivery and behaviour
    WILCOXON_SIGNED_RANK_SUM = "wilcoxon_signed_rank_sum"
    POSITIVE_CHANGES = "positive_changes"
    Z = "z"


class Effect(StrEnum):
    """The effect-size metric."""

    COHENS_D = "cohens_d"
    D_Z = "d_z"

    # Reaction
    EPSILON_SQUARED = "epsilon_squared"
    CLIFFS_DELTA = "cliffs_delta"
    KENDALLS_TAU_B = "kendalls_tau_b"
    ODDS_RATIO = "odds_ratio"
    HEDGES_G = "hedges_g"
    NORMALISED_DIFFERENCE = "normalised_difference"

    # Learning, delivery and behaviour
    D_AV = "d_av"
    D_RM = "d_rm"
    GLASS_DELTA_PRE = "glass_delta_pre"
    HEDGES_D_Z = "hedges_d_z"
    HEDGES_D_AV = "hedges_d_av"
    HEDGES_GLASS_DELTA_PRE = "hedges_glass_delta_pre"
    RANK_BISERIAL_PAIRED = "rank_biserial_paired"
    SPEARMAN_RHO = "spearman_rho"
