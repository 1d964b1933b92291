"""How many people stand behind printed averages."""

from dataclasses import replace

import pytest

from analysis.evaluation import published
from analysis.study.province import Published


def test_only_96_reproduces_means_and_totals_within_the_invited(lampung):
    results = published.batch_size(lampung).results
    chosen = results[results["subject"] == "batch"].iloc[0]
    assert (chosen["estimate"], chosen["method"], chosen["clusters"]) == (96, "grim_totals", 9)
    by_size = results[results["subject"].str.startswith("n=")].assign(
        size=lambda frame: frame["subject"].str.removeprefix("n=").astype(int)
    )
    table = by_size.pivot_table(index="size", columns="estimate_name", values="estimate")
    assert table.loc[96, "means_reproduced"] == 66
    assert table.loc[96, "totals_reproduced"] == 22
    fits = table[(table["means_reproduced"] == 66) & (table["totals_reproduced"] == 22)].index
    assert list(fits[:3]) == [96, 148, 162]
    assert table.loc[100:147, "totals_reproduced"].max() < 22
    assert table.loc[100:, "reachable_share"].eq(1).all()
    assert table.loc[96, "reachable_share"] == pytest.approx(385 / 401)
    rules = results[results["subject"].str.startswith("rule=")].set_index("subject")["estimate"]
    assert rules["rule=half_up"] == rules["rule=half_even"] == 96
    alone = results[results["subject"] == "means"].iloc[0]
    assert (alone["estimate"], alone["estimate_high"]) == (96, 100)
    assert results.set_index("subject").loc["ties", "estimate"] == 1  # rounded both ways, 96 answers give every value
    combinations = results[results["subject"] == "combinations"].iloc[0]
    assert (combinations["estimate"], combinations["estimate_low"], combinations["estimate_high"]) == (1, 96, 96)


def test_without_totals_and_invited_people_the_size_is_unknown(without_total):
    province = without_total.province.model_copy(update={"published": Published()})
    unknown = replace(
        without_total, province=province, tables={"published_means": without_total.tables["published_means"]}
    )
    assert published.batch_size(unknown).results.iloc[0]["reason"] == "batch_size_unknown"
    assert published.total(unknown).results["reason"].tolist() == ["batch_size_unknown"]


def test_declared_sizes_come_first(lampung):
    batch = tuple(
        one.model_copy(update={"participants": n})
        for one, n in zip(lampung.province.batch, (96, 100, 120), strict=True)
    )
    declared = replace(lampung, province=lampung.province.model_copy(update={"batch": batch}))
    row = published.batch_size(declared).results.iloc[0]
    assert (row["method"], row["estimate_low"], row["estimate_high"]) == ("declared", 96, 120)
    assert published.total(declared).results["n"].tolist() == [216, 220, 196]
