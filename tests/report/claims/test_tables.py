"""Widths of printed columns: no word breaks inside, and what is left goes by the declared shares."""

import pytest

from analysis.report.claims.tables import Cell, Column, ReportTable, column_widths, group_row, words
from analysis.report.content.tables import report_tables
from analysis.words.catalogue import languages
from report.study_questions import results_of


def _table(*rows, widths=(40, 10, 10)) -> ReportTable:
    heads = tuple(
        Column(heading=heading, meaning="", width=width)
        for heading, width in zip(("Perihal", "Perubahan", "n"), widths, strict=True)
    )
    return ReportTable(name="x", title="x", columns=heads, rows=tuple(rows))


def test_short_texts_share_the_line_by_what_stands_in_them():
    first, second, third = column_widths(_table((words("a" * 30), words("b" * 30), words("c"))), "id")
    assert first == second > third
    assert first + second + third == pytest.approx(100, abs=2)


def test_a_long_text_gets_the_room_that_figures_leave():
    """The declared widths are those of the worksheet; a column of figures is not wider than its figures."""
    sentence = "Mampu mengajukan pertanyaan-pertanyaan yang terbuka dan mendalam kepada peserta pelatihan di kelas"
    for widths in ((8, 40, 40), (40, 10, 10)):
        first, second, third = column_widths(_table((words(sentence), words("b"), words("c")), widths=widths), "id")
        assert first > 60
        assert second == len("Perubahan") + 3
        assert third == len("n") + 3


def test_a_short_text_stays_on_one_line_where_there_is_room():
    rows = (words("kata " * 40), words("7 dibanding 5"), words("c"))
    assert column_widths(_table(rows), "id")[1] >= len("7 dibanding 5") + 3
    crowded = tuple(words("kata " * 40) if place == 0 else words("7 dibanding 5") for place in range(9))
    heads = tuple(Column(heading="Perihal", meaning="") for _ in crowded)
    table = ReportTable(name="x", title="x", columns=heads, rows=(crowded,))
    assert column_widths(table, "id")[1] == len("dibanding") + 3


def test_of_two_long_texts_the_longer_gets_more():
    cells = (words("kata " * 40), words("kata " * 10), words("c"))
    first, second, third = column_widths(_table(cells), "id")
    assert first > second > third
    assert first + second + third <= 100


def test_a_narrow_column_gets_the_room_of_its_longest_word():
    widths = column_widths(_table((words("kata " * 40), words("b"), words("c"))), "id")
    assert widths[1] >= len("Perubahan") + 2


def test_a_range_does_not_break_and_a_group_heading_claims_no_room():
    cell = Cell(value=(-1.25, 2.5), format="range2")
    rows = (group_row("Pelatihanyangnamanyasangatpanjangsekali", 3), (words("a"), cell, words("c")))
    widths = column_widths(_table(*rows, widths=(10, 10, 200)), "id")
    assert widths[1] >= len("−1,25 sampai 2,50") + 2
    assert widths[0] < len("Pelatihanyangnamanyasangatpanjangsekali")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["lampung", "gorontalo", "contoh_study"])
def test_every_table_of_the_shipped_provinces_fits_its_line(request, name, language):
    study = request.getfixturevalue(name)
    tables = report_tables(study, results_of(study), language)
    assert tables
    assert {key: sum(column_widths(table, language)) for key, table in tables.items()
            if sum(column_widths(table, language)) > 104} == {}  # fmt: skip
