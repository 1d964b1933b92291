"""Studies that the questions about learning share."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluation.learners import learners


@pytest.fixture(scope="module")
def data():
    return learners()


@pytest.fixture(scope="module")
def unlinkable(data):
    scores = data.tables["scores"].merge(data.tables["participants"][["participant_id", "class_id"]])
    pre = scores.dropna(subset=["pre_points"]).assign(post_points=np.nan)
    post = scores.dropna(subset=["post_points"]).assign(pre_points=np.nan)
    forms = pd.concat([pre, post], ignore_index=True).assign(participant_id=pd.NA)
    return replace(data, tables={"scores": forms})
