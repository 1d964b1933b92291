"""The change of each group: adjusted for looking at several, small groups withheld."""

from dataclasses import replace

import pytest

from analysis.evaluation import learning
from evaluation.learners import select


def test_holm_runs_over_the_groups_of_one_dimension(data):
    rows = select(learning.subgroups(data), estimate_name="mean_change")
    roles = rows[rows["subject"].str.startswith("role=")]
    smallest = roles["p_value"].min()
    assert roles["p_adjusted"].min() == pytest.approx(4 * smallest)
    assert set(roles["family"]) == {"learning.subgroups|role"}


def test_small_groups_are_suppressed_with_a_companion_where_the_total_would_tell(data):
    people = data.tables["participants"]
    regency = people["regency"].where(people["village"] != "v0000", "Tulang Bawang Barat")
    tables = {**data.tables, "participants": people.assign(regency=regency)}
    rows = select(learning.subgroups(replace(data, tables=tables)), estimate_name="mean_change")
    regencies = rows[rows["subject"].str.startswith("regency=")].set_index("subject")
    hidden = regencies[regencies["status"] == "suppressed"]
    assert hidden.loc["regency=Tulang Bawang Barat", "reason"] == "small_cell"
    assert list(hidden["reason"]).count("complementary_suppression") == 1
    assert hidden[["estimate", "p_value", "n", "clusters"]].isna().all(axis=None)
