"""Kendall's W."""

import numpy as np
import pytest

from analysis.errors import ParameterError
from analysis.stats.concordance import kendalls_w


def test_full_agreement_is_one():
    result = kendalls_w([[3.9, 4.2, 4.5]] * 22)
    assert result.w == pytest.approx(1)
    assert result.chi_squared == pytest.approx(44)
    assert result.df == 2


def test_no_agreement_is_zero():
    assert kendalls_w([[1, 2, 3], [2, 3, 1], [3, 1, 2]]).w == pytest.approx(0)


def test_a_table_that_orders_nothing_is_refused():
    with pytest.raises(ParameterError, match="complete table"):
        kendalls_w([[1, 2], [2, 1]])
    with pytest.raises(ParameterError, match="complete table"):
        kendalls_w([[1, 2, np.nan], [2, 1, 3]])
