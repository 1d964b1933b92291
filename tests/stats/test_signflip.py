import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from analysis.stats.codes import Method, Reason, Status
from analysis.stats.matching import pair_scores
from analysis.stats.rank_intervals import hodges_lehmann, rank_biserial_limits
from analysis.stats.signflip import (
    flip_test,
    ordinary_wilcoxon_p,
    rank_and_sign_tests,
    rank_biserial,
    signed_ranks,
)
from stats.paired_examples import DATA_SETS, clustered_pairs, data_set, gcsemv, golden


@pytest.mark.parametrize("name", DATA_SETS)
def test_ranks_signs_and_their_ordinary_p_are_those_of_r(name):
    change, value = data_set(name).change, golden()
    ranks = signed_ranks(change)
    assert ranks[ranks > 0].sum() == value[name, "wilcoxon_v"]
    assert ordinary_wilcoxon_p(change) == pytest.approx(value[name, "wilcoxon_p"], rel=1e-8)
    assert rank_biserial(change) == pytest.approx(value[name, "rank_biserial"], rel=1e-10)
    assert hodges_lehmann(change) == pytest.approx(value[name, "hodges_lehmann"], abs=1e-9)
    sign = rank_and_sign_tests(data_set(name), resamples=99)[3]
    assert sign.statistic == value[name, "sign_positive"]
    assert sign.p_value == pytest.approx(value[name, "sign_p"], rel=1e-6)


@pytest.mark.parametrize("name", DATA_SETS)
def test_the_signed_ranks_have_the_standardised_sum_of_coin(name):
    ranks = signed_ranks(data_set(name).change)
    assert ranks.sum() / np.sqrt((ranks**2).sum()) == pytest.approx(golden()[name, "coin_wilcoxon_z"], rel=1e-9)


def test_flipping_people_reproduces_the_exact_p_of_coin():
    change = data_set("sleep").change
    result = flip_test(change, np.arange(change.size))
    assert result.is_exact
    assert result.p_signed_rank == pytest.approx(golden()["sleep", "coin_wilcoxon_exact_p"], rel=1e-10)


def test_random_flips_of_people_approach_the_exact_p_of_coin():
    change = data_set("OBrienKaiser").change
    result = flip_test(change, np.arange(change.size), resamples=9_999, seed=1)
    exact = golden()["OBrienKaiser", "coin_wilcoxon_exact_p"]
    assert not result.is_exact
    assert abs(result.p_signed_rank - exact) < 4 * np.sqrt(exact / 9_999)


def test_flips_of_whole_schools_agree_with_r():
    frame = gcsemv()
    ten = frame[frame.school.astype(str).isin(sorted(frame.school.astype(str).unique())[:10])]
    pairs = pair_scores(ten.written, ten.course, classes=ten.school)
    result, value = flip_test(pairs.change, pairs.classes), golden()
    assert pairs.n == value["Gcsemv.ten", "n"]
    assert (result.p_signed_rank, result.p_sign, result.p_mean) == pytest.approx(
        tuple(value["Gcsemv.ten", f"flip_{part}_p"] for part in ("signed_rank", "sign", "mean"))
    )


def test_enumeration_matches_every_assignment_written_out():
    change = np.array([2.0, -1.0, 0.0, 3.0, 1.0, -2.0, 4.0, 1.0])
    classes = np.array([0, 0, 1, 1, 2, 2, 3, 3])
    sums = [signed_ranks(change)[classes == label].sum() for label in range(4)]
    all_sums = [abs(np.dot(signs, sums)) for signs in itertools.product((-1, 1), repeat=4)]
    expected = np.mean(np.array(all_sums) >= abs(sum(sums)) - 1e-9)
    result = flip_test(change, classes)
    assert result.p_signed_rank == expected
    assert result.smallest_p == 2 / 2**4


def test_the_limits_of_the_rank_biserial_agree_with_r():
    pairs, value = data_set("Gcsemv"), golden()
    expected = [np.tanh(value["Gcsemv.school", f"atanh_rank_biserial_{part}"]) for part in ("low", "high")]
    assert rank_biserial_limits(pairs.change, pairs.classes, 0.95) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("n", [13, 14])
def test_thirteen_and_fourteen_pairs_follow_one_rule(n):
    rng = np.random.default_rng(n)
    post = rng.integers(0, 4, n) + rng.integers(0, 4, n)
    pairs = pair_scores(rng.integers(0, 4, n), post, classes=np.arange(n) % 5)
    by_class, naive, _, _, smallest = rank_and_sign_tests(pairs)
    assert by_class.method is Method.CLASS_SIGN_FLIP_EXACT
    assert naive.method is Method.WILCOXON_ZEROS_DROPPED_NORMAL_CORRECTED
    moved = pairs.change[pairs.change != 0]
    expected = scipy_stats.wilcoxon(moved, zero_method="wilcox", correction=True, method="asymptotic")
    assert naive.p_value == pytest.approx(expected.pvalue)
    assert smallest.estimate == 2 / 2**5


def test_all_changes_zero_are_not_estimable():
    pairs = pair_scores([1, 2, 3, 4], [1, 2, 3, 4], classes=[0, 0, 1, 1])
    assert {row.status for row in rank_and_sign_tests(pairs)} == {Status.NOT_ESTIMABLE}
    assert {row.reason for row in rank_and_sign_tests(pairs)} == {Reason.NO_VARIATION}


def test_everyone_rising_has_an_estimate_of_one_without_limits():
    row = rank_and_sign_tests(pair_scores([1, 2, 3, 4], [2, 4, 6, 9], classes=[0, 0, 1, 1]))[0]
    assert (row.estimate, row.estimate_low, row.reason) == (1.0, None, Reason.AT_BOUNDARY)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=1, max_size=25))
def test_hodges_lehmann_is_the_median_of_all_averages(values):
    change = np.array(values, dtype=float)
    averages = [(change[i] + change[j]) / 2 for i in range(change.size) for j in range(i, change.size)]
    assert hodges_lehmann(change) == pytest.approx(np.median(averages), abs=1e-9)
    assert hodges_lehmann(-change) == pytest.approx(-hodges_lehmann(change), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_swapping_pre_and_post_flips_signs_and_keeps_p(seed):
    pairs = clustered_pairs(np.random.default_rng(seed), classes=6, class_size=5, change=0.2)
    swapped = pair_scores(pairs.post, pairs.pre, classes=pairs.classes)
    for row, mirror in zip(rank_and_sign_tests(pairs)[:4], rank_and_sign_tests(swapped)[:4], strict=True):
        assert mirror.estimate == pytest.approx(-row.estimate)
        assert mirror.p_value == pytest.approx(row.p_value)


def test_flips_of_classes_keep_the_level_where_the_ordinary_test_does_not():
    rng = np.random.default_rng(5)
    replicates, classes = 400, 9
    by_class, ordinary = np.empty(replicates), np.empty(replicates)
    for i in range(replicates):
        pairs = clustered_pairs(rng, classes=classes, class_icc=0.1)
        by_class[i] = flip_test(pairs.change, pairs.classes).p_signed_rank
        ordinary[i] = ordinary_wilcoxon_p(pairs.change)
    for alpha in (2 / 2**classes, 0.05, 0.1):
        assert (by_class <= alpha).mean() <= alpha + 3.3 * np.sqrt(alpha * (1 - alpha) / replicates)
    assert (ordinary <= 0.05).mean() > 0.2
