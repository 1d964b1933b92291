"""A study whose people came, completed and returned forms."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evaluation.delivery import delivery
from evaluation.learners import learners


@pytest.fixture(scope="module")
def data():
    study = learners()
    people = study.tables["participants"].copy()
    people.loc[people["village"] == "v0000", "days_attended"] = 0
    people.loc[people.index[4], "role"] = "bpd"  # its village sends two of one role and none of another
    responses = pd.DataFrame({"respondent_id": range(270), "batch": people["batch"].iloc[:270]})
    return replace(study, tables={**study.tables, "participants": people, "responses": responses})


@pytest.fixture(scope="module")
def shares(data):
    results = delivery(data).results
    return results[results["estimate_name"] == "share"].set_index(["subject", "contrast"])
