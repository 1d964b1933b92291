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
    TEST_SHARE = "test_share"
    ITEMS = "items"
    PAIRS = "pairs"
    CLASSES = "classes"
    PERCENT = "percent"
    INDEX_POINTS = "index_points"


class EstimateName(StrEnum):
    """What was estimated."""

    MEAN_DIFFERENCE = "mean_difference"
    MEAN = "mean"
    MEAN_CHANGE = "mean_change"
    PRINTED_TOTAL = "printed_total"
    PRINTED_PERCENT = "printed_percent"
    MEANS_REPRODUCED = "means_reproduced"
    TOTALS_REPRODUCED = "totals_reproduced"
    REACHABLE_SHARE = "reachable_share"
    FITTING_SIZE = "fitting_size"
    FITTING_COMBINATIONS = "fitting_combinations"
    BATCH_SIZE = "batch_size"
    RISING_INDICATORS = "rising_indicators"
    KENDALLS_W = "kendalls_w"
    SATISFACTION_INDEX = "satisfaction_index"
    CLIFFS_DELTA = "cliffs_delta"
    BREAKDOWN_ICC = "breakdown_icc"
    BREAKDOWN_SD = "breakdown_sd"
    ENOUGH_UNITS = "enough_units"
    N_GAIN = "n_gain"
    CAUSAL_EFFECT = "causal_effect"
    STATEMENT = "statement"
    TOTAL = "total"


class Statistic(StrEnum):
    """The test statistic that was computed."""

    T = "t"
    FRIEDMAN_CHI_SQUARED = "friedman_chi_squared"


class Effect(StrEnum):
    """The effect-size metric."""

    COHENS_D = "cohens_d"
    D_Z = "d_z"


class Method(StrEnum):
    """The procedure that really ran, with its options spelled out in the catalogues."""

    WELCH_T_BOUNDS = "welch_t_bounds"
    RECOMPUTATION = "recomputation"
    GRIM = "grim"
    GRIM_TOTALS = "grim_totals"
    DECLARED = "declared"
    INVITED_DIVIDED = "invited_divided"
    WELCH_T_BOUNDS_PERSON_MEANS = "welch_t_bounds_person_means"
    WELCH_T_BOUNDS_SINGLE_PEAKED = "welch_t_bounds_single_peaked"
    WELCH_T_BOUNDS_CLASS_MEANS = "welch_t_bounds_class_means"
    WELCH_T_ASSUMED_SD = "welch_t_assumed_sd"
    PAIRED_T_BOUNDS = "paired_t_bounds"
    PAIRED_T_ASSUMED_SD = "paired_t_assumed_sd"
    DELTA_BOUNDS = "delta_bounds"
    FRIEDMAN_TEST = "friedman_test"
    COUNT = "count"
    PRINTED_MEAN = "printed_mean"
    MEAN_OF_PRINTED_MEANS = "mean_of_printed_means"
    IKM_TIMES_TWENTY = "ikm_times_twenty"
    IKM_LINEAR_MAP = "ikm_linear_map"
    DESIGN_EFFECT_BREAKDOWN = "design_effect_breakdown"
    GAIN_OF_MEANS = "gain_of_means"
    STATEMENT_CHECK = "statement_check"
    SUM_OF_PROVINCES = "sum_of_provinces"
    RANDOM_EFFECTS = "random_effects"
    RANDOM_EFFECTS_RANGE = "random_effects_range"
    PREDICTION_INTERVAL = "prediction_interval"
    UNWEIGHTED_MEAN = "unweighted_mean"


class Reason(StrEnum):
    """Why something is not estimable, suppressed or only bounded."""

    MEANS_ONLY = "means_only"
    REPRODUCED = "reproduced"
    EXPLAINED_BY_ROUNDING = "explained_by_rounding"
    CONTRADICTED = "contradicted"
    NO_SUCH_DATA = "no_such_data"
    MEAN_MISSING = "mean_missing"
    DECIMALS_DIFFER = "decimals_differ"
    NO_SIZE_FITS = "no_size_fits"
    BATCH_SIZE_UNKNOWN = "batch_size_unknown"
    MEAN_NOT_ATTAINABLE = "mean_not_attainable"
    FEWER_THAN_TWO_BATCHES = "fewer_than_two_batches"
    NO_COMPARISON_GROUP = "no_comparison_group"
    NOT_CHECKABLE = "not_checkable"
    CLASSES_UNKNOWN = "classes_unknown"
    PAIRS_UNPUBLISHED = "pairs_unpublished"
    NO_NUMBER_IS_ENOUGH = "no_number_is_enough"
    UNDONE_BY_FEW_CLASSES = "undone_by_few_classes"
    FEWER_THAN_FIVE_PROVINCES = "fewer_than_five_provinces"
