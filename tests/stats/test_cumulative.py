"""The cumulative logit on counts: its likelihood is at its height, and names of groups turn its sign."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from analysis.stats.cumulative import fit_cumulative_logit

TABLE = np.array([[4, 9, 20, 7], [1, 5, 18, 16]], dtype=float)


def test_it_agrees_with_statsmodels():
    group, level = np.indices(TABLE.shape)
    repeat = TABLE.astype(int).ravel()
    model = OrderedModel(np.repeat(level.ravel(), repeat), np.repeat(group.ravel(), repeat)[:, None], distr="logit")
    reference = model.fit(method="bfgs", disp=False, gtol=1e-9)
    fit = fit_cumulative_logit(TABLE[None])
    assert fit.log_odds[0, 1] == pytest.approx(reference.params[0], abs=1e-5)
    assert fit.log_likelihood[0] == pytest.approx(reference.llf, abs=1e-8)


def test_the_later_group_that_answers_higher_has_a_positive_log_odds_and_the_exchange_turns_it():
    fit, turned = fit_cumulative_logit(TABLE[None]), fit_cumulative_logit(TABLE[None, ::-1])
    assert fit.log_odds[0, 1] > 0
    assert turned.log_odds[0, 1] == pytest.approx(-fit.log_odds[0, 1])


def test_expected_counts_of_a_model_give_the_model_back():
    thresholds, log_odds = np.array([-2.0, -0.5, 1.0]), np.array([0.0, 0.8])
    steps = expit(thresholds - log_odds[:, None])
    shares = np.diff(steps, axis=1, prepend=0, append=1)
    fit = fit_cumulative_logit(1000 * shares[None])
    assert fit.thresholds[0] == pytest.approx(thresholds, abs=1e-8)
    assert fit.log_odds[0] == pytest.approx(log_odds, abs=1e-8)
    assert fit.log_likelihood[0] == pytest.approx(fit.log_likelihood_saturated[0])


def test_separated_groups_and_a_single_level_are_not_fitted():
    separated = np.array([[9.0, 0, 0, 0], [0, 0, 0, 9]])
    single = np.array([[0.0, 9, 0, 0], [0, 5, 0, 0]])
    assert fit_cumulative_logit(np.stack([separated, single, TABLE])).converged.tolist() == [False, False, True]


def test_a_level_that_nobody_used_changes_nothing():
    wider = np.insert(TABLE, 2, 0, axis=1)
    fit, same = fit_cumulative_logit(wider[None]), fit_cumulative_logit(TABLE[None])
    assert fit.log_odds == pytest.approx(same.log_odds)
    assert np.isnan(fit.thresholds[0]).sum() == 1
