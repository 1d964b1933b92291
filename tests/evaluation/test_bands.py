"""Rating categories."""

import pytest

from analysis.errors import ParameterError
from analysis.evaluation.bands import band_edges, band_of, bands_between, index_quality


@pytest.mark.parametrize(("mean", "band"), [(1, 1), (1.8, 1), (1.81, 2), (3.4, 3), (4.2, 4), (4.2001, 5), (5, 5)])
def test_an_edge_belongs_to_the_lower_band_by_default(mean, band):
    assert band_of(mean, 1, 5) == band


def test_an_edge_may_belong_to_the_upper_band():
    assert band_of(4.2, 1, 5, edge_belongs_to="upper") == 5
    assert band_of(1.0, 1, 5, edge_belongs_to="upper") == 1


def test_an_interval_may_touch_two_bands():
    assert bands_between(4.195, 4.205, 1, 5) == (4, 5)
    assert bands_between(3.9, 4.0, 1, 5) == (4,)


def test_other_scales_have_as_many_bands_as_values():
    assert band_edges(1, 4) == (1.0, 1.75, 2.5, 3.25, 4.0)


def test_a_mean_outside_the_scale_is_refused():
    with pytest.raises(ParameterError, match="outside the scale"):
        band_of(5.41, 1, 5)


@pytest.mark.parametrize(
    ("low", "high", "letters"),
    [
        (76.60, 76.60, ("C",)),
        (76.61, 76.61, ("B",)),
        (76.588, 76.776, ("C", "B")),
        (88.30, 88.31, ("B", "A")),
        (64.99, 64.99, ("D",)),
        (100, 100, ("A",)),
    ],
)
def test_the_quality_of_an_index_names_both_letters_where_its_limits_differ(low, high, letters):
    assert index_quality(low, high) == letters


def test_an_index_outside_its_range_is_refused():
    with pytest.raises(ParameterError, match="outside 0 to 100"):
        index_quality(-1, 30)
