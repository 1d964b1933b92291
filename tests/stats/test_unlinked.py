import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.codes import Reason, SamplingUnit, Status, Verdict
from analysis.stats.matching import pair_scores
from analysis.stats.paired import mean_change
from analysis.stats.unlinked import unlinked_change
from stats.paired_examples import clustered_pairs


def test_classes_link_what_people_do_not():
    pairs = clustered_pairs(np.random.default_rng(1), classes=6, class_size=10, change=0.5)
    order = np.random.default_rng(2).permutation(pairs.n)
    answer = unlinked_change(pairs.pre, pairs.post[order], pre_classes=pairs.classes, post_classes=pairs.classes[order])
    linked = mean_change(pairs)
    assert (answer.by_class.estimate_low, answer.by_class.p_value) == pytest.approx(
        (linked.estimate_low, linked.p_value)
    )


def test_welch_stands_with_its_condition():
    pre, post = np.array([1.0, 5, 3, 2]), np.array([4.0, 6, 9])
    row = unlinked_change(pre, post).welch
    assert row.p_value == pytest.approx(stats.ttest_ind(post, pre, equal_var=False).pvalue)
    assert "none took both tests" in row.assumes


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(5, 40))
def test_the_bounds_contain_the_paired_test_of_every_linking(seed, n):
    rng = np.random.default_rng(seed)
    pre = rng.integers(0, 11, n).astype(float)
    post = np.clip(pre + rng.integers(-3, 6, n), 0, 10)
    row = unlinked_change(pre, post).bounds
    if row.status is Status.NOT_ESTIMABLE:
        assert row.reason is Reason.NO_VARIATION
        return
    opposite = np.empty(n)
    opposite[np.argsort(pre)] = np.sort(post)[::-1]
    for linked in (post, rng.permutation(post), opposite):
        paired = mean_change(pair_scores(pre, linked), unit=SamplingUnit.PERSON)
        if paired.p_value is not None:
            assert row.p_low - 1e-12 <= paired.p_value <= row.p_high + 1e-12
            assert row.estimate_low <= paired.estimate_low + 1e-9


def test_a_large_difference_is_significant_whatever_the_linking():
    rng = np.random.default_rng(3)
    row = unlinked_change(rng.normal(50, 10, 80), rng.normal(65, 10, 95)).bounds
    assert (row.status, row.verdict, row.reason) == (Status.BOUNDED, Verdict.ALWAYS, Reason.UNLINKABLE_FORMS)


def test_one_form_of_a_test_gives_no_answer():
    answer = unlinked_change([5.0], [7.0, 8.0])
    assert {row.reason for row in (answer.welch, answer.bounds)} == {Reason.TOO_FEW_PEOPLE}
    assert answer.by_class.reason is Reason.CLASS_NOT_RECORDED
