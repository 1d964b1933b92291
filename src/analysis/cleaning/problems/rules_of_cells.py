"""Rules about single cells."""

from __future__ import annotations

from analysis.cleaning.problems.problem import DOUBT, ERROR, NOTE, RuleText

CELLS = {
    "score_unreadable": RuleText(
        ERROR, "The score was not understood and counts as missing.", "Type the points as a number."
    ),
    "score_became_date": RuleText(
        ERROR,
        "Excel turned a score such as 7 / 10 into a date; it counts as missing.",
        "Format the column as text and type the score again from the source.",
    ),
    "score_above_maximum": RuleText(
        ERROR,
        "The score lies above the test's maximum and counts as missing.",
        "Correct the score, or test_maximum in province.toml.",
    ),
    "score_negative": RuleText(ERROR, "The score is below zero and counts as missing.", "Correct the score."),
    "score_maximum_differs": RuleText(
        ERROR,
        "The maximum differs from the rest of the tests; the score counts as missing.",
        "Correct the maximum, or give all tests on one scale.",
    ),
    "score_rescaled": RuleText(
        NOTE,
        "The tests have different maxima; the points of this column were brought to the largest one.",
        "Check both maxima; with test_maximum in province.toml other maxima count as missing.",
    ),
    "score_shown_as_percent": RuleText(
        NOTE,
        "The cells show percents; the points were read as shown, out of 100.",
        "Nothing to do if 100 is the test's maximum.",
    ),
    "score_not_graded": RuleText(NOTE, "No score was given; it counts as missing.", "Grade the test if it was taken."),
    "attempt_unfinished": RuleText(NOTE, "The attempt was not finished and does not count.", "Nothing to do."),
    "decimal_undecided": RuleText(
        DOUBT,
        "A mark before three digits may be a decimal or a thousands mark; the value counts as missing.",
        "Write the number without a thousands mark.",
    ),
    "answer_between": RuleText(
        ERROR,
        "The answer lies between two steps of the scale and counts as missing.",
        "Enter the step that was ticked.",
    ),
    "answer_out_of_scale": RuleText(
        ERROR,
        "The answer lies outside the scale and counts as missing.",
        "Enter the step that was ticked, or clear the cell.",
    ),
    "answer_several": RuleText(
        ERROR,
        "More than one step was given; the answer counts as missing.",
        "Enter one step, or clear the cell.",
    ),
    "answer_became_date": RuleText(
        ERROR,
        "Excel turned the answer into a date; it counts as missing.",
        "Type the answer again from the form.",
    ),
    "answer_contradicts": RuleText(
        ERROR,
        "Number and word of the answer disagree; it counts as missing.",
        "Enter the step that was ticked.",
    ),
    "answer_unreadable": RuleText(
        ERROR, "The answer was not understood and counts as missing.", "Enter a step of the scale."
    ),
    "attendance_unknown": RuleText(
        ERROR,
        "The attendance code is unknown; the person's days are not counted.",
        "Use H (present), I (excused), S (sick), A (absent).",
    ),
    "attendance_blank": RuleText(
        DOUBT,
        "No attendance is entered for a day that was held; the person's days are not counted.",
        "Enter H, I, S or A.",
    ),
    "attendance_became_date": RuleText(
        ERROR, "The attendance cell holds a date; the person's days are not counted.", "Enter H, I, S or A."
    ),
    "role_unknown": RuleText(
        DOUBT,
        "The role is unknown and was put under 'lainnya'.",
        "Correct the role, or leave it if it is another one.",
    ),
    "role_blank": RuleText(DOUBT, "The role is blank; it is missing for this person.", "Enter the role."),
    "sex_unknown": RuleText(ERROR, "The entry is neither L nor P and counts as missing.", "Enter L or P."),
    "regency_two_kinds": RuleText(
        DOUBT,
        "The name is both a Kabupaten and a Kota; it counts as missing.",
        "Write Kabupaten or Kota before the name.",
    ),
    "village_blank": RuleText(DOUBT, "The village is blank; it is missing for this person.", "Enter the village."),
    "village_unreadable": RuleText(
        ERROR, "The village is not a name and counts as missing.", "Enter the village's name."
    ),
    "nik_damaged": RuleText(
        DOUBT,
        "Excel kept 15 of the 16 digits; the number is not used to recognise the person.",
        "Format the column as text and type the number again.",
    ),
    "nik_malformed": RuleText(
        DOUBT,
        "The number does not have 16 digits and is not used to recognise the person.",
        "Correct the number.",
    ),
    "nik_column_ends_in_zero": RuleText(
        DOUBT,
        "Most numbers of this column end in 0, as when Excel kept 15 digits; none is used to recognise people.",
        "Ask for the numbers as text.",
    ),
    "date_unreadable": RuleText(ERROR, "The date was not understood and counts as missing.", "Write it as 31/12/2024."),
    "date_impossible": RuleText(ERROR, "There is no such day; the date counts as missing.", "Correct the date."),
    "status_unknown": RuleText(
        ERROR,
        "The status is unknown and counts as missing.",
        "Use: selesai, berjalan, belum (done, in progress, not started).",
    ),
    "mode_unknown": RuleText(
        DOUBT, "The mode of attendance is unknown and counts as missing.", "Use: luring or daring."
    ),
    "personal_text_masked": RuleText(
        NOTE, "Names, numbers or addresses of people in this text were masked.", "Nothing to do."
    ),
    "score_fraction": RuleText(
        ERROR,
        "All points lie between 0 and 1, far below the test's maximum; the column was not read.",
        "If they are shares, format the cells as percent or type the points; else correct test_maximum in "
        "province.toml.",
    ),
    "score_magnitudes_mixed": RuleText(
        DOUBT,
        "Some points look like points out of 10 and some like points out of 100; they were read as they stand.",
        "Give all points on one scale, or say test_maximum in province.toml.",
    ),
    "answers_in_other_words": RuleText(
        ERROR,
        "Answers in words that the form does not know count as missing.",
        "Say in instrument.toml which step each word means: spellings under its [[scale]].",
    ),
    "date_order_assumed": RuleText(
        NOTE,
        "No date tells whether day or month stands first; the day was read first, as Indonesians write.",
        'If the month stands first, say dates = "month-first" for the file in [files] of province.toml.',
    ),
}
