"""Villages with one person of each role, and the thresholds of the guide."""

from dataclasses import replace

from analysis.evaluation.delivery import delivery
from analysis.study.training import Guide


def test_a_village_needs_exactly_one_person_of_each_role(shares):
    assert shares.loc[("villages", "all_roles/villages"), ["estimate", "n"]].tolist() == [70 / 72, 72]
    assert shares.loc[("batch=6", "all_roles/villages"), "estimate"] == 1


def test_the_guide_is_compared_where_it_states_something(data):
    stated = Guide(
        people_per_village=4, class_size=32, days=5, attendance_share_minimum=0.9, forms_returned_share_minimum=0.99
    )
    strict = replace(data, training=data.training.model_copy(update={"guide": stated}))
    rows = delivery(strict).results.query("estimate_name == 'guide_threshold'").set_index("subject")
    assert rows.loc["guide|attendance", "reason"] == "meets_guide"
    assert rows.loc["guide|forms", "reason"] == "below_guide"
    assert rows.loc["guide|days", ["estimate", "reason"]].tolist() == [-1, "below_guide"]
    assert rows.loc["guide|class_size", "reason"] == "meets_guide"
    silent = delivery(data).results.set_index("subject")
    assert silent.loc["guide|attendance", "reason"] == "not_stated_in_guide"
