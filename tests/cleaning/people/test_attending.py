"""Participants: united over sources, nothing known erased, days as they were recorded."""

from __future__ import annotations

from tests.cleaning.people.small_studies import clean_files, told


def _tests(count: int = 6) -> list[list[object]]:
    rows = [["No Peserta", "Angkatan", "Kelas", "Jabatan", "Pretes", "Postes"]]
    return rows + [[f"P{n}", "56"[n % 2], "AB"[n // 2 % 2], "Sekdes", 3, 6] for n in range(count)]


def test_a_list_of_one_batch_erases_nothing_of_the_others():
    listed = [["No Peserta", "Angkatan", "Hari 1", "Hari 2"], *[[f"P{n}", "5", "H", "H"] for n in (0, 2, 4)]]
    cleaned = clean_files({"hadir angkatan 5.csv": listed, "tes.csv": _tests()})
    people = cleaned.tables["participants"]
    assert people.groupby("batch").size().to_dict() == {"5": 3, "6": 3}
    assert people["class_id"].notna().all()
    assert people.loc[people["batch"] == "6", "days_attended"].isna().all()
    assert told(cleaned, "attendance_recorded_for") == [("attendance_recorded_for", "3 of 6 people")]


def test_what_a_list_leaves_out_is_filled_from_the_tests():
    cleaned = clean_files(
        {"hadir.csv": [["No Peserta", "Hari 1"], *[[f"P{n}", "H"] for n in range(6)]], "tes.csv": _tests()}
    )
    people = cleaned.tables["participants"]
    assert people["role"].eq("sekdes_kaur").all()
    assert set(people["class_id"]) == {"5/A", "5/B", "6/A", "6/B"}
    assert told(cleaned) == []


def test_what_two_files_say_differently_is_a_case_and_the_first_counts():
    listed = [["No Peserta", "Angkatan", "Kelas", "Hari 1"], *[[f"P{n}", "56"[n % 2], "A", "H"] for n in range(6)]]
    cleaned = clean_files({"hadir.csv": listed, "tes.csv": _tests()})
    assert set(cleaned.tables["participants"]["class_id"]) == {"5/A", "6/A"}
    assert [case.rule for case in cleaned.cases] == ["attribute_differs"] * 2
    assert all(value.startswith("differs in class_id") for _, value in told(cleaned, "attribute_differs"))


def test_who_is_in_no_list_of_a_batch_with_a_list_is_no_participant_but_keeps_the_batch():
    listed = [["No Peserta", "Angkatan", "Hari 1"], *[[f"P{n}", "56"[n % 2], "H"] for n in range(5)]]
    cleaned = clean_files({"hadir.csv": listed, "tes.csv": _tests()})
    scores = cleaned.tables["scores"]
    strangers = scores[~scores["participant_id"].isin(cleaned.tables["participants"]["participant_id"])]
    assert strangers[["batch", "class_id"]].to_numpy().tolist() == [["6", "6/A"]]


def _attendance(header: str, values: list[object], more: str = "id = '5'"):
    rows = [["No Peserta", header], *[[f"P{n}", value] for n, value in enumerate(values)]]
    return clean_files({"daftar hadir.csv": rows}, batches=[more])


def test_a_column_that_says_who_came_does_not_say_on_how_many_days():
    cleaned = _attendance("Kehadiran", ["H", "H", "A"])
    people = cleaned.tables["participants"]
    assert people["days_attended"].tolist() == [1, 1, 0]
    assert people["days_held"].isna().all()
    assert told(cleaned) == [("days_held_unknown", "3 rows")]


def test_a_training_of_one_day_was_held_on_one_day():
    cleaned = _attendance("Kehadiran", ["H", "A"], "id = '5'\nfirst_day = 2024-05-02\nlast_day = 2024-05-02")
    assert cleaned.tables["participants"]["days_held"].tolist() == [1, 1]
    assert told(cleaned) == []


def test_in_person_is_known_where_it_was_recorded_only():
    rows = [["No Peserta", "Hari 1", "Hari 2"], ["P1", "H", "H"], ["P2", "H", "A"]]
    assert clean_files({"hadir.csv": rows}, batches=["5"]).tables["participants"]["attended_in_person"].isna().all()
    moded = [[*row, mode] for row, mode in zip(rows, ["Moda", "luring", "daring"], strict=True)]
    assert clean_files({"hadir.csv": moded}, batches=["5"]).tables["participants"]["attended_in_person"].tolist() == [
        True,
        False,
    ]
