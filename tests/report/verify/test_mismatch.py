"""A finding of verification says where, what was expected, what was found, and what to do."""

from __future__ import annotations

import pytest

from analysis.report.verify.mismatch import Fault, Mismatch
from analysis.words.catalogue import catalogue, languages


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_one_line_with_its_remedy(fault, language):
    said = Mismatch("laporan.docx", fault, "Tabel 3", "4,18", "4,81").message(language)
    assert said.startswith("laporan.docx, Tabel 3: ")
    assert "\n" not in said
    assert said.index("4,18") < said.index("4,81")
    assert said.endswith(catalogue(language).text(fault, "fault remedy"))


def test_what_is_not_known_is_not_said():
    words = catalogue("id")
    said = Mismatch("laporan.docx", Fault.CLAIM_MISSING, "c1", "4,18", None).message("id")
    assert f"{words.text('expected')}: 4,18" in said
    assert f"{words.text('found')}:" not in said
