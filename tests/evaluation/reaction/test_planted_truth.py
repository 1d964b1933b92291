"""Two hundred simulated provinces: planted differences lie inside their intervals, planted nulls are not found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analysis.evaluation.reaction import aspects, items
from analysis.evaluation.reaction.aspects import score_sums
from analysis.evaluation.reaction.responses import class_counts, responses_of
from analysis.simulation.defaults import draw_parameters
from analysis.simulation.frames import study_data
from analysis.simulation.model import draw_study
from analysis.simulation.ordinal import probabilities
from analysis.simulation.parameters import Parameters, Size
from analysis.simulation.truth import reaction_truth
from analysis.stats.groups import kruskal_wallis
from analysis.stats.means import welch_t
from analysis.stats.ordinal import delta_interval
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training
from reaction_studies import LAMPUNG, rows_of

PROVINCES, SEED, LEVEL = 200, 71, 0.95
PROVINCE = load_province(LAMPUNG)
TRAINING, INSTRUMENT = load_training(PROVINCE.training), load_instrument()
PAIR = (0, 2)


def data_of(parameters: Parameters, number: int):
    study = draw_study(parameters, SEED, number)
    return study_data(study, parameters, PROVINCE, TRAINING, INSTRUMENT, Settings())


def binomial_range(share: float) -> tuple[float, float]:
    """Return the 99.9 % range of a share over the provinces."""
    low, high = stats.binom.interval(0.999, PROVINCES, share)
    return low / PROVINCES, high / PROVINCES


def true_shares(parameters: Parameters) -> np.ndarray:
    """Return the probability of each level, shape (batches, items, levels), careless forms mixed in."""
    reaction = parameters.reaction
    latent = np.asarray(reaction.item_mean) + np.asarray(reaction.batch_shift)
    shares = (1 - reaction.careless_share) * probabilities(np.asarray(reaction.cuts) - latent[..., None])
    return shares + reaction.careless_share * np.asarray(reaction.careless_levels)


def true_deltas(shares: np.ndarray) -> np.ndarray:
    """Return Cliff's delta of the last against the first batch, per item."""
    sign = np.sign(np.subtract.outer(np.arange(5), np.arange(5)))
    return np.einsum("ij,jk,ik->i", shares[PAIR[1]], sign, shares[PAIR[0]])


@pytest.fixture(scope="module")
def covered() -> tuple[np.ndarray, np.ndarray]:
    """Return whether the interval holds the truth: the total score (provinces,), every item (provinces, items)."""
    total, of_items = [], []
    for number in range(1, PROVINCES + 1):
        parameters = draw_parameters(Size(), SEED, number)
        shares = true_shares(parameters)
        mean = shares.mean(axis=1) @ np.arange(1, 6)
        responses = responses_of(data_of(parameters, number))
        sums = score_sums(responses, responses.scores["total"])
        found = welch_t(sums.of_group(PAIR[0]).means, sums.of_group(PAIR[1]).means, level=LEVEL)
        difference = mean[PAIR[1]] - mean[PAIR[0]]
        total.append(float(np.ravel(found.low)[0]) <= difference <= float(np.ravel(found.high)[0]))
        delta = delta_interval(class_counts(responses), *PAIR, level=LEVEL)
        truth_delta = true_deltas(shares)
        of_items.append((delta.low <= truth_delta) & (truth_delta <= delta.high))
    return np.array(total), np.array(of_items)


def test_the_interval_of_the_total_score_holds_the_planted_difference_as_often_as_it_says(covered) -> None:
    low, high = binomial_range(LEVEL)
    assert low <= covered[0].mean() <= high


def test_the_interval_of_cliffs_delta_holds_the_planted_one_in_the_band_declared_for_it(covered) -> None:
    """Jackknife: 93.5 to 97.5 %; the mean over the items varies less than one of them, so its range is wide enough."""
    low, high = binomial_range(0.935)[0], binomial_range(0.975)[1]
    assert low <= covered[1].mean() <= high


def test_planted_nulls_are_called_different_in_at_most_five_percent_of_provinces() -> None:
    false_alarms = naive_alarms = 0
    for number in range(1, PROVINCES + 1):
        parameters = draw_parameters(Size(), SEED, number)
        alike = replace(parameters.reaction, batch_shift=tuple((0.0,) * 22 for _ in range(3)))
        responses = responses_of(data_of(replace(parameters, reaction=alike), number))
        found = kruskal_wallis(class_counts(responses), resamples=999, seed=number)
        false_alarms += bool((found.p_adjusted < 0.05).any())
        naive_alarms += bool((found.p_if_independent * 22 < 0.05).any())

    assert false_alarms / PROVINCES <= binomial_range(0.05)[1]
    assert naive_alarms / PROVINCES > binomial_range(0.05)[1]


def test_the_planted_means_are_those_that_the_simulation_publishes() -> None:
    parameters = draw_parameters(Size(), SEED, 1)
    published = reaction_truth(parameters.reaction)
    assert true_shares(parameters) @ np.arange(1, 6) == pytest.approx(published.mean)


def test_the_verbs_say_what_their_parts_say() -> None:
    """The reduced form above tests parts; here one province goes through the questions themselves."""
    data = data_of(draw_parameters(Size(), SEED, 3), 3)
    responses = responses_of(data)
    sums = score_sums(responses, responses.scores["total"])
    found = welch_t(sums.of_group(0).means, sums.of_group(2).means, level=LEVEL)
    rows = rows_of(aspects(data).results, subject="total", contrast="3-1", method="welch_t_class_means")
    omnibus = rows_of(items(data).results, estimate_name="epsilon_squared", sampling_unit="class")

    assert rows["estimate_low"].tolist() == pytest.approx([float(np.ravel(found.low)[0])])
    counted = kruskal_wallis(class_counts(responses), resamples=999, seed=1)
    assert omnibus["p_adjusted"].to_numpy() == pytest.approx(counted.p_adjusted)
