"""Tables as offices lay them out: titles, two header rows, totals, signatures, several sheets and files."""

from __future__ import annotations

from tests.cleaning.participants import tables_by_code as by_code


def _padded(*cells: object) -> list[object]:
    return [*cells, *[""] * (12 - len(cells))]


def _laid_out() -> list[list[object]]:
    header, *people = by_code.attendance()
    return [
        _padded("DAFTAR HADIR PESERTA"),
        _padded("Angkatan 5, Provinsi Lampung"),
        _padded(),
        header,
        [str(number) for number in range(1, 13)],
        *people[:3],
        _padded("JUMLAH", "", "", "", 3),
        header,
        *people[3:],
        _padded("Total peserta", 6),
        _padded(),
        _padded("", "", "", "", "", "", "Kota Agung, 3 Agustus 2023"),
        _padded("", "", "", "", "", "", "Ketua Panitia"),
        _padded(),
        _padded("", "", "", "", "", "", "Suryadi"),
    ]


def test_titles_totals_repeated_headers_and_signatures_are_counted(clean):
    cleaning, problems = clean({"peserta.xlsx": {"Angkatan 5": _laid_out()}})
    assert len(cleaning.tables["participants"]) == 6
    assert dict(cleaning.accounts[0].dropped) == {
        "title_row": 2, "header": 1, "column_numbers": 1, "total_row": 2, "header_repeated": 1, "blank_row": 3,
        "signature_row": 3,
    }  # fmt: skip
    assert [(one.rule, one.cell) for one in problems if one.rule != "columns_unused"] == [
        ("total_row", "A9"), ("header_repeated", "A10"), ("total_row", "A14"), ("signature_row", "A16"),
    ]  # fmt: skip


def test_two_names_side_by_side_below_a_signature_line_are_no_people(clean):
    header, *people = by_code.attendance()
    rows = [
        header,
        *people,
        _padded(),
        _padded("", "Mengetahui,", "", "", "", "", "", "Kota Agung, 3 Agustus 2023"),
        _padded("", "Ketua Panitia", "", "", "", "", "", "Fasilitator"),
        _padded(),
        _padded("", "Suryadi Wijaya", "", "", "", "", "", "Rahmat Hidayat"),
        _padded("", "NIP 197001012000011001", "", "", "", "", "", "NIP 198001012000011001"),
    ]
    cleaning, problems = clean({"peserta.xlsx": {"A": rows}})
    assert len(cleaning.tables["participants"]) == 6
    assert dict(cleaning.accounts[0].dropped) == {"header": 1, "blank_row": 2, "signature_row": 4}
    assert [(one.rule, one.cell, one.value) for one in problems] == [("signature_row", "A9", "rows 9 to 13")]


def test_a_numbered_person_below_a_signature_line_is_a_person(clean):
    header, *people = by_code.attendance()
    rows = [header, *people[:5], _padded("", "Ketua Panitia"), _padded(6, people[5][1], people[5][2])]
    cleaning, _ = clean({"peserta.xlsx": {"A": rows}})
    assert len(cleaning.tables["participants"]) == 6
    assert dict(cleaning.accounts[0].dropped) == {"header": 1, "lone_row": 1}
