"""Several tables on one sheet are read as themselves."""

from __future__ import annotations

from tests.cleaning.people_rows import PEOPLE, WHO, beside, rules


def test_attendance_above_tests_gives_both_and_every_row_its_class(read):
    tests = [["No", "Nama", "Desa", "Pretes", "Postes"], *[[one[0], one[1], one[3], 50, 70] for one in PEOPLE]]
    rows = [["DAFTAR HADIR"], [*WHO, "Hari 1"], *beside(["H"] * 6), [""], ["NILAI TES"], *tests]
    cleaned = read({"rekap.csv": rows})
    assert cleaned.tables["participants"]["days_attended"].tolist() == [1] * 6
    assert cleaned.tables["scores"]["post_points"].tolist() == [70] * 6
    assert [one.rows for one in cleaned.account] == [
        (("title", 1, 1), ("header", 2, 2), ("data", 3, 8)),
        (("title", 10, 10), ("header", 11, 11), ("data", 12, 17)),
    ]
    assert sum(one.rows_in for one in cleaned.account) == len(rows)


def test_the_same_header_printed_again_is_one_table(read):
    header = [*WHO, "Hari 1"]
    cleaned = read({"daftar.csv": [header, *beside(["H"] * 6)[:3], [""], header, *beside(["H"] * 6)[3:]]})
    assert len(cleaned.account) == 1
    assert rules(cleaned) == ["header_repeated"]
    assert len(cleaned.tables["participants"]) == 6


def test_values_that_look_like_labels_start_no_table(read):
    header = [*WHO, "Kelas", "Hari 1", "Info"]
    rows = beside(["A"] * 6, ["H"] * 6, ["Pre"] * 6)
    cleaned = read({"daftar.csv": [header, *rows[:2], [""], *rows[2:]]})
    assert len(cleaned.account) == 1
    assert len(cleaned.tables["participants"]) == 6


def test_titles_tell_batch_and_class_where_no_column_does(read):
    titles = [["DAFTAR HADIR"], ["Angkatan : 2"], ["Kelas : B"]]
    cleaned = read({"daftar.csv": [*titles, [*WHO, "Hari 1"], *beside(["H"] * 6)]})
    assert set(cleaned.tables["participants"]["class_id"]) == {"2/B"}
    assert rules(cleaned) == ["batch_of_title"]


def test_titles_that_name_several_batches_tell_none(read):
    for title in ("Angkatan 1, 2", "Angkatan 1 dan 2", "Angkatan 1 s.d. 2", "Angkatan 1-2"):
        cleaned = read({"daftar.csv": [[title], [*WHO, "Hari 1"], *beside(["H"] * 6)]})
        assert cleaned.tables["participants"]["batch"].isna().all(), title


def test_a_small_table_above_a_large_one_is_read_too_with_its_own_titles(read):
    recap = [["Kabupaten", "Desa", "Peserta"], ["Tanggamus", 4, 16], ["Pesawaran", 4, 16]]
    rows = [["KUOTA"], *recap, [""], ["DAFTAR HADIR"], ["Angkatan 2"], [*WHO, "Hari 1"], *beside(["H"] * 6)]
    cleaned = read({"rekap.csv": rows})
    assert cleaned.tables["invited"]["people"].tolist() == [16, 16]
    assert set(cleaned.tables["participants"]["batch"]) == {"2"}
    assert [one.rows for one in cleaned.account] == [
        (("title", 1, 1), ("header", 2, 2), ("data", 3, 4)),
        (("title", 6, 7), ("header", 8, 8), ("data", 9, 14)),
    ]


def test_tables_that_follow_without_a_blank_row_are_parted_at_the_header(read):
    recap = [["Kabupaten", "Desa", "Peserta"], ["Tanggamus", 4, 16]]
    cleaned = read({"rekap.csv": [*recap, [*WHO, "Hari 1"], *beside(["H"] * 6)]})
    assert cleaned.tables["invited"]["people"].tolist() == [16]
    assert len(cleaned.tables["participants"]) == 6
