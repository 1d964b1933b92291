"""Published averages of the evaluation: each fault is named with its cell, value and remedy."""

import pandas as pd
import pytest

from analysis.cleaning.problems.problem import Severity
from analysis.cleaning.problems.rules import RULES

FILE = "evaluasi_agregat.csv"
FIRST = "Materinya relevan dengan kebutuhan peserta"


def only(lampung, rule):
    """Return the one problem of a rule, checking that its texts are those of the rule."""
    problems = lampung.problems(rule)
    assert len(problems) == 1, problems.to_string()
    problem = problems.iloc[0]
    text = RULES[rule]
    assert (problem["done"], problem["remedy"], problem["severity"]) == (text.done, text.remedy, text.severity)
    assert problem["file"] == FILE
    return problem


def means_of(lampung, item):
    means = lampung.clean().tables["published_means"]
    return dict(means[means["item"] == item][["batch", "mean_printed"]].to_numpy())


def test_decimal_point_beside_commas_is_noted_and_kept_as_printed(lampung):
    lampung.replace(FILE, "3,89;4,18", "3,89;4.18")
    problem = only(lampung, "decimal_point")
    assert (problem["cell"], problem["value"], problem["severity"]) == ("C17", "4.18", Severity.NOTE)
    assert means_of(lampung, "materi_1")["6"] == "4.18"


def test_points_throughout_are_a_way_to_write(lampung):
    path = lampung.folder / FILE
    path.write_bytes(path.read_bytes().replace(b",", b"."))
    assert lampung.problems("decimal_point").empty


@pytest.mark.parametrize("impossible", ["5,41", "0,9", "0", "-3,00"])
def test_impossible_mean_is_an_error_and_not_used(lampung, impossible):
    lampung.replace(FILE, "3,89;4,18", f"{impossible};4,18")
    problem = only(lampung, "mean_impossible")
    assert (problem["cell"], problem["value"]) == ("B17", impossible)
    assert means_of(lampung, "materi_1") == {"6": "4,18", "7": "4,46", "total": "4,17"}


@pytest.mark.parametrize("text", ["baik", "3-4", "4,1,8", "#REF!"])
def test_what_is_no_number_is_an_error(lampung, text):
    lampung.replace(FILE, "3,83;3,92", f"{text};3,92")
    problem = only(lampung, "not_a_number")
    assert (problem["cell"], problem["column"], problem["value"]) == ("C21", "Batch-5", text)


def test_empty_cell_is_an_error(lampung):
    lampung.replace(FILE, "3,83;3,92", ";3,92")
    assert only(lampung, "value_missing")["cell"] == "C21"


def test_total_inside_the_batches_that_no_rounding_explains_is_a_doubt(lampung):
    lampung.replace(FILE, "4,46;4,17", "4,46;4,20")
    problem = only(lampung, "total_unexplained")
    assert (problem["cell"], problem["value"], problem["severity"]) == ("E17", "4,20 ≠ 4,1767", Severity.DOUBT)
    assert means_of(lampung, "materi_1")["total"] == "4,20"


def test_total_outside_the_batches_is_an_error(lampung):
    lampung.replace(FILE, "4,46;4,17", "4,46;4,71")
    assert only(lampung, "total_impossible")["value"] == "4,71 ≠ 4,1767"


def test_swapped_columns_are_seen_from_the_totals(lampung):
    lampung.replace(FILE, "Batch-7;Rata2 Total", "Rata2 Total;Batch-7")
    swapped = only(lampung, "columns_swapped")
    assert (swapped["cell"], swapped["value"]) == ("E16", "Rata2 Total ↔ Batch-7")


def test_batches_in_another_order_are_read_by_their_header(lampung):
    before = lampung.clean().tables["published_means"]
    lampung.replace(FILE, "Batch-5;batch-6", "batch-6;Batch-5")
    after = lampung.clean().tables["published_means"]
    assert after["mean_printed"].tolist()[:3] == ["4,18", "3,89", "4,46"]
    assert len(after) == len(before)


def test_column_twice_stops_the_file(lampung):
    lampung.replace(FILE, "Batch-5;batch-6", "Batch-6;batch-6")
    problem = only(lampung, "column_twice")
    assert (problem["cell"], problem["value"]) == ("A16", "evaluasi_agregat: batch 6")
    assert "published_means" not in lampung.clean().tables


def test_missing_column_of_indicators_stops_the_file(lampung):
    lampung.replace(FILE, "MATERI;INDIKATOR", "MATERI;")
    assert only(lampung, "column_missing")["value"] == "evaluasi_agregat: indicator"


def test_missing_column_of_a_batch_is_an_error(lampung):
    lampung.replace(FILE, "Batch-5;batch-6", "Batch-5;")
    assert only(lampung, "batch_missing")["value"] == "6"


