"""Who came: counts and the printed percent beside the recomputed one."""


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
