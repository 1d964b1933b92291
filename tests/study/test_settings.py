"""Settings of a run: every wrong value is refused with the parameter's name."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from analysis.errors import ParameterError
from analysis.study.province import load_province
from analysis.study.settings import Settings

LAMPUNG = load_province(Path(__file__).parents[2] / "data" / "raw" / "lampung")


def test_no_batches_means_all_of_the_study():
    assert Settings().batches_of(LAMPUNG) == ("5", "6", "7")
    assert Settings(batches=("7", "5")).batches_of(LAMPUNG) == ("7", "5")


def test_batches_may_come_as_numbers_in_a_list():
    assert Settings(batches=[5, 7]).batches == ("5", "7")


def test_unknown_batch_is_named_with_those_of_the_study():
    with pytest.raises(ParameterError, match="batches: '8' not in the study 'lampung'; allowed: 5, 6, 7"):
        Settings(batches=("5", "8")).batches_of(LAMPUNG)


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("alpha", 0, "alpha: found 0; allowed: a number above 0"),
        ("alpha", 1.0, "alpha: found 1.0; allowed: between 0 and 1"),
        ("alpha", "0.05", "alpha: found '0.05'"),
        ("language", "in", "language: found 'in'"),
        ("seed", -1, "seed: found -1; allowed: a whole number of 0 or more"),
        ("seed", True, "seed: found True"),
        ("resamples", 10, "resamples: found 10; allowed: a whole number of 99 or more"),
        ("minimum_cell", 2, "minimum_cell: found 2; allowed: a whole number of 3 or more"),
        ("batches", "5", "batches: found '5'; allowed: a list"),
        ("batches", [5, "5"], "batches: '5' stands twice"),
        ("batches", [5.0], "batches: found 5.0 in the list"),
        ("equivalence_scale_points", float("nan"), "equivalence_scale_points: found nan"),
        ("band_edge_belongs_to", "uper", "band_edge_belongs_to: found 'uper' (did you mean 'upper'?)"),
    ],
)
def test_wrong_value_names_the_parameter(parameter, value, message):
    with pytest.raises(ParameterError) as error:
        Settings(**{parameter: value})
    assert message in str(error.value)


def test_settings_are_frozen_and_refuse_unknown_names():
    with pytest.raises(FrozenInstanceError):
        Settings().alpha = 0.1
    with pytest.raises(TypeError, match="alfa"):
        Settings(alfa=0.1)