def test_batch_not_in_the_study_is_an_error_and_its_averages_are_not_used(lampung):
    lampung.replace(FILE, "Batch-7", "Batch-8")
    problem = only(lampung, "batch_unknown")
    assert (problem["cell"], problem["value"]) == ("E16", "Batch-8")
    assert only(lampung, "batch_missing")["value"] == "7"
    assert set(lampung.clean().tables["published_means"]["batch"]) == {"5", "6", "total"}


def test_unknown_indicator_is_an_error_with_the_closest_one(lampung):
    lampung.replace(FILE, "Konsumsi memuaskan", "Konsumsinya memuaskan")
    problem = only(lampung, "indicator_unknown")
    assert (problem["cell"], problem["value"]) == ("A38", "Konsumsinya memuaskan → Konsumsi memuaskan?")
    assert only(lampung, "indicator_missing")["value"] == "fasilitas_2: Konsumsi memuaskan"


def test_case_and_blanks_of_an_indicator_do_not_count(lampung):
    lampung.replace(FILE, "Konsumsi memuaskan", "KONSUMSI   memuaskan ")
    assert means_of(lampung, "fasilitas_2") == {"5": "3,66", "6": "4,04", "7": "4,31", "total": "4,00"}


def test_missing_indicator_is_an_error(lampung):
    lampung.replace(FILE, "Konsumsi memuaskan;3,66;4,04;4,31;4,00;\r\n", "")
    assert only(lampung, "indicator_missing")["value"] == "fasilitas_2: Konsumsi memuaskan"
    assert len(lampung.clean().tables["published_means"]) == 84


def test_duplicated_indicator_is_an_error_and_neither_row_is_used(lampung):
    lampung.replace(FILE, "Tempat training nyaman", FIRST)
    twice = lampung.problems("indicator_twice")
    assert twice["cell"].tolist() == ["A17", "A42"]
    assert set(twice["value"]) == {FIRST}
    assert means_of(lampung, "materi_1") == {}
    assert only(lampung, "indicator_missing")["value"] == "suasana_2: Tempat training nyaman"
    assert lampung.clean().account[0].dropped["rejected"] == 2


def test_table_repeated_in_a_second_file_is_used_from_neither(lampung):
    lampung.write("evaluasi_2.csv", (lampung.folder / FILE).read_bytes().replace(b"4,17;", b"4,16;", 1))
    assert len(lampung.problems("indicator_twice")) == 44
    assert lampung.clean().tables["published_means"].empty


def test_one_file_per_batch_is_one_table(lampung):
    whole = lampung.clean().tables["published_means"]
    text = (lampung.folder / FILE).read_text("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()]
    (lampung.folder / FILE).unlink()
    for place, batch in enumerate("567"):
        lines = [f"INDIKATOR;Batch-{batch}"]
        for row in rows[16:]:
            cells = [cell for cell in row if cell]
            if len(cells) >= 5:
                lines.append(f"{cells[-5]};{cells[-4 + place]}")
        lampung.write(f"b{batch}.csv", "\n".join(lines))
    split = lampung.clean().tables["published_means"]
    assert split.to_numpy().tolist() == whole[whole["batch"] != "total"].to_numpy().tolist()


def test_indicator_under_another_aspect_is_a_doubt(lampung):
    lampung.replace(FILE, "SUASANA;INDIKATOR", "MATERI;INDIKATOR")
    doubts = lampung.problems("indicator_in_other_aspect")
    assert doubts["value"].tolist() == ["materi ≠ suasana"] * 3


def test_another_scale_is_an_error(lampung):
    lampung.replace(FILE, "4 = baik", "4 = sangat baik")
    assert only(lampung, "scale_differs")["value"] == "4 = sangat baik"


def test_values_under_no_column_are_an_error(lampung):
    lampung.replace(FILE, "Konsumsi memuaskan;3,66;4,04;4,31;4,00;", "Konsumsi memuaskan;3,66;4,04;4,31;4,00;4,50")
    assert only(lampung, "row_layout")["cell"] == "A38"


def test_unknown_column_is_a_doubt_and_not_used(lampung):
    lampung.replace(FILE, "Rata2 Total\r\n", "Rata2 Total;Kategori\r\n")
    problem = only(lampung, "column_unknown")
    assert (problem["cell"], problem["value"]) == ("G16", "Kategori")
    assert len(lampung.clean().tables["published_means"]) == 88


def test_header_without_rows_says_so(lampung):
    lampung.write(FILE, "INDIKATOR;Batch-5;Batch-6;Batch-7;Rata2 Total\n")
    assert only(lampung, "table_without_rows")["sheet"] is pd.NA
    assert len(lampung.problems("indicator_missing")) == 22
