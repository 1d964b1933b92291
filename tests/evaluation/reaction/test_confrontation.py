"""Responses against the printed averages of the same study."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.evaluation.reaction import confrontation
from reaction_studies import draw_responses, only_row, study


def printed_from(responses: pd.DataFrame) -> pd.DataFrame:
    """Return the means of the responses as a table would print them, half up, with a decimal comma."""
    items = [name for name in responses if name.split("_")[-1].isdigit()]
    rows = []
    for batch, group in responses.groupby("batch", observed=True):
        for item in items:
            total, n = int(group[item].sum()), int(group[item].notna().sum())
            hundredths = (200 * total + n) // (2 * n)
            rows.append((item, str(batch), f"{hundredths // 100},{hundredths % 100:02d}", 2))
    return pd.DataFrame(rows, columns=["item", "batch", "mean_printed", "decimals"])


def test_responses_reproduce_the_table_that_was_made_from_them() -> None:
    responses = draw_responses()
    results = confrontation(study({"responses": responses, "published_means": printed_from(responses)})).results

    assert only_row(results, estimate_name="share_of_means_reproduced")["estimate"] == 1
    assert (results.loc[results["estimate_name"] == "mean_minus_printed", "estimate"].abs() <= 0.005 + 1e-12).all()


def test_a_printed_mean_that_the_responses_contradict_is_named() -> None:
    responses = draw_responses()
    printed = printed_from(responses)
    printed.loc[(printed["item"] == "materi_2") & (printed["batch"] == "6"), "mean_printed"] = "3,00"
    results = confrontation(study({"responses": responses, "published_means": printed})).results
    row = only_row(results, subject="materi_2", contrast="6")

    assert row["reason"] == "contradicted"
    assert row["estimate"] == pytest.approx(responses.loc[responses["batch"] == "6", "materi_2"].mean() - 3)
    assert only_row(results, estimate_name="share_of_means_reproduced")["estimate"] == pytest.approx(65 / 66)


def test_one_table_alone_confronts_nothing() -> None:
    responses = draw_responses()

    for tables in ({"responses": responses}, {"published_means": printed_from(responses)}, {}):
        assert confrontation(study(tables)).results["reason"].tolist() == ["no_such_data"]
