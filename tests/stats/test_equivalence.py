import pytest

from analysis.stats.codes import Reason, SamplingUnit
from analysis.stats.equivalence import equivalence_of_change
from analysis.stats.matching import pair_scores
from analysis.stats.paired import mean_change
from stats.paired_examples import DATA_SETS, data_set, golden


@pytest.mark.parametrize("name", DATA_SETS)
def test_the_larger_one_sided_p_is_that_of_r(name):
    pairs = data_set(name)
    result = equivalence_of_change(pairs, pairs.pre.std(ddof=1) / 2, unit=SamplingUnit.PERSON)
    assert result.p_value == pytest.approx(golden()[name, "tost_p"], rel=1e-8)


@pytest.mark.parametrize("margin", [20, 26, 29, 40])
def test_equivalence_is_shown_exactly_when_the_90_percent_interval_lies_inside_the_margin(margin):
    pairs = data_set("Gcsemv")
    result = equivalence_of_change(pairs, margin)
    assert result.interval_level == 0.9
    inside = -margin < result.estimate_low and result.estimate_high < margin
    assert (result.p_value < 0.05) == inside
    assert result.estimate == mean_change(pairs).estimate


def test_without_a_stated_margin_nothing_is_tested():
    pairs = pair_scores([1, 2], [2, 5], classes=[0, 1])
    assert equivalence_of_change(pairs, None).reason is Reason.SMALLEST_CHANGE_NOT_STATED
    with pytest.raises(ValueError, match="positive, found 0"):
        equivalence_of_change(pairs, 0)
