"""What is planted is what comes out: a large draw against the exact expectations."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.simulation.defaults import draw_parameters
from analysis.simulation.model import SimulatedStudy, draw_people, draw_study
from analysis.simulation.parameters import Parameters, Size
from analysis.simulation.truth import batch_weights, change_mean_overall, learning_truth, reaction_truth

SEED = 7
VILLAGES = 24_000  # 96,000 people in 3,000 classes: a mean is known to about 0.01


@pytest.fixture(scope="module", params=[1, 2], ids=["drop-out at random", "weak starters leave"])
def drawn(request: pytest.FixtureRequest) -> tuple[Parameters, SimulatedStudy]:
    parameters = draw_parameters(Size(villages=VILLAGES), SEED, request.param)
    return parameters, draw_study(parameters, SEED, request.param)


def one_way_icc(values: np.ndarray, groups: np.ndarray) -> float:
    """Return the intraclass correlation of a balanced one-way layout by analysis of variance, without NaN."""
    kept = ~np.isnan(values)
    values, groups = values[kept], groups[kept]
    count = np.bincount(groups)
    present = count > 0
    means = np.bincount(groups, weights=values)[present] / count[present]
    count = count[present]
    k, n = count.size, count.sum()
    between = (count * (means - values.mean()) ** 2).sum() / (k - 1)
    within = ((values**2).sum() - (count * means**2).sum()) / (n - k)
    size = (n - (count**2).sum() / n) / (k - 1)
    return float((between - within) / (between + (size - 1) * within))


def test_means_spreads_and_top_two_boxes_of_every_item_and_batch(drawn: tuple[Parameters, SimulatedStudy]) -> None:
    parameters, study = drawn
    truth = reaction_truth(parameters.reaction)
    levels = np.where(study.answers.levels > 0, study.answers.levels, np.nan).astype(float)
    for batch in range(3):
        answers = levels[(study.people.batch == batch) & study.answers.returned]
        assert np.nanmean(answers, axis=0) == pytest.approx(truth.mean[batch], abs=0.03)
        assert np.nanstd(answers, axis=0) == pytest.approx(truth.sd[batch], abs=0.02)
        top = np.nanmean(np.where(np.isnan(answers), np.nan, answers >= 4), axis=0)
        assert top == pytest.approx(truth.top_two_share[batch], abs=0.02)
        person = np.nanmean(answers, axis=1)
        assert person.mean() == pytest.approx(truth.total_mean[batch], abs=0.03)
        assert person.std() == pytest.approx(truth.total_sd[batch], abs=0.02)


def test_intraclass_correlations_of_the_answers(drawn: tuple[Parameters, SimulatedStudy]) -> None:
    """One person per village shows the class alone; all four people of a village show class and village."""
    parameters, study = drawn
    truth = reaction_truth(parameters.reaction)
    levels = np.where(study.answers.levels > 0, study.answers.levels, np.nan).astype(float)
    batch, one = study.people.batch == 1, study.people.role == 0
    pick = batch & one & study.answers.returned
    total = np.nanmean(levels[pick], axis=1)
    assert one_way_icc(total, study.people.class_number[pick]) == pytest.approx(truth.total_class_icc[1], abs=0.03)
    items = [one_way_icc(levels[pick, item], study.people.class_number[pick]) for item in range(22)]
    assert np.mean(items) == pytest.approx(truth.class_icc[1].mean(), abs=0.015)
    items = [one_way_icc(levels[batch, item], study.people.village[batch]) for item in range(22)]
    assert np.mean(items) == pytest.approx(truth.village_icc[1].mean(), abs=0.015)


def test_scores_change_drop_out_and_ceiling(drawn: tuple[Parameters, SimulatedStudy]) -> None:
    parameters, study = drawn
    for batch, gain in enumerate(parameters.learning.gain):
        truth = learning_truth(parameters.learning, gain)
        inside = study.people.batch == batch
        pre, post = study.scores.pre[inside], study.scores.post[inside]
        both = ~np.isnan(pre) & ~np.isnan(post)
        assert np.nanmean(pre) == pytest.approx(truth.pre_mean, abs=0.06)
        assert np.nanstd(pre) == pytest.approx(truth.pre_sd, abs=0.04)
        assert (post - pre)[both].mean() == pytest.approx(truth.change_mean_of_pairs, abs=0.06)
        assert np.corrcoef(pre[both], post[both])[0, 1] == pytest.approx(truth.correlation, abs=0.03)
        assert np.isnan(post[~np.isnan(pre)]).mean() == pytest.approx(truth.dropout_share, abs=0.01)
        assert (post[~np.isnan(post)] == 10).mean() == pytest.approx(truth.ceiling_share_post, abs=0.02)


def test_intraclass_correlations_of_the_change(drawn: tuple[Parameters, SimulatedStudy]) -> None:
    parameters, study = drawn
    quiet = replace(parameters, learning=replace(parameters.learning, dropout_slope=0.0))
    study = draw_study(quiet, SEED, 3)
    truth = learning_truth(quiet.learning, quiet.learning.gain[0])
    first = study.people.batch == 0
    change = study.scores.post - study.scores.pre
    one = first & (study.people.role == 0)
    assert one_way_icc(change[one], study.people.class_number[one]) == pytest.approx(truth.change_class_icc, abs=0.025)
    assert one_way_icc(change[first], study.people.village[first]) == pytest.approx(truth.change_village_icc, abs=0.02)


def test_drop_out_related_to_the_pretest_shifts_the_change_of_those_who_stay() -> None:
    learning = draw_parameters(Size(), SEED).learning
    at_random = learning_truth(replace(learning, dropout_slope=0.0), 1.5)
    weak_leave = learning_truth(replace(learning, dropout_slope=-0.6), 1.5)
    assert at_random.change_mean_of_pairs == pytest.approx(at_random.change_mean, abs=1e-12)
    assert weak_leave.change_mean_of_pairs < weak_leave.change_mean - 0.05


def test_without_batch_shift_the_batches_have_one_mean() -> None:
    parameters = draw_parameters(Size(), SEED)
    flat = replace(parameters.reaction, batch_shift=((0.0,) * 22,) * 3)
    mean = reaction_truth(flat).mean
    assert (mean == mean[0]).all()


def test_overall_change_weighs_batches_by_people() -> None:
    parameters = draw_parameters(Size(villages=20, batches=(1, 2)), SEED)
    weights = batch_weights(parameters)
    changes = [learning_truth(parameters.learning, gain).change_mean for gain in parameters.learning.gain]
    assert weights.sum() == 80
    assert change_mean_overall(parameters) == pytest.approx(np.dot(weights, changes) / 80)


def test_classes_hold_at_most_eight_villages_and_belong_to_one_batch() -> None:
    people = draw_people(Size(villages=70, batches=(5, 6, 7)))
    villages = [np.unique(people.village[people.class_number == number]).size for number in range(9)]
    batches = [np.unique(people.batch[people.class_number == number]).size for number in range(9)]
    assert max(villages) == 8
    assert sum(villages) == 70
    assert batches == [1] * 9


def test_planted_gain_lies_inside_plain_class_intervals_at_the_nominal_rate() -> None:
    """Over 200 provinces the t interval of class means covers the planted change in the 99.9 % binomial range."""
    parameters = draw_parameters(Size(villages=144, batches=(1,)), SEED)
    truth = learning_truth(parameters.learning, parameters.learning.gain[0]).change_mean_of_pairs
    hits = 0
    for province in range(1, 201):
        study = draw_study(parameters, SEED, province)
        change = study.scores.post - study.scores.pre
        means = np.array([np.nanmean(change[study.people.class_number == number]) for number in range(18)])
        hits += abs(means.mean() - truth) <= 2.109816 * means.std(ddof=1) / np.sqrt(18)  # t(17), 97.5 %
    assert 179 <= hits <= 199  # 99.9 % of binomial(200, .95)
