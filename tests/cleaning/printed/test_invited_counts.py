"""Who was invited: villages and people of each regency, as printed."""

import pytest

from analysis.cleaning.problems.problem import Severity


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
