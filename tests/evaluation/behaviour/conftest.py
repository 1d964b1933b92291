"""A study with follow-up and a learning system."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluation.learners import learners


@pytest.fixture(scope="module")
def data():
    study = learners()
    people = study.tables["participants"]
    visited = people[people["village"].isin(people["village"].unique()[::3])].reset_index(drop=True)
    rng = np.random.default_rng(3)
    followup = pd.DataFrame(
        {
            "participant_id": visited["participant_id"],
            "plan_kind": np.where(np.arange(len(visited)) % 2 == 0, "antar_desa", "pihak_ketiga"),
            "visited_on": pd.Timestamp("2024-02-01"),
            "status": rng.choice(["done", "in_progress", "not_started"], len(visited)),
        }
    )
    followup.loc[0, "status"] = pd.NA
    lms = pd.DataFrame(
        {"participant_id": people["participant_id"].iloc[:100], "course": "c", "modules_done": 1, "modules": 4}
    )
    return replace(study, tables={**study.tables, "followup": followup, "lms": lms})
