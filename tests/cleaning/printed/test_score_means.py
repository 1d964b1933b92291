"""Invited, attended, scores and follow-up as published: faults by cell, sums checked, nothing repaired in silence."""

import pytest


class TestScores:
    def test_unknown_test(self, gorontalo):
        gorontalo.replace("tes_agregat.csv", "Pretest", "Kuis")
        assert gorontalo.problems("test_unknown")[["cell", "value"]].to_numpy().tolist() == [["A2", "Kuis"]]

    @pytest.mark.parametrize("spelling", ["Pretes", "pre-test", "PRE TEST", "PreTes"])
    def test_spellings_of_the_pretest(self, gorontalo, spelling):
        gorontalo.replace("tes_agregat.csv", "Pretest", spelling)
        assert gorontalo.clean().tables["published_scores"]["test"].tolist() == ["pre", "post"]

    @pytest.mark.parametrize("spelling", ["Postes", "post-test", "PostTes", "postest"])
    def test_spellings_of_the_posttest(self, gorontalo, spelling):
        gorontalo.replace("tes_agregat.csv", "Posttest", spelling)
        assert gorontalo.clean().tables["published_scores"]["test"].tolist() == ["pre", "post"]

    def test_mean_above_the_maximum(self, gorontalo):
        gorontalo.replace("tes_agregat.csv", "79", "179")
        assert gorontalo.problems("mean_impossible")[["cell", "value"]].to_numpy().tolist() == [["B3", "179"]]

    def test_maximum_that_nobody_states(self, lampung):
        lampung.write("tes.csv", "Tes;Rata-rata\nPretes;6,3\n")
        assert lampung.problems("test_maximum_unknown")["value"].tolist() == ["6,3"]

    def test_tests_in_columns_by_batch(self, gorontalo):
        gorontalo.write(
            "tes_agregat.csv", "Angkatan;Pretes;Postes;Pasangan\nAngkatan I;62,5;78,1;300\nJumlah;63%;79%;\n"
        )
        assert gorontalo.clean().tables["published_scores"].astype(object).to_numpy().tolist() == [
            ["pre", "1", "62,5", 100.0, 300, "pairs"],
            ["post", "1", "78,1", 100.0, 300, "pairs"],
            ["pre", "all", "63", 100.0, 1956, "attended"],
            ["post", "all", "79", 100.0, 1956, "attended"],
        ]

    def test_test_twice_is_used_from_neither_row(self, gorontalo):
        gorontalo.replace("tes_agregat.csv", "Posttest", "Pretest")
        assert gorontalo.problems("row_twice")["cell"].tolist() == ["A2", "A3"]
        assert gorontalo.clean().tables["published_scores"].empty

    def test_published_pairs_come_before_attendance(self, gorontalo):
        gorontalo.replace("province.toml", "invited_people = 1988", "invited_people = 1988\ntest_pairs = 1800")
        scores = gorontalo.clean().tables["published_scores"]
        assert scores[["n", "n_is"]].to_numpy().tolist() == [[1800, "pairs"]] * 2

    def test_scores_of_people_are_another_table(self, gorontalo):
        gorontalo.write("tes_agregat.csv", "Nama;Pretes;Postes\nA;6;7\n")
        assert "published_scores" not in gorontalo.clean().tables
