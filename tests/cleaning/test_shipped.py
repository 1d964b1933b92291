"""The shipped provinces, cleaned: every printed cell arrives, every row is accounted for."""

import re

from analysis.cleaning.problems.problem import Severity


def test_lampung_has_66_means_and_22_totals_as_printed(lampung):
    means = lampung.clean().tables["published_means"]
    assert means["batch"].value_counts().to_dict() == {"5": 22, "6": 22, "7": 22, "total": 22}
    assert set(means["decimals"]) == {2}
    text = (lampung.folder / "evaluasi_agregat.csv").read_text("utf-8-sig")
    assert means["mean_printed"].tolist() == re.findall(r"\d,\d\d", text)


def test_18_rows_of_lampung_had_lost_their_merged_cell(lampung):
    shifted = lampung.problems("row_shifted")
    evaluation = shifted[shifted["file"] == "evaluasi_agregat.csv"]
    assert len(evaluation) == 18
    assert evaluation["cell"].tolist()[:4] == ["A17", "A18", "A19", "A22"]
    assert shifted[shifted["file"] == "kuota.csv"]["cell"].tolist() == ["A8"]
    assert set(shifted["severity"]) == {Severity.NOTE}


def test_lampung_invited_288_people_of_72_villages(lampung):
    invited = lampung.clean().tables["invited"].set_index("regency")
    assert invited.sum().to_dict() == {"villages": 72, "people": 288}
    assert invited.loc["Tulang Bawang Barat"].to_dict() == {"villages": 4, "people": 16}
    assert invited.loc["Tulang Bawang", "people"] == 72


def test_gorontalo_keeps_the_printed_percent_beside_the_recomputed_one(gorontalo):
    cleaned = gorontalo.clean()
    people, women = cleaned.tables["published_attendance"].to_dict("records")
    assert (people["unit"], people["invited"], people["attended"]) == ("people", 1988, 1956)
    assert people["percent_printed"] == "98,8%"
    assert people["attended_share"] == 1956 / 1988
    assert (women["unit"], women["attended"]) == ("women", 982)
    differs = gorontalo.problems("percent_differs").iloc[0]
    assert (differs["cell"], differs["value"], differs["severity"]) == ("D2", "98,8% ≠ 98,4%", Severity.NOTE)


def test_gorontalo_scores_are_of_those_who_attended(gorontalo):
    scores = gorontalo.clean().tables["published_scores"]
    assert scores["mean_printed"].tolist() == ["63", "79"]
    assert scores[["test", "maximum", "n", "n_is"]].to_numpy().tolist() == [
        ["pre", 100.0, 1956, "attended"],
        ["post", 100.0, 1956, "attended"],
    ]


def test_shipped_provinces_have_no_error(lampung, gorontalo):
    for province in (lampung, gorontalo):
        cleaned = province.clean()
        assert not cleaned.has_errors
        assert set(cleaned.problems["severity"]) == {Severity.NOTE}


def test_every_row_is_kept_or_dropped_with_a_reason(lampung):
    evaluation, invited = lampung.clean().account
    assert (evaluation.read_as, evaluation.rows_in, evaluation.rows_kept) == ("evaluasi_agregat", 43, 22)
    assert evaluation.dropped == {"title_row": 15, "header": 1, "section_heading": 5}
    assert (invited.read_as, invited.rows_kept, invited.dropped) == ("kuota", 6, {"header": 1, "total_row": 1})
