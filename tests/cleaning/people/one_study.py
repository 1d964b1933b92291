"""The files of one small study: attendance and both tests of the same people."""

from __future__ import annotations

from tests.cleaning.participants import tables_by_code as by_code

FILES = {
    "peserta.xlsx": {"A": by_code.attendance()},
    "pretes.xlsx": {"A": by_code.quiz_form()},
    "postes.xlsx": {"A": by_code.quiz_form(("9 / 10",) * 6)},
}
