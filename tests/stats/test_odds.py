"""Odds ratios and the check of proportional odds; ordinal::clm in tests/golden/reaction.csv."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.clusters import ClusterCounts, count_clusters
from analysis.stats.cumulative import fit_cumulative_logit
from analysis.stats.odds import OddsModel, odds_ratios, proportional_odds_check
from reaction_oracles import educated, golden, grouped, random_counts, wine


def wine_by_bottle() -> ClusterCounts:
    frame = wine()
    group = (frame.groupby("bottle")["temp"].first() == "warm").astype(int).to_numpy()
    return count_clusters(
        frame[["rating"]].to_numpy(dtype=float), frame["bottle"].to_numpy() - 1, group, np.arange(1.0, 6.0), 2
    )


def test_fit_of_wine_is_that_of_clm() -> None:
    fit, r = fit_cumulative_logit(wine_by_bottle().by_group()[None, :, 0]), golden()

    assert fit.log_odds[0, 1] == pytest.approx(r["wine.log_odds"], rel=1e-6)
    assert fit.thresholds[0] == pytest.approx([r[f"wine.threshold.{k}"] for k in range(1, 5)], rel=1e-6)
    assert fit.log_likelihood[0] == pytest.approx(r["wine.log_likelihood"], rel=1e-9)


def test_fit_of_five_groups_and_its_check_are_those_of_clm_and_nominal_test() -> None:
    table = grouped(educated()[["A2"]], educated()["education"], range(1, 7)).by_group()[:, 0]
    fit, r = fit_cumulative_logit(table[None]), golden()
    check = proportional_odds_check(fit, table, 1.0)

    # clm stops at a gradient of 1e-10 and less; both agree to the digits that R prints.
    assert fit.log_odds[0, 1:] == pytest.approx([r[f"bfi_A2.log_odds.{k}"] for k in range(2, 6)], abs=1e-7)
    assert check.likelihood_ratio == pytest.approx(r["bfi_A2.lr"], rel=1e-5)
    assert check.df == r["bfi_A2.lr_df"]
    assert check.p_value == check.p_if_independent


def test_check_of_wine_by_contact() -> None:
    table = grouped(wine()[["rating"]], wine()["contact"], range(1, 6)).by_group()[:, 0]
    fit = fit_cumulative_logit(table[None])

    assert fit.log_odds[0, 1] == pytest.approx(golden()["wine.contact"], rel=1e-6)
    assert proportional_odds_check(fit, table, 1.0).likelihood_ratio == pytest.approx(golden()["wine.lr"], rel=1e-5)


def test_class_jackknife_is_that_of_refitting_in_r() -> None:
    found = odds_ratios(wine_by_bottle(), 0, [(0, 1)], level=0.95, design_effect=1.0)

    assert found.model is OddsModel.CUMULATIVE
    assert found.log_odds.standard_error[0] == pytest.approx(golden()["wine.jackknife_se"], rel=1e-5)
    assert found.log_odds.df[0] == pytest.approx(golden()["wine.jackknife_df"], rel=1e-5)


def test_odds_that_are_not_proportional_fall_back_to_the_top_two_boxes() -> None:
    # The later batch uses both ends, the earlier the middle: no single odds ratio can describe that.
    counts = np.zeros((6, 1, 5))
    counts[:3, 0] = [[2, 8, 20, 8, 2], [3, 8, 18, 8, 3], [2, 9, 19, 8, 2]]
    counts[3:, 0] = [[15, 3, 2, 5, 15], [14, 4, 2, 6, 14], [16, 3, 2, 4, 15]]
    data = ClusterCounts(counts, np.repeat([0, 1], 3), np.arange(1.0, 6.0), 2)

    found = odds_ratios(data, 0, [(0, 1)], level=0.95, design_effect=1.0)

    tops = counts[..., 3:].sum(axis=(1, 2)).reshape(2, 3).sum(axis=1)
    odds = tops / (120 - tops)
    assert found.model is OddsModel.TOP_TWO_NOT_PROPORTIONAL
    assert found.log_odds.estimate[0] == pytest.approx(np.log(odds[1] / odds[0]))
    assert np.isnan(found.thresholds).all()


def test_separated_batches_have_no_cumulative_logit() -> None:
    counts = np.zeros((4, 1, 5))
    counts[:2, 0, 2], counts[2:, 0, 4] = 10, 10
    found = odds_ratios(
        ClusterCounts(counts, np.array([0, 0, 1, 1]), np.arange(1.0, 6.0), 2), 0, [(0, 1)], level=0.95, design_effect=1
    )

    assert found.model is OddsModel.TOP_TWO_SEPARATED
    assert np.isnan(found.log_odds.estimate[0])


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_reversing_the_batches_inverts_odds_ratios_and_an_empty_level_changes_nothing(seed: int) -> None:
    data = random_counts(np.random.default_rng(seed), icc=0.1, shift=0.3)
    mirrored = ClusterCounts(data.counts, 2 - data.group, data.levels, 3)
    wider = ClusterCounts(np.insert(data.counts, 3, 0, axis=2), data.group, np.array([1, 2, 3, 3.5, 4, 5.0]), 3)

    plain, flipped, empty = (
        odds_ratios(each, 0, [(0, 2)], level=0.95, design_effect=3.0) for each in (data, mirrored, wider)
    )

    if plain.model is OddsModel.CUMULATIVE:
        assert flipped.log_odds.estimate[0] == pytest.approx(-plain.log_odds.estimate[0], abs=1e-6)
        assert flipped.log_odds.low[0] == pytest.approx(-plain.log_odds.high[0], rel=1e-4, abs=1e-4)
        assert empty.log_odds.low[0] == pytest.approx(plain.log_odds.low[0], rel=1e-6)


def test_interval_of_the_log_odds_ratio_covers_in_its_band() -> None:
    # A latent logistic score without class effects in six classes against six: the true log odds ratio is the shift.
    rng, covered, sets = np.random.default_rng(5), 0, 400
    cuts, shift = np.array([-2.5, -1.5, 0.0, 1.5]), 0.5
    cluster, group = np.repeat(np.arange(12), 32), np.repeat([0, 1], 6)
    for _ in range(sets):
        answers = 1.0 + np.searchsorted(cuts, rng.logistic(size=(384, 1)) + shift * group[cluster][:, None])
        data = count_clusters(answers, cluster, group, np.arange(1.0, 6.0), 2)
        fit = odds_ratios(data, 0, [(0, 1)], level=0.95, design_effect=1e9).log_odds
        covered += bool(fit.low[0] <= shift <= fit.high[0])

    margin = 3.29 * np.sqrt(0.95 * 0.05 / sets)
    assert 0.935 - margin <= covered / sets <= 0.975 + margin
