"""Plans that were carried out, as counted by a regency."""

import pytest

FOLLOWUP = (
    "No;Kabupaten;Jenis RKTL;Jumlah desa;Desa dikunjungi;RKTL;Terlaksana\n"
    "1;Kab. Tanggamus;Kerja sama antar-Desa;19;10;9;4\n"
    "2;Kab. Pesawaran;Peraturan Bersama Kepala Desa;7;7;7;2\n"
    "3;Kab. Pesawaran;Wisata;7;7;1;0\n"
    "JUMLAH;;33;24;17;6;\n"
)


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
