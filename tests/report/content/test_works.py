"""Works are cited once each, by author and year as their citation has them."""

from __future__ import annotations

import re

import pytest

from analysis.report.content import works
from analysis.report.content.works import Reference

ALL = {name: one for name, one in vars(works).items() if isinstance(one, Reference)}


@pytest.mark.parametrize("work", ALL.values(), ids=ALL)
def test_a_citation_holds_what_its_short_form_names(work):
    year = re.search(r"\d{4}", work.short)
    assert year is None or year[0] in work.full
    author = re.split(r"[ ,&]", work.short)[0]
    assert work.full.startswith("Peraturan Menteri" if author == "Permenpan" else author)
    assert work.full.endswith(".")


def test_no_work_stands_twice():
    assert len({one.short for one in ALL.values()}) == len({one.full for one in ALL.values()}) == len(ALL)
