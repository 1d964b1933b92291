"""The nation: counts add up, trainings and years stay apart, too few provinces are described only."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation import national
from analysis.evaluation.data import StudyData
from analysis.stats.synthesis import unweighted_mean


def another(study: StudyData, name: str, post: str, *, simulated: bool = False) -> StudyData:
    """Return a copy of an averages-only study with another folder name and posttest mean."""
    province = study.province.model_copy(update={"study": name, "simulated": simulated})
    scores = study.tables["published_scores"].assign(mean_printed=["63", post])
    return replace(study, province=province, tables={**study.tables, "published_scores": scores})


@pytest.fixture
def six(gorontalo) -> list[StudyData]:
    return [another(gorontalo, f"p{number}", post) for number, post in enumerate(["70", "74", "75", "79", "80", "83"])]


def test_counts_of_one_training_and_year_add_up(lampung, gorontalo):
    results = national.participation([lampung, gorontalo]).results
    by_training = results.set_index(["training", "subject"])
    assert by_training.loc[("kerja_sama_desa", "invited_people"), "estimate"] == 288
    assert by_training.loc[("pelatihan_p3pd", "attended"), "estimate"] == 1956
    missing = by_training.loc[("kerja_sama_desa", "attended")]
    assert (missing["status"], missing["n_missing"]) == ("not_estimable", 1)


def test_sums_over_several_provinces(six):
    results = national.participation(six).results.set_index("subject")
    assert results.loc["provinces", "estimate"] == 6
    assert results.loc["attended", ["estimate", "n"]].tolist() == [6 * 1956, 6]


def test_provinces_without_tests_say_so(lampung, gorontalo):
    results = national.provinces([lampung, gorontalo]).results.set_index(["subject", "contrast"])
    assert results.loc[("lampung", "learning"), "reason"] == "no_such_data"
    assert results.loc[("gorontalo", "learning"), ["estimate", "unit"]].tolist() == [16, "test_points"]


def test_a_change_stands_in_points_and_as_a_share_of_the_maximum(gorontalo):
    points, share = (row for _, row in national.provinces([gorontalo]).results.iterrows())
    assert (share["contrast"], share["unit"]) == ("learning|share", "test_share")
    columns = ["estimate", "estimate_low", "estimate_high"]
    assert share[columns].tolist() == pytest.approx([number / 100 for number in points[columns]])
    assert share["p_high"] == points["p_high"]


def test_fewer_than_five_provinces_are_not_pooled(lampung, gorontalo):
    results = national.synthesis([lampung, gorontalo]).results
    assert results["reason"].tolist() == ["fewer_than_five_provinces"] * 2


def test_averages_only_provinces_get_the_unweighted_mean_and_a_range(six):
    results = national.synthesis(six).results.set_index("subject")
    changes = [0.07, 0.11, 0.12, 0.16, 0.17, 0.20]
    expected = unweighted_mean(changes)
    row = results.loc["learning|unweighted"]
    assert (row["estimate"], row["estimate_low"], row["estimate_high"]) == pytest.approx(expected)
    low, high = results.loc["learning|range", ["estimate_low", "estimate_high"]]
    assert min(changes) <= low < high <= max(changes)
    assert "learning" not in results.index


def test_real_and_simulated_provinces_never_meet(six, gorontalo):
    results = national.participation([*six, another(gorontalo, "contoh-1", "90", simulated=True)]).results
    provinces = results[results["subject"] == "provinces"]
    assert dict(zip(provinces["simulated"], provinces["estimate"], strict=True)) == {False: 6, True: 1}


def test_the_order_of_provinces_changes_nothing(six):
    pd.testing.assert_frame_equal(national.synthesis(six).results, national.synthesis(six[::-1]).results)


def test_no_province_at_all():
    assert national.participation([]).results.empty


def with_people(gorontalo, gain=10.0) -> StudyData:
    """Return a province with 120 people in six classes whose mean change is exactly ``gain``."""
    generator = np.random.default_rng(3)
    classes = np.repeat(np.arange(6), 20)
    pre = generator.integers(40, 70, 120).astype(float)
    people = pd.DataFrame(
        {
            "participant_id": [f"p{i}" for i in range(120)],
            "role": "lkd", "sex": "P", "village": [f"v{i // 4}" for i in range(120)], "district": "d", "regency": "r",
            "batch": "1", "class_id": [f"c{c}" for c in classes], "days_attended": 4, "days_held": 4,
            "attended_in_person": True,
        }
    )  # fmt: skip
    noise = generator.normal(size=120)
    scores = pd.DataFrame(
        {
            "participant_id": people["participant_id"],
            "pre_points": pre,
            "post_points": pre + gain + noise - noise.mean(),
        }
    )
    return replace(gorontalo, tables={**gorontalo.tables, "participants": people, "scores": scores})


def test_scores_of_people_come_before_published_averages(gorontalo):
    (headline,) = national.headlines(with_people(gorontalo))
    assert headline.change == pytest.approx(0.10, abs=0.01)
    assert headline.se is not None
    assert headline.se_high is None
    assert headline.estimate.method == "class_jackknife_t"


def test_a_province_without_any_change_is_not_dropped(gorontalo):
    """Whole classes change by 2, -2, 1, -1 and 0 points: the mean change is 0, its standard error is not."""
    study = with_people(gorontalo, gain=0.0)
    scores = study.tables["scores"]
    mirrored = scores.assign(post_points=scores["pre_points"] + np.repeat([2.0, -2.0, 1.0, -1.0, 0.0, 0.0], 20))
    (headline,) = national.headlines(replace(study, tables={**study.tables, "scores": mirrored}))
    assert headline.change == 0
    assert headline.estimate.method == "class_jackknife_t"
    assert headline.se > 0


def test_the_standard_error_is_that_of_the_class_jackknife(gorontalo):
    """Equal classes: the jackknife's standard error is the SD of class means over the root of their number."""
    study = with_people(gorontalo)
    scores = study.tables["scores"].assign(class_id=study.tables["participants"]["class_id"])
    means = (scores["post_points"] - scores["pre_points"]).groupby(scores["class_id"]).mean()
    (headline,) = national.headlines(study)
    assert headline.se == pytest.approx(means.std(ddof=1) / np.sqrt(6) / study.province.test_maximum)


