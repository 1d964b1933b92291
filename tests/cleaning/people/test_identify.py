"""Who is who: by everything that is recorded, inside a batch, and never by a guess."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.people.one_study import FILES
from tests.cleaning.people.small_studies import clean_files, pairs, told


def test_attendance_and_both_tests_meet_in_one_person_each(clean):
    cleaning, _ = clean(FILES)
    participants, scores = cleaning.tables["participants"], cleaning.tables["scores"]
    assert participants["participant_id"].is_unique
    assert set(scores["participant_id"]) == set(participants["participant_id"])
    assert scores["pre_points"].tolist() == [7, 5, 6, 8, 9, 4]
    assert participants["days_attended"].tolist() == [2] * 6


def test_two_keys_give_the_same_results_under_other_codes(clean):
    one, told = clean(FILES)
    other, told_again = clean(FILES, key=bytes(range(1, 33)))
    assert told == told_again
    for name, table in one.tables.items():
        codes = [column for column in ("participant_id", "village") if column in table]
        pd.testing.assert_frame_equal(table.drop(columns=codes), other.tables[name].drop(columns=codes))
        assert not set(table["participant_id"]) & set(other.tables[name]["participant_id"])


def test_no_name_or_number_stands_in_a_table(clean):
    cleaning, _ = clean(FILES)
    written = " ".join(table.to_csv() for table in cleaning.tables.values()).casefold()
    for secret in (*by_code.NAMES, *map(by_code.nik, range(6)), "08123456789", "suka a"):
        assert secret.casefold() not in written


def test_a_row_without_number_is_found_by_name_and_village(clean):
    form = by_code.spoiled(by_code.quiz_form(), 3, "")
    cleaning, problems = clean({**FILES, "pretes.xlsx": {"A": form}})
    assert cleaning.tables["scores"]["pre_points"].notna().all()
    assert [problem for problem in problems if problem.severity != "note"] == []


@pytest.mark.parametrize(("day", "rule"), [("H", "person_twice"), ("A", "person_twice_differs")])
def test_a_person_listed_twice_counts_once(clean, day, rule):
    rows = by_code.attendance()
    again = [*rows[1]]
    again[9] = day
    cleaning, problems = clean({"peserta.xlsx": {"A": [*rows, again]}})
    assert len(cleaning.tables["participants"]) == 6
    assert cleaning.accounts[0].dropped["person_twice"] == 1
    assert [(one.rule, one.cell) for one in problems if one.rule.startswith("person_")] == [(rule, "A8")]


NAMES = ("Ana Satu", "Bima Dua", "Cinta Tiga", "Dodi Empat", "Eko Lima", "Fani Enam", "Gilang Tujuh", "Hana Delapan")


def _test(points: list[int], *, extra: dict[str, list[str]] | None = None, names: tuple[str, ...] = NAMES):
    columns = extra or {}
    rows: list[list[object]] = [["Nama", *columns, "Nilai"]]
    for place, score in enumerate(points):
        rows.append([names[place], *[values[place] for values in columns.values()], score])
    return rows


VILLAGES = {"Desa": ["Mawar", "Mawar", "Melati", "Melati", "Anggrek", "Anggrek", "Dahlia", "Dahlia"]}
PRE, POST = [3, 4, 5, 6, 7, 2, 1, 8], [6, 7, 8, 9, 10, 5, 4, 9]


def test_a_name_with_a_village_is_enough_and_a_name_alone_is_not():
    files = {"pretest.csv": _test(PRE, extra=VILLAGES), "hasil posttest.csv": _test(POST, extra=VILLAGES)}
    assert pairs(clean_files(files, batches=["5"])) == sorted(zip(PRE, POST, strict=True))
    alone = clean_files({"pretest.csv": _test(PRE), "hasil posttest.csv": _test(POST)}, batches=["5"])
    assert pairs(alone) == []
    assert told(alone) == [("name_alone", "8 rows"), ("name_alone", "8 rows")]
    assert alone.tables["scores"]["participant_id"].isna().all()


@pytest.mark.parametrize(
    ("header", "values"),
    [("Email", [f"orang{n}@contoh.id" for n in range(8)]), ("Kelas", list("AABBCCDD"))],
)
def test_a_name_with_an_e_mail_address_or_a_class_is_enough(header, values):
    files = {
        "pretest.csv": _test(PRE, extra={header: values}),
        "hasil posttest.csv": _test(POST, extra={header: values}),
    }
    assert pairs(clean_files(files, batches=["5"])) == sorted(zip(PRE, POST, strict=True))


def test_an_address_that_two_people_share_does_not_make_them_one():
    shared = {"Email": ["desa@contoh.id"] * 8}
    cleaned = clean_files({"pretest.csv": _test(PRE, extra=shared), "lain posttest.csv": _test(POST, extra=shared)},
                    batches=["5"])  # fmt: skip
    assert pairs(cleaned) == sorted(zip(PRE, POST, strict=True))
    assert len(cleaned.tables["participants"]) == 8


@pytest.mark.parametrize(
    ("column", "rule"),
    [
        ({"Kelas": ["A", "B"]}, "same_name_other_class"),
        ({"Email": ["a@contoh.id", "b@contoh.id"]}, "same_name_other_email"),
        ({"ID Peserta": ["P1", "P2"]}, "same_name_other_number"),
    ],
)
def test_namesakes_who_differ_in_one_record_are_two_people_and_a_question(column, rule):
    (header, values), *_ = column.items()
    rows = [["Nama", "Desa", "Jabatan", header, "Pretes", "Postes"]]
    rows += [["Ana Satu", "Mawar", "Sekdes", value, 3, 6] for value in values]
    cleaned = clean_files({"tes.csv": rows}, batches=["5"])
    assert len(cleaned.tables["participants"]) == 2
    assert [one for one, _ in told(cleaned)] == [rule]
    assert [case.rule for case in cleaned.cases] == [rule]


def test_two_roles_or_villages_of_one_name_are_two_people_without_a_question():
    rows = [["Nama", "Desa", "Jabatan", "Pretes", "Postes"], ["Ana Satu", "Mawar", "Sekdes", 3, 6],
            ["Ana Satu", "Mawar", "Kepala Desa", 4, 7], ["Ana Satu", "Melati", "Sekdes", 5, 8]]  # fmt: skip
    cleaned = clean_files({"tes.csv": rows}, batches=["5"])
    assert len(cleaned.tables["participants"]) == 3
    assert told(cleaned) == []


def test_a_row_that_fits_two_namesakes_is_paired_with_neither():
    listed = [["Nama", "Desa", "Jabatan", "Hari 1"], ["Ana Satu", "Mawar", "Sekdes", "H"],
              ["Ana Satu", "Mawar", "Kepala Desa", "H"]]  # fmt: skip
    cleaned = clean_files({"hadir.csv": listed, "pretest.csv": _test([5], extra={"Desa": ["Mawar"]})}, batches=["5"])
    assert [one for one, _ in told(cleaned)] == ["several_candidates"]
    assert not set(cleaned.tables["scores"]["participant_id"]) & set(cleaned.tables["participants"]["participant_id"])


def _in_batches(batches: list[str], numbers: list[str], points: list[tuple[int, int]], names: list[str] | None = None):
    names = names or ["Ana Satu"] * len(batches)
    rows = [["No Peserta", "Nama", "Angkatan", "Pretes", "Postes"]]
    return [*rows, *[[n, name, b, *p] for n, name, b, p in zip(numbers, names, batches, points, strict=True)]]


def test_the_same_person_in_two_batches_takes_part_twice():
    cleaned = clean_files({"tes.csv": _in_batches(["5", "6"], ["P1", "P1"], [(3, 6), (5, 9)])})
    people = cleaned.tables["participants"]
    assert sorted(people["batch"]) == ["5", "6"]
    assert people["participant_id"].is_unique
    assert pairs(cleaned) == [(3, 6), (5, 9)]
    assert told(cleaned, "took_part_twice") == [("took_part_twice", "1 person")]


def test_tests_are_paired_inside_a_batch_only():
    pre = [["No Peserta", "Angkatan", "Nilai"], ["P1", "5", 3], ["P1", "6", 5]]
    post = [["No Peserta", "Angkatan", "Nilai"], ["P1", "6", 9], ["P1", "5", 6]]
    assert pairs(clean_files({"pretest.csv": pre, "posttest.csv": post})) == [(3, 6), (5, 9)]


def test_numbers_that_begin_anew_in_each_batch_name_other_people():
    rows = _in_batches(["5", "6"], ["1", "1"], [(3, 6), (5, 9)], ["Ana Satu", "Bima Dua"])
    cleaned = clean_files({"tes.csv": rows})
    assert len(cleaned.tables["participants"]) == 2
    assert told(cleaned) == []
    assert told(cleaned, "took_part_twice") == []


def test_numbers_that_begin_anew_in_each_class_name_other_people():
    rows = [["No Peserta", "Angkatan", "Kelas", "Pretes", "Postes"]]
    rows += [[str(number), "5", label, number, number + 1] for label in "ABC" for number in range(1, 7)]
    cleaned = clean_files({"tes.csv": rows})
    assert len(cleaned.tables["participants"]) == 18
    assert cleaned.tables["participants"].groupby("class_id").size().to_dict() == {"5/A": 6, "5/B": 6, "5/C": 6}


def test_a_number_without_batch_that_stands_in_two_is_a_question():
    listed = [["No Peserta", "Angkatan", "Hari 1"], ["P1", "5", "H"], ["P1", "6", "H"], ["P2", "6", "H"]]
    cleaned = clean_files({"hadir.csv": listed, "pretest.csv": [["No Peserta", "Nilai"], ["P1", 4], ["P2", 5]]})
    assert "several_candidates" in [rule for rule, _ in told(cleaned)]
    known = cleaned.tables["scores"].merge(cleaned.tables["participants"], on="participant_id")
    assert known["pre_points"].tolist() == [5]


def test_a_person_whom_two_tables_place_in_two_batches_is_asked_about():
    listed = [["No Peserta", "Angkatan", "Hari 1"], ["P1", "5", "H"], ["P2", "6", "H"]]
    cleaned = clean_files({"hadir.csv": listed, "pretest.csv": [["No Peserta", "Angkatan", "Nilai"], ["P1", "6", 4]]})
    assert [rule for rule, _ in told(cleaned)] == ["same_person_other_batch"]
    assert len(cleaned.tables["participants"]) == 2


def test_anonymous_forms_get_no_number_and_are_counted():
    files = {"pretest.csv": [["Skor", "Saran"], *[[n, "baik"] for n in PRE]],
             "posttest.csv": [["Skor", "Saran"], [5, "baik"], [6, "baik"]]}  # fmt: skip
    cleaned = clean_files(files, batches=["5"])
    scores = cleaned.tables["scores"]
    assert scores["participant_id"].isna().all()
    assert (scores["pre_points"].notna().sum(), scores["post_points"].notna().sum()) == (8, 2)
    assert "participants" not in cleaned.tables
    assert told(cleaned) == [("person_unidentified", "2 rows"), ("person_unidentified", "8 rows")]


def test_rows_with_both_tests_are_people_by_themselves():
    cleaned = clean_files(
        {"tes.csv": [["No", "Kelas", "Pretes", "Postes"], [1, "A", 3, 6], [2, "A", 4, 7], [3, "B", 5, 8]]},
        batches=["5"],
    )
    assert pairs(cleaned) == [(3, 6), (4, 7), (5, 8)]
    assert set(cleaned.tables["participants"]["class_id"]) == {"5/A", "5/B"}


STUDENTS = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 10), st.sampled_from("AB"), st.sampled_from(["5", "6"])),
    min_size=2,
    max_size=12,
)


def _tables(students, order: list[int], labels: dict[str, str]):
    pre = [["Nama", "Desa", "Angkatan", "Kelas", "Nilai"]]
    post = [["Desa", "Nama", "Nilai"]]
    for place in order:
        before, after, label, batch = students[place]
        pre.append([f"Orang {chr(65 + place)} Uji", "Mawar", batch, labels[label], before])
        post.append(["Mawar", f"Orang {chr(65 + place)} Uji", after])
    return pre, post


def _people(cleaned):
    table = cleaned.tables["participants"]
    return sorted(zip(table["batch"].astype(str), table["class_id"].astype(str), strict=True))


@settings(max_examples=25, deadline=None)
@given(STUDENTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_files_and_letters_decides_nothing(students, random):
    order = list(range(len(students)))
    pre, post = _tables(students, order, {"A": "A", "B": "B"})
    plain = clean_files({"pretest.csv": pre, "posttest.csv": post})
    random.shuffle(order)
    mixed_pre, mixed_post = _tables(students, order, {"A": "Kelas A", "B": "kelas b"})
    half = len(mixed_pre) // 2 + 1
    split = {"z posttest.csv": mixed_post, "a pretest.csv": mixed_pre[:half],
             "b pretest.csv": [mixed_pre[0], *mixed_pre[half:]]}  # fmt: skip
    mixed = clean_files({name: rows for name, rows in split.items() if len(rows) > 1})
    assert pairs(mixed) == pairs(plain)
    assert _people(mixed) == _people(plain)
    renamed_pre, _ = _tables(students, order, {"A": "Q", "B": "R"})
    renamed = clean_files({"pretest.csv": renamed_pre, "posttest.csv": mixed_post})
    assert pairs(renamed) == pairs(plain)
    swap = {"/Q": "/A", "/R": "/B"}
    assert sorted((b, k[:-2] + swap[k[-2:]]) for b, k in _people(renamed)) == _people(plain)


@settings(max_examples=25, deadline=None)
@given(STUDENTS, st.sampled_from([1, 2, 3]))
def test_a_dropped_column_changes_no_pair_or_is_told(students, dropped):
    pre, post = _tables(students, list(range(len(students))), {"A": "A", "B": "B"})
    whole = clean_files({"pretest.csv": pre, "posttest.csv": post})
    less = clean_files({"pretest.csv": [[*row[:dropped], *row[dropped + 1 :]] for row in pre], "posttest.csv": post})
    new = {rule for rule, _ in told(less)} - {rule for rule, _ in told(whole)}
    assert pairs(less) == pairs(whole) or new
    assert [batch for batch, _ in _people(less)] == [batch for batch, _ in _people(whole)] or new
