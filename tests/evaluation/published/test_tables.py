"""Printed averages as arrays: the order of rows changes nothing."""

from dataclasses import replace

import pandas as pd

from analysis.evaluation import published


def test_nothing_typed_twice_changes_the_results(lampung):
    """Rows of the table in another order give the same results."""
    shuffled = lampung.tables["published_means"].sample(frac=1, random_state=1)
    again = replace(lampung, tables={**lampung.tables, "published_means": shuffled})
    pd.testing.assert_frame_equal(published.pairs(lampung).results, published.pairs(again).results)
