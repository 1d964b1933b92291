import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import PairingError
from analysis.stats.codes import Effect, Reason, SamplingUnit, Status
from analysis.stats.matching import match_ids, pair_scores
from analysis.stats.paired import describe_scores, mean_change
from analysis.stats.paired_effects import standardised_change
from stats.paired_examples import DATA_SETS, clustered_pairs, data_set, golden


@pytest.mark.parametrize("name", DATA_SETS)
def test_the_naive_interval_is_the_paired_t_of_r(name):
    change = mean_change(data_set(name), unit=SamplingUnit.PERSON)
    value = golden()
    assert change.n == value[name, "n"]
    assert change.estimate == pytest.approx(value[name, "change"], rel=1e-12)
    assert (change.estimate_low, change.estimate_high) == pytest.approx(
        (value[name, "change_low"], value[name, "change_high"]), rel=1e-10
    )
    assert change.statistic == pytest.approx(value[name, "t"], rel=1e-10)
    assert change.p_value == pytest.approx(value[name, "t_p"], rel=1e-8)
    assert change.assumes == "people answered independently of each other"


@pytest.mark.usefixtures("jackknife_for_any_sizes")
def test_the_class_interval_is_the_jackknife_written_out_in_r():
    change = mean_change(data_set("Gcsemv"))
    value = golden()
    assert change.clusters == 73
    assert change.df == 72
    assert (change.estimate_low, change.estimate_high) == pytest.approx(
        (value["Gcsemv.school", "change_low"], value["Gcsemv.school", "change_high"]), rel=1e-10
    )


def test_classes_of_one_person_give_the_paired_t():
    pairs = data_set("OBrienKaiser")
    alone = pair_scores(pairs.pre, pairs.post, classes=np.arange(pairs.n))
    by_class, naive = mean_change(alone), mean_change(pairs, unit=SamplingUnit.PERSON)
    assert by_class.estimate_low == pytest.approx(naive.estimate_low)
    assert by_class.p_value == pytest.approx(naive.p_value)


def test_columns_of_different_length_are_refused():
    with pytest.raises(PairingError, match=r"3 pretest and 2 posttest scores.*Match them by participant id"):
        pair_scores([1, 2, 3], [2, 3])


def test_missing_tests_are_counted_and_those_who_took_none_are_not():
    pairs = pair_scores([1, np.nan, 3, np.nan], [2, 3, np.nan, np.nan])
    assert (pairs.n, pairs.n_missing) == (1, 2)


def test_pairs_without_a_class_are_refused_instead_of_forming_a_class():
    with pytest.raises(PairingError, match="1 complete pairs have no class"):
        pair_scores([1, 2], [2, 3], classes=["A", None])


def test_ids_tell_who_took_which_test():
    ids = match_ids(["a", "b", "c"], ["c", "b", "d"])
    assert ids.both == ("b", "c")
    assert (ids.pre_only, ids.post_only) == (("a",), ("d",))


@pytest.mark.parametrize(
    ("pre", "post", "message"),
    [
        (["a", None], ["a"], "1 of 2 pretest forms have no participant id"),
        (["a"], ["a", "a"], "1 repeated participant ids in the posttest"),
        (["a"], ["b"], "A paired test is refused"),
    ],
)
def test_ids_that_cannot_pair_are_refused_with_a_remedy(pre, post, message):
    with pytest.raises(PairingError, match=message):
        match_ids(pre, post)


def test_one_pair_states_that_it_is_one():
    pair = pair_scores([5], [8], classes=["A"])
    for unit in SamplingUnit.PERSON, SamplingUnit.CLASS:
        change = mean_change(pair, unit=unit)
        assert (change.status, change.reason, change.n) == (Status.NOT_ESTIMABLE, Reason.TOO_FEW_PEOPLE, 1)
    assert describe_scores(pair)[0].estimate == 5
    assert describe_scores(pair)[2].reason is Reason.TOO_FEW_PEOPLE


def test_changes_all_zero_are_not_estimable():
    pairs = pair_scores([5, 6, 7, 8], [5, 6, 7, 8], classes=["A", "A", "B", "B"])
    for unit in SamplingUnit.PERSON, SamplingUnit.CLASS:
        assert mean_change(pairs, unit=unit).reason is Reason.NO_VARIATION
        assert standardised_change(pairs, Effect.D_Z, unit=unit).reason is Reason.NO_VARIATION


def test_without_classes_or_with_one_class_there_is_no_class_interval():
    assert mean_change(pair_scores([1, 2], [3, 5])).reason is Reason.CLASS_NOT_RECORDED
    assert mean_change(pair_scores([1, 2], [3, 5], classes=["A", "A"])).reason is Reason.TOO_FEW_CLASSES


UNITS = (SamplingUnit.CLASS, SamplingUnit.VILLAGE, SamplingUnit.PERSON)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(-50, 50), st.sampled_from(UNITS))
def test_a_constant_added_to_both_tests_changes_nothing_and_swapping_flips_the_sign(seed, constant, unit):
    pairs = clustered_pairs(np.random.default_rng(seed), classes=4, class_size=8, change=0.3)
    change = mean_change(pairs, unit=unit)
    moved = pair_scores(pairs.pre + constant, pairs.post + constant, classes=pairs.classes, villages=pairs.villages)
    swapped = pair_scores(pairs.post, pairs.pre, classes=pairs.classes, villages=pairs.villages)
    assert mean_change(moved, unit=unit).estimate_low == pytest.approx(change.estimate_low, abs=1e-9)
    assert mean_change(swapped, unit=unit).estimate_high == pytest.approx(-change.estimate_low, abs=1e-9)
    assert mean_change(swapped, unit=unit).p_value == pytest.approx(change.p_value, abs=1e-12)
    for effect in (Effect.D_Z, Effect.D_AV, Effect.D_RM):
        first = standardised_change(pairs, effect, unit=unit)
        assert standardised_change(moved, effect, unit=unit).estimate_low == pytest.approx(first.estimate_low, abs=1e-9)
        second = standardised_change(swapped, effect, unit=unit)
        assert (second.estimate, second.estimate_low) == pytest.approx(
            (-first.estimate, -first.estimate_high), abs=1e-7
        )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_order_of_people_labels_and_missing_rows_change_nothing_but_the_count(seed):
    rng = np.random.default_rng(seed)
    pairs = clustered_pairs(rng, classes=4, class_size=6)
    order = rng.permutation(pairs.n)
    labels = np.array(["d", "a", "c", "b"])[pairs.classes]
    shuffled = pair_scores(pairs.pre[order], pairs.post[order], classes=labels[order])
    padded = pair_scores(
        np.append(pairs.pre, [50, np.nan]), np.append(pairs.post, [np.nan, 50]), classes=np.append(labels, ["a", "z"])
    )
    expected = mean_change(pairs)
    for other, missing in ((shuffled, 0), (padded, 2)):
        change = mean_change(other)
        assert (change.estimate_low, change.estimate_high) == pytest.approx(
            (expected.estimate_low, expected.estimate_high), abs=1e-9
        )
        assert change.n_missing == missing
