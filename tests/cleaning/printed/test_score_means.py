"""Invited, attended, scores and follow-up as published: faults by cell, sums checked, nothing repaired in silence."""

import pytest

from analysis.cleaning.problems.problem import Severity

FOLLOWUP = (
    "No;Kabupaten;Jenis RKTL;Jumlah desa;Desa dikunjungi;RKTL;Terlaksana\n"
    "1;Kab. Tanggamus;Kerja sama antar-Desa;19;10;9;4\n"
    "2;Kab. Pesawaran;Peraturan Bersama Kepala Desa;7;7;7;2\n"
    "3;Kab. Pesawaran;Wisata;7;7;1;0\n"
    "JUMLAH;;33;24;17;6;\n"
)


class TestInvited:
    def test_sum_that_does_not_add_up(self, lampung):
        lampung.replace("kuota.csv", "KAB. PESAWARAN;7;28", "KAB. PESAWARAN;8;32")
        sums = lampung.problems("sum_differs")
        assert sums[["cell", "value"]].to_numpy().tolist() == [["B8", "72 ≠ 73"], ["C8", "288 ≠ 292"]]
        assert set(sums["severity"]) == {Severity.ERROR}
        published = lampung.problems("published_differs")["value"].tolist()
        assert published == ["292 ≠ 288 (invited_people)", "73 ≠ 72 (invited_villages)"]

    def test_sum_in_its_own_columns_is_read_there(self, lampung):
        lampung.replace("kuota.csv", "JUMLAH;72;288;", ";JUMLAH;72;289")
        assert lampung.problems("sum_differs")[["cell", "value"]].to_numpy().tolist() == [["D8", "289 ≠ 288"]]

    def test_people_that_are_not_four_per_village_are_a_doubt(self, lampung):
        lampung.replace("kuota.csv", "19;76", "19;75")
        assert lampung.problems("people_per_village")[["cell", "value", "severity"]].to_numpy().tolist() == [
            ["D5", "75 ≠ 19 × 4", "doubt"]
        ]

    def test_swapped_columns(self, lampung):
        lampung.replace("kuota.csv", "DESA;JUMLAH PESERTA", "JUMLAH PESERTA;DESA")
        problems = lampung.problems("part_above_whole")
        assert problems["value"].tolist()[0] == "44 > 11"
        assert len(problems) == 6
        assert "columns are swapped" in problems["remedy"].iloc[0]

    @pytest.mark.parametrize(
        ("old", "new", "rule", "value"),
        [
            ("DESA;JUMLAH PESERTA", ";JUMLAH PESERTA", "column_missing", "kuota: villages"),
            ("NO;KABUPATEN", "DESA;KABUPATEN", "column_twice", "kuota: villages"),
        ],
    )
    def test_column_missing_or_twice(self, lampung, old, new, rule, value):
        lampung.replace("kuota.csv", old, new)
        assert lampung.problems(rule)[["cell", "value"]].to_numpy().tolist() == [["A1", value]]
        assert "invited" not in lampung.clean().tables

    def test_regency_of_another_province(self, lampung):
        lampung.replace("kuota.csv", "KAB. PESAWARAN", "KAB. PESAWARANN")
        problem = lampung.problems("regency_unknown").iloc[0]
        assert (problem["cell"], problem["value"]) == ("B4", "KAB. PESAWARANN (did you mean 'Pesawaran'?)")
        assert len(lampung.clean().tables["invited"]) == 5

    def test_regency_twice_is_used_from_neither_row(self, lampung):
        lampung.replace("kuota.csv", "KAB. PESAWARAN", "TUBABA")
        assert lampung.problems("row_twice")["cell"].tolist() == ["B4", "B7"]
        assert len(lampung.clean().tables["invited"]) == 4

    def test_ambiguous_regency_is_a_question(self, gorontalo):
        gorontalo.write("kuota.csv", "Kabupaten;Desa;Peserta\nGorontalo;497;1988\n")
        doubt = gorontalo.problems("regency_ambiguous").iloc[0]
        assert doubt["severity"] == "doubt"
        assert doubt["value"] == "Gorontalo → Kabupaten Gorontalo / Kota Gorontalo?"
        assert gorontalo.clean().tables["invited"].to_numpy().tolist() == [["Gorontalo", 497, 1988]]

    @pytest.mark.parametrize(
        ("text", "rule"), [("", "value_missing"), ("tujuh", "not_a_number"), ("7,5", "not_a_number")]
    )
    def test_count_that_is_none(self, lampung, text, rule):
        lampung.replace("kuota.csv", "KAB. PESAWARAN;7;", f"KAB. PESAWARAN;{text};")
        assert lampung.problems(rule)["cell"].tolist() == ["C4"]


