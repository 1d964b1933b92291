"""Audit, batch size, means, index, concordance, statements and ladder of the shipped studies."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation import published
from analysis.study.province import Published, Statement


def test_six_printed_totals_differ_and_rounding_explains_all(lampung):
    results = published.audit(lampung).results
    totals = results[results["contrast"] == "total"]
    items = list(lampung.instrument.item_ids)
    explained = totals[totals["reason"] == "explained_by_rounding"]["subject"]
    assert [items.index(item) + 1 for item in explained] == [1, 2, 12, 16, 17, 21]
    assert (totals["reason"] == "reproduced").sum() == 16


def test_a_total_that_no_rounding_explains_is_contradicted(lampung):
    means = lampung.tables["published_means"].copy()
    means.loc[(means["item"] == "media_1") & (means["batch"] == "total"), "mean_printed"] = "4,05"
    results = published.audit(replace(lampung, tables={"published_means": means})).results
    assert results.set_index("subject").loc["media_1", "reason"] == "contradicted"


def test_invited_people_and_villages_add_up(lampung):
    results = published.audit(lampung).results.set_index("subject")
    assert results.loc["invited=people", ["estimate", "statistic", "reason"]].tolist() == [288, 288, "reproduced"]
    assert results.loc["invited=villages", "reason"] == "reproduced"


def test_the_printed_attendance_contradicts_its_counts(gorontalo):
    row = published.audit(gorontalo).results.set_index("subject").loc["attendance=people"]
    assert row["estimate"] == 98.8
    assert row["statistic"] == pytest.approx(98.3903, abs=1e-4)
    assert row["reason"] == "contradicted"


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


def test_means_carry_what_rounding_leaves_open(lampung):
    results = published.means(lampung).results.set_index(["subject", "contrast"])
    assert len(results) == 3 * (22 + 6 + 1)
    assert results.loc[("materi_1", "5"), ["estimate_low", "estimate_high"]].tolist() == pytest.approx([3.885, 3.895])


def test_every_indicator_rises_and_their_agreement_has_the_indicator_as_unit(lampung):
    results = published.concordance(lampung).results.set_index("subject")
    assert results.loc["rising", ["estimate", "n"]].tolist() == [22, 22]
    assert results.loc["agreement", ["estimate", "statistic"]].tolist() == pytest.approx([1, 44])
    assert (results["sampling_unit"] == "indicator").all()


def test_index_under_both_conversions(lampung):
    results = published.index(lampung).results.set_index(["subject", "contrast"])["estimate"]
    mean = np.mean(
        [float(t.replace(",", ".")) for t in lampung.tables["published_means"].query("batch == '5'")["mean_printed"]]
    )
    assert results[("ikm_times_twenty", "5")] == pytest.approx(20 * mean)
    assert results[("ikm_linear_map", "5")] == pytest.approx(25 * (1 + 0.75 * (mean - 1)))


def test_statements_of_the_sources_are_answered(lampung, gorontalo):
    answers = published.statements(lampung).results.set_index("subject")["reason"]
    assert answers.to_dict() == {
        "kehadiran": "not_checkable", "pretes_postes": "not_checkable", "evaluasi_akhir": "reproduced"
    }  # fmt: skip
    answers = published.statements(gorontalo).results.set_index("subject")
    assert answers.loc["kehadiran", "reason"] == "contradicted"
    assert answers.loc["pretes_postes", "reason"] == "reproduced"


def test_a_statement_with_other_counts_is_contradicted(gorontalo):
    statement = Statement(id="x", text="…", about="attendance", source="s", numbers={"attended": "1.960"})
    province = gorontalo.province.model_copy(update={"statement": (statement,)})
    assert published.statements(replace(gorontalo, province=province)).results["reason"].tolist() == ["contradicted"]


def test_the_ladder_starts_with_what_is_printed_and_never_reaches_a_cause(lampung, gorontalo):
    rungs = published.ladder(lampung).results
    one = rungs[rungs["contrast"] == "7-5"]
    assert one["subject"].tolist() == [
        "printed", "size", "independent", "class_correlation", "ordinary_spread|sd=0.6", "ordinary_spread|sd=0.8",
        "ordinary_spread|sd=1", "ordinary_spread|sd=1.2", "classes", "cause",
    ]  # fmt: skip
    assert one["verdict"].dropna().tolist() == ["always", "undetermined"]
    assert one.iloc[-1]["reason"] == "no_comparison_group"
    change = published.change_ladder(gorontalo).results
    assert change["subject"].tolist() == ["printed", "gain", "independent", "villages_agree", "classes_agree", "cause"]


def test_nothing_typed_twice_changes_the_results(lampung):
    """Rows of the table in another order give the same results."""
    shuffled = lampung.tables["published_means"].sample(frac=1, random_state=1)
    again = replace(lampung, tables={**lampung.tables, "published_means": shuffled})
    pd.testing.assert_frame_equal(published.pairs(lampung).results, published.pairs(again).results)


def test_where_there_is_a_comparison_group_the_ladder_of_averages_does_not_deny_it(gorontalo):
    compared = replace(gorontalo, comparison={"scores": pd.DataFrame({"participant_id": ["a"]})})
    cause = published.change_ladder(compared).results.iloc[-1]
    assert (cause["subject"], cause["reason"]) == ("cause", "means_only")
