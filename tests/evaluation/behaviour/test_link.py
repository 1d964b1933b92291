"""Levels of evaluation linked where ids allow."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.behaviour import link


def test_levels_are_linked_where_ids_allow(data):
    rows = link(data).results.set_index("subject")
    assert rows.loc["reaction-learning", "reason"] == "no_linked_people"
    linked = rows.loc["learning-behaviour"]
    assert (linked["status"], linked["clusters"]) == ("estimated", 9)
    assert linked["estimate_low"] <= linked["estimate"] <= linked["estimate_high"]


def test_a_planted_link_is_found_and_its_sign_is_that_of_the_plant(data):
    scores = data.tables["scores"].set_index("participant_id")
    change = (scores["post_points"] - scores["pre_points"]).fillna(0)
    followup = data.tables["followup"]
    status = np.where(followup["participant_id"].map(change) > 13, "done", "not_started")
    planted = replace(data, tables={**data.tables, "followup": followup.assign(status=status)})
    items = pd.DataFrame({item: np.clip(np.round(4 + change / 30), 1, 5) for item in data.instrument.item_ids})
    responses = items.reset_index(names="participant_id").assign(respondent_id=range(len(items)))
    planted = replace(planted, tables={**planted.tables, "responses": responses})
    rows = link(planted).results.set_index("subject")
    assert (rows["estimate_low"] > 0.3).all()
