"""One sample of unequal clusters: R's clubSandwich, equal clusters, a dominant class, rounding noise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.stats.codes import Effect, Method, Reason, SamplingUnit, Status
from analysis.stats.equivalence import equivalence_of_change
from analysis.stats.gain import gain_of_means, mean_individual_gain
from analysis.stats.matching import pair_scores
from analysis.stats.moments import jackknife_interval, moments, shifts_by_cluster
from analysis.stats.one_sample import class_interval, cr2_variance, effective_clusters, is_dominated
from analysis.stats.paired import change_of, change_over_classes, mean_change, mean_change_of_class_means
from analysis.stats.paired_effects import standardised_change

SIZES = {
    "one_large": (60, 3, 5, 9, 4, 7),
    "two_large": (50, 40, 6, 6, 6, 6, 6),
    "equal": (8, 8, 8, 8),
    "of_two": (30, 4),
    "one_among_many": (60, 3, 4, 5, 6, 7, 8, 9, 3, 4, 5, 6),
}


def by_rule(name):
    """Return classes and changes as the R script makes them."""
    classes = np.repeat(np.arange(len(SIZES[name])), SIZES[name])
    i = np.arange(classes.size)
    return classes, (7 * i**2 + 3 * i) % 23 / 2 + (5 * classes**2 + 2 * classes) % 7 - 3


@pytest.fixture(scope="module")
def golden():
    frame = pd.read_csv(Path(__file__).parents[1] / "golden" / "one_sample.csv")
    return frame.set_index(["data", "name"])["value"]


@pytest.mark.parametrize("name", SIZES)
def test_cr2_and_its_degrees_of_freedom_are_those_of_clubsandwich(name, golden):
    classes, change = by_rule(name)
    shifts = shifts_by_cluster(np.zeros_like(change), change, classes, change_of)
    variance, df = cr2_variance(shifts, np.bincount(classes).astype(float))
    # R prints fifteen digits; its matrix roots lose some
    assert change.mean() == pytest.approx(golden[name, "mean"], rel=1e-12)
    assert np.sqrt(variance) == pytest.approx(golden[name, "se"], rel=1e-9)
    assert df == pytest.approx(golden[name, "df"], rel=1e-9)


@pytest.mark.parametrize("name", ["one_large", "two_large", "one_among_many"])
def test_a_dominant_class_gets_the_interval_of_clubsandwich(name, golden):
    classes, change = by_rule(name)
    found = mean_change(pair_scores(np.full(change.size, 50.0), 50 + change, classes=classes))
    assert found.method is Method.CLASS_CR2_T
    expected = [golden[name, key] for key in ("low", "high", "p")]
    assert [found.estimate_low, found.estimate_high, found.p_value] == pytest.approx(expected, rel=1e-8)


def test_with_equal_classes_cr2_is_the_jackknife():
    classes, change = by_rule("equal")
    full, without_each = moments(np.zeros_like(change), change, classes)
    interval = jackknife_interval(float(full.mean_change[0]), without_each.mean_change, 0.95)
    shifts = shifts_by_cluster(np.zeros_like(change), change, classes, change_of)
    variance, df = cr2_variance(shifts, np.bincount(classes).astype(float))
    assert (np.sqrt(variance), df) == pytest.approx((interval.standard_error, interval.df))


def test_a_class_dominates_from_twice_the_mean_size_on():
    assert is_dominated(np.array([60.0, 3, 5, 9, 4, 7]))
    assert not is_dominated(np.array([20.0, 5, 5]))  # exactly twice the mean of 10
    assert is_dominated(np.array([21.0, 5, 5]))
    assert not is_dominated(np.array([60.0, 4]))  # of two classes none exceeds twice the mean
    assert not is_dominated(np.array([32.0]))
    assert effective_clusters(np.array([32.0, 32, 32])) == pytest.approx(3)
    assert effective_clusters(np.array([60.0, 3, 5, 9, 4, 7])) == pytest.approx(88**2 / 3780)


def dominated_pairs(seed=0, sizes=SIZES["one_large"]):
    """Return integer scores of classes of which the first is much larger."""
    rng = np.random.default_rng(seed)
    classes = np.repeat(np.arange(len(sizes)), sizes)
    pre = rng.normal(50, 10, classes.size) + rng.normal(0, 4, len(sizes))[classes]
    post = pre + 5 + rng.normal(0, 8, classes.size) + rng.normal(0, 3, len(sizes))[classes]
    return pair_scores(np.clip(np.rint(pre), 0, 100), np.clip(np.rint(post), 0, 100), classes=classes)


def test_all_that_rests_on_one_sample_says_that_a_class_dominates():
    pairs = dominated_pairs()
    assert equivalence_of_change(pairs, 5.0).method is Method.TOST_CLASS_CR2_T
    assert gain_of_means(pairs, 100).method is Method.CLASS_CR2_T
    assert mean_individual_gain(pairs, 100)[0].method is Method.CLASS_CR2_T
    assert standardised_change(pairs, Effect.D_AV).method is Method.CLASS_CR2_T
    effective, beside = change_over_classes(pairs)
    assert effective.estimate == pytest.approx(88**2 / 3780)
    means = [pairs.change[pairs.classes == k].mean() for k in range(6)]
    assert beside.method is Method.MEAN_OF_CLASS_MEANS_T
    assert (beside.estimate, beside.df) == pytest.approx((np.mean(means), 5))
    assert beside.estimate_high - beside.estimate == pytest.approx(2.5706 * np.std(means, ddof=1) / 6**0.5, rel=1e-4)


def test_classes_of_similar_size_keep_the_jackknife_and_need_no_second_mean():
    pairs = dominated_pairs(sizes=(12, 9, 10, 11))
    assert mean_change(pairs).method is Method.CLASS_JACKKNIFE_T
    assert [row.estimate_name for row in change_over_classes(pairs)] == ["effective_classes"]


def test_the_linear_part_of_a_gain_is_its_derivative():
    """The shift of a class is the derivative of the gain along the class's weight, here by the quotient rule."""
    pairs = dominated_pairs(3)
    x, y, n = pairs.pre.mean(), pairs.post.mean(), pairs.n
    influence = (pairs.post - y) / (100 - x) - (pairs.pre - x) * (100 - y) / (100 - x) ** 2
    expected = np.bincount(pairs.classes, weights=influence) / n
    found = shifts_by_cluster(pairs.pre, pairs.post, pairs.classes, lambda m: m.mean_change / (100 - m.mean_pre))
    np.testing.assert_allclose(found, expected, atol=1e-9)


