"""Published means confronted with the scores of the same people."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation import learning


def test_published_means_are_confronted_with_the_scores(data):
    scores = data.tables["scores"]
    printed = pd.DataFrame(
        {
            "test": ["pre", "post"],
            "group": "all",
            "mean_printed": [f"{scores['pre_points'].mean():.2f}".replace(".", ","), "99,00"],
            "maximum": 100.0,
            "n": pd.array([None, None], dtype="Int64"),
            "n_is": "unknown",
        }
    )
    both = replace(data, tables={**data.tables, "published_scores": printed})
    rows = learning.confrontation(both).results.set_index("subject")
    assert rows.loc["pre", "reason"] == "reproduced"
    assert rows.loc["post", "reason"] == "contradicted"
    assert rows.loc["post", "estimate"] == pytest.approx(scores["post_points"].mean() - 99)


def test_published_means_of_a_batch_and_a_regency_are_confronted_with_their_people(data):
    people = data.tables["scores"].merge(data.tables["participants"])
    means = [
        people[people["batch"] == "6"]["pre_points"].mean(),
        people.query("regency == 'Tanggamus'").post_points.mean(),
    ]
    printed = pd.DataFrame(
        {"test": ["pre", "post"], "group": ["6", "Tanggamus"], "mean_printed": [f"{mean:.1f}" for mean in means],
         "maximum": [np.nan, 100.0]}
    )  # fmt: skip
    both = replace(data, tables={**data.tables, "published_scores": printed})
    rows = learning.confrontation(both).results.set_index("subject")
    assert rows.loc[["batch=6|pre", "regency=Tanggamus|post"], "reason"].tolist() == ["reproduced"] * 2
