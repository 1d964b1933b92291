"""Rules about who stands behind a row, and about decisions."""

from __future__ import annotations

from analysis.cleaning.problems.problem import DOUBT, ERROR, NOTE, RuleText

PEOPLE = {
    "batch_sole": RuleText(
        NOTE,
        "These rows name no batch; the study has only one, which was assigned to them.",
        "Nothing to do; if there were several batches, add [[batch]] to province.toml and a column Angkatan.",
    ),
    "batch_not_named": RuleText(
        DOUBT,
        "No file says to which batch these belong; they count for no batch.",
        "Add a column Angkatan, or name file or sheet after the batch (Angkatan 5).",
    ),
    "class_missing": RuleText(
        DOUBT,
        "Classes are recorded for the others but not for these; they count for no class.",
        "Enter the class.",
    ),
    "class_without_batch": RuleText(
        DOUBT,
        "These have a class but no batch; letters begin anew in each batch, so they count for no class.",
        "Add a column Angkatan, or name file or sheet after the batch (Angkatan 5).",
    ),
    "classes_differ_from_declared": RuleText(
        DOUBT,
        "The number of classes of this batch is not the one of province.toml; every class that is named was counted.",
        "Correct classes in province.toml, or the class of the rows.",
    ),
    "class_too_large": RuleText(
        DOUBT,
        "The class is far larger than the training's guide allows; two classes may stand under one label.",
        "Check the class, and the batch, of its rows.",
    ),
    "attendance_recorded_for": RuleText(
        NOTE,
        "Attendance is recorded for some of the participants only; the others are participants by their tests.",
        "Add the attendance lists that are missing.",
    ),
    "person_unidentified": RuleText(
        DOUBT,
        "No name or number stands in these rows; they are paired with nobody.",
        "Enter number or name, village and role; forms that were filled in without a name are compared unpaired.",
    ),
    "name_alone": RuleText(
        DOUBT,
        "A name alone is not enough to know a person; these rows are paired with nobody.",
        "Add village or number.",
    ),
    "took_part_twice": RuleText(
        NOTE,
        "The same number or name stands in two batches; each takes part in both, and tests are paired inside a batch.",
        "Nothing to do; if it is a mistake, correct the batch.",
    ),
    "same_person_other_batch": RuleText(
        DOUBT,
        "The same person stands in another batch here than in the other table; kept as two participants.",
        "Correct the batch, or decide in keputusan.xlsx.",
    ),
    "same_name_other_class": RuleText(
        DOUBT,
        "Same name, village and role as another row but another class; kept as two people.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "same_name_other_email": RuleText(
        DOUBT,
        "Same name, village and role as another row but another e-mail address; kept as two people.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "same_number_other_person": RuleText(
        DOUBT,
        "The same number stands with another name or class, and another village, role or class; kept as two people.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "attribute_differs": RuleText(
        DOUBT,
        "This file says something else of the person than the file before; the first counts.",
        "Correct one of the files, or decide in keputusan.xlsx.",
    ),
    "number_of_no_person": RuleText(
        ERROR,
        "The numbers of this column repeat as no class repeats its people; the column was not used to know anybody.",
        "Give the column its own meaning in province.toml ([columns]), and each person's number in another column.",
    ),
    "days_held_unknown": RuleText(
        DOUBT,
        "The list says who came, not on how many days; whether anybody came on all days is not known.",
        "Use one column for each day (Hari 1, Hari 2 ...).",
    ),
    "visit_before_agreement": RuleText(
        DOUBT,
        "The visit lies before the agreement that it is about; both dates were kept.",
        "Correct one of the dates.",
    ),
    "date_outside_training": RuleText(
        DOUBT,
        "The date lies before the training, or years after it; it was kept.",
        "Correct the date, or year and days of the batches in province.toml.",
    ),
    "scores_of_zero": RuleText(
        DOUBT,
        "Many scores of this column are 0 and few lie just above; they were kept as 0 points.",
        "Clear the cells of people who did not take the test.",
    ),
    "score_column_of_zeros": RuleText(
        ERROR,
        "Most scores of this column are 0, as where blanks were filled; they count as missing.",
        "Clear the cells of people who did not take the test.",
    ),
    "person_twice": RuleText(
        NOTE,
        "The same person stands here again with the same entries; the row was left out.",
        "Delete one of the rows.",
    ),
    "person_twice_differs": RuleText(
        DOUBT,
        "The same person stands here again with other entries; only the first row counts.",
        "Decide in keputusan.xlsx, or correct the rows.",
    ),
    "attempt_repeated": RuleText(
        NOTE, "One of several attempts; another one counts by the rule for attempts.", "Nothing to do."
    ),
    "number_conflict": RuleText(
        DOUBT,
        "The two numbers of this row belong to two different people; the participant number was followed.",
        "Correct one of the numbers, or decide in keputusan.xlsx.",
    ),
    "same_name_other_number": RuleText(
        DOUBT,
        "Same name, village and role as another row but another number; kept as two people.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "same_number_other_name": RuleText(
        DOUBT,
        "The same number stands with another name; kept as one person.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "similar_name": RuleText(
        DOUBT,
        "The name resembles that of another row of the same group; kept as two people.",
        "Decide in keputusan.xlsx: same person or different people.",
    ),
    "several_candidates": RuleText(
        DOUBT,
        "More than one person fits this row; it is paired with nobody.",
        "Enter the number, or decide in keputusan.xlsx.",
    ),
    "decision_applied": RuleText(NOTE, "A decision of keputusan.xlsx was applied.", "Nothing to do."),
    "decision_stale": RuleText(
        ERROR,
        "A decision of keputusan.xlsx names a row that holds something else now; it was not applied.",
        "Decide again: clear the decision, run, and fill in the new case.",
    ),
    "decision_without_other_row": RuleText(
        ERROR,
        "The decision needs a second row, which this case does not have; it was not applied.",
        "Choose correct or drop, or enter the person's number in the file.",
    ),
    "decision_contradicts": RuleText(
        ERROR,
        "The same two rows were called one person here and two people there; neither was applied.",
        "Clear one of the two decisions.",
    ),
    "decisions_unreadable": RuleText(
        ERROR,
        "The decisions of keputusan.xlsx could not be read; none was applied.",
        "Restore its sheet and header, or rename the file: a new one is then made.",
    ),
    "decision_unknown": RuleText(
        ERROR, "The decision is none of the choices; it was not applied.", "Pick one from the list."
    ),
}