def test_averages_alone_allow_classes_that_are_wholly_alike(gorontalo):
    """61 classes of which each changes as one: the largest standard error is far above that of 1,956 people."""
    (headline,) = national.headlines(gorontalo)
    pre = np.array([1.0] * 13 + [0] * 22 + [1] * 25 + [0.73])
    post = np.array([0.0] * 13 + [1] * 22 + [1] * 25 + [0.89])
    attained = (post - pre).std(ddof=1) / np.sqrt(61)
    assert attained <= headline.se_high < 1.02 * attained
    assert (headline.se, headline.se_low) == (None, 0)


def test_more_data_never_gives_less(gorontalo):
    """Scores without classes take part with a range that holds the standard error that classes would give."""
    study = with_people(gorontalo)
    (with_classes,) = national.headlines(study)
    people = study.tables["participants"].assign(class_id=pd.NA)
    (without,) = national.headlines(replace(study, tables={**study.tables, "participants": people}))
    assert without.change == pytest.approx(with_classes.change)
    assert without.estimate.reason == "class_not_recorded"
    assert without.estimate.p_value is None
    changes = (study.tables["scores"]["post_points"] - study.tables["scores"]["pre_points"]) / 100
    assert without.se_low == pytest.approx(changes.std(ddof=1) / np.sqrt(120))
    # 120 people fill three classes of 32, each of them wholly alike
    assert without.se_high == pytest.approx(changes.std(ddof=0) / np.sqrt(2))
    averages_alone = {name: table for name, table in study.tables.items() if name not in {"participants", "scores"}}
    (published,) = national.headlines(replace(study, tables=averages_alone))
    assert without.se_high - without.se_low < published.se_high - published.se_low


def test_scores_without_classes_take_part_in_the_range(gorontalo, six):
    study = with_people(gorontalo)
    people = study.tables["participants"].assign(class_id=pd.NA)
    seventh = replace(study, tables={**study.tables, "participants": people})
    seventh = replace(seventh, province=seventh.province.model_copy(update={"study": "p7"}))
    row = national.synthesis([*six, seventh]).results.set_index("subject").loc["learning|range"]
    assert (row["n"], row["n_missing"]) == (7, 7)
    assert row["assumes"] == "classes are as large as the guide says"


def test_a_published_change_of_zero_keeps_its_province(gorontalo):
    (headline,) = national.headlines(another(gorontalo, "p0", "63"))
    assert headline.change == 0
    assert headline.se_high > 0


def test_attendance_that_nobody_recorded_is_not_a_count_of_zero(gorontalo):
    study = with_people(gorontalo)
    people = study.tables["participants"]
    for changed in (
        people.assign(days_attended=pd.array([pd.NA] * len(people), "Int64")),
        people.drop(columns="days_attended"),
    ):
        unrecorded = replace(study, tables={**study.tables, "participants": changed})
        results = national.participation([unrecorded]).results.set_index("subject")
        assert results.loc["attended", "estimate"] == 1956  # the published count stands in
        alone = {name: table for name, table in unrecorded.tables.items() if name != "published_attendance"}
        missing = national.participation([replace(unrecorded, tables=alone)]).results.set_index("subject")
        assert missing.loc["attended", "status"] == "not_estimable"
