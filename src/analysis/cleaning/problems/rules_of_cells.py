"""Rules about single cells."""

from __future__ import annotations

from analysis.cleaning.problems.rules_of_files import DOUBT, ERROR, NOTE, PersonRule

CELLS = {
    "score_unreadable": PersonRule(
        ERROR, "The score was not understood and counts as missing.", "Type the points as a number."
    ),
    "score_became_date": PersonRule(
        ERROR,
        "Excel turned a score such as 7 / 10 into a date; it counts as missing.",
        "Format the column as text and type the score again from the source.",
    ),
    "score_above_maximum": PersonRule(
        ERROR,
        "The score lies above the test's maximum and counts as missing.",
        "Correct the score, or test_maximum in province.toml.",
    ),
    "score_negative": PersonRule(ERROR, "The score is below zero and counts as missing.", "Correct the score."),
    "score_maximum_differs": PersonRule(
        ERROR,
        "The maximum differs from the rest of the tests; the score counts as missing.",
        "Correct the maximum, or give all tests on one scale.",
    ),
    "score_rescaled": PersonRule(
        NOTE,
        "The tests have different maxima; the points of this column were brought to the largest one.",
        "Check both maxima; with test_maximum in province.toml other maxima count as missing.",
    ),
    "score_shown_as_percent": PersonRule(
        NOTE,
        "The cells show percents; the points were read as shown, out of 100.",
        "Nothing to do if 100 is the test's maximum.",
    ),
    "score_not_graded": PersonRule(
        NOTE, "No score was given; it counts as missing.", "Grade the test if it was taken."
    ),
    "attempt_unfinished": PersonRule(NOTE, "The attempt was not finished and does not count.", "Nothing to do."),
    "decimal_undecided": PersonRule(
        DOUBT,
        "A mark before three digits may be a decimal or a thousands mark; the value counts as missing.",
        "Write the number without a thousands mark.",
    ),
    "answer_between": PersonRule(
        ERROR,
        "The answer lies between two steps of the scale and counts as missing.",
        "Enter the step that was ticked.",
    ),
    "answer_out_of_scale": PersonRule(
        ERROR,
        "The answer lies outside the scale and counts as missing.",
        "Enter the step that was ticked, or clear the cell.",
    ),
    "answer_several": PersonRule(
        ERROR, "More than one step was given; the answer counts as missing.", "Enter one step, or clear the cell."
    ),
    "answer_became_date": PersonRule(
        ERROR, "Excel turned the answer into a date; it counts as missing.", "Type the answer again from the form."
    ),
    "answer_contradicts": PersonRule(
        ERROR, "Number and word of the answer disagree; it counts as missing.", "Enter the step that was ticked."
    ),
    "answer_unreadable": PersonRule(
        ERROR, "The answer was not understood and counts as missing.", "Enter a step of the scale."
    ),
    "attendance_unknown": PersonRule(
        ERROR,
        "The attendance code is unknown; the person's days are not counted.",
        "Use H (present), I (excused), S (sick), A (absent).",
    ),
    "attendance_blank": PersonRule(
        DOUBT,
        "No attendance is entered for a day that was held; the person's days are not counted.",
        "Enter H, I, S or A.",
    ),
    "attendance_became_date": PersonRule(
        ERROR, "The attendance cell holds a date; the person's days are not counted.", "Enter H, I, S or A."
    ),
    "role_unknown": PersonRule(
        DOUBT, "The role is unknown and was put under 'lainnya'.", "Correct the role, or leave it if it is another one."
    ),
    "role_blank": PersonRule(DOUBT, "The role is blank; it is missing for this person.", "Enter the role."),
    "sex_unknown": PersonRule(ERROR, "The entry is neither L nor P and counts as missing.", "Enter L or P."),
    "regency_not_found": PersonRule(
        ERROR, "The regency is not one of this province and counts as missing.", "Correct the spelling of the regency."
    ),
    "regency_two_kinds": PersonRule(
        DOUBT,
        "The name is both a Kabupaten and a Kota; it counts as missing.",
        "Write Kabupaten or Kota before the name.",
    ),
    "village_blank": PersonRule(DOUBT, "The village is blank; it is missing for this person.", "Enter the village."),
    "village_unreadable": PersonRule(
        ERROR, "The village is not a name and counts as missing.", "Enter the village's name."
    ),
    "batch_not_found": PersonRule(
        ERROR,
        "The batch is not named in province.toml; it counts as missing.",
        "Correct the batch, or add it to province.toml ([[batch]], spellings).",
    ),
    "nik_damaged": PersonRule(
        DOUBT,
        "Excel kept 15 of the 16 digits; the number is not used to recognise the person.",
        "Format the column as text and type the number again.",
    ),
    "nik_malformed": PersonRule(
        DOUBT, "The number does not have 16 digits and is not used to recognise the person.", "Correct the number."
    ),
    "nik_column_ends_in_zero": PersonRule(
        DOUBT,
        "Most numbers of this column end in 0, as when Excel kept 15 digits; none is used to recognise people.",
        "Ask for the numbers as text.",
    ),
    "date_unreadable": PersonRule(
        ERROR, "The date was not understood and counts as missing.", "Write it as 31/12/2024."
    ),
    "date_order_undecided": PersonRule(
        DOUBT,
        "Day and month cannot be told apart in this file; the date counts as missing.",
        "Write the month as a word, or the date as 2024-12-31.",
    ),
    "date_impossible": PersonRule(ERROR, "There is no such day; the date counts as missing.", "Correct the date."),
    "count_unreadable": PersonRule(
        ERROR, "The count was not understood and counts as missing.", "Enter a whole number."
    ),
    "plan_kind_other": PersonRule(
        DOUBT, "The kind of plan is unknown and was put under 'lainnya'.", "Use the training's kinds of follow-up."
    ),
    "status_unknown": PersonRule(
        ERROR,
        "The status is unknown and counts as missing.",
        "Use: selesai, berjalan, belum (done, in progress, not started).",
    ),
    "mode_unknown": PersonRule(
        DOUBT, "The mode of attendance is unknown and counts as missing.", "Use: luring or daring."
    ),
    "personal_text_masked": PersonRule(
        NOTE, "Names, numbers or addresses of people in this text were masked.", "Nothing to do."
    ),
}
