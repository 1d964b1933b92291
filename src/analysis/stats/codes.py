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

    # Reaction
    STANDARD_DEVIATION = "standard_deviation"
    MEDIAN = "median"
    SHARE_TOP_TWO = "share_top_two"
    EPSILON_SQUARED = "epsilon_squared"
    EPSILON_SQUARED_NULL_MEAN = "epsilon_squared_null_mean"
    EPSILON_SQUARED_NULL_Q95 = "epsilon_squared_null_q95"
    SMALLEST_ATTAINABLE_P = "smallest_attainable_p"
    KENDALLS_TAU_B = "kendalls_tau_b"
    ODDS_RATIO = "odds_ratio"
    PROPORTIONAL_ODDS = "proportional_odds"
    BATCH_DIFFERENCE = "batch_difference"
    HEDGES_G = "hedges_g"
    PERSON_WEIGHTED_MEAN_DIFFERENCE = "person_weighted_mean_difference"
    STANDARDISED_MEAN_DIFFERENCE = "standardised_mean_difference"
    SHARE_OUTSIDE_COMMON_SUPPORT = "share_outside_common_support"
    SHARE_DIFFERENCE = "share_difference"
    INTRACLASS_CORRELATION_CLASS = "intraclass_correlation_class"
    INTRACLASS_CORRELATION_VILLAGE = "intraclass_correlation_village"
    DESIGN_EFFECT = "design_effect"
    VARIANCE_CLASS = "variance_class"
    VARIANCE_VILLAGE = "variance_village"
    VARIANCE_PERSON = "variance_person"
    CRONBACHS_ALPHA = "cronbachs_alpha"
    OMEGA_TOTAL = "omega_total"
    ITEM_REST_CORRELATION = "item_rest_correlation"
    ALPHA_IF_DROPPED = "alpha_if_dropped"
    STRAIGHT_LINING_SHARE = "straight_lining_share"
    LONG_STRING_SHARE = "long_string_share"
    LONGEST_RUN_MEAN = "longest_run_mean"
    AGREEING_SHARE = "agreeing_share"
    MEAN_DIFFERENCE_WITHOUT_CARELESS = "mean_difference_without_careless"
    SHARE_OF_MEANS_REPRODUCED = "share_of_means_reproduced"
    VILLAGES_PRESENT = "villages_present"
    MEAN_MINUS_PRINTED = "mean_minus_printed"

    # Learning, delivery and behaviour
    COUNT = "count"
    SHARE = "share"
    MEAN_PRE = "mean_pre"
    MEAN_POST = "mean_post"
    SD_PRE = "sd_pre"
    SD_POST = "sd_post"
    PRE_POST_CORRELATION = "pre_post_correlation"
    STANDARDISED_CHANGE = "standardised_change"
    RANK_BISERIAL_OF_CHANGE = "rank_biserial_of_change"
    HODGES_LEHMANN_CHANGE = "hodges_lehmann_change"
    SIGN_DIFFERENCE = "sign_difference"
    PROBABILITY_POST_HIGHER = "probability_post_higher"
    N_GAIN_OF_MEANS = "n_gain_of_means"
    MEAN_INDIVIDUAL_N_GAIN = "mean_individual_n_gain"
    MEDIAN_INDIVIDUAL_N_GAIN = "median_individual_n_gain"
    EQUIVALENCE_OF_CHANGE = "equivalence_of_change"
    DIFFERENCE_IN_CHANGE = "difference_in_change"
    ADJUSTED_POST_DIFFERENCE = "adjusted_post_difference"
    BASELINE_DIFFERENCE = "baseline_difference"
    NORMALISED_BASELINE_DIFFERENCE = "normalised_baseline_difference"
    PRE_POST_SLOPE = "pre_post_slope"
    CHANGE_MINUS_ANCOVA = "change_minus_ancova"
    TIPPING_POINT_ESTIMATE_ZERO = "tipping_point_estimate_zero"
    TIPPING_POINT_INTERVAL_ZERO = "tipping_point_interval_zero"
    POSSIBLE_CHANGE_OF_MISSING = "possible_change_of_missing"
    CHANGE_WITH_ALL_MISSING = "change_with_all_missing"
    EXPECTED_GAIN_WITHOUT_EFFECT = "expected_gain_without_effect"
    GAIN_BEYOND_REGRESSION = "gain_beyond_regression"
    RHO_EXPLAINING_GAIN = "rho_explaining_gain"
    RETEST_GAIN_EXPLAINING = "retest_gain_explaining"
    GUIDE_THRESHOLD = "guide_threshold"
    RANK_CORRELATION = "rank_correlation"
    CONFRONTED_DIFFERENCE = "confronted_difference"


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

    # Reaction
    KRUSKAL_WALLIS_CLASS_PERMUTATION_EXACT = "kruskal_wallis_class_permutation_exact"
    KRUSKAL_WALLIS_CLASS_PERMUTATION_MONTE_CARLO = "kruskal_wallis_class_permutation_monte_carlo"
    KRUSKAL_WALLIS_VILLAGE_PERMUTATION_EXACT = "kruskal_wallis_village_permutation_exact"
    KRUSKAL_WALLIS_VILLAGE_PERMUTATION_MONTE_CARLO = "kruskal_wallis_village_permutation_monte_carlo"
    KRUSKAL_WALLIS_CHI_SQUARED = "kruskal_wallis_chi_squared"
    MEAN_CLASS_JACKKNIFE_T = "mean_class_jackknife_t"
    MEAN_OF_CLASS_MEANS_T = "mean_of_class_means_t"
    DESCRIPTION = "description"
    WILSON_EFFECTIVE_N = "wilson_effective_n"
    DESIGN_OF_PERMUTATIONS = "design_of_permutations"
    DELTA_CLASS_JACKKNIFE = "delta_class_jackknife"
    DELTA_CLASS_JACKKNIFE_PERMUTATION_EXACT = "delta_class_jackknife_permutation_exact"
    DELTA_CLASS_JACKKNIFE_PERMUTATION_MONTE_CARLO = "delta_class_jackknife_permutation_monte_carlo"
    WELCH_T_CLASS_MEANS = "welch_t_class_means"
    WELCH_ANOVA_CLASS_MEANS = "welch_anova_class_means"
    WELCH_T_PERSONS = "welch_t_persons"
    HEDGES_G_CLASS_JACKKNIFE = "hedges_g_class_jackknife"
    PERSON_WEIGHTED_CLASS_JACKKNIFE = "person_weighted_class_jackknife"
    JONCKHEERE_TERPSTRA_CLASS_PERMUTATION_EXACT = "jonckheere_terpstra_class_permutation_exact"
    JONCKHEERE_TERPSTRA_CLASS_PERMUTATION_MONTE_CARLO = "jonckheere_terpstra_class_permutation_monte_carlo"
    JONCKHEERE_TERPSTRA_NORMAL = "jonckheere_terpstra_normal"
    CUMULATIVE_LOGIT_CLASS_JACKKNIFE = "cumulative_logit_class_jackknife"
    TOP_TWO_LOGIT_NOT_PROPORTIONAL = "top_two_logit_not_proportional"
    TOP_TWO_LOGIT_SEPARATED = "top_two_logit_separated"
    PROPORTIONAL_ODDS_RAO_SCOTT = "proportional_odds_rao_scott"
    NESTED_REML = "nested_reml"
    ALPHA_CLASS_JACKKNIFE = "alpha_class_jackknife"
    ALPHA_FELDT = "alpha_feldt"
    OMEGA_MINRES_CLASS_JACKKNIFE = "omega_minres_class_jackknife"
    ITEM_REST_CLASS_JACKKNIFE = "item_rest_class_jackknife"
    STANDARDISED_CLASS_JACKKNIFE = "standardised_class_jackknife"
    NORMALISED_DIFFERENCE = "normalised_difference"
    DEFENSIBLE_ANALYSES = "defensible_analyses"
    COMPARED_WITH_PRINTED = "compared_with_printed"

    # Learning, delivery and behaviour
    CLASS_JACKKNIFE_T = "class_jackknife_t"
    VILLAGE_JACKKNIFE_T = "village_jackknife_t"
    PAIRED_T = "paired_t"
    PERSON_JACKKNIFE_T = "person_jackknife_t"
    NONCENTRAL_T = "noncentral_t"
    PAIRED_D_VARIANCE = "paired_d_variance"
    CLASS_SIGN_FLIP_EXACT = "class_sign_flip_exact"
    CLASS_SIGN_FLIP_MONTE_CARLO = "class_sign_flip_monte_carlo"
    WILCOXON_ZEROS_DROPPED_NORMAL_CORRECTED = "wilcoxon_zeros_dropped_normal_corrected"
    SIGN_TEST_EXACT_BINOMIAL = "sign_test_exact_binomial"
    CLASS_JACKKNIFE_T_ARCTANH = "class_jackknife_t_arctanh"
    WALSH_AVERAGES_MEDIAN = "walsh_averages_median"
    COMPLETE_COUNT = "complete_count"
    WILSON = "wilson"
    TOST_CLASS_JACKKNIFE_T = "tost_class_jackknife_t"
    TOST_PAIRED_T = "tost_paired_t"
    CLASS_JACKKNIFE_WITHIN_GROUPS_SATTERTHWAITE = "class_jackknife_within_groups_satterthwaite"
    ANCOVA_CLASS_JACKKNIFE = "ancova_class_jackknife"
    WELCH_T_UNPAIRED = "welch_t_unpaired"
    CLASS_JACKKNIFE_UNPAIRED = "class_jackknife_unpaired"
    CORRELATION_FREE_BOUNDS = "correlation_free_bounds"
    TIPPING_POINT = "tipping_point"
    REGRESSION_TO_MEAN_FORMULA = "regression_to_mean_formula"
    LORDS_PARADOX_IDENTITY = "lords_paradox_identity"
    ANCOVA_RELIABILITY_CORRECTED = "ancova_reliability_corrected"
    RELIABLE_CHANGE_INDEX = "reliable_change_index"
    SHARE_COMPARED_WITH_GUIDE = "share_compared_with_guide"
    SPEARMAN_CLASS_JACKKNIFE = "spearman_class_jackknife"


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

    # Reaction
    CLASS_NOT_RECORDED = "class_not_recorded"
    VILLAGE_NOT_RECORDED = "village_not_recorded"
    ONE_CLASS_IN_BATCH = "one_class_in_batch"
    TOO_FEW_CLASSES = "too_few_classes"
    NO_VARIATION = "no_variation"
    OMNIBUS_NOT_SIGNIFICANT = "omnibus_not_significant"
    ITEM_NOT_ANSWERED = "item_not_answered"
    EFFECT_AT_LIMIT = "effect_at_limit"
    SEPARATED = "separated"
    LITTLE_OVERLAP = "little_overlap"
    COLUMN_ABSENT = "column_absent"
    TOO_FEW_ITEMS = "too_few_items"
    FIT_FAILED = "fit_failed"
    REVERSE_CODED = "reverse_coded"
    NOTHING_TO_CHECK = "nothing_to_check"
    BATCH_NOT_ANSWERED = "batch_not_answered"

    # Learning, delivery and behaviour
    TOO_FEW_PEOPLE = "too_few_people"
    PRE_AT_MAXIMUM = "pre_at_maximum"
    TEST_NOT_GIVEN = "test_not_given"
    SCORES_OUTSIDE_RANGE = "scores_outside_range"
    MAXIMUM_NOT_KNOWN = "maximum_not_known"
    UNLINKABLE_FORMS = "unlinkable_forms"
    SMALL_CELL = "small_cell"
    COMPLEMENTARY_SUPPRESSION = "complementary_suppression"
    RELIABILITY_NOT_GIVEN = "reliability_not_given"
    SMALLEST_CHANGE_NOT_STATED = "smallest_change_not_stated"
    AT_BOUNDARY = "at_boundary"
    NOBODY_MISSING = "nobody_missing"
    NOT_RECORDED = "not_recorded"
    NOT_STATED_IN_GUIDE = "not_stated_in_guide"
    DENOMINATOR_UNKNOWN = "denominator_unknown"
    MAXIMUM_RESCALED = "maximum_rescaled"
    INTERVAL_INCLUDES_ZERO = "interval_includes_zero"
    IMPOSSIBLE_TIPPING_POINT = "impossible_tipping_point"
    POSSIBLE_TIPPING_POINT = "possible_tipping_point"
    MEETS_GUIDE = "meets_guide"
    BELOW_GUIDE = "below_guide"
    NO_LINKED_PEOPLE = "no_linked_people"
    MODEL_NOT_CONVERGED = "model_not_converged"
    NO_INTERVAL = "no_interval"
    BASELINES_EQUAL = "baselines_equal"
    ONE_GROUP_ONLY = "one_group_only"
    SAME_PEOPLE_NOT_KNOWN = "same_people_not_known"
    CONTRADICTS_COUNTS = "contradicts_counts"
    WAYS_AGREE = "ways_agree"
    WAYS_DISAGREE = "ways_disagree"
