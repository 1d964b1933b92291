import numpy as np
import pytest

from analysis.stats.codes import Effect, Method, Reason, SamplingUnit
from analysis.stats.matching import pair_scores
from analysis.stats.moments import moments
from analysis.stats.paired_effects import (
    bonett_variance,
    corrected,
    correction,
    noncentral_t_limits,
    standardised_change,
)
from stats.paired_examples import DATA_SETS, data_set, golden

NAMES = {Effect.D_Z: "d_z", Effect.D_AV: "d_av", Effect.D_RM: "d_rm", Effect.GLASS_DELTA_PRE: "glass"}

# effectsize finds its limits with optim(), which stops near 1e-7; the noncentrality of Gcsemv (67) is beyond the 37.6
# up to which R's pt() is accurate, so its limits are off by about 2e-4 (see the integrated ones).
EFFECTSIZE_TOLERANCE = dict.fromkeys(DATA_SETS, 2e-6) | {"Gcsemv": 2e-4}


@pytest.mark.parametrize("name", DATA_SETS)
@pytest.mark.parametrize("effect", NAMES)
def test_each_effect_is_divided_by_what_it_says(name, effect):
    result = standardised_change(data_set(name), effect, unit=SamplingUnit.PERSON)
    assert result.effect == pytest.approx(golden()[name, NAMES[effect]], rel=1e-11)


@pytest.mark.parametrize("name", DATA_SETS)
def test_limits_of_d_z_are_the_noncentral_t_integrated_in_r(name):
    result = standardised_change(data_set(name), Effect.D_Z, unit=SamplingUnit.PERSON)
    expected = golden()[name, "d_z_exact_low"], golden()[name, "d_z_exact_high"]
    assert result.method is Method.NONCENTRAL_T
    assert (result.effect_low, result.effect_high) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("name", DATA_SETS)
def test_limits_of_d_z_are_those_of_effectsize(name):
    result = standardised_change(data_set(name), Effect.D_Z, unit=SamplingUnit.PERSON)
    expected = golden()[name, "d_z_low"], golden()[name, "d_z_high"]
    assert (result.effect_low, result.effect_high) == pytest.approx(expected, abs=EFFECTSIZE_TOLERANCE[name])


@pytest.mark.parametrize("name", DATA_SETS)
def test_the_small_sample_factor_is_on_the_estimate_and_not_on_the_limits(name):
    pairs, value = data_set(name), golden()
    plain = standardised_change(pairs, Effect.D_Z, unit=SamplingUnit.PERSON)
    hedges = corrected(plain, pairs, Effect.D_Z)
    factor = value[name, "factor_n1"]
    assert hedges.effect == pytest.approx(value[name, "hedges_d_z"], rel=1e-9)
    # R's effectsize multiplies the limits as well: they differ from these by exactly the factor.
    assert (hedges.effect_low * factor, hedges.effect_high * factor) == pytest.approx(
        (value[name, "hedges_d_z_low"], value[name, "hedges_d_z_high"]), abs=EFFECTSIZE_TOLERANCE[name]
    )
    assert correction(pairs, Effect.D_AV) == pytest.approx(value[name, "factor_av"], rel=1e-10)
    assert correction(pairs, Effect.D_RM) is None
    assert corrected(plain, pairs, Effect.D_RM) is None


@pytest.mark.parametrize("name", DATA_SETS)
def test_glass_agrees_with_metafor(name):
    pairs, value = data_set(name), golden()
    full, _ = moments(pairs.pre, pairs.post)
    glass = standardised_change(pairs, Effect.GLASS_DELTA_PRE, unit=SamplingUnit.PERSON)
    yi = glass.effect * correction(pairs, Effect.GLASS_DELTA_PRE)
    assert yi == pytest.approx(value[name, "metafor_smcrh_yi"], rel=1e-9)
    assert yi == pytest.approx(value[name, "metafor_smcr_yi"], rel=1e-9)
    d_z = standardised_change(pairs, Effect.D_Z, unit=SamplingUnit.PERSON)
    assert corrected(d_z, pairs, Effect.D_Z).effect == pytest.approx(value[name, "metafor_smcc_yi"], rel=1e-9)
    # metafor puts the corrected value into Bonett's variance and multiplies it by the squared factor.
    shift = (yi**2 - glass.effect**2) / (2 * (pairs.n - 1))
    factor = correction(pairs, Effect.GLASS_DELTA_PRE)
    variance = (bonett_variance(full, Effect.GLASS_DELTA_PRE) + shift) * factor**2
    assert variance == pytest.approx(value[name, "metafor_smcrh_vi"], rel=1e-9)


@pytest.mark.parametrize("name", DATA_SETS)
def test_the_person_jackknife_of_d_rm_agrees_with_r(name):
    pairs = data_set(name)
    result = standardised_change(pairs, Effect.D_RM, unit=SamplingUnit.PERSON)
    from scipy import stats

    half = stats.t.ppf(0.975, pairs.n - 1) * golden()[name, "d_rm_jackknife_se"]
    assert result.effect_high - result.effect_low == pytest.approx(2 * half, rel=1e-9)


@pytest.mark.usefixtures("jackknife_for_any_sizes")
@pytest.mark.parametrize("effect", NAMES)
def test_class_jackknife_agrees_with_refitting_in_r(effect):
    result = standardised_change(data_set("Gcsemv"), effect)
    value, name = golden(), NAMES[effect]
    assert (result.effect, result.effect_low, result.effect_high) == pytest.approx(
        tuple(value["Gcsemv.school", f"{name}_{part}"] for part in ("estimate", "low", "high")), rel=1e-9
    )


def test_limits_invert_the_noncentral_t_also_for_large_effects():
    from scipy import stats

    for d_z, n in ((0.2, 16), (5.0, 400), (1.0, 16_000)):
        low, high = noncentral_t_limits(d_z, n, 0.95)
        assert stats.nct.cdf(d_z * np.sqrt(n), n - 1, low * np.sqrt(n)) == pytest.approx(0.975, abs=1e-8)
        assert stats.nct.cdf(d_z * np.sqrt(n), n - 1, high * np.sqrt(n)) == pytest.approx(0.025, abs=1e-8)


def test_a_pretest_without_spread_leaves_glass_undefined_but_not_d_z():
    pairs = pair_scores([5, 5, 5, 5], [6, 7, 9, 6], classes=[0, 0, 1, 1])
    assert standardised_change(pairs, Effect.GLASS_DELTA_PRE).reason is Reason.NO_VARIATION
    assert standardised_change(pairs, Effect.D_Z).effect == pytest.approx(2 / np.std([1, 2, 4, 1], ddof=1))
