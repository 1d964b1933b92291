"""Published averages that arrive as numbers of a spreadsheet, whose printed decimals nobody tells."""

from analysis.cleaning.clean import load_context
from analysis.cleaning.evaluation_means import KIND
from analysis.cleaning.registry import recognise
from analysis.cleaning.sheet import Sheet


def test_numbers_are_written_with_the_decimals_of_the_table(lampung):
    context = load_context(lampung.folder)
    rows = [
        ["INDIKATOR", "Batch-5", "Batch-6", "Batch-7", "Rata2 Total"],
        ["Materinya relevan dengan kebutuhan peserta", 3.89, 4.18, 4.46, 4.17],
        ["Materinya relevan dengan tujuan pelatihan", 3.76, 3.84, 4.4, 4.0],
    ]
    recognised = recognise(Sheet("nilai.xlsx", "Hasil", rows, first_row=2, first_column=1), context)
    cleaning = KIND.clean([recognised.found], context)
    means = cleaning.tables["published_means"]
    assert means["mean_printed"].tolist() == ["3,89", "4,18", "4,46", "4,17", "3,76", "3,84", "4,40", "4,00"]
    assert set(means["decimals"]) == {2}
    inferred = [problem for problem in cleaning.problems if problem.rule == "decimals_inferred"]
    assert [(problem.sheet, problem.value) for problem in inferred] == [("Hasil", "2")]


def test_cells_are_named_where_they_stand_in_the_sheet(lampung):
    context = load_context(lampung.folder)
    rows = [["INDIKATOR", "Batch-5"], ["Konsumsi memuaskan", 5.41]]
    recognised = recognise(Sheet("nilai.xlsx", "Hasil", rows, first_row=2, first_column=1), context)
    impossible = [p for p in KIND.clean([recognised.found], context).problems if p.rule == "mean_impossible"]
    assert [(problem.cell, problem.value) for problem in impossible] == [("C4", "5,41")]
