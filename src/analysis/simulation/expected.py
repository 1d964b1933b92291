"""Which rule of the problem list each planted problem must break, and how grave it is.

Stated here on its own, not taken from :mod:`analysis.cleaning`, so that comparing both is a check.
"""

from __future__ import annotations

from analysis.cleaning.problems import Severity

_ERRORS = (
    "sex_unknown", "attendance_unknown", "attendance_became_date", "regency_not_found", "village_unreadable",
    "score_became_date", "score_unreadable", "score_above_maximum", "score_negative", "score_maximum_differs",
    "answer_out_of_scale", "answer_several", "answer_between", "answer_contradicts", "answer_unreadable",
    "answer_became_date", "batch_not_found", "date_impossible", "date_unreadable", "status_unknown", "count_unreadable",
    "file_unrecognised", "error_cell",
)  # fmt: skip
_DOUBTS = (
    "role_unknown", "role_blank", "attendance_blank", "nik_damaged", "nik_malformed", "regency_two_kinds",
    "village_blank", "plan_kind_other", "person_twice_differs", "same_number_other_name", "same_name_other_number",
    "similar_name", "hidden_sheet",
)  # fmt: skip
_NOTES = (
    "score_not_graded", "signature_row", "total_row", "header_repeated", "lock_file", "person_twice",
    "attempt_unfinished", "attempt_repeated",
)  # fmt: skip

SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(_ERRORS, Severity.ERROR),
    **dict.fromkeys(_DOUBTS, Severity.DOUBT),
    **dict.fromkeys(_NOTES, Severity.NOTE),
}
