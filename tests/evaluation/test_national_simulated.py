"""Six imaginary provinces through the nation: people's changes are pooled, the mark stays, real ones stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.evaluation import learning, national
from analysis.report.content.nation_tables import national_tables
from analysis.report.content.opening import open_study
from analysis.simulation.mess import Mess
from analysis.simulation.simulate import simulate
from analysis.stats.synthesis import synthesise
from analysis.study.settings import Settings


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    folder = tmp_path_factory.mktemp("six")
    settings = Settings(resamples=199)
    return [
        open_study(raw, folder / "processed" / raw.name, settings)[0]
        for raw in simulate(6, 24, 11, folder, mess=Mess.NONE)
    ]


def test_each_province_brings_the_change_of_its_people_with_the_class_as_unit(six):
    for study in six:
        (headline,) = national.headlines(study)
        own = learning.change(study).results
        row = own[(own["subject"] == "all") & (own["method"] == "class_jackknife_t")].iloc[0]
        maximum = study.province.test_maximum
        assert headline.change == pytest.approx(row["estimate"] / maximum)
        assert headline.se == pytest.approx(abs(row["estimate"] / row["statistic"]) / maximum)


def test_attendance_is_counted_from_participants(six):
    results = national.participation(six).results.set_index("subject")
    counted = sum(int((study.tables["participants"]["days_attended"] > 0).sum()) for study in six)
    assert results.loc["attended", ["estimate", "n", "n_missing"]].tolist() == [counted, 6, 0]


def test_people_registered_without_any_record_of_attendance_are_not_counted_as_absent(six):
    study = six[0]
    unknown = study.tables["participants"].assign(days_attended=None)
    tables = {**study.tables, "participants": unknown}
    results = national.participation([replace(study, tables=tables)]).results
    row = results[results["subject"] == "attended"].iloc[0]
    assert (row["status"], row["reason"]) == ("not_estimable", "no_such_data")


def test_six_provinces_are_pooled_as_the_synthesis_of_their_changes(six):
    results = national.synthesis(six).results.set_index("subject")
    own = [headline for study in six for headline in national.headlines(study)]
    expected = synthesise([one.change for one in own], [one.se for one in own], 0.05)
    pooled, prediction = results.loc["learning"], results.loc["learning|prediction"]
    assert (pooled["estimate"], pooled["estimate_low"]) == pytest.approx((expected.estimate, expected.low))
    assert (
        prediction["estimate_low"] <= pooled["estimate_low"] <= pooled["estimate_high"] <= prediction["estimate_high"]
    )
    assert sum(subject.startswith("learning|without=") for subject in results.index) == 6
    assert "learning|range" not in results.index


def test_imaginary_provinces_carry_their_mark_and_never_meet_real_ones(six, gorontalo):
    results = national.provinces([*six, gorontalo]).results
    assert results.groupby("simulated")["subject"].nunique().to_dict() == {False: 1, True: 6}
    lines = [str(line[0].value) for line in national_tables(results, "id")["provinces"].rows]
    (marked,) = [place for place, line in enumerate(lines) if "SIMULASI" in line]
    real = next(place for place, line in enumerate(lines) if "P3PD" in line)
    assert lines[real + 1 : marked] == ["Gorontalo"]
    assert len(lines) - marked - 1 == 6
