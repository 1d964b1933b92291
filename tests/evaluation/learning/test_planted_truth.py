"""Planted truth: over 200 simulated provinces the intervals contain what was planted as often as they say."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.evaluation import learning
from analysis.simulation.defaults import draw_parameters
from analysis.simulation.model import Topic, draw_conduct, draw_people, draw_scores, generator
from analysis.simulation.parameters import Size
from analysis.simulation.truth import learning_truth
from analysis.stats.change_contrasts import compare_changes
from analysis.stats.codes import Effect
from analysis.stats.gain import gain_of_means
from analysis.stats.matching import pair_scores
from analysis.stats.paired import mean_change
from analysis.stats.paired_effects import standardised_change
from evaluation.learners import province, study

PROVINCES, SEED, SIZE = 200, 7, Size()


def simulated(number):
    parameters = draw_parameters(SIZE, SEED, number)
    people = draw_people(SIZE)
    conduct = draw_conduct(people, parameters, generator(SEED, number, Topic.DELIVERY))
    attended = np.asarray(conduct.present.any(axis=1))
    scores = draw_scores(people, parameters.learning, attended, generator(SEED, number, Topic.LEARNING))
    truths = {batch: learning_truth(parameters.learning, parameters.learning.gain[batch]) for batch in (0, 2)}
    return parameters, people, scores, truths


def interval(row):
    return row.estimate_low, row.estimate_high


def of_batch(people, scores, *batches):
    chosen = np.isin(people.batch, batches)
    classes, villages = people.class_number[chosen], people.village[chosen]
    return pair_scores(scores.pre[chosen], scores.post[chosen], classes=classes, villages=villages), chosen


@pytest.fixture(scope="module")
def hits():
    found = {"change": [], "d_z": [], "n_gain": [], "batches": []}
    for number in range(1, PROVINCES + 1):
        parameters, people, scores, truths = simulated(number)
        pairs, _ = of_batch(people, scores, 0)
        rows = [("change", mean_change(pairs), truths[0].change_mean_of_pairs)]
        both, chosen = of_batch(people, scores, 0, 2)
        complete = ~np.isnan(scores.pre[chosen] + scores.post[chosen])
        contrast = compare_changes(both, (people.batch[chosen] == 2)[complete]).difference_in_change
        rows.append(("batches", contrast, truths[2].change_mean_of_pairs - truths[0].change_mean_of_pairs))
        if parameters.learning.dropout_slope == 0:  # where weak starters leave, pairs are not everybody
            effect = standardised_change(pairs, Effect.D_Z)
            rows.append(("d_z", effect, truths[0].change_mean / truths[0].change_sd))
            gain = gain_of_means(pairs, parameters.learning.maximum)
            rows.append(("n_gain", gain, truths[0].gain_of_means))
        for name, row, truth in rows:
            low, high = interval(row)
            found[name].append(low <= truth <= high)
    return found


@pytest.mark.parametrize("name", ["change", "d_z", "n_gain", "batches"])
def test_planted_values_lie_inside_the_95_percent_intervals_as_often_as_that(hits, name):
    number = len(hits[name])
    low, high = stats.binom.interval(0.999, number, 0.95)
    assert number >= PROVINCES / 2
    assert low <= sum(hits[name]) <= high


def test_the_questions_see_what_the_arrays_hold():
    parameters, people, scores, _ = simulated(1)
    ids = pd.Series([f"p{i}" for i in range(people.village.size)])
    participants = pd.DataFrame(
        {
            "participant_id": ids,
            "role": people.role.astype(str),
            "village": people.village.astype(str),
            "class_id": people.class_number.astype(str),
            "batch": (people.batch + 1).astype(str),
        }
    )
    tables = {
        "participants": participants,
        "scores": pd.DataFrame({"participant_id": ids, "pre_points": scores.pre, "post_points": scores.post}),
    }
    definition = province(batches=("1", "2", "3"), test_maximum=parameters.learning.maximum)
    results = learning.subgroups(study(tables, of=definition)).results
    row = results[(results["subject"] == "batch=1") & (results["estimate_name"] == "mean_change")].iloc[0]
    direct = mean_change(of_batch(people, scores, 0)[0])
    assert (row["estimate"], row["estimate_low"]) == pytest.approx((direct.estimate, direct.estimate_low))
