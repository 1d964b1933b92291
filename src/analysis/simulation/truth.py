"""What the planted parameters imply exactly: means, spreads, intraclass correlations, gains, drop-out.

Every number is an expectation over imaginary provinces with these parameters, computed from the normal
distribution (:mod:`analysis.simulation.ordinal`), not from the people that were drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.simulation.model import Floats, Integers, draw_people, dropout_probability
from analysis.simulation.ordinal import covariance, joint_probabilities, moments, probabilities
from analysis.simulation.parameters import SCALE_LEVELS, Learning, Parameters, Reaction


@dataclass(frozen=True, slots=True)
class ReactionTruth:
    """Per batch and item (arrays batches x items): mean and SD of the answers 1-5, share of 4 and 5, and the
    correlation of two people of one class (in different villages) and of one village.

    ``total_mean`` and ``total_sd`` (one value per batch) are of a person's mean over all items,
    ``total_class_icc`` is the correlation of that mean between two people of one class.
    """

    mean: Floats
    sd: Floats
    top_two_share: Floats
    class_icc: Floats
    village_icc: Floats
    total_mean: Floats
    total_sd: Floats
    total_class_icc: Floats


@dataclass(frozen=True, slots=True)
class LearningTruth:
    """One batch: points of pre and post, their correlation, the change of everybody and of those who stayed.

    ``change_class_icc`` and ``change_village_icc`` are correlations of the change between two people of one
    class (different villages) and of one village; ``dropout_share`` is of those who sat the pretest.
    """

    pre_mean: float
    pre_sd: float
    post_mean: float
    post_sd: float
    correlation: float
    change_mean: float
    change_sd: float
    change_mean_of_pairs: float
    change_class_icc: float
    change_village_icc: float
    gain_of_means: float
    ceiling_share_post: float
    dropout_share: float


def _reaction_cuts(reaction: Reaction) -> Floats:
    mean = np.asarray(reaction.item_mean) + np.asarray(reaction.batch_shift)
    return np.asarray(reaction.cuts) - mean[..., None]


def reaction_truth(reaction: Reaction) -> ReactionTruth:
    """Return the exact expectations of the answers; careless forms are part of them (a mixture)."""
    cuts = _reaction_cuts(reaction)
    careless, levels = reaction.careless_share, np.arange(1, SCALE_LEVELS + 1)
    careless_mean = float(np.dot(reaction.careless_levels, levels))
    careless_square = float(np.dot(reaction.careless_levels, levels**2))
    attentive = moments(cuts)
    attentive_mean = attentive.mean + 1
    mean = (1 - careless) * attentive_mean + careless * careless_mean
    square = (1 - careless) * (attentive.variance + attentive_mean**2) + careless * careless_square
    variance = square - mean**2
    top = (1 - careless) * probabilities(cuts)[..., 3:].sum(axis=-1) + careless * sum(reaction.careless_levels[3:])
    alike = (1 - careless) ** 2  # both people must be attentive for their answers to go together
    in_class = reaction.class_share
    in_village = reaction.class_share + reaction.village_share
    total_mean = mean.mean(axis=1)
    attentive_square = _mean_square_of_person_mean(reaction, cuts, attentive_mean)
    total_square = (1 - careless) * attentive_square + careless * careless_square
    total_variance = total_square - total_mean**2
    return ReactionTruth(
        mean=mean,
        sd=np.sqrt(variance),
        top_two_share=top,
        class_icc=alike * covariance(cuts, cuts, in_class) / variance,
        village_icc=alike * covariance(cuts, cuts, in_village) / variance,
        total_mean=total_mean,
        total_sd=np.sqrt(total_variance),
        total_class_icc=alike * _item_pairs(cuts, in_class).mean(axis=(1, 2)) / total_variance,
    )


def _item_pairs(cuts: Floats, correlation: float) -> Floats:
    """Return covariances (batches, items, items) of any two items whose latent values correlate."""
    return covariance(cuts[:, :, None, :], cuts[:, None, :, :], correlation)


def _mean_square_of_person_mean(reaction: Reaction, cuts: Floats, mean: Floats) -> Floats:
    """Return E[(mean over items)^2] of attentive people, per batch."""
    aspect = np.asarray(reaction.aspect_of_item)
    across = reaction.shared - reaction.aspect_share
    within = np.where(aspect[:, None] == aspect, _item_pairs(cuts, reaction.shared), _item_pairs(cuts, across))
    own = moments(cuts).variance
    items = np.arange(aspect.size)
    within[:, items, items] = own
    return np.asarray(within.mean(axis=(1, 2)) + mean.mean(axis=1) ** 2)


def learning_truth(learning: Learning, gain: float) -> LearningTruth:
    """Return the exact expectations of the scores of a batch whose latent gain is ``gain`` points."""
    points = np.arange(learning.maximum + 1)
    edges = np.arange(1, learning.maximum + 1) - 0.5
    pre_cuts = np.asarray((edges - learning.pre_mean) / learning.pre_sd, dtype=np.float64)
    post_cuts = np.asarray((edges - learning.pre_mean - gain) / learning.post_sd, dtype=np.float64)
    table = joint_probabilities(pre_cuts, post_cuts, learning.correlation)
    pre, post = moments(pre_cuts), moments(post_cuts)
    shared = float(points @ table @ points - pre.mean * post.mean)
    change_variance = float(pre.variance + post.variance - 2 * shared)
    stays = 1 - dropout_probability(points.astype(float), learning)
    staying = table * stays[:, None]
    change = points[None, :] - points[:, None]
    icc = [
        float(
            covariance(pre_cuts, pre_cuts, share)
            + covariance(post_cuts, post_cuts, share)
            - 2 * covariance(pre_cuts, post_cuts, share * learning.correlation)
        )
        / change_variance
        for share in (learning.class_share, learning.class_share + learning.village_share)
    ]
    return LearningTruth(
        pre_mean=float(pre.mean),
        pre_sd=float(np.sqrt(pre.variance)),
        post_mean=float(post.mean),
        post_sd=float(np.sqrt(post.variance)),
        correlation=shared / float(np.sqrt(pre.variance * post.variance)),
        change_mean=float(post.mean - pre.mean),
        change_sd=float(np.sqrt(change_variance)),
        change_mean_of_pairs=float((staying * change).sum() / staying.sum()),
        change_class_icc=icc[0],
        change_village_icc=icc[1],
        gain_of_means=float((post.mean - pre.mean) / (learning.maximum - pre.mean)),
        ceiling_share_post=float(probabilities(post_cuts)[-1]),
        dropout_share=float(1 - staying.sum()),
    )


def batch_weights(parameters: Parameters) -> Integers:
    """Return the number of people of each batch."""
    return np.bincount(draw_people(parameters.size).batch, minlength=len(parameters.size.batches))


def change_mean_overall(parameters: Parameters) -> float:
    """Return the expected change of everybody, batches weighted by their people."""
    truths = [learning_truth(parameters.learning, gain).change_mean for gain in parameters.learning.gain]
    return float(np.average(truths, weights=batch_weights(parameters)))
