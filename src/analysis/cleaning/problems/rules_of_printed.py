"""Rules about published tables of averages and counts."""

from __future__ import annotations

from analysis.cleaning.problems.problem import DOUBT, ERROR, NOTE, RuleText

PRINTED = {
    "column_missing": RuleText(
        ERROR,
        "the file was not read",
        "a column is missing: add it, or name it under [columns]",
    ),
    "column_twice": RuleText(
        ERROR,
        "the file was not read",
        "a column stands twice: delete or rename one of them",
    ),
    "columns_swapped": RuleText(
        ERROR,
        "kept as printed",
        "the values look as if two columns were swapped: check the header",
    ),
    "column_unknown": RuleText(
        DOUBT,
        "the column was not used",
        "no rule knows this column: name it under [columns], or delete it",
    ),
    "row_shifted": RuleText(
        NOTE,
        "the cells of the row were moved under their columns",
        "nothing needs to be done",
    ),
    "row_layout": RuleText(
        ERROR,
        "the row was not used",
        "the cells do not stand under their columns: correct the row",
    ),
    "row_twice": RuleText(
        ERROR,
        "none of the rows was used",
        "the row stands twice: delete one of them",
    ),
    "row_without_values": RuleText(
        NOTE,
        "the row was not used",
        "nothing needs to be done",
    ),
    "table_without_rows": RuleText(
        ERROR,
        "the table stays empty",
        "below the header are no rows: add them",
    ),
    "not_a_number": RuleText(
        ERROR,
        "the value was not used",
        "this is not a number: correct the cell",
    ),
    "value_missing": RuleText(
        ERROR,
        "the value is missing",
        "the cell is empty: fill it in",
    ),
    "decimal_point": RuleText(
        NOTE,
        "read as a decimal point",
        "write a decimal comma like the other cells",
    ),
    "mean_not_text": RuleText(
        ERROR,
        "the value was not used",
        "the format of these numbers does not tell the printed decimals: format the cells as 0,00 if two "
        "decimals were printed, or format the cell as text and type it as printed (4,00)",
    ),
    "sum_differs": RuleText(
        ERROR,
        "kept as printed",
        "the rows do not add up to the printed sum: check rows and sum",
    ),
    "published_differs": RuleText(
        ERROR,
        "kept as printed",
        "the table contradicts [published] in province.toml: correct one of them",
    ),
    "regency_unknown": RuleText(
        ERROR,
        "the value was not used",
        "no regency of the province has this name: correct the spelling",
    ),
    "regency_ambiguous": RuleText(
        DOUBT,
        "kept under the printed name",
        "several regencies have this name: write Kabupaten or Kota before it",
    ),
    "batch_unknown": RuleText(
        ERROR,
        "the value was not used",
        "the study has no such batch: add a [[batch]] to province.toml, or correct the label",
    ),
    "batch_missing": RuleText(
        ERROR,
        "the batch has no averages",
        "a batch of province.toml has no column: add it, or delete the [[batch]]",
    ),
    "indicator_unknown": RuleText(
        ERROR,
        "the row was not used",
        "the questionnaire has no such indicator: correct the text, or bring an instrument.toml",
    ),
    "indicator_twice": RuleText(
        ERROR,
        "none of the rows was used",
        "the indicator stands twice: delete one row",
    ),
    "indicator_missing": RuleText(
        ERROR,
        "the indicator has no averages",
        "the indicator is missing: add its row",
    ),
    "indicator_in_other_aspect": RuleText(
        DOUBT,
        "read under the aspect of the questionnaire",
        "the indicator stands under another aspect: check the row",
    ),
    "mean_impossible": RuleText(
        ERROR,
        "the value was not used",
        "no answers on the scale have this average: correct the cell from the source",
    ),
    "total_unexplained": RuleText(
        DOUBT,
        "kept as printed",
        "no rounding of the batches gives this total: check the row, or batches of unequal size",
    ),
    "total_impossible": RuleText(
        ERROR,
        "kept as printed",
        "the total lies outside all batches, whatever their sizes: correct the row from the source",
    ),
    "scale_differs": RuleText(
        ERROR,
        "kept as printed",
        "the printed scale is not the questionnaire's: check it, or bring an instrument.toml",
    ),
    "test_unknown": RuleText(
        ERROR,
        "the row was not used",
        "the test is neither pretes nor postes: correct the label",
    ),
    "test_maximum_unknown": RuleText(
        ERROR,
        "the maximum stays empty",
        "the test's maximum is not known: add test_maximum to province.toml",
    ),
    "part_above_whole": RuleText(
        ERROR,
        "the row was not used",
        "a part is larger than its whole: check the cells, or whether columns are swapped",
    ),
    "people_per_village": RuleText(
        DOUBT,
        "kept as printed",
        "the people are not the number per village of the training's guide: check the row",
    ),
    "percent_differs": RuleText(
        NOTE,
        "the printed and the recomputed percent were both kept",
        "tell the source: its percent is not its counts",
    ),
    "plan_kind_unknown": RuleText(
        DOUBT,
        "counted under 'lainnya'",
        "the training has no such kind of follow-up: correct the label",
    ),
}