@pytest.mark.parametrize("formula", [change_of, lambda m: m.mean_change / np.sqrt(m.variance_change)])
def test_the_order_of_classes_changes_nothing(formula):
    pairs = dominated_pairs(5)
    plain, turned = (
        class_interval(pairs.pre, pairs.post, classes, formula, 0.95)[0]
        for classes in (pairs.classes, 5 - pairs.classes)
    )
    assert [plain.low, plain.high, plain.df] == pytest.approx([turned.low, turned.high, turned.df])


def test_a_class_whose_changes_are_all_equal_leaves_no_interval_of_d_z():
    """Two classes, one constant: without the other one d_z has no divisor, only rounding noise."""
    pre = np.array([41.3, 52.7, 60.1, 47.9, 55.5, 49.2])
    change = np.array([10.1, 10.1, 10.1, 3.0, 8.0, 12.0])
    found = standardised_change(pair_scores(pre, pre + change, classes=[0, 0, 0, 1, 1, 1]), Effect.D_Z)
    assert (found.status, found.reason) == (Status.NOT_ESTIMABLE, Reason.NO_INTERVAL)
    by_person = standardised_change(pair_scores(pre, pre + change), Effect.D_Z, unit=SamplingUnit.PERSON)
    assert by_person.estimate == pytest.approx(change.mean() / change.std(ddof=1))


def test_an_unweighted_mean_needs_two_classes_that_differ():
    alike = pair_scores([1.0, 2, 3, 4], [2.0, 3, 4, 5], classes=[0, 0, 1, 1])
    assert mean_change_of_class_means(alike).reason is Reason.NO_VARIATION
    assert mean_change_of_class_means(pair_scores([1.0, 2], [2.0, 4])).reason is Reason.CLASS_NOT_RECORDED