class TestAttendance:
    def test_more_attended_than_invited(self, gorontalo):
        gorontalo.replace("kehadiran_agregat.csv", "1.956", "1.996")
        assert gorontalo.problems("part_above_whole")[["cell", "value"]].to_numpy().tolist() == [["C2", "1996 > 1988"]]

    def test_swapped_columns(self, gorontalo):
        gorontalo.replace("kehadiran_agregat.csv", "Diundang;Hadir", "Hadir;Diundang")
        assert gorontalo.problems("part_above_whole")["value"].tolist() == ["1988 > 1956"]

    def test_right_percent_is_not_noted(self, gorontalo):
        gorontalo.replace("kehadiran_agregat.csv", "98,8%", "98,4%")
        assert gorontalo.problems("percent_differs").empty

    def test_invited_against_province_toml(self, gorontalo):
        gorontalo.replace("kehadiran_agregat.csv", "1.988", "1.989")
        problem = gorontalo.problems("published_differs").iloc[0]
        assert (problem["cell"], problem["value"]) == ("B2", "1989 ≠ 1988 (invited_people)")

    def test_parts_that_do_not_add_up(self, gorontalo):
        gorontalo.replace("kehadiran_agregat.csv", "Perempuan;;982;", "Perempuan;;982;\r\nLaki-laki;;973;")
        assert gorontalo.problems("sum_differs")["value"].tolist() == ["1956 ≠ 1955"]

    def test_units_are_named_alike(self, gorontalo):
        gorontalo.replace("kehadiran_agregat.csv", "Perempuan;;982;", "Angkatan II;;330;\nKab. Boalemo;;300;\nTamu;;3;")
        table = gorontalo.clean().tables["published_attendance"]
        assert table[["unit", "unit_kind"]].to_numpy().tolist() == [
            ["people", "all"], ["2", "batch"], ["Boalemo", "regency"], ["Tamu", "other"]
        ]  # fmt: skip


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


class TestFollowup:
    def test_counts_by_regency_and_kind(self, lampung):
        lampung.write("tindak_lanjut_agregat.csv", FOLLOWUP)
        assert lampung.clean().tables["published_followup"].to_numpy().tolist() == [
            ["Tanggamus", "antar_desa", 19, 10, 9, 4],
            ["Pesawaran", "antar_desa", 7, 7, 7, 2],
            ["Pesawaran", "lainnya", 7, 7, 1, 0],
        ]
        assert lampung.problems("plan_kind_unknown")[["cell", "value"]].to_numpy().tolist() == [["C4", "Wisata"]]
        assert lampung.problems("sum_differs").empty
        assert not lampung.clean().has_errors

    @pytest.mark.parametrize(
        ("old", "new", "cell", "value"),
        [("19;10;9;4", "19;20;9;4", "E2", "20 > 19"), ("19;10;9;4", "19;10;9;14", "G2", "14 > 9")],
    )
    def test_parts_above_their_whole(self, lampung, old, new, cell, value):
        lampung.write("tl.csv", FOLLOWUP.replace(old, new))
        assert lampung.problems("part_above_whole")[["cell", "value"]].to_numpy().tolist() == [[cell, value]]

    def test_sum_that_does_not_add_up(self, lampung):
        lampung.write("tl.csv", FOLLOWUP.replace("33;24;17;6;", "33;24;18;6;"))
        assert lampung.problems("sum_differs")["value"].tolist() == ["18 ≠ 17"]
