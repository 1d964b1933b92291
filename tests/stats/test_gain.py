import numpy as np
import pytest

from analysis.stats.codes import Reason, Status
from analysis.stats.gain import (
    GainBand,
    floor_and_ceiling,
    gain_bands,
    gain_of_means,
    individual_gains,
    mean_individual_gain,
    reliable_change,
)
from analysis.stats.matching import pair_scores
from stats.paired_examples import data_set, golden

FOUR = pair_scores([2, 4, 10, 6], [6, 4, 10, 3], classes=[0, 0, 1, 1])


@pytest.mark.usefixtures("jackknife_for_any_sizes")
def test_gain_of_the_means_and_its_class_interval_agree_with_r():
    gain, value = gain_of_means(data_set("Gcsemv"), 160), golden()
    assert (gain.estimate, gain.estimate_low, gain.estimate_high) == pytest.approx(
        tuple(value["Gcsemv.school", f"n_gain_{part}"] for part in ("estimate", "low", "high")), rel=1e-9
    )


def test_gain_of_the_means_is_not_the_mean_of_the_gains():
    assert gain_of_means(FOUR, 10).estimate == pytest.approx((5.75 - 5.5) / 4.5)
    mean, median = mean_individual_gain(FOUR, 10)
    assert mean.estimate == pytest.approx((0.5 + 0 - 0.75) / 3)
    assert median.estimate == 0
    assert (mean.n, mean.n_missing) == (3, 1)


def test_bands_count_the_undefined_and_the_falling():
    bands = gain_bands(individual_gains(FOUR, 10))
    assert bands == {
        GainBand.HIGH: 0, GainBand.MEDIUM: 1, GainBand.LOW: 1, GainBand.NEGATIVE: 1, GainBand.UNDEFINED: 1
    }  # fmt: skip
    edges = gain_bands(np.array([0.7, 0.3, 0.0, -0.01, np.nan]))
    assert list(edges.values()) == [1, 1, 1, 1, 1]


def test_every_pretest_at_the_maximum_has_no_gain():
    pairs = pair_scores([10, 10, 10], [10, 9, 8], classes=[0, 1, 1])
    for row in (gain_of_means(pairs, 10), *mean_individual_gain(pairs, 10)):
        assert (row.status, row.reason) == (Status.NOT_ESTIMABLE, Reason.PRE_AT_MAXIMUM)


def test_scores_above_the_maximum_refuse_the_gain_and_say_why():
    pairs = pair_scores([5, 6], [11, 7], classes=[0, 1])
    assert gain_of_means(pairs, 10).reason is Reason.SCORES_OUTSIDE_RANGE
    assert floor_and_ceiling(pairs, 10).ceiling_post.reason is Reason.SCORES_OUTSIDE_RANGE
    assert gain_of_means(pairs, None).reason is Reason.MAXIMUM_NOT_KNOWN


def test_floor_and_ceiling_are_shares_of_people():
    edges = floor_and_ceiling(FOUR, 10)
    assert [edge.estimate for edge in (edges.floor_pre, edges.ceiling_pre, edges.floor_post, edges.ceiling_post)] == [
        0, 0.25, 0, 0.25
    ]  # fmt: skip


def test_reliable_change_needs_a_reliability():
    pairs = pair_scores([10, 20, 30, 40], [40, 21, 29, 5], classes=[0, 0, 1, 1])
    shares = reliable_change(pairs, 0.9)
    threshold = 1.959964 * np.std([10, 20, 30, 40], ddof=1) * np.sqrt(0.2)
    assert 1 < threshold < 30
    assert (shares["reliably_improved"].estimate, shares["reliably_worse"].estimate) == (0.25, 0.25)
    assert reliable_change(pairs, None)["reliably_worse"].reason is Reason.RELIABILITY_NOT_GIVEN
    with pytest.raises(ValueError, match="strictly between 0 and 1, found 1"):
        reliable_change(pairs, 1)
